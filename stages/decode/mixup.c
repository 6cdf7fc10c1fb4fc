/*
 * mixup: text of one single-byte encoding that was read in another.  Each likely pair is undone on
 * trial; what makes the likeliest text, by far enough, is kept.
 */
#include "mender.h"
#include "reading.h"

/*
 * What a character must gain by itself to make a case; and once the case is made.  A letter that
 * could have been misread and was not speaks against it.
 */
static const int32_t case_gain = 2 * CM_BIT, rest_gain = -3 * CM_BIT, left_loss = 6 * CM_BIT;

/* What was written in one was read in the other; how rarely, in bits. */
static const struct {
	const char *written, *read;
	int bits;
} pairs[] = {
    {"windows-1252", "iso-8859-1", 0},
    {"macintosh", "windows-1252", 4},
    {"ibm850", "windows-1252", 4},
    {"windows-1252", "macintosh", 4},
    {"windows-1252", "ibm850", 4},
    {"windows-1250", "windows-1252", 4},
    {"windows-1251", "windows-1252", 3},
    {"windows-1253", "windows-1252", 4},
    {"windows-1254", "windows-1252", 5},
    {"ibm437", "windows-1252", 6},
    {"windows-1252", "ibm437", 6},
    {"macintosh", "ibm850", 7},
    {"ibm850", "macintosh", 7},
    {"windows-1252", "windows-1250", 6},
    {"iso-8859-2", "windows-1252", 5},
    {"ibm852", "windows-1252", 6},
    {"ibm852", "windows-1250", 6},
    {"iso-8859-2", "windows-1250", 5},
    {"windows-1250", "iso-8859-2", 5},
    {"x-mac-ce", "windows-1252", 7},
    {"x-mac-ce", "windows-1250", 7},
    {"macintosh", "windows-1250", 7},
    {"koi8-r", "windows-1251", 5},
    {"windows-1251", "koi8-r", 5},
    {"ibm866", "windows-1251", 5},
    {"windows-1251", "ibm866", 6},
    {"koi8-r", "windows-1252", 6},
    {"ibm866", "windows-1252", 6},
    {"iso-8859-5", "windows-1251", 7},
};

#define NPAIRS (sizeof(pairs) / sizeof(pairs[0]))

enum { FIRST = 32 };	/* of its mistakes among all */

/* What cp was, when pair k mixed it up; 0 where it could not. */
static uint32_t
unmix(const struct charset *written, const struct reading *r, uint32_t cp)
{
	unsigned b = cp < 0x80 ? 0 : reading_byte(r, cp);
	uint32_t was = b >= 0x80 ? written->upper[b - 0x80] : 0;

	return was != cp ? was : 0;
}

/*
 * Undoes pair k in p, to q, where a character gains so much.  Returns how many were undone, in *left
 * how many letters were not.
 */
static size_t
undo(const struct mender *m, size_t k, const struct passage *p, size_t lang, int32_t least,
    struct passage *q, size_t *left)
{
	const struct charset *written = charset_find(pairs[k].written);
	const struct reading *r = reading_of(pairs[k].read);
	size_t done = 0;

	*left = 0;
	q->n = 0;
	for (size_t i = 0; i < p->n; i++) {
		struct trial t = {.old = p->cp + i, .nold = 1, .cp = unmix(written, r, p->cp[i])};
		int32_t gain = INT32_MIN;

		for (size_t j = i + 1; t.cp != 0 && j < p->n && t.nahead < TRIAL_AHEAD; j++) {
			uint32_t was = unmix(written, r, p->cp[j]);

			t.ahead[t.nahead++] = was != 0 ? was : p->cp[j];
		}
		if (t.cp != 0)
			gain = mender_gain(m, q, &t, lang);
		if (gain >= least) {
			passage_put(q, p, i, i + 1, t.cp, mender_post(gain));
			done++;
		} else {
			*left += t.cp != 0 && cm_letter(p->cp[i]);
			passage_copy(q, p, i, i + 1);
		}
	}
	return done;
}

bool
mend_mixup(struct mender *m, struct passage *p, struct weight *w)
{
	struct weight best = {0};
	int32_t most = 0;
	size_t which = 0, left, lang = mender_language(m, p);

	for (size_t k = 0; k < NPAIRS; k++) {
		struct weight now;
		int32_t gain;
		size_t done = undo(m, k, p, lang, case_gain, &m->b, &left);

		if (done == 0)
			continue;
		now = mender_weigh(m, &m->b);
		gain = w->cost - now.cost - mender_bar(m, FIRST + k, pairs[k].bits) -
		    (int32_t)left * left_loss;
		if (gain > most) {
			most = gain;
			best = now;
			which = k;
		}
	}
	if (most <= 0)
		return false;
	m->met[FIRST + which]++;
	undo(m, which, p, best.lang, rest_gain, &m->b, &left);
	*p = m->b;
	*w = mender_weigh(m, p);
	return true;
}
