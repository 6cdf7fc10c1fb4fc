/*
 * decode: Viterbi search over the arcs of a lattice with the last two words as the state, within
 * a beam; then forward and backward sums over the same ways for the odds.  Where only one way is
 * open the model is not asked.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "decode.h"

#define BEAM 24			/* states kept at a bound */
#define WIDE (24 * MODEL_BIT)	/* states that cost so much more than the best are dropped */
#define WINDOW 4096		/* tokens decoded at once */
#define SUM_STEPS (16 * MODEL_BIT)
#define ODDS_MAX (64 * MODEL_BIT)
#define NEVER (1 << 29)

/* A state at a bound: the last two words, and the ways that lead to it. */
struct state {
	uint32_t w1, w2;
	int best;		/* cost of the likeliest way here */
	int sum;		/* -log2 of the sum over all ways here */
	int back;		/* the same from here to the end */
	uint32_t edge;		/* the last edge of the likeliest way */
};

struct edge {
	uint32_t from, to;	/* states */
	uint32_t arc;
	int cost;
};

struct search {
	const struct lattice *x;
	const struct model *m;
	struct state *state;
	size_t nstates, capstates;
	struct edge *edge;
	size_t nedges, capedges;
	size_t *first;		/* of each bound of the window: its first state */
	size_t begin;		/* the first token of the window */
	struct open *open;	/* edges that end at bounds ahead */
	size_t nopen, capopen;
};

/* A way that ends at a bound not reached yet. */
struct open {
	uint32_t bound, w1, w2;
	struct edge edge;
};

/* -log2(2^-a + 2^-b) in the unit of costs. */
static int
sum_costs(int a, int b)
{
	static int table[SUM_STEPS];
	int low = a < b ? a : b, d = a < b ? b - a : a - b, i;

	if (table[0] == 0)
		for (i = 0; i < SUM_STEPS; i++)
			table[i] = (int)lround(log2(1 + exp2(-(double)i / MODEL_BIT)) * MODEL_BIT);
	return d < SUM_STEPS ? low - table[d] : low;
}

static int
word_cost(const struct search *q, uint32_t w1, uint32_t w2, uint32_t w3)
{
	return q->m != NULL ? model_cost(q->m, w1, w2, w3) : 0;
}

/*
 * Follows an arc from a state: what it costs and which words it leaves.  Where it is the only way
 * its cost is that of all ways, and so of no interest: 0.
 */
static void
extend(struct search *q, uint32_t from, uint32_t arc, bool only)
{
	const struct arc *a = &q->x->arc[arc];
	const struct reading *r = a->reading;
	struct open o = {.bound = a->to};
	size_t i;

	o.w1 = q->state[from].w1;
	o.w2 = q->state[from].w2;
	o.edge = (struct edge){.from = from, .arc = arc, .cost = a->cost + r->extra};
	if (o.w2 != MODEL_START)
		o.edge.cost += r->inside;
	if (q->m == NULL && r->n > 0)
		o.edge.cost += r->alone - r->extra;
	if (only)
		o.edge.cost = 0;
	for (i = 0; i < r->n; i++) {
		uint32_t w = r->id[i];

		if (w == MODEL_UNKNOWN && r->capital && o.w2 != MODEL_START)
			w = MODEL_NAME;
		if ((w == MODEL_START || w == MODEL_PAUSE) &&
		    (o.w2 == MODEL_START || o.w2 == w))
			continue;
		if (!only)
			o.edge.cost += word_cost(q, o.w1, o.w2, w);
		o.w1 = w == MODEL_START ? w : o.w2;
		o.w2 = w;
	}
	q->open = mem_more(q->open, q->nopen, &q->capopen, sizeof(*q->open));
	q->open[q->nopen++] = o;
}

/* The state of those words among the states from first on; made where there is none. */
static uint32_t
state_get(struct search *q, size_t first, uint32_t w1, uint32_t w2)
{
	size_t i;

	for (i = first; i < q->nstates; i++)
		if (q->state[i].w1 == w1 && q->state[i].w2 == w2)
			return (uint32_t)i;
	q->state = mem_more(q->state, q->nstates, &q->capstates, sizeof(*q->state));
	q->state[q->nstates] = (struct state){w1, w2, NEVER, NEVER, NEVER, 0};
	return (uint32_t)q->nstates++;
}

/* Turns the open ways that end at a bound into edges and states, the likeliest ones. */
static void
close_bound(struct search *q, uint32_t bound)
{
	size_t first = q->nstates, i, k;
	int best = NEVER;

	for (i = 0; i < q->nopen; i++)
		if (q->open[i].bound == bound) {
			const struct open *o = &q->open[i];
			int cost = q->state[o->edge.from].best + o->edge.cost;

			if (cost < best)
				best = cost;
		}
	for (i = k = 0; i < q->nopen; i++) {
		struct open o = q->open[i];
		struct state *s;
		int cost;

		if (o.bound != bound) {
			q->open[k++] = o;
			continue;
		}
		cost = q->state[o.edge.from].best + o.edge.cost;
		if (cost > best + WIDE)
			continue;
		o.edge.to = state_get(q, first, o.w1, o.w2);
		s = &q->state[o.edge.to];
		q->edge = mem_more(q->edge, q->nedges, &q->capedges, sizeof(*q->edge));
		if (cost < s->best) {
			s->best = cost;
			s->edge = (uint32_t)q->nedges;
		}
		s->sum = sum_costs(s->sum, q->state[o.edge.from].sum + o.edge.cost);
		q->edge[q->nedges++] = o.edge;
	}
	q->nopen = k;
}

/* The states of a bound that may go on: the BEAM likeliest. */
static int
beam_limit(const struct search *q, size_t first)
{
	int cost[BEAM], worst = NEVER;
	size_t n = 0, i, k;

	for (i = first; i < q->nstates; i++) {
		int c = q->state[i].best;

		if (n == BEAM && c >= cost[n - 1])
			continue;
		if (n < BEAM)
			n++;
		for (k = n - 1; k > 0 && cost[k - 1] > c; k--)
			cost[k] = cost[k - 1];
		cost[k] = c;
	}
	if (n == BEAM)
		worst = cost[n - 1];
	return worst;
}

static void
forward(struct search *q, size_t end)
{
	size_t bound, i, arc;

	for (bound = q->begin; bound < end; bound++) {
		size_t first = q->first[bound - q->begin];
		int limit = beam_limit(q, first);
		bool only = q->nstates - first == 1 && q->nopen == 0 &&
		    q->x->first[bound + 1] - q->x->first[bound] == 1;

		for (i = first; i < q->nstates; i++) {
			if (q->state[i].best > limit)
				continue;
			for (arc = q->x->first[bound]; arc < q->x->first[bound + 1]; arc++)
				if (q->x->arc[arc].to <= end)
					extend(q, (uint32_t)i, (uint32_t)arc, only);
		}
		q->first[bound - q->begin + 1] = q->nstates;
		close_bound(q, (uint32_t)bound + 1);
	}
}

/* The sums from each state to the end; edges lie in order of the bounds they end at. */
static void
backward(struct search *q, size_t end)
{
	size_t i;

	for (i = q->first[end - q->begin]; i < q->nstates; i++)
		q->state[i].back = 0;
	for (i = q->nedges; i > 0; i--) {
		const struct edge *e = &q->edge[i - 1];
		struct state *s = &q->state[e->from];

		s->back = sum_costs(s->back, q->state[e->to].back + e->cost);
	}
}

/* The costs of all ways that use each arc of the window; the caller frees them. */
static int *
masses(const struct search *q, size_t end)
{
	size_t base = q->x->first[q->begin], n = q->x->first[end] - base, i;
	int *mass = mem_alloc((n + 1) * sizeof(*mass));

	for (i = 0; i < n; i++)
		mass[i] = NEVER;
	for (i = 0; i < q->nedges; i++) {
		const struct edge *e = &q->edge[i];
		int c = q->state[e->from].sum + e->cost + q->state[e->to].back;

		mass[e->arc - base] = sum_costs(mass[e->arc - base], c);
	}
	return mass;
}

/* log2 of the odds of arc a against all other ways over its first token. */
static int
odds(const struct search *q, const struct arc *a, const int *mass)
{
	size_t base = q->x->first[q->begin], i, at = a->from;
	size_t low = at > q->begin + ARC_MAX ? at - ARC_MAX : q->begin;
	int rest = NEVER;

	for (i = q->x->first[low]; i < q->x->first[at + 1]; i++)
		if (&q->x->arc[i] != a && q->x->arc[i].to > at)
			rest = sum_costs(rest, mass[i - base]);
	rest -= mass[a - q->x->arc - (ptrdiff_t)base];
	return rest < ODDS_MAX ? rest : ODDS_MAX;
}

/* How well the model knows the words of arc a between the states before and behind it. */
static int
support(const struct search *q, const struct state *before, const struct arc *a, uint32_t next)
{
	const struct reading *r = a->reading;
	uint32_t w1 = before->w1, w2 = before->w2;
	int left, right;

	if (q->m == NULL || r->n == 0)
		return 0;
	left = model_order(q->m, w1, w2, r->id[0]) - 1;
	if (r->n > 1) {
		w1 = r->id[r->n - 2];
		w2 = r->id[r->n - 1];
	} else {
		w1 = w2;
		w2 = r->id[0];
	}
	right = next != MODEL_NONE ? model_order(q->m, w1, w2, next) - 1 : 0;
	return left + right;
}

static void
decide(const struct search *q, size_t end, struct decisions *d)
{
	size_t from = d->n, best = q->first[end - q->begin], i;
	int *mass = masses(q, end);
	uint32_t next = MODEL_NONE;

	for (i = best; i < q->nstates; i++)
		if (q->state[i].best < q->state[best].best)
			best = i;
	while (best != 0) {
		const struct edge *e = &q->edge[q->state[best].edge];
		const struct arc *a = &q->x->arc[e->arc];

		if (a->choice != NULL || a->edit != 0) {
			d->list = mem_more(d->list, d->n, &d->cap, sizeof(*d->list));
			d->list[d->n++] = (struct decision){a, odds(q, a, mass),
			    support(q, &q->state[e->from], a, next)};
		}
		if (a->reading->n > 0)
			next = a->reading->id[0];
		best = e->from;
	}
	for (i = 0; i < (d->n - from) / 2; i++) {
		struct decision x = d->list[from + i];

		d->list[from + i] = d->list[d->n - 1 - i];
		d->list[d->n - 1 - i] = x;
	}
	free(mass);
}

/* Decodes tokens begin..end after the words w[0], w[1], and leaves the last two there. */
static void
window(struct search *q, size_t begin, size_t end, uint32_t w[2], struct decisions *d)
{
	size_t best, i;

	q->begin = begin;
	q->nstates = q->nedges = q->nopen = 0;
	q->first[0] = 0;
	state_get(q, 0, w[0], w[1]);
	q->state[0].best = q->state[0].sum = 0;
	forward(q, end);
	backward(q, end);
	decide(q, end, d);
	best = q->first[end - begin];
	for (i = best; i < q->nstates; i++)
		if (q->state[i].best < q->state[best].best)
			best = i;
	w[0] = q->state[best].w1;
	w[1] = q->state[best].w2;
}

void
decode(const struct lattice *x, size_t ntokens, const struct model *m, struct decisions *d)
{
	struct search q = {.x = x, .m = m};
	uint32_t w[2] = {MODEL_START, MODEL_START};
	size_t begin, end;

	d->n = 0;
	q.first = mem_alloc((WINDOW + 2) * sizeof(*q.first));
	for (begin = 0; begin < ntokens; begin = end) {
		end = ntokens - begin > WINDOW ? begin + WINDOW : ntokens;
		window(&q, begin, end, w, d);
	}
	free(q.first);
	free(q.state);
	free(q.edge);
	free(q.open);
}

void
decisions_free(struct decisions *d)
{
	free(d->list);
	memset(d, 0, sizeof(*d));
}
