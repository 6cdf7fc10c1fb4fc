/*
 * plain: the lines of a plain text as the texts of a statement, and back, line for line.
 */
#ifndef DEOCR_PLAIN_H
#define DEOCR_PLAIN_H

#include "stream.h"

struct paragraph {
	struct text text;	/* its lines joined, with an lb where each but the first begins */
	size_t *line;		/* the records they come from */
	size_t n, cap;
	const char *lang;	/* not owned, or NULL */
};

struct paragraphs {
	struct paragraph *list;
	size_t n, cap;
};

void paragraphs_join(struct paragraphs *p, const struct doc *d);
/* Writes the texts back over the records they come from. */
void paragraphs_part(struct paragraphs *p, struct doc *d);
void paragraphs_free(struct paragraphs *p);

#endif
