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
	if (b->mark.dash
		? !dash_lists(s, m->all, i)
		: b->mark.kind != MARK_BULLET && b->mark.kind != MARK_LETTER && !b->mark.paren &&
		      !s->line[b->line].leader && !numbers_item(s, m->all, i, &m->list))
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
	if (b->cue & CUE_ADOPTED && b->lines <= 2 && !(b->cue & CUE_TITLES))
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
