/*
 * channel: what a scanner makes of a word, and what that costs.  A rule says that TRUE is read as
 * READ; classes of rules stand for many pairs at once.  Costs are -log2 of a probability in
 * 1/256 bit, as the model's.  They start from dict/confusions and are sharpened by the statement.
 */
#ifndef DEOCR_CHANNEL_H
#define DEOCR_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RULE_SIDE 12	/* bytes of one side of a rule */

/* The classes stand first among the rules. */
enum {
	RULE_SUB, RULE_INS, RULE_DEL, RULE_SIGN, RULE_SPECK,
	RULE_LOST, RULE_GAINED, RULE_SWAPPED, RULE_CASE,
	RULE_SPLIT, RULE_MERGE, RULE_HYPHEN, RULE_LINE, RULE_APART,
	RULE_CLASSES
};

/* A byte in a set of them, which may hold others too. */
#define BYTE_IN_SET(b) (1u << ((unsigned char)(b) & 31))

struct rule {
	char was[RULE_SIDE], read[RULE_SIDE];	/* the true side, the scanner's; UTF-8 */
	unsigned char nwas, nread;	/* bytes */
	unsigned char signs;		/* characters of the scanner's side */
	bool clitic, capital;		/* the true side ends in an apostrophe, begins with a capital */
	uint32_t begins;	/* set of bytes that the lexicon may have where the true side begins */
	int cost;		/* now */
	int prior;		/* as the table has it */
	uint32_t types;		/* distinct words it explains in this statement */
	uint32_t kin;		/* of a rule on a letter and an apostrophe: that on the letter; or 0 */
};

struct channel {
	struct rule *rule;	/* owned; classes, then sorted by the bytes of READ */
	size_t n, cap;
	uint32_t first[257];	/* rules whose READ begins with byte b: first[b]..first[b+1] */
	int calm;		/* what any error costs beyond, in a statement with few of them */
};

/* Reads dict/confusions/common.tsv and that of the language, whose facts win. */
struct channel *channel_open(const char *lang);
/* Begins a statement: costs are the priors again. */
void channel_reset(struct channel *c);
/* Counts that a rule, and its kin, explains one more distinct word. */
void channel_seen(struct channel *c, size_t rule);
/* Whether a rule was seen in enough distinct words to be believed. */
bool channel_believes(const struct channel *c, size_t rule);
/* Sharpens the cost of a rule whose true side stands in that many distinct words. */
void channel_adapt(struct channel *c, size_t rule, size_t words);
/* Whether the true side of a rule stands in s[0..n). */
bool channel_applies(const struct channel *c, size_t rule, const char *s, size_t n);

#endif
