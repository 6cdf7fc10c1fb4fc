/*
 * langmodel: what its files share.  The order of work is texts, learn, words, langmodel (main).
 */
#ifndef LANGMODEL_H
#define LANGMODEL_H

#include "buf.h"
#include "lang.h"
#include "langrow.h"

#define UNIT (6687 / 65536.0) /* nats that a unit of score is worth: 5 are the most of a weight */

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

/*
 * learn.c: learns from so many examples.  weight has a number for each nibble of the rows as the
 * file will have them (langrow.h), script_weight what a word's script says.
 */
void learn(size_t examples);
extern float *weight;
extern float script_weight[LANG_SCRIPTS][LANG_MAX];
extern uint32_t nrow;

/* What the file has of the model but the corrections. */
struct model {
	double unit; /* what a unit of score is worth, in nats */
	int16_t script[LANG_SCRIPTS][LANG_MAX];
	const unsigned char *row;
};

/* words.c: appends nbucket buckets of corrections for single words, the most useful ones, to b. */
void words_correct(const struct model *m, size_t nbucket, double power, struct buf *b);

#endif
