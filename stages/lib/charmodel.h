/*
 * charmodel: how likely characters are in some language.  A trigram model of the letters of each
 * language, its rows shared by the languages of a script, with what stands between words and with
 * capitals counted over all of them.  Costs are in eighths of a bit.
 */
#ifndef EMEND_CHARMODEL_H
#define EMEND_CHARMODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CM_BIT 8	/* a bit in the units of costs */

enum {
	CM_GROUPS = 5,		/* Latin, Cyrillic, Greek, Arabic, Hebrew */
	CM_LANGS = 48,		/* at most, over all groups */
	CM_SYMBOLS = 250,	/* of a group, at most */
	CM_ANY = 255,		/* in place of the first letter of a trigram: any other */
	CM_END = 0x2100		/* no character from here on is a letter of the model */
};

/* The first symbols of every group; its letters follow, in lower case. */
enum { CM_BOUNDARY, CM_DIGIT, CM_APOSTROPHE, CM_FIRST_LETTER };

/* What stands beside a character that is no letter. */
enum cm_side { CM_SPACE, CM_LETTERS, CM_DIGITS, CM_MARKS, CM_SIDES };

/* How a word was written so far. */
enum cm_case { CM_START, CM_LOWER, CM_CAPITAL, CM_CAPITALS, CM_CASES };

struct charmodel;

/* The group of the letter cp by its script, or -1. */
int cm_group(uint32_t cp);
/* Is cp a letter of words?  The ordinal signs are none. */
bool cm_letter(uint32_t cp);
/* The side of a character. */
enum cm_side cm_side(uint32_t cp);
/* Is cp an apostrophe where a letter stands before it? */
bool cm_apostrophe(uint32_t cp);
/* The next state of the case of a word behind cp. */
enum cm_case cm_case_next(enum cm_case state, uint32_t cp);

/* Opens dict/models/chars.cm, or NULL with errno set. It lasts until the program ends. */
const struct charmodel *charmodel_open(void);
/* How many languages, and the name of one. */
size_t charmodel_langs(const struct charmodel *m);
const char *charmodel_lang(const struct charmodel *m, size_t lang);
/* Is cp a letter of some language of the model? */
bool charmodel_knows(const struct charmodel *m, uint32_t cp);
/*
 * Adds to cost[CM_LANGS] what the characters from..to of cp[0..n) cost in each language, with what
 * stands before and behind them as their context.
 */
void charmodel_add(const struct charmodel *m, const uint32_t *cp, size_t n, size_t from, size_t to,
    int32_t *cost);
/* The same for one language. */
int32_t charmodel_cost(const struct charmodel *m, const uint32_t *cp, size_t n, size_t from,
    size_t to, size_t lang);

#endif
