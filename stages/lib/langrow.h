/*
 * langrow: the rows of the language model, each the weights of an n-gram for the languages of its
 * script, four bits a weight.  All rows lie in one run of bytes: where an n-gram's row begins is
 * its hash, scaled; rows of Latin n-grams and the shorter ones of Cyrillic n-grams share it.
 */
#ifndef EMEND_LANGROW_H
#define EMEND_LANGROW_H

#include "lang.h"
#include "langfeat.h"

#define LANG_ROW_BYTES 12 /* of a Latin n-gram */
#define LANG_ROW_SHORT 4 /* of a Cyrillic one */
#define LANG_ROW_READ 16 /* so many bytes from a row's first are read, and only some used */
#define LANG_COLUMNS(script) ((script) == LANG_LATIN ? 2 * LANG_ROW_BYTES : 2 * LANG_ROW_SHORT)
/* The first language of the script: those of the Latin script stand first, then the Cyrillic. */
#define LANG_COLUMN(script) ((script) == LANG_LATIN ? 0 : 2 * LANG_ROW_BYTES)
#define LANG_COLUMNS_ALL (2 * LANG_ROW_BYTES + 2 * LANG_ROW_SHORT)

/* The byte the row of an n-gram begins at, where there are nrow rows of LANG_ROW_BYTES. */
static inline size_t
lang_row(enum lang_script script, uint32_t gram, uint32_t nrow)
{
	if (script == LANG_LATIN)
		return (size_t)((uint64_t)gram * nrow >> 32) * LANG_ROW_BYTES;
	return (size_t)((uint64_t)gram * nrow * (LANG_ROW_BYTES / LANG_ROW_SHORT) >> 32) *
	       LANG_ROW_SHORT;
}

/* The four bits that come nearest to a weight in units of score. */
unsigned lang_nibble(double weight);

/* Sums the rows of a word's n-grams up: the scores of all languages, 0 for those of other scripts. */
void lang_rows_sum(
    const unsigned char *rows, uint32_t nrow, const struct lang_feats *f, int16_t score[LANG_MAX]);

#endif
