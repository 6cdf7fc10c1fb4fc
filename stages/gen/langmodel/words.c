/*
 * words: corrections for single words that their letters mislead the model on.  How often a word
 * stands in each language's texts and lists says what its posterior should be; where the model
 * is off, an entry adds what is missing.  There is room for some hundred thousand entries: those
 * are kept that raise the likelihood of the vocabularies most.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "langmodel.h"
#include "utf8.h"

#define WAYS 8 /* entries of a bucket */
#define STEPS 8 /* that a correction has, each half a nat */
#define SETTLED 0.35 /* what a correction is worth where the letters say the right language */
#define BARE 0.1 /* of its weight a word has without its diacritics, too */
#define UNKNOWN 3e-7 /* what a vocabulary gives to words it does not have */

struct entry {
	uint32_t hash;
	uint8_t lang;
	uint8_t steps;
	float gain;
};

static struct entry *entry;
static size_t nentry, capentry;
static double total[LANG_MAX]; /* of a vocabulary's weights */

/* The model's posteriors of a word alone, without corrections; returns the word's hash. */
static uint32_t
model_posteriors(const struct model *m, const char *s, size_t n, double p[LANG_MAX])
{
	struct lang_feats f;
	int16_t score[LANG_MAX], most = INT16_MIN;
	double sum = 0;
	size_t l;

	lang_word_features(s, n, &f);
	lang_rows_sum(m->row, nrow, &f, score);
	for (l = 0; l < nlang; l++) {
		score[l] += m->script[f.script][l];
		most = score[l] > most ? score[l] : most;
	}
	for (l = 0; l < nlang; l++)
		sum += p[l] = exp((score[l] - most) * m->unit / sqrt((double)f.n + 1));
	for (l = 0; l < nlang; l++)
		p[l] /= sum;
	return f.word;
}

static void
entry_add(uint32_t hash, size_t l, double nats, double gain)
{
	int steps = (int)lrint(fmin(STEPS, 2 * nats));

	if (steps < 1)
		return;
	entry = mem_more(entry, nentry, &capentry, sizeof(*entry));
	entry[nentry++] = (struct entry){hash, (uint8_t)l, (uint8_t)steps, (float)gain};
}

/* Makes entries for a word that the languages have with probabilities freq. */
static void
word_correct(const struct model *m, const char *s, size_t n, const double *freq)
{
	double p[LANG_MAX], want[LANG_MAX], sum = 0, gain = 0, rest_p = 0, rest_want = 0;
	uint32_t hash = model_posteriors(m, s, n, p);
	size_t l, best = 0, right = 0;
	bool in[LANG_MAX];

	for (l = 0; l < nlang; l++)
		sum += want[l] = freq[l] + UNKNOWN * (double)nlang * p[l];
	for (l = 0; l < nlang; l++) {
		want[l] /= sum;
		in[l] = freq[l] > 0 && want[l] > 0.03;
		gain += freq[l] > 0 ? freq[l] * log(want[l] / p[l]) : 0;
		rest_p += in[l] ? 0 : p[l];
		rest_want += in[l] ? 0 : want[l];
		best = p[l] > p[best] ? l : best;
		right = want[l] > want[right] ? l : right;
	}
	if (best == right)
		gain *= SETTLED;
	if (gain <= 0)
		return;
	for (l = 0; l < LANG_COLUMNS_ALL; l++)
		if (in[l])
			entry_add(hash, l,
			    log(want[l] / fmax(p[l], 1e-9)) -
				log(fmax(rest_want, 1e-3) / fmax(rest_p, 1e-3)),
			    gain);
}

/* Most useful first; then in an order that does not depend on sorting. */
static int
entry_order(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->gain != y->gain)
		return x->gain < y->gain ? 1 : -1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->lang - y->lang;
}

static void
put_entries(size_t nbucket, struct buf *b)
{
	uint8_t *used = mem_alloc(nbucket);
	size_t i, k, from = b->len;
	char *to;

	memset(used, 0, nbucket);
	buf_need(b, nbucket * WAYS * 2);
	memset(b->data + from, 0, nbucket * WAYS * 2);
	b->len += nbucket * WAYS * 2;
	for (i = 0; i < nentry; i++) {
		k = (size_t)((uint64_t)entry[i].hash * nbucket >> 32);
		if (used[k] == WAYS)
			continue;
		to = b->data + from + (k * WAYS + used[k]++) * 2;
		to[0] = (char)(entry[i].lang << 3 | (entry[i].steps - 1));
		to[1] = (char)(entry[i].hash & 255);
	}
	free(used);
}

/* A word of one of the vocabularies, or what is left of it without its diacritics. */
struct place {
	uint64_t key; /* hash of the word */
	uint32_t lang, word;
	bool bare;
};

/* Like words together, those that are so with their diacritics first. */
static int
place_order(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->bare != y->bare)
		return x->bare ? 1 : -1;
	if (x->lang != y->lang)
		return x->lang < y->lang ? -1 : 1;
	return x->word < y->word ? -1 : x->word > y->word;
}

static uint64_t
hash_word(const char *s, size_t n)
{
	uint64_t key = 0xCBF29CE484222325u;

	while (n-- > 0)
		key = (key ^ (unsigned char)*s++) * 0x100000001B3u;
	return key;
}

static void
strip_word(const char *s, size_t n, struct buf *to)
{
	size_t i = 0;
	uint32_t cp;

	buf_clear(to);
	while (i < n) {
		i += utf8_get(s + i, n - i, &cp);
		utf8_add(to, cp < 0x80 ? cp : uc_base(cp));
	}
}

/* All words of all vocabularies, in order. */
static struct place *
all_words(size_t *n)
{
	struct place *list = NULL;
	struct buf bare = {0};
	size_t l, i, cap = 0;
	uint64_t key, stripped;
	const struct word *w;
	const char *s;

	for (*n = l = 0; l < nlang; l++)
		for (i = 0; i < lang[l].nvocab; i++) {
			w = &lang[l].vocab[i];
			s = lang[l].words.data + w->off;
			key = hash_word(s, w->len);
			strip_word(s, w->len, &bare);
			stripped = hash_word(bare.data, bare.len);
			list = mem_more(list, *n + 1, &cap, sizeof(*list));
			list[(*n)++] = (struct place){key, (uint32_t)l, (uint32_t)i, false};
			if (stripped != key)
				list[(*n)++] =
				    (struct place){stripped, (uint32_t)l, (uint32_t)i, true};
		}
	buf_free(&bare);
	qsort(list, *n, sizeof(*list), place_order);
	return list;
}

void
words_correct(const struct model *m, size_t nbucket, double power, struct buf *b)
{
	double freq[LANG_MAX];
	size_t l, i, k, n;
	const struct word *w;
	struct place *list = all_words(&n);

	for (l = 0; l < nlang; l++)
		for (i = 0; i < lang[l].nvocab; i++)
			total[l] += pow(lang[l].vocab[i].count, power);
	for (i = 0; i < n; i = k) {
		memset(freq, 0, sizeof(freq));
		for (k = i; k < n && list[k].key == list[i].key; k++) {
			w = &lang[list[k].lang].vocab[list[k].word];
			freq[list[k].lang] +=
			    pow(w->count, power) / total[list[k].lang] * (list[k].bare ? BARE : 1);
		}
		if (list[i].bare) /* nobody's word unless it has lost something */
			continue;
		w = &lang[list[i].lang].vocab[list[i].word];
		word_correct(m, lang[list[i].lang].words.data + w->off, w->len, freq);
	}
	free(list);
	qsort(entry, nentry, sizeof(*entry), entry_order);
	put_entries(nbucket, b);
}
