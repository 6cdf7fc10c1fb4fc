/*
 * prune: what each arc costs between its neighbours as they stand.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "prune.h"

#define BEHIND (7 * MODEL_BIT)	/* of the best at its token: arcs that cost so much more go */
#define REACH 2			/* words behind an arc whose costs it changes */

/* Where a reading of the text has come to, and what it has cost. */
struct walk {
	struct model_place at;
	int cost;
};

/* The text as it stands, as the model sees it. */
struct line {
	const struct model *m;
	struct walk *walk;	/* behind each of n words; the first is the bound before them */
	size_t *first;		/* of each token: its first word; one more at the end */
	size_t n;
};

/* Goes on over word w; false where the model passes over it. */
static bool
walk_word(struct walk *k, const struct model *m, uint32_t w)
{
	if ((w == MODEL_START || w == MODEL_PAUSE) &&
	    (k->at.word == MODEL_START || k->at.word == w))
		return false;
	k->cost += model_step(m, k->at, w, &k->at);
	return true;
}

/* Word i of a reading, where k has come to. */
static uint32_t
word_of(const struct reading *r, size_t i, const struct walk *k)
{
	return r->id[i] == MODEL_UNKNOWN && r->capital && k->at.word != MODEL_START ?
	    MODEL_NAME : r->id[i];
}

static int
beyond(const struct reading *r, const struct walk *k)
{
	return r->extra + (k->at.word != MODEL_START ? r->inside : 0);
}

static void
line_read(struct line *l, const struct lattice *x, size_t ntokens)
{
	struct walk k = {model_begin(), 0};
	size_t i, j, most = 1;

	for (i = 0; i < ntokens; i++)
		most += x->arc[x->first[i]].reading->n;
	l->walk = mem_alloc(most * sizeof(*l->walk));
	l->first = mem_alloc((ntokens + 1) * sizeof(*l->first));
	l->walk[0] = k;
	l->n = 1;
	for (i = 0; i < ntokens; i++) {
		const struct reading *r = x->arc[x->first[i]].reading;

		l->first[i] = l->n;
		k.cost += beyond(r, &k);
		for (j = 0; j < r->n; j++)
			if (walk_word(&k, l->m, word_of(r, j, &k)))
				l->walk[l->n++] = k;
	}
	l->first[ntokens] = l->n;
}

/* What arc a costs more than the text as it stands; something above most where that is more. */
static int
excess(const struct line *l, const struct arc *a, int most)
{
	size_t to = l->first[a->to], i;
	size_t end = to + REACH < l->n ? to + REACH : l->n;
	struct walk k = l->walk[l->first[a->from] - 1];
	int now = l->walk[end - 1].cost;

	k.cost += a->cost + beyond(a->reading, &k);
	for (i = 0; i < a->reading->n && k.cost - now <= most; i++)
		walk_word(&k, l->m, word_of(a->reading, i, &k));
	for (i = to; i < end && k.cost - now <= most; i++)
		walk_word(&k, l->m, l->walk[i].at.word);
	return k.cost - now;
}

/* Drops the arcs of one token that are behind; at is where those kept go. */
static size_t
prune_token(struct lattice *x, const struct line *l, size_t from, size_t to, size_t at)
{
	int least = 0, *more = mem_alloc((to - from) * sizeof(*more));
	size_t i;

	for (i = from; i < to; i++) {
		more[i - from] = i > from ? excess(l, &x->arc[i], least + BEHIND) : 0;
		least = more[i - from] < least ? more[i - from] : least;
	}
	for (i = from; i < to; i++)
		if (i == from || more[i - from] <= least + BEHIND)
			x->arc[at++] = x->arc[i];
	free(more);
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
	for (i = 0; i < ntokens; i++) {
		from = to;
		to = x->first[i + 1];
		x->first[i] = at;
		at = prune_token(x, &l, from, to, at);
	}
	x->first[ntokens] = x->n = at;
	free(l.walk);
	free(l.first);
}
