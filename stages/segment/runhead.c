/*
 * runhead: running heads.  In: the lines that may be one; out: roles HEADER and FOOTER, and brk where
 * one tells of a page that nothing else told.  A head stands again and again, on one side of its pages.
 */
#include <stdlib.h>

#include "edge.h"

#define RIFT 12 /* spaces that part what stands at the left from what stands at the right */
#define LONG_HEAD 16 /* letters: what is as long and stands three times is no chance */
#define NEAR 40 /* heads back that one is held against */

/* The number at the head or the foot of p[0..n), with something else beside it, or 0. */
static unsigned
leaf_of(const char *p, size_t n)
{
	size_t k, first = 0, last = n;
	unsigned value = 0;

	while (first < n && p[first] >= '0' && p[first] <= '9')
		first++;
	while (last > 0 && p[last - 1] >= '0' && p[last - 1] <= '9')
		last--;
	if (first > 0 && first < 4 && p[first] == ' ')
		k = 0, last = first;
	else if (last < n && n - last < 4 && last > 0 && p[last - 1] == ' ')
		k = last, last = n;
	else
		return 0;
	for (; k < last; k++)
		value = value * 10 + (unsigned)(p[k] - '0');
	return value;
}

bool
head_read(const struct seg *s, struct cand *c, struct buf *f)
{
	size_t n;
	const char *p = line_text(s, c->line, &n);

	c->key = 1469598103934665603u;
	c->leaf = leaf_of(p, n);
	buf_clear(f);
	fold(f, p, n);
	if (s->line[c->line].cue & CUE_SYMBOL) {
		/* a document has one symbol, figures and all */
		c->letters = (unsigned)f->len;
		for (size_t k = 0; k < f->len; k++)
			c->key = (c->key ^ (unsigned char)f->data[k]) * 1099511628211u;
		return true;
	}
	for (size_t k = 0; k < f->len; k++) {
		if (f->data[k] >= '2' && f->data[k] <= '9')
			continue;
		/* o and i may be figures that folding made letters */
		if (f->data[k] == 'o' || f->data[k] == 'i')
			continue;
		c->letters++;
		c->key = (c->key ^ (unsigned char)f->data[k]) * 1099511628211u;
		if (f->data[k] >= 'a' && f->data[k] <= 'z' && c->bag[f->data[k] - 'a'] < 255)
			c->bag[f->data[k] - 'a']++;
	}
	return c->letters >= 5;
}

/* Whether a and b have the same letters, in whatever order, but for a few misread ones. */
static bool
is_alike(const struct cand *a, const struct cand *b)
{
	unsigned apart = 0, longer = a->letters > b->letters ? a->letters : b->letters;

	for (size_t k = 0; k < sizeof(a->bag) && apart * 6 <= longer; k++)
		apart += a->bag[k] > b->bag[k] ? a->bag[k] - b->bag[k] : b->bag[k] - a->bag[k];
	return apart * 6 <= longer;
}

/* Whether lines a and b may be one head, misread, by what they are: they have numbers, or are titles. */
static bool
may_be_one(const struct seg *s, const struct cand *a, const struct cand *b)
{
	const struct line *x = &s->line[a->line], *y = &s->line[b->line];

	if ((x->cue | y->cue) & CUE_SYMBOL)
		return false;
	if (a->leaf > 0 && b->leaf > 0)
		return a->leaf != b->leaf;
	return a->leaf + b->leaf == 0 && x->open == OPEN_UPPER && y->open == OPEN_UPPER &&
	       x->end == END_WORD && y->end == END_WORD &&
	       ((is_slim(x) && is_slim(y)) || (x->rift >= RIFT && y->rift >= RIFT));
}

/* Gives a head the key of the nearest one above that is like it. */
static void
heads_unite(const struct seg *s, struct cands *h)
{
	for (size_t i = 0; i < h->n; i++)
		for (size_t k = i; k > 0 && i - k < NEAR; k--)
			if (may_be_one(s, &h->c[k - 1], &h->c[i]) &&
			    is_alike(&h->c[k - 1], &h->c[i])) {
				h->c[i].key = h->c[k - 1].key;
				break;
			}
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
heads_again(const struct seg *s, struct cands *h)
{
	size_t i, end, k;

	if (h->n == 0)
		return;
	heads_unite(s, h);
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

/* Whether some other line before the text may be the title of the document. */
static bool
has_title(const struct seg *s)
{
	for (size_t i = 1; i < s->nline && i < 8 && !s->line[i].brk; i++) {
		const struct line *l = &s->line[i];

		if (l->cue & (CUE_TITLE | CUE_RESOLUTION | CUE_PRESS | CUE_MINUTES | CUE_CAPS |
				 CUE_LETTER | CUE_ORGAN))
			return true;
		if (!is_slim(l) || l->end == END_STOP)
			return false;
	}
	return false;
}

/*
 * Whether the first line of the document is its title, not a running head: in other letters than
 * where it stands again, with a second line that goes on, or with no other title below it.
 */
static bool
is_title_here(const struct seg *s, const struct cand *again)
{
	if (s->nline < 2)
		return false;
	/* what the first page shows among other lines of its head */
	if (s->line[0].cue & CUE_SYMBOL)
		return true;
	if (s->line[0].cue & (CUE_CAPS | CUE_TITLE) && !has_title(s))
		return true;
	if (s->line[1].gap > 0 || s->line[1].role != ROLE_BODY)
		return false;
	return (s->line[0].cue & CUE_CAPS) != (s->line[again->line].cue & CUE_CAPS) ||
	       s->line[1].open == OPEN_LOWER;
}

/* Whether heads a and b, the one above the other, have numbers that count the pages between. */
static bool
counts_on(const struct cand *a, const struct cand *b)
{
	size_t lines = b->line - a->line;

	return a->leaf > 0 && b->leaf > a->leaf && lines >= 5 * (size_t)(b->leaf - a->leaf) &&
	       lines <= 100 * (size_t)(b->leaf - a->leaf);
}

/*
 * Whether the heads from..to, which amid the text tell of pages, stand at their feet: the last line of the
 * document is one, not the first, or most have white lines below them and none above.
 */
static void
at_foot(const struct seg *s, struct cands *h, size_t from, size_t to)
{
	int vote = (h->c[to - 1].line + 1 == s->nline) * 4 - (h->c[from].line == 0) * 8;

	for (size_t k = from; k < to; k++) {
		size_t i = h->c[k].line;

		if (i > 0 && i + 1 < s->nline)
			vote += (s->line[i].gap < s->line[i + 1].gap) -
				(s->line[i].gap > s->line[i + 1].gap);
	}
	for (size_t k = from; k < to; k++)
		h->c[k].foot = vote > 1;
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

		if (where == NOWHERE && ((k > from && counts_on(&h->c[k - 1], &h->c[k])) ||
					    (k + 1 < to && counts_on(&h->c[k], &h->c[k + 1]))))
			where = AMID;
		/* set apart from the lines around, one part at either margin */
		if (where == NOWHERE && s->line[line].rift >= RIFT && line > 0 &&
		    s->line[line - 1].rift < RIFT &&
		    (line + 1 == s->nline || s->line[line + 1].rift < RIFT))
			where = AMID;
		/* two documents may have one date */
		if (s->line[line].cue & CUE_DATE && !beside_number(s, line))
			where = NOWHERE;
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
	/* a line that stands so often is one wherever it stands */
	for (size_t k = from; to - from > 2 && k < to; k++)
		if (h->c[k].score == NOWHERE && h->c[k].letters >= LONG_HEAD)
			h->c[k].score = AMID;
	at_foot(s, h, from, to);
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
		if (near_bottom(s, k) || h->c[i].foot)
			l->role = ROLE_FOOTER;
		if (l->role == ROLE_HEADER || h->c[i].foot)
			break_at(s, k + h->c[i].foot);
	}
}
