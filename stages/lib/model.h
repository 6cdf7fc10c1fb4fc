/*
 * model: how likely a word is after the two before it, mapped from dict/models/LANG.lm; gen/ngrams
 * counts it from clean text.  Words are lower-case, NFC, ' for the apostrophe, cut as lib/token
 * cuts them (l' and homme apart).  Costs are -log2 of the probability in 1/256 of a bit: 0 is
 * certain, 256 one in two.  Nothing here changes after it is opened.
 */
#ifndef EMEND_MODEL_H
#define EMEND_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEL_BIT 256	/* cost of one bit */

/* Words that stand for many.  Ids of words proper begin at MODEL_WORDS. */
enum {
	MODEL_UNKNOWN,	/* a word the model has not; all of them together */
	MODEL_START,	/* the bound of a sentence: before its first word and after its last */
	MODEL_NUMBER,	/* anything with a digit */
	MODEL_NAME,	/* a word the model has not, with a capital inside a sentence */
	MODEL_PAUSE,	/* punctuation inside a sentence: , ; : ( ) dashes and quotation marks */
	MODEL_WORDS
};

struct model;

/* Maps LANG.lm, found through dict_path, or the file itself.  NULL with errno set. */
struct model *model_open(const char *lang);
struct model *model_open_file(const char *path);
void model_close(struct model *m);
size_t model_size(const struct model *m);	/* one more than the largest id */
const char *model_fingerprint(const struct model *m);	/* 16 hexadecimal digits */

/* The id of s[0..n), which is lower-case; MODEL_UNKNOWN where the model has it not. */
uint32_t model_word(const struct model *m, const char *s, size_t n);
/* Writes the word to out[0..cap), no NUL; returns its length, 0 for ids below MODEL_WORDS. */
size_t model_form(const struct model *m, uint32_t w, char *out, size_t cap);
/* The cost of w3 after w1 w2; a bound of a sentence before w2 makes w1 MODEL_START too. */
int model_cost(const struct model *m, uint32_t w1, uint32_t w2, uint32_t w3);
/* The cost of w wherever it stands. */
int model_word_cost(const struct model *m, uint32_t w);
/* The longest run of words ending in w3 that was seen and kept: 3, 2 or 1. */
int model_order(const struct model *m, uint32_t w1, uint32_t w2, uint32_t w3);
/* The share of w, inside sentences, that is written with a capital, in 1/255. */
int model_capital(const struct model *m, uint32_t w);
/*
 * The cost of spelling s[0..n), lower-case, as a word of the language nobody listed: add it to
 * that of MODEL_UNKNOWN or MODEL_NAME to weigh a string against the words of the model.
 */
int model_spelling(const struct model *m, const char *s, size_t n);

#endif
