/*
 * bare: footnotes that stand under no rule, at the foot of a page or of a statement.  In: lines, with
 * the notes under rules and the page breaks known so far; out: roles NOTE and NOTEGO, and brk on the
 * line behind the notes, where the next page begins.
 *
 * A run of lines with labels in a row - "1.", "(2)", "[3]", "4 See", "*" - is a list of items or
 * numbered paragraphs as well.  It is notes where the text above calls them, where they begin as
 * notes do, where a sentence runs on behind them or the page ends; each speaks with points.
 */
#include <stdio.h>
#include <stdlib.h>

#include "call.h"
#include "phrase.h"
#include "segment.h"
#include "utf8.h"

#define REACH 300 /* lines above a run in which its marks may stand */
#define CALLS 2000 /* and how many calls there are looked at */
#define LONGEST 8 /* lines of a note */
#define MOST 64 /* notes of a run that are asked for their marks */
#define ACCEPT 6 /* points that make a run notes */

/* The forms of labels; notes of one run have one. */
enum style {
	NO_LABEL,
	PLAIN, /* "4 See" */
	STOPPED, /* "4. See" */
	HALF, /* "4) See" */
	ROUND, /* "(4) See" */
	SQUARE, /* "[4] See" */
	RAISED,
	STAR
};

struct run {
	size_t from, to; /* lines, the last not included */
	enum style style;
	unsigned first, last; /* values */
	unsigned notes, longest; /* the most lines of one */
	unsigned called, hinted; /* notes that a sure mark calls; that one less sure calls */
	unsigned worded; /* notes that begin as notes do */
};

struct finder {
	struct seg *s;
	struct calls calls; /* of all lines, in order */
	size_t since; /* the first line that may call the next run */
	size_t stars; /* the same of a run with stars */
	unsigned last; /* number of the last note, 0 at first */
};

/* The label that opens line i, and how long it is. */
static enum style
label(const struct seg *s, size_t i, unsigned *value, size_t *len)
{
	size_t n, k;
	const char *p = line_text(s, i, &n);
	uint32_t cp;

	*len = k = note_label(p, n, value);
	if (k == 0)
		return NO_LABEL;
	while (k < n && p[k] == ' ')
		k++;
	if (k >= n)
		return NO_LABEL;
	utf8_get(p + k, n - k, &cp);
	if (*value == 0)
		return STAR;
	if (p[0] == '(' || p[0] == '[')
		return p[0] == '(' ? ROUND : SQUARE;
	if (p[*len - 1] == '.' || p[*len - 1] == ')')
		return p[*len - 1] == '.' ? STOPPED : HALF;
	if (!uc_upper(cp) && cp != '"' && cp != 0x201C && cp != 0xAB && cp != 0x201E && cp != '(')
		return NO_LABEL;
	return (unsigned char)p[0] >= 0x80 ? RAISED : PLAIN;
}

/* Whether line b goes on with the note that line b - 1 has part of. */
static bool
goes_on(const struct seg *s, size_t b)
{
	const struct line *x = &s->line[b - 1], *y = &s->line[b];

	if (y->gap > y->pitch || (y->gap > 0 && x->end == END_STOP))
		return false;
	return x->end != END_STOP || (y->gap == 0 && x->width * 10 >= x->measure * 9 &&
					 y->open != OPEN_OTHER && y->mark.kind == MARK_NONE);
}

/* Reads the run that line i opens; notes may have white lines between. */
static void
run_read(const struct seg *s, size_t i, struct run *r)
{
	unsigned value, lines = 0;
	size_t len;

	*r = (struct run){.from = i, .to = i};
	r->style = label(s, i, &r->first, &len);
	r->last = r->first - 1;
	for (; r->style != NO_LABEL && i < s->nline; i++) {
		const struct line *l = &s->line[i];
		enum style style = label(s, i, &value, &len);

		if (l->role != ROLE_BODY || (i > r->from && (l->ff || l->brk || l->empty >= 3)))
			break;
		if (style == r->style && (style == STAR || value == r->last + 1) &&
		    l->gap <= (l->pitch > 0 ? l->pitch + 1 : 2)) {
			r->last = value;
			r->notes++;
			lines = 1;
		} else if (i == r->from || !goes_on(s, i)) {
			break;
		} else {
			lines++;
		}
		r->longest = lines > r->longest ? lines : r->longest;
		r->to = i + 1;
	}
}

/* Counts the notes of the run that the lines above call. */
static void
calls_count(const struct finder *f, struct run *r)
{
	size_t least = r->from > REACH ? r->from - REACH : 0, since, lo = 0, hi = f->calls.n, k, n;
	bool sure[MOST] = {false}, seen[MOST] = {false};

	since = r->style == STAR ? f->stars : f->since;
	least = since > least ? since : least;
	while (lo < hi) {
		k = (lo + hi) / 2;
		if (f->calls.call[k].line < r->from)
			lo = k + 1;
		else
			hi = k;
	}
	for (k = lo; k > 0 && lo - k < CALLS && f->calls.call[k - 1].line >= least; k--) {
		const struct call *c = &f->calls.call[k - 1];

		n = c->value - r->first;
		if (c->value < r->first || n >= MOST || c->kind == CALL_LOOSE)
			continue;
		seen[n] = true;
		/* marks and labels have one form, as a rule */
		sure[n] |= c->kind <= CALL_BRACKETS && (c->style == 0 || r->style != PLAIN);
	}
	for (k = 0; k < MOST && k < (r->style == STAR ? 1 : r->notes); k++) {
		r->called += sure[k];
		r->hinted += seen[k];
	}
}

/* Counts the notes of the run that begin as notes do. */
static void
words_count(const struct seg *s, struct run *r)
{
	unsigned value;
	size_t len, n;

	for (size_t k = r->from; k < r->to; k++) {
		const char *p = line_text(s, k, &n);

		if (label(s, k, &value, &len) != r->style)
			continue;
		r->worded += phrase_is(
		    s->phrases, C_NOTE, p + len, n - len < 80 ? n - len : utf8_valid(p + len, 80));
	}
}

/* Whether a note under a rule further down has the number of the run's first: the marks are its. */
static bool
is_claimed(const struct seg *s, const struct run *r)
{
	unsigned value;
	size_t n;

	for (size_t i = r->to; i < s->nline && i < r->to + REACH; i++) {
		const char *p = line_text(s, i, &n);

		if (s->line[i].role == ROLE_NOTE && note_label(p, n, &value) > 0 &&
		    value == r->first)
			return true;
	}
	return false;
}

/* What the marks and the words of a run say. */
static int
by_content(const struct finder *f, const struct run *r)
{
	unsigned n = r->style == STAR ? 1 : r->notes;
	int points = 0;

	points += r->called >= n                                 ? (r->style == STAR ? 6 : 5)
		  : r->hinted >= n                               ? 4
		  : r->hinted * 4 >= n * 3 && r->called * 2 >= n ? 3
		  : r->hinted * 2 >= n                           ? 1
		  : r->style == STAR && r->worded > 0            ? 0
								 : -4;
	points += r->worded * 2 >= r->notes ? 3 : r->worded > 0 ? 1 : 0;
	points += r->style == PLAIN || r->style == RAISED || r->style == SQUARE ? 2 : 0;
	points -= r->longest > LONGEST ? 6 : r->longest > 4 ? 2 : 0;
	points -= r->style == STAR && r->notes > 2 ? 6 : 0;
	points -= r->style != STAR && is_claimed(f->s, r) ? 5 : 0;
	if (r->style != STAR && r->first != 1 && r->first != f->last + 1)
		points -= 3;
	return points;
}

/* The first line of the text behind the run; notes with stars may close it. */
static size_t
behind(const struct seg *s, size_t to)
{
	unsigned of;
	size_t len;

	while (to < s->nline && (s->line[to].role >= ROLE_PAGENUM || page_number(s, to, &of) > 0 ||
				    label(s, to, &of, &len) == STAR))
		to++;
	return to;
}

/* What the lines before and behind a run say. */
static int
by_place(const struct seg *s, const struct run *r)
{
	const struct line *a = r->from > 0 ? &s->line[r->from - 1] : NULL, *b;
	const struct line *first = &s->line[r->from], *end = &s->line[r->to - 1];
	size_t next = behind(s, r->to), len;
	unsigned value;
	int points = 0;

	if (a == NULL || end->end == END_SEMI || end->end == END_COMMA || a->end == END_COLON)
		return -9;
	/* with stars, below the numbered ones */
	if (a->role == ROLE_NOTE || a->role == ROLE_NOTEGO)
		points += r->style == STAR ? 2 : -1;
	else
		points += first->gap > first->pitch ? 1 : -1;
	points -= end->end != END_STOP;
	points -= a->end == END_SEMI && r->style >= STOPPED && r->style <= ROUND ? 3 : 0;
	if (next == s->nline)
		return points + 2;
	b = &s->line[next];
	if (b->role == ROLE_RULE)
		return -9; /* the notes stand under it */
	if (next > r->to || b->ff || b->brk || b->empty >= 3)
		points += 2;
	else if (b->cue & (CUE_SALUTE | CUE_TITLE | CUE_RESOLUTION | CUE_LETTER | CUE_SYMBOL))
		points += 1;
	if (a->role == ROLE_BODY && running(a, b))
		points += 4;
	else if (end->end != END_STOP && next == r->to && !b->ff && !b->brk && r->longest == 1)
		points -= 4; /* a numbered heading */
	if (r->style != STAR && label(s, next, &value, &len) == r->style && value == r->last + 1)
		points -= 6;
	return points;
}

static void
run_mark(struct finder *f, const struct run *r, int points)
{
	struct seg *s = f->s;
	unsigned value;
	size_t len, i;

	for (i = r->from; i < r->to; i++) {
		s->line[i].role = label(s, i, &value, &len) == r->style ? ROLE_NOTE : ROLE_NOTEGO;
		s->line[i].post = points > 9 ? 95 : 85;
	}
	while (i < s->nline && s->line[i].role >= ROLE_PAGENUM && !s->line[i].ff)
		i++;
	if (i < s->nline && page_number(s, i, &value) == 0 && label(s, i, &value, &len) == NO_LABEL)
		s->line[i].brk = true;
	if (r->style == STAR) {
		f->stars = r->to;
		return;
	}
	f->last = r->last;
	f->since = r->to;
}

static void
calls_find(struct finder *f)
{
	for (size_t i = 0; i < f->s->nline; i++)
		if (f->s->line[i].role == ROLE_BODY)
			calls_scan(f->s, i, 0, &f->calls);
}

/* A note under a rule: what calls it calls no other. */
static void
noted(struct finder *f, size_t i)
{
	size_t n;
	const char *p = line_text(f->s, i, &n);
	unsigned value;

	if (f->s->line[i].role != ROLE_NOTE && f->s->line[i].role != ROLE_NOTEGO)
		return;
	f->since = f->stars = i + 1;
	if (f->s->line[i].role == ROLE_NOTE && note_label(p, n, &value) > 0 && value > 0)
		f->last = value;
}

void
bare_find(struct seg *s)
{
	struct finder f = {.s = s};
	struct run r;
	int points;

	calls_find(&f);
	for (size_t i = 1; i < s->nline; i++) {
		if (s->line[i].role != ROLE_BODY) {
			noted(&f, i);
			continue;
		}
		run_read(s, i, &r);
		if (r.to == i)
			continue;
		calls_count(&f, &r);
		words_count(s, &r);
		points = by_content(&f, &r) + by_place(s, &r);
		if (s->explain)
			fprintf(stderr,
			    "segment: line %zu: %u notes, perhaps, %u called, %u hinted, %d "
			    "points\n",
			    s->line[i].no, r.notes, r.called, r.hinted, points);
		if (points >= ACCEPT)
			run_mark(&f, &r, points);
		i = r.to - 1;
	}
	free(f.calls.call);
}
