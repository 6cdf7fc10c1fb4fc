/*
 * letters: how the words of a language are spelled: the cost of a letter after the two before it.
 */
#ifndef EMEND_LETTERS_H
#define EMEND_LETTERS_H

#include "buf.h"
#include "lexicon.h"

/*
 * Appends the letters (code points, four bytes each, sorted) to letter and the costs to cost, as
 * model.h has them; returns how many letters.
 */
uint32_t letters_make(const struct lexicon *l, struct buf *letter, struct buf *cost);

#endif
