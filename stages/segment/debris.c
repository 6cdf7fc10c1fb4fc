/*
 * debris: lines of specks that a recogniser read as letters: "Ih eL r", "tJ oe lli", ". iJ".  In: lines
 * before their layout is known; out: role SPECK and a score.  It takes no line that holds a word of a
 * dictionary or what could be one, and none of a document whose language no dictionary knows.
 *
 * A word is held to be of specks by its letters - no vowel, capitals in mid word, no form of any
 * dictionary - where it is short; the points of a line's words, its place in the midst of a
 * sentence and other such lines must add up.
 */
#include <stdlib.h>
#include <string.h>

#include "lexicon.h"
#include "phrase.h"
#include "segment.h"
#include "utf8.h"

#define WIDEST 40 /* characters of a line of specks */
#define SAMPLE 3000 /* words that tell whether the dictionaries know the language */
#define ACCEPT 5 /* points that make a line specks */
#define LONGWORD 64 /* bytes: longer words are text */

/* How the letters of a word are made up. */
struct letters {
	unsigned n, uppers, vowels, digits, others; /* others: signs within */
	unsigned bend; /* a capital behind a small letter, or a small one behind two capitals */
	bool foreign; /* of another script */
};

/* What the words of a line say together. */
struct verdict {
	unsigned words;
	unsigned known; /* two for a word of a dictionary, one for a short one */
	unsigned points, strange; /* points against them; words that cannot be any */
	bool text; /* one is a word, or may be */
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

static bool
is_known(const struct seg *s, const char *p, size_t n)
{
	for (size_t i = 0; i < LANGS; i++)
		if (s->lexicon[i] != NULL && lexicon_knows(s->lexicon[i], p, n))
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

/* Whether p[0..n) stands in a table; folding alone would take "rn" for m and "li" for il. */
static bool
is_listed(const struct seg *s, enum class class, const char *p, size_t n)
{
	const struct phrase *found;
	struct buf f = {0};

	fold(&f, p, n);
	found = phrase_find(s->phrases, class, f.data, f.len, NULL);
	buf_free(&f);
	return found != NULL && same_letters(p, n, found->raw, strlen(found->raw));
}

/* A word that stands for another, or none of the language: "Dr", "km", "kWh", "xiv". */
static bool
is_short_form(const struct seg *s, const char *p, size_t n)
{
	static const enum class class[] = {C_ABBREV, C_HONORIFIC, C_UNIT, C_PAGE};
	if (strspn(p, "IVXLC") >= n || (strspn(p, "ivx") >= n && memcmp(p, "vv", 2) != 0))
		return true;
	for (size_t i = 0; i < sizeof(class) / sizeof(class[0]); i++)
		if (is_listed(s, class[i], p, n))
			return true;
	return false;
}

/* Adds what a word of four letters or more says: hardly ever that it is of specks. */
static void
long_word(const struct letters *w, struct verdict *v)
{
	if (w->n + w->others == 4 && w->uppers < w->n && (w->bend > 0 || w->vowels == 0)) {
		v->points += 2;
		v->strange++;
	} else {
		v->text = true;
	}
}

/* Adds what word p[0..n), its punctuation taken off, says. */
static void
word_ask(const struct seg *s, const char *p, size_t n, bool stop, struct verdict *v)
{
	struct letters w = letters_of(p, n);

	if (n == 0 || w.n + w.digits == 0)
		return;
	v->words++;
	v->text |= w.foreign || n > LONGWORD || w.digits > 1;
	if (w.n == 0 || v->text)
		return;
	if (w.n == 2 && w.bend == 0 && is_listed(s, C_SHORT, p, n)) {
		v->known++;
	} else if (w.n > 2 && w.digits == 0 && is_known(s, p, n)) {
		v->text |= w.n > 3;
		v->known += 2;
	} else if (w.n > 3) {
		long_word(&w, v);
	} else if (w.uppers == w.n ? w.n > 1 || stop : is_short_form(s, p, n)) {
		return; /* an acronym, an initial */
	} else if (w.bend > 0 || (w.n > 1 && w.vowels == 0)) {
		v->points += 2;
		v->strange++;
	} else if (w.n > 1 || w.others + w.digits > 0 || w.vowels == 0) {
		v->points++;
	}
}

/* Whether a character stands beside words, not in them. */
static bool
is_edge(uint32_t cp)
{
	return !uc_letter(cp) && !uc_digit(cp) && !uc_mark(cp);
}

static struct verdict
line_ask(const struct seg *s, size_t i)
{
	struct verdict v = {0};
	size_t n, from = 0, to, end, k;
	const char *p = line_text(s, i, &n);
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
		word_ask(s, p + from, to - from, to < end && p[to] == '.', &v);
	}
	return v;
}

/* Whether the dictionaries know most longer words of the document. */
static bool
knows_language(const struct seg *s)
{
	size_t words = 0, known = 0;

	for (size_t i = 0; i < s->nline && words < SAMPLE; i++) {
		size_t n, from, to = 0;
		const char *p = line_text(s, i, &n);

		for (from = 0; from < n && words < SAMPLE; from = to + 1) {
			for (to = from; to < n && p[to] != ' '; to++)
				;
			if (to - from < 5 || to - from > LONGWORD ||
			    strchr(".,;:)", p[to - 1]) != NULL)
				continue;
			words++;
			known += is_known(s, p + from, to - from);
		}
	}
	return known * 2 >= words;
}

static bool
may_be(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i];

	return l->role == ROLE_BODY && l->width >= 2 && l->width <= WIDEST && l->digits <= 2 &&
	       l->letters > 0 && !l->calls &&
	       l->mark.kind == MARK_NONE && !(l->cue & ~(uint32_t)CUE_CAPS);
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
	int points = (int)c->v.points - (int)c->v.known + (c->v.words >= 3) + 2 * amid +
		     2 * noisy;

	if (points < ACCEPT || c->v.points < 2 || (c->v.strange == 0 && !(amid && noisy)) ||
	    (c->v.words < 2 && !(noisy && (amid || c->v.strange > 0))))
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
		lines += c[i].v.strange > 0 && c[i].v.points >= 3 && c[i].v.known == 0;
	return lines >= 3 && lines * 200 >= s->nline;
}

void
debris_find(struct seg *s)
{
	struct cand *cand = NULL, c;
	size_t n = 0, cap = 0, to;
	bool noisy;

	for (size_t i = 0; i < s->nline; i++) {
		if (!may_be(s, i))
			continue;
		c = (struct cand){i, line_ask(s, i)};
		if (c.v.text || c.v.points == 0)
			continue;
		cand = mem_more(cand, n, &cap, sizeof(*cand));
		cand[n++] = c;
	}
	if (n > 0 && knows_language(s)) {
		noisy = is_noisy(s, cand, n);
		for (size_t i = 0; i < n; i = to) {
			bool amid;

			for (to = i + 1; to < n && cand[to].line == cand[to - 1].line + 1; to++)
				;
			amid = interrupts(s, &cand[i], &cand[to - 1]);
			for (size_t k = i; k < to; k++)
				judge(s, &cand[k], amid, noisy);
		}
	}
	free(cand);
}
