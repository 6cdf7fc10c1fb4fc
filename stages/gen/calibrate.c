/*
 * calibrate: fits the weights of dict/calibration.  In: a line for each decision, "1" (right) or
 * "0", its kind, and its features as name=hundredths, TABs between.  Out: kind, feature and weight
 * a line, of the logistic regression with a penalty on large weights, by Newton's method.
 *	calibrate <decisions >table
 *	calibrate TABLE <decisions >table
 * With a TABLE its weights stay; only the prior of each kind is shifted until as many decisions are
 * expected to be right as are (M. Saerens and others, Adjusting the outputs of a classifier to new
 * a priori probabilities, 2002), by the weight of the feature "isolated" and over isolated ones: what
 * the habits of a scanner vouch for in the statement itself needs no word of another's.  A kind of
 * fewer than 50 of them keeps what it has.  Never used when emend runs.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io.h"
#include "msg.h"
#include "table.h"

#define KINDS_MAX 8
#define FEATURES_MAX 24
#define PENALTY 2.0
#define ROUNDS 40
#define SHIFT_LEAST 50	/* decisions of a kind that can shift it */
#define SHIFT_DOWN 10.0	/* what a prior is lowered by at most */
#define SHIFT_UP 1.0	/* and raised */

struct sample {
	size_t kind;
	double right, x[FEATURES_MAX];
};

static struct {
	char *kind[KINDS_MAX], *feature[FEATURES_MAX];
	size_t nkinds, nfeatures;
	struct sample *list;
	size_t n, cap;
} all;

static size_t
name(char **list, size_t *n, size_t max, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (strlen(list[i]) == len && memcmp(list[i], s, len) == 0)
			return i;
	if (*n == max)
		msg_die("too many names: %.*s", (int)len, s);
	list[(*n)++] = mem_dup(s, len);
	return i;
}

static void
sample_read(char *line)
{
	struct sample *s;
	char *field = strtok(line, "\t"), *equal;

	if (field == NULL)
		return;
	all.list = mem_more(all.list, all.n, &all.cap, sizeof(*all.list));
	s = &all.list[all.n++];
	memset(s, 0, sizeof(*s));
	s->right = *field == '1';
	if ((field = strtok(NULL, "\t")) == NULL)
		msg_die("a line without a kind");
	s->kind = name(all.kind, &all.nkinds, KINDS_MAX, field, strlen(field));
	while ((field = strtok(NULL, "\t")) != NULL) {
		if ((equal = strchr(field, '=')) == NULL)
			msg_die("no feature: %s", field);
		s->x[name(all.feature, &all.nfeatures, FEATURES_MAX, field,
		    (size_t)(equal - field))] = strtod(equal + 1, NULL) / 100;
	}
}

/* Solves a x = b for a symmetric positive a of size n; x is left in b. */
static void
solve(double a[FEATURES_MAX][FEATURES_MAX], double b[FEATURES_MAX], size_t n)
{
	size_t i, j, k;

	for (i = 0; i < n; i++)
		for (j = i + 1; j < n; j++) {
			double f = a[j][i] / a[i][i];

			for (k = i; k < n; k++)
				a[j][k] -= f * a[i][k];
			b[j] -= f * b[i];
		}
	for (i = n; i-- > 0;) {
		for (k = i + 1; k < n; k++)
			b[i] -= a[i][k] * b[k];
		b[i] /= a[i][i];
	}
}

static void
fit(size_t kind, double w[FEATURES_MAX])
{
	size_t n = all.nfeatures, i, j, k;
	int round;

	memset(w, 0, FEATURES_MAX * sizeof(*w));
	for (round = 0; round < ROUNDS; round++) {
		double h[FEATURES_MAX][FEATURES_MAX] = {{0}}, g[FEATURES_MAX] = {0};

		for (i = 0; i < all.n; i++) {
			const struct sample *s = &all.list[i];
			double z = 0, p;

			if (s->kind != kind)
				continue;
			for (j = 0; j < n; j++)
				z += w[j] * s->x[j];
			p = 1 / (1 + exp(-z));
			for (j = 0; j < n; j++) {
				g[j] += (s->right - p) * s->x[j];
				for (k = 0; k < n; k++)
					h[j][k] += p * (1 - p) * s->x[j] * s->x[k];
			}
		}
		for (j = 0; j < n; j++) {
			h[j][j] += PENALTY;
			g[j] -= PENALTY * w[j];
		}
		solve(h, g, n);
		for (j = 0; j < n; j++)
			w[j] += g[j];
	}
}

/* Weights of a table, by kind and feature. */
static double given[KINDS_MAX][FEATURES_MAX];

static void
weight_read(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	if (n != 3)
		msg_die("%s:%zu: no weight", file, line);
	given[name(all.kind, &all.nkinds, KINDS_MAX, field[0], strlen(field[0]))]
	    [name(all.feature, &all.nfeatures, FEATURES_MAX, field[1], strlen(field[1]))] =
	    strtod(field[2], NULL);
}

/* How many isolated decisions of a kind are expected to be right. */
static double
expected(size_t kind, size_t isolated, const double w[FEATURES_MAX])
{
	double sum = 0;
	size_t i, j;

	for (i = 0; i < all.n; i++) {
		const struct sample *s = &all.list[i];
		double z = 0;

		if (s->kind != kind || s->x[isolated] < 0.5)
			continue;
		for (j = 0; j < all.nfeatures; j++)
			z += w[j] * s->x[j];
		sum += 1 / (1 + exp(-z));
	}
	return sum;
}

/* The weights given of a kind, shifted so that as many isolated ones are right as are expected to. */
static void
shift(size_t kind, double w[FEATURES_MAX])
{
	size_t isolated = name(all.feature, &all.nfeatures, FEATURES_MAX, "isolated", 8);
	double low = given[kind][isolated] - SHIFT_DOWN, high = given[kind][isolated] + SHIFT_UP;
	double right = 0;
	size_t i, n = 0;

	memcpy(w, given[kind], FEATURES_MAX * sizeof(*w));
	for (i = 0; i < all.n; i++)
		if (all.list[i].kind == kind && all.list[i].x[isolated] >= 0.5) {
			right += all.list[i].right;
			n++;
		}
	if (n < SHIFT_LEAST)
		return;
	while (high - low > 0.001) {
		w[isolated] = (low + high) / 2;
		if (expected(kind, isolated, w) > right)
			high = w[isolated];
		else
			low = w[isolated];
	}
}

static void
print_kind(size_t kind, bool shifted)
{
	size_t i, count = 0, right = 0;
	double w[FEATURES_MAX];

	for (i = 0; i < all.n; i++)
		if (all.list[i].kind == kind) {
			count++;
			right += all.list[i].right > 0;
		}
	if (shifted)
		shift(kind, w);
	else
		fit(kind, w);
	printf("\n# %zu decisions, %zu right\n", count, right);
	for (i = 0; i < all.nfeatures; i++)
		printf("%s\t%s\t%.2f\n", all.kind[kind], all.feature[i], w[i]);
}

int
main(int argc, char **argv)
{
	struct in *in = in_open("-");
	struct buf line = {0};
	size_t k;

	msg_init("calibrate");
	if (argc > 2 || (argc == 2 && table_read(argv[1], weight_read, NULL) != 0))
		msg_die("usage: calibrate [table] <decisions");
	while (in_line(in, &line, NULL) > 0)
		sample_read((char *)buf_str(&line));
	for (k = 0; k < all.nkinds; k++)
		print_kind(k, argc == 2);
	buf_free(&line);
	in_close(in);
	return fflush(stdout) == 0 ? 0 : 2;
}
