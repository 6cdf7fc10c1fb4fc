/*
 * langscore: an open language model as lang.c reads it and langscore.c scores words with it.
 * Nobody else looks inside.
 */
#ifndef EMEND_LANGSCORE_H
#define EMEND_LANGSCORE_H

#include "lang.h"

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
	const int8_t *row; /* nrow times nlang weights; the buckets stand behind them */
	const unsigned char *bucket;
	int16_t worth[LANG_FEATS_MOST + 1]; /* lang_worth */
	uint32_t exp[LANG_EXP_RANGE]; /* exp(-x / 256), in 1/65536 */
	struct word_cache *cache;
	bool (*mark)(const char *s, size_t n); /* lang_mark; or NULL */
};

/* The root of x, rounded down. */
uint64_t lang_root(uint64_t x);
struct word_cache *word_cache_open(void);
void word_cache_close(struct word_cache *c);

#endif
