/*
 * letters: how the words of a language are spelled: the cost of a letter after the three before it.
 */
#ifndef EMEND_LETTERS_H
#define EMEND_LETTERS_H

#include "corpus.h"

/* The tables of model.h: letters, costs after two letters, back-offs of three, runs of four. */
struct spelling {
	struct buf letter, cost, back;
	uint32_t nletter;
	struct run4 {
		uint32_t key;	/* four symbols, LETTER_BITS each, the last one lowest */
		uint32_t cost;	/* in 1/8 bit */
	} *run;
	size_t nrun;
};

/*
 * Learns from the forms of the lexicon, each once, and as heavily from the names the texts have
 * beside them, all in lower case.
 */
void spelling_make(struct spelling *s, const struct lexicon *l, const struct corpus *c);
void spelling_free(struct spelling *s);

#endif
