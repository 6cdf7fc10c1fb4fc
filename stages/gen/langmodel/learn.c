/*
 * learn: softmax regression over hashed features, by AdaGrad with one rate a row.  It uses no
 * mathematics of the C library but the root, so that the same texts give the same weights.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "langmodel.h"

#define GRAMS_MAX 8192 /* of an example */
#define RATE 1.5f
#define COARSE 0.6 /* of the examples; then the weights are read as the file will have them */
#define SISTERS 0.2f /* what telling Bosnian, Croatian and Serbian apart weighs */

float *weight, script_weight[LANG_SCRIPTS][LANG_MAX];
uint32_t nrow;
static float *coarse; /* weight as the file has it, from COARSE on; before, weight itself */
static float *square; /* sums of squared gradients: a row's is at its place in LANG_ROW_SHORT */
static float script_square[LANG_SCRIPTS];
static bool sister[LANG_MAX];

/* A row an example reads: where it begins in weight, and its script. */
struct ref {
	uint32_t at;
	enum lang_script script;
};

struct example {
	struct ref ref[GRAMS_MAX];
	size_t n;
	size_t words[LANG_SCRIPTS];
	size_t feats; /* n-grams and words */
};

static void
example_read(const struct buf *b, struct example *e)
{
	struct lang_feats f;
	size_t at = 0, off, n, i;

	memset(e->words, 0, sizeof(e->words));
	e->n = e->feats = 0;
	while ((n = lang_word_find(b->data + at, b->len - at, &off)) > 0) {
		lang_word_features(b->data + at + off, n, &f);
		if (e->n + f.n > GRAMS_MAX)
			break;
		for (i = 0; i < f.n; i++)
			e->ref[e->n++] = (struct ref){
			    2 * (uint32_t)lang_row(f.script, f.gram[i], nrow), f.script};
		e->words[f.script]++;
		e->feats += f.n + 1;
		at += off + n;
	}
}

/* e to the power of x, x <= 0. */
static float
exp_neg(float x)
{
	float y;
	int i;

	if (x < -60)
		return 0;
	y = 1 + x / 1024 + x * x / (2 * 1048576.0f);
	for (i = 0; i < 10; i++)
		y *= y;
	return y;
}

/* Adds a row of the script, so many times, to another. */
static inline void
add_row(float *to, const float *from, float times, enum lang_script script)
{
	size_t l;

	if (script == LANG_LATIN)
		for (l = 0; l < LANG_COLUMNS(LANG_LATIN); l++)
			to[l] += times * from[l];
	else
		for (l = 0; l < LANG_COLUMNS(LANG_CYRILLIC); l++)
			to[l] += times * from[l];
}

/* What the model has for each language. */
static void
example_score(const struct example *e, float scale, float score[LANG_MAX])
{
	size_t i, l, script;

	memset(score, 0, LANG_MAX * sizeof(*score));
	for (i = 0; i < e->n; i++)
		add_row(score + LANG_COLUMN(e->ref[i].script), coarse + e->ref[i].at, 1,
		    e->ref[i].script);
	for (script = 0; script < LANG_SCRIPTS; script++)
		for (l = 0; l < nlang; l++)
			score[l] += (float)e->words[script] * script_weight[script][l];
	for (l = 0; l < nlang; l++)
		score[l] *= scale;
}

typedef float floats __attribute__((vector_size(16)));
typedef int32_t ints __attribute__((vector_size(16)));

/* What the file can say of four weights: langrow.c's squares. */
static inline floats
near_square(floats w)
{
	ints sign = (ints)w & INT32_MIN, root = {0};
	floats size = (floats)((ints)w ^ sign) * (float)(1 / UNIT);
	int k;

	for (k = 1; k <= 7; k++)
		root -= size > (float)(k * k - k) + 0.25f;
	return (floats)((ints)(__builtin_convertvector(root * root, floats) * (float)UNIT) | sign);
}

/* Puts into to what the file can say of n weights, four at a time. */
static void
coarsen(const float *from, float *to, size_t n)
{
	floats w;
	size_t l;

	for (l = 0; l < n; l += 4) {
		memcpy(&w, from + l, sizeof(w));
		w = near_square(w);
		memcpy(to + l, &w, sizeof(w));
	}
}

/* Turns scores into what each lacks of the truth: probability less one for the right language. */
static void
softmax_error(float *score, size_t right)
{
	float max = score[0], sum = 0, sisters = 1e-9f;
	size_t l;

	for (l = 1; l < nlang; l++)
		if (score[l] > max)
			max = score[l];
	for (l = 0; l < nlang; l++)
		sum += score[l] = exp_neg(score[l] - max);
	for (l = 0; l < nlang; l++) {
		score[l] /= sum;
		sisters += sister[l] ? score[l] : 0;
	}
	for (l = 0; l < nlang && sister[right]; l++)
		if (sister[l])
			score[l] -= (1 - SISTERS) * score[l] / sisters;
	score[right] -= sister[right] ? SISTERS : 1;
}

/* Takes the weights a step against what the scores lack. */
static void
step_weights(const struct example *e, const float lack[LANG_MAX], float rate)
{
	float size = 0, count, *sq;
	size_t i, l, script;
	const struct ref *r;

	for (l = 0; l < nlang; l++)
		size += lack[l] * lack[l];
	for (i = 0; i < e->n; i++) {
		r = &e->ref[i];
		sq = &square[r->at / (2 * LANG_ROW_SHORT)];
		*sq += size;
		add_row(weight + r->at, lack + LANG_COLUMN(r->script), -rate / sqrtf(*sq + 1e-6f),
		    r->script);
		if (coarse != weight)
			coarsen(weight + r->at, coarse + r->at, LANG_COLUMNS(r->script));
	}
	for (script = 0; script < LANG_SCRIPTS; script++) {
		count = (float)e->words[script];
		script_square[script] += count * count * size;
		for (l = 0; l < nlang; l++)
			script_weight[script][l] -=
			    rate * count * lack[l] / sqrtf(script_square[script] + 1e-6f);
	}
}

/* One step down the gradient; returns whether the example was right already. */
static bool
step_down(const struct example *e, size_t right, float rate)
{
	float score[LANG_MAX], scale = 1 / sqrtf((float)e->feats);
	size_t l, best = 0;

	example_score(e, scale, score);
	for (l = 0; l < nlang; l++)
		if (score[l] > score[best])
			best = l;
	softmax_error(score, right);
	for (l = 0; l < nlang; l++)
		score[l] *= scale;
	step_weights(e, score, rate);
	return best == right;
}

static float *
zeros(size_t n)
{
	float *p = mem_alloc(n * sizeof(*p));

	memset(p, 0, n * sizeof(*p));
	return p;
}

static void
begin(void)
{
	static const char *const tag[] = {"hr", "bs", "sr-Latn"};
	size_t i, l;

	coarse = weight = zeros((size_t)nrow * LANG_ROW_BYTES * 2);
	square = zeros((size_t)nrow * (LANG_ROW_BYTES / LANG_ROW_SHORT));
	for (i = 0; i < 3; i++)
		for (l = 0; l < nlang; l++)
			sister[l] |= strcmp(lang[l].tag, tag[i]) == 0;
}

void
learn(size_t examples)
{
	static struct example e;
	struct buf b = {0};
	size_t i, k, right = 0;

	begin();
	for (i = 0; i < examples; i++) {
		if (i == (size_t)((double)examples * COARSE)) {
			coarse = zeros((size_t)nrow * LANG_ROW_BYTES * 2);
			coarsen(weight, coarse, (size_t)nrow * LANG_ROW_BYTES * 2);
		}
		k = i % nlang;
		example_draw(&lang[k], &b);
		example_read(&b, &e);
		if (e.feats > 0)
			right += step_down(&e, k, RATE * (1 - 0.95f * (float)i / (float)examples));
		if (i % 1000000 == 999999) {
			fprintf(
			    stderr, "%zu examples, %.2f %% right\n", i + 1, (double)right / 1e4);
			right = 0;
		}
	}
	buf_free(&b);
}
