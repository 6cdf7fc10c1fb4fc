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

/* Whether a choice has the same letters, but for their diacritics. */
static bool
diacritics_only(const struct choice *c)
{
	size_t i;

	for (i = 0; i < c->nedits; i++)
		if (c->edit[i] != RULE_LOST && c->edit[i] != RULE_SWAPPED)
			return false;
	return true;
}

const char *
abstain(const struct decision *d)
{
	const struct type *t = d->arc->type;

	if (d->arc->edit == RULE_MERGE || d->arc->choice == NULL)
		return NULL;
	if (t->shape == SHAPE_CAPITAL && t->count > 1 && !t->reading.known &&
	    word_shape(d->arc->choice->form, d->arc->choice->len) != SHAPE_LOWER &&
	    !diacritics_only(d->arc->choice))
		return "a name that repeats";
	return NULL;
}
