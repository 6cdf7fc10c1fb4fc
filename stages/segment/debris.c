/*
 * debris: lines of specks that a recogniser read as letters: "Ih eL r", "tJ oe lli", ". iJ".  In: lines
 * before their layout is known; out: role SPECK and a score.  It takes no line that holds a word of a
 * dictionary or what could be one, and none of a document whose language no dictionary knows.
 *
 * A word is held to be of specks by its letters - no vowel or nothing but vowels, capitals in mid word, no
 * form of the dictionaries - where it is short; the points of a line's words, its place in the midst
 * of a sentence and other such lines must add up.
 */
#include <stdlib.h>
#include <string.h>

#include "lexicon.h"
#include "phrase.h"
#include "segment.h"
#include "utf8.h"

#define WIDEST 90 /* characters of a line of specks */
#define SAMPLE 200 /* lines, from all over it, that tell whether the dictionaries know the language */
#define ACCEPT 5 /* points that make a line specks */
#define LONGLINE 1000 /* bytes of a line that are looked at */
#define LONGWORD 64 /* bytes: longer words are text */

/* How the letters of a word are made up. */
struct letters {
	unsigned n, uppers, vowels, digits, others; /* others: signs within */
	unsigned bend; /* a capital behind a small letter, or a small one behind two capitals */
	bool foreign; /* of another script */
};

/* What the words of a line say together. */
struct verdict {
	unsigned words, strange; /* strange: that cannot be any */
	int points; /* against them */
	bool text; /* one is surely a word */
};

/* A line that may be specks. */
struct cand {
	size_t line;
	struct verdict v;
};

static bool
is_vowel(uint32_t cp)
{
	cp = uc_tolower(uc_base(cp));
	return cp < 128 && cp != 0 && strchr("aeiouy", (int)cp) != NULL;
}

static struct letters
letters_of(const char *p, size_t n)
{
	struct letters w = {0};
	bool last = false; /* a capital */
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		i += utf8_get(p + i, n - i, &cp);
		if (uc_digit(cp)) {
			w.digits++;
		} else if (!uc_letter(cp)) {
			w.others += !uc_mark(cp);
		} else {
			bool upper = uc_upper(cp);

			w.bend += w.n > 0 && (upper ? !last : last && w.uppers > 1);
			w.n++;
			w.uppers += upper;
			w.vowels += is_vowel(cp);
			w.foreign |= cp >= 0x250 && !(cp >= 0x1E00 && cp < 0x1F00);
			last = upper;
		}
	}
	return w;
}

/* What is asked: the document and the languages it is in. */
struct asker {
	const struct seg *s;
	bool in[LANGS];
};

/* Whether p[0..n) is a form of a dictionary, where own is set of one of the document's languages. */
static bool
is_known(const struct asker *q, const char *p, size_t n, bool own)
{
	for (size_t i = 0; i < LANGS; i++)
		if (q->s->lexicon[i] != NULL && (!own || q->in[i]) &&
		    lexicon_knows(q->s->lexicon[i], p, n))
			return true;
	return false;
}

/* Whether a and b have the same letters but for case and accents. */
static bool
same_letters(const char *a, size_t na, const char *b, size_t nb)
{
	uint32_t x, y;

	while (na > 0 && nb > 0) {
		size_t i = utf8_get(a, na, &x), k = utf8_get(b, nb, &y);

		if (uc_tolower(uc_base(x)) != uc_tolower(uc_base(y)))
			return false;
		a += i, na -= i;
		b += k, nb -= k;
	}
	return na == nb;
}

/* The row of a table that p[0..n) is, or NULL; folding alone would take "rn" for m and "li" for il. */
static const struct phrase *
listed(const struct seg *s, enum class class, const char *p, size_t n)
{
	struct folded f = phrases_fold(s->phrases, p, n);
	const struct phrase *found = phrase_find(s->phrases, class, f.s, f.n, NULL);

	return found != NULL && same_letters(p, n, found->raw, strlen(found->raw)) ? found : NULL;
}

/* Whether it is a word of one or two letters in the document's languages. */
static bool
is_short_word(const struct asker *q, const char *p, size_t n)
{
	const struct phrase *found = listed(q->s, C_SHORT, p, n);

	for (size_t i = 0; found != NULL && i < LANGS; i++)
		if (q->in[i] && strstr(found->value, segment_langs[i]) != NULL)
			return true;
	return false;
}

/* A word that stands for another, or none of the language: "Dr", "km", "kWh", "xiv". */
static bool
is_short_form(const struct seg *s, const char *p, size_t n)
{
	static const enum class class[] = {C_ABBREV, C_HONORIFIC, C_UNIT, C_PAGE};
	if (strspn(p, "IVXLC") >= n || (strspn(p, "ivx") >= n && memcmp(p, "vv", 2) != 0))
		return true;
	for (size_t i = 0; i < sizeof(class) / sizeof(class[0]); i++)
		if (listed(s, class[i], p, n) != NULL)
			return true;
	return false;
}

/* The points of a word of four letters or more, which is known to some language or to none. */
static int
long_points(const struct letters *w, bool known, struct verdict *v)
{
	if (known) {
		v->text |= w->n > 5;
		return -4;
	}
	if (w->n > 8)
		v->text = true;
	if (w->uppers < w->n && (w->bend > 0 || w->vowels == 0)) {
		v->strange++;
		return 2;
	}
	return w->uppers == 0 && w->n == 4;
}

/* The points of a word of up to three letters that no dictionary knows. */
static int
short_points(const struct letters *w, struct verdict *v)
{
	if (w->bend > 0 || (w->n > 1 && (w->vowels == 0 || w->vowels == w->n))) {
		v->strange++;
		return 2;
	}
	return w->n > 1 || w->others + w->digits > 0 || w->vowels == 0;
}

/* Adds what word p[0..n), its punctuation taken off, says; stop: a full stop follows. */
static void
word_ask(const struct asker *q, const char *p, size_t n, bool stop, struct verdict *v)
{
	struct letters w = letters_of(p, n);

	if (n == 0 || w.n + w.digits == 0)
		return;
	v->words++;
	v->text |= w.foreign || n > LONGWORD || w.digits > 1;
	if (w.n == 0 || v->text)
		return;
	if (w.n > 3)
		v->points += long_points(&w, is_known(q, p, n, false), v);
	else if (w.n < 3 && w.bend == 0 && is_short_word(q, p, n))
		v->points--;
	else if (w.n == 3 && w.digits == 0 && is_known(q, p, n, true))
		v->points -= 2;
	else if (w.uppers < w.n ? !is_short_form(q->s, p, n) : w.n == 1 && !stop)
		v->points += short_points(&w, v);
}

/* Whether a character stands beside words, not in them. */
static bool
is_edge(uint32_t cp)
{
	return !uc_letter(cp) && !uc_digit(cp) && !uc_mark(cp);
}

static struct verdict
line_ask(const struct asker *q, size_t i)
{
	struct verdict v = {0};
	size_t n, from = 0, to, end, k;
	const char *p = line_text(q->s, i, &n);
	uint32_t cp;

	for (; from < n && !v.text; from = end + 1) {
		for (end = from; end < n && p[end] != ' '; end++)
			;
		to = end;
		v.points += from < end && strspn(p + from, ".,;:'`\"~_|\\") >= end - from;
		while (from < to && (k = utf8_get(p + from, to - from, &cp)) > 0 && is_edge(cp))
			from += k;
		while (to > from && (k = utf8_back(p, to, &cp)) > 0 && is_edge(cp))
			to -= k;
		/* what stands behind an elided word: d'eau */
		for (k = from; k < to; k++)
			if (p[k] == '\'' && k - from <= 2)
				from = k + 1;
		word_ask(q, p + from, to - from, to < end && p[to] == '.', &v);
	}
	return v;
}

/* Which languages the document is in: their dictionaries know most longer words of it. */
static bool
languages_find(struct asker *q)
{
	size_t words = 0, known[LANGS] = {0}, most = 0;
	const struct seg *s = q->s;

	for (size_t i = 0; i < s->nline; i += 1 + s->nline / SAMPLE) {
		size_t n, from, to = 0;
		const char *p = line_text(s, i, &n);

		for (from = 0; from < n && from < LONGLINE; from = to + 1) {
			for (to = from; to < n && p[to] != ' '; to++)
				;
			if (to - from < 5 || to - from > LONGWORD ||
			    strchr(".,;:)", p[to - 1]) != NULL)
				continue;
			words++;
			for (size_t k = 0; k < LANGS; k++)
				known[k] += s->lexicon[k] != NULL &&
					    lexicon_knows(s->lexicon[k], p + from, to - from);
		}
	}
	for (size_t k = 0; k < LANGS; k++)
		most = known[k] > most ? known[k] : most;
	for (size_t k = 0; k < LANGS; k++)
		q->in[k] = known[k] * 4 >= most * 3;
	return most * 2 >= words;
}

static bool
may_be(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i];

	return l->role == ROLE_BODY && l->width >= 2 && l->width <= WIDEST && l->digits <= 4 &&
	       l->letters > 0 && !l->spaced &&
	       (l->mark.kind == MARK_NONE || l->mark.kind == MARK_BULLET) &&
	       !(l->cue & ~(uint32_t)CUE_CAPS);
}

/* Whether a sentence runs on over candidates from..to of c, which stand line by line. */
static bool
interrupts(const struct seg *s, const struct cand *from, const struct cand *to)
{
	return from->line > 0 && to->line + 1 < s->nline &&
	       running(&s->line[from->line - 1], &s->line[to->line + 1]);
}

static void
judge(struct seg *s, const struct cand *c, bool amid, bool noisy)
{
	int points =
	    c->v.points + (c->v.words >= 3) + 2 * amid + 2 * noisy + (c->v.strange == c->v.words);

	if (c->v.points < 1 || (!noisy && (c->v.points < 4 || s->line[c->line].calls)) ||
	    points < ACCEPT + (c->v.strange == 0))
		return;
	s->line[c->line].role = ROLE_SPECK;
	s->line[c->line].post = points >= ACCEPT + 2 ? 90 : 80;
}

/* A document with specks has more than one line of them. */
static bool
is_noisy(const struct seg *s, const struct cand *c, size_t n)
{
	size_t lines = 0;

	for (size_t i = 0; i < s->nline; i++)
		lines += s->line[i].role == ROLE_SPECK && s->line[i].width > 2;
	for (size_t i = 0; i < n; i++)
		lines += c[i].v.points >= 2 &&
			 (c[i].v.strange > 0 || c[i].v.points >= (int)c[i].v.words);
	return lines >= 2 && lines * 100 >= s->nline;
}

/* Judges the candidates; those on lines one below the other stand in the midst of one sentence. */
static void
judge_all(struct seg *s, const struct cand *c, size_t n)
{
	bool noisy = is_noisy(s, c, n), amid;
	size_t to;

	for (size_t i = 0; i < n; i = to) {
		for (to = i + 1; to < n && c[to].line == c[to - 1].line + 1; to++)
			;
		amid = interrupts(s, &c[i], &c[to - 1]);
		for (size_t k = i; k < to; k++)
			judge(s, &c[k], amid, noisy);
	}
}

void
debris_find(struct seg *s)
{
	struct cand *cand = NULL, c;
	struct asker q = {.s = s};
	size_t n = 0, cap = 0;

	if (!languages_find(&q))
		return;
	for (size_t i = 0; i < s->nline; i++) {
		if (!may_be(s, i))
			continue;
		c = (struct cand){i, line_ask(&q, i)};
		if (c.v.text || c.v.points < 1)
			continue;
		cand = mem_more(cand, n, &cap, sizeof(*cand));
		cand[n++] = c;
	}
	judge_all(s, cand, n);
	free(cand);
}
