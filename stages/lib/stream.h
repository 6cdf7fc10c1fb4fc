/*
 * stream: the tagged stream of stream(5), read and written a document at a time; plain text too,
 * as a stream of one document without a D.
 */
#ifndef EMEND_STREAM_H
#define EMEND_STREAM_H

#include <stdbool.h>

#include "io.h"
#include "note.h"

/*
 * A record.  field[0] is the first field behind the tag; of D, S and B the first is the id,
 * number or kind, the rest are key=value.  A B holds its T: text is the block's.  A T has no
 * fields.  All fields are owned and unescaped.
 */
struct rec {
	char tag;
	size_t nfield, capfield;
	char **field;
	struct text text;	/* of T and B */
	size_t line;		/* of a bare T: its source line, counted from 1 */
};

struct doc {
	bool tagged;		/* false: plain text, rec[0] is no D */
	bool failed;		/* an X stands in it */
	struct rec *rec;	/* rec[0] is the D; the E is not kept */
	size_t n, cap;
};

struct stream;

/* Reads from in.  plain: take it for plain text whatever it looks like (option -T). */
struct stream *stream_open(struct in *in, bool plain);
bool stream_tagged(const struct stream *s);
/*
 * Reads the next document into d, which is cleared first.  Returns 1, 0 at the end of the stream.
 * A document without its E, a record that is none, a note out of bounds: reported through msg, and
 * the document is returned as failed, with an X, so that the stages behind report it too.  Plain
 * text is one document of T records; a line that is no UTF-8 is reported once and its bad bytes
 * become U+FFFD.
 */
int stream_read(struct stream *s, struct doc *d);
void stream_close(struct stream *s);	/* closes in too */

/* Writes the opening line of a tagged stream. */
void stream_begin(struct out *o);
/* Writes d: tagged with its E; plain as one line a T. */
void doc_write(struct out *o, struct doc *d);
/* Appends a record with these fields (the last argument NULL); valid until the next change of d. */
struct rec *doc_add(struct doc *d, int tag, ...);
/* The same before record i. */
struct rec *doc_insert(struct doc *d, size_t i, int tag, ...);
/* Marks the document failed: an X, and its T, B, N records dropped. */
void doc_fail(struct doc *d, const char *stage, const char *reason);
/* Adds an M of the document, behind those that follow its D. */
void doc_meta(struct doc *d, const char *key, const char *value, int post, const char *by);
/* The value of the first M of that key, or NULL. */
const char *doc_get(const struct doc *d, const char *key);
void doc_clear(struct doc *d);
void doc_free(struct doc *d);

/* Appends a copy of field. */
void rec_add(struct rec *r, const char *field);
/* The value of key among key=value fields, or NULL. */
const char *rec_get(const struct rec *r, const char *key);
void rec_set(struct rec *r, const char *key, const char *value);
void rec_setf(struct rec *r, const char *key, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
const char *rec_kind(const struct rec *r);	/* of a B; "" for others */

/* Writes records one by one, for a stage that must not hold a document: escapes and counts. */
void rec_write(struct out *o, const struct rec *r, size_t *count);
/* Appends field to b with TAB, LF, CR and backslash escaped. */
void field_escape(struct buf *b, const char *field);

#endif
