/*
 * jumble: how the words of a line weigh for specks read as letters, or for text.  In: a line and the
 * dictionaries; out: points.  Short words that no dictionary knows, with no vowel or nothing but vowels, with
 * capitals amid small letters, and signs by themselves weigh for the one; words that are known, names and
 * abbreviations for the other.
 */
#include <string.h>

#include "jumble.h"
#include "lexicon.h"
#include "phrase.h"
#include "utf8.h"

#define SAMPLE                                                                                     \
	200 /* lines, from all over it, that tell whether the dictionaries know its language */
#define LONGLINE 1000 /* bytes of a line that are looked at */
#define LONGWORD 64 /* bytes: longer words are text */

/* How the letters of a word are made up. */
struct letters {
	unsigned n, uppers, vowels, digits, others; /* others: signs within */
	unsigned bend; /* a capital behind a small letter, or a small one behind two capitals */
	bool foreign; /* of another script */
};

/*
 * Points of words, in tenths of one that a short unknown word has; below zero they are text.  Set on texts
 * of corpus/ocr and corpus/albanian, half a, rendered with specks and read anew; see corpus/README.md.
 */
enum {
	KNOWN6 = -50, /* six letters or more, of the document's languages */
	KNOWN5 = -35,
	KNOWN4 = -12,
	KNOWN3 = -6,
	KNOWN2 = -6,
	FOREIGN5 = -15, /* known to another language only */
	NAME = -4, /* unknown, of four letters or more, with a capital */
	LONE = 8, /* a letter by itself */
	SHORT = 10, /* unknown, of two letters or three */
	SHORT_CAPITAL = 4, /* the same with a capital */
	SHORT_CAPITALS = 5, /* two letters or three, capitals all, known or not */
	SPARSE = 8, /* four parts or more, none of them of five letters */
	LONGER = 5, /* unknown, of four to eight */
	STRANGE = 12, /* more, where its letters can be no word */
	MIXED = 8, /* more, with signs within */
	SIGNS = 7, /* signs by themselves */
	AGAIN = 10, /* more, where it is the word before again */
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

/* Whether its letters can make no word: a capital amid small letters, no vowel or nothing but vowels. */
static bool
is_strange(const struct letters *w)
{
	return w->bend > 0 ||
	       (w->n > 1 && w->uppers < w->n && (w->vowels == 0 || w->vowels == w->n));
}

/* The points of a word that is known. */
static int
known_points(const struct letters *w, bool own)
{
	if (!own)
		return w->n > 4 ? FOREIGN5 : 0;
	return w->n > 5 ? KNOWN6 : w->n == 5 ? KNOWN5 : w->n == 4 ? KNOWN4 : KNOWN3;
}

/* The points of a word that no dictionary knows; stop: a full stop follows. */
static int
unknown_points(const struct letters *w, bool stop)
{
	bool capital = w->uppers > 0 && w->bend == 0;
	int points = 0;

	if (w->n == 1)
		points = capital && stop ? 0 : LONE;
	else if (w->n < 4)
		points = capital ? SHORT_CAPITAL : SHORT;
	else
		points = capital ? NAME : LONGER;
	return points + (is_strange(w) ? STRANGE : 0) + (w->others + w->digits > 0 ? MIXED : 0);
}

/* Adds what word p[0..n), its punctuation taken off, says; stop: a full stop follows. */
static void
word_ask(const struct asker *q, const char *p, size_t n, bool stop, struct verdict *v)
{
	struct letters w = letters_of(p, n);

	if (n == 0 || w.n + w.digits == 0)
		return;
	v->words++;
	v->longest = w.n > v->longest ? w.n : v->longest;
	v->text |= w.foreign || n > LONGWORD || w.digits > 1 || (w.n > 8 && !is_strange(&w));
	if (w.n == 0 || v->text)
		return;
	if (w.n > 1 && w.n < 4 && w.uppers == w.n) {
		v->points += is_short_form(q->s, p, n) ? 0 : SHORT_CAPITALS;
	} else if (w.n < 3 && w.bend == 0 && (w.n > 1 || w.uppers == 0 || v->words == 1) &&
		   is_short_word(q, p, n)) {
		v->points += w.n == 2 ? KNOWN2 : 0;
	} else if (w.n > 2 && w.bend == 0 && is_known(q, p, n, true)) {
		v->points += known_points(&w, true);
	} else if (w.n > 2 && w.bend == 0 && is_known(q, p, n, false)) {
		v->points += known_points(&w, false);
	} else if (!is_short_form(q->s, p, n)) {
		v->points += unknown_points(&w, stop);
		v->strange += is_strange(&w);
	}
}

/* Whether a character stands beside words, not in them. */
static bool
is_edge(uint32_t cp)
{
	return !uc_letter(cp) && !uc_digit(cp) && !uc_mark(cp);
}

/* A hyphen or an apostrophe. */
static bool
is_joint(uint32_t cp)
{
	return cp == '-' || cp == '\'' || cp == 0x2019 || cp == 0x2010;
}

/* Asks the parts of a word that hyphens and apostrophes join, or that a lost space ran together. */
static void
compound_ask(const struct asker *q, const char *p, size_t n, bool stop, struct verdict *v)
{
	size_t from = 0, k;
	uint32_t cp, last = ' ';

	for (size_t i = 0; i < n; i += k, last = cp) {
		k = utf8_get(p + i, n - i, &cp);
		if (uc_upper(cp) && uc_lower(last) && i - from > 2 && n - i > 3) {
			word_ask(q, p + from, i - from, false, v);
			from = i;
		}
		if (!is_joint(cp) || i == 0)
			continue;
		/* nothing is said by what is elided */
		if (cp == '-' || i - from > 2)
			word_ask(q, p + from, i - from, stop, v);
		from = i + k;
	}
	if (from < n)
		word_ask(q, p + from, n - from, stop, v);
}

/* A dash or a bullet, which texts have too. */
static bool
is_dash(const char *p, size_t n)
{
	uint32_t cp;

	return utf8_get(p, n, &cp) == n && (cp == '-' || cp == 0x2013 || cp == 0x2014 ||
					       cp == 0x2022 || cp == '&' || cp == '/');
}

struct verdict
line_ask(const struct asker *q, size_t i)
{
	struct verdict v = {0};
	size_t n, from = 0, to, end, k, last = 0, len = 0;
	const char *p = line_text(q->s, i, &n);
	uint32_t cp;

	for (; from < n && !v.text && v.points > KNOWN6; from = end + 1) {
		for (end = from; end < n && p[end] != ' '; end++)
			;
		to = end;
		v.parts += from < end;
		k = from;
		while (from < to && (k = utf8_get(p + from, to - from, &cp)) > 0 && is_edge(cp))
			from += k;
		while (to > from && (k = utf8_back(p, to, &cp)) > 0 && is_edge(cp))
			to -= k;
		if (from == to && from > 0) {
			v.points += end > k && !is_dash(p + k, end - k) ? SIGNS : 0;
			continue;
		}
		if (to - from == len && len < 4 && memcmp(p + last, p + from, len) == 0)
			v.points += AGAIN;
		last = from;
		len = to - from;
		compound_ask(q, p + from, to - from, to < end && p[to] == '.', &v);
	}
	v.points += v.parts > 3 && v.longest < 5 ? SPARSE : 0;
	return v;
}

/* Which languages the document is in: their dictionaries know most longer words of it. */
bool
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
	q->misread = most * 2 < words;
	/* of misread texts four words in ten and more, of other languages one */
	return most * 10 >= words * 3;
}
