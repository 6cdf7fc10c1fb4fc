/*
 * emit: the tagged stream out of what was found.  In: seg; out: the records of the document, its
 * T lines replaced by S and B.  Every line stands in exactly one block.
 */
#include <stdlib.h>
#include <string.h>

#include "segment.h"
#include "utf8.h"

static const char *const kind_name[] = {[K_P] = "p",
    [K_HEAD] = "head",
    [K_ITEM] = "item",
    [K_NOTE] = "note",
    [K_SALUTE] = "salute",
    [K_SALUTATION] = "salutation",
    [K_DATELINE] = "dateline",
    [K_CLOSING] = "closing",
    [K_SIGNED] = "signed",
    [K_ADDRESS] = "address",
    [K_SPEAKER] = "speaker",
    [K_LETTERHEAD] = "letterhead",
    [K_HEADER] = "header",
    [K_FOOTER] = "footer",
    [K_PAGENUM] = "pagenum",
    [K_RULE] = "rule",
    [K_WEB] = "web",
    [K_RESIDUE] = "residue",
    [K_NOISE] = "noise",
    [K_PB] = "pb"};

static const char *const type_name[] = {[TYPE_LETTER] = "letter",
    [TYPE_RESOLUTION] = "resolution",
    [TYPE_SPEECH] = "speech",
    [TYPE_PRESS] = "press",
    [TYPE_MINUTES] = "minutes",
    [TYPE_OTHER] = "other"};

/* Where records go: a document of its own, so that the old one can be read meanwhile. */
struct emission {
	struct seg *s;
	struct doc out;
	size_t stray; /* records of the source not passed on yet */
	size_t line; /* T records of it passed over */
};

static void
block_id(const struct seg *s, size_t b, char *id, size_t cap)
{
	const struct block *k = &s->block[b];

	if (k->kind == K_PB)
		snprintf(id, cap, "P%zu", k->page + 1);
	else
		snprintf(id, cap, "L%04zu", s->line[k->line].no);
}

/* The source lines of b as ranges in the order of its text. */
static void
ranges(const struct seg *s, const struct block *b, struct buf *out)
{
	size_t from = 0, to = 0, p, no;

	for (p = b->first; p != NONE; p = s->piece[p].next) {
		if (s->piece[p].block)
			continue;
		no = s->line[s->piece[p].i].no;
		/* white lines between do not part a range, other lines do */
		if (from != 0 && s->piece[p].i > 0 && s->line[s->piece[p].i - 1].no == to) {
			to = no;
			continue;
		}
		if (from != 0)
			buf_addf(out, from == to ? "%zu," : "%zu-%zu,", from, to);
		from = to = no;
	}
	buf_addf(out, from == to ? "%zu" : "%zu-%zu", from, to);
}

/* What stands between two lines of a block: nothing behind a hyphen, else a space. */
static const char *
between(const struct line *a, const struct line *b, const char **type)
{
	*type = "";
	if (a->end == END_HYPHEN && (b->open != OPEN_OTHER) && b->mark.kind == MARK_NONE) {
		*type = "maybe";
		return "";
	}
	return " ";
}

/* A note for each block that stands at the end of t: pieces from p on, as far as they are blocks. */
static void
heres(const struct seg *s, size_t p, struct text *t)
{
	char id[40];

	for (; p != NONE && s->piece[p].block; p = s->piece[p].next) {
		block_id(s, s->piece[p].i, id, sizeof(id));
		text_note(t, t->s.len, 0, "here", "", id, POST_NONE, "segment", "");
	}
}

/* The lines of b as one text, with the notes that tell where each began and what stood between. */
static void
text_make(struct seg *s, const struct block *b, struct text *t)
{
	size_t p, last = NONE, held = NONE;
	const char *type;
	char no[24];

	for (p = b->first; p != NONE; p = s->piece[p].next) {
		struct line *l = &s->line[s->piece[p].i];

		if (s->piece[p].block) {
			held = held == NONE ? p : held;
			continue;
		}
		if (last != NONE)
			buf_adds(&t->s, between(&s->line[last], l, &type));
		heres(s, held, t);
		held = NONE;
		if (last != NONE) {
			snprintf(no, sizeof(no), "%zu", l->no);
			text_note(t, t->s.len, 0, "lb", type, no, POST_NONE, "", "");
		}
		text_join(t, "", l->text);
		last = s->piece[p].i;
	}
	heres(s, held, t);
}

static void
stray_pass(struct emission *e, size_t upto)
{
	struct doc *d = e->s->doc;

	for (; e->stray < d->n; e->stray++) {
		struct rec *r = &d->rec[e->stray];

		if (r->tag == 'T') {
			if (e->line >= upto)
				return;
			e->line++;
			continue;
		}
		e->out.rec = mem_more(e->out.rec, e->out.n, &e->out.cap, sizeof(*e->out.rec));
		e->out.rec[e->out.n++] = *r;
		*r = (struct rec){0};
	}
}

/* The mark of a footnote and its length. */
static void
note_keys(struct rec *r)
{
	unsigned value;
	size_t n = note_label(r->text.s.data, r->text.s.len, &value);

	if (value > 0)
		rec_setf(r, "n", "%u", value);
	else if (n > 0)
		rec_setf(r, "n", "%.*s", (int)n, r->text.s.data);
	rec_setf(r, "mark", "%zu", n);
}

static void
block_emit(struct emission *e, size_t i)
{
	struct seg *s = e->s;
	const struct block *b = &s->block[i];
	struct buf lines = {0};
	struct rec *r;
	char id[40];
	size_t p;

	if (e->out.tagged && b->kind != K_PB)
		stray_pass(e, s->line[b->line].no - 1);
	block_id(s, i, id, sizeof(id));
	r = doc_add(&e->out, 'B', kind_name[b->kind], NULL);
	rec_set(r, "id", id);
	if (b->kind == K_PB) {
		rec_setf(r, "page", "%zu", b->page + 1);
		rec_setf(r, "line", "%zu", s->line[b->line].no);
		if (b->number > 0)
			rec_setf(r, "n", "%u", b->number);
		if (!b->ff)
			rec_set(r, "type", "inferred");
	} else {
		ranges(s, b, &lines);
		rec_set(r, "lines", buf_str(&lines));
		text_make(s, b, &r->text);
	}
	if (b->kind == K_ITEM) {
		rec_setf(r, "mark", "%u", b->mark.len);
		rec_setf(r, "depth", "%u", b->depth > 0 ? b->depth : 1);
	}
	if (b->kind == K_P && b->mark.kind == MARK_NUMBER)
		rec_setf(r, "n", "%u", b->mark.value);
	if (b->kind == K_NOTE)
		note_keys(r);
	if (b->in != NONE) {
		block_id(s, b->in, id, sizeof(id));
		rec_set(r, "in", id);
	}
	buf_free(&lines);
	for (p = b->first; p != NONE; p = s->piece[p].next)
		if (s->piece[p].block)
			block_emit(e, s->piece[p].i);
}

static void
statement_emit(struct emission *e, size_t n)
{
	const struct seg *s = e->s;
	const struct statement *t = &s->stat[n];
	struct rec *r;
	char no[24];
	size_t from = NONE, to = 0, i;

	for (i = t->first; i < t->end; i++) {
		const struct block *b = &s->block[s->order[i]];
		if (b->line < from)
			from = b->line;
		if (b->kind != K_PB && b->end > to)
			to = b->end;
	}
	snprintf(no, sizeof(no), "%zu", n + 1);
	r = doc_add(&e->out, 'S', no, NULL);
	rec_set(r, "type", type_name[t->type]);
	rec_setf(r, "lines", "%zu-%zu", s->line[from].no, s->line[to].no);
	for (i = t->first; i < t->end; i++)
		block_emit(e, s->order[i]);
}

void
emit(struct seg *s, const char *options)
{
	struct emission e = {.s = s};
	struct buf stage = {0};
	size_t i, first = 0;

	e.out.tagged = s->doc->tagged;
	while (first < s->doc->n && s->doc->rec[first].tag != 'T')
		first++;
	for (i = 0; i < first; i++) {
		e.out.rec = mem_more(e.out.rec, e.out.n, &e.out.cap, sizeof(*e.out.rec));
		e.out.rec[e.out.n++] = s->doc->rec[i];
		s->doc->rec[i] = (struct rec){0};
	}
	e.stray = first;
	buf_addf(&stage, "segment %s%s%s", EMEND_VERSION, *options != '\0' ? " " : "", options);
	doc_add(&e.out, 'M', "stage", buf_str(&stage), NULL);
	buf_free(&stage);
	for (i = 0; i < s->nstat; i++)
		statement_emit(&e, i);
	stray_pass(&e, NONE);
	doc_free(s->doc);
	*s->doc = e.out;
}
