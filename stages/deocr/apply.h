/*
 * apply: decisions become edits of a text with their notes, doubts, and what line ends are.
 */
#ifndef DEOCR_APPLY_H
#define DEOCR_APPLY_H

#include "decode.h"
#include "note.h"
#include "statement.h"

/* An edit with the strings it needs. */
struct planned {
	struct edit edit;
	char *put, *type;	/* owned */
	bool doubt;		/* a note only */
};

/* What the hyphen is that stands before a line. */
struct line_end {
	size_t off;		/* where the line begins */
	const char *type;	/* "soft" or "hard" */
};

struct edits {
	struct planned *list;
	size_t n, cap;
	struct line_end *line;
	size_t nlines, caplines;
};

/* Plans what the decisions on p come to. */
void edits_plan(struct edits *e, const struct passage *p, const struct lattice *x,
    const struct decisions *d, const struct vocabulary *v, const struct settings *set);
/* Makes the edits planned. */
void edits_make(struct edits *e, struct text *t);
void edits_clear(struct edits *e);
void edits_free(struct edits *e);

#endif
