/*
 * search: the words a scanned string may stand for.  The lexicon is walked along the string, and
 * wherever a rule of the channel fits, along what the rule says the page had.
 */
#ifndef DEOCR_SEARCH_H
#define DEOCR_SEARCH_H

#include "language.h"

#define FORM_MAX 80	/* bytes of the longest string that is looked at */
#define EDITS_MAX 5	/* rules in one candidate */
#define CANDIDATES_MAX 16

struct candidate {
	char form[FORM_MAX];
	unsigned char len;
	unsigned char nedits;
	uint16_t edit[EDITS_MAX];	/* rules of the channel */
	struct reading reading;
	int cost;			/* of the rules, as the tables have them */
	int rank;			/* with the cost of the words standing alone */
};

/*
 * Finds up to CANDIDATES_MAX candidates for s[0..n), which reads as r, best first, in the case of s;
 * line is the offset of a hyphen at a line end in it, or n.  What nobody knows is looked for far and
 * wide; for a word only what is cheap, and not much rarer than it.  Returns how many there are.
 */
size_t search(const struct language *l, const char *s, size_t n, size_t line,
    const struct reading *r, struct candidate out[CANDIDATES_MAX]);

#endif
