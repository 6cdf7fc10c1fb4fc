/*
 * tie: footnote marks to their notes.  In: statements and their blocks; out: mark notes on the lines,
 * and which notes are called.
 *
 * A mark is a call (call.h) that has a note of its statement, on the same page or an earlier one.
 * One that stands alone is taken only for a note that nothing else calls, between the marks of its
 * neighbours.
 */
#include <stdlib.h>
#include <string.h>

#include "call.h"

struct footnote {
	size_t block, page;
	unsigned value; /* 0: stars */
	size_t stars; /* how many */
	char style; /* '(' or '[' where its label stands in brackets, else 0 */
	size_t next; /* with the same number, further down, or NONE */
	size_t called; /* place of the first mark that calls it; NONE: none */
};

/* What may be a mark, with its place in reading order. */
struct mayb {
	struct call call;
	size_t place;
};

struct ties {
	struct footnote *note;
	size_t nnote, capnote;
	struct mayb *mark;
	size_t nmark, capmark;
	struct calls calls; /* of one line */
	size_t first[CALL_HIGHEST + 1], last[CALL_HIGHEST + 1]; /* notes of each number */
	size_t untied;
};

static void
note_add(struct seg *s, struct ties *t, size_t block)
{
	struct block *b = &s->block[block];
	const struct buf *text = &s->line[b->line].text->s;
	struct footnote f = {
	    .block = block, .page = s->line[b->line].page, .next = NONE, .called = NONE};

	f.stars = note_label(text->data, text->len, &f.value);
	if (f.stars == 0 || f.value > CALL_HIGHEST)
		return;
	if (f.value > 0 && (text->data[0] == '(' || text->data[0] == '['))
		f.style = text->data[0];
	t->note = mem_more(t->note, t->nnote, &t->capnote, sizeof(*t->note));
	t->note[t->nnote] = f;
	if (t->first[f.value] == NONE)
		t->first[f.value] = t->nnote;
	else
		t->note[t->last[f.value]].next = t->nnote;
	t->last[f.value] = t->nnote++;
}

static void
mark_add(struct ties *t, const struct call *call)
{
	t->mark = mem_more(t->mark, t->nmark, &t->capmark, sizeof(*t->mark));
	t->mark[t->nmark] = (struct mayb){*call, t->nmark};
	t->nmark++;
}

/* Collects what may be marks in line i; skip bytes at its head are the block's own number. */
static void
scan(const struct seg *s, struct ties *t, size_t i, size_t skip)
{
	struct calls *c = &t->calls;

	c->n = 0;
	calls_scan(s, i, skip, c);
	for (size_t k = 0; k < c->n; k++)
		if (t->first[c->call[k].value] != NONE)
			mark_add(t, &c->call[k]);
		else
			t->untied += c->call[k].word;
}

/*
 * The note of that number a mark on this page calls: on it, else the last before, else on the next; else
 * the only one.
 */
static size_t
note_for(const struct ties *t, const struct call *call, size_t page)
{
	unsigned value = call->value;
	size_t best = NONE;

	for (size_t i = t->first[value]; i != NONE; i = t->note[i].next) {
		if (value == 0 && t->note[i].stars != call->len)
			continue;
		if (t->note[i].page > page + 1 || (t->note[i].page > page && best != NONE))
			break;
		best = i;
	}
	/* at the end of the document, where its notes are gathered */
	if (best == NONE && value > 0 && t->first[value] == t->last[value])
		best = t->first[value];
	return best;
}

/* How little a call asks of its neighbours to be a mark of the note: 0 nothing, 2 most. */
static int
doubt(const struct call *c, const struct footnote *f)
{
	switch (c->kind) {
	case CALL_GLUED:
		return 0;
	case CALL_BRACKETS:
		return c->style == f->style ? 0 : 1;
	case CALL_LOOSE:
		return 2;
	default:
		return 1;
	}
}

static void
tie(struct seg *s, struct ties *t, const struct mayb *m, size_t note)
{
	static const int post[] = {97, 80, 70};
	struct footnote *f = &t->note[note];
	char id[32];

	if (f->called == NONE)
		f->called = m->place;
	s->block[f->block].called = true;
	snprintf(id, sizeof(id), "L%04zu", s->line[s->block[f->block].line].no);
	text_note(s->line[m->call.line].text, m->call.off, m->call.len, "mark", "", id,
	    post[doubt(&m->call, f)], "segment", "");
}

/*
 * A mark that stands alone: its note is called by nothing else, and its neighbours' marks stand
 * around; one between two words has its note on the same page.
 */
static bool
fits(const struct seg *s, const struct ties *t, const struct mayb *m, size_t note)
{
	const struct footnote *f = &t->note[note];
	enum call_kind k = m->call.kind;

	if (f->called != NONE || (k == CALL_LOOSE && f->page != s->line[m->call.line].page))
		return false;
	if (note > 0 && f[-1].value + 1 == f->value &&
	    (f[-1].called == NONE ? k == CALL_OFF || k == CALL_LOOSE : f[-1].called > m->place))
		return false;
	return !(note + 1 < t->nnote && f[1].value == f->value + 1 && f[1].called != NONE &&
		 f[1].called < m->place);
}

static void
marks_tie(struct seg *s, struct ties *t)
{
	/* what the loose ones settle lets others stand between their neighbours */
	static const int order[] = {0, 1, 2, 1, 2};
	size_t note;

	for (size_t n = 0; n < sizeof(order) / sizeof(order[0]); n++)
		for (size_t i = 0; i < t->nmark; i++) {
			int level = order[n];
			const struct mayb *m = &t->mark[i];

			note = note_for(t, &m->call, s->line[m->call.line].page);
			if (doubt(&m->call, &t->note[note != NONE ? note : 0]) != level)
				continue;
			if (note != NONE && (level == 0 || fits(s, t, m, note)))
				tie(s, t, m, note);
			else if (level == 0)
				t->untied++;
		}
}

static bool
may_hold_marks(enum kind k)
{
	return k == K_P || k == K_ITEM || k == K_HEAD || k == K_SALUTE || k == K_SPEAKER ||
	       k == K_CLOSING || k == K_SIGNED || k == K_DATELINE || k == K_LETTERHEAD ||
	       k == K_ADDRESS || k == K_SALUTATION;
}

/* Goes through block b and what interrupts it: first for notes, then for marks. */
static void
visit(struct seg *s, struct ties *t, size_t b, bool notes)
{
	const struct block *k = &s->block[b];

	if (notes && k->kind == K_NOTE)
		note_add(s, t, b);
	for (size_t p = k->first; p != NONE; p = s->piece[p].next) {
		if (s->piece[p].block)
			visit(s, t, s->piece[p].i, notes);
		else if (!notes && may_hold_marks(k->kind))
			scan(s, t, s->piece[p].i, s->piece[p].i == k->line ? k->mark.len : 0);
	}
}

void
ties_find(struct seg *s)
{
	struct ties *t = mem_alloc(sizeof(*t));
	size_t n, i;

	memset(t, 0, sizeof(*t));
	for (n = 0; n < s->nstat; n++) {
		const struct statement *st = &s->stat[n];

		t->nnote = t->nmark = t->untied = 0;
		for (i = 0; i <= CALL_HIGHEST; i++)
			t->first[i] = t->last[i] = NONE;
		for (i = st->first; i < st->end; i++)
			visit(s, t, s->order[i], true);
		for (i = st->first; i < st->end; i++)
			visit(s, t, s->order[i], false);
		marks_tie(s, t);
		s->untied += t->untied;
	}
	free(t->note);
	free(t->mark);
	free(t->calls.call);
	free(t);
}
