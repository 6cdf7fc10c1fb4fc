/*
 * apply: decisions become edits of a text with their notes, doubts, and what line ends are.
 */
#ifndef DEOCR_APPLY_H
#define DEOCR_APPLY_H

#include "decode.h"
#include "note.h"
#include "statement.h"

/* An edit with the strings it needs, and the doubts and line ends beside it. */
struct planned {
	struct edit edit;
	char *put, *type;	/* owned */
	bool doubt;		/* a note only */
	size_t line;		/* 1 + the offset of a line whose hyphen this decides, or 0 */
};

struct edits {
	struct planned *list;
	size_t n, cap;
};

/* Plans what the decisions on p come to. */
void edits_plan(struct edits *e, const struct passage *p, const struct lattice *x,
    const struct decisions *d, const struct vocabulary *v, const struct settings *set);
/* Makes the edits planned. */
void edits_make(struct edits *e, struct text *t);
void edits_clear(struct edits *e);
void edits_free(struct edits *e);

#endif
