/*
 * smooth: probabilities out of counts, and what of them to keep.
 */
#ifndef EMEND_SMOOTH_H
#define EMEND_SMOOTH_H

#include "counts.h"

/* The grams of one order: what was counted, and for each its probability and whether it is kept. */
struct level {
	struct counts counts;
	double *prob;
	double *loss;	/* what leaving it out costs the text, bits a token */
	bool *kept;
	double *share;	/* how often each gram stands in the texts */
	double *back;	/* of each context's first gram: the factor of what is not kept; else 0 */
};

struct smooth {
	uint32_t size;		/* ids */
	double *word;		/* probability of each id */
	double *share;		/* how often each id stands in the texts */
	double *word_back;	/* factor of each id as the context of a pair */
	struct level pair, triple;
};

/* log2 by the four operations alone, so that every machine has the same bits. */
double exact_log2(double x);
/* Makes the full model of the counted corpus. */
void smooth_make(struct smooth *s, const struct corpus *c, uint32_t size);
/*
 * Keeps the pairs and triples whose loss is greatest, so many together at most, and the pairs that
 * kept triples begin with; then the factors are reckoned anew (Stolcke 1998).
 */
void smooth_prune(struct smooth *s, size_t most);
void smooth_free(struct smooth *s);

#endif
