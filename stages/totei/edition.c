/*
 * edition: the files of a document.  By default one; with split = statement one for each statement
 * and one for what stands before the first, included by a corpus that has what they share.  Their
 * bytes stand in one XML as well, with which all of them are checked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "totei.h"

static const char declaration[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
static const char tei_ns[] = "http://www.tei-c.org/ns/1.0";

static struct buf *
add_file(struct edition *e, const char *suffix)
{
	struct edition_file *f;

	e->file = mem_more(e->file, e->n, &e->cap, sizeof(*e->file));
	f = &e->file[e->n++];
	*f = (struct edition_file){.suffix = mem_dup(suffix, strlen(suffix))};
	return &f->bytes;
}

void
edition_free(struct edition *e)
{
	for (size_t i = 0; i < e->n; i++) {
		free(e->file[i].suffix);
		buf_free(&e->file[i].bytes);
	}
	free(e->file);
	buf_free(&e->whole);
	*e = (struct edition){0};
}

/* Adds what was counted of a part to the whole. */
static void
add_sums(struct sums *all, const struct sums *part)
{
	all->pages += part->pages;
	all->statements += part->statements;
	all->blocks += part->blocks;
	all->corr += part->corr;
	all->doubt += part->doubt;
	all->noise += part->noise;
	all->spaced += part->spaced;
	all->encoding += part->encoding;
	for (size_t i = 0; i < part->nby; i++) {
		size_t k = 0;

		while (k < all->nby && strcmp(all->by[k], part->by[i]) != 0)
			k++;
		if (k == all->nby && k < MAKERS)
			all->by[all->nby++] = part->by[i];
	}
}

static void
open_tei(struct xml *x, const char *element)
{
	xml_start(x, element);
	xml_attr(x, "xmlns", tei_ns);
}

/* Writes the header of the document, or of a share of it with its own counts. */
static void
write_head(const struct maker *m, struct doc *d, const struct tree *t, const struct node *share,
    struct sums *sums)
{
	struct head h = {m->head, m->text, share, d, t, m->set, m->meta, sums, doc_get(d, "sha256"),
	    m->options, m->keep};
	struct shares langs = {0};

	sums->words = shares_count(&langs, t, share);
	head_write(&h, &langs);
	shares_free(&langs);
}

static void
make_one(struct edition *e, const struct maker *m, struct doc *d, struct tree *t)
{
	const struct buf *text;

	xml_base(m->text, 1);
	body_write(&(struct body){m->text, t, &e->sums, m->encoding_notes}, d, NULL);
	xml_raw(m->head, declaration, sizeof(declaration) - 1);
	open_tei(m->head, "TEI");
	xml_attr(m->head, "xml:id", t->handle);
	write_head(m, d, t, NULL, &e->sums);
	text = xml_bytes(m->text);
	xml_raw(m->head, text->data, text->len);
	xml_close(m->head);
	xml_raw(m->head, "\n", 1);
	xml_take(m->head, &e->whole);
	add_file(e, "");
}

/* ---- a file a statement ---- */

/* A share of the text: where its text element lies in the bytes of all, and its counts. */
struct share_text {
	const struct node *node;
	size_t from, to;
	struct sums sums;
};

struct share_list {
	struct share_text *s;
	size_t n, cap;
};

static void
add_share(struct share_list *l, const struct maker *m, const struct doc *d, struct tree *t,
    const struct node *node, struct edition *e)
{
	struct share_text *s;

	l->s = mem_more(l->s, l->n, &l->cap, sizeof(*l->s));
	s = &l->s[l->n++];
	*s = (struct share_text){.node = node, .from = xml_bytes(m->text)->len};
	body_write(&(struct body){m->text, t, &s->sums, m->encoding_notes}, d, node);
	s->to = xml_bytes(m->text)->len;
	add_sums(&e->sums, &s->sums);
}

/* The first line of the share as it stands in ids and names; 0 before the first statement. */
static size_t
first_line(const struct node *n)
{
	return n->part == PART_STATEMENT && n->from != NONE ? n->from + 1 : 0;
}

/* Writes one share as a TEI within the corpus, and its bytes to a file of its own. */
static void
make_share(struct edition *e, const struct maker *m, struct doc *d, struct tree *t,
    struct share_text *s)
{
	char suffix[32];
	struct buf *file;
	size_t from;

	snprintf(suffix, sizeof(suffix), "-S%04zu", first_line(s->node));
	xml_line(m->head);
	from = xml_bytes(m->head)->len;
	open_tei(m->head, "TEI");
	xml_attrf(m->head, "xml:id", "%s-T%04zu", t->handle, first_line(s->node));
	write_head(m, d, t, s->node, &s->sums);
	xml_raw(m->head, xml_bytes(m->text)->data + s->from, s->to - s->from);
	xml_close(m->head);
	file = add_file(e, suffix);
	buf_add(file, declaration, sizeof(declaration) - 1);
	buf_add(file, xml_bytes(m->head)->data + from, xml_bytes(m->head)->len - from);
	buf_addc(file, '\n');
}

/* The corpus: its header, which ends the first bytes of m->head, and an include for each share. */
static void
make_corpus(struct edition *e, const struct maker *m, const struct doc *d, size_t head)
{
	const char *out = rec_get(&d->rec[0], "out");
	size_t shares = e->n;
	struct buf *file = add_file(e, "");

	out = out != NULL && strrchr(out, '/') != NULL ? strrchr(out, '/') + 1 : out;
	buf_add(file, xml_bytes(m->head)->data, head);
	for (size_t i = 0; i < shares; i++) {
		buf_adds(file, "\n  <include xmlns=\"http://www.w3.org/2001/XInclude\" href=\"");
		uri_escape(file, out != NULL ? out : "");
		buf_addf(file, "%s.xml%s\"/>", e->file[i].suffix, m->gzip ? ".gz" : "");
	}
	buf_adds(file, "\n</teiCorpus>\n");
}

static void
make_split(struct edition *e, const struct maker *m, struct doc *d, struct tree *t)
{
	struct share_list l = {0};
	const struct node *n = t->body->first;
	size_t head;

	xml_base(m->text, 2);
	if (n != NULL && n->part != PART_STATEMENT)
		add_share(&l, m, d, t, t->body, e);
	for (; n != NULL; n = n->next)
		if (n->part == PART_STATEMENT)
			add_share(&l, m, d, t, n, e);
	xml_raw(m->head, declaration, sizeof(declaration) - 1);
	open_tei(m->head, "teiCorpus");
	xml_attr(m->head, "xml:id", t->handle);
	write_head(m, d, t, NULL, &e->sums);
	head = xml_bytes(m->head)->len;
	for (size_t i = 0; i < l.n; i++)
		make_share(e, m, d, t, &l.s[i]);
	make_corpus(e, m, d, head);
	xml_close(m->head);
	xml_raw(m->head, "\n", 1);
	xml_take(m->head, &e->whole);
	free(l.s);
}

void
edition_make(struct edition *e, const struct maker *m, struct doc *d, struct tree *t)
{
	const char *src = rec_get(&d->rec[0], "src"), *sha256 = doc_get(d, "sha256");

	if (sha256 == NULL)
		sha256 = doc_get(d, "sha256-reduced");
	t->handle = handle_make(src != NULL ? src : "", sha256);
	xml_clear(m->head);
	xml_clear(m->text);
	symbols_mark_all(d, t);
	if (m->set->split != NULL && t->nstatement > 1)
		make_split(e, m, d, t);
	else
		make_one(e, m, d, t);
	e->error = t->error != NULL ? t->error : xml_error(m->text);
	if (e->error == NULL)
		e->error = xml_error(m->head);
}
