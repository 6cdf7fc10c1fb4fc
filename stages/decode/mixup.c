/*
 * mixup: text of one single-byte encoding that was read in another.  Each likely pair is undone on
 * trial; what makes the likeliest text, by far enough, is kept.
 */
#include "mender.h"
#include "reading.h"

/* A character must gain so much by itself. */
static const int32_t single_gain = 3 * CM_BIT / 2;

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

/* Undoes pair k in p, to q, where a character gains.  Returns how many were undone. */
static size_t
undo(const struct mender *m, size_t k, const struct passage *p, size_t lang, struct passage *q)
{
	const struct charset *written = charset_find(pairs[k].written);
	const struct reading *r = reading_of(pairs[k].read);
	size_t done = 0;

	q->n = 0;
	for (size_t i = 0; i < p->n; i++) {
		unsigned b = p->cp[i] < 0x80 ? 0 : reading_byte(r, p->cp[i]);
		uint32_t cp = b >= 0x80 ? written->upper[b - 0x80] : 0;
		int32_t gain;

		if (cp == 0 || cp == p->cp[i] ||
		    (gain = mender_gain(m, q, p, i, i + 1, cp, lang)) < single_gain) {
			passage_copy(q, p, i, i + 1);
			continue;
		}
		passage_put(q, p, i, i + 1, cp, mender_post(gain));
		done++;
	}
	return done;
}

bool
mend_mixup(struct mender *m, struct passage *p, struct weight *w)
{
	struct weight best = {0};
	int32_t most = 0;
	size_t which = 0;

	for (size_t k = 0; k < NPAIRS; k++) {
		struct weight now;
		int32_t gain;
		size_t done = undo(m, k, p, w->lang, &m->b);

		if (done == 0)
			continue;
		now = mender_weigh(m, &m->b);
		gain = w->cost - now.cost - mender_bar(m, FIRST + k, pairs[k].bits);
		if (gain > most) {
			most = gain;
			best = now;
			which = k;
			m->best = m->b;
		}
	}
	if (most <= 0)
		return false;
	m->met[FIRST + which]++;
	*p = m->best;
	*w = best;
	return true;
}
