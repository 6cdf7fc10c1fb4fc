/*
 * words: the words of a document, to part those that letter-spacing ran together.
 */
#ifndef WORDS_H
#define WORDS_H

#include "segment.h"

struct words;

/* The words of lines that are not letter-spaced, as far as one that is may have them as its parts. */
struct words *words_read(const struct seg *s);
void words_free(struct words *w);
/* Puts spaces into out where a run of letters is no word of the document, but two to four are. */
void words_part(const struct words *w, struct buf *out);

#endif
