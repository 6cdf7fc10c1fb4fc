/*
 * langmodel: what its files share.  The order of work is texts, learn, words, langmodel (main).
 */
#ifndef LANGMODEL_H
#define LANGMODEL_H

#include "buf.h"
#include "lang.h"
#include "langfeat.h"

/* A word of a language's vocabulary. */
struct word {
	uint32_t off, len; /* of the language's words */
	double count;
	double sum; /* of the roots of the counts up to it: what drawing goes by */
};

struct language {
	char *tag;
	bool latin; /* written in Latin letters */
	struct buf text; /* running text, a line a sentence or so */
	struct buf words; /* the bytes of the vocabulary */
	struct word *vocab;
	size_t nvocab, capvocab;
	size_t tokens; /* words of the running text */
	uint32_t *slot; /* hash table over vocab while it is read: index plus one, 0 is free */
	size_t nslot;
};

extern struct language lang[LANG_MAX];
extern size_t nlang;

/* texts.c: reads the tables of dict/langtag and the folder of texts. */
void texts_read(const char *folder);

/* examples.c: an example of the language, at times damaged, into b. */
void example_draw(const struct language *l, struct buf *b);
double rnd_unit(void);

/* learn.c: the rows of weights, nrow times LANG_MAX; learnt from so many examples. */
void learn(size_t examples);
extern float *weight;
extern size_t nrow;

/*
 * words.c: appends nbucket buckets of corrections for single words to b (lang.c says how they
 * look), the most useful ones.  row are the weights as the file has them, unit a weight's worth
 * in nats.
 */
void words_correct(const int8_t *row, double unit, size_t nbucket, double power, struct buf *b);

#endif
