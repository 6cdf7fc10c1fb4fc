/*
 * letters: counts runs of up to four letters and smooths them after Witten and Bell (1991).
 */
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "smooth.h"
#include "utf8.h"

enum {
	EDGE, OTHER, FIRST,	/* symbols: before and behind a word, a rare letter; letters follow */
	MOST = 62,		/* letters at most */
	SIZE = FIRST + MOST,
	CODES = 2048,		/* code points a letter is looked for among */
};

#define RARE 2000	/* a letter in fewer than one form of so many is "other" */
#define NEAR 3		/* in 1/8 bit: a run whose cost is so near to the backed-off one is left out */

struct letters {
	uint32_t letter[MOST];
	uint32_t n;
	uint32_t four[SIZE][SIZE][SIZE][SIZE];
	uint32_t three[SIZE][SIZE][SIZE];
	uint32_t two[SIZE][SIZE];
	uint32_t one[SIZE];
};

static int
by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Chooses the letters: those of the first CODES code points that are frequent enough. */
static void
letters_choose(struct letters *t, const struct lexicon *l)
{
	uint32_t *count = mem_alloc(CODES * sizeof(*count)), cp;
	size_t forms = lexicon_count(l);
	char s[LEXICON_LONGEST];

	memset(count, 0, CODES * sizeof(*count));
	for (size_t i = 0; i < forms; i++) {
		size_t n = lexicon_form(l, (long)i, s, sizeof(s));

		for (size_t k = 0; k < n;) {
			k += utf8_get(s + k, n - k, &cp);
			cp = uc_tolower(cp);
			if (cp < CODES)
				count[cp]++;
		}
	}
	for (cp = 0; cp < CODES && t->n < MOST; cp++)
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
word_count(struct letters *t, const char *s, size_t n, uint32_t weight)
{
	size_t a = EDGE, b = EDGE, c = EDGE, d = OTHER;
	uint32_t cp;

	for (size_t i = 0; d != EDGE; a = b, b = c, c = d) {
		if (i < n) {
			i += utf8_get(s + i, n - i, &cp);
			d = symbol(t, uc_tolower(cp));
		} else {
			d = EDGE;
		}
		t->four[a][b][c][d] += weight;
		t->three[b][c][d] += weight;
		t->two[c][d] += weight;
		t->one[d] += weight;
	}
}

/* Is it a name: mostly written with a capital, more than once, and no form of the lexicon? */
static bool
is_name(const struct lexicon *l, const struct corpus *c, const struct word *w)
{
	return w->count > 1 && w->capital * 5 > w->inside * 4 &&
	    !lexicon_has(l, word_text(c, w), w->len);
}

static void
words_count(struct letters *t, const struct lexicon *l, const struct corpus *c)
{
	size_t forms = lexicon_count(l), names = 0;
	char s[LEXICON_LONGEST];

	for (size_t i = 0; i < forms; i++)
		word_count(t, s, lexicon_form(l, (long)i, s, sizeof(s)), 1);
	for (size_t i = 0; i < c->nword; i++)
		names += is_name(l, c, &c->word[i]);
	for (size_t i = 0; i < c->nword; i++)
		if (is_name(l, c, &c->word[i]))
			word_count(t, word_text(c, &c->word[i]), c->word[i].len,
			    (uint32_t)(forms / names) + 1);
}

/* How much a context was counted, and how many letters followed it. */
struct context {
	double all, kinds;
};

static struct context
context_of(const uint32_t *count, size_t size)
{
	struct context x = {0, 0};

	for (size_t i = 0; i < size; i++) {
		x.all += count[i];
		x.kinds += count[i] > 0;
	}
	return x;
}

static double
witten_bell(struct context x, uint32_t count, double below)
{
	return x.all == 0 ? below : (count + x.kinds * below) / (x.all + x.kinds);
}

static uint32_t
cost_of(double p)
{
	double cost = -exact_log2(p) * 8 + 0.5;

	return cost < 255 ? (uint32_t)cost : 255;
}

/* Lists the runs of four that begin with a b c, whose back-off is put; three is p after b c. */
static void
runs_put(const struct letters *t, const size_t at[3], const double *three, struct spelling *s)
{
	const uint32_t *count = t->four[at[0]][at[1]][at[2]];
	size_t size = FIRST + t->n;
	struct context x = context_of(count, size);
	uint32_t back = x.all == 0 ? 0 : cost_of(x.kinds / (x.all + x.kinds));

	buf_addc(&s->back, (char)back);
	for (size_t d = 0; d < size; d++) {
		uint32_t cost, other = back + cost_of(three[d]);

		if (count[d] == 0)
			continue;
		cost = cost_of(witten_bell(x, count[d], three[d]));
		if (cost + NEAR >= other && cost <= other + NEAR)
			continue;
		s->run[s->nrun++] = (struct run4) {(uint32_t)(((at[0] << LETTER_BITS | at[1]) <<
		    LETTER_BITS | at[2]) << LETTER_BITS | d), cost};
	}
}

static void
tables_put(const struct letters *t, struct spelling *s)
{
	size_t size = FIRST + t->n, a, b, c, d;
	double three[SIZE], two[SIZE][SIZE];
	struct context x = context_of(t->one, size);

	for (c = 0; c < size; c++)
		for (d = 0; d < size; d++)
			two[c][d] = witten_bell(context_of(t->two[c], size), t->two[c][d],
			    witten_bell(x, t->one[d], 1.0 / (double)size));
	for (b = 0; b < size; b++)
		for (c = 0; c < size; c++)
			for (d = 0; d < size; d++)
				buf_addc(&s->cost, (char)cost_of(witten_bell(
				    context_of(t->three[b][c], size), t->three[b][c][d], two[c][d])));
	for (a = 0; a < size; a++)
		for (b = 0; b < size; b++)
			for (c = 0; c < size; c++) {
				struct context y = context_of(t->three[b][c], size);

				for (d = 0; d < size; d++)
					three[d] = witten_bell(y, t->three[b][c][d], two[c][d]);
				runs_put(t, (size_t[]) {a, b, c}, three, s);
			}
}

void
spelling_make(struct spelling *s, const struct lexicon *l, const struct corpus *c)
{
	struct letters *t = mem_alloc(sizeof(*t));
	size_t size;

	memset(t, 0, sizeof(*t));
	*s = (struct spelling) {0};
	letters_choose(t, l);
	words_count(t, l, c);
	size = FIRST + t->n;
	s->run = mem_alloc(size * size * size * size * sizeof(*s->run));
	for (uint32_t i = 0; i < t->n; i++)
		for (int shift = 0; shift < 32; shift += 8)
			buf_addc(&s->letter, (char)(t->letter[i] >> shift & 0xff));
	s->nletter = t->n;
	tables_put(t, s);
	free(t);
}

void
spelling_free(struct spelling *s)
{
	buf_free(&s->letter);
	buf_free(&s->cost);
	buf_free(&s->back);
	free(s->run);
}
