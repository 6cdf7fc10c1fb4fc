/*
 * continue: whether a line goes on with the block that the line before it ends, by white lines, sentences,
 * room, marks, indents and cues.  In: lines with their layout and cues; out: yes or no.
 */
#include "edge.h"
#include "utf8.h"

/* Characters of the first word of a line. */
static unsigned
first_word(const struct seg *s, size_t i)
{
	size_t n, k;
	const char *p = line_text(s, i, &n);

	for (k = 0; k < n && k < 40 && p[k] != ' '; k++)
		;
	return (unsigned)utf8_count(p, k);
}

/*
 * The scores below say how something speaks for b going on with the block of a, above zero, or
 * beginning another, below.  They were set on the structures of corpus/structure (make eval).
 */

/* The white lines before b. */
static int
by_gap(const struct line *a, const struct line *b)
{
	int over = (int)b->gap - (int)b->pitch;

	/* a white line in the midst of a sentence stands behind a full line */
	if (over > 0 && a->width * 10 < a->measure * 7)
		return -12;

	if (over > 1)
		return b->parted ? -9 : -7;
	if (over == 1)
		return b->parted ? -7 : -4;
	if (over == 0)
		return b->parted ? 5 : 1;
	return 6;
}

/* The end of a and the beginning of b. */
static int
by_text(const struct line *a, const struct line *b)
{
	static const int end[] = {[END_WORD] = 2,
	    [END_COMMA] = 1,
	    [END_SEMI] = -2,
	    [END_COLON] = -2,
	    [END_STOP] = -2,
	    [END_HYPHEN] = 5,
	    [END_DASH] = 1};
	int score = end[a->end];

	if (b->open == OPEN_LOWER)
		score += 4;
	else if (b->open == OPEN_UPPER)
		score -= 1;
	if (running(a, b))
		score += 3;
	return score;
}

/* The room left on a: a line that is short was ended on purpose. */
static int
by_room(const struct seg *s, size_t a, size_t b)
{
	const struct line *l = &s->line[a];
	unsigned full = l->measure, used = l->width + 1 + first_word(s, b);

	if (full == WIDE)
		return -8;
	if (full < 30)
		return 0;
	if (l->width * 2 < full)
		return -4;
	if (used * 10 < full * 8)
		return -3;
	if (used * 20 < full * 19)
		return -1;
	return used <= full ? 0 : 3;
}

/* A bullet or number before b. */
static int
by_mark(const struct line *a, const struct line *b)
{
	if (b->mark.kind == MARK_NONE)
		return 0;
	if (a->end == END_WORD && b->gap <= b->pitch && a->width * 10 >= a->measure * 9 &&
	    (b->mark.kind == MARK_BULLET || b->mark.kind == MARK_NUMBER))
		return b->mark.kind == MARK_BULLET ? -5 : -4;
	return -10;
}

/* A list that lost its dashes: "...;" on a short line, and small letters below. */
static int
by_list(const struct seg *s, const struct line *f, size_t a, size_t b)
{
	if (f->mark.kind != MARK_BULLET || s->line[a].end != END_SEMI)
		return 0;
	return by_room(s, a, b) < 0 ? -10 : 0;
}

static int
by_indent(const struct line *f, const struct line *a, const struct line *b)
{
	if (f->mark.kind != MARK_NONE && f == a)
		return 0;
	if (b->indent > a->indent + 1 && b->indent < a->indent + 12)
		return -4;
	return 0;
}

/* Lines that are a block by themselves. */
#define ALONE                                                                                      \
	(CUE_THANKS | CUE_CLOSE | CUE_TITLE | CUE_PRESS | CUE_MINUTES | CUE_ORGAN | CUE_ANNEX |    \
	    CUE_SPEAKER | CUE_RESOLUTION | CUE_SECTION | CUE_ADOPTED | CUE_DATE)
/* What the words of b say against going on with a. */
static int
by_new_cue(const struct line *a, const struct line *b)
{
	if (!(b->cue & ALONE) || b->open == OPEN_LOWER)
		return 0;
	if ((b->cue & ALONE) == CUE_ORGAN && !is_slim(b))
		return 0;
	if (a->end == END_WORD && b->gap <= b->pitch && !is_slim(a))
		return 0;
	if (a->cue & CUE_ADOPTED && b->cue & CUE_DATE)
		return 12;
	return -15;
}

/* What the words of the block that a ends say. */
static int
by_old_cue(const struct line *f, const struct line *a, const struct line *b)
{
	if (f->cue & CUE_TITLES) {
		if (b->cue & CUE_ADOPTED)
			return -15;
		if (b->open == OPEN_LOWER)
			return 12;
		/* "by", "to the": something must follow */
		if (a->open == OPEN_LOWER && a->words <= 3 && a->end == END_WORD && b->gap <= 2)
			return 20;
		if (a->measure == WIDE && b->width > 80)
			return -10;
		if (a->end == END_COMMA && b->gap <= 1)
			return b->gap > b->pitch ? 22 : 8;
		return b->gap == 0 ? 5 : -4;
	}
	if (a->cue & CUE_DATE && is_slim(a))
		return -15;
	if (a->cue & CUE_ADOPTED && b->cue & CUE_DATE)
		return 0;
	if (a->cue & CUE_SPEAKER && b->open == OPEN_LOWER && b->gap <= b->pitch)
		return 10;
	if (a->cue & CUE_ORGAN && !is_slim(a))
		return 0;
	if (a->cue & (CUE_THANKS | CUE_ORGAN | CUE_SPEAKER | CUE_DATE | CUE_ANNEX | CUE_ADOPTED) &&
	    !running(a, b))
		return -15;
	if (a->cue & CUE_CLOSE && a->end != END_WORD)
		return -10;
	if (a->cue & CUE_SECTION)
		return b->open == OPEN_LOWER ? 2 : -8;
	return 0;
}

static bool
is_short(const struct line *l)
{
	return l->width * 2 < l->measure;
}

/* Capitals, short lines one below the other, symbols. */
static int
by_shape(const struct line *a, const struct line *b)
{
	bool ca = a->cue & CUE_CAPS, cb = b->cue & CUE_CAPS;

	if (a->spaced || b->spaced)
		return -12;
	if ((a->cue | b->cue) & CUE_SYMBOL)
		return b->gap == 0 && is_short(a) && is_short(b) ? 3 : -5;
	if (ca && cb && a->width * 10 < a->measure * 8 && b->gap <= (b->pitch > 1 ? b->pitch : 1))
		return 8;
	if (b->gap == 0 && is_short(a) && is_short(b) && a->end == END_WORD)
		return 3;
	if (ca && !cb && a->letters >= 4 && b->gap > b->pitch)
		return -25;
	if (ca && !cb && a->letters >= 4 && b->open != OPEN_LOWER)
		return -8;
	return 0;
}

static int
by_cue(const struct line *f, const struct line *a, const struct line *b)
{
	if (b->cue & CUE_SUPER)
		return 30;
	if (a->cue & CUE_SUPER)
		return 14;
	if (a->cue & CUE_SALUTE && b->cue & CUE_SALUTE)
		return b->gap <= b->pitch + 1 ? 20 : -20;
	if ((a->cue | b->cue) & CUE_SALUTE)
		return -20;
	return by_new_cue(a, b) + by_old_cue(f, a, b) + by_shape(a, b);
}

/* over: something stands between them, so that white lines say nothing. */
bool
line_continues(const struct seg *s, size_t f, size_t a, size_t b, bool over)
{
	const struct line *la = &s->line[a], *lb = &s->line[b];
	int score = by_text(la, lb) + by_room(s, a, b) + by_mark(la, lb) +
		    by_cue(&s->line[f], la, lb) + by_list(s, &s->line[f], a, b);

	if (la->leader)
		return false;
	/* clauses end in a comma, and the next begins with a capital */
	if (over && la->end == END_COMMA && lb->open == OPEN_UPPER)
		score -= 4;
	if (!over)
		score += by_gap(la, lb) + by_indent(&s->line[f], la, lb);
	return score > 0;
}
