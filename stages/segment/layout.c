/*
 * layout: line pitch and measure of each stretch of lines.  In: lines; out: pitch (white lines
 * between two lines of a paragraph), measure (characters of a full line) and parted (whether
 * paragraphs are set apart by more than the pitch).
 *
 * Two lines that surely belong together - the second goes on in small letters, the first does not
 * end a sentence - tell the pitch.  A page, or what a form feed or three white lines part, is
 * looked at by itself if it has two such pairs; within it a line has the pitch of the pair
 * nearest to it.  A stretch is a run of lines of one page with one pitch.  Where a line is a
 * paragraph, measure is WIDE.
 */
#include <stdlib.h>

#include "segment.h"

#define WIDTHS WIDE /* wider lines count as this wide */
#define LONG 120 /* characters: lines as long as this that seldom go on are paragraphs */
#define ONELINE 60 /* the same of lines that hardly ever go on */
#define FEW 8 /* lines: a stretch as short as this leans on the one before */

/* A pair of lines that surely belong together. */
struct pair {
	size_t line; /* the second */
	unsigned gap;
};

struct pairs {
	struct pair *pair;
	size_t n, cap;
};

bool
running(const struct line *a, const struct line *b)
{
	return b->open == OPEN_LOWER && b->mark.kind == MARK_NONE &&
	       (a->end == END_WORD || a->end == END_COMMA || a->end == END_HYPHEN);
}

static bool
parts(const struct line *l)
{
	return l->ff || l->brk || l->empty >= 3;
}

static void
pairs_find(const struct seg *s, size_t from, size_t to, struct pairs *p)
{
	p->n = 0;
	for (size_t i = from + 1; i < to; i++) {
		const struct line *a = &s->line[i - 1], *b = &s->line[i];

		/* a heading in capitals has nothing to do with small letters below it */
		if (a->role != ROLE_BODY || b->role != ROLE_BODY || !running(a, b) ||
		    (a->cue & CUE_CAPS && a->letters > 4))
			continue;
		p->pair = mem_more(p->pair, p->n, &p->cap, sizeof(*p->pair));
		p->pair[p->n++] = (struct pair){i, b->gap};
	}
	/* one pair that differs from both its neighbours is a slip */
	for (size_t i = 1; i + 1 < p->n; i++)
		if (p->pair[i - 1].gap == p->pair[i + 1].gap)
			p->pair[i].gap = p->pair[i - 1].gap;
}

/* Gives the lines of a part their pitch; *last is that of the part before. */
static void
pitch(struct seg *s, size_t from, size_t to, const struct pairs *p, unsigned *last)
{
	size_t k = 0;

	for (size_t i = from; i < to; i++) {
		if (p->n < 2 && (p->n == 0 || from > 0)) {
			s->line[i].pitch = *last;
			continue;
		}
		while (k + 1 < p->n && p->pair[k].line < i &&
		       p->pair[k + 1].line - i < i - p->pair[k].line)
			k++;
		s->line[i].pitch = p->pair[k].gap;
	}
	*last = s->line[to - 1].pitch;
}

/* The width that nine in ten lines of the stretch do not pass. */
static unsigned
measure(const struct seg *s, size_t from, size_t to)
{
	static unsigned widths[WIDTHS];
	unsigned sum = 0, lines = 0, w;

	for (w = 0; w < WIDTHS; w++)
		widths[w] = 0;
	for (size_t i = from; i < to; i++) {
		if (s->line[i].role != ROLE_BODY)
			continue;
		w = s->line[i].width;
		widths[w < WIDTHS ? w : WIDTHS - 1]++;
		lines++;
	}
	for (w = 0; w < WIDTHS - 1; w++) {
		sum += widths[w];
		if (sum * 10 >= lines * 9)
			break;
	}
	return w;
}

static bool
parted(const struct seg *s, size_t from, size_t to)
{
	unsigned at = 0, over = 0;

	for (size_t i = from + 1; i < to; i++) {
		const struct line *a = &s->line[i - 1], *b = &s->line[i];

		if (a->role == ROLE_BODY && b->role == ROLE_BODY && !b->brk && a->end >= END_SEMI &&
		    a->end <= END_STOP && b->open != OPEN_LOWER)
			*(b->gap > b->pitch ? &over : &at) += 1;
	}
	return over >= 1 && over * 2 >= at;
}

/* Measures each run of lines of one pitch from from to to. */
static void
stretches(struct seg *s, size_t from, size_t to, unsigned *last, bool *apart)
{
	size_t end, i, pairs;
	unsigned w;

	for (; from < to; from = end) {
		for (end = from + 1; end < to && s->line[end].pitch == s->line[from].pitch; end++)
			;
		w = measure(s, from, end);
		for (pairs = 0, i = from + 1; i < end; i++)
			pairs += running(&s->line[i - 1], &s->line[i]);
		if ((w >= LONG && pairs * 4 < end - from) ||
		    (w >= ONELINE && end - from >= FEW && pairs * 12 < end - from))
			w = WIDTHS;
		if (end - from < FEW && w < *last)
			w = *last;
		if (end - from >= FEW)
			*apart = parted(s, from, end);
		*last = w;
		for (i = from; i < end; i++) {
			s->line[i].measure = w;
			s->line[i].parted = *apart;
		}
	}
}

void
layout_find(struct seg *s)
{
	struct pairs p = {0};
	size_t from, to, i;
	unsigned gap = 0, width = 0;
	bool known = false, apart = true;

	for (from = 0; from < s->nline; from = to) {
		for (to = from + 1; to < s->nline && !parts(&s->line[to]); to++)
			;
		pairs_find(s, from, to, &p);
		pitch(s, from, to, &p, &gap);
		/* what stood before the first part that tells has its pitch */
		for (i = 0; !known && p.n > 0 && i < from; i++)
			s->line[i].pitch = s->line[from].pitch;
		known |= p.n > 0;
	}
	width = measure(s, 0, s->nline);
	for (from = 0; from < s->nline; from = to) {
		for (to = from + 1; to < s->nline && !parts(&s->line[to]); to++)
			;
		stretches(s, from, to, &width, &apart);
	}
	free(p.pair);
}
