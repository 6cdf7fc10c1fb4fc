/*
 * mender: what the repairs of a document share: the model, the document's language as far as it is
 * known, and how often each mistake was met.
 */
#ifndef EMEND_MENDER_H
#define EMEND_MENDER_H

#include "charmodel.h"
#include "mend.h"
#include "passage.h"

/* The numbers of mistakes: wrong readings, mix-ups, letters lost. */
enum {
	MISTAKE_READING = 0,
	MISTAKE_MIXUP = 32,
	MISTAKE_LOST = 95,
	MISTAKES
};

struct lexicon;

struct mender {
	const struct charmodel *model;
	bool explain;
	const char *ahead; /* text to come, not yet looked at */
	size_t nahead;
	int32_t lang[CM_LANGS]; /* cost over the likeliest language, at most LANG_MOST */
	unsigned met[MISTAKES]; /* passages with that mistake so far */
	size_t tried; /* passages looked at closely */
	size_t usual; /* the reading that was undone last */
	size_t usual_mixup; /* the mix-up that was */
	uint32_t excluded; /* readings that cannot have made what was undone, a bit each */
	size_t repaired[MISTAKES]; /* characters put right */
	struct passage a, b, c; /* scratch */
};

enum {
	LANG_MOST = 20 * CM_BIT
};

/* What a passage costs in its likeliest language. */
struct weight {
	int32_t cost;
	size_t lang;
};

struct weight mender_weigh(const struct mender *m, const struct passage *p);
/* Remembers the language of a passage that is now sound. */
void mender_learn(struct mender *m, const struct passage *p);
/* The language of the document, as far as it is known. */
size_t mender_expected(const struct mender *m);
/*
 * The language of a passage, whose weight is w, as its words without suspicion tell it: those in
 * ASCII, where the script is Latin.
 */
size_t mender_language(struct mender *m, const struct passage *p, const struct weight *w);

enum {
	TRIAL_OLD = 4,
	TRIAL_AHEAD = 3
};

/* One character on trial for a few. */
struct trial {
	const uint32_t *old;
	size_t nold; /* at most TRIAL_OLD */
	uint32_t cp;
	uint32_t ahead[TRIAL_AHEAD]; /* what will stand behind, in either case */
	size_t nahead;
	bool mended; /* the first of them was mended too */
};

/* By how much the old ones cost more in a language, q being what stands before them. */
int32_t mender_gain(
    const struct mender *m, const struct passage *q, const struct trial *t, size_t lang);
/* Has the document had mistake number k before? */
bool mender_met(const struct mender *m, size_t k);
/* What a passage must gain to be repaired for mistake number k, which has so many bits of prior. */
int32_t mender_bar(const struct mender *m, size_t k, int prior);
/*
 * The words of a language of the model, NULL where there is no dictionary of it.  They are opened once
 * and stay.
 */
const struct lexicon *mender_lexicon(const struct mender *m, size_t lang);
/* The posterior of a gain, in hundredths. */
int mender_post(int32_t gain);

/* The two encodings of mix-up k, NULL where there is none of that number. */
const char *mixup_name(size_t k, const char **read);

enum {
	LAYERS = 4
}; /* wrong readings one upon the other */

/* Undo what the document had before, where nothing is left to doubt: the quick way. */
bool mend_known_layer(struct mender *m, struct passage *p);
bool mend_known_mixup(struct mender *m, struct passage *p);
/*
 * The repairs.  Each reads p, known to cost w; where it finds one it changes p and w and returns
 * true.
 */
bool mend_layer(struct mender *m, struct passage *p, struct weight *w);
bool mend_mixup(struct mender *m, struct passage *p, struct weight *w);
/* Letters that lost a byte; with whole, those of which nothing is left but a sign. */
bool mend_lossy(struct mender *m, struct passage *p, struct weight *w, bool whole);

#endif
