/*
 * kind: what the passes over the blocks of a statement share.
 */
#ifndef KIND_H
#define KIND_H

#include "segment.h"

/* The blocks of the body of one statement, in reading order. */
struct bodies {
	size_t *b;
	size_t n, cap;
};

/* How the text of a block ends. */
enum ending ends(const struct seg *s, const struct block *b);
/* A few lines that are no prose and no item. */
bool is_slight(const struct seg *s, const struct block *b);
/* Words of the block's first line that begin with a capital, of those that could, in percent. */
unsigned capitals(const struct seg *s, const struct block *b);
/* head.c: gives the blocks of the head their kinds; returns the first behind it. */
size_t head_mark(struct seg *s, const struct bodies *all, enum type type);
/* Whether the block begins with a quotation mark. */
bool opens_quote(const struct seg *s, const struct block *b);
/* Whether block i looks like a heading: short, ending in no stop, with text behind it. */
bool heads(const struct seg *s, const struct bodies *all, size_t i);
/* The same amid the text, where a heading needs more than its shape. */
bool heads_amid(const struct seg *s, const struct bodies *all, size_t i);
/* Whether a line may be a name by its letters: two to four words with capitals, not capitals all. */
bool is_named(const struct line *l);
/* Who signed and in which office: two lines or three, one an office, one a name. */
bool is_seal(const struct seg *s, const struct block *b);
/* ending.c: gives the blocks at the end their kinds; returns the first of them, at least from. */
size_t ending_mark(struct seg *s, const struct bodies *all, size_t from);

#endif
