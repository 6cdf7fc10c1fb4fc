/*
 * cue: what the passes over the words of lines share.
 */
#ifndef CUE_H
#define CUE_H

#include "segment.h"

/* salute.c: whether the whole line is salutations, or thanks by itself with a few words behind. */
bool is_salute(const struct seg *s, const struct line *l);
bool is_thanks_to(const struct seg *s, const struct line *l);
/* Whether line i is a salutation by its shape and place. */
bool is_vocative(const struct seg *s, size_t i);
/* A line that is nothing but the word before an addressee. */
bool is_to(const struct text *t);

/* speaker.c: whether the line names who speaks next; names alone that do so get their cue. */
bool is_speaker(const struct seg *s, const struct line *l);
void names_find(struct seg *s);

#endif
