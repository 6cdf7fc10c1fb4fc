/*
 * edge: what stands at the edges of pages, as furniture.c, printed.c and runhead.c share it.
 */
#ifndef EDGE_H
#define EDGE_H

#include "segment.h"

#define EDGE 4 /* lines from a page end that may be furniture */

/* A line that may be a printed number or a running head. */
struct cand {
	size_t line;
	unsigned value, of; /* of a number; 0: a head */
	bool plain;
	int score;
	unsigned chain; /* of a number: how many count up one by one with it */
	uint64_t key; /* of a head: its letters */
	unsigned char bag[26]; /* how often it has each of a-z, folded */
	unsigned letters; /* all of them */
	unsigned leaf; /* the number that begins or ends it, or 0 */
	unsigned again; /* how often that key stands in the document */
	unsigned times; /* the same, once it is known for a running head */
	bool foot; /* at the foot of its page */
};

struct cands {
	struct cand *c;
	size_t n, cap;
};

/* furniture.c */
/* Whether no line of the body touches line i. */
bool apart(const struct seg *s, size_t i);
/* A short line that prose would not hold. */
bool slight(const struct line *l);
/* A line that does not fill its measure. */
bool is_slim(const struct line *l);
/* Whether only furniture may lie between line i and the first line of its page, *top, or the last. */
bool near_top(const struct seg *s, size_t i, size_t *top);
bool near_bottom(const struct seg *s, size_t i);
/* Whether a sentence runs on over line i. */
bool interrupts(const struct seg *s, size_t i);
/* A page begins with line i, if there is one and it is not the first. */
void break_at(struct seg *s, size_t i);
/* The candidate on line i, or NULL. */
const struct cand *cand_at(const struct cands *h, size_t i);

/* printed.c */
/* The number line i consists of, and of how many pages; *plain: nothing stands around it. */
unsigned number_read(const struct seg *s, size_t i, unsigned *of, bool *plain);
void numbers_score(const struct seg *s, struct cands *n, const struct cands *h);
void numbers_mark(struct seg *s, const struct cands *n);
/* Says of each number whether it stands at the foot of its page. */
void numbers_sides(const struct seg *s, struct cands *n, const struct cands *h);
/* Numbers without a page end beside them make one. */
void numbers_place(struct seg *s, const struct cands *n, const struct cands *h);
/* Moves page ends to the side of their numbers. */
void numbers_settle(struct seg *s, const struct cands *n);

/* runhead.c */
/* Fills in what a head on c->line is told by; false where it has few letters.  f is room to work in. */
bool head_read(const struct seg *s, struct cand *c, struct buf *f);
/* Gives heads that differ by a few misread letters one key, and counts how often each stands there. */
void heads_again(const struct seg *s, struct cands *h);
/* Finds which of them are running heads: times. */
void heads_count(const struct seg *s, struct cands *h);
void heads_place(struct seg *s, const struct cands *h);
/* Whether line i is a running head; whether one that stands again is next to it. */
bool is_head(const struct cands *h, size_t i);
bool beside_head(const struct cands *h, size_t i);

#endif
