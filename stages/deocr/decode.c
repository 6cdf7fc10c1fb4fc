/*
 * decode: Viterbi search over the arcs of a lattice with the last two words as the state, within
 * a beam; then forward and backward sums over the same ways for the odds.  A stretch is decoded at
 * a time: from a token that may be read in several ways to where all ways have met again.  Between
 * stretches the model is not asked.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "decode.h"

#define BEAM 24			/* states kept at a bound */
#define WIDE (24 * MODEL_BIT)	/* states that cost so much more than the best are dropped */
#define WINDOW 4096		/* tokens decoded at once, at most */
#define SUM_STEPS (16 * MODEL_BIT)
#define ODDS_MAX (64 * MODEL_BIT)
#define NEVER (1 << 29)

/* A state at a bound: the last two words, and the ways that lead to it. */
struct state {
	uint32_t w[2];
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
	size_t *first;		/* of each bound of the stretch: its first state */
	size_t capfirst;
	size_t begin, end;	/* the tokens of the stretch */
	struct open *open;	/* edges that end at bounds ahead */
	size_t nopen, capopen;
};

/* A way that ends at a bound not reached yet. */
struct open {
	uint32_t bound, w[2];
	struct edge edge;
};

/* The states from here on are those of a bound. */
static void
bound_begin(struct search *q, size_t bound)
{
	size_t i = bound - q->begin;

	q->first = mem_more(q->first, i, &q->capfirst, sizeof(*q->first));
	q->first[i] = q->nstates;
}

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

/* The words of a reading, one after the other, behind w[0] and w[1]; they cost what is returned. */
static int
read_on(const struct model *m, const struct reading *r, uint32_t w[2])
{
	int cost = 0;
	size_t i;

	for (i = 0; i < r->n; i++) {
		uint32_t id = r->id[i];

		if (id == MODEL_UNKNOWN && r->capital && w[1] != MODEL_START)
			id = MODEL_NAME;
		if ((id == MODEL_START || id == MODEL_PAUSE) && (w[1] == MODEL_START || w[1] == id))
			continue;
		if (m != NULL)
			cost += model_cost(m, w[0], w[1], id);
		w[0] = id == MODEL_START ? id : w[1];
		w[1] = id;
	}
	return cost;
}

/* Follows an arc from a state: what it costs and which words it leaves. */
static void
extend(struct search *q, uint32_t from, uint32_t arc)
{
	const struct arc *a = &q->x->arc[arc];
	const struct reading *r = a->reading;
	struct open o = {.bound = a->to, .w = {q->state[from].w[0], q->state[from].w[1]}};

	o.edge = (struct edge){.from = from, .arc = arc, .cost = a->cost + r->extra};
	if (o.w[1] != MODEL_START)
		o.edge.cost += r->inside;
	if (q->m == NULL && r->n > 0)
		o.edge.cost += r->alone - r->extra;
	o.edge.cost += read_on(q->m, r, o.w);
	q->open = mem_more(q->open, q->nopen, &q->capopen, sizeof(*q->open));
	q->open[q->nopen++] = o;
}

/* The state of those words among the states from first on; made where there is none. */
static uint32_t
state_get(struct search *q, size_t first, const uint32_t w[2])
{
	size_t i;

	for (i = first; i < q->nstates; i++)
		if (q->state[i].w[0] == w[0] && q->state[i].w[1] == w[1])
			return (uint32_t)i;
	q->state = mem_more(q->state, q->nstates, &q->capstates, sizeof(*q->state));
	q->state[q->nstates] = (struct state){{w[0], w[1]}, NEVER, NEVER, NEVER, 0};
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
		o.edge.to = state_get(q, first, o.w);
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

static size_t
arcs_of(const struct lattice *x, size_t token)
{
	return x->first[token + 1] - x->first[token];
}

/*
 * From the only state at q->begin to where all ways have met again behind a word that they share,
 * at the latest at limit: that is where the stretch ends.
 */
static void
forward(struct search *q, size_t limit)
{
	size_t i, arc;
	bool met = false;

	for (q->end = q->begin; q->end < limit && !met; q->end++) {
		const struct lattice *x = q->x;
		size_t first = q->first[q->end - q->begin];
		int most = beam_limit(q, first);

		met = q->nstates - first == 1 && q->nopen == 0 && arcs_of(x, q->end) == 1 &&
		    x->arc[x->first[q->end]].reading->n > 0;
		for (i = first; i < q->nstates; i++) {
			if (q->state[i].best > most)
				continue;
			for (arc = x->first[q->end]; arc < x->first[q->end + 1]; arc++)
				if (x->arc[arc].to <= limit)
					extend(q, (uint32_t)i, (uint32_t)arc);
		}
		bound_begin(q, q->end + 1);
		close_bound(q, (uint32_t)q->end + 1);
	}
}

/* The sums from each state to the end; edges lie in order of the bounds they end at. */
static void
backward(struct search *q)
{
	size_t i;

	for (i = q->first[q->end - q->begin]; i < q->nstates; i++)
		q->state[i].back = 0;
	for (i = q->nedges; i > 0; i--) {
		const struct edge *e = &q->edge[i - 1];
		struct state *s = &q->state[e->from];

		s->back = sum_costs(s->back, q->state[e->to].back + e->cost);
	}
}

/* The costs of all ways that use each arc of the stretch; the caller frees them. */
static int *
masses(const struct search *q)
{
	size_t base = q->x->first[q->begin], n = q->x->first[q->end] - base, i;
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
	uint32_t w1 = before->w[0], w2 = before->w[1];
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

/* The likeliest of the states at the end of the stretch. */
static size_t
likeliest(const struct search *q)
{
	size_t best = q->first[q->end - q->begin], i;

	for (i = best; i < q->nstates; i++)
		if (q->state[i].best < q->state[best].best)
			best = i;
	return best;
}

static void
decide(const struct search *q, size_t best, struct decisions *d)
{
	size_t from = d->n, i;
	int *mass = masses(q);
	uint32_t next = MODEL_NONE;

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

/* Decodes the stretch from begin on, after w[0] and w[1], and leaves its last words there. */
static size_t
stretch(struct search *q, size_t begin, size_t limit, uint32_t w[2], struct decisions *d)
{
	size_t best;

	q->begin = begin;
	q->nstates = q->nedges = q->nopen = 0;
	bound_begin(q, begin);
	state_get(q, 0, w);
	q->state[0].best = q->state[0].sum = 0;
	forward(q, limit);
	backward(q);
	best = likeliest(q);
	decide(q, best, d);
	w[0] = q->state[best].w[0];
	w[1] = q->state[best].w[1];
	return q->end;
}

void
decode(const struct lattice *x, size_t ntokens, const struct model *m, struct decisions *d)
{
	struct search q = {.x = x, .m = m};
	uint32_t w[2] = {MODEL_START, MODEL_START};
	size_t at = 0, limit;

	d->n = 0;
	if (x->n == ntokens)
		return;
	while (at < ntokens) {
		limit = (at / WINDOW + 1) * WINDOW;
		if (limit > ntokens)
			limit = ntokens;
		if (arcs_of(x, at) > 1)
			at = stretch(&q, at, limit, w, d);
		else
			read_on(NULL, x->arc[x->first[at++]].reading, w);
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
