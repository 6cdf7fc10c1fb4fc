/*
 * decode: the likeliest way through a lattice, by the channel and the model together, and how
 * likely each of its changes is among all the ways.
 */
#ifndef DEOCR_DECODE_H
#define DEOCR_DECODE_H

#include "lattice.h"

#define SUPPORT_MAX 4

/* A change on the likeliest way. */
struct decision {
	const struct arc *arc;
	int odds;	/* log2 of its odds against all ways without it, in 1/256 bit */
	int support;	/* word pairs and triples with it that the model has: at most SUPPORT_MAX */
};

struct decisions {
	struct decision *list;
	size_t n, cap;
};

/* Finds the changes of the likeliest way through x, in order, into d, which is emptied first. */
void decode(const struct lattice *x, size_t ntokens, const struct model *m, struct decisions *d);
void decisions_free(struct decisions *d);

#endif
