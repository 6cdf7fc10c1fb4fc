/*
 * note: a text and the notes on it, kept right through every edit.  The kinds of note and their
 * order are those of stream(5).  Offsets and lengths are in bytes.
 */
#ifndef EMEND_NOTE_H
#define EMEND_NOTE_H

#include <stdbool.h>

#include "buf.h"

#define POST_NONE (-1)

struct note {
	size_t off, len;
	/* Never NULL; "" says nothing.  They lie one after the other in one owned block. */
	const char *kind, *type, *value, *by, *why;
	int post;	/* posterior in hundredths, 0..100, or POST_NONE */
};

struct text {
	struct buf s;		/* UTF-8, no LF, no NUL */
	struct note *note;	/* sorted as stream(5) says */
	size_t n, cap;
};

/* A note with copies of these strings (NULL is ""), for who puts many into a text at once. */
struct note note_make(size_t off, size_t len, const char *kind, const char *type, const char *value,
    int post, const char *by, const char *why);
/*
 * Adds a note in its place: behind those of its offset and length, before shorter ones.  The
 * strings are copied; NULL stands for "".  Returns its index, valid until the next change.
 */
size_t text_note(struct text *t, size_t off, size_t len, const char *kind, const char *type,
    const char *value, int post, const char *by, const char *why);
void text_unnote(struct text *t, size_t i);
/* Changes the type of note i. */
void text_retype(struct text *t, size_t i, const char *type);
/*
 * An edit: len bytes at off become n bytes at p.  kind says which note keeps the source form:
 * "corr"; "noise" or "hyphen", for which n is 0; or "", no note at all.
 */
struct edit {
	size_t off, len;
	const char *p;
	size_t n;
	const char *kind, *type, *by, *why;
	int post;
};

/*
 * Makes n edits, sorted by offset and disjoint, in one pass over the text.  Notes behind an edit
 * move; notes around it grow or shrink; of notes inside it, zero-length ones go to the nearest
 * bound and longer ones are dropped.
 *
 * Edits that leave a note are refused, and the text stays as it is there, where an lb, hyphen or
 * here stands strictly inside, where a mark lies inside or another note would be cut in two.  A
 * corr that overlaps one is merged into it: the edit grows to cover both, and its note keeps the
 * first source form and all the types; where the text is the source form again the note goes.
 * Returns how many edits were made.
 */
size_t text_edit(struct text *t, const struct edit *e, size_t n);
/* One edit without a note. */
void text_splice(struct text *t, size_t off, size_t len, const char *p, size_t n);
/* One corr, or one noise; false where it was refused. */
bool text_correct(struct text *t, size_t off, size_t len, const char *p, size_t n,
    const char *type, int post, const char *by, const char *why);
bool text_noise(struct text *t, size_t off, size_t len, const char *type, int post,
    const char *by);
/* Appends sep and then b's text with its notes to a; b is left as it was. */
void text_join(struct text *a, const char *sep, const struct text *b);
/*
 * Moves what lies from byte off on into tail, which is emptied first; a longer note across off is
 * split.  Returns false, and changes nothing, where off lies inside a corr.
 */
bool text_cut(struct text *t, size_t off, struct text *tail);
/* The first note of that kind at index i or behind; t->n when there is none. */
size_t text_find(const struct text *t, size_t i, const char *kind);
/*
 * Appends what the source has in place of bytes from..to of t: the source form of each corr that
 * lies wholly inside, hyphens and noise taken out there, those at the bounds too, put back.
 */
void text_source(const struct text *t, size_t from, size_t to, struct buf *b);
void text_clear(struct text *t);
void text_free(struct text *t);

#endif
