/*
 * order: the reading order of each page.  In: blocks in the order of the source; out: seg.order and
 * seg.moved.  A block never leaves its page.
 *
 * A page was read from foot to head, or its second column first, or its columns by turns.  Each
 * such order of its blocks is scored by how well one follows the other - numbers that count up, a
 * sentence that goes on, a list behind its colon, thanks last - and the best orders of all pages
 * are found together, since the end of one page leads to the head of the next.  Another order
 * than the source's is dear at first and must win by far; a run of moved pages is judged for each
 * statement apart.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrange.h"
#include "follow.h"

#define DEAR 8 /* what the first page of a run in another order costs */
#define SAME 2 /* and each further one in the same */
#define MOST 400 /* blocks of a page that is looked at for tears */
#define SURE 10 /* a run of pages is moved when it wins by this, its cost paid back */
#define WEAK 4 /* and proposed when it wins by this */

static const char *const how_name[] = {"as it is", "reversed", "rotated", "by turns", "mixed"};

static bool
ends_statement(const struct seg *s, const struct page *p, const struct cand *c)
{
	return is_thanks(&s->block[at(p, c, p->n - 1)]);
}

/* What order c costs behind order b of page last. */
static int
cost(const struct seg *s, const struct page *last, const struct cand *b, const struct cand *c)
{
	if (c->how == AS_IS)
		return last != NULL && b->how != AS_IS && !ends_statement(s, last, b) ? SAME : 0;
	return last != NULL && b->how == c->how ? SAME : DEAR;
}

/* Finds the best way through the candidates of all pages; fills in pick. */
static void
pick(const struct seg *s, struct page *page)
{
	struct page *last = NULL;
	int best = 0, i, k, score;

	for (size_t n = 0; n < s->npage; n++) {
		struct page *p = &page[n];

		if (p->n == 0)
			continue;
		for (i = 0; i < p->ncand; i++) {
			struct cand *c = &p->cand[i];

			c->best = last == NULL
				      ? follow_begins(s, at(p, c, 0)) - cost(s, NULL, NULL, c)
				      : INT32_MIN;
			for (k = 0; last != NULL && k < last->ncand; k++) {
				const struct cand *b = &last->cand[k];
				score = b->best - cost(s, last, b, c) +
					follow(s, at(last, b, last->n - 1), at(p, c, 0), true);
				if (score > c->best) {
					c->best = score;
					c->from = k;
				}
			}
			c->best += c->within;
		}
		last = p;
	}
	if (last == NULL)
		return;
	for (i = 1; i < last->ncand; i++)
		if (last->cand[i].best + follow_ends(s, at(last, &last->cand[i], last->n - 1)) >
		    last->cand[best].best +
			follow_ends(s, at(last, &last->cand[best], last->n - 1)))
			best = i;
	for (size_t n = s->npage; n-- > 0;)
		if (page[n].n > 0) {
			page[n].pick = best;
			best = page[n].cand[best].from;
		}
}

/* The score of pages from..to in their picked or, source, in their own order, with their ends. */
static int
run_score(const struct seg *s, const struct page *page, size_t from, size_t to, bool source)
{
	const struct page *last = NULL, *p;
	const struct cand *c, *b = NULL;
	int sum = 0;
	size_t n = from;

	while (n > 0 && page[n - 1].n == 0)
		n--;
	if (n > 0) {
		last = &page[n - 1];
		b = &last->cand[last->pick];
	}
	for (n = from; n < s->npage; n++) {
		p = &page[n];
		if (p->n == 0)
			continue;
		c = &p->cand[source && n < to ? 0 : p->pick];
		sum += last != NULL ? follow(s, at(last, b, last->n - 1), at(p, c, 0), true)
				    : follow_begins(s, at(p, c, 0));
		if (n >= to)
			return sum;
		sum += c->within;
		last = p;
		b = c;
	}
	return last != NULL ? sum + follow_ends(s, at(last, b, last->n - 1)) : sum;
}

/* What is hard evidence of the order of a run of pages. */
struct evidence {
	int numbers; /* numbers that follow each other */
	int seams; /* sentences that go on from block to block */
	int formulas; /* a page that begins with thanks, one that ends with a salutation */
};

/*
 * Whether block y follows block x in the source as in no sound text: a new sentence follows one broken
 * off, the rest of a sentence one that is whole or a heading.
 */
static bool
is_torn(const struct seg *s, size_t ix, size_t iy)
{
	const struct block *x = &s->block[ix], *y = &s->block[iy];

	if (is_broken(s, x))
		return s->line[y->line].open == OPEN_UPPER && y->mark.kind == MARK_NONE &&
		       y->cue == 0;
	if (!is_fragment(s, y) || y->words <= 2)
		return false;
	if (!is_prose(s, x))
		return is_prose(s, y) && x->cue & (CUE_CAPS | CUE_DATE | CUE_TITLE | CUE_PRESS);
	return s->line[x->end].end == END_STOP && !s->line[x->end].calls;
}

/* Whether the page in order c begins with what heads a document. */
static bool
is_headed(const struct seg *s, const struct page *p, const struct cand *c)
{
	return s->block[at(p, c, 0)].cue &
	       (CUE_CAPS | CUE_TITLE | CUE_PRESS | CUE_LETTER | CUE_SALUTE | CUE_SYMBOL);
}

/*
 * Whether a seam from x to y, blocks of page n, mends two tears of the source: x is followed by another
 * sentence there, or by nothing, and y stands behind one that is whole, or begins the document.
 * An excerpt may do both without being torn: there a heading must come first.
 */
static bool
mends_both(const struct seg *s, const struct page *page, size_t n, size_t x, size_t y)
{
	const struct page *p = &page[n];
	bool before = false, behind = false, first = false, last = false;
	size_t next = n + 1;

	/* one seam does not tell how columns read by turns are mixed */
	if (p->cand[p->pick].how == BY_TURNS || p->n > MOST)
		return false;
	while (next < s->npage && page[next].n == 0)
		next++;
	for (size_t k = 0; k < p->n; k++) {
		if (p->body[k] == x && k + 1 < p->n)
			behind = is_torn(s, x, p->body[k + 1]);
		else if (p->body[k] == x)
			last = next == s->npage || is_torn(s, x, page[next].body[0]);
		if (p->body[k] == y && k > 0)
			before = is_torn(s, p->body[k - 1], y);
		else if (p->body[k] == y)
			first = n == 0;
	}
	return first && last ? is_headed(s, p, &p->cand[p->pick])
			     : (before || first) && (behind || last);
}

static void
link_count(const struct seg *s, const struct page *page, size_t n, size_t ix, size_t iy,
    struct evidence *e, int sign)
{
	const struct block *x = &s->block[ix], *y = &s->block[iy];

	if (x->mark.kind == y->mark.kind && x->mark.kind >= MARK_NUMBER &&
	    y->mark.value == x->mark.value + 1)
		e->numbers += sign;
	if (is_seam(s, ix, iy))
		e->seams += sign > 0 && mends_both(s, page, n, ix, iy) ? 2 : sign;
}

/*
 * Formulas that no sound page has in the order of the source: salutations, or the body that resolves, before
 * the date or the title, a line of few words between or none, which are two at once; a close before prose.
 */
static int
astray(const struct seg *s, const struct page *p)
{
	int n = 0;

	for (size_t k = 0; k + 1 < p->n; k++) {
		const struct block *x = &s->block[p->body[k]], *y = &s->block[p->body[k + 1]];

		n += is_close(x) && is_prose(s, y);
		if (!(x->cue & (CUE_SALUTE | CUE_ORGAN)))
			continue;
		if (!is_heading(y) && !is_prose(s, y) && y->cue == 0 && k + 2 < p->n)
			y = &s->block[p->body[k + 2]];
		n += is_heading(y) ? 2 : 0;
	}
	return n;
}

/* What pages from..to have in their picked order beyond what they have in that of the source. */
static struct evidence
evidence(const struct seg *s, const struct page *page, size_t from, size_t to)
{
	struct evidence e = {0};
	size_t last[2] = {NONE, NONE}, k, n;

	for (n = from; n > 0 && page[n - 1].n == 0; n--)
		;
	if (n > 0)
		last[0] = last[1] =
		    at(&page[n - 1], &page[n - 1].cand[page[n - 1].pick], page[n - 1].n - 1);
	for (n = from; n < s->npage; n++) {
		const struct page *p = &page[n];

		if (p->n == 0)
			continue;
		for (int own = 0; own < 2; own++) {
			const struct cand *c = &p->cand[own && n < to ? 0 : p->pick];

			for (k = 0; k < (n < to ? p->n : 1); k++) {
				if (last[own] != NONE)
					link_count(
					    s, page, n, last[own], at(p, c, k), &e, own ? -1 : 1);
				last[own] = at(p, c, k);
			}
		}
		if (n >= to)
			break;
		if (p->cand[p->pick].how != AS_IS && p->n > p->cand[p->pick].kept + 1) {
			const size_t *body = p->body + p->cand[p->pick].kept;

			e.formulas +=
			    is_thanks(&s->block[body[0]]) && is_prose(s, &s->block[body[1]]);
			e.formulas += (s->block[p->body[p->n - 1]].cue & CUE_SALUTE) != 0;
			e.formulas += astray(s, p);
		}
	}
	return e;
}

static bool
is_hard(const struct evidence *e, enum how how)
{
	if (how == BY_TURNS)
		return e->numbers >= 2 || e->seams >= 2;
	if (how == ROTATED)
		return e->seams >= 2 || (e->seams == 1 && e->formulas + e->numbers >= 1);
	return e->numbers >= 2 || e->formulas >= 2 || e->seams >= 2 ||
	       (e->formulas == 1 && e->numbers + e->seams >= 1);
}

static void
note_moved(struct seg *s, const struct page *page, size_t n, int gain, bool done)
{
	const struct cand *c = &page[n].cand[page[n].pick];

	s->moved = mem_more(s->moved, s->nmoved, &s->capmoved, sizeof(*s->moved));
	s->moved[s->nmoved++] = (struct moved){.page = n,
	    .how = how_name[c->how],
	    .done = done,
	    .post = gain <= 0   ? 50
		    : gain > 40 ? 99
				: 60 + (unsigned)gain};
	if (s->explain)
		fprintf(stderr, "segment: line %zu: page %zu %s: %s, gain %d\n",
		    s->line[s->block[page[n].body[0]].line].no, n + 1,
		    done ? "put in order" : "may be out of order", how_name[c->how], gain);
}

/* Whether a run of moved pages ends with p: its last block ends a statement. */
static bool
run_ends(const struct seg *s, const struct page *p)
{
	return p->n > 0 && ends_statement(s, p, &p->cand[p->pick]);
}

/* Moves the runs of pages whose evidence is strong, notes the weak ones. */
static void
move(struct seg *s, struct page *page)
{
	struct evidence e;
	size_t n, to, k;
	int gain;
	bool sure;

	for (n = 0; n < s->npage; n = to) {
		to = n + 1;
		if (page[n].n == 0 || page[n].cand[page[n].pick].how == AS_IS)
			continue;
		while (to < s->npage && !run_ends(s, &page[to - 1]) &&
		       (page[to].n == 0 || page[to].cand[page[to].pick].how != AS_IS))
			to++;
		gain = run_score(s, page, n, to, false) - run_score(s, page, n, to, true);
		e = evidence(s, page, n, to);
		sure = gain >= SURE && is_hard(&e, page[n].cand[page[n].pick].how);
		for (k = n; k < to; k++) {
			struct page *p = &page[k];

			if (p->n == 0)
				continue;
			if (gain >= WEAK)
				note_moved(s, page, k, gain, sure);
			if (!sure)
				p->pick = 0;
			for (size_t i = 0; sure && i < p->n; i++)
				s->order[p->slot[i]] = at(p, &p->cand[p->pick], i);
		}
	}
}

void
order_find(struct seg *s)
{
	size_t *slots = mem_alloc((s->norder + 1) * sizeof(*slots));
	size_t *bodies = mem_alloc((s->norder + 1) * sizeof(*bodies));
	size_t *backs = mem_alloc((s->norder + 1) * sizeof(*backs));
	size_t *sorts = mem_alloc((s->norder + 1) * sizeof(*sorts));
	bool *turned = mem_alloc(s->npage + 1);
	struct page *page = pages_make(s, slots, bodies, backs, sorts);

	memset(turned, 0, s->npage + 1);
	if (!s->source_order) {
		pick(s, page);
		move(s, page);
		for (size_t i = 0; i < s->nmoved; i++)
			turned[s->moved[i].page] = s->moved[i].done;
	}
	join(s, turned);
	free(page);
	free(turned);
	free(backs);
	free(sorts);
	free(bodies);
	free(slots);
}
