/*
 * lossy: characters of which a wrong reading left less than all.  What one lost byte, or a whole
 * letter become a question mark, can have been are a handful of candidates: the model and the
 * dictionary choose, the posterior is kept, and where they cannot choose the text stays.
 */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "lexicon.h"
#include "mender.h"
#include "misread.h"
#include "utf8.h"

enum {
	CANDIDATES = 192,
	WORD = 40
};

/* The posterior that is needed: where something is lost anyway, and where it may be a question. */
static const double enough = 0.55, enough_question = 0.9;
/* A word of the dictionary, and a question mark within a word that is one, in bits. */
static const int32_t known_word = 6 * CM_BIT, true_question = 6 * CM_BIT;

/* What a letter costs at the edge of what is no word with it, and what is one without it. */
static const int32_t edge_loss = 12 * CM_BIT;
/* What a byte that the reading can show costs, to be lost all the same. */
static const int32_t shown_loss = 4 * CM_BIT;

/* A place where something was lost, and what it can have been. */
struct hole {
	size_t i, j; /* the characters it left */
	uint32_t cp[CANDIDATES];
	int32_t loss[CANDIDATES];
	size_t n;
	bool question; /* they may be sound */
	bool edge; /* at the edge of a word: only a word of the dictionary can tell */
};

static bool
lost(const struct passage *p, size_t i)
{
	return i < p->n && (p->cp[i] == '?' || p->cp[i] == 0xFFFD);
}

static void
candidate(struct hole *h, uint32_t cp, int32_t loss)
{
	size_t k = 0;

	while (k < h->n && h->cp[k] != cp)
		k++;
	if (k == CANDIDATES)
		return;
	if (k == h->n)
		h->n++;
	else if (h->loss[k] < loss)
		loss = h->loss[k];
	h->cp[k] = cp;
	h->loss[k] = loss;
}

/* Can cp have stood in a text that the model may judge? */
static bool
judged(const struct mender *m, uint32_t cp)
{
	return charmodel_knows(m->model, cp) || (cp >= 0xA1 && cp < 0xC0) ||
	       (cp >= 0x2010 && cp <= 0x2026) || cp == 0x20AC;
}

/*
 * Adds what bytes s[0..n) and one more make that r cannot show; or can, where something was lost for
 * sure: the sign says so, or nothing else has such a beginning.
 */
static void
complete(const struct mender *m, const struct reading *r, const char *s, size_t n, bool sure,
    struct hole *h)
{
	char t[4];

	memcpy(t, s, n);
	for (unsigned b = 0x80; b < 0xC0; b++) {
		unsigned shown = r->cs->upper[b - 0x80];
		uint32_t cp;

		t[n] = (char)b;
		if (utf8_get(t, n + 1, &cp) != n + 1 || !judged(m, cp))
			continue;
		if (shown < 0xA0)
			candidate(h, cp, 0);
		else if (sure || s[0] == '\xC3' || n == 2)
			candidate(h, cp, shown_loss);
	}
}

/* A lead, a tail where it takes two, and the mark of a byte that the reading could not show. */
static bool
lost_tail(const struct mender *m, const struct passage *p, size_t i, struct hole *h)
{
	const struct reading *r;

	*h = (struct hole){.i = i};
	for (size_t k = 0; (r = reading_at(k)) != NULL; k++) {
		unsigned lead = reading_byte(r, p->cp[i]);
		unsigned tail = i + 1 < p->n ? reading_byte(r, p->cp[i + 1]) : 0;
		char s[2] = {(char)lead, (char)tail};

		if (lead >= 0xC2 && lead < 0xE0 && lost(p, i + 1)) {
			complete(m, r, s, 1, p->cp[i + 1] == 0xFFFD, h);
			h->j = i + 2;
		} else if (lead == 0xE2 && tail == 0x80 && lost(p, i + 2)) {
			complete(m, r, s, 2, p->cp[i + 2] == 0xFFFD, h);
			h->j = i + 3;
		}
	}
	return h->n > 0;
}

/* Every letter beyond ASCII that may stand there, in the case its neighbours have. */
static void
any_letter(const struct mender *m, const struct passage *p, struct hole *h)
{
	uint32_t before = h->i > 0 ? p->cp[h->i - 1] : ' ',
		 behind = h->j < p->n ? p->cp[h->j] : ' ';
	bool capital =
		 uc_upper(behind) || (uc_upper(before) && !cm_letter(behind)) || !cm_letter(before),
	     small = !uc_upper(behind) || uc_lower(before);

	for (uint32_t cp = 0xC0; cp < 0x250; cp++)
		if (charmodel_knows(m->model, cp) && (uc_upper(cp) ? capital : small))
			candidate(h, cp, 0);
}

static void
any_mark(struct hole *h)
{
	static const uint32_t marks[] = {
	    0x2019, 0x201C, 0x201D, 0x2018, 0x2013, 0x2014, 0x2026, 0x201E, 0x20AC, 0x2022};

	for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++)
		candidate(h, marks[k], 0);
}

/* Is the word around i something else than a word: an address, a program's text? */
static bool
no_word(const struct passage *p, size_t i)
{
	size_t from = i, to = i;

	while (from > 0 && !uc_space(p->cp[from - 1]))
		from--;
	while (to < p->n && !uc_space(p->cp[to]))
		to++;
	for (; from < to; from++)
		if (strchr("/=&@<>_\\", (int)(p->cp[from] < 0x80 ? p->cp[from] : 'a')) != NULL)
			return true;
	return false;
}

/*
 * Can the question mark at h->i be a letter?  Within a word it can; at its edge only where others
 * were, and where no sentence ends.
 */
static bool
lost_in_word(const struct mender *m, const struct passage *p, struct hole *h)
{
	bool before = h->i > 0 && cm_letter(p->cp[h->i - 1]);
	bool behind = h->j < p->n && cm_letter(p->cp[h->j]);

	if (!before && !behind)
		return false;
	h->edge = !before || !behind;
	if (h->edge && !mender_met(m, MISTAKE_LOST))
		return false;
	if (before && !behind &&
	    (h->j + 1 >= p->n || p->cp[h->j] != ' ' || uc_upper(p->cp[h->j + 1])))
		return false;
	if (no_word(p, h->i))
		return false;
	any_letter(m, p, h);
	if (!h->edge)
		candidate(h, 0x2019, 0);
	return true;
}

/*
 * One to three signs of loss in a row: a letter of one byte or two, or a mark of three; as question
 * marks only one within a word.
 */
static bool
lost_whole(const struct mender *m, const struct passage *p, size_t i, struct hole *h)
{
	uint32_t sign = p->cp[i];
	size_t n = 1;

	if (i > 0 && p->cp[i - 1] == sign)
		return false;
	while (i + n < p->n && p->cp[i + n] == sign)
		n++;
	*h = (struct hole){.i = i, .j = i + n, .question = sign == '?'};
	if (sign == '?')
		return n == 1 && lost_in_word(m, p, h);
	if (n > 3)
		return false;
	if (n < 3)
		any_letter(m, p, h);
	if (n != 2)
		any_mark(h);
	return true;
}

static bool
find_hole(const struct mender *m, const struct passage *p, size_t i, bool whole, struct hole *h)
{
	if (lost(p, i))
		return whole && lost_whole(m, p, i, h);
	return p->cp[i] >= 0x80 && lost_tail(m, p, i, h);
}

/* Appends to word what letters of p stand from j on; returns its length. */
static size_t
letters_behind(char *word, size_t n, const struct passage *p, size_t j)
{
	for (size_t k = j; k < p->n && k - j < WORD && cm_letter(p->cp[k]); k++)
		n += utf8_put(word + n, p->cp[k]);
	return n;
}

/*
 * Is the word that cp, 0 for nothing, would be part of, behind q and before p[j], in the dictionary?
 * Of an apostrophe, the word behind it.
 */
static bool
makes_word(struct mender *m, const struct passage *q, uint32_t cp, const struct passage *p,
    size_t j, size_t lang)
{
	const struct lexicon *lex = mender_lexicon(m, lang);
	char word[UTF8_MAX * (2 * WORD + 1)];
	size_t from = q->n, n = 0;

	if (lex == NULL || (cp != 0 && !cm_letter(cp) && cp != 0x2019))
		return false;
	while (cp != 0x2019 && from > 0 && q->n - from < WORD && cm_letter(q->cp[from - 1]))
		from--;
	for (; from < q->n; from++)
		n += utf8_put(word + n, q->cp[from]);
	if (cp != 0 && cp != 0x2019)
		n += utf8_put(word + n, cp);
	n = letters_behind(word, n, p, j);
	return n > 0 && lexicon_knows(lex, word, n);
}

/* Chooses among the candidates; returns the posterior, and the character in *best. */
static double
choose(struct mender *m, const struct hole *h, const struct passage *p, const struct passage *q,
    size_t lang, uint32_t *best)
{
	struct trial t = {.old = p->cp + h->i, .nold = h->j - h->i};
	int32_t gain[CANDIDATES], most = INT32_MIN, stays;
	double sum = 0;

	for (size_t k = h->j; k < p->n && t.nahead < TRIAL_AHEAD; k++)
		t.ahead[t.nahead++] = p->cp[k];
	for (size_t k = 0; k < h->n; k++) {
		t.cp = h->cp[k];
		gain[k] = mender_gain(m, q, &t, lang) - h->loss[k];
		if (makes_word(m, q, t.cp, p, h->j, lang))
			gain[k] += known_word;
		else if (h->edge)
			gain[k] -= edge_loss;
		if (gain[k] > most) {
			most = gain[k];
			*best = t.cp;
		}
	}
	for (size_t k = 0; k < h->n; k++)
		sum += exp2((double)(gain[k] - most) / CM_BIT * 2 / 3);
	stays = h->question && !mender_met(m, MISTAKE_LOST) ? true_question : 0;
	if (h->edge && makes_word(m, q, 0, p, h->j, lang))
		stays += edge_loss;
	if (h->question)
		sum += exp2((double)(stays - most) / CM_BIT * 2 / 3);
	return 1 / sum;
}

bool
mend_lossy(struct mender *m, struct passage *p, struct weight *w, bool whole)
{
	struct passage *q = &m->b;
	bool changed = false;

	q->n = 0;
	for (size_t i = 0; i < p->n;) {
		struct hole h;
		uint32_t cp = 0;
		double post;

		if (!find_hole(m, p, i, whole, &h) || (post = choose(m, &h, p, q, w->lang, &cp)) <
							  (h.question ? enough_question : enough)) {
			passage_keep(q, p, i);
			i++;
			continue;
		}
		passage_put(q, p, h.i, h.j, cp, post < 0.99 ? (int)(100 * post) : 99, MISTAKE_LOST);
		m->met[MISTAKE_LOST]++;
		changed = true;
		i = h.j;
	}
	if (!changed)
		return false;
	passage_copy(p, q);
	*w = mender_weigh(m, p);
	return true;
}
