/*
 * lead: a quick look whether some words of a block may be in another language than the block's, so
 * that the search for spans is left out where it would find none.  For each language it follows
 * what the best run of words that ends here has over the block's language.
 */
#include "langtag.h"

#define FINE 32 /* steps of a nat */
#define ENOUGH (9 * FINE / 2) /* what leaving a language and coming back costs at least; spans.c */
#define MOST (ENOUGH - 1) /* what a word says for a language: one alone is no span */
#define LEAST (-WORD_MOST * FINE)
#define BARRED (INT16_MIN / 2) /* for languages not allowed */

struct lead {
	const struct ask *ask;
	const char *s;
	size_t n;
	int home;
	struct faint faint;
	int16_t value[LANG_MAX]; /* of the best run that ends here, for each language */
	int16_t least[LANG_MAX];
	int16_t
	    most; /* of value: where it is 0, a word whose best language is home's keeps it so */
};

static void
lead_begin(struct lead *lead, const struct ask *a, const char *s, size_t n, int home)
{
	size_t l, count = lang_count(a->model);

	lead->ask = a;
	lead->s = s;
	lead->n = n;
	lead->home = home;
	lead->most = 0;
	faint_begin(&lead->faint, s, n);
	for (l = 0; l < LANG_MAX; l++) {
		lead->least[l] = l < count && a->allowed >> l & 1 ? 0 : BARRED;
		lead->value[l] = lead->least[l];
	}
}

/* Follows the runs over one more word; returns what the best one has. */
static int16_t
lead_word(struct lead *restrict lead, const int16_t *restrict score, int16_t unit, int less)
{
	int16_t here = score[lead->home], most = 0, x;
	size_t l;

	for (l = 0; l < LANG_MAX; l++) {
		x = (int16_t)(2 * (score[l] - here));
		x = (int16_t)((int32_t)x * unit >> 16);
		x = x > MOST ? MOST : x;
		x = x < LEAST ? LEAST : x;
		x = (int16_t)(lead->value[l] + (x >> less));
		x = x < lead->least[l] ? lead->least[l] : x;
		lead->value[l] = x;
		most = x > most ? x : most;
	}
	return most;
}

/* Whether the runs that end with these words have enough, or a phrase of the gazetteer begins. */
static bool
lead_words(struct lead *lead, const struct lang_word *word, size_t count)
{
	size_t i, end;
	int known, less;
	int16_t unit;

	for (i = 0; i < count; i++) {
		known = gazetteer_find(lead->s, lead->n, &word[i], &end);
		if (known >= 0 && known != lead->home)
			return true;
		if (lead->most == 0 && word[i].best == lead->home) {
			faint_pass(&lead->faint, &word[i]);
			continue;
		}
		less = faint_is(&lead->faint, &word[i]); /* half */
		unit = (int16_t)(lang_worth(lead->ask->model, word[i].feats) * (FINE / 2));
		lead->most = lead_word(lead, word[i].score, unit, less);
		if (lead->most >= ENOUGH)
			return true;
	}
	return false;
}

bool
lead_look(const struct ask *a, const char *s, size_t n, int home, struct lang_sum *sum)
{
	struct lang_word word[LANG_BATCH];
	struct lead lead;
	struct chunk chunk = {0};
	bool any = address_any(s, n), found = home == LANG_NONE;
	size_t at = 0, count;

	lead_begin(&lead, a, s, n, home);
	while ((count = lang_words(a->model, s, n, &at, word)) > 0) {
		if (any)
			count = address_drop(&chunk, s, n, word, count);
		lang_sum_words(sum, word, count);
		found = found || lead_words(&lead, word, count);
	}
	return found;
}

bool
lead_any(const struct ask *a, const char *s, size_t n, int home)
{
	struct lang_sum sum = {0};

	return lead_look(a, s, n, home, &sum);
}
