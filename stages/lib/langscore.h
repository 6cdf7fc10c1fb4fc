/*
 * langscore: an open language model as lang.c reads it and langscore.c scores words with it.
 * Nobody else looks inside.
 */
#ifndef EMEND_LANGSCORE_H
#define EMEND_LANGSCORE_H

#include "lang.h"
#include "langfeat.h"

#define LANG_TAG_BYTES 8
#define LANG_FEATS_MOST UINT8_MAX /* of a word */
#define LANG_EXP_RANGE 4096 /* beyond it the exponential is nothing */
#define LANG_WAYS 8 /* corrections in a bucket */

typedef int16_t lang_lanes __attribute__((vector_size(16))); /* scores for eight languages */

struct word_cache;

struct lang_model {
	uint32_t nlang, nrow, nbucket;
	uint32_t scale; /* weights of a unit of score, in 1/65536 */
	char tag[LANG_MAX][LANG_TAG_BYTES + 1];
	const unsigned char *row; /* langrow.h; the buckets stand behind them */
	const unsigned char *bucket;
	int16_t script[LANG_SCRIPTS]
		      [LANG_MAX]; /* what a word of that script has for each language */
	int16_t worth[LANG_FEATS_MOST + 1]; /* lang_worth */
	uint32_t exp[LANG_EXP_RANGE]; /* exp(-x / 256), in 1/65536 */
	struct word_cache *cache; /* NULL until a word is scored */
	bool (*mark)(const char *s, size_t n); /* lang_mark; or NULL */
};

/* The root of x, rounded down. */
uint64_t lang_root(uint64_t x);
void word_cache_close(struct word_cache *c);

#endif
