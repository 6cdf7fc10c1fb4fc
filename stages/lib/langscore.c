/*
 * langscore: the scores of words.  A word's score for a language is the sum of the weights of its
 * features and the correction for the word as a whole.  The words of a text repeat, so that those
 * scored last are remembered; a batch of words is looked for first and looked up then, which
 * hides how long memory takes to answer.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "buf.h"
#include "langfeat.h"
#include "langscore.h"
#include "msg.h"

#define CACHE_BITS 16
#define KEY_BYTES 32 /* longer words are not remembered */
#define LINE_BYTES 64 /* of the processor's cache */
#define PAGE_BYTES ((size_t)2 << 20) /* a large page of memory */

/* A word and what it scores: two lines of the processor's cache. */
struct slot {
	uint64_t key[KEY_BYTES / 8]; /* its bytes; word_key */
	int16_t score[LANG_MAX];
	uint8_t len; /* in bytes; 0: empty */
	uint8_t feats;
	bool marked;
	uint8_t unused[2 * LINE_BYTES - KEY_BYTES - 2 * LANG_MAX - 3];
};

struct word_cache {
	struct slot *slot; /* direct mapped */
	void *memory; /* where slot is aligned in */
	struct slot fresh[LANG_BATCH]; /* the words of the last batch that slot did not have */
	struct slot *place[LANG_BATCH]; /* where they go: not before the next batch, or NULL */
};

/* Memory that is all zero; large pages, where there are any, save much of the time to reach it. */
static struct slot *
slots_get(void **memory)
{
	size_t size = sizeof(struct slot) << CACHE_BITS;
	uintptr_t from;

	*memory = calloc(1, size + PAGE_BYTES);
	if (*memory == NULL)
		msg_die("no memory");
	from = ((uintptr_t)*memory + PAGE_BYTES - 1) & ~(uintptr_t)(PAGE_BYTES - 1);
#ifdef MADV_HUGEPAGE
	madvise((void *)from, size, MADV_HUGEPAGE);
#endif
	return (struct slot *)from;
}

void
lang_mark(struct lang_model *m, bool (*fn)(const char *s, size_t n))
{
	word_cache_close(m->cache);
	m->cache = word_cache_open();
	m->mark = fn;
}

struct word_cache *
word_cache_open(void)
{
	struct word_cache *c = mem_alloc(sizeof(*c));

	memset(c, 0, sizeof(*c));
	c->slot = slots_get(&c->memory);
	return c;
}

void
word_cache_close(struct word_cache *c)
{
	free(c->memory);
	free(c);
}

static inline int16_t
bounded(int32_t x)
{
	return (int16_t)(x > LANG_SCORE_MOST    ? LANG_SCORE_MOST
			 : x < -LANG_SCORE_MOST ? -LANG_SCORE_MOST
						: x);
}

/* The corrections that a word with that hash may have. */
static inline const unsigned char *
bucket_of(const struct lang_model *m, uint32_t hash)
{
	return m->bucket + (size_t)((uint64_t)hash * m->nbucket >> 32) * LANG_WAYS * 3;
}

/* Adds the corrections for the word with that hash, which has nfeat features. */
static void
score_correct(const struct lang_model *m, uint32_t hash, size_t nfeat, int16_t *score)
{
	const unsigned char *p = bucket_of(m, hash);
	int32_t eighth = (int32_t)(lang_root(nfeat << 12) * 128 / m->scale);
	uint32_t e;
	size_t i, l;

	for (i = 0; i < LANG_WAYS; i++, p += 3) {
		e = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
		l = e >> 7 & 63;
		if (e >> 13 == (hash & 0x7FF) && l < m->nlang && e != 0)
			score[l] = bounded(score[l] + ((int32_t)(e & 127) - 64) * eighth);
	}
}

/* The rows of a word's features but the first, asked for from memory. */
static void
find_rows(const struct lang_model *m, const uint32_t *feat, size_t nfeat, const int8_t **row)
{
	size_t i;

	__builtin_prefetch(bucket_of(m, feat[0]));
	for (i = 1; i < nfeat; i++) {
		row[i] = m->row + (size_t)((uint64_t)feat[i] * m->nrow >> 32) * m->nlang;
		__builtin_prefetch(row[i]);
		__builtin_prefetch(row[i] + LANG_MAX - 1);
	}
}

/*
 * The scores of a word out of its features; feat[0], the word as a whole, only names it.  Each row
 * is read LANG_MAX wide, eight languages in a vector; what stands behind the last language is
 * cleared in the end.  Behind the last row stand the buckets, so that all of it is in the file.
 */
static void
score_word(const struct lang_model *m, const char *s, size_t n, struct slot *slot)
{
	uint32_t feat[LANG_FEATS];
	const int8_t *row[LANG_FEATS];
	size_t nfeat = lang_word_features(s, n, feat), i, l;
	int8_t weight __attribute__((vector_size(8)));

	find_rows(m, feat, nfeat, row);
	for (l = 0; l < LANG_MAX; l += 8) {
		lang_lanes sum = {0};

		for (i = 1; i < nfeat; i++) {
			memcpy(&weight, row[i] + l, sizeof(weight));
			sum += __builtin_convertvector(weight, lang_lanes);
		}
		memcpy(slot->score + l, &sum, sizeof(sum));
	}
	for (l = 0; l < m->nlang; l++)
		slot->score[l] = bounded(slot->score[l]);
	memset(slot->score + m->nlang, 0, (LANG_MAX - m->nlang) * sizeof(*slot->score));
	score_correct(m, feat[0], nfeat - 1, slot->score);
	slot->feats = (uint8_t)(nfeat - 1);
}

/* The bytes of a word of up to KEY_BYTES as four numbers: words differ where they or n do. */
static inline void
word_key(const char *s, size_t n, uint64_t key[4])
{
	uint32_t first, last;

	memset(key, 0, KEY_BYTES);
	if (n >= 8) {
		memcpy(&key[0], s, 8);
		memcpy(&key[1], s + n - 8, 8);
		if (n > 16) {
			memcpy(&key[2], s + 8, 8);
			memcpy(&key[3], s + n - 16, 8);
		}
	} else if (n >= 4) {
		memcpy(&first, s, 4);
		memcpy(&last, s + n - 4, 4);
		key[0] = first | (uint64_t)last << 32;
	} else {
		key[0] = (unsigned char)s[0] | (unsigned)(unsigned char)s[n / 2] << 8 |
			 (unsigned)(unsigned char)s[n - 1] << 16;
	}
}

static inline struct slot *
slot_of(const struct word_cache *c, const uint64_t key[4], size_t n)
{
	uint64_t h = key[0] * 0x9E3779B97F4A7C15u ^ key[1] * 0xC2B2AE3D27D4EB4Fu ^
		     key[2] * 0x165667B19E3779F9u ^ key[3] * 0x27D4EB2F165667C5u;

	return &c->slot[(h + n) * 0xD6E8FEB86659FD93u >> (64 - CACHE_BITS)];
}

static inline bool
key_equal(const uint64_t *a, const uint64_t *b)
{
	return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3])) == 0;
}

/* The words the last batch met first take their places. */
static void
cache_settle(struct word_cache *c)
{
	size_t i;

	for (i = 0; i < LANG_BATCH; i++)
		if (c->place[i] != NULL) {
			*c->place[i] = c->fresh[i];
			c->place[i] = NULL;
		}
}

/* What a batch is looked up by. */
struct wanted {
	uint64_t key[KEY_BYTES / 8];
	struct slot *slot; /* where the word is if it is remembered; NULL for one too long */
};

/* Finds the word behind byte *at and asks memory for its slot; false when there is none. */
static bool
word_want(const struct word_cache *c, const char *s, size_t n, size_t *at, struct lang_word *word,
    struct wanted *want)
{
	size_t off;

	word->len = lang_word_find(s + *at, n - *at, &off);
	if (word->len == 0)
		return false;
	word->off = *at + off;
	*at += off + word->len;
	want->slot = NULL;
	if (word->len > KEY_BYTES)
		return true;
	word_key(s + word->off, word->len, want->key);
	want->slot = slot_of(c, want->key, word->len);
	__builtin_prefetch(want->slot);
	__builtin_prefetch((const char *)want->slot + LINE_BYTES);
	return true;
}

/* The k-th word of a batch, s[0..n), scored afresh, to be remembered in what it wants. */
static const struct slot *
word_fresh(struct lang_model *m, size_t k, const char *s, size_t n, const struct wanted *want)
{
	struct slot *slot = &m->cache->fresh[k];

	score_word(m, s, n, slot);
	slot->marked = m->mark != NULL && m->mark(s, n);
	m->cache->place[k] = want->slot;
	if (want->slot != NULL) {
		memcpy(slot->key, want->key, KEY_BYTES);
		slot->len = (uint8_t)n;
	}
	return slot;
}

size_t
lang_words(
    struct lang_model *m, const char *s, size_t n, size_t *at, struct lang_word word[LANG_BATCH])
{
	struct wanted want[LANG_BATCH];
	const struct slot *slot;
	size_t k, count = 0;

	cache_settle(m->cache);
	while (count < LANG_BATCH && word_want(m->cache, s, n, at, &word[count], &want[count]))
		count++;
	for (k = 0; k < count; k++) {
		slot = want[k].slot;
		if (slot == NULL || slot->len != word[k].len || !key_equal(slot->key, want[k].key))
			slot = word_fresh(m, k, s + word[k].off, word[k].len, &want[k]);
		word[k].score = slot->score;
		word[k].feats = slot->feats;
		word[k].marked = slot->marked;
	}
	return count;
}
