/*
 * page: where pages begin.  In: lines with their layout and footnotes; out: brk on the first line of
 * each page, and the roles that furniture.c finds on the way.
 *
 * Cues are a form feed; three empty lines in a row, where they are not the habit of the document;
 * a leading space on a line that stands closer than its place in the paragraph allows, where such
 * lines are rare; the end of footnotes (foot.c); printed numbers and running heads.
 */
#include "furniture.h"
#include "segment.h"

/* Cues of a line that begins something. */
#define BEGINS                                                                                     \
	(CUE_SALUTE | CUE_THANKS | CUE_TITLE | CUE_RESOLUTION | CUE_LETTER | CUE_ORGAN |           \
	    CUE_PRESS | CUE_MINUTES | CUE_ANNEX)

/* A leading space where the lines around have none, on a line that stands too close. */
static bool
leads(const struct seg *s, size_t i)
{
	const struct line *a = &s->line[i - 1], *b = &s->line[i];

	if (b->indent == 0 || b->indent > 3 || b->gap > 0 || a->cue & CUE_SUPER ||
	    (a->indent > 0 && !(b->parted && b->cue & BEGINS && a->end == END_STOP)))
		return false;
	if (b->measure == WIDE || b->role != ROLE_BODY ||
	    (a->mark.kind != MARK_NONE && b->indent >= a->mark.len))
		return false;
	if (b->mark.kind != MARK_NONE && i + 1 < s->nline && s->line[i + 1].indent > 0 &&
	    s->line[i + 1].gap == 0)
		return false;
	return b->pitch > 0 || running(a, b) || b->parted || a->role >= ROLE_NOTE ||
	       (b->cue & BEGINS && a->end == END_STOP);
}

/*
 * What a leading space on line i may be by the text around it: the break of a sentence, what ends
 * above and begins here, or no more than a space.
 */
enum lead {
	LEAD_SPACE,
	LEAD_BREAK,
	LEAD_BEGIN
};

static enum lead
lead_of(const struct seg *s, size_t i)
{
	const struct line *a = &s->line[i - 1], *b = &s->line[i];

	if (running(a, b) && a->width * 10 >= a->measure * 7)
		return LEAD_BREAK;
	if (a->end == END_STOP && (b->cue & BEGINS || a->cue & (CUE_THANKS | CUE_CLOSE)))
		return LEAD_BEGIN;
	return LEAD_SPACE;
}

/*
 * Whether lines near i have a leading space and no white line before it by habit: another of the kind
 * within four lines, or more than two within twelve.  Where a page is known to begin says nothing.
 */
static bool
leading_is_habit(const struct seg *s, size_t i)
{
	size_t from = i > 12 ? i - 12 : 1, to = i + 12 < s->nline ? i + 12 : s->nline, k;
	enum lead lead = lead_of(s, i);
	unsigned n = 0;

	if (lead == LEAD_BEGIN)
		return false;
	for (k = from; k < to; k++) {
		const struct line *l = &s->line[k];

		if (k == i || l->role != ROLE_BODY || l->indent == 0 || l->gap > 0 || l->brk ||
		    s->line[k - 1].cue & CUE_SUPER ||
		    (lead == LEAD_BREAK && lead_of(s, k) != LEAD_BREAK))
			continue;
		if (k + 4 >= i && k <= i + 4)
			return true;
		n++;
	}
	return n > 2;
}

/* Whether three empty lines are too common here to say that a page ends. */
static bool
empty_is_habit(const struct seg *s)
{
	size_t three = 0, all = 0;

	for (size_t i = 0; i < s->nline; i++) {
		three += s->line[i].empty >= 3;
		all += s->line[i].gap > s->line[i].pitch;
	}
	return three > 3 && three * 4 > all;
}

/*
 * Whether white lines between a and b are room for a signature or set apart the lines of a title; head: only
 * short lines stand before them in the document.
 */
static bool
is_room(const struct line *a, const struct line *b, bool head)
{
	if (b->words > 8 || b->cue & BEGINS || (b->open == OPEN_LOWER && !head) || a->words > 14)
		return false;
	if (a->cue & CUE_CLOSE || (a->end == END_COMMA && a->words <= 6 && b->end == END_WORD))
		return true;
	return head && a->end == END_WORD && b->end == END_WORD;
}

static void
breaks(struct seg *s)
{
	bool habit = empty_is_habit(s), head = true;

	for (size_t i = 1; i < s->nline; i++) {
		struct line *l = &s->line[i];

		head &= s->line[i - 1].words < 9 && s->line[i - 1].end != END_STOP;
		if (l->ff ||
		    (l->empty >= 3 && !is_room(&s->line[i - 1], l, head) &&
			(!habit || running(&s->line[i - 1], l))) ||
		    (leads(s, i) && !leading_is_habit(s, i)))
			l->brk = true;
	}
}

void
pages_find(struct seg *s)
{
	breaks(s);
	furniture_find(s);
}
