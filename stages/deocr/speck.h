/*
 * speck: signs between words that a scanner saw where the page had none, and spaces it saw behind
 * the apostrophe of an elided word or inside a year.
 */
#ifndef DEOCR_SPECK_H
#define DEOCR_SPECK_H

#include "lattice.h"

struct speck {
	size_t off, len;	/* bytes of the passage that are to go */
	int post;		/* hundredths */
	bool space;		/* a space alone */
};

struct specks {
	struct speck *list;
	size_t n, cap;
};

/* Counts what is to be learned of p before. */
void specks_study(const struct passage *p, const struct language *l);
/* Finds the specks of p, in order, into s, which is emptied first. */
void specks_find(struct specks *s, const struct passage *p, const struct lattice *x,
    const struct language *l);

#endif
