/*
 * counts: how often words follow each other.
 */
#ifndef EMEND_COUNTS_H
#define EMEND_COUNTS_H

#include "corpus.h"

/* A pair or triple of words; its key holds their ids, MODEL_ID_BITS each, the last one lowest. */
struct gram {
	uint64_t key;
	uint64_t weight;	/* occurrences, each with its text's weight */
	uint32_t count;		/* occurrences */
};

struct counts {
	struct gram *list;	/* sorted by key */
	size_t n;
};

#define GRAM_LAST(key) ((uint32_t)((key) & ((1u << MODEL_ID_BITS) - 1)))
#define GRAM_CONTEXT(key) ((key) >> MODEL_ID_BITS)
/* Of a triple: its last two words. */
#define GRAM_TAIL(key) ((key) & (((uint64_t)1 << 2 * MODEL_ID_BITS) - 1))

/* Counts the runs of order (2 or 3) words in the numbered corpus; free list. */
struct counts counts_make(const struct corpus *c, int order);
/* The number of the gram with that key, or n. */
size_t counts_find(const struct counts *c, uint64_t key);

#endif
