/*
 * verify: a TEI that emend wrote, and what decode makes of its source on standard input.  Says
 * whether the one holds the whole text of the other: the source reading of the TEI and the source,
 * both less white space, are the same bytes, and have the SHA-256 that the header names.  It
 * changes nothing and writes nothing but what it found.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxml/xmlreader.h>

#include "io.h"
#include "msg.h"
#include "reading.h"
#include "utf8.h"

static const char synopsis[] = "[-hqsV] tei [text]";

static bool quiet, alone;

/* ---- the TEI ---- */

static int
read_bytes(void *ctx, char *p, int n)
{
	return (int)in_read(ctx, p, (size_t)n);
}

static void
complain(void *ctx, xmlErrorPtr e)
{
	struct buf *why = ctx;

	if (why->len > 0 || e->message == NULL)
		return;
	buf_addf(why, "line %d: %s", e->line, e->message);
	while (why->len > 0 && why->data[why->len - 1] == '\n')
		why->len--;
}

static void
start_element(struct reading *r, xmlTextReaderPtr x)
{
	xmlChar *source = xmlTextReaderGetAttribute(x, BAD_CAST "source");
	xmlChar *type = xmlTextReaderGetAttribute(x, BAD_CAST "type");

	reading_start(r, (const char *)xmlTextReaderConstLocalName(x), (const char *)source,
	    (const char *)type);
	xmlFree(source);
	xmlFree(type);
	if (xmlTextReaderIsEmptyElement(x) == 1)
		reading_end(r);
}

/*
 * Feeds r with the TEI, a corpus with what it includes.  Returns false, and says why, where it
 * cannot be read.
 */
static bool
read_tei(struct in *in, const char *path, struct reading *r)
{
	xmlTextReaderPtr x = xmlReaderForIO(read_bytes, NULL, in, path, NULL,
	    XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_XINCLUDE);
	struct buf why = {0};
	int got;

	if (x == NULL)
		msg_die("out of memory (XML reader)");
	xmlTextReaderSetStructuredErrorHandler(x, complain, &why);
	while ((got = xmlTextReaderRead(x)) == 1) {
		int type = xmlTextReaderNodeType(x);
		const char *text = (const char *)xmlTextReaderConstValue(x);

		if (type == XML_READER_TYPE_ELEMENT)
			start_element(r, x);
		else if (type == XML_READER_TYPE_END_ELEMENT)
			reading_end(r);
		else if (text != NULL &&
			 (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
			     type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE))
			reading_text(r, text, strlen(text));
	}
	if (got != 0)
		msg(MSG_ERROR, in_name(in), 0, "cannot be read", "%s",
		    strcmp(in_error(in), "no error") != 0 ? in_error(in) : buf_str(&why));
	xmlFreeTextReader(x);
	buf_free(&why);
	return got == 0;
}

/* ---- the source ---- */

/* The source, reduced, and where in it each line begins. */
struct source {
	struct buf text;
	size_t *line, n, cap;
};

static bool
read_source(const char *path, struct source *s)
{
	struct in *in = in_open(path);
	struct buf b = {0};
	int got;

	if (in == NULL) {
		msg(MSG_ERROR, path, 0, "cannot read", "%s", strerror(errno));
		return false;
	}
	while ((got = in_line(in, &b, NULL)) > 0) {
		s->line = mem_more(s->line, s->n, &s->cap, sizeof(*s->line));
		s->line[s->n++] = s->text.len;
		reduce(&s->text, b.data, b.len);
	}
	if (got < 0)
		msg(MSG_ERROR, in_name(in), 0, "cannot read", "%s", in_error(in));
	buf_free(&b);
	in_close(in);
	return got == 0;
}

/* The line, from 1, that byte off of the reduced source lies in. */
static size_t
source_line(const struct source *s, size_t off)
{
	size_t low = 0, high = s->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (s->line[mid] <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* ---- the comparison ---- */

/* A few characters of b around off, for a message. */
static void
excerpt(const struct buf *b, size_t off, struct buf *to)
{
	size_t end = off;
	uint32_t cp;

	buf_clear(to);
	for (int i = 0; i < 24 && end < b->len; i++)
		end += utf8_get(b->data + end, b->len - end, &cp);
	buf_add(to, b->data + off, end - off);
	if (off == b->len)
		buf_adds(to, "(its end)");
	buf_str(to);
}

/* The first byte at which a and b differ, put back to the start of a character. */
static size_t
first_difference(const struct buf *a, const struct buf *b)
{
	size_t i = 0, n = a->len < b->len ? a->len : b->len;

	while (i < n && a->data[i] == b->data[i])
		i++;
	while (i > 0 && i < n && ((unsigned char)a->data[i] & 0xC0) == 0x80)
		i--;
	return i;
}

/* Reports where source and TEI part; returns whether they do. */
static bool
differ(const char *tei, const struct source *s, struct reading *r, const struct buf *b)
{
	struct buf has = {0}, wants = {0};
	size_t off = first_difference(&s->text, b);

	if (off == b->len && off == s->text.len)
		return false;
	excerpt(&s->text, off, &wants);
	excerpt(b, off, &has);
	msg(MSG_ERROR, tei, 0, "differs from the source",
	    "line %zu of the source has \"%s\", the TEI at line %zu \"%s\"",
	    source_line(s, off), wants.data, reading_line(r, off), has.data);
	buf_free(&has);
	buf_free(&wants);
	return true;
}

/* Holds the source reading b of the TEI against the header's sum and, unless alone, the source. */
static void
compare(const char *tei, struct reading *r, const struct source *s)
{
	const struct buf *b = reading_done(r);
	char hex[SHA256_HEX];

	sha256_hex(hex, b->data, b->len);
	if (reading_error(r) != NULL)
		msg(MSG_ERROR, tei, 0, "not as emend writes it", "%s", reading_error(r));
	else if (!alone && differ(tei, s, r, b))
		return;
	else if (*reading_sha256(r) == '\0')
		msg(MSG_ERROR, tei, 0, "its header names no sha256-reduced", "%s", "");
	else if (strcmp(reading_sha256(r), hex) != 0)
		msg(MSG_ERROR, tei, 0, "its header names another sha256-reduced", "%s, not %s",
		    reading_sha256(r), hex);
	else if (!quiet)
		printf("%s: proved: %zu characters, SHA-256 %s\n", tei, utf8_count(b->data, b->len),
		    hex);
}

static int
verify(const char *tei, const char *text)
{
	struct in *in = in_open(tei);
	struct reading *r;
	struct source s = {0};
	int status;

	if (in == NULL)
		msg_die("%s: %s", tei, strerror(errno));
	r = reading_new();
	if (read_tei(in, strcmp(tei, "-") != 0 ? tei : NULL, r) && (alone || read_source(text, &s)))
		compare(tei, r, &s);
	status = msg_end(false);
	in_close(in);
	reading_free(r);
	buf_free(&s.text);
	free(s.line);
	xmlCleanupParser();
	if (fflush(stdout) != 0 || ferror(stdout))
		msg_die("<stdout>: cannot write: %s", strerror(errno));
	return status;
}

int
main(int argc, char **argv)
{
	int c;

	msg_init("verify");
	while ((c = getopt(argc, argv, "hqsV")) != -1)
		switch (c) {
		case 'h':
			printf("usage: emend-verify %s\n", synopsis);
			return 0;
		case 'q':
			quiet = true;
			break;
		case 's':
			alone = true;
			break;
		case 'V':
			puts("emend-verify " EMEND_VERSION);
			return 0;
		default:
			msg_usage(synopsis);
		}
	if (optind == argc || argc - optind > 2)
		msg_usage(synopsis);
	return verify(argv[optind], argc - optind == 2 ? argv[optind + 1] : "-");
}
