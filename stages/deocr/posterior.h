/*
 * posterior: how sure a decision is, in hundredths.  What speaks for and against it are features;
 * dict/calibration weighs them, fitted so that of the changes with posterior p a share p is right.
 */
#ifndef DEOCR_POSTERIOR_H
#define DEOCR_POSTERIOR_H

#include "decode.h"

/* Kinds of decisions that have weights of their own. */
enum decision_kind {
	KIND_REALWORD,	/* a word for another word */
	KIND_WORD,	/* a word for a string that is none */
	KIND_REALMARKS,	/* a word for a word with the same letters but for their diacritics */
	KIND_MARKS,	/* a word for such a string that is none */
	KIND_SPLIT,	/* a space was lost */
	KIND_MERGE,	/* a space too many */
	KIND_HYPHEN,	/* the hyphen of a line end taken out */
	KINDS
};

enum feature {
	FEATURE_BIAS,		/* 1 */
	FEATURE_ODDS,		/* of the lattice, in 4 bits, from -5 to 5 */
	FEATURE_SURE,		/* what of the odds is above 20 bits, in 8 bits, at most 5 */
	FEATURE_CHANNEL,	/* cost of the edits, in 8 bits */
	FEATURE_RARITY,		/* cost of the new words standing alone, in 16 bits, at most 4 */
	FEATURE_STRANGE,	/* the same of the old */
	FEATURE_PARTS,		/* of the parts with a space or hyphen between, the share of words */
	FEATURE_CAPITAL,	/* old and new begin with a capital */
	FEATURE_UPPER,		/* the old is in capitals */
	FEATURE_SHORT,		/* characters that the shortest old, or new, part is below five, in fifths */
	FEATURE_SUPPORT,	/* the model knows it among its neighbours, from 0 to 1 */
	FEATURE_COMPANY,	/* of the two words on either side, the share that is known */
	FEATURE_NOISE,		/* share of strange words in the statement: log2 of its thousandths / 4 */
	FEATURE_GENERIC,	/* a letter was taken for any other */
	FEATURE_FIRST,		/* the first letter changes */
	FEATURE_SIGNS,		/* signs or digits inside the old */
	FEATURE_HABIT,		/* bits that the least sharpened of its edits costs less here / 8 */
	FEATURE_ISOLATED,	/* 1 where that is nothing, falling to 0 at a quarter; 0 at line ends */
	FEATURE_AGAIN,		/* how often the same was surely taken for the same: log2 / 4 */
	FEATURES
};

struct calibration;

/* Reads dict/calibration/LANG.tsv, or that of any language; NULL where there is none. */
struct calibration *calibration_open(const char *lang);

/* What decision d on p is; fills in its features, in hundredths. */
enum decision_kind decision_features(const struct decision *d, const struct passage *p,
    const struct lattice *x, const struct vocabulary *v, int f[FEATURES]);
/* The probability that it is right, 0..99. */
int posterior(const struct calibration *c, enum decision_kind kind, const int f[FEATURES]);
/* Names, for tables and for people. */
const char *decision_kind_name(enum decision_kind kind);
const char *feature_name(enum feature f);
/* Why the tokens of the decision are left alone whatever they may stand for, or NULL. */
const char *abstain(const struct decision *d, const struct language *l);

#endif
