/*
 * guess: which single-byte encoding, pure or beside UTF-8, makes the likeliest text of some bytes.
 */
#ifndef EMEND_GUESS_H
#define EMEND_GUESS_H

#include <stdbool.h>

#include "charmodel.h"
#include "charset.h"

enum {
	GUESS_BEST = 3
};

struct guess {
	const struct charset *single;
	bool utf8; /* what is well-formed UTF-8 is that */
	size_t lang; /* the language it is likeliest in, of the model */
	double bits; /* cost of the bytes looked at */
};

struct guesses {
	struct guess best[GUESS_BEST];
	size_t n;
	int post; /* of the first, in hundredths, against all that read otherwise */
};

/* Weighs the bytes s[0..n), which are not UTF-8 throughout. */
struct guesses guess_encoding(const struct charmodel *m, const char *s, size_t n);

#endif
