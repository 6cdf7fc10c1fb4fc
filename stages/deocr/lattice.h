/*
 * lattice: every way a text may be read, as arcs over its tokens.  Each token has an arc that
 * leaves it as it is; others say what it, or it and its neighbours, may stand for.
 */
#ifndef DEOCR_LATTICE_H
#define DEOCR_LATTICE_H

#include "token.h"
#include "vocabulary.h"

#define ARC_MAX 4	/* tokens that one arc may span */

/* A text to correct: its bytes, and what must be known of places in it. */
struct passage {
	const char *s;
	struct tokens tokens;
	struct type **type;	/* of each token, as far as they are known; NULL for signs and figures */
	const size_t *line;	/* offsets where lines begin, ascending */
	size_t nlines;
	const struct range *keep;	/* stretches that are left alone, ascending and disjoint */
	size_t nkeep;
};

struct range {
	size_t from, to;
};

struct arc {
	uint32_t from, to;		/* bounds of tokens: 0 stands before the first */
	const struct type *type;	/* what the tokens are, joined where they are several */
	const struct choice *choice;	/* what they may stand for; NULL: they stay */
	const struct reading *reading;
	int cost;			/* of the channel */
	uint16_t edit;			/* RULE_MERGE, or 0 */
};

struct lattice {
	struct arc *arc;	/* by from, the arc that changes nothing first */
	size_t n, cap;
	size_t *first;		/* of each token: its first arc; one more at the end */
	size_t capfirst;
	struct buf form;	/* of the token, or tokens, in hand */
};

/* The first line of p that begins behind off; nlines for none. */
size_t passage_line(const struct passage *p, size_t off);
/* Whether a stretch that is left alone reaches into the n bytes at off. */
bool passage_kept(const struct passage *p, size_t off, size_t n);
/*
 * Builds the lattice of p into x, whose memory is used again.  study: its words are counted, and
 * those that are known stand for nothing else.
 */
void lattice_build(struct lattice *x, struct vocabulary *v, const struct passage *p, bool study);
/* Sets the costs of the arcs by the channel as it is now. */
void lattice_weigh(struct lattice *x, const struct channel *c);
void lattice_free(struct lattice *x);

#endif
