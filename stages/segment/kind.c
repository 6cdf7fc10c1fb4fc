/*
 * kind: what each block of a statement is.  In: statements and their blocks; out: kind, depth and
 * the parts they open.
 *
 * A statement has a head (letterhead, date, title, salutations) up to its first prose, a foot
 * (thanks, close, signature, address, date) behind its last, and the text between.
 */
#include <stdlib.h>
#include <string.h>

#include "kind.h"

#define TITLES (CUE_TITLE | CUE_RESOLUTION | CUE_PRESS | CUE_MINUTES)

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

/* Whether block i is to whom a letter goes, as it stands above the salutation: lines with commas at their ends. */
static bool
is_inside_address(const struct seg *s, const struct bodies *all, size_t i)
{
	const struct block *b = &s->block[all->b[i]];
	unsigned commas = 0;

	if (b->lines < 2 || b->lines > 7 || i + 1 >= all->n ||
	    !(s->block[all->b[i + 1]].cue & CUE_SALUTE))
		return false;
	for (size_t p = b->first; p != NONE; p = s->piece[p].next) {
		const struct line *l = &s->line[s->piece[p].i];

		if (s->piece[p].block || l->open == OPEN_LOWER || l->words > 8)
			return false;
		commas += l->end == END_COMMA;
	}
	return commas > 0;
}

/* The kind of a block in the head of a statement; K_P where the head is over. */
static enum kind
head_kind(const struct seg *s, const struct bodies *all, size_t i, bool titled)
{
	const struct block *b = &s->block[all->b[i]];
	const struct line *l = &s->line[b->line];

	if (b->cue & CUE_SALUTE)
		return K_SALUTE;
	if (b->cue & TITLES || b->cue & CUE_ANNEX)
		return K_HEAD;
	if (b->cue & CUE_SPEAKER)
		return i + 1 < all->n && s->block[all->b[i + 1]].mark.kind != MARK_NONE ? K_P : K_SPEAKER;
	if (b->cue & CUE_DATE && b->lines <= 2)
		return K_DATELINE;
	if (b->cue & (CUE_ORGAN | CUE_THANKS))
		return K_P;
	if ((b->cue & CUE_ADDRESSEE && is_slight(s, b)) || is_inside_address(s, all, i))
		return K_ADDRESS;
	if (l->spaced || (!titled && l->wide > 0 && is_slight(s, b)) ||
	    (any_cue(s, b) & (titled ? CUE_SYMBOL : CUE_LETTER | CUE_SYMBOL) && !is_prose(s, b)))
		return K_LETTERHEAD;
	if (b->cue & CUE_CAPS && is_slight(s, b))
		return titled || !opens_letter(s, all, i) ? K_HEAD : K_LETTERHEAD;
	return K_P;
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

/* Whether block i looks like a heading: short, ending in no stop, with text behind it. */
static bool
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
static bool
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
	if (l->gap <= l->pitch && !l->brk && !(l->measure == WIDE && !l->parted) && b->line > 0 && s->line[b->line - 1].role == ROLE_BODY)
		return false;
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
	       !(s->block[all->b[i + 1]].cue & TITLES);
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
		    b->cue & (TITLES | CUE_SALUTE | CUE_SPEAKER | CUE_ADDRESSEE))
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

		if (k > i && b->cue & (CUE_SALUTE | CUE_DATE | CUE_ADDRESSEE | TITLES))
			return true;
		if (!is_slight(s, b) || b->cue & (CUE_THANKS | CUE_ORGAN))
			return false;
	}
	return false;
}

/* Kinds of the head; returns the first body block behind it. */
static size_t
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
		if (k == K_HEAD && !(b->cue & TITLES) && is_slight(s, b) && !titled &&
		    (before_letterhead(s, all, i) || is_masthead(s, all, i, type)))
			k = K_LETTERHEAD;
		if (k == K_P && plain && titled && is_slight(s, b) && ends(s, b) != END_COMMA &&
		    ends(s, b) != END_COLON && !is_entry(s, b) && l->letters > 0 && i + 1 < all->n)
			k = K_HEAD;
		if (k == K_P && is_label(s, all, i))
			continue;
		if (k == K_P)
			break;
		titled |= k == K_HEAD || k == K_DATELINE || k == K_SALUTE;
		/* behind salutations only more of them */
		if (k != K_SALUTE && i > 0 && s->block[all->b[i - 1]].kind == K_SALUTE)
			break;
		b->kind = k;
		if (b->cue & CUE_ANNEX)
			b->annex = 1;
	}
	return i;
}

/* Where lists stand: marks of the items around, outermost first. */
struct list {
	enum mark_kind kind[4];
	unsigned indent[4];
	bool paren[4], upper[4];
	unsigned n;
};

/* The depth of an item with this mark, from 1; opens or closes lists as it says. */
static unsigned
depth(struct list *l, const struct mark *m, unsigned indent)
{
	for (unsigned i = l->n; i > 0; i--)
		if (l->kind[i - 1] == m->kind && l->paren[i - 1] == m->paren &&
		    l->upper[i - 1] == m->upper) {
			/* bullets of one kind nest by indent */
			if (m->kind == MARK_BULLET && indent > l->indent[i - 1] + 1 && i == l->n &&
			    l->n < 4)
				break;
			if (m->kind == MARK_BULLET && indent + 1 < l->indent[i - 1] && i > 1)
				continue;
			l->n = i;
			return i;
		}
	if (l->n == 4)
		return 4;
	l->kind[l->n] = m->kind;
	l->indent[l->n] = indent;
	l->paren[l->n] = m->paren;
	l->upper[l->n] = m->upper;
	return ++l->n;
}

/* Whether a block with a number is an item of a list, not a numbered paragraph. */
static bool
numbers_item(const struct seg *s, const struct bodies *all, size_t i, const struct list *l)
{
	const struct block *b = &s->block[all->b[i]],
			   *last = i > 0 ? &s->block[all->b[i - 1]] : NULL;
	const struct mark *m = &b->mark;

	for (unsigned k = 0; k < l->n; k++)
		if (l->kind[k] == MARK_NUMBER && l->paren[k] == m->paren && m->value > 1)
			return true;
	if (m->value != 1 || last == NULL)
		return false;
	if (last->kind == K_ITEM)
		return s->line[b->line].indent > s->line[last->line].indent ||
		       ends(s, last) == END_COLON;
	return ends(s, last) == END_COLON && b->lines <= 2 && b->words <= 20;
}

/* Whether block i, in minutes, may name a speaker who has no title: "The Harbour Master:". */
static bool
names(const struct seg *s, const struct bodies *all, size_t i)
{
	const struct block *b = &s->block[all->b[i]];

	return ends(s, b) == END_COLON && b->words <= 5 && capitals(s, b) == 100 &&
	       i + 1 < all->n && s->block[all->b[i + 1]].mark.kind == MARK_NONE &&
	       is_prose(s, &s->block[all->b[i + 1]]);
}

/*
 * Whether a dash opens an item, not direct speech: behind a colon or another item, or the block or
 * the one before ends as items do.
 */
static bool
dash_lists(const struct seg *s, const struct bodies *all, size_t i)
{
	const struct block *b = &s->block[all->b[i]],
			   *last = i > 0 ? &s->block[all->b[i - 1]] : NULL;
	const struct line *end = &s->line[b->end];

	/* what somebody says begins with a capital */
	if (s->line[b->line].open == OPEN_LOWER)
		return true;
	if (end->end == END_SEMI || (last != NULL && last->kind == K_ITEM))
		return !end->calls;
	return last != NULL && ends(s, last) == END_COLON && !end->calls;
}

/* The text of a statement between its head and its foot, on the way through it. */
struct amid {
	const struct seg *s;
	const struct bodies *all;
	struct list list; /* the lists open */
	unsigned speakers; /* in all of it */
	bool prose; /* seen so far, the head counted */
};

/* Whether block b goes on with the list of last though it has no mark: one that lost its dash. */
static bool
lost_mark(const struct seg *s, const struct block *last, const struct block *b)
{
	const struct line *l = &s->line[b->line];

	if (last == NULL || last->kind != K_ITEM || b->mark.kind != MARK_NONE ||
	    ends(s, last) != END_SEMI)
		return false;
	return l->open == OPEN_LOWER || (l->indent > 0 && l->indent == s->line[last->line].indent &&
					    (ends(s, b) == END_SEMI || ends(s, b) == END_STOP));
}

/* The depth of block i as an item of a list, or 0 where it is none. */
static unsigned
item_depth(struct amid *m, size_t i)
{
	const struct seg *s = m->s;
	const struct block *b = &s->block[m->all->b[i]];
	const struct block *last = i > 0 ? &s->block[m->all->b[i - 1]] : NULL;

	if (b->mark.kind == MARK_NONE)
		return lost_mark(s, last, b) ? last->depth : s->line[b->end].leader;
	if (b->mark.dash ? !dash_lists(s, m->all, i)
			 : b->mark.kind != MARK_BULLET && b->mark.kind != MARK_LETTER && !b->mark.paren &&
			       !s->line[b->line].leader &&
			       !numbers_item(s, m->all, i, &m->list))
		return 0;
	return depth(&m->list, &b->mark, s->line[b->line].indent);
}

/* Whether a list follows block i, not what somebody says: "DECIDES:". */
static bool
opens_list(const struct amid *m, size_t i)
{
	const struct mark *mark;

	if (i + 1 >= m->all->n)
		return false;
	mark = &m->s->block[m->all->b[i + 1]].mark;
	return mark->kind != MARK_NONE &&
	       (mark->kind != MARK_NUMBER || mark->paren || m->speakers < 2);
}

/* The kind of block i where it is no item. */
static enum kind
amid_kind(struct amid *m, size_t i)
{
	const struct seg *s = m->s;
	const struct block *b = &s->block[m->all->b[i]];
	const struct block *last = i > 0 ? &s->block[m->all->b[i - 1]] : NULL;

	if (b->cue & CUE_SALUTE)
		return m->prose ? K_SALUTATION : K_SALUTE;
	if (b->lines == 1 && !opens_list(m, i) &&
	    (b->cue & CUE_SPEAKER || (m->speakers > 1 && names(s, m->all, i))))
		return K_SPEAKER;
	if (b->cue & CUE_ADOPTED && b->lines <= 2 && !(b->cue & TITLES))
		return K_DATELINE;
	if (b->cue & CUE_THANKS && b->lines == 1 && i + 1 < m->all->n &&
	    !is_prose(s, &s->block[m->all->b[i + 1]]))
		return K_CLOSING;
	if (b->cue & CUE_ANNEX || heads_amid(s, m->all, i) ||
	    (last != NULL && last->annex == 1 && is_slight(s, b) && heads(s, m->all, i)))
		return K_HEAD;
	return K_P;
}

static void
amid_mark(struct seg *s, const struct bodies *all, size_t from, size_t to)
{
	struct amid m = {.s = s, .all = all};

	for (size_t i = 0; i < from; i++)
		m.prose |= is_prose(s, &s->block[all->b[i]]);
	for (size_t i = from; i < to; i++)
		m.speakers += (s->block[all->b[i]].cue & CUE_SPEAKER) != 0;
	for (size_t i = from; i < to; i++) {
		struct block *b = &s->block[all->b[i]];

		m.prose |= is_prose(s, b);
		b->depth = b->cue & (CUE_SALUTE | CUE_ANNEX) ? 0 : item_depth(&m, i);
		if (b->depth > 0) {
			b->kind = K_ITEM;
			continue;
		}
		b->kind = amid_kind(&m, i);
		if (b->kind == K_HEAD && b->cue & (CUE_ANNEX | CUE_SECTION))
			b->annex = b->cue & CUE_ANNEX ? 1 : 2;
		m.list.n = 0;
	}
}

/* Takes the blocks that others absorbed out of the order. */
static void
emptied_drop(struct seg *s)
{
	size_t out = 0, i;

	for (size_t n = 0; n < s->nstat; n++) {
		struct statement *t = &s->stat[n];

		i = t->first;
		t->first = out;
		for (; i < t->end; i++)
			if (s->block[s->order[i]].kind == K_PB ||
			    s->block[s->order[i]].first != NONE)
				s->order[out++] = s->order[i];
		t->end = out;
	}
	s->norder = out;
}

/* The first block of an annex, at least from; all->n where there is none. */
static size_t
annex_at(const struct seg *s, const struct bodies *all, size_t from)
{
	size_t i = from + 1;

	while (i < all->n && !(s->block[all->b[i]].cue & CUE_ANNEX))
		i++;
	return i < all->n ? i : all->n;
}

void
kinds_find(struct seg *s)
{
	struct bodies all = {0};
	size_t from, to, annex, n_all;

	for (size_t n = 0; n < s->nstat; n++) {
		struct statement *t = &s->stat[n];

		all.n = 0;
		for (size_t i = t->first; i < t->end; i++) {
			if (!is_body(&s->block[s->order[i]]))
				continue;
			all.b = mem_more(all.b, all.n, &all.cap, sizeof(*all.b));
			all.b[all.n++] = s->order[i];
		}
		from = head_mark(s, &all, t->type);
		annex = annex_at(s, &all, from);
		if (annex < all.n) {
			/* what an annex stands behind ends before it */
			n_all = all.n;
			all.n = annex;
			to = ending_mark(s, &all, from);
			amid_mark(s, &all, from, to);
			all.n = n_all;
			from = annex;
		}
		to = ending_mark(s, &all, from);
		amid_mark(s, &all, from, to);
	}
	free(all.b);
	emptied_drop(s);
}
