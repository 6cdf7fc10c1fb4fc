/*
 * lang: the model and what sums of scores say.  The model file: eight bytes of MAGIC; as 32-bit
 * numbers, how many languages, rows and buckets, what a unit of score is worth in 1/65536 of a nat,
 * a hash of all that follows; for each language its tag in LANG_TAG_BYTES bytes; for each script a
 * 16-bit score for each language; the rows of weights (langrow.h); the buckets of corrections for
 * single words: LANG_WAYS entries of two bytes, the first of which holds the language in its upper
 * five bits and the correction in halves of a nat, less one, in the others, the second 8 bits of the
 * word's hash; both are 0 where there is no entry.  All numbers are little-endian.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "langrow.h"
#include "langscore.h"
#include "table.h"

#define MAGIC "emlang3\n"
#define HEAD_BYTES 28

static uint32_t
le32(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

uint64_t
lang_root(uint64_t x)
{
	uint64_t r = (uint64_t)sqrt((double)x);

	while (r * r > x)
		r--;
	while ((r + 1) * (r + 1) <= x)
		r++;
	return r;
}

/* exp(-x / 256) in 1/65536, for x below 4096: whole steps of 1/4096 of e to the power of -1, squared. */
static uint32_t
exp_down(size_t x)
{
	/* 65536 exp(-2^i / 256) for i = 0..11 */
	static const uint32_t step[] = {
	    65280, 65026, 64520, 63520, 61565, 57835, 51039, 39750, 24109, 8869, 1200, 22};
	uint64_t e = 65536;
	size_t i;

	for (i = 0; i < 12; i++)
		if (x >> i & 1)
			e = e * step[i] >> 16;
	return (uint32_t)e;
}

/* Fills the tables of what depends on the model or nothing. */
static void
model_tables(struct lang_model *m)
{
	uint64_t n, worth;
	size_t x;

	for (n = 1; n <= LANG_FEATS_MOST; n++) {
		worth = ((uint64_t)m->scale << 8) / lang_root(n << 16);
		m->worth[n] = (int16_t)(worth < 2047 ? worth : 2047);
	}
	for (x = 0; x < LANG_EXP_RANGE; x++)
		m->exp[x] = exp_down(x);
}

/* Takes the head and tags at p[0..n); returns whether they and the length are sound. */
static bool
model_head(struct lang_model *m, const unsigned char *p, size_t n)
{
	size_t i, script;

	if (n < HEAD_BYTES || memcmp(p, MAGIC, 8) != 0)
		return false;
	m->nlang = le32(p + 8);
	m->nrow = le32(p + 12);
	m->nbucket = le32(p + 16);
	m->scale = le32(p + 20);
	if (m->nlang < LANG_COLUMNS_ALL || m->nlang > LANG_MAX || m->nrow == 0 || m->nbucket < 2 ||
	    m->scale == 0)
		return false;
	if (n != HEAD_BYTES + (size_t)m->nlang * (LANG_TAG_BYTES + 2 * LANG_SCRIPTS) +
		     (size_t)m->nrow * LANG_ROW_BYTES + (size_t)m->nbucket * LANG_WAYS * 2)
		return false;
	p += HEAD_BYTES;
	for (i = 0; i < m->nlang; i++, p += LANG_TAG_BYTES)
		memcpy(m->tag[i], p, LANG_TAG_BYTES);
	for (script = 0; script < LANG_SCRIPTS; script++)
		for (i = 0; i < m->nlang; i++, p += 2)
			m->script[script][i] = (int16_t)(p[0] | p[1] << 8);
	m->row = p;
	m->bucket = p + (size_t)m->nrow * LANG_ROW_BYTES;
	return true;
}

struct lang_model *
lang_open(void)
{
	struct lang_model *m;
	char *path = dict_path("models/lang.bin");
	size_t n;
	const void *p = map_file(path, &n);

	free(path);
	if (p == NULL)
		return NULL;
	m = mem_alloc(sizeof(*m));
	memset(m, 0, sizeof(*m));
	if (!model_head(m, p, n)) {
		free(m);
		errno = EINVAL;
		return NULL;
	}
	model_tables(m);
	return m;
}

void
lang_close(struct lang_model *m)
{
	word_cache_close(m->cache);
	free(m);
}

size_t
lang_count(const struct lang_model *m)
{
	return m->nlang;
}

const char *
lang_tag(const struct lang_model *m, size_t i)
{
	return m->tag[i];
}

int
lang_index(const struct lang_model *m, const char *tag)
{
	size_t i;

	for (i = 0; i < m->nlang; i++)
		if (strcmp(m->tag[i], tag) == 0)
			return (int)i;
	return LANG_NONE;
}

int32_t
lang_worth(const struct lang_model *m, unsigned feats)
{
	return m->worth[feats & LANG_FEATS_MOST];
}

/* Adds the words of a batch at most, whose scores fit 16 bits together. */
static void
sum_batch(struct lang_sum *sum, const struct lang_word *word, size_t n)
{
	lang_lanes batch[LANG_MAX / 8] = {0}, score;
	size_t i, l;

	for (i = 0; i < n; i++) {
		for (l = 0; l < LANG_MAX / 8; l++) {
			memcpy(&score, word[i].score + 8 * l, sizeof(score));
			batch[l] += score;
		}
		sum->feats += word[i].feats;
	}
	for (l = 0; l < LANG_MAX; l++)
		sum->score[l] += batch[l / 8][l % 8];
	sum->words += n;
}

void
lang_sum_words(struct lang_sum *sum, const struct lang_word *word, size_t n)
{
	for (; n > LANG_BATCH; n -= LANG_BATCH, word += LANG_BATCH)
		sum_batch(sum, word, LANG_BATCH);
	sum_batch(sum, word, n);
}

void
lang_add(struct lang_model *m, const char *s, size_t n, struct lang_sum *sum)
{
	struct lang_word word[LANG_BATCH];
	size_t at = 0, count;

	while ((count = lang_words(m, s, n, &at, word)) > 0)
		lang_sum_words(sum, word, count);
}

/* What the sum has for each language, and prior, which may be NULL, in 1/256 of a nat. */
static void
sum_odds(const struct lang_model *m, const struct lang_sum *sum, const int32_t *prior,
    int64_t odds[LANG_MAX])
{
	uint64_t length = lang_root(sum->feats << 16); /* 256 times the root */
	int64_t unit = (int64_t)(((uint64_t)m->scale << 20) / (length == 0 ? 1 : length));
	size_t l;

	for (l = 0; l < m->nlang; l++)
		odds[l] = (sum->score[l] * unit >> 20) + (prior != NULL ? prior[l] : 0);
}

int
lang_posteriors(const struct lang_model *m, const struct lang_sum *sum, uint64_t allowed,
    const int32_t *prior, uint32_t p[LANG_MAX])
{
	int64_t odds[LANG_MAX];
	uint64_t total = 0;
	size_t l;
	int best = LANG_NONE;

	memset(p, 0, LANG_MAX * sizeof(*p));
	if (sum->words == 0)
		return LANG_NONE;
	sum_odds(m, sum, prior, odds);
	for (l = 0; l < m->nlang; l++)
		if (allowed >> l & 1 && (best == LANG_NONE || odds[l] > odds[best]))
			best = (int)l;
	if (best == LANG_NONE)
		return best;
	for (l = 0; l < m->nlang; l++)
		if (allowed >> l & 1)
			total += p[l] = odds[best] - odds[l] < LANG_EXP_RANGE
					    ? m->exp[odds[best] - odds[l]]
					    : 0;
	for (l = 0; l < m->nlang; l++)
		if (p[l] > 0)
			p[l] = (uint32_t)((uint64_t)p[l] * 65536 / total);
	return best;
}
