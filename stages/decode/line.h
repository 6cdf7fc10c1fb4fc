/*
 * line: a line of text and what it was before decode changed it.  A pass over a line reads one and
 * writes another, from left to right, so that a line of any length costs time linear in it.
 */
#ifndef EMEND_LINE_H
#define EMEND_LINE_H

#include <stdbool.h>

#include "buf.h"

struct change {
	size_t off, len; /* in the text, bytes */
	size_t src, nsrc; /* what stood there, in struct line's source */
	int post; /* posterior in hundredths */
};

struct line {
	struct buf s; /* the text, UTF-8 */
	bool noted; /* changes are kept */
	struct change *change; /* by offset, disjoint */
	size_t n, cap;
	struct buf source; /* the source forms, end to end */
	size_t formfeed, nformfeed; /* offset of the first form feed taken out; how many */
};

/* A pass from one line to the other. */
struct pass {
	const struct line *from;
	struct line *to; /* cleared at the start */
	size_t pos, change; /* what of from is done */
};

struct pass pass_start(const struct line *from, struct line *to);
/* Copies from up to byte off, changes and all. */
void pass_keep(struct pass *p, size_t off);
/*
 * Puts n bytes at s for the next len of from.  With post >= 0 it is a change whose source form is
 * kept, the first one where there was a change before; otherwise it leaves no trace.
 */
void pass_put(struct pass *p, size_t len, const char *s, size_t n, int post);
void pass_end(struct pass *p);

void line_clear(struct line *l);
void line_free(struct line *l);

#endif
