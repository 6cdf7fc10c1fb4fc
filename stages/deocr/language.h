/*
 * language: all that deocr knows of one language - its words, how they follow one another, what
 * scanners make of them - and what a string of letters is in it.
 */
#ifndef DEOCR_LANGUAGE_H
#define DEOCR_LANGUAGE_H

#include "channel.h"
#include "lexicon.h"
#include "model.h"
#include "token.h"

struct vocabulary;

struct words {
	char **list;		/* owned */
	size_t n, cap;
};

struct language {
	char *tag;
	struct lexicon *lexicon;	/* NULL: nothing can be corrected, nor is the rest there */
	struct model *model;		/* may be NULL */
	struct elision *elision;
	struct words prefixes;		/* that a writer may part from their words by a hyphen */
	struct words years;		/* that years stand behind */
	struct words archaic;		/* old and new spellings by turns; $ is the end of a word */
	struct channel *channel;
	struct calibration *calibration;	/* may be NULL */
	struct vocabulary *vocabulary;	/* what was looked up in it so far; NULL before the first text */
};

/* The language of that tag, opened at the first call and kept; never NULL. */
struct language *language_get(const char *tag);

/* How a word is written. */
enum shape {
	SHAPE_LOWER,	/* no capital */
	SHAPE_CAPITAL,	/* the first letter, no other */
	SHAPE_UPPER,	/* all of two or more */
	SHAPE_MIXED	/* otherwise */
};

enum shape word_shape(const char *s, size_t n);

#define READING_MAX 8
#define STRAY (14 * MODEL_BIT)	/* what a sign costs next to a letter where no writer puts it */

/* A string as the model sees it: its words, and what they cost beyond the model's costs. */
struct reading {
	uint32_t id[READING_MAX];
	unsigned char n;
	bool known;	/* every word is in the lexicon or among the accepted words */
	bool capital;	/* its first word is a name, inside a sentence: unknown or gazetted, with a capital */
	int extra;
	int inside;	/* the cost of its capital, or of none, where no sentence begins */
	int alone;	/* the cost of the words wherever they stand, extra included */
};

/*
 * Reads s[0..n).  Capitals may lack their diacritics, and œ may be oe.  Where that leaves a single
 * word in doubt (A: a, à), other asks for the second likeliest word; returns whether there is one.
 */
bool language_read(const struct language *l, const char *s, size_t n, bool other,
    struct reading *r);

/* Whether the token s[0..n) with figures is a word in which a scanner took letters for them. */
bool is_misread(const char *s, size_t n);

/* Whether s[0..n) is a word as it stands: in the lexicon, accepted, or initials. */
bool language_knows(const struct language *l, const char *s, size_t n);

/* Where a word leads in the lexicon, as it stands and with its first letter small. */
struct stem {
	uint32_t as, small;
};

struct stem language_stem(const struct language *l, const char *s, size_t n);
/*
 * Whether a word of that stem may be known with s[0..n) written behind it: a quick look that says
 * no where that is plain.
 */
bool language_goes_on(const struct language *l, const struct stem *stem, const char *s, size_t n);

/* Whether s[0..n) stands in dict/words to the letter. */
bool language_gazettes(const struct language *l, const char *s, size_t n);

/* Whether s[0..n) begins with a prefix and a hyphen. */
bool language_prefixed(const struct language *l, const char *s, size_t n);

/* Whether a year may stand behind s[0..n). */
bool language_dates(const struct language *l, const char *s, size_t n);
/* Whether was[0..n) is an old spelling of now[0..m); capitals must be the same. */
bool language_archaic(const struct language *l, const char *was, size_t n, const char *now,
    size_t m);

/* Adds a word that is right in every language; words_accept reads a file of them, one a line. */
void word_accept(const char *s, size_t n);
bool words_accept(const char *path);

#endif
