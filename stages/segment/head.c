/*
 * head: the head of a statement - letterhead, date, title, to whom it goes, salutations - up to its first
 * prose, and headings amid its text.  In: the blocks of its body; out: the kinds of the first of them,
 * and whether a block further down is a heading.
 */
#include <string.h>

#include "kind.h"
#include "utf8.h"

/* The cues of all lines of a short block. */
static uint32_t
any_cue(const struct seg *s, const struct block *b)
{
	uint32_t cue = b->cue;

	for (size_t p = b->first; p != NONE && b->lines <= 4; p = s->piece[p].next)
		if (!s->piece[p].block)
			cue |= s->line[s->piece[p].i].cue;
	return cue;
}

/* Whether block i, in capitals, is followed by what follows a letterhead: more of it, a date. */
static bool
opens_letter(const struct seg *s, const struct bodies *all, size_t i)
{
	uint32_t cue;

	if (s->line[s->block[all->b[i]].end].cue & CUE_CAPS)
		for (i++; i < all->n && i < 8; i++) {
			cue = s->block[all->b[i]].cue;
			if (cue & (CUE_DATE | CUE_LETTER | CUE_SYMBOL))
				return true;
			if (!(cue & CUE_CAPS) || is_prose(s, &s->block[all->b[i]]))
				return false;
		}
	return false;
}

/* Whether block i is to whom a letter goes, as it stands above the salutation: lines that end on purpose. */
static bool
is_inside_address(const struct seg *s, const struct bodies *all, size_t i)
{
	const struct block *b = &s->block[all->b[i]];
	unsigned commas = 0, caps = 0;
	bool salute = false;

	for (size_t k = i + 1; k < all->n && k < i + 3; k++)
		salute |= (s->block[all->b[k]].cue & CUE_SALUTE) != 0;
	if (!salute || b->lines < 2 || b->lines > 7)
		return false;
	for (size_t p = b->first; p != NONE; p = s->piece[p].next) {
		const struct line *l = &s->line[s->piece[p].i];

		if (s->piece[p].block || l->open == OPEN_LOWER || l->words > 8 ||
		    l->cue & (CUE_DATE | CUE_LABEL | CUE_TITLES | CUE_SYMBOL) || l->wide > 0)
			return false;
		commas += l->end == END_COMMA;
		caps += (l->cue & CUE_CAPS) != 0;
	}
	return commas > 0 || (b->lines > 2 && caps * 2 < b->lines);
}

/* The kind of a block in the head of a statement; K_P where the head is over. */
static enum kind
head_kind(const struct seg *s, const struct bodies *all, size_t i, bool titled)
{
	const struct block *b = &s->block[all->b[i]];
	const struct line *l = &s->line[b->line];

	if (b->cue & CUE_SALUTE)
		return K_SALUTE;
	if (b->cue & CUE_TITLES || b->cue & CUE_ANNEX)
		return K_HEAD;
	if (b->cue & CUE_SPEAKER)
		return i + 1 < all->n && s->block[all->b[i + 1]].mark.kind != MARK_NONE ? K_P
											: K_SPEAKER;
	if (b->cue & CUE_DATE && b->lines <= 2 && !(b->cue & CUE_CAPS && b->words > 4))
		return K_DATELINE;
	if (b->cue & (CUE_ORGAN | CUE_THANKS))
		return K_P;
	if ((any_cue(s, b) & CUE_ADDRESSEE && is_slight(s, b)) || is_inside_address(s, all, i))
		return K_ADDRESS;
	if (l->spaced || (!titled && l->wide > 0 && is_slight(s, b)) ||
	    (any_cue(s, b) & (titled ? CUE_SYMBOL : CUE_LETTER | CUE_SYMBOL) && !is_prose(s, b)))
		return K_LETTERHEAD;
	if (b->cue & CUE_CAPS && is_slight(s, b))
		return titled || !opens_letter(s, all, i) ? K_HEAD : K_LETTERHEAD;
	return K_P;
}

/* Whether the block begins with a quotation mark. */
bool
opens_quote(const struct seg *s, const struct block *b)
{
	const struct buf *t = &s->line[b->line].text->s;

	return t->data[0] == '"' ||
	       (t->len > 2 && (memcmp(t->data, "\342\200\234", 3) == 0 ||
				  memcmp(t->data, "\342\200\236", 3) == 0)) ||
	       memcmp(t->data, "\302\253", t->len > 1 ? 2 : 1) == 0;
}

/* A colon within, no quotation behind it: "President: Mr. Obi". */
static bool
is_entry(const struct seg *s, const struct block *b)
{
	size_t n;
	const char *p = line_text(s, b->line, &n);

	for (size_t i = 1; i + 2 < n; i++)
		if (p[i] == ':' && p[i + 1] == ' ')
			return p[i + 2] != '"' && (unsigned char)p[i + 2] < 0x80;
	return false;
}

/* Whether a quotation mark ends the block. */
static bool
closes_quote(const struct seg *s, const struct block *b)
{
	const struct buf *t = &s->line[b->end].text->s;
	uint32_t cp;

	utf8_back(t->data, t->len, &cp);
	return cp == '"' || cp == 0x201D || cp == 0x201C || cp == 0xBB;
}

/* Whether block i looks like a heading: short, ending in no stop, with text behind it. */
bool
heads(const struct seg *s, const struct bodies *all, size_t i)
{
	const struct block *b = &s->block[all->b[i]], *next, *last;
	const struct line *l = &s->line[b->line];

	if (i + 1 >= all->n || b->lines > 3 || b->words > 60 || l->open == OPEN_LOWER ||
	    l->letters == 0)
		return false;
	if (ends(s, b) == END_COMMA || ends(s, b) == END_SEMI || ends(s, b) == END_COLON ||
	    ends(s, b) == END_DASH || ends(s, b) == END_HYPHEN)
		return false;
	if (ends(s, b) == END_STOP &&
	    s->line[b->end].text->s.data[s->line[b->end].text->s.len - 1] == '.')
		return false;
	if (i > 0 && is_entry(s, b))
		return false;
	next = &s->block[all->b[i + 1]];
	if (s->line[next->line].open == OPEN_LOWER && next->mark.kind == MARK_NONE)
		return false;
	if (i == 0)
		return true;
	last = &s->block[all->b[i - 1]];
	if (is_prose(s, last) && ends(s, last) != END_STOP && ends(s, last) != END_SEMI &&
	    last->kind != K_HEAD && last->kind != K_ITEM)
		return false;
	return true;
}

static bool
is_bold(const struct seg *s, const struct block *b)
{
	size_t n;
	const char *p = line_text(s, b->line, &n);

	return b->lines == 1 && n > 4 && memcmp(p, "**", 2) == 0 && memcmp(p + n - 2, "**", 2) == 0;
}

/* A heading in the midst of the text needs more than its shape. */
bool
heads_amid(const struct seg *s, const struct bodies *all, size_t i)
{
	const struct block *b = &s->block[all->b[i]];
	const struct line *l = &s->line[b->line];

	if (b->cue & CUE_SECTION)
		return true;
	if (!heads(s, all, i))
		return false;
	if (is_bold(s, b))
		return true;
	/* a sentence in quotation marks */
	if (ends(s, b) == END_STOP && closes_quote(s, b) && !s->line[b->end].calls)
		return false;
	if (l->gap <= l->pitch && !l->brk && !(l->measure == WIDE && !l->parted) && b->line > 0 &&
	    s->line[b->line - 1].role == ROLE_BODY)
		return false;
	/* what is quoted between two paragraphs */
	if (opens_quote(s, b) && !(b->cue & CUE_CAPS))
		return false;
	/* a question, behind the name of who asks it */
	if (i > 0 && s->block[all->b[i - 1]].kind == K_SPEAKER)
		return false;
	if (b->mark.kind == MARK_NUMBER && b->cue & CUE_CAPS)
		return true;
	if (b->mark.kind == MARK_NUMBER)
		return b->words <= 10 && b->lines == 1 &&
		       s->block[all->b[i + 1]].mark.kind != MARK_NUMBER &&
		       (s->block[all->b[i + 1]].words > 10 ||
			   s->block[all->b[i + 1]].cue & CUE_SPEAKER);
	if (b->mark.kind != MARK_NONE || l->digits * 2 > l->letters)
		return false;
	return b->cue & CUE_CAPS || (b->words <= 12 && (capitals(s, b) >= 60 || b->words <= 8));
}

/* Whether a symbol or another line of a letterhead follows. */
static bool
before_letterhead(const struct seg *s, const struct bodies *all, size_t i)
{
	return i + 1 < all->n && s->block[all->b[i + 1]].cue & (CUE_SYMBOL | CUE_LETTER) &&
	       !(s->block[all->b[i + 1]].cue & CUE_TITLES);
}

static bool
before_organ(const struct seg *s, const struct bodies *all, size_t i)
{
	return i + 1 < all->n && s->block[all->b[i + 1]].cue & CUE_ORGAN &&
	       s->block[all->b[i]].words <= 60;
}

/*
 * Whether block i is of a letterhead by what follows: in a letter its date, in minutes
 * their title, with nothing but a few words between.
 */
static bool
is_masthead(const struct seg *s, const struct bodies *all, size_t i, enum type type)
{
	uint32_t cue = type == TYPE_LETTER ? CUE_DATE : type == TYPE_MINUTES ? CUE_MINUTES : 0;

	for (; i < all->n && cue != 0; i++) {
		const struct block *b = &s->block[all->b[i]];

		if (b->cue & cue)
			return true;
		if (!is_slight(s, b) ||
		    b->cue & (CUE_TITLES | CUE_SALUTE | CUE_SPEAKER | CUE_ADDRESSEE))
			return false;
	}
	return false;
}

/*
 * Whether block i is a line of few words that the head of a letter goes on behind, as its number and its
 * subject are: salutations, a date or an addressee follow before any prose.
 */
static bool
is_label(const struct seg *s, const struct bodies *all, size_t i)
{
	for (size_t k = i; k < all->n && k < i + 5; k++) {
		const struct block *b = &s->block[all->b[k]];

		if (k > i && b->cue & (CUE_SALUTE | CUE_DATE | CUE_ADDRESSEE | CUE_TITLES))
			return true;
		if (!is_slight(s, b) || b->cue & (CUE_THANKS | CUE_ORGAN))
			return false;
	}
	return false;
}

/* Kinds of the head; returns the first body block behind it. */
size_t
head_mark(struct seg *s, const struct bodies *all, enum type type)
{
	size_t i;
	bool titled = false, plain;

	for (i = 0; i < all->n; i++) {
		struct block *b = &s->block[all->b[i]];
		const struct line *l = &s->line[b->line];
		enum kind k = head_kind(s, all, i, titled);

		plain = k == K_P &&
			(b->mark.kind == MARK_NONE || (i == 0 && b->mark.kind != MARK_BULLET)) &&
			!(b->cue & (CUE_ORGAN | CUE_THANKS));
		if (plain && heads(s, all, i) &&
		    (is_slight(s, b) || (i == 0 && b->lines == 1) ||
			(ends(s, b) == END_WORD && (b->words <= 24 || before_organ(s, all, i)))))
			k = K_HEAD;
		if (k == K_HEAD && !(b->cue & CUE_TITLES) && is_slight(s, b) && !titled &&
		    (before_letterhead(s, all, i) || is_masthead(s, all, i, type)))
			k = K_LETTERHEAD;
		if (k == K_P && plain && titled && is_slight(s, b) && ends(s, b) != END_COMMA &&
		    ends(s, b) != END_COLON && !is_entry(s, b) && l->letters > 0 && i + 1 < all->n)
			k = K_HEAD;
		if (k == K_P && is_label(s, all, i))
			continue;
		if (k == K_P)
			break;
		titled |= k == K_HEAD || k == K_SALUTE ||
			  (k == K_DATELINE && !before_letterhead(s, all, i));
		/* behind salutations only more of them */
		if (k != K_SALUTE && i > 0 && s->block[all->b[i - 1]].kind == K_SALUTE)
			break;
		b->kind = k;
		if (b->cue & CUE_ANNEX)
			b->annex = 1;
	}
	return i;
}
