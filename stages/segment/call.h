/*
 * call: what may be footnote marks - figures and stars that a line has beside its words.  Whether
 * one is a mark the notes tell (bare.c, tie.c).
 */
#ifndef CALL_H
#define CALL_H

#include "segment.h"

#define CALL_HIGHEST 999 /* the highest number of a note */

/* How a call stands, the surest first. */
enum call_kind {
	CALL_GLUED, /* to a word, a stop, a year: "Persons1", "Convention,2", "2000,1"; stars, raised */
	CALL_BRACKETS, /* glued, in brackets: "plan(2)", "plan.[2]" */
	CALL_OFF, /* with more space than words have, or before a stop: "Rights 15  and" */
	CALL_YEAR, /* glued to a year: "19785" */
	CALL_APART, /* in brackets of its own: "the plan (2)" */
	CALL_LOOSE /* between two words: "the Convention 3 and" */
};

struct call {
	size_t line, off, len; /* bytes of the line's text */
	unsigned value; /* 0: stars */
	enum call_kind kind;
	char style; /* '(' or '[' in brackets, else 0 */
	bool word; /* glued to a word in small letters: hardly anything else */
};

struct calls {
	struct call *call;
	size_t n, cap;
};

/* Appends what may be marks on line i; skip bytes at its head are the block's own number. */
void calls_scan(const struct seg *s, size_t i, size_t skip, struct calls *c);

#endif
