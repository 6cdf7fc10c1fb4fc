/*
 * debris: lines of specks that a recogniser read as letters: "Ih eL r", "tJ oe lli", "re ee er".  In:
 * lines before their layout is known; out: role SPECK and a score.  It takes no line that holds a longer
 * word of the document's languages, and none of a document whose language no dictionary knows.
 *
 * Each word of a line weighs for specks or for text: short ones that no dictionary knows, with no vowel or
 * nothing but vowels, with capitals amid small letters, and signs by themselves for the one; words
 * that are known, names and abbreviations for the other.  How much a line needs depends on how
 * many lines of the document are specks beyond doubt.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon.h"
#include "phrase.h"
#include "segment.h"
#include "utf8.h"

#define WIDEST 90 /* characters of a line of specks */
#define SAMPLE 200 /* lines, from all over it, that tell whether the dictionaries know the language */
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

/* Points that a line needs, by how many lines of the document are specks. */
static const int least[] = {45, 22, 11, 8};

/* Points of a line for where it stands. */
enum {
	AMID = 15, /* a sentence runs on over it */
	ORPHAN = 8, /* it goes on with no sentence and begins none */
	ENDS = -99 /* it ends the sentence that the line above breaks off: surely text */
};

/* What the words of a line say together. */
struct verdict {
	unsigned words; /* with a letter or figure */
	unsigned strange; /* that can be none */
	unsigned parts; /* words and signs */
	unsigned longest; /* letters of a word */
	int points;
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
	bool misread; /* many words of its language are not known */
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

	return utf8_get(p, n, &cp) == n &&
	       (cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == 0x2022 || cp == '&' || cp == '/');
}

static struct verdict
line_ask(const struct asker *q, size_t i)
{
	struct verdict v = {0};
	size_t n, from = 0, to, end, k, last = 0, len = 0;
	const char *p = line_text(q->s, i, &n);
	uint32_t cp;

	for (; from < n && !v.text; from = end + 1) {
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
	q->misread = most * 2 < words;
	/* of misread texts four words in ten and more, of other languages one */
	return most * 10 >= words * 3;
}

/* A line in columns, with another next to it. */
static bool
is_tabular(const struct seg *s, size_t i)
{
	if (s->line[i].wide < 2)
		return false;
	return (i > 0 && s->line[i].gap == 0 && s->line[i - 1].wide > 1) ||
	       (i + 1 < s->nline && s->line[i + 1].gap == 0 && s->line[i + 1].wide > 1);
}

static bool
may_be(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i];

	return l->role == ROLE_BODY && l->width >= 2 && l->width <= WIDEST && l->digits <= 4 &&
	       l->letters > 0 && !l->spaced &&
	       (l->mark.kind == MARK_NONE || l->mark.kind == MARK_BULLET) &&
	       !(l->cue & ~(uint32_t)CUE_CAPS) && !is_tabular(s, i) &&
	       !l->leader &&
	       !(i + 1 < s->nline && s->line[i + 1].cue & CUE_SUPER);
}

/* What it says of candidates from..to of c, which stand line by line, where they stand. */
static int
by_place(const struct seg *s, const struct cand *from, const struct cand *to)
{
	size_t above = from->line, below = to->line + 1;
	const struct line *a, *b, *l = &s->line[from->line];

	while (above > 0 && s->line[above - 1].role == ROLE_SPECK)
		above--;
	while (below < s->nline && s->line[below].role == ROLE_SPECK)
		below++;
	if (above == 0 || below == s->nline)
		return 0;
	a = &s->line[above - 1];
	b = &s->line[below];
	if (running(a, b))
		return AMID;
	if (running(a, l) && from == to && s->line[to->line].end == END_STOP)
		return ENDS;
	return a->end == END_STOP && a->words > 3 && b->open == OPEN_UPPER && l->gap <= 1 && b->gap <= 1 &&
		       s->line[to->line].end != END_STOP
		   ? ORPHAN
		   : 0;
}

/* A line that needs more the less of the document is specks: noise tells how much is. */
static void
judge(struct seg *s, const struct cand *c, int place, int noise)
{
	int points = c->v.points + place;

	/* many words of little weight are a line of text, badly read */
	if (s->line[c->line].width > 40 && c->v.points < 3 * (int)c->v.parts)
		return;
	if (c->v.points < (noise > 2 ? 5 : 8) || points < least[noise] ||
	    (noise == 0 && (s->line[c->line].calls || c->v.strange * 2 < c->v.words)))
		return;
	s->line[c->line].role = ROLE_SPECK;
	s->line[c->line].post = points >= 2 * least[noise] ? 90 : 80;
}

/* How much of the document is specks: 0 not that it shows, 3 much. */
static int
noise_of(const struct seg *s, const struct cand *c, size_t n)
{
	size_t lines = 0;

	for (size_t i = 0; i < s->nline; i++)
		lines += s->line[i].role == ROLE_SPECK && s->line[i].width > 2;
	for (size_t i = 0; i < n; i++)
		lines += c[i].v.points >= 18 && c[i].v.points >= 6 * (int)c[i].v.parts;
	return lines >= 8 && lines * 100 >= s->nline * 6 ? 3
	       : lines >= 4 && lines * 100 >= s->nline * 3 ? 2
	       : lines >= 2 && lines * 100 >= s->nline	  ? 1
							  : 0;
}

/* Judges the candidates; those on lines one below the other stand in the midst of one sentence. */
static void
judge_all(struct seg *s, const struct cand *c, size_t n, bool misread)
{
	int noise = noise_of(s, c, n);
	int place;
	size_t to;

	for (size_t i = 0; s->explain && i < n; i++)
		fprintf(stderr, "segment: line %zu: perhaps specks, %d points, noise %d\n",
		    s->line[c[i].line].no, c[i].v.points, noise);

	for (size_t i = 0; i < n; i = to) {
		for (to = i + 1; to < n && c[to].line == c[to - 1].line + 1; to++)
			;
		place = by_place(s, &c[i], &c[to - 1]) - (misread ? least[noise] : 0);
		for (size_t k = i; k < to; k++)
			judge(s, &c[k], place, noise);
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
	judge_all(s, cand, n, q.misread);
	free(cand);
}
