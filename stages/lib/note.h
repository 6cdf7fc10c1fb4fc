/*
 * note: a text and the notes on it, kept right through every edit.  The kinds of note and their
 * order are those of stream(5).  Offsets and lengths are in bytes.
 */
#ifndef EMEND_NOTE_H
#define EMEND_NOTE_H

#include "buf.h"

#define POST_NONE (-1)

struct note {
	size_t off, len;
	char *kind, *type, *value, *by, *why;	/* owned, never NULL; "" says nothing */
	int post;	/* posterior in hundredths, 0..100, or POST_NONE */
};

struct text {
	struct buf s;		/* UTF-8, no LF, no NUL */
	struct note *note;	/* sorted as stream(5) says */
	size_t n, cap;
};

/*
 * Adds a note in its place: behind those of its offset and length, before shorter ones.  The
 * strings are copied; NULL stands for "".  Returns its index, valid until the next change.
 */
size_t text_note(struct text *t, size_t off, size_t len, const char *kind, const char *type,
    const char *value, int post, const char *by, const char *why);
void text_unnote(struct text *t, size_t i);
/*
 * Replaces len bytes at off by n bytes at p.  Notes behind move; notes around grow or shrink;
 * of notes inside, zero-length ones stay at the nearest bound and longer ones are dropped.
 */
void text_splice(struct text *t, size_t off, size_t len, const char *p, size_t n);
/*
 * Corrects len bytes at off to n bytes at p: a splice with a corr note that has the source form.
 * A corr that lies inside or touches the same bytes is merged: its source form is put in place
 * first, its types are kept.  Returns false, and changes nothing, where an lb, hyphen or here
 * stands strictly inside, or where another note would be cut.
 */
bool text_correct(struct text *t, size_t off, size_t len, const char *p, size_t n,
    const char *type, int post, const char *by, const char *why);
/* Takes len bytes at off out as noise; same refusals as text_correct. */
bool text_noise(struct text *t, size_t off, size_t len, const char *type, int post,
    const char *by);
/* Appends sep and then b's text with its notes to a; b is left as it was. */
void text_join(struct text *a, const char *sep, const struct text *b);
/* Moves what lies from byte off on into tail (emptied first); a longer note across off is split. */
void text_cut(struct text *t, size_t off, struct text *tail);
/* The first note of that kind at index i or behind; t->n when there is none. */
size_t text_find(const struct text *t, size_t i, const char *kind);
/*
 * Appends what the source has in place of bytes from..to of t: source forms for corr, the taken
 * out hyphens and noise back in.  (The whole text: from 0 to t->s.len.)
 */
void text_source(const struct text *t, size_t from, size_t to, struct buf *b);
void text_clear(struct text *t);
void text_free(struct text *t);

#endif
