/*
 * emit: the tagged stream out of what was found.  In: seg; out: the records of the document, its
 * T lines replaced by S and B.  Every line stands in exactly one block.
 */
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "segment.h"
#include "texts.h"

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
range(struct buf *out, size_t from, size_t to)
{
	if (from == 0)
		return;
	if (out->len > 0)
		buf_addc(out, ',');
	buf_addu(out, from);
	if (from == to)
		return;
	buf_addc(out, '-');
	buf_addu(out, to);
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
		range(out, from, to);
		from = to = no;
	}
	range(out, from, to);
}

/* Takes record i of the source over as it is. */
static void
take(struct emission *e, size_t i)
{
	e->out.rec = mem_more(e->out.rec, e->out.n, &e->out.cap, sizeof(*e->out.rec));
	e->out.rec[e->out.n++] = e->s->doc->rec[i];
	e->s->doc->rec[i] = (struct rec){0};
}

/* Passes on what is no line and stands before source line upto. */
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
		take(e, e->stray);
	}
}

/* The mark of a footnote and its length. */
static void
note_keys(struct rec *r, const struct block *b)
{
	unsigned value;
	size_t n = note_label(r->text.s.data, r->text.s.len, &value);

	if (value > 0)
		rec_setf(r, "n", "%u", value);
	else if (n > 0)
		rec_setf(r, "n", "%.*s", (int)n, r->text.s.data);
	rec_setf(r, "mark", "%zu", n);
	if (!b->called)
		rec_set(r, "anchored", "no");
}

/* A section or an annex that begins with b. */
static void
part_keys(struct rec *r, const struct block *b)
{
	const char *p = r->text.s.data;
	size_t n = b->mark.len;

	if (b->annex == 0)
		return;
	rec_set(r, "div", b->annex == 1 ? "annex" : "section");
	while (n > 0 && strchr(".() ", p[n - 1]) != NULL)
		n--;
	while (n > 0 && *p == '(') {
		p++;
		n--;
	}
	if (b->annex == 2 && n > 0)
		rec_setf(r, "divn", "%.*s", (int)n, p);
}

static void
keys(struct rec *r, const struct seg *s, const struct block *b)
{
	switch (b->kind) {
	case K_PB:
		rec_setf(r, "page", "%zu", b->page + 1);
		rec_setf(r, "line", "%zu", s->line[b->line].no);
		if (b->number > 0)
			rec_setf(r, "n", "%u", b->number);
		if (!b->ff)
			rec_set(r, "type", "inferred");
		break;
	case K_ITEM:
		rec_setf(r, "mark", "%u", b->mark.len);
		rec_setf(r, "depth", "%u", b->depth > 0 ? b->depth : 1);
		break;
	case K_P:
		if (b->mark.kind == MARK_NUMBER)
			rec_setf(r, "n", "%u", b->mark.value);
		break;
	case K_NOTE:
		if (b->cont == NONE)
			note_keys(r, b);
		break;
	case K_HEAD:
		part_keys(r, b);
		break;
	case K_NOISE:
		rec_setf(r, "post", "%u.%02u", b->post / 100, b->post % 100);
		break;
	default:
		break;
	}
}

/* Widens from..to to the lines of block i and of what interrupts it. */
static void
span(const struct seg *s, size_t i, size_t *from, size_t *to)
{
	for (size_t p = s->block[i].first; p != NONE; p = s->piece[p].next) {
		size_t k = s->piece[p].i;

		if (s->piece[p].block) {
			span(s, k, from, to);
			continue;
		}
		*from = k < *from ? k : *from;
		*to = k > *to ? k : *to;
	}
}

static void
block_emit(struct emission *e, size_t i)
{
	struct seg *s = e->s;
	const struct block *b = &s->block[i];
	struct buf v = {0};
	struct rec *r;

	if (e->out.tagged && b->kind != K_PB)
		stray_pass(e, s->line[b->line].no - 1);
	r = doc_add(&e->out, 'B', kind_name[b->kind], NULL);
	block_id(s, i, &v);
	rec_set(r, "id", buf_str(&v));
	if (b->kind != K_PB) {
		buf_clear(&v);
		ranges(s, b, &v);
		rec_set(r, "lines", buf_str(&v));
		text_make(s, b, &r->text);
	}
	keys(r, s, b);
	if (b->cont != NONE) {
		block_id(s, b->cont, &v);
		rec_set(r, "cont", buf_str(&v));
	}
	if (b->in != NONE) {
		block_id(s, b->in, &v);
		rec_set(r, "in", buf_str(&v));
	}
	buf_free(&v);
	for (size_t p = b->first; p != NONE; p = s->piece[p].next)
		if (s->piece[p].block)
			block_emit(e, s->piece[p].i);
}

/* Says which pages of the statement were put in order, and which may be out of it. */
static void
moves_emit(struct emission *e, size_t from, size_t to)
{
	const struct seg *s = e->s;
	char what[64], post[24];

	for (size_t i = 0; i < s->nmoved; i++) {
		const struct moved *m = &s->moved[i];

		if (m->page < from || m->page > to)
			continue;
		snprintf(what, sizeof(what), "P%zu %s", m->page + 1, m->how);
		snprintf(post, sizeof(post), "%u.%02u", m->post / 100, m->post % 100);
		doc_add(&e->out, 'M', m->done ? "order" : "order-proposed", what, post, "segment",
		    NULL);
	}
}

static void
statement_emit(struct emission *e, size_t n)
{
	const struct seg *s = e->s;
	const struct statement *t = &s->stat[n];
	struct rec *r;
	char no[24];
	size_t from = NONE, to = 0, i;

	for (i = t->first; i < t->end; i++)
		span(s, s->order[i], &from, &to);
	snprintf(no, sizeof(no), "%zu", n + 1);
	r = doc_add(&e->out, 'S', no, NULL);
	rec_set(r, "type", type_name[t->type]);
	rec_setf(r, "post", "%u.%02u", t->post / 100, t->post % 100);
	if (s->line[from].no == s->line[to].no)
		rec_setf(r, "lines", "%zu", s->line[from].no);
	else
		rec_setf(r, "lines", "%zu-%zu", s->line[from].no, s->line[to].no);
	if (e->out.tagged) {
		meta_add(s, n, &e->out);
		moves_emit(e, s->line[from].page, s->line[to].page);
	}
	for (i = t->first; i < t->end; i++)
		block_emit(e, s->order[i]);
}

static void
count_add(struct emission *e, const char *name, size_t n)
{
	struct buf b = {0};

	buf_addf(&b, "%s %zu", name, n);
	if (e->out.tagged)
		doc_add(&e->out, 'M', "count", buf_str(&b), "", "segment", NULL);
	msg_count(name, n);
	buf_free(&b);
}

static void
counts(struct emission *e)
{
	const struct seg *s = e->s;
	size_t kinds[K_PB + 1] = {0}, moved = 0, i;

	for (i = 0; i < s->nblock; i++)
		if (s->block[i].kind == K_PB || s->block[i].first != NONE)
			kinds[s->block[i].kind]++;
	for (i = 0; i < s->nmoved; i++)
		moved += s->moved[i].done;
	count_add(e, "statements", s->nstat);
	count_add(e, "pages", kinds[K_PB]);
	count_add(e, "footnotes", kinds[K_NOTE]);
	count_add(e, "footnote-marks-without-note", s->untied);
	count_add(e, "noise-lines", kinds[K_NOISE]);
	count_add(e, "pages-reordered", moved);
}

void
emit(struct seg *s)
{
	struct emission e = {.s = s};
	size_t i, first = 0;

	e.out.tagged = s->doc->tagged;
	while (first < s->doc->n && s->doc->rec[first].tag != 'T')
		first++;
	for (i = 0; i < first; i++)
		take(&e, i);
	e.stray = first;
	for (i = 0; i < s->nstat; i++)
		statement_emit(&e, i);
	stray_pass(&e, NONE);
	counts(&e);
	doc_free(s->doc);
	*s->doc = e.out;
}
