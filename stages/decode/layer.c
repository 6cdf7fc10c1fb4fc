/*
 * layer: UTF-8 that was read in a single-byte encoding.  Every such reading is undone on trial;
 * what makes the likeliest text, by far enough, is kept.  Called again for each layer.
 */
#include <string.h>

#include "mender.h"
#include "reading.h"
#include "utf8.h"

/*
 * What a sequence must gain by itself to make a case; and once the case is made, when chance alone
 * does not put one where nothing was misread.
 */
static const int32_t case_gain = 3 * CM_BIT, rest_gain = -12 * CM_BIT;

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

		/* Spaces are too common to be taken for more than the half of a letter. */
		if (b == 0 || (p->cp[i + k] == ' ' && len > 2))
			return 0;
		s[k] = (char)b;
	}
	return utf8_get(s, len, cp) == len && *cp != UTF8_BAD ? len : 0;
}

/* Is a letter beside cp, of another script?  No word mixes them. */
static bool
stranger(uint32_t cp, uint32_t beside)
{
	return cm_letter(cp) && cm_letter(beside) && cm_group(cp) != cm_group(beside);
}

/*
 * Can cp be what len characters read in r were?  Two bytes make a letter of some far script too
 * easily, and three one of East Asia, which none stands alone among Latin ones.  A letter that r can
 * show may be half of another sequence, of the layer below.
 */
static bool
believable(const struct mender *m, const struct reading *r, const struct passage *q, uint32_t cp,
    const struct trial *t)
{
	uint32_t before = q->n > 0 ? q->cp[q->n - 1] : ' ';
	uint32_t behind = t->nahead > 0 ? t->ahead[0] : ' ';

	if (reading_byte(r, cp) != 0 || (cp >= 0xA0 && cp < 0x100))
		return true;
	if (cp >= 0x2000 && cp <= 0x200A)
		return false;
	if (charmodel_knows(m->model, cp))
		return !stranger(cp, before) && !stranger(cp, behind);
	if (cp >= 0x800 && cm_letter(cp))
		return (before >= 0x800 && cm_letter(before)) || (behind >= 0x800 && cm_letter(behind));
	return cp >= 0x800 && (uc_punct(cp) || cp == 0xFEFF || cp == 0xFFFD);
}

/* What will stand behind character j of p once r is undone there. */
static void
look_ahead(const struct reading *r, const struct passage *p, size_t j, struct trial *t)
{
	for (t->nahead = 0; t->nahead < TRIAL_AHEAD && j < p->n; t->nahead++) {
		uint32_t *cp = &t->ahead[t->nahead];
		size_t len = p->cp[j] < 0x80 ? 0 : sequence(r, p, j, cp);

		if (len == 0)
			*cp = p->cp[j];
		j += len > 0 ? len : 1;
	}
}

/* Is cp, between two neighbours, part of a sequence in r again?  Then there is one more layer. */
static bool
layered(const struct reading *r, const struct passage *q, uint32_t cp, const struct trial *t)
{
	unsigned b = cp < 0x80 ? 0 : reading_byte(r, cp);

	if (b >= 0xC2 && b <= 0xF4)
		return t->nahead > 0 && tail_byte(r, t->ahead[0]) != 0;
	return b >= 0x80 && b < 0xC0 && q->n > 0 && q->cp[q->n - 1] >= 0x80 &&
	    reading_byte(r, q->cp[q->n - 1]) != 0;
}

/*
 * Tries the sequence of *len characters at p[i].  Returns what it gains; *len is one less where the
 * space at its end is better left a space.
 */
static int32_t
try(const struct mender *m, const struct reading *r, const struct passage *p, size_t i,
    size_t *len, uint32_t cp, const struct passage *q, size_t lang)
{
	struct trial t = {.old = p->cp + i, .nold = *len, .cp = cp};
	int32_t gain, shorter;

	look_ahead(r, p, i + *len, &t);
	if (!believable(m, r, q, cp, &t))
		return INT32_MIN;
	gain = mender_gain(m, q, &t, lang);
	if (gain < 0 && layered(r, q, cp, &t))
		return 0;
	if (p->cp[i + *len - 1] != ' ')
		return gain;
	t.nold--;
	look_ahead(r, p, i + *len - 1, &t);
	shorter = mender_gain(m, q, &t, lang);
	if (shorter <= gain)
		return gain;
	--*len;
	return shorter;
}

/* Undoes reading r in p, to q, where a sequence gains so much.  Returns how many were undone. */
static size_t
undo(const struct mender *m, const struct reading *r, const struct passage *p, size_t lang,
    int32_t least, struct passage *q)
{
	size_t done = 0;

	q->n = 0;
	for (size_t i = 0; i < p->n;) {
		uint32_t cp;
		size_t len = p->cp[i] < 0x80 ? 0 : sequence(r, p, i, &cp);
		int32_t gain = INT32_MIN;

		if (len > 0)
			gain = try(m, r, p, i, &len, cp, q, lang);
		if (gain >= least) {
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
	size_t which = 0, lang = mender_language(m, p);
	const struct reading *r;

	for (size_t k = 0; (r = reading_at(k)) != NULL; k++) {
		struct weight now;
		int32_t gain;

		if (undo(m, r, p, lang, case_gain, &m->b) == 0)
			continue;
		now = mender_weigh(m, &m->b);
		gain = w->cost - now.cost - mender_bar(m, k, r->prior);
		if (gain > most) {
			most = gain;
			best = now;
			which = k;
		}
	}
	if (most <= 0)
		return false;
	m->met[which]++;
	undo(m, reading_at(which), p, best.lang, rest_gain, &m->b);
	*p = m->b;
	*w = mender_weigh(m, p);
	return true;
}
