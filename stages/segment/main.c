/*
 * emend-segment: statements, pages and blocks in reading order out of raw lines.  In: the tagged
 * stream with one T a line, or plain text; out: S, B and their texts, or one block a line.  It
 * drops no line and changes no word.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "furniture.h"
#include "phrase.h"
#include "segment.h"
#include "words.h"

struct options {
	bool plain, tagged, verbose, explain, source_order;
};

static const char synopsis[] = "[-dhOTtVv] [file ...]";

static bool
is_segmented(const struct doc *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->rec[i].tag == 'B')
			return true;
	return false;
}

static void
seg_free(struct seg *s)
{
	lines_free(s);
	free(s->piece);
	free(s->block);
	free(s->order);
	free(s->stat);
	free(s->moved);
	words_free(s->words);
}

/* For -d: what was found out about each line. */
static void
explain(const struct seg *s)
{
	static const char *const role[] = {"body", "speck", "rule", "note", "notego", "pagenum",
	    "header", "footer", "web", "residue"};

	for (size_t i = 0; i < s->nline; i++) {
		const struct line *l = &s->line[i];
		fprintf(stderr, "segment: line %zu: %s%s, gap %u of %u, indent %u, %u of %u wide%s, "
				"ends %d, opens %d, cues %x\n",
		    l->no, l->brk ? "page, " : "", role[l->role], l->gap, l->pitch, l->indent, l->width,
		    l->measure, l->parted ? ", parted" : "", l->end, l->open, l->cue);
	}
}

/* The passes, in order; each reads what the ones before found. */
static void
segment(struct doc *d, struct phrases *phrases, const struct options *o)
{
	struct seg s = {
	    .doc = d, .phrases = phrases, .source_order = o->source_order, .explain = o->explain};

	lines_read(&s);
	cues_find(&s);
	specks_find(&s);
	furniture_known(&s);
	layout_find(&s);
	foot_find(&s);
	pages_find(&s);
	layout_find(&s);
	if (o->explain)
		explain(&s);
	blocks_make(&s);
	order_find(&s);
	statements_find(&s);
	kinds_find(&s);
	ties_find(&s);
	numbers_find(&s);
	msg_count("documents", 1);
	emit(&s, o->source_order ? "-O" : "");
	seg_free(&s);
}

/* Plain out: one block a line, a white line between. */
static void
print_plain(struct out *out, const struct doc *d)
{
	bool first = true;

	for (size_t i = 0; i < d->n; i++) {
		const struct rec *r = &d->rec[i];
		if (r->tag != 'B' || r->text.s.len == 0)
			continue;
		if (!first)
			out_addc(out, '\n');
		first = false;
		out_add(out, r->text.s.data, r->text.s.len);
		out_addc(out, '\n');
	}
}

static void
file(const char *name, struct out *out, struct phrases *phrases, const struct options *o,
    bool *begun)
{
	struct in *in = in_open(name);
	struct stream *st;
	struct doc d = {0};

	if (in == NULL) {
		msg(MSG_ERROR, name, 0, "cannot open", "%m");
		return;
	}
	st = stream_open(in, o->plain);
	while (stream_read(st, &d) == 1) {
		if (!d.tagged && o->tagged) {
			rec_set(doc_insert(&d, 0, 'D', name, NULL), "src", name);
			d.tagged = true;
		}
		if (!d.failed && !is_segmented(&d))
			segment(&d, phrases, o);
		if (d.tagged && !*begun)
			stream_begin(out);
		*begun = true;
		if (d.tagged)
			doc_write(out, &d);
		else
			print_plain(out, &d);
	}
	doc_free(&d);
	stream_close(st);
}

int
main(int argc, char **argv)
{
	struct options o = {0};
	struct phrases *phrases;
	struct out *out;
	bool begun = false;
	int c;

	msg_init("segment");
	while ((c = getopt(argc, argv, "dhOTtVv")) != -1) {
		switch (c) {
		case 'd':
			o.explain = true;
			break;
		case 'O':
			o.source_order = true;
			break;
		case 'T':
			o.plain = true;
			break;
		case 't':
			o.tagged = true;
			break;
		case 'v':
			o.verbose = true;
			break;
		case 'h':
			printf("usage: emend-segment %s\n", synopsis);
			return 0;
		case 'V':
			printf("emend-segment %s\n", EMEND_VERSION);
			return 0;
		default:
			msg_usage(synopsis);
		}
	}
	phrases = phrases_read();
	out = out_open(STDOUT_FILENO, "<stdout>");
	if (optind == argc)
		file("-", out, phrases, &o, &begun);
	for (; optind < argc; optind++)
		file(argv[optind], out, phrases, &o, &begun);
	out_close(out);
	phrases_free(phrases);
	return msg_end(o.verbose);
}
