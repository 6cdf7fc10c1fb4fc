/*
 * vocabulary: a hash table of types; strings and choices lie in blocks that are freed together,
 * between statements, when there are too many.  What is found does not depend on what was looked
 * up before.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "vocabulary.h"

#define BLOCK 65536		/* bytes of a block, or of the one thing in it that is longer */
#define KEPT 256		/* blocks that are kept between statements at most */
#define USUAL 0.04		/* the share of strange words that the tables suppose */
#define CALM (3 * MODEL_BIT)	/* what fewer, or more, of them make of it at most */

struct block {
	struct block *next;
	size_t used, size;
	_Alignas(16) char bytes[];
};

struct slot {
	struct type *type;
	uint64_t hash;
};

struct vocabulary {
	struct language *l;
	struct slot *slot;
	size_t n, cap;		/* cap is a power of two */
	struct block *block;
	size_t nblocks;
	uint32_t statement;
	struct type **now;	/* the types of this statement */
	size_t nnow, capnow;
	int noise;		/* hundredths, once adapted */
};

static void
block_add(struct vocabulary *v, size_t size)
{
	struct block *b = mem_alloc(sizeof(*b) + size);

	b->next = v->block;
	b->used = 0;
	b->size = size;
	v->block = b;
	v->nblocks++;
}

/* Memory that lasts until the vocabulary forgets its words. */
static void *
take(struct vocabulary *v, size_t n)
{
	void *p;

	n = (n + 15) & ~(size_t)15;
	if (v->block == NULL || v->block->size - v->block->used < n)
		block_add(v, n > BLOCK ? n : BLOCK);
	p = v->block->bytes + v->block->used;
	v->block->used += n;
	return p;
}

static const char *
take_string(struct vocabulary *v, const char *s, size_t n)
{
	char *p = take(v, n);

	memcpy(p, s, n);
	return p;
}

/* Makes the table empty, with room for cap types. */
static void
slots_clear(struct vocabulary *v, size_t cap)
{
	v->n = 0;
	v->cap = cap;
	v->slot = mem_grow(v->slot, cap * sizeof(*v->slot));
	memset(v->slot, 0, cap * sizeof(*v->slot));
}

struct vocabulary *
vocabulary_open(struct language *l)
{
	struct vocabulary *v = l->vocabulary;

	if (v == NULL) {
		v = l->vocabulary = mem_alloc(sizeof(*v));
		memset(v, 0, sizeof(*v));
		v->l = l;
		slots_clear(v, 1024);
	}
	v->statement++;
	v->nnow = 0;
	return v;
}

void
vocabulary_close(struct vocabulary *v)
{
	struct block *b, *next;

	if (v->nblocks <= KEPT)
		return;
	for (b = v->block; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	v->block = NULL;
	v->nblocks = 0;
	slots_clear(v, 1024);
}

struct language *
vocabulary_language(const struct vocabulary *v)
{
	return v->l;
}

/* How many words of the text hold the true side of a rule. */
static size_t
words_with(const struct vocabulary *v, size_t rule)
{
	size_t i, n = 0;

	for (i = 0; i < v->nnow; i++) {
		const struct type *t = v->now[i];

		if (t->count == 0)
			continue;
		n += t->taken != NULL ?
		    channel_applies(v->l->channel, rule, t->taken->form, t->taken->len) :
		    channel_applies(v->l->channel, rule, t->form, t->len);
	}
	return n;
}

/* How many of the lower-case words are strange, of how many. */
static void
count_strange(const struct vocabulary *v, double *strange, double *words)
{
	size_t i;

	*strange = *words = 0;
	for (i = 0; i < v->nnow; i++) {
		const struct type *t = v->now[i];

		if (t->shape != SHAPE_LOWER)
			continue;
		*words += t->count;
		if (!t->reading.known)
			*strange += t->count;
	}
}

int
vocabulary_noise(const struct vocabulary *v)
{
	return v->noise;
}

void
vocabulary_adapt(struct vocabulary *v)
{
	double strange, words;
	size_t i;
	int calm;

	count_strange(v, &strange, &words);
	v->noise = (int)(log2(1 + 1000 * strange / (words + 10)) * 25);
	calm = (int)(log2(USUAL * (words + 50) / (strange + 50 * USUAL)) * MODEL_BIT);
	v->l->channel->calm = calm < -CALM ? -CALM : calm > CALM ? CALM : calm;
	for (i = 0; i < v->l->channel->n; i++)
		if (channel_believes(v->l->channel, i))
			channel_adapt(v->l->channel, i, words_with(v, i));
}

static void
grow(struct vocabulary *v)
{
	struct slot *old = v->slot;
	size_t oldcap = v->cap, i, k;

	v->cap *= 2;
	v->slot = mem_alloc(v->cap * sizeof(*v->slot));
	memset(v->slot, 0, v->cap * sizeof(*v->slot));
	for (i = 0; i < oldcap; i++) {
		if (old[i].type == NULL)
			continue;
		for (k = old[i].hash & (v->cap - 1); v->slot[k].type != NULL;)
			k = (k + 1) & (v->cap - 1);
		v->slot[k] = old[i];
	}
	free(old);
}

/* The type as it is in this statement. */
static struct type *
type_now(struct vocabulary *v, struct type *t)
{
	if (t->statement == v->statement)
		return t;
	t->statement = v->statement;
	t->count = 0;
	t->learned = false;
	t->taken = NULL;
	t->times = 0;
	v->now = mem_more(v->now, v->nnow, &v->capnow, sizeof(*v->now));
	v->now[v->nnow++] = t;
	return t;
}

static struct type *
type_make(struct vocabulary *v, const char *s, size_t n, size_t line)
{
	struct type *t = take(v, sizeof(*t));
	struct reading other;

	memset(t, 0, sizeof(*t));
	t->form = take_string(v, s, n);
	t->len = (uint32_t)n;
	t->line = (uint32_t)line;
	t->shape = word_shape(s, n);
	t->stem = language_stem(v->l, s, n);
	language_read(v->l, s, n, false, &t->reading);
	if (language_read(v->l, s, n, true, &other)) {
		t->other = take(v, sizeof(other));
		*t->other = other;
	}
	return t;
}

struct type *
vocabulary_get(struct vocabulary *v, const char *s, size_t n, size_t line)
{
	uint64_t h = line < n ? line + 7 : 0;
	struct type *t;
	size_t i;

	for (i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	h ^= h >> 31;
	for (i = h & (v->cap - 1); (t = v->slot[i].type) != NULL; i = (i + 1) & (v->cap - 1))
		if (v->slot[i].hash == h && t->len == n && memcmp(t->form, s, n) == 0)
			return type_now(v, t);
	t = type_make(v, s, n, line);
	v->slot[i] = (struct slot){t, h};
	if (++v->n * 2 > v->cap)
		grow(v);
	return type_now(v, t);
}

void
vocabulary_search(struct vocabulary *v, struct type *t)
{
	struct candidate found[CANDIDATES_MAX];
	size_t i;

	if (t->searched)
		return;
	t->searched = true;
	t->nchoices = search(v->l, t->form, t->len, t->line, &t->reading, found);
	t->choice = take(v, t->nchoices * sizeof(*t->choice));
	for (i = 0; i < t->nchoices; i++) {
		struct choice *c = &t->choice[i];

		c->form = take_string(v, found[i].form, found[i].len);
		c->len = found[i].len;
		c->nedits = found[i].nedits;
		memcpy(c->edit, found[i].edit, sizeof(c->edit));
		c->reading = found[i].reading;
	}
}
