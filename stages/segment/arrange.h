/*
 * arrange: the orders that the blocks of a page may have been read in.
 */
#ifndef ARRANGE_H
#define ARRANGE_H

#include "segment.h"

#define CANDS 12

enum how {
	AS_IS,
	REVERSED,
	ROTATED,
	BY_TURNS,
	BY_NUMBER
};

/* An order of the blocks of a page. */
struct cand {
	enum how how;
	size_t shift; /* of a rotation: the block that comes first; by turns: pairs of blocks */
	bool right; /* by turns: what is left over belongs to the second column */
	size_t kept; /* blocks at the head of the page that stay there */
	int within; /* score of its neighbours */
	int best; /* score of the best way to it from the first page */
	int from; /* the candidate of the page before on that way */
};

struct page {
	size_t *slot; /* places in seg.order that hold blocks of the body */
	size_t n;
	size_t *body; /* the blocks, in the order of the source */
	size_t *sorted; /* and by their numbers */
	size_t *back; /* and from the foot of the page to its head */
	struct cand cand[CANDS];
	int ncand, pick;
};

/* The pages with their blocks and orders; those without blocks have n 0.  The arrays hold norder each. */
struct page *pages_make(
    const struct seg *s, size_t *slots, size_t *bodies, size_t *backs, size_t *sorts);
/* The block at place k of the page in order c. */
size_t at(const struct page *p, const struct cand *c, size_t k);
/* Whether a sentence that block x breaks off goes on in block y. */
bool is_seam(const struct seg *s, size_t x, size_t y);

#endif
