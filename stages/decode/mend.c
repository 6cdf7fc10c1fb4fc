/*
 * mend: a line of UTF-8 in, the line its author wrote out, where the model is sure that it was read
 * in a wrong encoding on its way.  What is sound, or cannot be told, stays.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon.h"
#include "mender.h"
#include "misread.h"
#include "msg.h"
#include "utf8.h"

enum {
	AHEAD = 4000, /* bytes of a document that tell its language at first */
	BEFORE = 4, /* characters before a repair that are weighed with it */
	LOOKS = 2,
	TRY_FIRST = 3, /* passages of a document are looked at closely */
	OFTEN = 3, /* a mistake met so often may be met again */
	BAR = 12 * CM_BIT, /* what a repair must gain where the document had none like it */
	BAR_AGAIN = 4 * CM_BIT /* and where it had */
};

struct mender *
mender_open(bool explain)
{
	struct mender *m = mem_alloc(sizeof(*m));

	memset(m, 0, sizeof(*m));
	m->explain = explain;
	return m;
}

void
mender_close(struct mender *m)
{
	free(m);
}

void
mender_expect(struct mender *m, const char *s, size_t n)
{
	m->ahead = s;
	m->nahead = n;
}

/* Adds what a passage says of the language, and forgets a little of what others said. */
void
mender_learn(struct mender *m, const struct passage *p)
{
	int32_t cost[CM_LANGS] = {0}, least = INT32_MAX;
	size_t n = charmodel_langs(m->model);

	charmodel_add(m->model, p->cp, p->n, 0, p->n, cost);
	for (size_t l = 0; l < n; l++) {
		m->lang[l] = m->lang[l] * 7 / 8 + cost[l];
		least = m->lang[l] < least ? m->lang[l] : least;
	}
	for (size_t l = 0; l < n; l++) {
		m->lang[l] -= least;
		if (m->lang[l] > LANG_MOST)
			m->lang[l] = LANG_MOST;
	}
}

size_t
mender_expected(const struct mender *m)
{
	size_t best = 0;

	for (size_t l = 1; l < charmodel_langs(m->model); l++)
		if (m->lang[l] < m->lang[best])
			best = l;
	return best;
}

/* Opens the model, and looks at the text ahead once. */
static void
mender_start(struct mender *m)
{
	size_t n = m->nahead < AHEAD ? m->nahead : AHEAD;

	if (m->model == NULL) {
		m->model = charmodel_open();
		if (m->model == NULL)
			msg_die("no character model: %s", strerror(errno));
	}
	m->a.n = 0;
	for (size_t i = 0; i < n;) {
		i += utf8_get(m->ahead + i, n - i, &m->a.cp[m->a.n]);
		if (m->a.cp[m->a.n] == '\n' || m->a.cp[m->a.n] == UTF8_BAD)
			m->a.cp[m->a.n] = ' ';
		if (++m->a.n == PASSAGE || i >= n) {
			mender_learn(m, &m->a);
			m->a.n = 0;
		}
	}
	m->nahead = 0;
}

struct weight
mender_weigh(const struct mender *m, const struct passage *p)
{
	int32_t cost[CM_LANGS] = {0};
	struct weight w = {INT32_MAX, 0};

	charmodel_add(m->model, p->cp, p->n, 0, p->n, cost);
	for (size_t l = 0; l < charmodel_langs(m->model); l++)
		if (cost[l] + m->lang[l] < w.cost)
			w = (struct weight){cost[l] + m->lang[l], l};
	return w;
}

/* Are more of the letters of p beyond ASCII than in it? */
static bool
foreign_script(const struct passage *p)
{
	size_t ascii = 0, beyond = 0;

	for (size_t i = 0; i < p->n; i++)
		if (cm_letter(p->cp[i]))
			++*(p->cp[i] < 0x80 ? &ascii : &beyond);
	return beyond > ascii;
}

size_t
mender_language(struct mender *m, const struct passage *p, const struct weight *w)
{
	size_t word = 0;

	if (foreign_script(p))
		return w->lang;
	m->b.n = 0;
	for (size_t i = 0; i < p->n; i++) {
		m->b.cp[m->b.n++] = p->cp[i];
		if (p->cp[i] >= 0x80)
			while (i + 1 < p->n && p->cp[i + 1] != ' ')
				i++;
		if (p->cp[i] >= 0x80 || (i + 1 < p->n && p->cp[i + 1] >= 0x80))
			m->b.n = word;
		if (p->cp[i] == ' ')
			word = m->b.n;
	}
	return mender_weigh(m, &m->b).lang;
}

int32_t
mender_gain(const struct mender *m, const struct passage *q, const struct trial *t, size_t lang)
{
	uint32_t c[BEFORE + TRIAL_OLD + TRIAL_AHEAD];
	size_t left = q->n < BEFORE ? q->n : BEFORE, n = left + t->nold + t->nahead;
	int32_t old;

	memcpy(c, q->cp + q->n - left, left * sizeof(*c));
	memcpy(c + left, t->old, t->nold * sizeof(*c));
	memcpy(c + left + t->nold, t->ahead, t->nahead * sizeof(*c));
	old = charmodel_cost(m->model, c, n, left, n, lang);
	c[left] = t->cp;
	memcpy(c + left + 1, t->ahead, t->nahead * sizeof(*c));
	n = left + 1 + t->nahead;
	return old - charmodel_cost(m->model, c, n, left, n, lang);
}

bool
mender_met(const struct mender *m, size_t k)
{
	return m->met[k] >= OFTEN;
}

int32_t
mender_bar(const struct mender *m, size_t k, int prior)
{
	return mender_met(m, k) ? BAR_AGAIN : BAR + prior * CM_BIT;
}

const struct lexicon *
mender_lexicon(const struct mender *m, size_t lang)
{
	static const struct lexicon *lexicon[CM_LANGS];
	static bool sought[CM_LANGS];

	if (!sought[lang]) {
		sought[lang] = true;
		lexicon[lang] = lexicon_open(charmodel_lang(m->model, lang));
	}
	return lexicon[lang];
}

/* The bits of neighbouring characters are not independent: they count for a third. */
int
mender_post(int32_t gain)
{
	int post = (int)(100 / (1 + exp2(-(double)gain / CM_BIT / 3)));

	return post > 99 ? 99 : post;
}

bool
mender_wary(const struct mender *m)
{
	for (size_t k = MISTAKE_MIXUP; k < MISTAKE_LOST; k++)
		if (mender_met(m, k))
			return true;
	return m->model == NULL || m->tried < TRY_FIRST;
}

void
mender_counts(const struct mender *m, void (*fn)(void *ctx, const char *name, size_t n), void *ctx)
{
	const char *written, *read;
	const struct reading *r;
	struct buf b = {0};

	for (size_t k = 0; k < MISTAKES; k++) {
		if (m->repaired[k] == 0)
			continue;
		buf_clear(&b);
		if (k == MISTAKE_LOST)
			buf_adds(&b, "lost-character");
		else if (k < MISTAKE_MIXUP && (r = reading_at(k)) != NULL)
			buf_addf(&b, "utf-8-as-%s", r->cs->name);
		else if ((written = mixup_name(k - MISTAKE_MIXUP, &read)) != NULL)
			buf_addf(&b, "%s-as-%s", written, read);
		fn(ctx, buf_str(&b), m->repaired[k]);
	}
	buf_free(&b);
}

static bool
mend_passage(struct mender *m, struct passage *p)
{
	struct weight w, first;
	bool changed = false;

	if (mend_known_layer(m, p) || mend_known_mixup(m, p))
		return true;
	m->tried++;
	first = w = mender_weigh(m, p);
	for (int i = 0; i < LAYERS && mend_layer(m, p, &w); i++)
		changed = true;
	changed |= mend_lossy(m, p, &w, false);
	changed |= mend_mixup(m, p, &w);
	/* What is lost more than once in a passage is known to be lost on a second look. */
	for (int i = 0; i < LOOKS && mend_lossy(m, p, &w, true); i++)
		changed = true;
	if (changed && m->explain)
		fprintf(stderr, "decode: mended, language %s: %.1f bits in place of %.1f\n",
		    charmodel_lang(m->model, w.lang), (double)w.cost / CM_BIT,
		    (double)first.cost / CM_BIT);
	mender_learn(m, p);
	return changed;
}

bool
mend_line(struct mender *m, struct line *l, struct line *spare)
{
	struct pass to = pass_start(l, spare);
	bool changed = false;
	struct line swap;

	if (m->model == NULL || m->nahead > 0)
		mender_start(m);
	while (to.pos < l->s.len) {
		size_t end = passage_take(&m->a, l, to.pos);

		if (mend_passage(m, &m->a)) {
			passage_write(&m->a, &to, m->repaired);
			changed = true;
		}
		pass_keep(&to, end);
	}
	if (!changed)
		return false;
	swap = *l;
	*l = *spare;
	*spare = swap;
	return true;
}
