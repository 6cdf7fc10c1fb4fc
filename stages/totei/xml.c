/*
 * xml: libxml2's writer over a buffer, with checked and sparingly escaped text.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xmlwriter.h>

#include "msg.h"
#include "utf8.h"
#include "xml.h"

enum { NAMES = 128 };	/* a power of two, more than twice the element names in use */

struct usage {
	const char *name;
	size_t n;
};

struct xml {
	xmlTextWriterPtr writer;
	struct buf out;
	struct buf scratch;	/* escaped text */
	size_t depth, base;
	const char *error;
	struct usage usage[NAMES];
	bool uncounted, sorted;
};

static int
take_bytes(void *ctx, const char *p, int n)
{
	buf_add(ctx, p, (size_t)n);
	return n;
}

static void
must(int result)
{
	if (result < 0)
		msg_die("out of memory (XML writer)");
}

static void
open_writer(struct xml *x)
{
	xmlOutputBufferPtr o = xmlOutputBufferCreateIO(take_bytes, NULL, &x->out, NULL);

	x->writer = o == NULL ? NULL : xmlNewTextWriter(o);
	if (x->writer == NULL)
		msg_die("out of memory (XML writer)");
}

struct xml *
xml_new(void)
{
	struct xml *x = mem_alloc(sizeof(*x));

	*x = (struct xml){0};
	open_writer(x);
	return x;
}

void
xml_clear(struct xml *x)
{
	xmlFreeTextWriter(x->writer);
	open_writer(x);
	buf_clear(&x->out);
	memset(x->usage, 0, sizeof(x->usage));
	x->depth = x->base = 0;
	x->error = NULL;
	x->uncounted = x->sorted = false;
}

void
xml_free(struct xml *x)
{
	xmlFreeTextWriter(x->writer);
	buf_free(&x->out);
	buf_free(&x->scratch);
	free(x);
}

static void
count_name(struct xml *x, const char *name)
{
	size_t n = strlen(name);
	size_t i = ((unsigned char)name[0] * 31u + (unsigned char)name[n - 1] * 7u + n) % NAMES;

	while (x->usage[i].name != NULL && strcmp(x->usage[i].name, name) != 0)
		i = (i + 1) % NAMES;
	x->usage[i].name = name;
	x->usage[i].n++;
}

void
xml_start(struct xml *x, const char *name)
{
	must(xmlTextWriterStartElement(x->writer, BAD_CAST name));
	if (!x->uncounted)
		count_name(x, name);
	x->depth++;
}

void
xml_end(struct xml *x)
{
	must(xmlTextWriterEndElement(x->writer));
	x->depth--;
}

void
xml_close(struct xml *x)
{
	x->depth--;
	xml_line(x);
	x->depth++;
	xml_end(x);
}

/* How a byte is written; NULL: as it is. */
static const char *
escaped(unsigned char c, bool attribute)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '\r':
		return "&#13;";
	case '"':
		return attribute ? "&quot;" : NULL;
	case '\t':
		return attribute ? "&#9;" : NULL;
	case '\n':
		return attribute ? "&#10;" : NULL;
	default:
		return NULL;
	}
}

/* Whether the bytes at s, well-formed UTF-8, are U+FFFE or U+FFFF, which XML forbids. */
static bool
forbidden(const unsigned char *s, size_t n)
{
	return n > 2 && s[0] == 0xEF && s[1] == 0xBF && s[2] >= 0xBE;
}

/* Escapes s into x->scratch. */
static void
escape(struct xml *x, const char *s, size_t n, bool attribute)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t from = 0;
	const char *e;

	buf_clear(&x->scratch);
	for (size_t i = 0; i < n; i++) {
		if (p[i] >= ' ' && p[i] != '&' && p[i] != '<' && p[i] != '>' && p[i] != '"' &&
		    p[i] != 0xEF)
			continue;
		if ((p[i] < ' ' && p[i] != '\t' && p[i] != '\n' && p[i] != '\r') ||
		    forbidden(p + i, n - i))
			x->error = "a character that XML forbids";
		e = escaped(p[i], attribute);
		if (e == NULL)
			continue;
		buf_add(&x->scratch, s + from, i - from);
		buf_adds(&x->scratch, e);
		from = i + 1;
	}
	buf_add(&x->scratch, s + from, n - from);
	if (utf8_valid(s, n) != n)
		x->error = "text that is not UTF-8";
}

static void
put(struct xml *x, const char *s, size_t n)
{
	enum { AT_ONCE = 1 << 30 };	/* libxml2 counts in int */

	for (size_t part; n > 0; s += part, n -= part) {
		part = n < AT_ONCE ? n : AT_ONCE;
		must(xmlTextWriterWriteRawLen(x->writer, BAD_CAST s, (int)part));
	}
}

void
xml_attr(struct xml *x, const char *name, const char *value)
{
	if (value == NULL)
		return;
	must(xmlTextWriterStartAttribute(x->writer, BAD_CAST name));
	escape(x, value, strlen(value), true);
	put(x, x->scratch.data, x->scratch.len);
	must(xmlTextWriterEndAttribute(x->writer));
}

void
xml_attrf(struct xml *x, const char *name, const char *fmt, ...)
{
	struct buf b = {0};
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	xml_attr(x, name, buf_str(&b));
	buf_free(&b);
}

void
xml_text(struct xml *x, const char *s, size_t n)
{
	escape(x, s, n, false);
	put(x, x->scratch.data, x->scratch.len);
}

void
xml_texts(struct xml *x, const char *s)
{
	xml_text(x, s, strlen(s));
}

void
xml_textf(struct xml *x, const char *fmt, ...)
{
	struct buf b = {0};
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	xml_text(x, b.data, b.len);
	buf_free(&b);
}

void
xml_element(struct xml *x, const char *name, const char *text)
{
	xml_line(x);
	xml_start(x, name);
	xml_texts(x, text);
	xml_end(x);
}

void
xml_line(struct xml *x)
{
	static const char space[] = "\n                                                        ";
	size_t n = 1 + 2 * (x->depth + x->base);

	put(x, space, n < sizeof(space) - 1 ? n : sizeof(space) - 1);
}

void
xml_base(struct xml *x, size_t base)
{
	x->base = base;
}

void
xml_raw(struct xml *x, const char *s, size_t n)
{
	put(x, s, n);
}

const struct buf *
xml_bytes(struct xml *x)
{
	must(xmlTextWriterFlush(x->writer));
	return &x->out;
}

void
xml_take(struct xml *x, struct buf *b)
{
	xml_bytes(x);
	*b = x->out;
	x->out = (struct buf){0};
}

const char *
xml_error(const struct xml *x)
{
	return x->error;
}

void
xml_uncounted(struct xml *x, bool uncounted)
{
	x->uncounted = uncounted;
}

/* By name, those without a name last. */
static int
usage_cmp(const void *a, const void *b)
{
	const struct usage *u = a, *v = b;

	if (u->name == NULL || v->name == NULL)
		return (u->name == NULL) - (v->name == NULL);
	return strcmp(u->name, v->name);
}

size_t
xml_usage(struct xml *x, size_t i, const char **name)
{
	if (!x->sorted)
		qsort(x->usage, NAMES, sizeof(*x->usage), usage_cmp);
	x->sorted = true;
	*name = i < NAMES ? x->usage[i].name : NULL;
	return *name == NULL ? 0 : x->usage[i].n;
}
