/*
 * emend-segment: statements, pages and blocks in reading order out of raw lines.  In: the tagged
 * stream with one T a line, or plain text; out: S, B and their texts, or one block a line.  It
 * drops no line and changes no word.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lexicon.h"
#include "msg.h"
#include "furniture.h"
#include "phrase.h"
#include "segment.h"
#include "stage.h"
#include "words.h"

const char *const segment_langs[LANGS] = {"en", "fr", "sq"};

static struct phrases *phrases;
static struct lexicon *lexicon[LANGS];
static bool source_order;

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
		fprintf(stderr,
		    "segment: line %zu: %s%s, gap %u of %u, indent %u, %u of %u wide%s, "
		    "ends %d, opens %d, cues %x\n",
		    l->no, l->brk ? "page, " : "", role[l->role], l->gap, l->pitch, l->indent,
		    l->width, l->measure, l->parted ? ", parted" : "", l->end, l->open, l->cue);
	}
}

/* The passes, in order; each reads what the ones before found. */
static void
segment(struct doc *d, const struct stage_options *o)
{
	struct seg s = {
	    .doc = d, .phrases = phrases, .lexicon = lexicon, .source_order = source_order, .explain = o->explain};

	if (is_segmented(d))
		return;
	lines_read(&s);
	cues_find(&s);
	specks_find(&s);
	furniture_known(&s);
	debris_find(&s);
	layout_find(&s);
	crumbs_find(&s);
	foot_find(&s);
	bare_find(&s);
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
	emit(&s);
	seg_free(&s);
}

/* Plain out: one block a line, a white line between. */
static void
print_plain(struct out *out, struct doc *d)
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

static bool
option(int letter, const char *arg)
{
	(void)arg;
	source_order = letter == 'O';
	return source_order;
}

static void
begin(const struct stage_options *o)
{
	(void)o;
	phrases = phrases_read();
	/* without a dictionary fewer lines of specks are found */
	for (size_t i = 0; i < LANGS; i++)
		lexicon[i] = lexicon_open(segment_langs[i]);
}

int
main(int argc, char **argv)
{
	static const struct stage stage = {
	    .name = "segment",
	    .synopsis = "[-dhOTtVv] [-c conf] [file ...]",
	    .letters = "O",
	    .option = option,
	    .begin = begin,
	    .document = segment,
	    .print = print_plain,
	};
	int status = stage_run(&stage, argc, argv);

	phrases_free(phrases);
	for (size_t i = 0; i < LANGS; i++)
		lexicon_close(lexicon[i]);
	return status;
}
