/*
 * follow: how well one block follows another in reading order.  Scores are small whole numbers; 5 is
 * as good as certain.
 */
#ifndef FOLLOW_H
#define FOLLOW_H

#include "segment.h"

/* How well block iy follows block ix, on the same page or, over, on the next. */
int follow(const struct seg *s, size_t ix, size_t iy, bool over);
/* How well the document begins with block iy, or ends with block ix. */
int follow_begins(const struct seg *s, size_t iy);
int follow_ends(const struct seg *s, size_t ix);
/* A line of thanks, which ends a statement. */
bool is_thanks(const struct block *b);
/* A complimentary close; the title or the date that heads a statement. */
bool is_close(const struct block *b);
bool is_heading(const struct block *b);
/* A block that goes on with a sentence; one that breaks one off. */
bool is_fragment(const struct seg *s, const struct block *b);
bool is_broken(const struct seg *s, const struct block *b);

#endif
