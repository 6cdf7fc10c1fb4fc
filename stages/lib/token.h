/*
 * token: a text cut into the units that word models count and deocr looks up.  White space cuts;
 * so do long dashes, ellipses and two signs in a row; edge punctuation stands by itself; the
 * clitics of dict/elision/LANG.txt are units of their own (l'homme: l' homme; dit-il: dit -il).
 * The counting program and deocr use the same cut, so that both mean the same word by a word.
 */
#ifndef EMEND_TOKEN_H
#define EMEND_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

enum token_kind {
	TOKEN_WORD,	/* letters, with what stands between them (hyphen, apostrophe, full stop) */
	TOKEN_CLITIC,	/* a clitic of the table, its apostrophe or hyphen included */
	TOKEN_NUMBER,	/* digits, signs between them, at most three letters behind: 1er, 5s, 20,5 */
	TOKEN_MIXED,	/* any other unit that holds a digit, or an @ or // of an address */
	TOKEN_PUNCT	/* one or more characters, none of them a letter or digit */
};

struct token {
	size_t off, len;	/* bytes of the text */
	enum token_kind kind;
	bool space;		/* white space or the start of the text before it */
};

struct tokens {
	struct token *list;	/* owned; zeroed is empty and ready */
	size_t n, cap;
};

struct elision;

/*
 * The clitics of a language: prefixes end in an apostrophe, suffixes begin with an apostrophe or
 * hyphen.  A language without a table has none.  Never NULL; the caller frees it.
 */
struct elision *elision_open(const char *lang);
void elision_free(struct elision *e);

/* Cuts s[0..n), UTF-8 in NFC, into t, which is emptied first.  e may be NULL: no clitics. */
void token_cut(const struct elision *e, const char *s, size_t n, struct tokens *t);
/*
 * Appends the form that lexicons and models know s[0..n) by: typographic apostrophes and hyphens
 * (U+2019, U+02BC, U+2010, U+2011) as ASCII ones, soft hyphens left out, NFC.  Case is kept.
 */
void token_form(struct buf *b, const char *s, size_t n);
/*
 * Whether the PUNCT s[0..n) is one sign that no writer puts next to a letter, so that a scanner
 * will have seen it in one: ~ $ ^ | \ and the like.
 */
bool token_stray(const char *s, size_t n);
void tokens_free(struct tokens *t);

#endif
