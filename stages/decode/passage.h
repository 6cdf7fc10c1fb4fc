/*
 * passage: a stretch of a line as characters, each with the bytes of the line it was made from, so
 * that it can be tried over in several ways before one is chosen.
 */
#ifndef EMEND_PASSAGE_H
#define EMEND_PASSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "line.h"

enum {
	PASSAGE = 1024
}; /* characters, at most */

/* What a character was made from. */
struct origin {
	uint32_t from, to; /* bytes, counted from the start of the passage */
	signed char post; /* hundredths; -1: as the line has it */
	unsigned char why; /* the mistake that was put right, where post >= 0 */
};

struct passage {
	size_t n;
	uint32_t cp[PASSAGE];
	struct origin of[PASSAGE];
};

/* Takes as many characters of l from byte off on as fit, up to a space. Returns the byte behind. */
size_t passage_take(struct passage *p, const struct line *l, size_t off);
/* Appends to q character i of p as it is. */
static inline void
passage_keep(struct passage *q, const struct passage *p, size_t i)
{
	q->cp[q->n] = p->cp[i];
	q->of[q->n++] = p->of[i];
}

/* Makes q the same as p. */
void passage_copy(struct passage *q, const struct passage *p);
/* Appends to q one character in place of i..j of p. */
void passage_put(struct passage *q, const struct passage *p, size_t i, size_t j, uint32_t cp,
    int post, unsigned why);
/*
 * Writes what was changed to a pass that stands at or before the passage, and counts it by mistake.
 */
void passage_write(const struct passage *p, struct pass *to, size_t *repaired);

#endif
