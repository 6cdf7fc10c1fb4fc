/*
 * langfeat: the cut of a text into words and of a word into features, as the language model
 * (lang.h) and its trainer (stages/gen/langmodel.c) both need it.  Nobody else does.
 */
#ifndef EMEND_LANGFEAT_H
#define EMEND_LANGFEAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LANG_WORD_CHARS 32 /* a longer run of letters is cut into words of this length */
#define LANG_FEATS (6 * LANG_WORD_CHARS + 16)
#define LANG_ORDER 5 /* characters in the longest n-gram */

/*
 * Finds the first word of s[0..n): a run of letters and marks, digits between them included;
 * an apostrophe ends it and belongs to it.  Returns its length and puts its place in *off; 0
 * when there is none.
 */
size_t lang_word_find(const char *s, size_t n, size_t *off);
/*
 * The features of the word s[0..n): hashes of its n-grams, edges marked, case folded, and of the
 * word as a whole, which is feat[0].  Returns their number, at most LANG_FEATS.
 */
size_t lang_word_features(const char *s, size_t n, uint32_t feat[LANG_FEATS]);

#endif
