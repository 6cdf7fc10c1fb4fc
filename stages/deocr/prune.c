/*
 * prune: what each arc costs between its neighbours as they stand.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "prune.h"

#define BEHIND (7 * MODEL_BIT)	/* of the best at its token: arcs that cost so much more go */
#define REACH 2			/* words behind an arc whose costs it changes */

/* The text as it stands, as the model sees it. */
struct line {
	const struct model *m;
	uint32_t *id;		/* n words, after REACH bounds of a sentence */
	int *cost;		/* of them all up to each, what readings cost beyond included */
	size_t *first;		/* of each token: its first word; one more at the end */
	size_t n;
};

/* The two words before, and what came so far. */
struct walk {
	uint32_t w1, w2;
	int cost;
};

/* Goes on over word w; false where the model passes over it. */
static bool
walk_word(struct walk *k, const struct model *m, uint32_t w)
{
	if ((w == MODEL_START || w == MODEL_PAUSE) && (k->w2 == MODEL_START || k->w2 == w))
		return false;
	k->cost += model_cost(m, k->w1, k->w2, w);
	k->w1 = w == MODEL_START ? w : k->w2;
	k->w2 = w;
	return true;
}

/* Word i of a reading, where k has come to. */
static uint32_t
word_of(const struct reading *r, size_t i, const struct walk *k)
{
	return r->id[i] == MODEL_UNKNOWN && r->capital && k->w2 != MODEL_START ? MODEL_NAME :
	    r->id[i];
}

static int
beyond(const struct reading *r, const struct walk *k)
{
	return r->extra + (k->w2 != MODEL_START ? r->inside : 0);
}

static void
line_read(struct line *l, const struct lattice *x, size_t ntokens)
{
	struct walk k = {MODEL_START, MODEL_START, 0};
	size_t i, j, most = REACH;

	for (i = 0; i < ntokens; i++)
		most += x->arc[x->first[i]].reading->n;
	l->id = mem_alloc(most * sizeof(*l->id));
	l->cost = mem_alloc(most * sizeof(*l->cost));
	l->first = mem_alloc((ntokens + 1) * sizeof(*l->first));
	for (l->n = 0; l->n < REACH; l->n++) {
		l->id[l->n] = MODEL_START;
		l->cost[l->n] = 0;
	}
	for (i = 0; i < ntokens; i++) {
		const struct reading *r = x->arc[x->first[i]].reading;

		l->first[i] = l->n;
		k.cost += beyond(r, &k);
		for (j = 0; j < r->n; j++)
			if (walk_word(&k, l->m, word_of(r, j, &k))) {
				l->id[l->n] = k.w2;
				l->cost[l->n++] = k.cost;
			}
	}
	l->first[ntokens] = l->n;
}

/* What arc a costs more than the text as it stands; something above most where that is more. */
static int
excess(const struct line *l, const struct arc *a, int most)
{
	size_t from = l->first[a->from], to = l->first[a->to], i;
	size_t end = to + REACH < l->n ? to + REACH : l->n;
	int now = l->cost[end - 1] - l->cost[from - 1];
	struct walk k = {l->id[from - 2], l->id[from - 1], a->cost};

	k.cost += beyond(a->reading, &k);
	for (i = 0; i < a->reading->n && k.cost - now <= most; i++)
		walk_word(&k, l->m, word_of(a->reading, i, &k));
	for (i = to; i < end && k.cost - now <= most; i++)
		walk_word(&k, l->m, l->id[i]);
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

	if (m == NULL || ntokens == 0)
		return;
	line_read(&l, x, ntokens);
	for (i = 0; i < ntokens; i++) {
		from = to;
		to = x->first[i + 1];
		x->first[i] = at;
		at = prune_token(x, &l, from, to, at);
	}
	x->first[ntokens] = x->n = at;
	free(l.id);
	free(l.cost);
	free(l.first);
}
