/*
 * learn: softmax regression over hashed features, by AdaGrad with one rate a row.  It uses no
 * mathematics of the C library but the root, so that the same texts give the same weights.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "langmodel.h"

#define FEATS_MAX 4096 /* of an example */
#define RATE 0.5f

float *weight;
size_t nrow;
static float *square; /* for each row, the sum of squared gradients */

/* The rows of an example's features. */
static size_t
example_rows(const struct buf *b, uint32_t row[FEATS_MAX])
{
	uint32_t feat[LANG_FEATS];
	size_t at = 0, off, n, i, k, nrows = 0;

	while ((n = lang_word_find(b->data + at, b->len - at, &off)) > 0) {
		k = lang_word_features(b->data + at + off, n, feat);
		if (nrows + k > FEATS_MAX)
			break;
		for (i = 1; i < k; i++) /* the word as a whole is left to words.c */
			row[nrows++] = (uint32_t)((uint64_t)feat[i] * nrow >> 32);
		at += off + n;
	}
	return nrows;
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

/* Turns scores into what each lacks of the truth: probability less one for the right language. */
static void
softmax_error(float *score, size_t right)
{
	float max = score[0], sum = 0;
	size_t l;

	for (l = 1; l < nlang; l++)
		if (score[l] > max)
			max = score[l];
	for (l = 0; l < nlang; l++)
		sum += score[l] = exp_neg(score[l] - max);
	for (l = 0; l < nlang; l++)
		score[l] /= sum;
	score[right] -= 1;
}

/* One step down the gradient; returns whether the example was right already. */
static bool
step_down(const uint32_t *row, size_t n, size_t right, float rate)
{
	float score[LANG_MAX] = {0}, scale = 1 / sqrtf((float)n), size = 0, step;
	size_t i, l, best = 0;
	float *w;

	for (i = 0; i < n; i++)
		for (l = 0, w = weight + (size_t)row[i] * LANG_MAX; l < LANG_MAX; l++)
			score[l] += w[l];
	for (l = 0; l < nlang; l++) {
		score[l] *= scale;
		if (score[l] > score[best])
			best = l;
	}
	softmax_error(score, right);
	for (l = 0; l < nlang; l++) {
		score[l] *= scale;
		size += score[l] * score[l];
	}
	for (i = 0; i < n; i++) {
		square[row[i]] += size;
		step = rate / sqrtf(square[row[i]] + 1e-6f);
		for (l = 0, w = weight + (size_t)row[i] * LANG_MAX; l < LANG_MAX; l++)
			w[l] -= step * score[l];
	}
	return best == right;
}

void
learn(size_t examples)
{
	uint32_t row[FEATS_MAX];
	struct buf b = {0};
	size_t i, k, n, right = 0;

	weight = mem_alloc(nrow * LANG_MAX * sizeof(*weight));
	memset(weight, 0, nrow * LANG_MAX * sizeof(*weight));
	square = mem_alloc(nrow * sizeof(*square));
	memset(square, 0, nrow * sizeof(*square));
	for (i = 0; i < examples; i++) {
		k = i % nlang;
		example_draw(&lang[k], &b);
		n = example_rows(&b, row);
		if (n > 0)
			right +=
			    step_down(row, n, k, RATE * (1 - 0.95f * (float)i / (float)examples));
		if (i % 1000000 == 999999) {
			fprintf(
			    stderr, "%zu examples, %.2f %% right\n", i + 1, (double)right / 1e4);
			right = 0;
		}
	}
	buf_free(&b);
}
