/*
 * statement: the texts of one statement, corrected together, because what a scanner did in one
 * of them tells what it did in the others.
 */
#ifndef DEOCR_STATEMENT_H
#define DEOCR_STATEMENT_H

#include "language.h"
#include "note.h"

struct settings {
	int threshold;		/* hundredths; a change less sure is not made */
	int doubt;		/* hundredths; less sure than that, it is not even a doubt */
	bool explain;		/* say on standard error what was weighed */
};

struct statement;

struct statement *statement_open(const struct settings *set);
/*
 * Adds a text of that language; it stays the caller's and is changed by statement_correct.  id names
 * it where decisions are explained.
 */
void statement_add(struct statement *s, struct text *t, const char *id, struct language *l);
/* Corrects the texts added, and forgets them. */
void statement_correct(struct statement *s);
void statement_close(struct statement *s);

#endif
