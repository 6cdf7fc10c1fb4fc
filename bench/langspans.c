/*
 * langspans: compares spans of other languages found with those marked by hand.  Operands: the
 * marked file (corpus/spans: language TAB text with ⟦tag:words⟧) and the tagged stream that
 * emend-langtag made of it, a block a line.  Out: recall and precision of spans, share of words right, and
 * with -d the lines where they differ.  With -t, the operand's lines without marks, as a stream.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "stream.h"
#include "utf8.h"

#define OPEN "\xE2\x9F\xA6"
#define CLOSE "\xE2\x9F\xA7"

/* A text without its marks, and for each byte the language marked there: index into tags, or 0. */
struct line {
	struct buf lang, text, mark;
};

static char tags[64][16];
static size_t ntags = 1;

static unsigned char
tag_number(const char *s, size_t n)
{
	size_t i;

	/* Bosnian, Croatian and Serbian count as one. */
	if ((n == 2 && (memcmp(s, "hr", 2) == 0 || memcmp(s, "bs", 2) == 0)) ||
	    (n == 7 && memcmp(s, "sr-Latn", 7) == 0)) {
		s = "sh";
		n = 2;
	}
	if (n > 15)
		n = 15;
	for (i = 1; i < ntags; i++)
		if (strlen(tags[i]) == n && memcmp(tags[i], s, n) == 0)
			return (unsigned char)i;
	if (ntags == 64)
		msg_die("too many languages marked");
	memcpy(tags[ntags], s, n);
	return (unsigned char)ntags++;
}

/* Takes the line s apart; false where it is a comment or not of that form. */
static bool
line_read(struct line *l, const char *s, size_t n)
{
	const char *tab = memchr(s, '\t', n), *colon;
	unsigned char now = 0;
	size_t i;

	buf_clear(&l->lang);
	buf_clear(&l->text);
	buf_clear(&l->mark);
	if (n == 0 || s[0] == '#' || tab == NULL)
		return false;
	buf_add(&l->lang, s, (size_t)(tab - s));
	for (i = l->lang.len + 1; i < n; i++) {
		if (n - i >= 3 && memcmp(s + i, OPEN, 3) == 0 &&
		    (colon = memchr(s + i, ':', n - i)) != NULL) {
			now = tag_number(s + i + 3, (size_t)(colon - s) - i - 3);
			i = (size_t)(colon - s);
		} else if (n - i >= 3 && memcmp(s + i, CLOSE, 3) == 0) {
			now = 0;
			i += 2;
		} else {
			buf_addc(&l->text, s[i]);
			buf_addc(&l->mark, (char)now);
		}
	}
	return true;
}

static void
write_stream(struct in *in)
{
	struct out *out = out_open(STDOUT_FILENO, "<stdout>");
	struct buf b = {0}, head = {0};
	struct line l = {0};
	size_t n = 0;

	out_adds(out, "#emend 1\n");
	while (in_line(in, &b, NULL) == 1) {
		if (!line_read(&l, b.data, b.len))
			continue;
		n++;
		buf_clear(&head);
		buf_addf(&head, "D\t%zu\tsrc=%zu\nS\t1\nB\tp\tid=L0001\tlines=1\nT\t", n, n);
		out_add(out, head.data, head.len);
		out_add(out, l.text.data, l.text.len);
		out_adds(out, "\nE\t4\n");
	}
	out_close(out);
}

struct tally {
	size_t spans, found, made, right, words, told;
};

/* How many bytes that are no white space stand in from..to, and how many of them are marked so. */
static void
overlap(const struct buf *text, const struct buf *mark, size_t from, size_t to, unsigned char as,
    size_t *all, size_t *hit)
{
	for (*all = *hit = 0; from < to; from++) {
		if (text->data[from] == ' ')
			continue;
		++*all;
		*hit += (unsigned char)mark->data[from] == as;
	}
}

/* Counts spans of what in a as found where half of each, by bytes, is so marked in b, too. */
static void
count_spans(
    const struct buf *text, const struct buf *a, const struct buf *b, size_t *n, size_t *hits)
{
	size_t from = 0, to, all, hit;

	for (; from < a->len; from = to) {
		for (to = from + 1; to < a->len && a->data[to] == a->data[from]; to++)
			continue;
		if (a->data[from] == 0)
			continue;
		++*n;
		overlap(text, b, from, to, (unsigned char)a->data[from], &all, &hit);
		*hits += hit * 2 >= all;
	}
}

/* Whether a letter stands in the word at s: all that is not ASCII counts as one. */
static bool
has_letter(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && s[i] != ' '; i++)
		if ((s[i] | 0x20) >= 'a' || (unsigned char)s[i] >= 0x80)
			return true;
	return false;
}

/* Counts the words of the text, and those that are in the same language by either. */
static void
count_words(const struct line *l, const struct buf *got, const char *home, struct tally *t)
{
	unsigned char gold_home = tag_number(l->lang.data, l->lang.len);
	unsigned char got_home = tag_number(home, strlen(home)), a, b;
	size_t i;

	for (i = 0; i < l->text.len; i++) {
		if ((i > 0 && l->text.data[i - 1] != ' ') ||
		    !has_letter(l->text.data + i, l->text.len - i))
			continue;
		a = (unsigned char)l->mark.data[i];
		b = (unsigned char)got->data[i];
		t->words++;
		t->told += (a != 0 ? a : gold_home) == (b != 0 ? b : got_home);
	}
}

static void
compare(const struct line *l, const struct rec *r, struct tally *t, bool show)
{
	struct buf got = {0};
	struct tally was = *t;
	const struct note *n;
	const char *home = rec_get(r, "lang");
	size_t i, k, tokens;

	for (i = 0; i < l->text.len; i++)
		buf_addc(&got, '\0');
	for (i = 0; i < r->text.n; i++) {
		n = &r->text.note[i];
		tokens = strcmp(n->kind, "lang") == 0 ? n->len : 0;
		for (k = 0; k < tokens; k++)
			got.data[n->off + k] = (char)tag_number(n->type, strlen(n->type));
	}
	count_words(l, &got, home != NULL ? home : "", t);
	count_spans(&l->text, &l->mark, &got, &t->spans, &t->found);
	count_spans(&l->text, &got, &l->mark, &t->made, &t->right);
	if (show && (t->spans - was.spans != t->found - was.found ||
			t->made - was.made != t->right - was.right || home == NULL ||
			strcmp(home, buf_str((struct buf *)&l->lang)) != 0)) {
		printf("%s\t%.*s\n", home, (int)l->text.len, l->text.data);
		for (i = 0; i < r->text.n; i++)
			printf("\t%s %d: %.*s\n", r->text.note[i].type, r->text.note[i].post,
			    (int)r->text.note[i].len, r->text.s.data + r->text.note[i].off);
	}
	buf_free(&got);
}

static void
measure(struct in *in, const char *stream, bool show)
{
	struct in *from = in_open(stream);
	struct stream *s;
	struct doc d = {0};
	struct tally t = {0};
	struct line l = {0};
	struct buf b = {0};
	size_t i, lines = 0, homes = 0;

	if (from == NULL)
		msg_die("%s: %s", stream, strerror(errno));
	s = stream_open(from, false);
	while (in_line(in, &b, NULL) == 1) {
		if (!line_read(&l, b.data, b.len))
			continue;
		if (stream_read(s, &d) != 1)
			msg_die("%s ends early", stream);
		for (i = 0; i < d.n && d.rec[i].tag != 'B'; i++)
			continue;
		lines++;
		if (i == d.n || d.rec[i].text.s.len != l.text.len)
			continue;
		homes += rec_get(&d.rec[i], "lang") != NULL &&
			 strcmp(rec_get(&d.rec[i], "lang"), buf_str(&l.lang)) == 0;
		compare(&l, &d.rec[i], &t, show);
	}
	printf("%zu lines, home right %.1f %%; words right %.1f %%; %zu spans, recall %.1f %%; "
	       "%zu found, precision %.1f %%\n",
	    lines, 100.0 * (double)homes / (double)lines,
	    100.0 * (double)t.told / (double)(t.words == 0 ? 1 : t.words), t.spans,
	    100.0 * (double)t.found / (double)(t.spans == 0 ? 1 : t.spans), t.made,
	    t.made == 0 ? 100.0 : 100.0 * (double)t.right / (double)t.made);
	stream_close(s);
	doc_free(&d);
}

int
main(int argc, char **argv)
{
	bool show = false, text = false;
	struct in *in;
	int c;

	msg_init("langspans");
	while ((c = getopt(argc, argv, "dt")) != -1) {
		show |= c == 'd';
		text |= c == 't';
	}
	if (argc - optind != (text ? 1 : 2))
		msg_usage("[-d] marked stream | -t marked");
	in = in_open(argv[optind]);
	if (in == NULL)
		msg_die("%s: %s", argv[optind], strerror(errno));
	if (text)
		write_stream(in);
	else
		measure(in, argv[optind + 1], show);
	in_close(in);
	return msg_end(false);
}
