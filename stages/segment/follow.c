/*
 * follow: how well one block follows another in reading order.  In: two blocks; out: a score, above
 * zero where much speaks for it: numbers that count up, a sentence that goes on, an item behind
 * its colon, thanks last.
 */
#include <string.h>

#include "follow.h"

/* Whether the block ends with a word that needs another item: "...; and". */
static bool
ends_and(const struct seg *s, const struct block *b)
{
	static const char *const and[] = {" and", " et", " dhe", " or", " ou", " ose"};
	const struct buf *t = &s->line[b->end].text->s;

	for (size_t i = 0; i < sizeof(and) / sizeof(and[0]); i++) {
		size_t n = strlen(and[i]);
		if (t->len > n + 1 && memcmp(t->data + t->len - n, and[i], n) == 0 &&
		    strchr(";,", t->data[t->len - n - 1]) != NULL)
			return true;
	}
	return false;
}

/* A dash may open an item or, in novels, what somebody says: no evidence. */
static bool
is_item(const struct block *b)
{
	return b->mark.kind != MARK_NONE && (b->mark.kind != MARK_NUMBER || b->mark.paren) &&
	       !b->mark.dash;
}

/* How numbers and letters of x and y speak for y behind x. */
static int
by_number(const struct block *x, const struct block *y)
{
	if (x->mark.kind != y->mark.kind || x->mark.kind < MARK_NUMBER ||
	    x->mark.paren != y->mark.paren)
		return 0;
	if (y->mark.value == x->mark.value + 1)
		return 5;
	if (y->mark.value + 1 == x->mark.value)
		return -5;
	return y->mark.value > x->mark.value ? 0 : -1;
}

static bool
is_full(const struct line *l)
{
	return l->width * 10 >= l->measure * 8;
}

/* How the end of x and the beginning of y speak. */
static int
by_sentence(const struct seg *s, const struct block *x, const struct block *y)
{
	enum ending end = s->line[x->end].end;
	bool lower =
	    s->line[y->line].open == OPEN_LOWER && y->mark.kind == MARK_NONE && y->words > 2;

	if (ends_and(s, x))
		return is_item(y) || y->mark.kind == x->mark.kind ? 3 : -3;
	switch (end) {
	case END_WORD:
	case END_HYPHEN:
		if (!is_prose(s, x) && (x->lines < 2 || x->cue != 0 || !is_full(&s->line[x->end])))
			return lower && is_prose(s, y) && end == END_WORD ? -3 : 0;
		return lower ? 6 : is_item(y) && x->mark.kind == MARK_NONE ? -1 : -3;
	case END_COMMA:
		return !is_prose(s, x) ? 0 : lower ? 5 : -1;
	case END_STOP:
		if (lower)
			return s->line[x->end].calls ? 0 : -4;
		if (is_item(x))
			return is_item(y) ? -1 : 1;
		return is_item(y) && y->mark.kind == MARK_BULLET ? -2 : 0;
	case END_COLON:
		return is_item(y) ? 3 : lower ? 1 : -1;
	case END_SEMI:
		if (!is_item(x))
			return 0;
		return is_item(y) || lower ? 1 : -2;
	default:
		return 0;
	}
}

bool
is_thanks(const struct block *b)
{
	return (b->cue & CUE_THANKS && b->lines <= 2) ||
	       (b->cue & CUE_GRATEFUL && b->lines == 1 && b->words <= 12);
}

/* How well y follows thanks, which end a statement. */
static int
behind_thanks(const struct seg *s, const struct block *y, bool over)
{
	if (over)
		return y->cue & CUE_SALUTE ? 4 : y->mark.kind == MARK_NONE ? 1 : 0;
	return is_prose(s, y) ? -8 : y->cue & CUE_SALUTE ? -2 : 0;
}

/* How well thanks or a salutation, y, follow x. */
static int
before_formula(const struct seg *s, const struct block *x, const struct block *y, bool over)
{
	enum ending end = s->line[x->end].end;

	if (is_thanks(y))
		return end == END_STOP ? (over ? 0 : 1) : over ? -4 : -2;
	if ((end == END_WORD || end == END_HYPHEN) && is_prose(s, x))
		return over ? -5 : -3;
	return 0;
}

bool
is_close(const struct block *b)
{
	return b->cue & CUE_CLOSE && b->lines <= 3;
}

bool
is_heading(const struct block *b)
{
	return b->cue & (CUE_DATE | CUE_TITLES | CUE_SYMBOL) && b->lines <= 4;
}

/* How well y follows x, on the same page or, over, on the next. */
int
follow(const struct seg *s, size_t ix, size_t iy, bool over)
{
	const struct block *x = &s->block[ix], *y = &s->block[iy];

	if (is_thanks(x))
		return behind_thanks(s, y, over);
	if (x->cue & CUE_SALUTE)
		return is_thanks(y) ? -4 : over ? -2 : is_heading(y) ? -6 : 0;
	if (x->cue & CUE_ORGAN && is_heading(y))
		return -6;
	if (is_close(x) && !over)
		return is_prose(s, y) ? -6 : 1;
	if (y->cue & CUE_SALUTE && is_heading(x))
		return 2;
	if (is_thanks(y) || y->cue & CUE_SALUTE)
		return before_formula(s, x, y, over);
	return by_number(x, y) + by_sentence(s, x, y);
}

/* How well the document begins with y or ends with x. */
int
follow_begins(const struct seg *s, size_t iy)
{
	const struct block *y = &s->block[iy];

	if (y->cue & (CUE_SALUTE | CUE_TITLE | CUE_PRESS | CUE_LETTER | CUE_CAPS))
		return 2;
	if (is_thanks(y))
		return -4;
	if (y->mark.kind >= MARK_NUMBER)
		return y->mark.value == 1 ? 1 : -1;
	return s->line[y->line].open == OPEN_LOWER && is_prose(s, y) ? -4 : 0;
}

int
follow_ends(const struct seg *s, size_t ix)
{
	const struct block *x = &s->block[ix];

	if (is_thanks(x))
		return 3;
	if (x->cue & CUE_SALUTE)
		return -4;
	return s->line[x->end].end == END_WORD && is_prose(s, x) ? -3 : 0;
}

/* A block that goes on with a sentence, or that breaks one off. */
bool
is_fragment(const struct seg *s, const struct block *b)
{
	return s->line[b->line].open == OPEN_LOWER && b->mark.kind == MARK_NONE;
}

bool
is_broken(const struct seg *s, const struct block *b)
{
	enum ending end = s->line[b->end].end;

	return (end == END_WORD || end == END_COMMA || end == END_HYPHEN) &&
	       is_full(&s->line[b->end]) && b->cue == 0;
}
