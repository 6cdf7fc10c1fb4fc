/*
 * document: the passes over one document, in order, and what they share from document to document.
 * In: the records of a document, one T a line; out: its statements and blocks.  One that has blocks
 * already is left as it is.
 */
#include <stdio.h>
#include <stdlib.h>

#include "furniture.h"
#include "lexicon.h"
#include "msg.h"
#include "phrase.h"
#include "segment.h"
#include "words.h"

const char *const segment_langs[LANGS] = {"en", "fr", "sq"};

void
settings_open(struct settings *set)
{
	set->phrases = phrases_read();
	/* without a dictionary fewer lines of specks are found */
	for (size_t i = 0; i < LANGS; i++)
		set->lexicon[i] = lexicon_open(segment_langs[i]);
}

void
settings_close(struct settings *set)
{
	phrases_free(set->phrases);
	for (size_t i = 0; i < LANGS; i++)
		lexicon_close(set->lexicon[i]);
}

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
void
document_segment(struct doc *d, const struct settings *set)
{
	struct seg s = {.doc = d,
	    .phrases = set->phrases,
	    .lexicon = set->lexicon,
	    .source_order = set->source_order,
	    .explain = set->explain};

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
	if (s.explain)
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
