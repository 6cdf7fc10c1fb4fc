/*
 * phrase: the tables of dict/segment and how a line is held against them.  A row of a table is
 *
 *	LANG	CLASS	PATTERN	[VALUE]
 *
 * A PATTERN is words; with a star behind, what begins so; with one before, what ends so; with
 * both, what holds it.  Text and pattern are compared folded (fold.c), and a long pattern
 * forgives a misread letter or two.
 */
#ifndef PHRASE_H
#define PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum class {
	C_SALUTE, /* a salutation by itself: ladies and gentlemen */
	C_ADDRESS, /* opens one before an office: mr, madam */
	C_OFFICE, /* president, secretary general */
	C_THANKS, /* a whole line of thanks that ends a speech */
	C_THANK, /* opens such a line */
	C_GRATEFUL, /* opens a line that is thanks if it is the last */
	C_CLOSE, /* a complimentary close of a letter */
	C_POSTSCRIPT, /* opens what stands below a signature */
	C_TITLE, /* opens the title of a speech */
	C_SPEECH, /* what was said: statement, remarks; value by: only with a name */
	C_SPEECHLIKE, /* beside it: opening, joint */
	C_SPEAKER, /* leads on to who said it: by, on behalf of; value by: surely */
	C_LETTER, /* stands in a letterhead */
	C_ORGAN, /* opens a resolution: the general assembly */
	C_ADOPTED, /* stands in the head or foot of a resolution */
	C_RESOLUTION, /* opens the title of one */
	C_ANNEX,
	C_ADDRESSEE,
	C_LABEL, /* stands before a colon in the head of a letter */
	C_VERBALE, /* stands in the first sentence of a note verbale */
	C_PAGE, /* the word before a page number */
	C_FOOTER, /* what printers put at the foot of a page */
	C_WEB, /* boilerplate of a web page */
	C_RESIDUE,
	C_MONTH,
	C_HONORIFIC, /* before a name: mr, h.e. */
	C_COUNTRY, /* value: the name to give */
	C_PRESS,
	C_MINUTES,
	C_RECORD, /* what a record says when a meeting begins or ends */
	C_SECTION, /* a heading that is one word: introduction */
	C_ABBREV, /* a full stop behind it ends no sentence */
	C_AT, /* before the event in a title: at the */
	C_EVENT, /* what an event is called */
	C_NOTE, /* opens a footnote: see, ibid. */
	C_COUNTED, /* a word whose number stands behind it: article, phase */
	C_SHORT, /* a word of one or two letters; value: its languages */
	C_UNIT, /* of measure, squared or cubed by a raised figure */
	C_COUNT
};

struct phrase {
	char *fold; /* owned, with raw and value behind it */
	const char *value; /* "" where the row has none */
	const char *raw; /* the pattern as the table has it */
	unsigned n; /* bytes of fold */
	char second, third, last; /* of them */
	uint32_t letters; /* which of a-z it has */
	uint32_t start; /* which its first PHRASE_START bytes have */
	bool head, tail; /* a star before, behind */
};

struct phrases;

#define PHRASE_START 8

/* Reads all tables; a table that cannot be read is reported, and its classes are empty. */
struct phrases *phrases_read(void);
void phrases_free(struct phrases *p);
/* What fold (fold.c) makes of s[0..n), in room that the next call takes again. */
struct folded {
	const char *s;
	size_t n;
};
struct folded phrases_fold(struct phrases *p, const char *s, size_t n);
/* The same, behind what the last call folded. */
struct folded phrases_fold_more(struct phrases *p, const char *s, size_t n);
/* Whether s[0..n), folded, is of the class. */
bool phrase_is(struct phrases *p, enum class c, const char *s, size_t n);
/*
 * The first phrase of the class that matches the folded text f[0..n), or NULL.  *len, where it is
 * not NULL, is how many bytes of f a pattern with a star behind took.
 */
const struct phrase *phrase_find(
    const struct phrases *p, enum class c, const char *f, size_t n, size_t *len);
/* The phrase of the class that f[0..n) is to the letter, once folded, or NULL. */
const struct phrase *phrase_exact(const struct phrases *p, enum class c, const char *f, size_t n);

#endif
