/*
 * match: holds patterns against folded text, a misread letter or two forgiven.  In: the patterns of a class;
 * out: the first that matches.  Cheap looks come before dear ones.
 */
#include <string.h>

#include "match.h"

#define MOST_FORGIVEN 3 /* misread letters */

uint32_t
letters_in(const char *s, size_t n)
{
	uint32_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (s[i] >= 'a' && s[i] <= 'z')
			m |= 1u << (s[i] - 'a');
	return m;
}

/* How many misread letters a pattern of n bytes forgives, compared whole or as a beginning. */
static unsigned
forgiven(const struct phrase *p)
{
	unsigned least = p->tail ? 8 : 6;

	return p->n < least ? 0 : p->n < 18 ? 1 : p->n < 32 ? 2 : MOST_FORGIVEN;
}

static unsigned
bits(uint32_t x)
{
	unsigned n = 0;

	for (; x != 0; x &= x - 1)
		n++;
	return n;
}

/*
 * The edit distance of pattern p to f[0..n) as far as it is at most k, else k + 1; with free_end to
 * the best beginning of f, whose length is then in *len.  Only cells at most k off the diagonal can
 * hold as little (Ukkonen 1985), and where a column has none the rest is not looked at.
 */
static unsigned
distance(const struct phrase *p, const char *f, size_t n, unsigned k, bool free_end, size_t *len)
{
	unsigned col[PHRASE_LONGEST + 1], diag, left, now, least, best = k + 1;
	size_t i, j, from, to;

	for (i = 0; i <= k; i++)
		col[i] = (unsigned)i;
	*len = 0;
	for (j = 1; j <= n && j <= p->n + k; j++) {
		from = j > k ? j - k : 1;
		to = j + k < p->n ? j + k : p->n;
		diag = col[from - 1];
		col[from - 1] = least = j > k ? k + 1 : (unsigned)j;
		if (to == j + k)
			col[to] = k + 1;
		for (i = from; i <= to; i++) {
			left = col[i];
			now = diag + (p->fold[i - 1] != f[j - 1]);
			now = col[i - 1] + 1 < now ? col[i - 1] + 1 : now;
			col[i] = now = left + 1 < now ? left + 1 : now;
			diag = left;
			least = now < least ? now : least;
		}
		if (to == p->n && col[to] < best) {
			best = col[to];
			*len = j;
		}
		if (least > k)
			return free_end ? best : k + 1;
	}
	return free_end ? best : j <= n || p->n > n + k ? k + 1 : col[p->n];
}

/* Whether p stands in f[0..n) but for one misread letter (Sellers 1980). */
static bool
nearly_inside(const struct phrase *p, const char *f, size_t n)
{
	unsigned col[PHRASE_LONGEST + 1], diag, left;

	for (size_t i = 0; i <= p->n; i++)
		col[i] = (unsigned)i;
	for (size_t j = 0; j < n; j++) {
		diag = 0;
		for (size_t i = 0; i < p->n; i++) {
			left = col[i + 1];
			col[i + 1] = diag + (p->fold[i] != f[j]);
			if (col[i] + 1 < col[i + 1])
				col[i + 1] = col[i] + 1;
			if (left + 1 < col[i + 1])
				col[i + 1] = left + 1;
			diag = left;
		}
		if (col[p->n] <= 1)
			return true;
	}
	return false;
}

static bool
inside(const struct phrase *p, const char *f, size_t n)
{
	const char *at = f, *end = f + n;

	while ((size_t)(end - at) >= p->n && (at = memchr(at, p->fold[0], (size_t)(end - at)))) {
		if ((size_t)(end - at) >= p->n && memcmp(at, p->fold, p->n) == 0)
			return true;
		at++;
	}
	return false;
}

/* Whether the second and third characters are not both others: spares most comparisons. */
static bool
begins_alike(const struct phrase *p, const char *f)
{
	return f[1] == p->second || f[2] == p->third || f[1] == p->third || f[2] == p->second;
}

/* How many of the letters of p the text has not. */
static unsigned
lacks(const struct phrase *p, struct query *q)
{
	if (!q->gathered)
		q->letters = letters_in(q->f, q->n);
	q->gathered = true;
	return bits(p->letters & ~q->letters);
}

/* Whether the first letters of p are there but for k: spares most of the comparisons that are left. */
static bool
starts_alike(const struct phrase *p, struct query *q, unsigned k)
{
	size_t n = PHRASE_START + MOST_FORGIVEN;

	if (!q->started)
		q->start = letters_in(q->f, q->n < n ? q->n : n);
	q->started = true;
	return bits(p->start & ~q->start) <= k;
}

/* A pattern with a star before. */
static bool
ends_so(const struct phrase *p, struct query *q)
{
	unsigned missing;

	if (!p->tail)
		return q->n >= p->n && q->f[q->n - 1] == p->last &&
		       memcmp(q->f + q->n - p->n, p->fold, p->n) == 0;
	missing = lacks(p, q);
	return (missing == 0 && inside(p, q->f, q->n)) ||
	       (missing <= 1 && p->n >= 6 && q->n <= PHRASE_LONGEST &&
		   nearly_inside(p, q->f, q->n));
}

static bool
matches(const struct phrase *p, struct query *q, size_t *len)
{
	unsigned k;

	*len = p->n;
	if (p->head)
		return ends_so(p, q);
	if (q->n > 2 && p->n > 2 && !begins_alike(p, q->f))
		return false;
	if ((p->tail ? q->n >= p->n : q->n == p->n) && memcmp(q->f, p->fold, p->n) == 0)
		return true;
	k = forgiven(p);
	return k > 0 && q->n + k >= p->n && (p->tail || q->n <= p->n + k) &&
	       starts_alike(p, q, k) && distance(p, q->f, q->n, k, p->tail, len) <= k;
}

const struct phrase *
list_find(const struct list *l, struct query *q, size_t *len)
{
	size_t took;

	for (size_t i = 0; i < l->n; i++)
		if (matches(&l->p[i], q, &took)) {
			if (len != NULL)
				*len = took;
			return &l->p[i];
		}
	return NULL;
}
