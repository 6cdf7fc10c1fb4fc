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

#define WAYS 8 /* entries of a bucket */
#define STEPS 8 /* of a nat */
#define UNKNOWN 3e-7 /* what a vocabulary gives to words it does not have */

struct entry {
	uint32_t hash;
	uint8_t lang;
	int8_t steps;
	float gain;
};

static struct entry *entry;
static size_t nentry, capentry;
static double total[LANG_MAX]; /* of a vocabulary's weights */

/* The model's posteriors of a word alone, without corrections; returns the word's hash. */
static uint32_t
model_posteriors(const int8_t *row, double unit, const char *s, size_t n, double p[LANG_MAX])
{
	uint32_t feat[LANG_FEATS];
	size_t nfeat = lang_word_features(s, n, feat), i, l;
	int score[LANG_MAX] = {0}, max = -1000000;
	double sum = 0;
	const int8_t *w;

	for (i = 1; i < nfeat; i++) {
		w = row + (size_t)((uint64_t)feat[i] * nrow >> 32) * nlang;
		for (l = 0; l < nlang; l++)
			score[l] += w[l];
	}
	for (l = 0; l < nlang; l++)
		if (score[l] > max)
			max = score[l];
	for (l = 0; l < nlang; l++)
		sum += p[l] = exp((score[l] - max) * unit / sqrt((double)(nfeat - 1)));
	for (l = 0; l < nlang; l++)
		p[l] /= sum;
	return feat[0];
}

static void
entry_add(uint32_t hash, size_t l, double nats, double gain)
{
	int steps = (int)lrint(fmax(-63, fmin(63, nats * STEPS)));

	if (steps == 0)
		return;
	entry = mem_more(entry, nentry, &capentry, sizeof(*entry));
	entry[nentry++] = (struct entry){hash, (uint8_t)l, (int8_t)steps, (float)gain};
}

/* Makes entries for a word that the languages have with probabilities freq. */
static void
word_correct(const int8_t *row, double unit, const char *s, size_t n, const double *freq)
{
	double p[LANG_MAX], want[LANG_MAX], sum = 0, gain = 0, rest_p = 0, rest_want = 0;
	uint32_t hash = model_posteriors(row, unit, s, n, p);
	size_t l;
	bool in[LANG_MAX];

	for (l = 0; l < nlang; l++)
		sum += want[l] = freq[l] + UNKNOWN * (double)nlang * p[l];
	for (l = 0; l < nlang; l++) {
		want[l] /= sum;
		in[l] = freq[l] > 0 && want[l] > 0.03;
		gain += freq[l] > 0 ? freq[l] * log(want[l] / p[l]) : 0;
		rest_p += in[l] ? 0 : p[l];
		rest_want += in[l] ? 0 : want[l];
	}
	if (gain <= 0)
		return;
	for (l = 0; l < nlang; l++)
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
	uint32_t e;

	memset(used, 0, nbucket);
	buf_need(b, nbucket * WAYS * 3);
	memset(b->data + from, 0, nbucket * WAYS * 3);
	b->len += nbucket * WAYS * 3;
	for (i = 0; i < nentry; i++) {
		k = (size_t)((uint64_t)entry[i].hash * nbucket >> 32);
		if (used[k] == WAYS)
			continue;
		e = (entry[i].hash & 0x7FF) << 13 | (uint32_t)entry[i].lang << 7 |
		    (uint32_t)(entry[i].steps + 64);
		b->data[from + (k * WAYS + used[k]) * 3] = (char)(e & 255);
		b->data[from + (k * WAYS + used[k]) * 3 + 1] = (char)(e >> 8 & 255);
		b->data[from + (k * WAYS + used[k]++) * 3 + 2] = (char)(e >> 16);
	}
	free(used);
}

/* A word of one of the vocabularies. */
struct place {
	uint64_t key; /* hash of the word */
	uint32_t lang, word;
};

static int
place_order(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (int)x->lang - (int)y->lang;
}

/* All words of all vocabularies, like words together. */
static struct place *
all_words(size_t *n)
{
	struct place *list;
	size_t l, i, k, all = 0;
	const struct word *w;
	uint64_t key;

	for (l = 0; l < nlang; l++)
		all += lang[l].nvocab;
	list = mem_alloc(all * sizeof(*list));
	for (*n = l = 0; l < nlang; l++)
		for (i = 0; i < lang[l].nvocab; i++) {
			w = &lang[l].vocab[i];
			for (k = 0, key = 0xCBF29CE484222325u; k < w->len; k++)
				key = (key ^ (unsigned char)lang[l].words.data[w->off + k]) *
				      0x100000001B3u;
			list[(*n)++] = (struct place){key, (uint32_t)l, (uint32_t)i};
		}
	qsort(list, all, sizeof(*list), place_order);
	return list;
}

void
words_correct(const int8_t *row, double unit, size_t nbucket, double power, struct buf *b)
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
			freq[list[k].lang] = pow(w->count, power) / total[list[k].lang];
		}
		w = &lang[list[i].lang].vocab[list[i].word];
		word_correct(row, unit, lang[list[i].lang].words.data + w->off, w->len, freq);
	}
	free(list);
	qsort(entry, nentry, sizeof(*entry), entry_order);
	put_entries(nbucket, b);
}
