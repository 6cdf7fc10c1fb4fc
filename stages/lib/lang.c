/*
 * lang: scores of languages.  The model file: a head of struct head, then for each language its
 * tag in TAG_BYTES bytes, then the rows of weights, one int8 for each language, then the buckets of
 * corrections for single words: WAYS entries of three bytes, which hold 11 bits of the word's hash,
 * 6 of the language, 7 of the correction in 1/8 of a nat, plus 64.  All numbers are little-endian.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "lang.h"
#include "langfeat.h"
#include "table.h"

#define MAGIC "emlang2\n"
#define TAG_BYTES 8
#define HEAD_BYTES 28
#define WAYS 8
#define CACHE_BITS 16
#define CACHE_BYTES 24 /* longer words are not remembered */

struct head {
	char magic[8];
	uint32_t nlang, nrow, nbucket;
	uint32_t scale; /* weights of a unit of score, in 1/65536 */
	uint32_t check; /* hash of all that follows the head */
};

/* A word scored before. */
struct slot {
	uint64_t key[3]; /* its first, middle and last eight bytes, padded with zero */
	uint8_t len; /* 0: empty */
	uint8_t feats;
	int16_t score[LANG_MAX];
};

struct lang_model {
	struct head head;
	char tag[LANG_MAX][TAG_BYTES + 1];
	const int8_t *row;
	const unsigned char *bucket;
	char fingerprint[9];
	struct slot *cache;
	struct slot spare; /* the last word too long for the cache */
};

static uint32_t
le32(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Takes the head and tags at p[0..n); returns whether they and the length are sound. */
static bool
model_head(struct lang_model *m, const unsigned char *p, size_t n)
{
	struct head *h = &m->head;
	size_t i;

	if (n < HEAD_BYTES || memcmp(p, MAGIC, 8) != 0)
		return false;
	h->nlang = le32(p + 8);
	h->nrow = le32(p + 12);
	h->nbucket = le32(p + 16);
	h->scale = le32(p + 20);
	h->check = le32(p + 24);
	if (h->nlang == 0 || h->nlang > LANG_MAX || h->nrow == 0 || h->nbucket < 2 || h->scale == 0)
		return false;
	if (n != HEAD_BYTES + (size_t)h->nlang * (TAG_BYTES + (size_t)h->nrow) +
		     (size_t)h->nbucket * WAYS * 3)
		return false;
	for (i = 0; i < h->nlang; i++)
		memcpy(m->tag[i], p + HEAD_BYTES + i * TAG_BYTES, TAG_BYTES);
	m->row = (const int8_t *)(p + HEAD_BYTES + (size_t)h->nlang * TAG_BYTES);
	m->bucket = (const unsigned char *)m->row + (size_t)h->nlang * h->nrow;
	snprintf(m->fingerprint, sizeof(m->fingerprint), "%08x", (unsigned)h->check);
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
	m->cache = mem_alloc(sizeof(struct slot) << CACHE_BITS);
	memset(m->cache, 0, sizeof(struct slot) << CACHE_BITS);
	return m;
}

void
lang_close(struct lang_model *m)
{
	free(m->cache);
	free(m);
}

size_t
lang_count(const struct lang_model *m)
{
	return m->head.nlang;
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

	for (i = 0; i < m->head.nlang; i++)
		if (strcmp(m->tag[i], tag) == 0)
			return (int)i;
	return LANG_NONE;
}

int64_t
lang_unit(const struct lang_model *m)
{
	return m->head.scale;
}

const char *
lang_fingerprint(const struct lang_model *m)
{
	return m->fingerprint;
}

/* The root of x, rounded down. */
static uint64_t
root(uint64_t x)
{
	uint64_t r = (uint64_t)sqrt((double)x);

	while (r * r > x)
		r--;
	while ((r + 1) * (r + 1) <= x)
		r++;
	return r;
}

/* Adds a correction of so many eighths of a nat to a score. */
static int16_t
corrected(int16_t score, int32_t steps, int32_t eighth)
{
	int32_t x = score + steps * eighth;

	return (int16_t)(x > INT16_MAX ? INT16_MAX : x < -INT16_MAX ? -INT16_MAX : x);
}

/* Adds the corrections for the word with that hash, which has nfeat features. */
static void
score_correct(const struct lang_model *m, uint32_t hash, size_t nfeat, int16_t *score)
{
	const unsigned char *p;
	int32_t eighth = (int32_t)(root(nfeat << 12) * 128 / m->head.scale);
	uint32_t e;
	size_t i, l;

	p = m->bucket + (size_t)((uint64_t)hash * m->head.nbucket >> 32) * WAYS * 3;
	for (i = 0; i < WAYS; i++, p += 3) {
		e = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
		l = e >> 7 & 63;
		if (e >> 13 == (hash & 0x7FF) && l < m->head.nlang && e != 0)
			score[l] = corrected(score[l], (int32_t)(e & 127) - 64, eighth);
	}
}

/*
 * The scores of a word out of its features; feat[0], the word as a whole, only names it.  Each row
 * is read LANG_MAX wide, which the compiler makes fast; what stands behind the last language is
 * cleared in the end.  Behind the last row stand the buckets, so that all of it is in the file.
 */
static void
score_word(const struct lang_model *m, const char *s, size_t n, struct slot *slot)
{
	uint32_t feat[LANG_FEATS];
	size_t nfeat = lang_word_features(s, n, feat), i, l, nlang = m->head.nlang;
	int16_t score[LANG_MAX] = {0};
	const int8_t *row;

	for (i = 1; i < nfeat; i++) {
		row = m->row + (size_t)((uint64_t)feat[i] * m->head.nrow >> 32) * nlang;
		for (l = 0; l < LANG_MAX; l++)
			score[l] = (int16_t)(score[l] + row[l]);
	}
	score_correct(m, feat[0], nfeat - 1, score);
	memset(slot->score, 0, sizeof(slot->score));
	memcpy(slot->score, score, nlang * sizeof(*score));
	slot->feats = (uint8_t)(nfeat - 1);
}

/* The bytes of a word of up to CACHE_BYTES as three numbers: words differ where they or n do. */
static inline void
word_key(const char *s, size_t n, uint64_t key[3])
{
	uint32_t first, last;

	key[0] = key[1] = key[2] = 0;
	if (n >= 8) {
		memcpy(&key[0], s, 8);
		memcpy(&key[2], s + n - 8, 8);
		if (n > 16)
			memcpy(&key[1], s + 8, 8);
	} else if (n >= 4) {
		memcpy(&first, s, 4);
		memcpy(&last, s + n - 4, 4);
		key[0] = first | (uint64_t)last << 32;
	} else {
		key[0] = (unsigned char)s[0] | (unsigned)(unsigned char)s[n / 2] << 8 |
			 (unsigned)(unsigned char)s[n - 1] << 16;
	}
}

/* The scored word s[0..n), out of the cache where it is there. */
static const struct slot *
word_slot(struct lang_model *m, const char *s, size_t n)
{
	struct slot *slot;
	uint64_t key[3], h;

	if (n > CACHE_BYTES) {
		score_word(m, s, n, &m->spare);
		return &m->spare;
	}
	word_key(s, n, key);
	h = (key[0] * 0x9E3779B97F4A7C15u ^ key[1] * 0xC2B2AE3D27D4EB4Fu ^
		key[2] * 0x165667B19E3779F9u) +
	    n;
	h *= 0xD6E8FEB86659FD93u;
	slot = &m->cache[h >> (64 - CACHE_BITS)];
	if (slot->len != n || slot->key[0] != key[0] || slot->key[1] != key[1] ||
	    slot->key[2] != key[2]) {
		score_word(m, s, n, slot);
		memcpy(slot->key, key, sizeof(key));
		slot->len = (uint8_t)n;
	}
	return slot;
}

bool
lang_next(struct lang_model *m, const char *s, size_t n, struct lang_word *w)
{
	size_t from = w->off + w->len, off;
	const struct slot *slot;

	w->len = lang_word_find(s + from, n - from, &off);
	if (w->len == 0)
		return false;
	w->off = from + off;
	slot = word_slot(m, s + w->off, w->len);
	w->score = slot->score;
	w->feats = slot->feats;
	return true;
}

void
lang_sum_word(struct lang_sum *sum, const struct lang_word *w)
{
	size_t l;

	for (l = 0; l < LANG_MAX; l++)
		sum->score[l] += w->score[l];
	sum->feats += w->feats;
	sum->words++;
}

void
lang_add(struct lang_model *m, const char *s, size_t n, struct lang_sum *sum)
{
	struct lang_word w = {0};

	while (lang_next(m, s, n, &w))
		lang_sum_word(sum, &w);
}

/* exp(-x / 256) in 1/65536, for x >= 0: whole steps of 1/4096 of e to the power of -1, squared. */
static uint32_t
exp_down(uint64_t x)
{
	/* 65536 exp(-2^i / 256) for i = 0..11 */
	static const uint32_t step[] = {
	    65280, 65026, 64520, 63520, 61565, 57835, 51039, 39750, 24109, 8869, 1200, 22};
	uint64_t e = 65536;
	size_t i;

	if (x >= 4096)
		return 0;
	for (i = 0; i < 12; i++)
		if (x >> i & 1)
			e = e * step[i] >> 16;
	return (uint32_t)e;
}

int
lang_posteriors(const struct lang_model *m, const struct lang_sum *sum, uint64_t allowed,
    const int32_t *prior, uint32_t p[LANG_MAX])
{
	int64_t odds[LANG_MAX], scale = (int64_t)root(sum->feats << 16);
	uint64_t total = 0;
	size_t l;
	int best = LANG_NONE;

	memset(p, 0, LANG_MAX * sizeof(*p));
	if (sum->words == 0)
		return LANG_NONE;
	for (l = 0; l < m->head.nlang; l++) {
		odds[l] = sum->score[l] * m->head.scale / scale + (prior != NULL ? prior[l] : 0);
		if (allowed >> l & 1 && (best == LANG_NONE || odds[l] > odds[best]))
			best = (int)l;
	}
	if (best == LANG_NONE)
		return best;
	for (l = 0; l < m->head.nlang; l++)
		if (allowed >> l & 1)
			total += p[l] = exp_down((uint64_t)(odds[best] - odds[l]));
	for (l = 0; l < m->head.nlang; l++)
		p[l] = (uint32_t)((uint64_t)p[l] * 65536 / total);
	return best;
}

int
lang_best(const struct lang_model *m, const struct lang_sum *sum, uint64_t allowed, int *post)
{
	uint32_t p[LANG_MAX];
	int best = lang_posteriors(m, sum, allowed, NULL, p);

	if (post != NULL)
		*post = best == LANG_NONE ? 0 : (int)(p[best] * 100 / 65536);
	return best;
}

long
lang_fit(const struct lang_model *m, const struct lang_sum *sum, uint64_t allowed)
{
	int best = lang_best(m, sum, allowed, NULL);

	if (best == LANG_NONE)
		return 0;
	return (long)(sum->score[best] * 100 / (int64_t)(sum->feats == 0 ? 1 : sum->feats));
}
