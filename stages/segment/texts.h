/*
 * texts: the texts of blocks.
 */
#ifndef TEXTS_H
#define TEXTS_H

#include "segment.h"

/* Puts the id of block b into id, which is cleared first. */
void block_id(const struct seg *s, size_t b, struct buf *id);
/* The lines of b as one text, appended to t, with their notes. */
void text_make(struct seg *s, const struct block *b, struct text *t);

#endif
