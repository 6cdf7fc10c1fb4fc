/*
 * emend-totext: the text of a tagged stream.  In: the stream behind emend-segment, corrected or not;
 * out: the reading text, one block a line, or with -s the source, line for line.  It writes nothing
 * that is not in the stream, and with -s it leaves nothing out.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "stream.h"

static const char synopsis[] = "[-hsTVv] [file ...]";

/* Kinds that stand around the text and are no part of reading it. */
static bool
is_around(const char *kind)
{
	static const char *const around[] = {
	    "header", "footer", "pagenum", "rule", "noise", "web", "residue", "pb"};

	for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++)
		if (strcmp(kind, around[i]) == 0)
			return true;
	return false;
}

static size_t
number(const struct rec *r, const char *key)
{
	const char *v = rec_get(r, key);

	return v == NULL ? 0 : strtoul(v, NULL, 10);
}

/* A block as it is read: footnote marks in brackets, items indented by their depth. */
static void
print_block(struct out *o, const struct rec *r)
{
	const struct text *t = &r->text;
	size_t at = 0, mark = strcmp(rec_kind(r), "note") == 0 ? number(r, "mark") : 0;

	for (size_t i = strcmp(rec_kind(r), "item") == 0 ? number(r, "depth") : 0; i > 1 && i < 9;
	     i--)
		out_adds(o, "  ");
	if (mark > 0 && mark <= t->s.len) {
		out_addc(o, '[');
		out_add(o, t->s.data, mark);
		out_addc(o, ']');
		at = mark;
	}
	for (size_t i = text_find(t, 0, "mark"); i < t->n; i = text_find(t, i + 1, "mark")) {
		const struct note *n = &t->note[i];

		if (n->off < at)
			continue;
		out_add(o, t->s.data + at, n->off - at);
		out_addc(o, '[');
		out_add(o, t->s.data + n->off, n->len);
		out_addc(o, ']');
		at = n->off + n->len;
	}
	out_add(o, t->s.data + at, t->s.len - at);
}

/*
 * The reading text: blocks with a white line between, two between statements.  What interrupts a
 * block stands behind it in the stream, and so it does here.
 */
static void
print_text(struct out *o, const struct doc *d)
{
	bool any = false;

	for (size_t i = 0; i < d->n; i++) {
		const struct rec *r = &d->rec[i];

		if (r->tag == 'S' && any)
			out_addc(o, '\n');
		if (r->tag == 'T') {
			out_add(o, r->text.s.data, r->text.s.len);
			out_addc(o, '\n');
		}
		if (r->tag != 'B' || is_around(rec_kind(r)))
			continue;
		if (any && rec_get(r, "cont") == NULL)
			out_adds(o, "\n\n");
		else if (any)
			out_addc(o, ' ');
		print_block(o, r);
		any = true;
	}
	if (any)
		out_addc(o, '\n');
}

/* The source: the text of each line, by its number. */
struct source {
	struct buf *line;
	size_t n, cap;
};

static struct buf *
line_of(struct source *s, size_t no)
{
	while (s->n <= no) {
		s->line = mem_more(s->line, s->n, &s->cap, sizeof(*s->line));
		s->line[s->n++] = (struct buf){0};
	}
	return &s->line[no];
}

/* Puts the source form of a block's lines where they came from. */
static void
put_back(struct source *s, const struct rec *r)
{
	const struct text *t = &r->text;
	size_t no = number(r, "lines"), at = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct note *n = &t->note[i];
		bool corr = strcmp(n->kind, "corr") == 0;
		bool out = n->len == 0 &&
			   (strcmp(n->kind, "noise") == 0 || strcmp(n->kind, "hyphen") == 0);
		bool lb = strcmp(n->kind, "lb") == 0;

		if (n->off < at || !(corr || out || lb))
			continue;
		buf_add(line_of(s, no), t->s.data + at, n->off - at);
		if (!lb)
			buf_adds(line_of(s, no), n->value);
		at = n->off + n->len;
		if (lb)
			no = strtoul(n->value, NULL, 10);
	}
	buf_add(line_of(s, no), t->s.data + at, t->s.len - at);
}

/* Line N is line N of the source, but for white space. */
static void
print_source(struct out *o, const struct doc *d)
{
	struct source s = {0};
	size_t i, len;

	for (i = 0; i < d->n; i++)
		if (d->rec[i].tag == 'B' && rec_get(&d->rec[i], "lines") != NULL)
			put_back(&s, &d->rec[i]);
		else if (d->rec[i].tag == 'T')
			buf_add(line_of(&s, d->rec[i].line), d->rec[i].text.s.data,
			    d->rec[i].text.s.len);
	for (i = 1; i < s.n; i++) {
		for (len = s.line[i].len; len > 0 && s.line[i].data[len - 1] == ' '; len--)
			;
		out_add(o, s.line[i].data, len);
		out_addc(o, '\n');
	}
	for (i = 0; i < s.n; i++)
		buf_free(&s.line[i]);
	free(s.line);
}

static void
file(const char *name, struct out *o, bool plain, bool source)
{
	struct in *in = in_open(name);
	struct stream *st;
	struct doc d = {0};

	if (in == NULL) {
		msg(MSG_ERROR, name, 0, "cannot open", "%m");
		return;
	}
	st = stream_open(in, plain);
	while (stream_read(st, &d) == 1) {
		if (d.failed)
			msg(MSG_ERROR, d.n > 0 && d.tagged ? rec_get(&d.rec[0], "src") : name, 0,
			    "document failed", "nothing of it is written");
		else if (source)
			print_source(o, &d);
		else
			print_text(o, &d);
		msg_count("documents", 1);
	}
	doc_free(&d);
	stream_close(st);
}

int
main(int argc, char **argv)
{
	struct out *o;
	bool plain = false, source = false, verbose = false;
	int c;

	msg_init("totext");
	while ((c = getopt(argc, argv, "hsTVv")) != -1) {
		switch (c) {
		case 's':
			source = true;
			break;
		case 'T':
			plain = true;
			break;
		case 'v':
			verbose = true;
			break;
		case 'h':
			printf("usage: emend-totext %s\n", synopsis);
			return 0;
		case 'V':
			printf("emend-totext %s\n", EMEND_VERSION);
			return 0;
		default:
			msg_usage(synopsis);
		}
	}
	o = out_open(STDOUT_FILENO, "<stdout>");
	if (optind == argc)
		file("-", o, plain, source);
	for (; optind < argc; optind++)
		file(argv[optind], o, plain, source);
	out_close(o);
	return msg_end(verbose);
}
