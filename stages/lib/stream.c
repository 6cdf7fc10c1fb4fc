/*
 * stream: documents out of a tagged stream or plain text.  Nothing in the input is trusted: what
 * breaks stream(5) makes its document a failed one, and the next is read.
 */
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
		r = doc_add(d, 'T', NULL);
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
	r = doc_add(d, *p++, NULL);
	while ((field = next_field(&p, end)) != NULL)
		rec_add(r, field);
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
		r = doc_add(d, 'T', NULL);
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

void
stream_begin(struct out *o)
{
	out_adds(o, opening);
	out_adds(o, "1\n");
}
