/*
 * layout: line pitch and measure of each stretch.  In: lines; out: pitch (white lines between two
 * lines of a paragraph), measure (characters of a full line) and parted (whether paragraphs are
 * set apart by more than the pitch) of every line.
 *
 * Two lines that surely belong together - the second goes on in small letters, the first does not
 * end a sentence - tell the pitch.  They are counted within a stretch: up to 200 lines, ended by
 * a form feed or three white lines in a row.
 */
#include "segment.h"

#define GAPS 8
#define WIDTHS 512
#define STRETCH 200

struct stretch {
	unsigned running[GAPS]; /* pairs within a paragraph, by gap */
	unsigned ended[GAPS]; /* pairs that may part two, by gap */
	unsigned widths[WIDTHS];
	unsigned lines;
};

static unsigned
gap_of(const struct line *l)
{
	return l->gap < GAPS ? l->gap : GAPS - 1;
}

bool
running(const struct line *a, const struct line *b)
{
	return b->open == OPEN_LOWER && b->mark.kind == MARK_NONE &&
	       (a->end == END_WORD || a->end == END_COMMA || a->end == END_HYPHEN);
}

static void
count(struct stretch *t, const struct seg *s, size_t from, size_t to)
{
	const struct line *a = NULL, *b;

	*t = (struct stretch){0};
	for (size_t i = from; i < to; i++) {
		b = &s->line[i];
		if (b->role != ROLE_BODY)
			continue;
		t->widths[b->width < WIDTHS ? b->width : WIDTHS - 1]++;
		t->lines++;
		if (a != NULL && b->brk == false) {
			if (running(a, b))
				t->running[gap_of(b)]++;
			else if (a->end >= END_SEMI && a->end <= END_STOP)
				t->ended[gap_of(b)]++;
		}
		a = b;
	}
}

/* The width that nine in ten lines do not pass. */
static unsigned
measure(const struct stretch *t)
{
	unsigned sum = 0, w;

	for (w = 0; w < WIDTHS - 1; w++) {
		sum += t->widths[w];
		if (sum * 10 >= t->lines * 9)
			break;
	}
	return w;
}

static bool
pitch(const struct stretch *t, unsigned *out)
{
	unsigned best = 0, sum = 0;

	for (unsigned g = 0; g < GAPS; g++) {
		sum += t->running[g];
		if (t->running[g] > t->running[best])
			best = g;
	}
	if (sum < 2)
		return false;
	*out = best;
	return true;
}

static bool
parted(const struct stretch *t, unsigned p)
{
	unsigned at = 0, over = 0;

	for (unsigned g = 0; g < GAPS; g++)
		*(g > p ? &over : &at) += t->ended[g];
	return over >= 2 && over * 2 >= at;
}

static size_t
stretch_end(const struct seg *s, size_t from)
{
	size_t i;

	for (i = from + 1; i < s->nline && i < from + STRETCH; i++)
		if (s->line[i].ff || s->line[i].brk || s->line[i].empty >= 3)
			break;
	return i;
}

void
layout_find(struct seg *s)
{
	struct stretch t;
	size_t from, to, i;
	unsigned p = 0, w;
	bool known, apart, first = true;

	for (from = 0; from < s->nline; from = to) {
		to = stretch_end(s, from);
		count(&t, s, from, to);
		known = pitch(&t, &p);
		/* what stood before the first stretch that tells takes that one's pitch */
		for (i = known && first ? 0 : from; i < to; i++)
			s->line[i].pitch = p;
		if (known)
			first = false;
		w = measure(&t);
		apart = parted(&t, p);
		for (i = from; i < to; i++) {
			s->line[i].measure = w;
			s->line[i].parted = apart;
		}
	}
}
