/*
 * type: of which type a statement is - a letter, a resolution, a speech, a press piece, minutes - by what its
 * head, its foot and its speakers show.  In: a statement and its blocks; out: its type, with a posterior.
 */
#include <string.h>

#include "phrase.h"
#include "kind.h"
#include "statement.h"
#include "utf8.h"

#define LEAD 400 /* bytes of a line that are looked at for what a first sentence holds */

/* What a statement shows of its type. */
struct traits {
	unsigned speakers, salutes, thanks, web;
	unsigned numbers; /* headings with a number */
	unsigned proses, clauses; /* blocks of prose; those that end as clauses do */
	bool close, quotes, sections, notes;
	bool press, minutes, resolution, title, label, speaker; /* cues before the first prose */
	const struct block *first; /* of prose */
	bool lead; /* the first sentence stands behind place and date: "GENEVA, 3 May - " */
	bool called; /* a body is named there: "The Council," */
};

/* Whether a statement begins with a line that may be a headline. */
static bool
headed(const struct seg *s, const struct statement *t)
{
	for (size_t i = t->first; i < t->end; i++) {
		const struct block *b = &s->block[s->order[i]];

		if (is_body(b))
			return b->lines <= 2 && !is_prose(s, b) &&
			       s->line[b->end].end == END_WORD && b->mark.kind == MARK_NONE;
	}
	return false;
}

/* Whether the block holds what the first sentence of a note verbale does. */
static bool
is_verbale(const struct seg *s, const struct block *b)
{
	size_t to = b->end < b->line + 2 ? b->end + 1 : b->line + 2;

	for (size_t i = b->line; i < to; i++) {
		const struct buf *t = &s->line[i].text->s;

		if (phrase_is(s->phrases, C_VERBALE, t->data,
			t->len < LEAD ? t->len : utf8_valid(t->data, LEAD)))
			return true;
	}
	return false;
}

/* Whether the block begins as a report of an agency does: "Geneva, 3 May 2004 - The". */
static bool
is_lead(const struct seg *s, const struct block *b)
{
	const struct buf *t = &s->line[b->line].text->s;
	size_t n = t->len < 80 ? t->len : 80, i = 0;
	uint32_t cp = 0, before = ' ';
	struct date d;

	if (s->line[b->line].open != OPEN_UPPER)
		return false;
	while (i < n && !(before == ' ' && (cp == '-' || cp == 0x2013 || cp == 0x2014) &&
			    t->data[i] == ' ')) {
		before = cp;
		i += utf8_get(t->data + i, t->len - i, &cp);
	}
	if (i >= n)
		return false;
	d = date_read(s, t->data, i);
	return d.month > 0 && d.day > 0 && d.at != NONE && d.at > 0;
}

/* Whether a block begins as the record of a meeting says that it begins or ends. */
static bool
is_record(const struct seg *s, const struct statement *t)
{
	for (size_t i = t->first; i < t->end; i++) {
		const struct block *b = &s->block[s->order[i]];
		const struct buf *l = &s->line[b->line].text->s;

		if (is_body(b) && b->lines <= 2 && s->line[b->line].open == OPEN_UPPER &&
		    phrase_is(s->phrases, C_RECORD, l->data,
			l->len < 60 ? l->len : utf8_valid(l->data, 60)))
			return true;
	}
	return false;
}

static struct traits
traits_read(const struct seg *s, const struct statement *t)
{
	struct traits r = {0};

	for (size_t i = t->first; i < t->end; i++) {
		const struct block *b = &s->block[s->order[i]];
		enum ending end = s->line[b->end].end;

		r.web += b->kind == K_WEB;
		r.notes |= b->kind == K_NOTE;
		if (!is_body(b))
			continue;
		r.speakers += (b->cue & CUE_SPEAKER) != 0;
		r.salutes += (b->cue & CUE_SALUTE) != 0;
		r.thanks += (b->cue & CUE_THANKS) != 0;
		r.close |= (b->cue & (CUE_CLOSE | CUE_ADDRESSEE)) != 0;
		r.sections |= (b->cue & CUE_SECTION) != 0;
		r.quotes |= opens_quote(s, b);
		r.numbers += b->mark.kind == MARK_NUMBER && !b->mark.paren && !is_prose(s, b);
		if (r.proses == 0) {
			r.press |= (b->cue & CUE_PRESS) != 0;
			r.minutes |= (b->cue & CUE_MINUTES) != 0;
			r.resolution |= (b->cue & (CUE_RESOLUTION | CUE_ORGAN)) != 0;
			r.title |= (b->cue & CUE_TITLE) != 0;
			r.speaker |= (b->cue & CUE_SPEAKER) != 0;
			r.label |= (b->cue & CUE_LABEL) != 0;
			r.called |= b->lines == 1 && b->words <= 10 && end == END_COMMA &&
				    !(b->cue & CUE_SALUTE);
		}
		if (is_prose(s, b)) {
			r.first = r.proses == 0 ? b : r.first;
			r.lead |= r.proses == 0 && is_lead(s, b);
			r.proses++;
			r.clauses += end == END_COMMA || end == END_SEMI;
		}
	}
	r.resolution |= r.called && r.clauses >= 1 && r.clauses * 3 >= r.proses;
	return r;
}

/* The type of a statement, by what its head, its foot and its speakers show. */
void
type_find(const struct seg *s, struct statement *t)
{
	struct head h = opening_read(s, t->first);
	struct traits r = traits_read(s, t);
	bool story = headed(s, t) && (h.date || r.quotes) && !r.sections && r.numbers < 2 &&
		     !r.notes && r.proses > 2;

	t->post = 90;
	if (r.minutes || r.speakers >= 3)
		t->type = TYPE_MINUTES;
	else if (r.resolution || h.organ)
		t->type = TYPE_RESOLUTION;
	else if (r.press || r.lead)
		t->type = TYPE_PRESS;
	else if (!r.title && r.salutes == 0 && is_record(s, t))
		t->type = TYPE_MINUTES;
	else if (!r.title &&
		 (r.label || (r.salutes == 0 && r.first != NULL && is_verbale(s, r.first))))
		t->type = TYPE_LETTER;
	else if (r.close && (h.date || r.salutes > 0) && !r.title)
		t->type = TYPE_LETTER;
	else if (r.title || r.salutes > 0 || r.thanks > 0 || r.speaker)
		t->type = TYPE_SPEECH;
	else if (r.web > 0 || story) {
		t->type = TYPE_PRESS;
		t->post = 60;
	} else {
		t->type = TYPE_OTHER;
		t->post = 60;
	}
}
