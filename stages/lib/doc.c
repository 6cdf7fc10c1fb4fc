/*
 * doc: documents and their records: made, changed, and written as stream(5) has them.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stream.h"

static void
rec_free(struct rec *r)
{
	for (size_t i = 0; i < r->nfield; i++)
		free(r->field[i]);
	free(r->field);
	text_free(&r->text);
}

static void
rec_field(struct rec *r, char *owned)
{
	r->field = mem_more(r->field, r->nfield, &r->capfield, sizeof(*r->field));
	r->field[r->nfield++] = owned;
}

void
rec_add(struct rec *r, const char *field)
{
	rec_field(r, mem_dup(field, strlen(field)));
}

static struct rec *
doc_more(struct doc *d, size_t i, char tag)
{
	d->rec = mem_more(d->rec, d->n, &d->cap, sizeof(*d->rec));
	memmove(d->rec + i + 1, d->rec + i, (d->n - i) * sizeof(*d->rec));
	d->n++;
	d->rec[i] = (struct rec){.tag = tag};
	return &d->rec[i];
}

static struct rec *
doc_fill(struct rec *r, va_list ap)
{
	const char *s;

	while ((s = va_arg(ap, const char *)) != NULL)
		rec_add(r, s);
	return r;
}

struct rec *
doc_add(struct doc *d, int tag, ...)
{
	struct rec *r = doc_more(d, d->n, (char)tag);
	va_list ap;

	va_start(ap, tag);
	doc_fill(r, ap);
	va_end(ap);
	return r;
}

struct rec *
doc_insert(struct doc *d, size_t i, int tag, ...)
{
	struct rec *r = doc_more(d, i, (char)tag);
	va_list ap;

	va_start(ap, tag);
	doc_fill(r, ap);
	va_end(ap);
	return r;
}

void
doc_clear(struct doc *d)
{
	for (size_t i = 0; i < d->n; i++)
		rec_free(&d->rec[i]);
	d->n = 0;
	d->failed = d->tagged = false;
}

void
doc_free(struct doc *d)
{
	doc_clear(d);
	free(d->rec);
	*d = (struct doc){0};
}

void
doc_fail(struct doc *d, const char *stage, const char *reason)
{
	size_t kept = d->n > 0 && d->rec[0].tag == 'D';

	for (size_t i = kept; i < d->n; i++)
		rec_free(&d->rec[i]);
	d->n = kept;
	d->failed = true;
	doc_add(d, 'X', stage, reason, NULL);
}

void
doc_meta(struct doc *d, const char *key, const char *value, int post, const char *by)
{
	size_t i = d->n > 0;
	char posterior[8] = "";

	while (i < d->n && d->rec[i].tag == 'M')
		i++;
	if (post != POST_NONE)
		snprintf(posterior, sizeof(posterior), "%d.%02d", post / 100 % 10, post % 100);
	doc_insert(d, i, 'M', key, value, posterior, by, NULL);
}

const char *
doc_get(const struct doc *d, const char *key)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->rec[i].tag == 'M' && d->rec[i].nfield > 1 &&
		    strcmp(d->rec[i].field[0], key) == 0)
			return d->rec[i].field[1];
	return NULL;
}

/* The index of the field key=..., or nfield. */
static size_t
rec_find(const struct rec *r, const char *key)
{
	size_t n = strlen(key), i = 1;

	while (i < r->nfield && (strncmp(r->field[i], key, n) != 0 || r->field[i][n] != '='))
		i++;
	return i;
}

const char *
rec_get(const struct rec *r, const char *key)
{
	size_t i = rec_find(r, key);

	return i < r->nfield ? r->field[i] + strlen(key) + 1 : NULL;
}

void
rec_set(struct rec *r, const char *key, const char *value)
{
	size_t i = rec_find(r, key), n = strlen(key), len = strlen(value);
	char *field = mem_alloc(n + len + 2);

	memcpy(field, key, n);
	field[n] = '=';
	memcpy(field + n + 1, value, len + 1);
	if (i < r->nfield) {
		free(r->field[i]);
		r->field[i] = field;
	} else {
		rec_field(r, field);
	}
}

void
rec_setf(struct rec *r, const char *key, const char *fmt, ...)
{
	char value[64];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(value, sizeof(value), fmt, ap);
	va_end(ap);
	rec_set(r, key, value);
}

const char *
rec_kind(const struct rec *r)
{
	return r->tag == 'B' && r->nfield > 0 ? r->field[0] : "";
}

void
field_escape(struct buf *b, const char *field)
{
	for (;;) {
		size_t n = strcspn(field, "\t\n\r\\");

		buf_add(b, field, n);
		field += n;
		if (*field == '\0')
			return;
		buf_addc(b, '\\');
		buf_addc(b, *field == '\t' ? 't' : *field == '\n' ? 'n' : *field == '\r' ? 'r' : '\\');
		field++;
	}
}

static void
add_field(struct buf *b, const char *field)
{
	buf_addc(b, '\t');
	field_escape(b, field);
}

static void
add_number(struct buf *b, size_t n)
{
	buf_addc(b, '\t');
	buf_addu(b, n);
}

static void
write_note(struct buf *b, const struct note *n)
{
	buf_addc(b, 'N');
	add_number(b, n->off);
	add_number(b, n->len);
	add_field(b, n->kind);
	add_field(b, n->type);
	add_field(b, n->value);
	if (n->post != POST_NONE)
		buf_addf(b, "\t%d.%02d", n->post / 100, n->post % 100);
	else if (*n->by != '\0' || *n->why != '\0')
		buf_addc(b, '\t');
	if (*n->by != '\0' || *n->why != '\0')
		add_field(b, n->by);
	if (*n->why != '\0')
		add_field(b, n->why);
	buf_addc(b, '\n');
}

void
rec_write(struct out *o, const struct rec *r, size_t *count)
{
	struct buf *b;

	if (r->tag != 'T') {
		b = out_buf(o);
		buf_addc(b, r->tag);
		for (size_t i = 0; i < r->nfield; i++)
			add_field(b, r->field[i]);
		buf_addc(b, '\n');
		++*count;
	}
	if (r->tag != 'T' && r->tag != 'B')
		return;
	out_adds(o, "T\t");
	out_add(o, r->text.s.data, r->text.s.len);
	out_addc(o, '\n');
	for (size_t i = 0; i < r->text.n; i++)
		write_note(out_buf(o), &r->text.note[i]);
	*count += 1 + r->text.n;
}

void
doc_write(struct out *o, struct doc *d)
{
	size_t count = 0;
	char end[32];

	for (size_t i = 0; i < d->n; i++) {
		if (d->tagged) {
			rec_write(o, &d->rec[i], &count);
		} else if (d->rec[i].tag == 'T') {
			out_add(o, d->rec[i].text.s.data, d->rec[i].text.s.len);
			out_addc(o, '\n');
		}
	}
	if (!d->tagged)
		return;
	snprintf(end, sizeof(end), "E\t%zu\n", count);
	out_adds(o, end);
}
