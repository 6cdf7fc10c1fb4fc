/*
 * posterior: how sure a decision is, in hundredths, and whether it may be made at all.
 */
#ifndef DEOCR_POSTERIOR_H
#define DEOCR_POSTERIOR_H

#include "decode.h"

/* The probability that the decision is right, 0..99. */
int posterior(const struct decision *d, const struct language *l);
/* Why the tokens of the decision are left alone whatever they may stand for, or NULL. */
const char *abstain(const struct decision *d);

#endif
