/*
 * align: words, and dynamic programming in a band that doubles until the path runs free of its edge.
 */
#include <stdlib.h>
#include <string.h>

#include "align.h"
#include "io.h"
#include "msg.h"
#include "utf8.h"

#define ERROR 1024	/* cost of one error; likeness of the words breaks ties below it */
#define FAR 64		/* characters of difference that count as entirely different */
#define BAND 64		/* half width of the first band */
#define GROUP 3		/* words that one word may be split into */

/* --- words --- */

static bool
inside(uint32_t cp)
{
	return uc_letter(cp) || uc_mark(cp) || uc_digit(cp);
}

static void
word_add(struct words *w, const char *s, size_t len, size_t unit, int flags)
{
	struct word x = {s, len, 1469598103934665603u, unit};
	size_t i;

	if (len == 0)
		return;
	for (i = 0; i < len; i++)
		if (!(flags & WORDS_NO_HYPHENS) || s[i] != '-')
			x.hash = (x.hash ^ (unsigned char)s[i]) * 1099511628211u;
	w->list = mem_more(w->list, w->n, &w->cap, sizeof(*w->list));
	w->list[w->n++] = x;
}

/* Splits edge punctuation off the token s[0..n). */
static void
token_add(struct words *w, const char *s, size_t n, size_t unit, int flags)
{
	size_t from = 0, to = n, len;
	uint32_t cp;

	for (; from < n; from += len) {
		len = utf8_get(s + from, n - from, &cp);
		if (inside(cp))
			break;
	}
	while (to > from) {
		len = utf8_back(s, to, &cp);
		if (inside(cp))
			break;
		to -= len;
	}
	if (flags & WORDS_PUNCT)
		word_add(w, s, from, unit, flags);
	word_add(w, s + from, to - from, unit, flags);
	if (flags & WORDS_PUNCT)
		word_add(w, s + to, n - to, unit, flags);
}

void
words_add(struct words *w, const char *s, size_t n, int flags)
{
	size_t i, start, len, unit = 0;
	uint32_t cp;

	for (i = start = 0; i < n; i += len) {
		len = utf8_get(s + i, n - i, &cp);
		if (!uc_space(cp))
			continue;
		token_add(w, s + start, i - start, unit, flags);
		start = i + len;
		unit += (flags & WORDS_LINES) && cp == '\n';
	}
	token_add(w, s + start, n - start, unit, flags);
}

void
words_read(struct words *w, const char *path, int flags)
{
	struct in *in = in_open(path);
	struct buf raw = {0};

	if (in == NULL || in_all(in, &raw) != 0)
		msg_die("cannot read %s", path);
	in_close(in);
	utf8_nfc(&w->text, raw.data, raw.len);
	buf_free(&raw);
	words_add(w, w->text.data, w->text.len, flags);
}

/* --- alignment --- */

bool
word_same(const struct word *a, const struct word *b)
{
	return a->hash == b->hash;
}

/* Bytes that differ between two strings when their common start and end are taken off. */
static size_t
difference(const char *a, size_t n, const char *b, size_t m)
{
	size_t least = n < m ? n : m, i = 0, k = 0;

	while (i < least && a[i] == b[i])
		i++;
	while (k < least - i && a[n - 1 - k] == b[m - 1 - k])
		k++;
	return (n > m ? n : m) - i - k;
}

static int
swap_cost(const struct word *a, const struct word *b)
{
	size_t d;

	if (word_same(a, b))
		return 0;
	d = difference(a->s, a->len, b->s, b->len);
	return ERROR + (int)(d < FAR ? d : FAR);
}

/* The cost of n words of list standing for the one word b, or -1 where they are too unlike. */
static int
group_cost(const struct word *list, size_t n, const struct word *b)
{
	char joined[256];
	size_t len = 0, i, d;

	for (i = 0; i < n; i++)
		len += list[i].len;
	if (len > sizeof(joined) || len * 3 > b->len * 4 || b->len * 3 > len * 4)
		return -1;
	for (i = len = 0; i < n; len += list[i++].len)
		memcpy(joined + len, list[i].s, list[i].len);
	d = difference(joined, len, b->s, b->len);
	return d * 3 > len ? -1 : ERROR + (int)d;
}

struct band {
	size_t n, m, half;
	int *cost[GROUP + 1];	/* of the last rows */
	unsigned char *from;	/* na * 4 + nb of the best step into each cell */
};

static size_t
band_low(const struct band *b, size_t i)
{
	size_t mid = b->n ? i * b->m / b->n : 0;

	return mid > b->half ? mid - b->half : 0;
}

static size_t
band_high(const struct band *b, size_t i)
{
	size_t mid = (b->n ? i * b->m / b->n : b->m) + b->half;

	return mid < b->m ? mid : b->m;
}

#define CELL(b, i, j) ((i) * (2 * (b)->half + 2) + (j) - band_low(b, i))
#define NEVER 0x3FFFFFFF

/* The least cost to reach cell i, j, so far NEVER where it lies outside the band. */
static int
reached(const struct band *b, size_t i, size_t j)
{
	if (j < band_low(b, i) || j > band_high(b, i))
		return NEVER;
	return b->cost[i % (GROUP + 1)][j - band_low(b, i)];
}

static void
offer(int *best, unsigned char *from, int cost, int more, size_t na, size_t nb)
{
	if (more >= 0 && cost < NEVER && cost + more < *best) {
		*best = cost + more;
		*from = (unsigned char)(na * 4 + nb);
	}
}

static void
fill_cell(struct band *t, const struct word *a, const struct word *b, size_t i, size_t j)
{
	int best = i + j ? NEVER : 0;
	unsigned char from = 0;
	size_t k;

	if (i > 0 && j > 0)
		offer(&best, &from, reached(t, i - 1, j - 1), swap_cost(&a[i - 1], &b[j - 1]), 1, 1);
	if (i > 0)
		offer(&best, &from, reached(t, i - 1, j), ERROR + FAR / 2, 1, 0);
	if (j > 0)
		offer(&best, &from, reached(t, i, j - 1), ERROR + FAR / 2, 0, 1);
	for (k = 2; k <= GROUP; k++) {
		if (i >= k && j > 0)
			offer(&best, &from, reached(t, i - k, j - 1),
			    group_cost(a + i - k, k, &b[j - 1]), k, 1);
		if (j >= k && i > 0)
			offer(&best, &from, reached(t, i - 1, j - k),
			    group_cost(b + j - k, k, &a[i - 1]), 1, k);
	}
	t->cost[i % (GROUP + 1)][j - band_low(t, i)] = best;
	t->from[CELL(t, i, j)] = from;
}

/* Reads the path back from the end; returns whether it touched the edge of the band. */
static bool
trace(const struct band *t, const struct word *a, const struct word *b, struct steps *out)
{
	size_t i = t->n, j = t->m, k;
	bool edge = false;

	out->n = 0;
	while (i > 0 || j > 0) {
		unsigned char from = t->from[CELL(t, i, j)];
		struct step s = {i - from / 4, j - from % 4, from / 4, from % 4, false};

		edge |= (j == band_low(t, i) && j > 0) || (j == band_high(t, i) && j < t->m);
		s.same = s.na == 1 && s.nb == 1 && word_same(&a[s.a], &b[s.b]);
		out->list = mem_more(out->list, out->n, &out->cap, sizeof(*out->list));
		out->list[out->n++] = s;
		i = s.a;
		j = s.b;
	}
	for (k = 0; k < out->n / 2; k++) {
		struct step s = out->list[k];

		out->list[k] = out->list[out->n - 1 - k];
		out->list[out->n - 1 - k] = s;
	}
	return edge;
}

void
align(const struct word *a, size_t n, const struct word *b, size_t m, struct steps *out)
{
	struct band t = {.n = n, .m = m, .half = BAND};
	bool edge = true;
	size_t i, j;

	if (m / 8 > n)
		t.half = m;
	for (; edge; t.half *= 2) {
		size_t width = 2 * t.half + 2;

		for (i = 0; i <= GROUP; i++)
			t.cost[i] = mem_alloc(width * sizeof(int));
		t.from = mem_alloc((n + 1) * width);
		for (i = 0; i <= n; i++)
			for (j = band_low(&t, i); j <= band_high(&t, i); j++)
				fill_cell(&t, a, b, i, j);
		edge = trace(&t, a, b, out) && t.half < n + m;
		for (i = 0; i <= GROUP; i++)
			free(t.cost[i]);
		free(t.from);
	}
}
