/*
 * runhead: running heads.  In: the lines that may be one; out: roles HEADER and FOOTER, and brk where
 * one tells of a page that nothing else told.  A head stands again and again, on one side of its pages.
 */
#include <stdlib.h>

#include "edge.h"

uint64_t
key_of(const struct seg *s, size_t i, struct buf *f)
{
	uint64_t h = 1469598103934665603u;
	size_t n, letters = 0;
	const char *p = line_text(s, i, &n);

	buf_clear(f);
	fold(f, p, n);
	for (size_t k = 0; k < f->len; k++) {
		if (f->data[k] >= '2' && f->data[k] <= '9')
			continue;
		/* o and i may be figures that folding made letters */
		if (f->data[k] == 'o' || f->data[k] == 'i')
			continue;
		letters++;
		h = (h ^ (unsigned char)f->data[k]) * 1099511628211u;
	}
	return letters >= 5 ? h : 0;
}

static int
by_key(const void *a, const void *b)
{
	const struct cand *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static int
by_line(const void *a, const void *b)
{
	const struct cand *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

/* Counts how often each head stands in the document. */
void
heads_again(struct cands *h)
{
	size_t i, end, k;

	if (h->n == 0)
		return;
	qsort(h->c, h->n, sizeof(*h->c), by_key);
	for (i = 0; i < h->n; i = end) {
		for (end = i + 1; end < h->n && h->c[end].key == h->c[i].key; end++)
			;
		for (k = i; k < end; k++)
			h->c[k].again = (unsigned)(end - i);
	}
	qsort(h->c, h->n, sizeof(*h->c), by_line);
}

/* Whether a head that stands again elsewhere is next to line i. */
bool
beside_head(const struct cands *h, size_t i)
{
	const struct cand *above = i > 0 ? cand_at(h, i - 1) : NULL, *below = cand_at(h, i + 1);

	return (above != NULL && above->again > 1) || (below != NULL && below->again > 1);
}

/* Whether line i is a running head. */
bool
is_head(const struct cands *h, size_t i)
{
	const struct cand *c = cand_at(h, i);

	return c != NULL && c->times > 0;
}

/* Whether a printed number stands just above or below line i. */
static bool
beside_number(const struct seg *s, size_t i)
{
	size_t from = i > 2 ? i - 2 : 0, to = i + 3 < s->nline ? i + 3 : s->nline;

	for (; from < to; from++)
		if (s->line[from].role == ROLE_PAGENUM)
			return true;
	return false;
}

/* Where line i stands on its page: above the text, below it, between the two by a number or a sentence. */
enum side {
	NOWHERE,
	ABOVE,
	BELOW,
	AMID
};

static enum side
side_of(const struct seg *s, size_t i)
{
	size_t top;

	if (near_top(s, i, &top))
		return ABOVE;
	if (beside_number(s, i) || interrupts(s, i))
		return AMID;
	return near_bottom(s, i) ? BELOW : NOWHERE;
}

/*
 * Whether the first line of the document is its title, not a running head: in other letters than
 * where it stands again, or with a second line that goes on.
 */
static bool
is_title_here(const struct seg *s, const struct cand *again)
{
	if (s->nline < 2 || s->line[1].gap > 0 || s->line[1].role != ROLE_BODY)
		return false;
	return (s->line[0].cue & CUE_CAPS) != (s->line[again->line].cue & CUE_CAPS) ||
	       s->line[1].open == OPEN_LOWER;
}

/* Sets times for candidates from..to, which have the same letters, if they are running heads. */
static void
heads_judge(const struct seg *s, struct cands *h, size_t from, size_t to)
{
	size_t n[4] = {0}, inner = 0, good;
	enum side less;

	for (size_t k = from; k < to; k++) {
		size_t line = h->c[k].line;
		enum side where = side_of(s, line);

		h->c[k].score = (int)where;
		n[where]++;
		/* the first and the last page of a document prove nothing */
		inner += where == AMID || (where == ABOVE && line > EDGE) ||
			 (where == BELOW && line + EDGE + 1 < s->nline);
	}
	/* the line that heads the document, again, is a running head wherever it stands */
	for (size_t k = from + 1; h->c[from].line == 0 && k < to; k++)
		if (h->c[k].score == NOWHERE && h->c[k].line > 12 &&
		    (apart(s, h->c[k].line) || beside_number(s, h->c[k].line))) {
			h->c[k].score = AMID;
			n[AMID]++;
			n[NOWHERE]--;
			inner++;
		}
	less = n[ABOVE] < n[BELOW] ? ABOVE : BELOW;
	good = n[ABOVE] + n[BELOW] + n[AMID] - n[less];
	if (good < 2 || inner == 0 || good * 3 < (to - from) * 2)
		return;
	for (size_t k = from; k < to; k++)
		if (h->c[k].score != NOWHERE && h->c[k].score != (int)less &&
		    !(h->c[k].line == 0 && is_title_here(s, &h->c[to - 1])))
			h->c[k].times = (unsigned)(to - from);
}

/*
 * Finds the heads that stand again and again, on one side of their pages, most times at a page
 * end, beside a number or in the way of a sentence.
 */
void
heads_count(const struct seg *s, struct cands *h)
{
	size_t i, end;

	if (h->n == 0)
		return;
	qsort(h->c, h->n, sizeof(*h->c), by_key);
	for (i = 0; i < h->n; i = end) {
		for (end = i + 1; end < h->n && h->c[end].key == h->c[i].key; end++)
			;
		if (end - i > 1)
			heads_judge(s, h, i, end);
	}
	qsort(h->c, h->n, sizeof(*h->c), by_line);
}

/* Gives repeated heads their role; one with no page end beside it makes one. */
void
heads_place(struct seg *s, const struct cands *h)
{
	size_t i, k, top;

	for (i = 0; i < h->n; i++) {
		struct line *l = &s->line[k = h->c[i].line];

		if (h->c[i].times == 0)
			continue;
		l->post = h->c[i].times > 2 ? 99 : 95;
		l->role = ROLE_HEADER;
		if (near_top(s, k, &top))
			continue;
		if (near_bottom(s, k))
			l->role = ROLE_FOOTER;
		else
			break_at(s, k);
	}
}
