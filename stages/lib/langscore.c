/*
 * langscore: the scores of words.  A word's score for a language is the sum of the weights of its
 * n-grams, of its script and of the correction for the word as a whole.  The words of a text repeat, so that those
 * scored last are remembered; a batch of words is looked for first and looked up then, which
 * hides how long memory takes to answer.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "buf.h"
#include "langrow.h"
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
	uint8_t best;
	bool marked, digits;
	uint8_t unused[2 * LINE_BYTES - KEY_BYTES - 2 * LANG_MAX - 5];
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
	m->cache = NULL;
	m->mark = fn;
}

static struct word_cache *
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
	if (c == NULL)
		return;
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
	return m->bucket + (size_t)((uint64_t)hash * m->nbucket >> 32) * LANG_WAYS * 2;
}

/* Adds the corrections for the word with that hash, which has nfeat features. */
static void
score_correct(const struct lang_model *m, uint32_t hash, size_t nfeat, int16_t *score)
{
	const unsigned char *p = bucket_of(m, hash);
	int32_t half = (int32_t)(lang_root(nfeat << 12) * 512 / m->scale);
	size_t i, l;

	for (i = 0; i < LANG_WAYS; i++, p += 2) {
		l = p[0] >> 3;
		if (p[1] == (hash & 255) && (p[0] | p[1]) != 0)
			score[l] = bounded(score[l] + ((p[0] & 7) + 1) * half);
	}
}

/* Asks memory for what a word is scored by. */
static void
ask_rows(const struct lang_model *m, const struct lang_feats *f)
{
	const unsigned char *row;
	size_t i;

	__builtin_prefetch(bucket_of(m, f->word));
	for (i = 0; i < f->n; i++) {
		row = m->row + lang_row(f->script, f->gram[i], m->nrow);
		__builtin_prefetch(row);
		__builtin_prefetch(row + LANG_ROW_BYTES - 1);
	}
}

/* The scores of a word: its n-grams' rows, what its script has, and the corrections for it. */
static void
score_word(const struct lang_model *m, const char *s, size_t n, struct slot *slot)
{
	struct lang_feats f;
	size_t l;

	lang_word_features(s, n, &f);
	ask_rows(m, &f);
	lang_rows_sum(m->row, m->nrow, &f, slot->score);
	for (l = 0; l < m->nlang; l++)
		slot->score[l] = bounded(slot->score[l] + m->script[f.script][l]);
	slot->feats = (uint8_t)(f.n + 1);
	score_correct(m, f.word, slot->feats, slot->score);
	slot->best = 0;
	for (l = 1; l < m->nlang; l++)
		if (slot->score[l] > slot->score[slot->best])
			slot->best = (uint8_t)l;
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

static bool
has_digits(const char *s, size_t n)
{
	while (n > 0 && (*s < '0' || *s > '9')) {
		s++;
		n--;
	}
	return n > 0;
}

/* The k-th word of a batch, s[0..n), scored afresh, to be remembered in what it wants. */
static const struct slot *
word_fresh(struct lang_model *m, size_t k, const char *s, size_t n, const struct wanted *want)
{
	struct slot *slot = &m->cache->fresh[k];

	score_word(m, s, n, slot);
	slot->marked = m->mark != NULL && m->mark(s, n);
	slot->digits = has_digits(s, n);
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

	if (m->cache == NULL)
		m->cache = word_cache_open();
	cache_settle(m->cache);
	while (count < LANG_BATCH && word_want(m->cache, s, n, at, &word[count], &want[count]))
		count++;
	for (k = 0; k < count; k++) {
		slot = want[k].slot;
		if (slot == NULL || slot->len != word[k].len || !key_equal(slot->key, want[k].key))
			slot = word_fresh(m, k, s + word[k].off, word[k].len, &want[k]);
		word[k].score = slot->score;
		word[k].feats = slot->feats;
		word[k].best = slot->best;
		word[k].marked = slot->marked;
		word[k].digits = slot->digits;
	}
	return count;
}
