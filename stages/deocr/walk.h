/*
 * walk: the walk of the lexicon along a scanned string, step by step, and what it knows.  Each
 * step takes a character for itself, or a rule of the channel for what the scanner had.
 */
#ifndef DEOCR_WALK_H
#define DEOCR_WALK_H

#include "dawg.h"
#include "search.h"

#define CHARS_MAX 40	/* characters of the longest string that is searched for */
#define PLACES 8192	/* remembered places, a power of two */
/* A place in a number: the look it was reached in, node, position, cost, highest bits first. */
#define COST_BITS 14
#define POS_BITS 6
#define NODE_BITS 23
#define LOOKS (1u << (64 - NODE_BITS - POS_BITS - COST_BITS))	/* before they are numbered anew */

/* A character of the scanned string. */
struct sign {
	uint32_t cp, low, base;	/* itself, small, small without diacritic */
	unsigned char off;
	bool letter, upper, digit, stray;
	bool writers;		/* it stands in words because a writer put it there */
	bool marked;		/* there are letters like it but for their diacritics */
	const uint16_t *marks;	/* those with one, and a zero */
	size_t fit, nfits;	/* the rules whose scanned side stands here: the first, how many */
	int least;		/* the cheapest of them */
	int change[2];		/* what one costs here at least; [1]: once any letter was taken for any */
};

/* A rule that fits a place of the string. */
struct fit {
	uint32_t rule;
	int cost;
	uint32_t begins;	/* of the rule */
};

/* A string as it grows along the walk: what the lexicon has, and in the case it stands in. */
struct path {
	char form[FORM_MAX], shown[FORM_MAX];
	size_t nform, nshown;
};

/* A search: the string, what may be done to it, and where the walk has come to. */
struct search {
	const struct language *l;
	const struct dawg *forms;	/* of its lexicon */
	const struct rule *rule;
	struct sign sign[CHARS_MAX];
	size_t nsigns;
	struct fit *fit;		/* owned */
	size_t nfits, capfits;
	const char *s;
	size_t n, line;
	enum shape shape;
	bool upper;			/* all capitals, and to be kept so */
	bool thorough;
	bool any, generic;		/* any letter may be taken for any other once; it was */
	size_t specific;		/* rules of the table used */
	int budget, least, least_mark;	/* the cheapest rule, the cheapest diacritic */
	int worst;			/* rank that a candidate may have */
	struct path path;
	uint16_t edit[EDITS_MAX];
	size_t nedits, words, steps;
	struct candidate *out;
	size_t nout;
	uint64_t *places;		/* reached in this look or one before it */
	uint32_t look;			/* the number of this one */
};

static inline int
class_cost(const struct search *q, int rule)
{
	return q->rule[rule].prior;
}

/* Goes on from the place pos, node, which costs that much, to all candidates within the budget. */
void walk(struct search *q, size_t pos, uint32_t node, int cost);
/* What the walk calls where the path, which costs that much, leads through the whole string. */
void found(struct search *q, int cost);

#endif
