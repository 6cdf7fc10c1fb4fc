/*
 * span: the elements that a note over some text becomes.
 */
#ifndef TOTEI_SPAN_H
#define TOTEI_SPAN_H

#include "totei.h"

enum span {
	SPAN_NONE,
	SPAN_CORR,
	SPAN_SPACED,	/* letter-spacing closed up */
	SPAN_AROUND,	/* the hi around it, where no note says so */
	SPAN_ENCODING,
	SPAN_DOUBT,
	SPAN_UNCLEAR,
	SPAN_LANG,
	SPAN_HI,
	SPAN_MARK,
	SPAN_SYMBOL,
};

/* Whether the type of n, words with a space between, names that one. */
bool note_has_type(const struct note *n, const char *type);
/* Starts the elements of n; in the last of them its text is to be written. */
void span_start(struct body *b, const struct note *n, enum span span);
/* Ends them, behind the text, with what follows it. */
void span_end(struct body *b, const struct note *n, enum span span);
/* Writes the specks that n says were taken out. */
void noise_write(struct body *b, const struct note *n);

#endif
