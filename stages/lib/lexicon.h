/*
 * lexicon: the forms of a language as a minimal automaton, mapped from build/dict/LANG.lex; the
 * file is written by gen/lexicon from a hunspell dictionary and the lists of dict/words.  Forms
 * are UTF-8 in normalization form C with ' for the apostrophe, in the case the dictionary has
 * them.  Elided words stand apart (l'homme is l' and homme), as lib/token cuts them.  Nothing
 * here changes after it is opened: any number of readers may share it.
 */
#ifndef EMEND_LEXICON_H
#define EMEND_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dawg.h"

#define LEXICON_LONGEST 255	/* bytes of the longest form */

/*
 * The file: a head, the two tables of dawg.h, and the forms that have flags, by number.  Numbers
 * are four bytes, least significant first.  The head:
 *	 0  "EMENDLEX"
 *	 8  LEXICON_VERSION
 *	12  root, 16 edges, 20 forms, 24 forms with flags
 *	28  fingerprint, 16 hexadecimal digits: the start of the SHA-256 of all behind the head
 *	44  zero
 * A form with flags is its number times 8 plus the flags.
 */
#define LEXICON_MAGIC "EMENDLEX"
#define LEXICON_VERSION 1
#define LEXICON_HEAD 48		/* bytes */
#define LEXICON_PRINT 16	/* digits of a fingerprint */

/* What is known of a form, beside that it is one. */
enum {
	LEXICON_GAZETTEER = 1,	/* stands in dict/words: a country, a body, a word of the domain */
	LEXICON_EXACT = 2,	/* good in this case only (KEEPCASE): mL, not ML */
	LEXICON_ADDED = 4,	/* unknown to hunspell, from dict/words alone */
};

struct lexicon;

/* Maps LANG.lex, found through dict_path, or the file itself.  NULL with errno set. */
struct lexicon *lexicon_open(const char *lang);
struct lexicon *lexicon_open_file(const char *path);
void lexicon_close(struct lexicon *l);
size_t lexicon_count(const struct lexicon *l);	/* of forms */
/* 16 hexadecimal digits that change when a form does. */
const char *lexicon_fingerprint(const struct lexicon *l);

/* Is s[0..n) a form, to the letter? */
bool lexicon_has(const struct lexicon *l, const char *s, size_t n);
/*
 * Is it one as hunspell takes case: Capitalised and CAPITAL words stand for their lower-case
 * form, CAPITAL ones for any form of these letters (CDS for CDs too); mIxed ones for none.
 */
bool lexicon_knows(const struct lexicon *l, const char *s, size_t n);

/* The form's number in byte order, 0..count-1; -1 where it is none. */
long lexicon_index(const struct lexicon *l, const char *s, size_t n);
/* Writes form number i to out[0..cap), no NUL; returns its length, 0 where i or cap is out of range. */
size_t lexicon_form(const struct lexicon *l, long i, char *out, size_t cap);
/* LEXICON_GAZETTEER and the others, of form number i. */
unsigned lexicon_flags(const struct lexicon *l, long i);

/* The automaton, for searches that walk it; it lasts as long as the lexicon. */
const struct dawg *lexicon_forms(const struct lexicon *l);

#endif
