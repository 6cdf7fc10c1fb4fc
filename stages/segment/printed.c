/*
 * printed: the numbers printed on pages.  In: the lines that may be one, and the running heads; out:
 * role PAGENUM, and brk where a number tells of a page that nothing else told.
 *
 * A number scores by its place at a page end or in the midst of a sentence, by its neighbours' values
 * and by heads beside it.  Numbers that count up stand on one side of their pages, which their places
 * and a count of the breaks before the first of them tell.
 */
#include <stdlib.h>
#include <string.h>

#include "edge.h"
#include "phrase.h"

#define ACCEPT 4 /* the least score of a printed number */
#define HIGHEST 1500 /* the highest number of a page */
#define MARGIN 20 /* spaces before a number in the middle of its line, or at the end */
#define PAGE_LEAST 4 /* lines of a page, white ones left out */
#define PAGE_MOST 150

/* Whether line i stands to the right of where the one above begins. */
static bool
in_margin(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i];

	return l->indent >= MARGIN && (i == 0 || l[-1].indent + MARGIN <= l->indent);
}

/* The roman number in the middle of line i or at its end, perhaps with dashes around, or 0. */
static unsigned
roman_number(const struct seg *s, size_t i)
{
	size_t n, from = 0;
	const char *p = line_text(s, i, &n);

	if (!in_margin(s, i) || n > 12)
		return 0;
	while (from < n && strchr("- [(", p[from]) != NULL)
		from++;
	while (n > from && strchr("- ])", p[n - 1]) != NULL)
		n--;
	return n - from <= 7 && n > from ? roman(p + from, n - from) : 0;
}

/*
 * The printed page number a line consists of, and in *of how many pages there are ("3/6"), or 0:
 * 12, - 12 -, [12], 3/6, Page 3, Page 3 of 6.  *plain: nothing stands around it.
 */
unsigned
number_read(const struct seg *s, size_t i, unsigned *of, bool *plain)
{
	size_t n, k;
	const char *p = line_text(s, i, &n);
	struct buf word = {0};
	unsigned v[2] = {0, 0}, nv = 0;
	bool ok = n <= 24 && s->line[i].digits > 0 && s->line[i].digits <= 6;

	*of = 0;
	*plain = s->line[i].width == s->line[i].digits;
	if (s->line[i].digits == 0) {
		buf_free(&word);
		return roman_number(s, i);
	}
	for (k = 0; k < n && ok; k++) {
		if (p[k] >= '0' && p[k] <= '9') {
			if (k == 0 || !(p[k - 1] >= '0' && p[k - 1] <= '9'))
				ok = nv++ < 2;
			if (ok)
				v[nv - 1] = v[nv - 1] * 10 + (unsigned)(p[k] - '0');
		} else if ((p[k] | 32) >= 'a' && (p[k] | 32) <= 'z') {
			buf_addc(&word, p[k]);
		} else {
			ok = strchr(" -/[]().|*:_,;'", p[k]) != NULL || (unsigned char)p[k] >= 0x80;
		}
	}
	if (ok && word.len > 0)
		ok = phrase_is(s->phrases, C_PAGE, word.data, word.len);
	if (nv == 2 && word.len == 0 && memchr(p, '/', n) == NULL)
		ok = false;
	buf_free(&word);
	if (!ok || v[0] == 0 || v[0] > HIGHEST || (nv == 2 && (v[1] < v[0] || v[1] > HIGHEST)))
		return 0;
	*of = v[1];
	return v[0];
}

unsigned
page_number(const struct seg *s, size_t i, unsigned *of)
{
	bool plain;

	return number_read(s, i, of, &plain);
}

/*
 * Finds how many numbers count up one by one through each, a page apart: "1", "2" and "3" each some
 * ten to a hundred lines below the other.  One may be lost between two.
 */
static void
chains_find(struct cands *n)
{
	size_t *last = mem_alloc((HIGHEST + 1) * sizeof(*last)); /* of each value, NONE: not yet */
	size_t *before = mem_alloc((n->n + 1) * sizeof(*before));

	for (size_t v = 0; v <= HIGHEST; v++)
		last[v] = NONE;
	for (size_t i = 0; i < n->n; i++) {
		struct cand *c = &n->c[i];

		before[i] = NONE;
		c->chain = 1;
		for (unsigned step = 1; step <= 2 && step < c->value && c->chain == 1; step++) {
			size_t k = last[c->value - step];

			if (k == NONE || c->line - n->c[k].line < PAGE_LEAST * step ||
			    c->line - n->c[k].line > PAGE_MOST * step)
				continue;
			c->chain = n->c[k].chain + 1;
			before[i] = k;
		}
		last[c->value] = i;
	}
	for (size_t i = n->n; i-- > 0;)
		if (before[i] != NONE && n->c[before[i]].chain < n->c[i].chain)
			n->c[before[i]].chain = n->c[i].chain;
	free(before);
	free(last);
}

/* What the neighbours of number i say: heads, white lines, other numbers. */
static int
by_neighbours(const struct seg *s, const struct cands *n, size_t i, const struct cands *h)
{
	const struct cand *c = &n->c[i];
	int score = beside_head(h, c->line)                 ? 4
		    : apart(s, c->line)                     ? 1
		    : c->chain > 2 || in_margin(s, c->line) ? 0
							    : -3;

	if ((i > 0 && n->c[i - 1].line + 1 == c->line) ||
	    (i + 1 < n->n && n->c[i + 1].line == c->line + 1))
		score -= 4;
	return score;
}

/* Numbers that count up, at page ends, in the way of a sentence, as high as the pages so far. */
void
numbers_score(const struct seg *s, struct cands *n, const struct cands *h)
{
	size_t top, line = 0;
	unsigned pages = 0, feeds = 0;

	for (size_t i = 0; i < s->nline; i++)
		feeds += s->line[i].ff;
	chains_find(n);
	for (size_t i = 0; i < n->n; i++) {
		struct cand *c = &n->c[i];
		const struct line *l = &s->line[c->line];

		for (; line < c->line; line++)
			pages += s->line[line].brk;
		c->score = c->plain ? 0 : 3;
		if (near_top(s, c->line, &top) || near_bottom(s, c->line))
			c->score += 3;
		else if (feeds > 1)
			c->score -= 4; /* pages are known */
		if (interrupts(s, c->line))
			c->score += 3;
		c->score += c->chain > 2 ? 5 : c->chain == 2 ? 3 : 0;
		c->score += in_margin(s, c->line) ? 3 : 0;
		if (c->chain == 1 && c->value == pages + 2 && c->line >= PAGE_LEAST &&
		    apart(s, c->line))
			c->score += 3;
		c->score += by_neighbours(s, n, i, h);
		if (c->plain && c->value > 1000)
			c->score -= 3;
		if (l->mark.kind != MARK_NONE && c->plain == false && l->mark.kind != MARK_BULLET)
			c->score -= 2;
	}
}

void
numbers_mark(struct seg *s, const struct cands *n)
{
	for (size_t i = 0; i < n->n; i++) {
		struct line *l = &s->line[n->c[i].line];

		if (n->c[i].score < ACCEPT)
			continue;
		l->role = ROLE_PAGENUM;
		l->post = n->c[i].score > 6 ? 99 : 95;
	}
}

/* What speaks for number c standing at the foot of its page, above zero, or at its head. */
static int
foot_vote(const struct seg *s, const struct cand *c, const struct cands *h)
{
	size_t top;
	bool up = c->line > 0 && near_top(s, c->line, &top) && top > 0;
	unsigned above = s->line[c->line].gap;
	unsigned below = c->line + 1 < s->nline ? s->line[c->line + 1].gap : 9;
	int vote = above == below ? 0 : (above < below ? 1 : -1) * (above * below == 0 ? 2 : 1);

	if (up != near_bottom(s, c->line))
		vote += up ? -1 : 2;
	if (is_head(h, c->line + 1))
		vote += 3;
	if (c->line > 0 && is_head(h, c->line - 1))
		vote -= 3;
	if (c->line + 1 < s->nline && s->line[c->line + 1].ff)
		vote += 4;
	if (c->line > 0 && s->line[c->line].ff)
		vote -= 4;
	return vote;
}

/* How many pages begin on lines from to to, those with a number left out. */
static unsigned
breaks_between(const struct seg *s, size_t from, size_t to)
{
	unsigned n = 0;

	for (size_t i = from; i < to; i++)
		n += s->line[i].brk && s->line[i].role != ROLE_PAGENUM;
	return n;
}

/*
 * Whether the numbers of a run, which count up, stand at the foot of their pages: by their places,
 * and by the first of them - page 1 has no head before it, a page 2 with no break before it no foot.
 */
static bool
at_foot(
    const struct seg *s, const struct cand *first, size_t n, const struct cands *h, size_t since)
{
	size_t top;
	bool up = near_top(s, first->line, &top) && top > since;
	unsigned pages = breaks_between(s, since, up ? top : first->line);
	int vote = 0;

	if (first->value == pages + 1 && first->line >= since + 4)
		vote += 3;
	if (first->value == pages + 2)
		vote -= 2;
	for (size_t i = 0; i < n; i++)
		vote += first[i].score < ACCEPT ? 0 : foot_vote(s, &first[i], h);
	return vote > 0;
}

/* Says of each number whether it stands at the foot of its page; those that count up stand alike. */
void
numbers_sides(const struct seg *s, struct cands *n, const struct cands *h)
{
	size_t from, to, since = 0;
	unsigned last;
	bool foot;

	for (from = 0; from < n->n; from = to) {
		last = n->c[from].value;
		for (to = from + 1; to < n->n; to++) {
			if (n->c[to].score < ACCEPT)
				continue;
			if (n->c[from].score >= ACCEPT && n->c[to].value <= last)
				break;
			last = n->c[to].value;
		}
		while (from < to && n->c[from].score < ACCEPT)
			from++;
		if (from == to)
			continue;
		foot = at_foot(s, &n->c[from], to - from, h, since);
		for (size_t i = from; i < to; i++)
			n->c[i].foot = foot;
		since = n->c[to - 1].line + 1;
	}
}

/* A number without a page end beside it makes one. */
void
numbers_place(struct seg *s, const struct cands *n, const struct cands *h)
{
	size_t i, k, top;

	for (i = 0; i < n->n; i++) {
		if (n->c[i].score < ACCEPT)
			continue;
		k = n->c[i].line;
		if (near_bottom(s, k) || near_top(s, k, &top))
			continue;
		if (n->c[i].foot) {
			for (k++; k < s->nline && s->line[k].role == ROLE_FOOTER; k++)
				;
		} else {
			while (k > 0 && (is_head(h, k - 1) || s->line[k - 1].cue & CUE_SYMBOL))
				k--;
		}
		break_at(s, k);
	}
}

/* The break behind number k, with only furniture between, or NONE. */
static size_t
break_behind(const struct seg *s, size_t k)
{
	for (k++; k < s->nline && !s->line[k].brk; k++)
		if (s->line[k].role < ROLE_PAGENUM)
			return NONE;
	return k < s->nline ? k : NONE;
}

/* The break before number k or on its line, with only furniture between, or NONE. */
static size_t
break_before(const struct seg *s, size_t k)
{
	for (; k > 0 && !s->line[k].brk; k--)
		if (s->line[k].role < ROLE_PAGENUM)
			return NONE;
	return k > 0 ? k : NONE;
}

/*
 * Moves breaks to the side of their numbers where the others of the run stand, and takes one of the
 * two away between which there is but a number.  A form feed stays.
 */
void
numbers_settle(struct seg *s, const struct cands *n)
{
	for (size_t i = 0; i < n->n; i++) {
		const struct cand *c = &n->c[i];
		size_t k = c->line, above, below;

		if (c->score < ACCEPT)
			continue;
		above = break_before(s, k);
		below = break_behind(s, k);
		if (above != NONE && !s->line[above].ff && (c->foot || below != NONE) &&
		    (below == NONE || c->foot || s->line[below].ff)) {
			for (k++; k < s->nline && s->line[k].role == ROLE_FOOTER; k++)
				;
			s->line[above].brk = false;
			if (below == NONE)
				break_at(s, k);
		} else if (below != NONE && !s->line[below].ff && !c->foot) {
			while (k > 0 && s->line[k - 1].role == ROLE_HEADER)
				k--;
			s->line[below].brk = false;
			if (above == NONE)
				break_at(s, k);
		}
	}
}
