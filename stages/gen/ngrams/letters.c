/*
 * letters: counts triples of letters in the forms of a lexicon, in lower case, each form once, and
 * smooths them after Witten and Bell (1991).
 */
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "smooth.h"
#include "utf8.h"

enum { EDGE, OTHER, FIRST, MOST = 62, SIZE = FIRST + MOST, SYMBOLS_MOST = 256 };

#define RARE 2000	/* a letter in fewer than one form of so many is "other" */

struct letters {
	uint32_t letter[MOST];
	uint32_t n;
	uint32_t triple[SIZE][SIZE][SIZE];
	uint32_t pair[SIZE][SIZE];
	uint32_t one[SIZE];
};

static int
by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Chooses the letters: those of the first 2048 code points that are frequent enough. */
static void
letters_choose(struct letters *t, const struct lexicon *l)
{
	uint32_t *count = mem_alloc(2048 * sizeof(*count)), cp;
	size_t forms = lexicon_count(l);
	char s[LEXICON_LONGEST];

	memset(count, 0, 2048 * sizeof(*count));
	for (size_t i = 0; i < forms; i++) {
		size_t n = lexicon_form(l, (long)i, s, sizeof(s));

		for (size_t k = 0; k < n;) {
			k += utf8_get(s + k, n - k, &cp);
			cp = uc_tolower(cp);
			if (cp < 2048)
				count[cp]++;
		}
	}
	for (cp = 0; cp < 2048 && t->n < MOST; cp++)
		if (count[cp] > forms / RARE)
			t->letter[t->n++] = cp;
	free(count);
}

static size_t
symbol(const struct letters *t, uint32_t cp)
{
	const uint32_t *at = bsearch(&cp, t->letter, t->n, sizeof(cp), by_value);

	return at == NULL ? OTHER : FIRST + (size_t)(at - t->letter);
}

static void
form_count(struct letters *t, const char *s, size_t n)
{
	size_t a = EDGE, b = EDGE, c = OTHER;
	uint32_t cp;

	for (size_t i = 0; c != EDGE; a = b, b = c) {
		if (i < n) {
			i += utf8_get(s + i, n - i, &cp);
			c = symbol(t, uc_tolower(cp));
		} else {
			c = EDGE;
		}
		t->triple[a][b][c]++;
		t->pair[b][c]++;
		t->one[c]++;
	}
}

/* p of symbol c by counts, the rest of the mass as below has it. */
static double
witten_bell(const uint32_t *count, size_t size, size_t c, double below)
{
	double all = 0, kinds = 0;

	for (size_t i = 0; i < size; i++) {
		all += count[i];
		kinds += count[i] > 0;
	}
	return all == 0 ? below : (count[c] + kinds * below) / (all + kinds);
}

static void
costs_put(const struct letters *t, struct buf *cost)
{
	size_t size = FIRST + t->n;

	for (size_t a = 0; a < size; a++)
		for (size_t b = 0; b < size; b++)
			for (size_t c = 0; c < size; c++) {
				double p = witten_bell(t->one, size, c, 1.0 / (double)size), q;

				p = witten_bell(t->pair[b], size, c, p);
				p = witten_bell(t->triple[a][b], size, c, p);
				q = -exact_log2(p) * 8 + 0.5;
				buf_addc(cost, (char)(q < 255 ? (int)q : 255));
			}
}

uint32_t
letters_make(const struct lexicon *l, struct buf *letter, struct buf *cost)
{
	struct letters *t = mem_alloc(sizeof(*t));
	char s[LEXICON_LONGEST];
	uint32_t n;

	memset(t, 0, sizeof(*t));
	letters_choose(t, l);
	for (size_t i = 0; i < lexicon_count(l); i++)
		form_count(t, s, lexicon_form(l, (long)i, s, sizeof(s)));
	for (uint32_t i = 0; i < t->n; i++)
		for (int shift = 0; shift < 32; shift += 8)
			buf_addc(letter, (char)(t->letter[i] >> shift & 0xff));
	costs_put(t, cost);
	n = t->n;
	free(t);
	return n;
}
