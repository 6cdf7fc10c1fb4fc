/*
 * mixup: text of one single-byte encoding that was read in another.  Each likely pair is undone on
 * trial; what makes the likeliest text, by far enough, is kept.
 */
#include "mender.h"
#include "misread.h"
#include "sound.h"
#include "utf8.h"

/*
 * What a character must gain by itself to make a case, where it was odd or a symbol and where it was
 * a letter as good as another; and what once the case is made.
 */
static const int32_t case_gain = 2 * CM_BIT, letter_gain = 10 * CM_BIT, rest_gain = -3 * CM_BIT;
/*
 * A letter that could have been misread and was not speaks against it: much where few were, or
 * among those that were; less before and behind them, where the line may be sound.
 */
static const int32_t left_loss = 6 * CM_BIT, outside_loss = CM_BIT / 2;
/*
 * Where nothing in the source was odd, whatever its language, it must be much likelier; somewhat,
 * where it was symbols that become letters.
 */
static const int32_t not_odd = 30 * CM_BIT, hardly_odd = 4 * CM_BIT;
/*
 * Text of a language that the model has costs less than this a character; and less than that where
 * what was undone was odd in any language.
 */
static const int32_t well_known = 4 * CM_BIT, less_known = 5 * CM_BIT;
/* What a character gains on average where a pair that was met before leaves no doubt. */
static const int32_t sure_gain = 6 * CM_BIT;
enum {
	FEW = 2,
	MOSTLY = 2 /* so many letters for each that could have been and was not: all were */
};
/* So many characters are tried in vain before a pair is given up. */
enum {
	HOPE = 48
};

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

struct pair {
	const struct charset *written;
	const struct reading *read;
};

/* The encodings of pair k. */
static const struct pair *
pair_at(size_t k)
{
	static struct pair known[NPAIRS];

	if (known[k].read == NULL) {
		known[k].written = charset_find(pairs[k].written);
		known[k].read = reading_of(pairs[k].read);
	}
	return &known[k];
}

/* What cp was, when a pair mixed it up; 0 where it could not. */
static uint32_t
unmix(const struct pair *pair, uint32_t cp)
{
	unsigned b = cp < 0x80 ? 0 : reading_byte(pair->read, cp);
	uint32_t was = b >= 0x80 ? pair->written->upper[b - 0x80] : 0;

	return was != cp ? was : 0;
}

/* What came of undoing a pair. */
struct result {
	size_t done, odd; /* characters undone, and those that were odd where they stood */
	size_t symbols; /* that became letters */
	size_t inside, outside; /* letters that were not: among those, before and behind */
};

/* Does cp stand between letters, or beside them, in sound text? */
static bool
common_mark(uint32_t cp)
{
	return cm_apostrophe(cp) || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2026 || cp == 0xB7 ||
	       cp == 0xB4;
}

/* Is character i of p odd in any language: a capital or a symbol within a word? */
static bool
odd(const struct passage *p, size_t i)
{
	uint32_t cp = p->cp[i], before = i > 0 ? p->cp[i - 1] : ' ',
		 behind = i + 1 < p->n ? p->cp[i + 1] : ' ';

	if (cp < 0xA0 || (cp >= 0x2500 && cp < 0x2600))
		return true;
	if (cm_letter(cp))
		return uc_upper(cp) && uc_lower(before);
	return !common_mark(cp) && cm_letter(before) && uc_lower(behind);
}

/* Is character i of p sound where it stands, whatever it might have been? */
static bool
at_home(const struct passage *p, size_t i)
{
	uint32_t cp = p->cp[i], before = i > 0 ? p->cp[i - 1] : ' ',
		 behind = i + 1 < p->n ? p->cp[i + 1] : ' ';

	if (cp == 0xAD)
		return cm_letter(before);
	if (cp == 0xB0 || cp == 0xBA)
		return uc_digit(before) || ((before | 0x20) == 'n' && !cm_letter(behind));
	/* U+0085 before a space was an ellipsis, before anything else it parts two lines. */
	if (uc_space(cp))
		return cp != 0x85 || behind != ' ';
	return cm_apostrophe(cp) || cp == 0xB4;
}

/* What character i of p must gain to make a case that it was cp. */
static int32_t
least_gain(const struct passage *p, size_t i, uint32_t cp)
{
	if (at_home(p, i))
		return INT32_MAX;
	if (odd(p, i))
		return case_gain;
	if (cm_letter(p->cp[i]) || !cm_letter(cp) || (common_mark(p->cp[i]) && p->cp[i] != 0x2026))
		return letter_gain;
	return case_gain;
}

/* How much of a passage is taken to have been mixed up. */
enum zeal {
	PERHAPS, /* it is to be shown */
	PARTLY, /* it was, but sound letters stand beside */
	ALL
};

/* What character i of p must gain to have been cp. */
static int32_t
needed_gain(const struct passage *p, size_t i, uint32_t cp, enum zeal zeal)
{
	if (zeal == PERHAPS)
		return least_gain(p, i, cp);
	if (zeal == ALL || odd(p, i))
		return rest_gain;
	if (at_home(p, i))
		return letter_gain;
	if (!cm_letter(p->cp[i]))
		return rest_gain;
	return cm_letter(cp) || uc_space(cp) ? case_gain : INT32_MAX;
}

/* Undoes pair k in p, to q, where a character gains what is needed. */
static struct result
undo(const struct mender *m, size_t k, const struct passage *p, size_t lang, enum zeal zeal,
    struct passage *q)
{
	const struct pair *pair = pair_at(k);
	struct result res = {0};
	size_t passed = 0; /* letters left since the last that was undone */
	size_t tried = 0;

	q->n = 0;
	for (size_t i = 0; i < p->n && (res.done > 0 || tried < HOPE); i++) {
		struct trial t = {.old = p->cp + i, .nold = 1, .cp = unmix(pair, p->cp[i])};
		int32_t gain = INT32_MIN;

		for (size_t j = i + 1; t.cp != 0 && j < p->n && t.nahead < TRIAL_AHEAD; j++) {
			uint32_t was = unmix(pair, p->cp[j]);

			t.ahead[t.nahead++] = was != 0 ? was : p->cp[j];
		}
		if (t.cp != 0) {
			gain = mender_gain(m, q, &t, lang);
			tried++;
		}
		if (gain < needed_gain(p, i, t.cp, zeal)) {
			passed += t.cp != 0 && cm_letter(p->cp[i]);
			passage_keep(q, p, i);
			continue;
		}
		passage_put(q, p, i, i + 1, t.cp, mender_post(gain), MISTAKE_MIXUP + k);
		*(res.done > 0 ? &res.inside : &res.outside) += passed;
		passed = 0;
		res.odd += odd(p, i);
		res.symbols += cm_letter(t.cp) && !cm_letter(p->cp[i]) && !cm_apostrophe(p->cp[i]);
		res.done++;
	}
	res.outside += passed;
	return res;
}

/* What speaks against a result; met: the document had the same before. */
static int32_t
objections(const struct result *res, bool met)
{
	bool plain = (res->odd + res->symbols) * 2 < res->done;
	int32_t loss = (int32_t)res->inside * left_loss;

	if (met)
		return loss + (plain ? not_odd / 3 : 0);
	if (res->odd * 2 < res->done && res->done <= FEW)
		loss += (int32_t)res->outside * left_loss;
	else
		loss += (int32_t)res->outside * outside_loss;
	if (res->odd * 3 < res->done)
		loss += plain ? not_odd : hardly_odd;
	return loss;
}

const char *
mixup_name(size_t k, const char **read)
{
	if (k >= NPAIRS)
		return NULL;
	*read = pairs[k].read;
	return pairs[k].written;
}

bool
mend_mixup(struct mender *m, struct passage *p, struct weight *w)
{
	struct weight best = {0};
	enum zeal zeal = ALL;
	int32_t most = 0;
	size_t which = 0, lang = mender_language(m, p, w);

	for (size_t k = 0; k < NPAIRS; k++) {
		struct result res = undo(m, k, p, lang, PERHAPS, &m->b);
		struct weight now;
		int32_t gain;

		if (res.done == 0)
			continue;
		now = mender_weigh(m, &m->b);
		if (now.cost > (int32_t)p->n * (res.odd == res.done ? less_known : well_known))
			continue;
		gain = w->cost - now.cost - mender_bar(m, MISTAKE_MIXUP + k, pairs[k].bits) -
		       objections(&res, mender_met(m, MISTAKE_MIXUP + k));
		if (gain > most) {
			most = gain;
			best = now;
			which = k;
			zeal = res.done >= MOSTLY * (res.inside + res.outside) ? ALL : PARTLY;
		}
	}
	if (most <= 0)
		return false;
	m->met[MISTAKE_MIXUP + which]++;
	m->usual_mixup = which;
	undo(m, which, p, best.lang, zeal, &m->b);
	passage_copy(p, &m->b);
	*w = mender_weigh(m, p);
	return true;
}

bool
mend_known_mixup(struct mender *m, struct passage *p)
{
	size_t lang = mender_expected(m), k = m->usual_mixup;
	struct result res;
	int32_t gain;

	if (!mender_met(m, MISTAKE_MIXUP + k))
		return false;
	res = undo(m, k, p, lang, ALL, &m->b);
	if (res.done == 0 || res.inside + res.outside > 0 || !sound_chars(m->b.cp, m->b.n))
		return false;
	gain = charmodel_cost(m->model, p->cp, p->n, 0, p->n, lang) -
	       charmodel_cost(m->model, m->b.cp, m->b.n, 0, m->b.n, lang);
	if (gain < (int32_t)res.done * sure_gain)
		return false;
	passage_copy(p, &m->b);
	return true;
}
