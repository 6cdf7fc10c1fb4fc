/*
 * record: the records of a tagged stream that decode writes, one after the other, counted.
 */
#ifndef EMEND_RECORD_H
#define EMEND_RECORD_H

#include "io.h"
#include "line.h"

struct records {
	struct out *to;
	size_t n; /* since and with the D */
	struct buf b; /* scratch */
};

/* Writes a record of these fields, escaped; the last argument is NULL. */
void record_put(struct records *r, char tag, const char *const *field);
/* Writes an M by decode; post in hundredths, or -1. */
void record_meta(struct records *r, const char *key, const char *value, int post);
/* The same of a number, behind a name that may be empty. */
void record_number(struct records *r, const char *key, const char *name, size_t n);
/* Writes a T of s[0..n), which has no LF. */
void record_text(struct records *r, const char *s, size_t n);
/* Writes the notes on a line just written: its form feed, its changes. */
void record_notes(struct records *r, const struct line *l);
/* Writes the E. */
void record_end(struct records *r);

#endif
