/*
 * align: the words of a text, and the cheapest way to turn one text's words into another's.  Words
 * are what stands between white space in NFC, edge punctuation split off, case kept; a token of
 * punctuation alone is no word, unless asked for.
 */
#ifndef BENCH_ALIGN_H
#define BENCH_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

struct word {
	const char *s;
	size_t len;
	uint64_t hash;
	size_t unit;	/* line of the input, with WORDS_LINES */
};

struct words {
	struct word *list;
	size_t n, cap;
	struct buf text;	/* NFC; the words point into it */
};

/* What counts as a word, and what of it. */
enum {
	WORDS_LINES = 1,	/* lines are units */
	WORDS_PUNCT = 2,	/* punctuation is a word of its own */
	WORDS_NO_HYPHENS = 4,	/* hyphens inside words make no difference */
};

/* One step of an alignment: na words of a stand for nb words of b. */
struct step {
	size_t a, b;	/* index of the first word of each */
	unsigned char na, nb;
	bool same;
};

struct steps {
	struct step *list;
	size_t n, cap;
};

/* Reads the words of a file; the program ends where it cannot be read. */
void words_read(struct words *w, const char *path, int flags);
/* Adds the words of s[0..n), which stays the caller's and must outlive them. */
void words_add(struct words *w, const char *s, size_t n, int flags);
bool word_same(const struct word *a, const struct word *b);
/*
 * Aligns a[0..n) with b[0..m) at least cost: a word replaced, lost, added, split or merged is one
 * error; likeness of the words breaks ties.  The steps come in order.
 */
void align(const struct word *a, size_t n, const struct word *b, size_t m, struct steps *out);

#endif
