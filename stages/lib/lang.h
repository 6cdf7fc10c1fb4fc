/*
 * lang: how well a run of text fits each language.  The model (dict/models/lang.bin, built by
 * stages/gen/langmodel) gives every word a score for every language, out of its letters and
 * the word as a whole; scores of words add up, so windows, spans and blocks are sums.  All of it
 * is integer arithmetic: the same text has the same scores everywhere.
 */
#ifndef EMEND_LANG_H
#define EMEND_LANG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LANG_MAX 40 /* languages a model holds at most; an index fits a uint64_t mask */
#define LANG_ALL UINT64_MAX
#define LANG_NONE (-1)

struct lang_model;

/* What a text says: sums over its words.  Zeroed sums are empty: struct lang_sum s = {0}. */
struct lang_sum {
	int64_t score[LANG_MAX]; /* for each language, in units of the model's weights */
	uint64_t feats; /* features seen: the length the posterior is scaled by */
	uint64_t words; /* tokens with a letter */
};

/*
 * Opens the model, mapped; NULL with errno set when it is missing, EINVAL when it is damaged.
 * A model remembers the words it scored last (results never depend on that): one thread a model.
 */
struct lang_model *lang_open(void);
void lang_close(struct lang_model *m);
/* Languages, and their BCP 47 tags: 0 <= i < lang_count. */
size_t lang_count(const struct lang_model *m);
const char *lang_tag(const struct lang_model *m, size_t i);
/* The index of a tag, or LANG_NONE. */
int lang_index(const struct lang_model *m, const char *tag);
/* What a unit of score of a word with so many features is worth, in 1/65536 of a nat: < 2048. */
int32_t lang_worth(const struct lang_model *m, unsigned feats);

#define LANG_BATCH 16 /* words found and scored at a time */
#define LANG_SCORE_MOST 2047 /* either way: the sum of a batch stays within 16 bits */

/* A word and its scores. */
struct lang_word {
	size_t off, len; /* bytes of the text */
	const int16_t *score; /* LANG_MAX of them; valid until the next call on the model */
	uint8_t feats;
	uint8_t best; /* the language with the highest score */
	bool marked; /* lang_mark */
	bool digits; /* there are some between its letters */
};

/*
 * Finds and scores the next words of s[0..n) from byte *at on, which is moved behind them; returns
 * their number, 0 when there are no more.  A word is a run of letters and marks, digits between
 * them included; an apostrophe ends it and belongs to it.
 */
size_t lang_words(
    struct lang_model *m, const char *s, size_t n, size_t *at, struct lang_word word[LANG_BATCH]);
/* From now on words for which fn is true are marked; it is asked of a word once, and no more. */
void lang_mark(struct lang_model *m, bool (*fn)(const char *s, size_t n));
void lang_sum_words(struct lang_sum *sum, const struct lang_word *word, size_t n);
/* Adds all words of s[0..n). */
void lang_add(struct lang_model *m, const char *s, size_t n, struct lang_sum *sum);
/*
 * The posteriors of the languages allowed (bit i for language i) in p, in 65536ths.  prior adds
 * to each language's log-odds, in 1/256 of a nat; NULL: all alike.  Returns the most likely one, or
 * LANG_NONE, with p all zero, where the sum has no word or nothing is allowed.
 */
int lang_posteriors(const struct lang_model *m, const struct lang_sum *sum, uint64_t allowed,
    const int32_t *prior, uint32_t p[LANG_MAX]);

#endif
