/*
 * prune: what each arc costs between its neighbours as they stand.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "prune.h"

#define BEHIND (7 * MODEL_BIT)	/* of the best at its token: arcs that cost so much more go */
#define MEMOS 4096		/* steps remembered */
#define REACH 2			/* words behind an arc whose costs it changes */

/* A word of the text as it stands. */
struct step {
	uint32_t word;
	int beyond;		/* what its reading costs beyond the model */
	int cost;		/* of it where it stands, and beyond, once weighed */
	bool placed, weighed;
	struct model_place at;	/* behind it, once placed */
};

/* The text as it stands, as the model sees it; weighed only where an arc asks. */
struct line {
	const struct model *m;
	struct step *step;	/* n words; the first is the bound before them */
	size_t *first;		/* of each token: its first word; one more at the end */
	size_t n;
	int *more;		/* of each arc: what it costs more */
};

/* Word i of a reading behind the word last. */
static uint32_t
word_of(const struct reading *r, size_t i, uint32_t last)
{
	return r->id[i] == MODEL_UNKNOWN && r->capital && last != MODEL_START ?
	    MODEL_NAME : r->id[i];
}

static bool
passed_over(uint32_t w, uint32_t last)
{
	return (w == MODEL_START || w == MODEL_PAUSE) && (last == MODEL_START || last == w);
}

static int
beyond(const struct reading *r, uint32_t last)
{
	return r->extra + (last != MODEL_START ? r->inside : 0);
}

static void
line_read(struct line *l, const struct lattice *x, size_t ntokens)
{
	size_t i, j, most = 1;
	uint32_t last = MODEL_START;
	int more = 0;

	for (i = 0; i < ntokens; i++)
		most += x->arc[x->first[i]].reading->n;
	l->step = mem_alloc(most * sizeof(*l->step));
	l->first = mem_alloc((ntokens + 1) * sizeof(*l->first));
	l->step[0] = (struct step){.word = last, .placed = true, .at = model_begin()};
	l->n = 1;
	for (i = 0; i < ntokens; i++) {
		const struct reading *r = x->arc[x->first[i]].reading;

		l->first[i] = l->n;
		more += beyond(r, last);
		for (j = 0; j < r->n; j++) {
			uint32_t w = word_of(r, j, last);

			if (passed_over(w, last))
				continue;
			l->step[l->n++] = (struct step){.word = last = w, .beyond = more};
			more = 0;
		}
	}
	l->first[ntokens] = l->n;
}

/* A step of the model as it was asked for lately, and its answer: the same words come again. */
struct memo {
	const struct model *m;
	uint32_t word, pair, next;
	int cost;
	struct model_place to;
};

/* model_step, remembered. */
static int
step_on(const struct model *m, struct model_place at, uint32_t w, struct model_place *to)
{
	static struct memo memos[MEMOS];
	uint32_t h = at.word * 0x9E3779B1u ^ at.pair * 0x85EBCA77u ^ w * 0xC2B2AE3Du;
	struct memo *k = &memos[(h ^ h >> 15) % MEMOS];

	if (k->m != m || k->word != at.word || k->pair != at.pair || k->next != w) {
		*k = (struct memo){.m = m, .word = at.word, .pair = at.pair, .next = w};
		k->cost = model_step(m, at, w, &k->to);
	}
	*to = k->to;
	return k->cost;
}

/* The place behind word i of the line: only it and the word before matter. */
static struct model_place
place_behind(struct line *l, size_t i)
{
	struct step *s = &l->step[i];

	if (!s->placed)
		step_on(l->m, (struct model_place){.word = s[-1].word}, s->word, &s->at);
	s->placed = true;
	return s->at;
}

static int
cost_of(struct line *l, size_t i)
{
	struct step *s = &l->step[i];

	if (!s->weighed)
		s->cost = s->beyond + step_on(l->m, place_behind(l, i - 1), s->word, &s->at);
	s->placed = s->weighed = true;
	return s->cost;
}

/* Goes on over word w from *at; the cost. */
static int
go_on(const struct model *m, struct model_place *at, uint32_t w)
{
	return passed_over(w, at->word) ? 0 : step_on(m, *at, w, at);
}

/* What arc a costs more than the text as it stands; something above most where that is more. */
static int
excess(struct line *l, const struct arc *a, int most)
{
	const struct reading *r = a->reading;
	size_t from = l->first[a->from], to = l->first[a->to], i;
	size_t end = to + REACH < l->n ? to + REACH : l->n;
	int cost = a->cost + beyond(r, l->step[from - 1].word);
	struct model_place at = place_behind(l, from - 1);

	for (i = from; i < end; i++)
		cost -= cost_of(l, i);
	for (i = 0; i < r->n && cost <= most; i++)
		cost += go_on(l->m, &at, word_of(r, i, at.word));
	for (i = to; i < end && cost <= most; i++)
		cost += go_on(l->m, &at, l->step[i].word);
	return cost;
}

/* Drops the arcs of one token that are behind; at is where those kept go. */
static size_t
prune_token(struct lattice *x, struct line *l, size_t from, size_t to, size_t at)
{
	int least = 0;
	size_t i;

	l->more[from] = 0;
	for (i = from + 1; i < to; i++) {
		l->more[i] = excess(l, &x->arc[i], least + BEHIND);
		least = l->more[i] < least ? l->more[i] : least;
	}
	for (i = from; i < to; i++)
		if (i == from || l->more[i] <= least + BEHIND)
			x->arc[at++] = x->arc[i];
	return at;
}

void
lattice_prune(struct lattice *x, size_t ntokens, const struct model *m)
{
	struct line l = {.m = m};
	size_t i, at = 0, from, to = 0;

	if (m == NULL || x->n == ntokens)
		return;
	line_read(&l, x, ntokens);
	l.more = mem_alloc(x->n * sizeof(*l.more));
	for (i = 0; i < ntokens; i++) {
		from = to;
		to = x->first[i + 1];
		x->first[i] = at;
		at = prune_token(x, &l, from, to, at);
	}
	x->first[ntokens] = x->n = at;
	free(l.step);
	free(l.first);
	free(l.more);
}
