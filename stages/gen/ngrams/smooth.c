/*
 * smooth: Kneser-Ney smoothing with three discounts (Chen and Goodman 1999) on weighted counts,
 * pruned by relative entropy (Stolcke 1998).  A gram counted c times gives away the share D(c) / c
 * of its weight, D from how many grams were counted one to four times.  What pruning loses is
 * weighed by how often a context stands in the texts, not by its smoothed probability.
 */
#include <stdlib.h>
#include <math.h>
#include <string.h>

#include "smooth.h"

#define LN2 0.69314718055994530942
#define MEAN 16		/* mean weights are kept in this part of one */
#define LISTS 0.1	/* mass of words that goes by their share of texts and lists */

double
exact_log2(double x)
{
	int exponent;
	double m = frexp(x, &exponent), s, square, power, sum = 0;

	if (m < 0.70710678118654752440) {
		m *= 2;
		exponent--;
	}
	s = (m - 1) / (m + 1);
	square = s * s;
	power = s;
	for (int k = 1; k < 40; k += 2) {
		sum += power / k;
		power *= square;
	}
	return exponent + 2 * sum / LN2;
}

/* The share of its weight a gram gives away, by its count: index 1, 2 and 3 for more. */
static void
discounts(const struct counts *c, double share[4])
{
	double n[5] = {0}, y;

	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].count < 5)
			n[c->list[i].count]++;
	y = n[1] / (n[1] + 2 * n[2] + 1);
	share[0] = 0;
	for (int k = 1; k < 4; k++) {
		share[k] = k - (k + 1) * y * n[k + 1] / (n[k] + 1);
		if (!(share[k] > 0.1 * k && share[k] < 0.95 * k))
			share[k] = 0.5 * (k < 2 ? k : 1.5);
	}
}

static double
given_away(const struct gram *g, const double share[4])
{
	return (double)g->weight * share[g->count < 3 ? g->count : 3] / (double)g->count;
}

/* The end of the run of grams of one context that begins at i. */
static size_t
context_end(const struct counts *c, size_t i)
{
	uint64_t context = GRAM_CONTEXT(c->list[i].key);

	while (i < c->n && GRAM_CONTEXT(c->list[i].key) == context)
		i++;
	return i;
}

/* The probability the level below gives the last word of a gram: by pair, else by word. */
static double
lower_prob(const struct smooth *s, const struct level *l, uint64_t key)
{
	size_t i;

	if (l == &s->pair)
		return s->word[GRAM_LAST(key)];
	i = counts_find(&s->pair.counts, GRAM_TAIL(key));
	return s->pair.prob[i];
}

/* The probabilities of a level, the one below being done. */
static void
level_make(struct smooth *s, struct level *l)
{
	const struct counts *c = &l->counts;
	double share[4];

	discounts(c, share);
	l->prob = mem_alloc((c->n + 1) * sizeof(*l->prob));
	for (size_t i = 0, end; i < c->n; i = end) {
		double weight = 0, away = 0;

		end = context_end(c, i);
		for (size_t k = i; k < end; k++) {
			weight += (double)c->list[k].weight;
			away += given_away(&c->list[k], share);
		}
		for (size_t k = i; k < end; k++) {
			const struct gram *g = &c->list[k];

			l->prob[k] = ((double)g->weight - given_away(g, share)) / weight +
			    away / weight * lower_prob(s, l, g->key);
		}
	}
}

/* Weights that add up to one; what has less than least gets that. */
static double *
shares_make(double *weight, uint32_t size, double least)
{
	double all = 0;

	for (uint32_t w = 0; w < size; w++) {
		if (weight[w] < least)
			weight[w] = least;
		all += weight[w];
	}
	for (uint32_t w = 0; w < size; w++)
		weight[w] /= all;
	return weight;
}

/* How often words stand in the texts, lists included. */
static void
words_share(struct smooth *s, const struct corpus *c)
{
	double *weight = mem_alloc(s->size * sizeof(*weight));

	for (uint32_t w = 0; w < s->size; w++)
		weight[w] = 0;
	for (size_t i = 0; i < c->nrun; i++)
		for (size_t k = 0; k < c->run[i].n; k++)
			if (c->run[i].token[k] < MODEL_WORDS)
				weight[c->run[i].token[k]] += c->run[i].weight * 1024.0;
	for (size_t i = 0; i < c->nword; i++)
		if (c->word[i].id >= MODEL_WORDS)
			weight[c->word[i].id] += (double)c->word[i].weight;
	s->share = shares_make(weight, s->size, 1024);
}

/*
 * What words are worth where nothing is known of the words before: by the number of words they
 * follow (Kneser and Ney 1995), each pair with the mean weight of its occurrences; of the mass,
 * LISTS goes by their share of the texts, for words that stand in lists alone.
 */
static void
words_make(struct smooth *s)
{
	double *weight = mem_alloc(s->size * sizeof(*weight)), all = 0;

	for (uint32_t w = 0; w < s->size; w++)
		weight[w] = 0;
	for (size_t i = 0; i < s->pair.counts.n; i++) {
		const struct gram *g = &s->pair.counts.list[i];
		double mean = (double)g->weight / g->count;

		weight[GRAM_LAST(g->key)] += mean;
		all += mean;
	}
	for (uint32_t w = 0; w < s->size; w++)
		weight[w] += all * LISTS * s->share[w];
	s->word = shares_make(weight, s->size, 0);
}

/*
 * Turns the counts of pairs into how many words each follows, by the triples it ends; those that
 * begin a sentence keep theirs.
 */
static void
pairs_continue(struct smooth *s)
{
	struct counts *pair = &s->pair.counts;
	double all = 0;

	s->pair.share = mem_alloc((pair->n + 1) * sizeof(*s->pair.share));
	for (size_t i = 0; i < pair->n; i++)
		all += (double)pair->list[i].weight;
	for (size_t i = 0; i < pair->n; i++) {
		s->pair.share[i] = (double)pair->list[i].weight / all;
		if (GRAM_CONTEXT(pair->list[i].key) != MODEL_START)
			pair->list[i].weight = pair->list[i].count = 0;
	}
	for (size_t i = 0; i < s->triple.counts.n; i++) {
		const struct gram *t = &s->triple.counts.list[i];
		struct gram *p = &pair->list[counts_find(pair, GRAM_TAIL(t->key))];

		if (GRAM_CONTEXT(p->key) == MODEL_START)
			continue;
		p->weight += t->weight * MEAN / t->count;
		p->count++;
	}
}

/* For a context, its grams i..end: the mass of what is kept, and of the same words one level below. */
static void
context_masses(const struct smooth *s, const struct level *l, size_t i, size_t end, double *high,
    double *low)
{
	*high = *low = 0;
	for (; i < end; i++)
		if (l->kept[i]) {
			*high += l->prob[i];
			*low += lower_prob(s, l, l->counts.list[i].key);
		}
}

/* The factor of what is not explicit; bounded, for rounding may leave nothing. */
static double
back_off(double high, double low)
{
	double rest = 1 - high, below = 1 - low;

	if (rest < 1e-6)
		rest = 1e-6;
	if (below < 1e-6)
		below = 1e-6;
	return rest / below;
}

/* The probability of the context that gram i of the level has. */
static double
context_prob(const struct smooth *s, const struct level *l, size_t i)
{
	uint64_t context = GRAM_CONTEXT(l->counts.list[i].key);
	size_t pair;

	if (l == &s->pair)
		return s->share[context];
	pair = counts_find(&s->pair.counts, context);
	if (pair == s->pair.counts.n)	/* two bounds: the start of a sentence */
		return s->share[GRAM_LAST(context)];
	return s->pair.share[pair];
}

/* What each gram of the level is worth: the loss of leaving out it alone. */
static void
level_weigh(const struct smooth *s, struct level *l)
{
	const struct counts *c = &l->counts;

	l->loss = mem_alloc((c->n + 1) * sizeof(*l->loss));
	l->kept = mem_alloc((c->n + 1) * sizeof(*l->kept));
	for (size_t i = 0; i < c->n; i++)
		l->kept[i] = true;
	for (size_t i = 0, end; i < c->n; i = end) {
		double high, low, h, factor;

		end = context_end(c, i);
		context_masses(s, l, i, end, &high, &low);
		h = context_prob(s, l, i);
		factor = back_off(high, low);
		for (size_t k = i; k < end; k++) {
			double p = l->prob[k], below, without;

			below = lower_prob(s, l, c->list[k].key);
			without = back_off(high - p, low - below);
			l->loss[k] = -h * (p * (exact_log2(below) + exact_log2(without) - exact_log2(p)) +
			    (exact_log2(without) - exact_log2(factor)) * (1 - high));
		}
	}
}

void
smooth_make(struct smooth *s, const struct corpus *c, uint32_t size)
{
	*s = (struct smooth) {.size = size};
	s->pair.counts = counts_make(c, 2);
	s->triple.counts = counts_make(c, 3);
	words_share(s, c);
	words_make(s);
	pairs_continue(s);
	level_make(s, &s->pair);
	level_make(s, &s->triple);
	level_weigh(s, &s->pair);
	level_weigh(s, &s->triple);
}

/* Keeps what loses more than least, and the pairs kept triples begin with; returns how many. */
static size_t
keep_above(struct smooth *s, double least)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->pair.counts.n; i++)
		s->pair.kept[i] = s->pair.loss[i] > least;
	for (size_t i = 0; i < s->triple.counts.n; i++) {
		size_t pair;

		s->triple.kept[i] = s->triple.loss[i] > least;
		if (!s->triple.kept[i])
			continue;
		pair = counts_find(&s->pair.counts, GRAM_CONTEXT(s->triple.counts.list[i].key));
		if (pair == s->pair.counts.n) {		/* the start of a sentence is one word's context */
			s->triple.kept[i] = false;
			continue;
		}
		s->pair.kept[pair] = true;
		kept++;
	}
	for (size_t i = 0; i < s->pair.counts.n; i++)
		kept += s->pair.kept[i];
	return kept;
}

/* The probability of the last word of a triple by what is kept of the pairs. */
static double
kept_prob(const struct smooth *s, uint64_t tail)
{
	size_t i = counts_find(&s->pair.counts, tail);

	if (i < s->pair.counts.n && s->pair.kept[i])
		return s->pair.prob[i];
	return s->word_back[GRAM_CONTEXT(tail)] * s->word[GRAM_LAST(tail)];
}

/* The factors of contexts, from what is kept. */
static void
factors_make(struct smooth *s)
{
	const struct counts *pair = &s->pair.counts, *triple = &s->triple.counts;

	s->word_back = mem_alloc(s->size * sizeof(*s->word_back));
	s->triple.back = mem_alloc((triple->n + 1) * sizeof(*s->triple.back));
	for (uint32_t w = 0; w < s->size; w++)
		s->word_back[w] = 1;
	for (size_t i = 0, end; i < pair->n; i = end) {
		double high, low;

		end = context_end(pair, i);
		context_masses(s, &s->pair, i, end, &high, &low);
		s->word_back[GRAM_CONTEXT(pair->list[i].key)] = back_off(high, low);
	}
	for (size_t i = 0, end; i < triple->n; i = end) {
		double high = 0, low = 0;

		end = context_end(triple, i);
		for (size_t k = i; k < end; k++)
			if (s->triple.kept[k]) {
				high += s->triple.prob[k];
				low += kept_prob(s, GRAM_TAIL(triple->list[k].key));
			}
		s->triple.back[i] = back_off(high, low);
	}
}

void
smooth_prune(struct smooth *s, size_t most)
{
	double low = 0, high = 1;

	if (keep_above(s, 0) > most) {
		for (int i = 0; i < 60; i++) {
			double mid = low == 0 ? high / 16 : (low + high) / 2;

			if (keep_above(s, mid) > most)
				low = mid;
			else
				high = mid;
		}
		keep_above(s, high);
	}
	factors_make(s);
}

static void
level_free(struct level *l)
{
	free(l->counts.list);
	free(l->prob);
	free(l->loss);
	free(l->kept);
	free(l->back);
	free(l->share);
}

void
smooth_free(struct smooth *s)
{
	level_free(&s->pair);
	level_free(&s->triple);
	free(s->word);
	free(s->share);
	free(s->word_back);
}
