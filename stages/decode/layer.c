/*
 * layer: UTF-8 that was read in a single-byte encoding.  Every such reading is undone on trial;
 * what makes the likeliest text, by far enough, is kept.  Called again for each layer.
 */
#include <string.h>

#include "mender.h"
#include "misread.h"
#include "sound.h"
#include "utf8.h"

/*
 * What a sequence must gain by itself to make a case; and once the case is made, when chance alone
 * does not put one where nothing was misread.
 */
static const int32_t case_gain = 3 * CM_BIT, rest_gain = -12 * CM_BIT;
static const int32_t single_loss = 10 * CM_BIT, among_sound = 4 * CM_BIT, alone_loss = 16 * CM_BIT;
static const int32_t clash_doubt = 16 * CM_BIT, apostrophe_doubt = 6 * CM_BIT;
/* The readings in which a word of one letter is two letters or a letter and a space. */
enum {
	WESTERN = 2
};

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

/* Is a sound letter beside cp, of another script?  No word mixes them. */
static bool
stranger(const struct reading *r, uint32_t cp, uint32_t beside)
{
	return cm_letter(cp) && cm_letter(beside) && cm_group(cp) != cm_group(beside) &&
	       (beside < 0x80 || reading_byte(r, beside) == 0);
}

/* Symbols and signs that texts have, not the rest of what three bytes can make. */
static bool
common_symbol(uint32_t cp)
{
	return (cp >= 0xA0 && cp < 0x100) || (cp >= 0x2010 && cp <= 0x205E) ||
	       (cp >= 0x20A0 && cp <= 0x20C0) || (cp >= 0x2100 && cp <= 0x23FF) ||
	       (cp >= 0x2500 && cp <= 0x27BF) || (cp >= 0x3000 && cp <= 0x303F) ||
	       (cp >= 0xFB00 && cp <= 0xFB06) || (cp >= 0xFF00 && cp <= 0xFF65) || cp == 0xFEFF ||
	       cp == 0xFFFD || cp == 0x200B || (cp >= 0x1F000 && cp < 0x1FB00);
}

/* Is a letter beside cp of the same script, not a Latin one, and sound?  Then cp would be too. */
static bool
half_sound(uint32_t cp, uint32_t beside)
{
	return cm_letter(cp) && cm_letter(beside) && cm_group(cp) > 0 &&
	       cm_group(cp) == cm_group(beside);
}

/* An arrow, an ornament or the like within a word? */
static bool
ornament(uint32_t cp, uint32_t before, uint32_t behind)
{
	return cp >= 0x2190 && cp < 0x2C00 && cm_letter(before) && cm_letter(behind);
}

static bool
far(uint32_t cp)
{
	return cp >= 0x800 && cm_letter(cp);
}

/*
 * Can cp be what some characters read in r were?  Two bytes make a letter of some far script too
 * easily, and three one of East Asia, of which none stands alone among Latin ones.  A letter that r
 * can show may be half of another sequence, of the layer below.
 */
static bool
believable(const struct mender *m, const struct reading *r, const struct passage *q, uint32_t cp,
    const struct trial *t)
{
	uint32_t before = q->n > 0 ? q->cp[q->n - 1] : ' ';
	uint32_t behind = t->nahead > 0 ? t->ahead[0] : ' ';

	if (q->n > 0 && q->of[q->n - 1].post < 0 && half_sound(cp, before))
		return false;
	if (!t->mended && half_sound(cp, behind))
		return false;
	if (reading_byte(r, cp) != 0 || common_symbol(cp))
		return !ornament(cp, before, behind);
	if (charmodel_knows(m->model, cp))
		return !stranger(r, cp, before) && !stranger(r, cp, behind);
	return cp >= 0x800 && cm_letter(cp) && (far(before) || far(behind)) &&
	       (far(before) || !cm_letter(before)) && (far(behind) || !cm_letter(behind));
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
		else if (t->nahead == 0)
			t->mended = true;
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

/* Would a small letter stand between two capitals, next to them or across a space? */
static bool
case_clash(const struct passage *q, uint32_t cp, const struct trial *t)
{
	uint32_t before = q->n > 0 ? q->cp[q->n - 1] : 0, behind = t->nahead > 0 ? t->ahead[0] : 0;

	if (!uc_lower(cp))
		return false;
	if (!cm_letter(before) && q->n > 1)
		before = q->cp[q->n - 2];
	if (!cm_letter(behind) && t->nahead > 1)
		behind = t->ahead[1];
	return uc_upper(before) && uc_upper(behind);
}

/* What came of a sequence on trial. */
struct outcome {
	size_t len; /* characters it takes */
	int32_t gain; /* INT32_MIN: it is none */
	int32_t doubt; /* what speaks against it, whatever it gains */
};

/* Tries cp for len characters at p[i]. */
static struct outcome
try_length(const struct mender *m, const struct reading *r, const struct passage *p, size_t i,
    size_t len, uint32_t cp, const struct passage *q, size_t lang)
{
	struct trial t = {.old = p->cp + i, .nold = len, .cp = cp};
	struct outcome o = {.len = len, .gain = INT32_MIN};

	look_ahead(r, p, i + len, &t);
	if (!believable(m, r, q, cp, &t))
		return o;
	o.gain = mender_gain(m, q, &t, lang);
	if (o.gain < 0 && layered(r, q, cp, &t))
		o.gain = 0;
	if (case_clash(q, cp, &t))
		o.doubt += clash_doubt;
	if (p->cp[i + len - 1] == 0x2019)
		o.doubt += apostrophe_doubt;
	return o;
}

/* Tries the sequence of len characters at p[i]; a space at its end may be better left a space. */
static struct outcome
try(const struct mender *m, const struct reading *r, const struct passage *p, size_t i, size_t len,
    uint32_t cp, const struct passage *q, size_t lang)
{
	struct outcome o = try_length(m, r, p, i, len, cp, q, lang), shorter;

	if (p->cp[i + len - 1] != ' ')
		return o;
	shorter = try_length(m, r, p, i, len - 1, cp, q, lang);
	return shorter.gain > o.gain ? shorter : o;
}

/* What came of undoing a reading in a passage. */
struct result {
	size_t done;
	int32_t doubt;
};

/* Undoes reading k in p, to q, where a sequence gains so much. */
static struct result
undo(const struct mender *m, size_t k, const struct passage *p, size_t lang, int32_t least,
    struct passage *q)
{
	const struct reading *r = reading_at(k);
	struct result res = {0};

	q->n = 0;
	for (size_t i = 0; i < p->n;) {
		uint32_t cp;
		size_t len = p->cp[i] < 0x80 ? 0 : sequence(r, p, i, &cp);
		struct outcome o = {.gain = INT32_MIN};

		if (len > 0)
			o = try(m, r, p, i, len, cp, q, lang);
		if (o.gain < least) {
			passage_keep(q, p, i);
			i++;
			continue;
		}
		passage_put(q, p, i, i + o.len, cp, mender_post(o.gain), MISTAKE_READING + k);
		res.done++;
		res.doubt += o.doubt;
		i += o.len;
	}
	return res;
}

/*
 * What speaks against a result.  A single sequence may be chance, the more so among sound letters,
 * or where it is no part of a word.
 */
static int32_t
objections(const struct passage *q, const struct result *res, bool western)
{
	int32_t loss = res->doubt + single_loss;
	bool sound = false;

	if (res->done > 1)
		return res->doubt;
	for (size_t i = 0; i < q->n; i++) {
		bool in_word =
		    (i > 0 && cm_letter(q->cp[i - 1])) || (i + 1 < q->n && cm_letter(q->cp[i + 1]));

		sound = sound || (q->cp[i] > 0xA0 && q->of[i].post < 0);
		if (q->of[i].post >= 0 && !in_word && !(western && cm_letter(q->cp[i])))
			loss += alone_loss;
	}
	return loss + (sound ? among_sound : 0);
}

/* Remembers which readings cannot have made the sequences of p that reading k made. */
static void
exclude(struct mender *m, size_t k, const struct passage *p)
{
	const struct reading *r = reading_at(k), *other;

	m->excluded &= ~((uint32_t)1 << k);
	for (size_t i = 0; i < p->n;) {
		uint32_t cp;
		size_t len = p->cp[i] < 0x80 ? 0 : sequence(r, p, i, &cp);

		for (size_t j = i; j < i + len; j++)
			for (size_t o = 0; (other = reading_at(o)) != NULL; o++)
				if (reading_byte(other, p->cp[j]) != reading_byte(r, p->cp[j]))
					m->excluded |= (uint32_t)1 << o;
		i += len > 0 ? len : 1;
	}
}

/* Could a reading that the document may have had make something else of p than reading k? */
static bool
ambiguous(const struct mender *m, size_t k, const struct passage *p)
{
	const struct reading *r = reading_at(k), *rival[MISTAKE_MIXUP];
	size_t n = 0;

	for (size_t o = 0; (rival[n] = reading_at(o)) != NULL; o++)
		n += o != k && !(m->excluded >> o & 1);
	for (size_t i = 0; i < p->n; i++) {
		if (p->cp[i] < 0x80)
			continue;
		for (size_t o = 0; o < n; o++) {
			unsigned b = reading_byte(rival[o], p->cp[i]);

			if (b != 0 && b != reading_byte(r, p->cp[i]))
				return true;
		}
	}
	return false;
}

bool
mend_layer(struct mender *m, struct passage *p, struct weight *w)
{
	struct weight best = {0};
	int32_t most = 0;
	size_t which = 0, lang = mender_language(m, p, w);
	const struct reading *r;

	for (size_t k = 0; (r = reading_at(k)) != NULL; k++) {
		struct weight now;
		struct result res = undo(m, k, p, lang, case_gain, &m->b);
		int32_t gain;

		if (res.done == 0)
			continue;
		now = mender_weigh(m, &m->b);
		gain = w->cost - now.cost - mender_bar(m, k, r->prior) -
		       objections(&m->b, &res, k < WESTERN);
		if (gain > most) {
			most = gain;
			best = now;
			which = k;
		}
	}
	if (most <= 0)
		return false;
	m->met[MISTAKE_READING + which]++;
	m->usual = which;
	exclude(m, which, p);
	undo(m, which, p, best.lang, rest_gain, &m->b);
	passage_copy(p, &m->b);
	*w = mender_weigh(m, p);
	return true;
}

/*
 * Undoes reading k in p, to q, as far as the letters go, asking no model.  A space that may be half of
 * a letter is so only before another space, or of a no-break space.
 */
static size_t
undo_known(const struct mender *m, size_t k, const struct passage *p, struct passage *q)
{
	const struct reading *r = reading_at(k);
	size_t done = 0;

	q->n = 0;
	for (size_t i = 0; i < p->n;) {
		struct trial t;
		uint32_t cp;
		size_t len;

		for (; i < p->n && p->cp[i] < 0x80; i++)
			passage_keep(q, p, i);
		if (i == p->n)
			break;
		len = sequence(r, p, i, &cp);
		if (len > 0) {
			t.mended = false;
			look_ahead(r, p, i + len, &t);
			if (!believable(m, r, q, cp, &t) || case_clash(q, cp, &t))
				len = 0;
		}
		if (len == 0) {
			passage_keep(q, p, i);
			i++;
			continue;
		}
		if (p->cp[i + len - 1] == ' ' && cp != 0xA0 &&
		    (i + len == p->n || p->cp[i + len] != ' '))
			len--;
		passage_put(q, p, i, i + len, cp, 99, MISTAKE_READING + (unsigned)k);
		done++;
		i += len;
	}
	return done;
}

bool
mend_known_layer(struct mender *m, struct passage *p)
{
	struct passage *from = p, *to = &m->b;

	if (!mender_met(m, MISTAKE_READING + m->usual) || ambiguous(m, m->usual, p))
		return false;
	for (int i = 0; i < LAYERS && undo_known(m, m->usual, from, to) > 0; i++) {
		if (sound_chars(to->cp, to->n)) {
			passage_copy(p, to);
			return true;
		}
		from = to;
		to = to == &m->b ? &m->c : &m->b;
	}
	return false;
}
