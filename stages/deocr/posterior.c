/*
 * posterior: odds to probabilities, and the words that are never changed.
 */
#include <math.h>

#include "posterior.h"

int
posterior(const struct decision *d, const struct language *l)
{
	double x = (double)d->odds / MODEL_BIT, p;

	(void)l;
	p = 1 / (1 + exp2(-x * 0.7));
	return p > 0.99 ? 99 : (int)(100 * p);
}

const char *
abstain(const struct decision *d)
{
	const struct type *t = d->arc->type;

	if (d->arc->edit == RULE_MERGE || d->arc->choice == NULL)
		return NULL;
	if (t->shape == SHAPE_CAPITAL && t->count > 1 && !t->reading.known)
		return "a name that repeats";
	if (t->shape == SHAPE_UPPER && t->len < 5)
		return "an acronym";
	return NULL;
}
