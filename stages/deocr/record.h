/*
 * record: what a document is told of how it was corrected: with which dictionaries, models and
 * tables, from which posterior on, and how much of each kind was done.
 */
#ifndef DEOCR_RECORD_H
#define DEOCR_RECORD_H

#include "statement.h"
#include "stream.h"

enum tally {
	TALLY_CORRECTIONS,
	TALLY_CHAR, TALLY_SPACE, TALLY_DIACRITIC, TALLY_HYPHEN, TALLY_REALWORD, TALLY_PUNCT,
	TALLY_CASE,		/* corrections by kind; one may be of several */
	TALLY_LINES,		/* hyphens taken out at line ends */
	TALLY_SPECKS,		/* signs between words taken for dirt */
	TALLY_DOUBTS,
	TALLY_SPEECHLESS,	/* blocks in languages without a dictionary */
	TALLIES
};

struct record {
	struct knowledge *known;	/* of each language met so far, in any document, by tag; owned */
	size_t n, cap;
	struct buf words;		/* the fingerprints of files of accepted words, a line each */
	size_t tally[TALLIES];		/* of the document */
};

/* That the words of the file at path are accepted. */
void record_words(struct record *r, const char *path);
/* That a block of the document is in language l. */
void record_language(struct record *r, const struct language *l);
/* What was done to t, as its notes have it. */
void record_text(struct record *r, const struct text *t);
/* Writes it all to d, the counts only to msg where d is plain, and is ready for the next. */
void record_write(struct record *r, struct doc *d, const struct settings *set);
void record_free(struct record *r);

#endif
