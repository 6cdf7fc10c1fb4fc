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
	const char *last = "", *cont;
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
		cont = rec_get(r, "cont");
		if (any)
			out_adds(o, cont != NULL && strcmp(cont, last) == 0 ? " " : "\n\n");
		print_block(o, r);
		last = rec_get(r, "id") != NULL ? rec_get(r, "id") : "";
		any = true;
	}
	if (any)
		out_addc(o, '\n');
}

/* The source: stretches of its text, each of one line. */
struct source {
	struct buf text;
	struct stretch {
		size_t line, off, len;
	} *s;
	size_t n, cap;
};

/* Adds bytes of that line, behind those of it that came last. */
static void
source_add(struct source *src, size_t line, const char *p, size_t n)
{
	if (src->n == 0 || src->s[src->n - 1].line != line) {
		src->s = mem_more(src->s, src->n, &src->cap, sizeof(*src->s));
		src->s[src->n++] = (struct stretch){line, src->text.len, 0};
	}
	buf_add(&src->text, p, n);
	src->s[src->n - 1].len += n;
}

/* Whether the source has something else than the text where this note stands. */
static bool
has_source(const struct note *n)
{
	if (strcmp(n->kind, "corr") == 0)
		return strcmp(n->type, "encoding") != 0;
	return n->len == 0 && (strcmp(n->kind, "noise") == 0 || strcmp(n->kind, "hyphen") == 0);
}

/* Puts the source form of a block back on the lines it came from. */
static void
put_back(struct source *src, const struct rec *r)
{
	const struct text *t = &r->text;
	size_t line = number(r, "lines"), at = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct note *n = &t->note[i];
		bool lb = strcmp(n->kind, "lb") == 0;

		if (n->off < at || !(lb || has_source(n)))
			continue;
		source_add(src, line, t->s.data + at, n->off - at);
		if (lb)
			line = strtoul(n->value, NULL, 10);
		else
			source_add(src, line, n->value, strlen(n->value));
		at = n->off + n->len;
	}
	source_add(src, line, t->s.data + at, t->s.len - at);
}

static int
stretch_cmp(const void *a, const void *b)
{
	const struct stretch *p = a, *q = b;

	if (p->line != q->line)
		return p->line < q->line ? -1 : 1;
	return p->off < q->off ? -1 : p->off > q->off;
}

/* Writes the stretches, sorted, each on its line, with a space between two on one. */
static void
source_write(struct out *o, const struct source *src)
{
	size_t line = 1;

	for (size_t i = 0; i < src->n; i++) {
		const struct stretch *p = &src->s[i];
		size_t len = p->len;

		if (i > 0 && p->line == p[-1].line)
			out_addc(o, ' ');
		for (; line < p->line; line++)
			out_addc(o, '\n');
		while (len > 0 && src->text.data[p->off + len - 1] == ' ')
			len--;
		out_add(o, src->text.data + p->off, len);
	}
	if (src->n > 0)
		out_addc(o, '\n');
}

/* Line N is line N of the source, but for white space. */
static void
print_source(struct out *o, const struct doc *d)
{
	struct source src = {0};
	const char *lines = doc_get(d, "lines");
	size_t most = lines != NULL ? strtoul(lines, NULL, 10) : d->n;

	for (size_t i = 0; i < d->n; i++) {
		const struct rec *r = &d->rec[i];

		if (r->tag == 'B' && rec_get(r, "lines") != NULL)
			put_back(&src, r);
		else if (r->tag == 'T')
			source_add(&src, r->line, r->text.s.data, r->text.s.len);
	}
	if (src.n > 1)
		qsort(src.s, src.n, sizeof(*src.s), stretch_cmp);
	if (src.n > 0 && src.s[src.n - 1].line > most)
		msg(MSG_ERROR, d->tagged ? rec_get(&d->rec[0], "src") : NULL, 0,
		    "a line number beyond the source", "nothing of it is written");
	else
		source_write(o, &src);
	buf_free(&src.text);
	free(src.s);
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
