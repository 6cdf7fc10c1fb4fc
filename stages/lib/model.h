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

#include "token.h"

#define MODEL_BIT 256	/* cost of one bit */

/*
 * Ids that stand for many words, or for signs.  Ids of words proper begin at MODEL_WORDS, in byte
 * order of the words.
 */
enum {
	MODEL_UNKNOWN,	/* a word the model has not; all of them together */
	MODEL_START,	/* the bound of a sentence: before its first word and after its last */
	MODEL_NUMBER,	/* a token with a digit */
	MODEL_NAME,	/* a word the model has not, with a capital first */
	MODEL_PAUSE,	/* a comma, semicolon, colon or dash inside a sentence */
	MODEL_WORDS
};

#define MODEL_NONE UINT32_MAX	/* of a sign: the model passes over it */
#define MODEL_ID_BITS 17	/* ids are below 1 << MODEL_ID_BITS */

/*
 * The file: a head, the words as an automaton (dawg.h), a record of each id, the pairs, the
 * triples, the costs of letters.  Numbers are least significant byte first.  The head, in numbers
 * of four bytes behind the eight of "EMENDLM" and NUL:
 *	 2 MODEL_VERSION, 3 root, 4 edges, 5 words
 *	 6 log2 of buckets of pairs, 7 pairs, 8 log2 of buckets of triples, 9 triples
 *	10 letters, 11 log2 of buckets of runs of letters, 12 these runs, 13 zero
 *	14-17 the fingerprint's 16 digits: the start of the SHA-256 of all behind the head
 * A record: cost (two bytes, 1/256 bit), back-off, share of capitals.  Pairs and triples are hash
 * tables without loss: a key of so many bits is scrambled by a bijection, its high bits choose the
 * bucket, its low bits stand in the cell, so that what is found is what was asked.  The start of
 * each bucket comes first (four bytes each and one more for the end), then the cells, four bytes
 * each, sorted within the bucket.  A pair's key is w1 w2, its cell low bits of the key (above),
 * cost (8 bits, 1/8 bit), back-off (7 bits).  A triple's key is the number of the cell of w1 w2,
 * and w3; its cell low bits of the key and cost (8 bits).  A back-off of value b stands for
 * (b - MODEL_BACK) / 8 bit.
 *
 * Spelling: a symbol is 0 before and behind a word, 1 for a rare letter, or a letter's index plus
 * 2.  Runs of four symbols are a table like those of triples, the key LETTER_BITS a symbol; the
 * letters follow (code points, four bytes each, sorted), the costs after two symbols (a byte for
 * each three), the back-offs of three symbols (a byte each), all in 1/8 bit.
 */
#define MODEL_MAGIC "EMENDLM"	/* and its NUL */
#define MODEL_VERSION 2
#define MODEL_HEAD 72		/* bytes */
#define MODEL_PRINT 16		/* digits of a fingerprint */
#define MODEL_BACK 16
#define MODEL_PAIR_BITS (2 * MODEL_ID_BITS)
#define MODEL_TRIPLE_BITS (21 + MODEL_ID_BITS)
#define LETTER_BITS 6
#define MODEL_LETTERS_BITS (4 * LETTER_BITS)

/* The bijection on keys of so many bits. */
static inline uint64_t
model_scramble(uint64_t key, int bits)
{
	uint64_t mask = ((uint64_t)1 << bits) - 1;

	key = key * 0x9E3779B97F4A7C15u & mask;
	key ^= key >> (bits / 2);
	return key * 0xD6E8FEB86659FD93u & mask;
}

struct model;

/* Maps LANG.lm, found through dict_path, or the file itself.  NULL with errno set. */
struct model *model_open(const char *lang);
struct model *model_open_file(const char *path);
void model_close(struct model *m);
size_t model_size(const struct model *m);	/* one more than the largest id */
const char *model_fingerprint(const struct model *m);	/* 16 hexadecimal digits */

/*
 * What the model sees in a sign s[0..n) (a TOKEN_PUNCT): MODEL_START, MODEL_PAUSE or MODEL_NONE.
 * before is the word before it, lower-case (empty for none); lower_next: a lower-case word is the
 * next token that is no sign.
 */
uint32_t model_sign(const char *s, size_t n, const char *before, size_t nbefore, bool lower_next);
/*
 * Called for each token of a text the model sees: sign is MODEL_START, MODEL_PAUSE or MODEL_NUMBER,
 * or MODEL_WORDS for a word, lower-case at low[0..n), capital telling how its first letter stood.
 */
typedef void model_fn(void *ctx, uint32_t sign, const char *low, size_t n, bool capital);
/*
 * Shows s[0..n), a paragraph, as the model sees it: signs in a row once, MODEL_START at the end.
 * Whoever counts or measures reads a text this way.
 */
void model_text(const struct elision *e, const char *s, size_t n, model_fn *see, void *ctx);
/* The id of s[0..n), which is lower-case; MODEL_UNKNOWN where the model has it not. */
uint32_t model_word(const struct model *m, const char *s, size_t n);
/* Writes the word to out[0..cap), no NUL; returns its length, 0 for ids below MODEL_WORDS. */
size_t model_form(const struct model *m, uint32_t w, char *out, size_t cap);
/* The cost of w3 after w1 w2; a bound of a sentence before w2 makes w1 MODEL_START too. */
int model_cost(const struct model *m, uint32_t w1, uint32_t w2, uint32_t w3);
/*
 * The same a word at a time, faster by a third: what matters of the words read so far.  Two places
 * that are equal foretell alike, whatever words led to them.
 */
struct model_place {
	uint32_t word;		/* the last */
	uint32_t pair;		/* the last two, as the model has them; 0 where it has not */
	int back;		/* what is added to the cost of a word no triple tells of */
};

/* The place at the start of a sentence. */
struct model_place model_begin(void);
/* The cost of w at that place; *to, which may be the same, becomes the place behind it. */
int model_step(const struct model *m, struct model_place at, uint32_t w, struct model_place *to);
/* The cost of w wherever it stands. */
int model_word_cost(const struct model *m, uint32_t w);
/* The longest run of words ending in w3 that was seen and kept: 3, 2 or 1. */
int model_order(const struct model *m, uint32_t w1, uint32_t w2, uint32_t w3);
/* The share of w, inside sentences, that is written with a capital, in 1/255. */
int model_capital(const struct model *m, uint32_t w);
/*
 * The cost of spelling s[0..n), lower-case, as a word of the language nobody listed: add it to
 * that of MODEL_UNKNOWN or MODEL_NAME to weigh a string against the words of the model.  Where it
 * is more than most, something above most.
 */
int model_spelling(const struct model *m, const char *s, size_t n, int most);

#endif
