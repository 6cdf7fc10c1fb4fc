/*
 * corpus: texts as runs of word numbers, and the words with what was counted of them.
 */
#ifndef EMEND_CORPUS_H
#define EMEND_CORPUS_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "lexicon.h"
#include "model.h"
#include "token.h"

#define RUN_CAPITAL 0x80000000u	/* in a run: the word was written with a capital first */
#define LISTED 5		/* least count of a word in a list */
#define TAIL 20			/* one line in so many, the last ones, is held out of a text */

struct word {
	size_t at;		/* in text */
	uint32_t len;
	uint32_t count;		/* occurrences */
	uint64_t weight;	/* the same, each with its text's weight, in 1/1024 */
	uint32_t inside, capital;	/* occurrences inside a sentence, and those with a capital */
	uint32_t id;		/* in the model; MODEL_UNKNOWN where it is left out */
};

/* A text: its run of tokens, ids below MODEL_WORDS or a word's number plus MODEL_WORDS. */
struct text_run {
	uint32_t weight;
	uint32_t *token;
	size_t n, cap;
};

struct corpus {
	struct buf text;
	struct word *word;
	size_t nword, capword;
	uint32_t *slot;		/* hash of words */
	size_t nslot;
	uint64_t *line;		/* hash of lines that were read */
	size_t nline, capline;
	struct text_run *run;
	size_t nrun, caprun;
	size_t skipped;		/* lines that stood there before */
};

/*
 * Reads the text at path, a paragraph a line, but for its held out tail; a line of more than 40
 * bytes that was read before is skipped.  Returns false, reported, where it cannot be read.
 */
bool corpus_read(struct corpus *c, const struct elision *e, const char *path, uint32_t weight);
/*
 * Adds the words of a list ("word count" a line) that are in the lexicon and counted LISTED times;
 * all of them together weigh that share of what was read before.
 */
bool corpus_list(struct corpus *c, const struct lexicon *l, const char *path, double share);
const char *word_text(const struct corpus *c, const struct word *w);
/*
 * Chooses the words of the model, numbers them from MODEL_WORDS in byte order (word[i].id) and
 * replaces the tokens of all runs by ids.  Returns how many, MODEL_WORDS included.
 */
uint32_t corpus_number(struct corpus *c, const struct lexicon *l);
void corpus_free(struct corpus *c);

#endif
