/*
 * body: the text element and what stands off it, written from the tree.  A block stands on a line
 * of its own with its id and its source lines; what only groups blocks has the lines of all.
 */
#include <stdlib.h>
#include <string.h>

#include "totei.h"

static bool
is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

void
resp_write(struct body *b, const char *by)
{
	struct sums *s = b->sums;
	size_t i = 0;

	if (!id_sound(by))
		return;
	while (i < s->nby && !is(s->by[i], by))
		i++;
	if (i == MAKERS)
		return;
	s->by[i] = by;
	if (i == s->nby)
		s->nby++;
	xml_attrf(b->x, "resp", "#%s", by);
}

void
source_write(struct xml *x, const struct ranges *v)
{
	struct buf b = {0};

	for (size_t i = 0; i < v->n; i++)
		buf_addf(&b, "%ssrc:line=%zu,%zu", i > 0 ? " " : "", v->r[i].from, v->r[i].to);
	if (v->n > 0)
		xml_attr(x, "source", buf_str(&b));
	buf_free(&b);
}

/* Writes xml:lang where it differs from the language around; returns the language within. */
static const char *
lang_write(struct xml *x, const char *lang, const char *around)
{
	if (lang == NULL || is(lang, around))
		return around;
	xml_attr(x, "xml:lang", lang);
	return lang;
}

static void
id_write(struct body *b, const struct block *k)
{
	xml_attrf(b->x, "xml:id", "%s-%s", b->t->handle, k->id);
}

static void
pb_write(struct body *b, const struct block *k)
{
	xml_start(b->x, "pb");
	xml_attr(b->x, "n", rec_get(k->rec, "n"));
	xml_attr(b->x, "type", rec_get(k->rec, "type"));
	xml_end(b->x);
	b->sums->pages++;
}

/* The attributes that blocks of its kind have beside id, source and language. */
static void
attributes_write(struct body *b, size_t i)
{
	const struct block *k = &b->t->block[i];
	const char *anchored = rec_get(k->rec, "anchored");

	if (is(k->element, "fw") || is(k->element, "ab") || is(k->element, "seg"))
		xml_attr(b->x, "type", k->type);
	if (is(k->element, "fw"))
		xml_attr(b->x, "place", k->place);
	if (is(k->element, "note"))
		xml_attr(b->x, "place", "foot");
	if (is(k->element, "p") || is(k->element, "note"))
		xml_attr(b->x, "n", rec_get(k->rec, "n"));
	if (is(k->element, "note") && anchored != NULL && is(anchored, "no"))
		xml_attr(b->x, "anchored", "false");
}

/* The bytes of the text that a marker takes at its beginning and that can stand in a label. */
static size_t
marker(const struct block *k)
{
	const char *key = rec_get(k->rec, "mark");
	const struct text *t = &k->rec->text;
	size_t n = key != NULL ? strtoull(key, NULL, 10) : 0;

	if (n > t->s.len || (!is(k->element, "item") && !is(k->element, "note")))
		return 0;
	if (n < t->s.len && ((unsigned char)t->s.data[n] & 0xC0) == 0x80)
		return 0;
	for (size_t i = 0; i < t->n && t->note[i].off < n; i++)
		if (t->note[i].off + t->note[i].len > n)
			return 0;
	return n;
}

/* An address: each of its lines an addrLine, unless a note reaches over a line end. */
static void
address_write(struct body *b, size_t i, const char *lang)
{
	const struct text *t = &b->t->block[i].rec->text;
	size_t from = 0, reach = 0, k = 0;

	while (from <= t->s.len) {
		while (k < t->n && (!is(t->note[k].kind, "lb") || t->note[k].off < reach ||
		    t->note[k].off <= from)) {
			if (t->note[k].off + t->note[k].len > reach)
				reach = t->note[k].off + t->note[k].len;
			k++;
		}
		xml_line(b->x);
		xml_start(b->x, "addrLine");
		inline_write(b, i, from, k < t->n ? t->note[k].off : t->s.len, lang);
		xml_end(b->x);
		if (k == t->n)
			break;
		from = t->note[k++].off;
	}
}

/* How sure it is that a block is specks, from its key cert; NULL where it does not say so. */
static const char *
cert_of(const struct rec *r)
{
	const char *s = rec_get(r, "cert");

	if (s == NULL || strlen(s) != 4 || strncmp(s, "0.", 2) != 0 ||
	    strspn(s + 2, "0123456789") != 2)
		return NULL;
	return s;
}

/* A line of specks: all of it is noise. */
void
specks_write(struct body *b, size_t i, const char *lang)
{
	struct block *k = &b->t->block[i];

	k->written = true;
	xml_start(b->x, "surplus");
	xml_attr(b->x, "reason", "ocr-noise");
	xml_attr(b->x, "cert", cert_of(k->rec));
	resp_write(b, "segment");
	inline_write(b, i, 0, k->rec->text.s.len, lang);
	xml_end(b->x);
	b->sums->noise++;
}

static void
content_write(struct body *b, size_t i, const char *lang)
{
	const struct block *k = &b->t->block[i];
	size_t mark = marker(k), n = k->rec->text.s.len;

	if (is(k->element, "address")) {
		address_write(b, i, lang);
		return;
	}
	if (is(k->element, "fw") && is(k->type, "noise")) {
		specks_write(b, i, lang);
		return;
	}
	if (mark > 0) {
		xml_start(b->x, "label");
		inline_write(b, i, 0, mark, lang);
		xml_end(b->x);
	}
	inline_write(b, i, mark, n, lang);
}

/* A link to another block with an id of its own. */
static void
link_write(struct body *b, const char *name, size_t i)
{
	if (i != NONE && !is(b->t->block[i].element, "pb") && !b->t->block[i].in_line)
		xml_attrf(b->x, name, "#%s-%s", b->t->handle, b->t->block[i].id);
}

static const char *
block_open(struct body *b, size_t i, const char *lang)
{
	struct block *k = &b->t->block[i];
	struct ranges v = {0};

	k->written = true;
	if (k->host != NONE && !is(k->element, "fw") && !is(k->element, "note")) {
		k->type = id_sound(rec_kind(k->rec)) ? rec_kind(k->rec) : "other";
		k->element = "seg";
	}
	ranges_of(&v, b->t, i);
	xml_start(b->x, k->element);
	attributes_write(b, i);
	lang = lang_write(b->x, k->lang, lang);
	id_write(b, k);
	source_write(b->x, &v);
	link_write(b, "next", k->next);
	link_write(b, "prev", k->prev);
	ranges_free(&v);
	b->sums->blocks++;
	return lang;
}

void
block_write(struct body *b, size_t i, const char *lang)
{
	struct block *k = &b->t->block[i];

	xml_line(b->x);
	if (is(k->element, "pb")) {
		k->written = true;
		pb_write(b, k);
		return;
	}
	lang = block_open(b, i, lang);
	content_write(b, i, lang);
	if (is(k->element, "address"))
		xml_close(b->x);
	else
		xml_end(b->x);
}

/* ---- what groups blocks ---- */

static void part_write(struct body *b, const struct node *n, const char *lang);

static void
children_write(struct body *b, const struct node *n, const char *lang)
{
	for (const struct node *c = n->first; c != NULL; c = c->next)
		part_write(b, c, lang);
}

/* An item with the lists in it. */
static void
item_write(struct body *b, const struct node *n, const char *lang)
{
	xml_line(b->x);
	lang = block_open(b, n->block, lang);
	content_write(b, n->block, lang);
	children_write(b, n, lang);
	xml_close(b->x);
}

static void
statement_attributes(struct body *b, const struct node *n)
{
	const char *type = rec_get(n->rec, "type");

	xml_attr(b->x, "type", "statement");
	xml_attr(b->x, "subtype", type != NULL && id_sound(type) ? type : NULL);
	xml_attr(b->x, "n", n->rec->nfield > 0 ? n->rec->field[0] : NULL);
	if (n->from != NONE)
		xml_attrf(b->x, "xml:id", "%s-S%04zu", b->t->handle, n->from + 1);
	b->sums->statements++;
}

static void
part_start(struct body *b, const struct node *n)
{
	static const char *const element[] = {
	    "body", "div", "div", "div", "div", "opener", "closer", "list", "sp", "p"};
	static const char *const type[] = {[PART_MAIN] = "main", [PART_ANNEX] = "annex",
	    [PART_SECTION] = "section"};

	xml_start(b->x, element[n->part]);
	if (n->part == PART_STATEMENT)
		statement_attributes(b, n);
	else if (n->part <= PART_SECTION)
		xml_attr(b->x, "type", type[n->part]);
	if ((n->part == PART_ANNEX || n->part == PART_SECTION) && n->rec != NULL)
		xml_attr(b->x, "n", rec_get(n->rec, "divn"));
}

/* A body wants something in it: a paragraph of no lines. */
static void
nothing_write(struct body *b)
{
	xml_line(b->x);
	xml_start(b->x, "p");
	xml_attrf(b->x, "xml:id", "%s-L0000", b->t->handle);
	xml_attr(b->x, "source", "src:line=0,0");
	xml_end(b->x);
}

static void
part_write(struct body *b, const struct node *n, const char *lang)
{
	struct range r = {n->from, n->to};

	if (n->part == PART_BLOCK) {
		if (n->first != NULL)
			item_write(b, n, lang);
		else
			block_write(b, n->block, lang);
		return;
	}
	xml_line(b->x);
	part_start(b, n);
	lang = lang_write(b->x, n->lang, lang);
	if (n->from != NONE && n->part != PART_BODY)
		source_write(b->x, &(struct ranges){&r, 1, 1});
	children_write(b, n, lang);
	if (n->part == PART_BODY && !n->body)
		nothing_write(b);
	xml_close(b->x);
}

/* A body with one statement in it, or with what stands before the first. */
static void
share_write(struct body *b, const struct node *share, const char *lang)
{
	xml_line(b->x);
	xml_start(b->x, "body");
	if (share->part == PART_STATEMENT) {
		part_write(b, share, lang);
	} else {
		for (const struct node *c = share->first; c != NULL; c = c->next)
			if (c->part != PART_STATEMENT)
				part_write(b, c, lang);
	}
	xml_close(b->x);
}

void
body_write(struct body *b, const struct doc *d, const struct node *share)
{
	const char *lang = share != NULL && share->lang != NULL ? share->lang : b->t->lang;

	xml_line(b->x);
	xml_start(b->x, "text");
	xml_attr(b->x, "xml:lang", lang);
	if (share == NULL)
		part_write(b, b->t->body, lang);
	else
		share_write(b, share, lang);
	xml_close(b->x);
	order_write(b, d, share);
}
