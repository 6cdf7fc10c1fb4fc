/*
 * passage: a stretch of a line as characters, each with the bytes of the line it was made from, so
 * that it can be tried over in several ways before one is chosen.
 */
#ifndef EMEND_PASSAGE_H
#define EMEND_PASSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "line.h"

enum { PASSAGE = 1024 };	/* characters, at most */

struct passage {
	size_t n;
	uint32_t cp[PASSAGE];
	uint32_t from[PASSAGE], to[PASSAGE];	/* bytes of the line, counted from its start */
	signed char post[PASSAGE];		/* hundredths; -1: as the line has it */
	unsigned char why[PASSAGE];		/* the mistake that was put right, where post >= 0 */
};

/* Takes as many characters of l from byte off on as fit, up to a space. Returns the byte behind. */
size_t passage_take(struct passage *p, const struct line *l, size_t off);
/* Appends to q characters i..j of p as they are. */
void passage_copy(struct passage *q, const struct passage *p, size_t i, size_t j);
/* Appends to q one character in place of i..j of p. */
void passage_put(struct passage *q, const struct passage *p, size_t i, size_t j, uint32_t cp,
    int post, unsigned why);
/* Writes what was changed to a pass that stands at or before the passage. */
void passage_write(const struct passage *p, struct pass *to);

#endif
