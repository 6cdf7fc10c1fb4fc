/*
 * layer: UTF-8 that was read in a single-byte encoding.  Every such reading is undone on trial;
 * what makes the likeliest text, by far enough, is kept.  Called again for each layer.
 */
#include <string.h>

#include "mender.h"
#include "reading.h"
#include "utf8.h"

/* A sequence must gain so much by itself. */
static const int32_t single_gain = 3 * CM_BIT;

static unsigned
tail_byte(const struct reading *r, uint32_t cp)
{
	/* A no-break space is often made a plain one. */
	unsigned b = cp == ' ' ? 0xA0 : reading_byte(r, cp);

	return b >= 0x80 && b < 0xC0 ? b : 0;
}

/* Is there a sequence of UTF-8 at p[i], read in r?  Its length in characters, or 0. */
static size_t
sequence(const struct reading *r, const struct passage *p, size_t i, uint32_t *cp)
{
	unsigned lead = p->cp[i] < 0x80 ? 0 : reading_byte(r, p->cp[i]);
	size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
	char s[4] = {(char)lead};

	if (lead < 0xC2 || lead > 0xF4 || i + len > p->n)
		return 0;
	for (size_t k = 1; k < len; k++) {
		unsigned b = tail_byte(r, p->cp[i + k]);

		/* Only the last byte may have been made a space. */
		if (b == 0 || (p->cp[i + k] == ' ' && k + 1 < len))
			return 0;
		s[k] = (char)b;
	}
	return utf8_get(s, len, cp) == len && *cp != UTF8_BAD ? len : 0;
}

/* Undoes reading r in p, to q, where a sequence gains.  Returns how many were undone. */
static size_t
undo(const struct mender *m, const struct reading *r, const struct passage *p, size_t lang,
    struct passage *q)
{
	size_t done = 0;

	q->n = 0;
	for (size_t i = 0; i < p->n;) {
		uint32_t cp;
		size_t len = p->cp[i] < 0x80 ? 0 : sequence(r, p, i, &cp);
		int32_t gain = 0, short_gain = 0;

		if (len > 0)
			gain = mender_gain(m, q, p, i, i + len, cp, lang);
		/* A space that is one: the lost half was taken out instead. */
		if (len > 1 && p->cp[i + len - 1] == ' ')
			short_gain = mender_gain(m, q, p, i, i + len - 1, cp, lang);
		if (short_gain > gain) {
			gain = short_gain;
			len--;
		}
		if (len > 0 && gain >= single_gain) {
			passage_put(q, p, i, i + len, cp, mender_post(gain));
			done++;
			i += len;
		} else {
			passage_copy(q, p, i, i + 1);
			i++;
		}
	}
	return done;
}

bool
mend_layer(struct mender *m, struct passage *p, struct weight *w)
{
	struct weight best = {0};
	int32_t most = 0;
	size_t which = 0;
	const struct reading *r;

	for (size_t k = 0; (r = reading_at(k)) != NULL; k++) {
		struct weight now;
		int32_t gain;

		if (undo(m, r, p, w->lang, &m->b) == 0)
			continue;
		now = mender_weigh(m, &m->b);
		gain = w->cost - now.cost - mender_bar(m, k, r->prior);
		if (gain > most) {
			most = gain;
			best = now;
			which = k;
			m->best = m->b;
		}
	}
	if (most <= 0)
		return false;
	m->met[which]++;
	*p = m->best;
	*w = best;
	return true;
}
