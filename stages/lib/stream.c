/*
 * stream: documents out of a tagged stream or plain text, and back.  Nothing in the input is
 * trusted: what breaks stream(5) makes its document a failed one, and the next is read.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "stream.h"
#include "utf8.h"

static const char opening[] = "#emend ";

struct stream {
	struct in *in;
	bool tagged;
	size_t line;		/* of the stream, for messages */
	struct buf buf;
	bool held;		/* buf holds a record that was read but belongs to the next document */
	bool done;		/* plain text: its one document was read */
};

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
		rec_field(r, mem_dup(s, strlen(s)));
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

/* ---- reading ---- */

struct stream *
stream_open(struct in *in, bool plain)
{
	struct stream *s = mem_alloc(sizeof(*s));
	const char *p;
	size_t n = sizeof(opening) - 1;

	*s = (struct stream){.in = in};
	if (!plain && in_peek(in, &p, n) == n && memcmp(p, opening, n) == 0) {
		s->tagged = true;
		in_line(in, &s->buf, NULL);
		s->line = 1;
		if (strcmp(buf_str(&s->buf) + n, "1") != 0)
			msg_die("%s: a stream of version %.20s, this program reads version 1",
			    in_name(in), buf_str(&s->buf) + n);
	}
	return s;
}

bool
stream_tagged(const struct stream *s)
{
	return s->tagged;
}

void
stream_close(struct stream *s)
{
	in_close(s->in);
	buf_free(&s->buf);
	free(s);
}

/* Makes the n bytes at s a string, its escapes undone; what stands behind them is lost. */
static void
unescape(char *s, size_t n)
{
	char *to = memchr(s, '\\', n);

	s[n] = '\0';
	if (to == NULL)
		return;
	for (const char *from = to; *from != '\0'; from++) {
		*to = *from;
		if (*from == '\\' && from[1] != '\0') {
			const char *code = "t\tn\nr\r\\\\", *c = code;

			while (*c != '\0' && *c != from[1])
				c += 2;
			if (*c != '\0') {
				*to = c[1];
				from++;
			}
		}
		to++;
	}
	*to = '\0';
}

/* Takes a field off what stands behind the tag, *p to end, as a string; NULL where there is none. */
static char *
next_field(char **p, char *end)
{
	char *field = *p + 1, *tab;

	if (*p >= end)
		return NULL;
	tab = memchr(field, '\t', (size_t)(end - field));
	*p = tab != NULL ? tab : end;
	unescape(field, (size_t)(*p - field));
	return field;
}

/* A decimal number of at most 15 digits; false for anything else. */
static bool
number(const char *s, size_t *n)
{
	size_t digits = strspn(s, "0123456789");

	*n = (size_t)strtoull(s, NULL, 10);
	return digits > 0 && digits < 16 && s[digits] == '\0';
}

/* "0.97" as 97, "" as POST_NONE; -2 for anything else. */
static int
posterior(const char *s)
{
	if (*s == '\0')
		return POST_NONE;
	if (strlen(s) != 4 || (s[0] != '0' && s[0] != '1') || s[1] != '.' ||
	    strspn(s + 2, "0123456789") != 2)
		return -2;
	return (s[0] - '0') * 100 + (s[2] - '0') * 10 + (s[3] - '0');
}

static bool
on_bound(const struct text *t, size_t off)
{
	return off == t->s.len || ((unsigned char)t->s.data[off] & 0xC0) != 0x80;
}

/* Adds the note whose fields stand at p to t; returns what is wrong with it, or NULL. */
static const char *
add_note(struct text *t, char *p, char *end)
{
	const char *f[8] = {"", "", "", "", "", "", "", ""}, *field;
	size_t off, len;
	int post;

	for (size_t i = 0; i < 8 && (field = next_field(&p, end)) != NULL; i++)
		f[i] = field;
	post = posterior(f[5]);
	if (!number(f[0], &off) || !number(f[1], &len) || *f[2] == '\0' || post == -2)
		return "a note that is none";
	if (off > t->s.len || len > t->s.len - off || !on_bound(t, off) || !on_bound(t, off + len))
		return "a note out of its text's bounds";
	if (t->n > 0 && off < t->note[t->n - 1].off)
		return "notes out of order";
	if (text_note(t, off, len, f[2], f[3], f[4], post, f[6], f[7]) != t->n - 1)
		return "notes out of order";
	return NULL;
}

/* The last record of d where it has a text, else NULL. */
static struct rec *
last_text(struct doc *d)
{
	struct rec *r = d->n > 0 ? &d->rec[d->n - 1] : NULL;

	return r != NULL && (r->tag == 'T' || r->tag == 'B') ? r : NULL;
}

static const char *
add_text(struct doc *d, const char *p, size_t n, bool *wanted, size_t *lines)
{
	struct rec *r;

	if (n == 0 || *p != '\t')
		return "a text without its TAB";
	p++;
	n--;
	if (utf8_valid(p, n) != n)
		return "a text that is not UTF-8";
	if (*wanted) {
		r = &d->rec[d->n - 1];
	} else {
		r = doc_more(d, d->n, 'T');
		r->line = ++*lines;
	}
	*wanted = false;
	buf_add(&r->text.s, p, n);
	return NULL;
}

/* Adds the record in line, not D or E, to d; returns what is wrong with it, or NULL. */
static const char *
add_record(struct doc *d, struct buf *line, bool *wanted, size_t *lines)
{
	char *p = line->data, *end = p + line->len, *field;
	struct rec *r;

	if (line->len == 0 || *p < 'A' || *p > 'Z' || (line->len > 1 && p[1] != '\t') ||
	    memchr(p, '\0', line->len) != NULL)
		return "a line that is no record";
	if (*p == 'T')
		return add_text(d, p + 1, line->len - 1, wanted, lines);
	if (*wanted)
		return "a block without its text";
	if (*p == 'N')
		return last_text(d) == NULL ? "a note without a text" :
		    add_note(&last_text(d)->text, p + 1, end);
	r = doc_more(d, d->n, *p++);
	while ((field = next_field(&p, end)) != NULL)
		rec_field(r, mem_dup(field, strlen(field)));
	*wanted = r->tag == 'B';
	d->failed |= r->tag == 'X';
	return NULL;
}

static int
next_line(struct stream *s)
{
	int got;

	if (s->held) {
		s->held = false;
		return 1;
	}
	got = in_line(s->in, &s->buf, NULL);
	if (got < 0)
		msg(MSG_ERROR, in_name(s->in), 0, "cannot read", "%s", in_error(s->in));
	s->line += got > 0;
	return got;
}

/* Says what is wrong at that line of the stream and makes d a failed document. */
static void
break_doc(struct stream *s, struct doc *d, const char *wrong, size_t line)
{
	const char *src = d->n > 0 && d->rec[0].tag == 'D' ? rec_get(&d->rec[0], "src") : NULL;

	msg(MSG_ERROR, in_name(s->in), line, wrong, "%s", src != NULL ? src : "");
	doc_fail(d, "stream", wrong);
}

/* Whether the E in line counts the records of the document. */
static bool
counts(const struct buf *line, size_t records)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "E\t%zu", records);

	return line->len == (size_t)n && memcmp(line->data, digits, (size_t)n) == 0;
}

static int
read_tagged(struct stream *s, struct doc *d)
{
	size_t records = 0, lines = 0, at = 0;
	bool wanted = false;
	const char *wrong = NULL;

	while (next_line(s) > 0) {
		char tag = s->buf.len > 0 ? s->buf.data[0] : '\0';

		if (records == 0 && tag != 'D') {
			msg(MSG_ERROR, in_name(s->in), s->line, "a record outside a document", "%s", "");
			continue;
		}
		if (tag == 'D' && records > 0) {
			s->held = true;
			break;
		}
		if (tag == 'E') {
			if (wrong == NULL && wanted)
				wrong = "a block without its text";
			if (wrong == NULL && !counts(&s->buf, records))
				wrong = "a document of a wrong count";
			if (wrong != NULL)
				break_doc(s, d, wrong, at > 0 ? at : s->line);
			return 1;
		}
		records++;
		d->tagged = true;
		if (wrong == NULL) {
			buf_str(&s->buf);
			wrong = add_record(d, &s->buf, &wanted, &lines);
			at = wrong != NULL ? s->line : 0;
		}
	}
	if (records == 0)
		return 0;
	break_doc(s, d, wrong != NULL ? wrong : "a document without its end", at > 0 ? at : s->line);
	return 1;
}

/* Appends the line p, of which only valid bytes are UTF-8, to b, the others as U+FFFD. */
static void
add_mended(struct buf *b, const char *p, size_t n)
{
	uint32_t cp;
	size_t len;

	for (size_t i = 0; i < n; i += len) {
		len = utf8_get(p + i, n - i, &cp);
		utf8_add(b, cp == UTF8_BAD || cp == 0 ? 0xFFFD : cp);
	}
}

static int
read_plain(struct stream *s, struct doc *d)
{
	size_t lines = 0;
	struct rec *r;

	if (s->done)
		return 0;
	s->done = true;
	while (next_line(s) > 0) {
		if (s->buf.len > 0 && s->buf.data[s->buf.len - 1] == '\r')
			s->buf.len--;
		r = doc_more(d, d->n, 'T');
		r->line = ++lines;
		if (utf8_valid(s->buf.data, s->buf.len) == s->buf.len &&
		    (s->buf.len == 0 || memchr(s->buf.data, '\0', s->buf.len) == NULL)) {
			buf_add(&r->text.s, s->buf.data, s->buf.len);
			continue;
		}
		msg(MSG_WARNING, in_name(s->in), lines, "not UTF-8",
		    "bad bytes became U+FFFD; emend decode finds the encoding");
		add_mended(&r->text.s, s->buf.data, s->buf.len);
	}
	return 1;
}

int
stream_read(struct stream *s, struct doc *d)
{
	doc_clear(d);
	return s->tagged ? read_tagged(s, d) : read_plain(s, d);
}

/* ---- writing ---- */

void
stream_begin(struct out *o)
{
	out_adds(o, opening);
	out_adds(o, "1\n");
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
