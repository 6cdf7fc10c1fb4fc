/*
 * speck: lines that a scanner made of specks.  In: lines; out: their role and a score.  A rule,
 * a row of stars or dots, a table of figures, an address of the web or another script is text.
 */
#include <string.h>

#include "segment.h"
#include "utf8.h"

#define SPECK_MIN 70 /* the least score, in hundredths, that makes a line noise */

/* What a line is made of. */
struct stuff {
	unsigned letters, digits, punct;
	unsigned kinds; /* different punctuation characters */
	unsigned longest; /* letters in a row */
	unsigned words; /* runs of three letters or of two figures */
	unsigned same; /* the longest run of one character */
};

/* Looks no further than the first word: what has one is no speck. */
static struct stuff
stuff_of(const char *s, size_t n)
{
	struct stuff f = {0};
	uint32_t seen[4] = {0}, cp, last = 0, high = 0;
	unsigned row = 0, figures = 0, same = 0;
	size_t i = 0;

	while (i < n && f.words == 0) {
		i += utf8_get(s + i, n - i, &cp);
		if (cp == ' ' || cp == 0xA0) {
			row = figures = same = 0;
			continue;
		}
		same = cp == last ? same + 1 : 1;
		last = cp;
		f.same = same > f.same ? same : f.same;
		if (uc_letter(cp) || uc_mark(cp)) {
			f.letters++;
			f.longest = ++row > f.longest ? row : f.longest;
			f.words += row == 3;
			figures = 0;
		} else if (uc_digit(cp)) {
			f.digits++;
			f.words += ++figures == 2;
			row = 0;
		} else {
			f.punct++;
			row = figures = 0;
			if (cp < 128 && !(seen[cp / 32] >> cp % 32 & 1)) {
				seen[cp / 32] |= 1u << cp % 32;
				f.kinds++;
			} else if (cp >= 128 && cp != high) {
				f.kinds++;
				high = cp;
			}
		}
	}
	return f;
}

/* Stars, dots or dashes set on purpose: one character again and again, or only dashes. */
static bool
is_ornament(const struct stuff *f, const char *p, size_t n)
{
	uint32_t cp = 0;

	if (f->letters + f->digits > 0)
		return false;
	if (f->kinds == 1 && f->punct >= 3)
		return true;
	for (size_t i = 0; i < n;) {
		i += utf8_get(p + i, n - i, &cp);
		if (cp != '-' && cp != 0xAD && (cp < 0x2010 || cp > 0x2015) && cp != '_' &&
		    cp != '=' && cp != '*' && !uc_space(cp))
			return false;
	}
	return f->punct >= 2 || cp == '*';
}

/* What an editor puts where something is left out or doubtful: "[...]", "(?)", "[sic]". */
static bool
is_editorial(const char *p, size_t n)
{
	uint32_t cp;

	if (n < 3 || !((p[0] == '[' && p[n - 1] == ']') || (p[0] == '(' && p[n - 1] == ')')))
		return false;
	for (size_t i = 1; i + 1 < n;) {
		i += utf8_get(p + i, n - i, &cp);
		if (cp != '.' && cp != '?' && cp != '!' && cp != 0x2026 && cp != ' ')
			return false;
	}
	return true;
}

/* A figure set in the middle that reads the same from both ends, a dash or a star at each: "- o -". */
static bool
is_vignette(const char *p, size_t n)
{
	uint32_t a, b;
	size_t i = utf8_get(p, n, &a), k = n;

	if (a != '-' && a != '*' && a != '=' && a != '~' && a != 0x2013 && a != 0x2014)
		return false;
	for (i = 0; i < k;) {
		i += utf8_get(p + i, n - i, &a);
		k -= utf8_back(p, k, &b);
		if (a != b)
			return false;
	}
	return n > 2;
}

/* The end of a sentence that did not go into its line: "?", "!...", in French "»". */
static bool
is_stop(const char *p, size_t n)
{
	uint32_t cp;
	bool spaced = false;

	if (n > 12)
		return false;
	for (size_t i = 0; i < n;) {
		i += utf8_get(p + i, n - i, &cp);
		if (i == n && cp == ' ')
			return false;
		if (cp == ' ' || cp == 0xA0 || cp == 0x2013 || cp == 0x2014) {
			/* within, of those that call only */
			spaced = true;
			continue;
		}
		if (spaced && cp != '?' && cp != '!' && cp != 0xBB && cp != 0x2026)
			return false;
		if (cp != '?' && cp != '!' && cp != ':' && cp != ';' && cp != '.' && cp != 0xBB &&
		    cp != 0x2026 && cp != 0x201D && cp != ')')
			return false;
	}
	return true;
}

/* A word or two with marks of speech around: "it.", "Et ?...", "me!". */
static bool
is_utterance(const char *p, size_t n)
{
	size_t i = 0, k, letters = 0;
	uint32_t cp = 0;
	bool upper = false;

	for (; i < n; i += k) {
		k = utf8_get(p + i, n - i, &cp);
		if (cp != '-' && cp != 0x2013 && cp != 0x2014 && cp != '"' && cp != 0x201C &&
		    cp != 0xAB && cp != ' ' && cp != 0xA0 && cp != '(' && cp != '*')
			break;
	}
	for (; i < n; i += k) {
		k = utf8_get(p + i, n - i, &cp);
		if (!uc_letter(cp))
			break;
		upper |= uc_upper(cp) && letters == 0;
		letters++;
	}
	for (; i < n; i += k) {
		k = utf8_get(p + i, n - i, &cp);
		if (cp >= 0x80 ? cp != 0x201D && cp != 0xBB && cp != 0x2026 && cp != 0xA0
			       : strchr(".?!,;:\")'* ", (int)cp) == NULL)
			return false;
	}
	return letters >= 2 || upper;
}

unsigned
speck_score(const struct seg *s, size_t i)
{
	size_t n;
	const char *p = line_text(s, i, &n);
	struct stuff f;

	if (n > 400)
		return 0;
	f = stuff_of(p, n);
	if (f.words > 0 || f.longest > 3 || is_ornament(&f, p, n) || f.same > 4 ||
	    is_utterance(p, n) || goes_overleaf(p, n) || is_editorial(p, n) || is_vignette(p, n))
		return 0;
	if (f.letters + f.digits == 0)
		return f.punct == 0    ? 99
		       : is_stop(p, n) ? 60
		       : f.kinds >= 3  ? 99
		       : f.kinds == 2  ? 95
				       : 85;
	if (f.longest <= 2 && f.kinds >= 3 && f.punct >= f.letters + f.digits && f.punct >= 6)
		return 95;
	if (f.punct * 2 < f.letters + f.digits || f.letters + f.digits > 8)
		return 0;
	return f.punct >= 4 * (f.letters + f.digits)   ? 99
	       : f.punct >= 2 * (f.letters + f.digits) ? 90
						       : 50;
}

/* A printed page number, with little around it: "- 2 -", ". 2 .". */
static bool
is_number(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i];
	unsigned of;

	return l->digits > 0 && l->letters == 0 && l->width <= l->digits + 6 &&
	       page_number(s, i, &of) > 0;
}

static bool
is_enumerated(const struct line *l)
{
	return l->mark.kind == MARK_NUMBER || l->mark.kind == MARK_LETTER;
}

static void
mark(struct line *l, unsigned score)
{
	if (score < SPECK_MIN)
		return;
	l->role = ROLE_SPECK;
	l->post = score;
}

/* A sign or two by themselves, which prove nothing. */
static bool
is_sign(const struct line *l)
{
	return l->letters == 0 && l->digits <= 1 && l->width <= 3 + 2 * l->digits;
}

/* Where no other line is specks, a few signs by themselves are not: "%", "->", "«". */
static void
signs_spare(struct seg *s)
{
	size_t sure = 0, signs = 0;

	for (size_t i = 0; i < s->nline; i++)
		if (s->line[i].role == ROLE_SPECK)
			*(is_sign(&s->line[i]) ? &signs : &sure) += 1;
	for (size_t i = 0; sure == 0 && signs < 3 && i < s->nline; i++)
		if (s->line[i].role == ROLE_SPECK)
			s->line[i].role = ROLE_BODY;
}

void
specks_find(struct seg *s)
{
	for (size_t i = 0; i < s->nline; i++) {
		struct line *l = &s->line[i];

		if (l->role != ROLE_BODY || is_enumerated(l) || is_number(s, i))
			continue;
		mark(l, speck_score(s, i));
	}
	signs_spare(s);
}

/* A letter by itself in the way of a sentence, at the pitch of its lines. */
static bool
is_lone(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i], *a, *b;

	if (l->width != 1 || l->letters != 1 || i == 0 || i + 1 >= s->nline)
		return false;
	a = &s->line[i - 1];
	b = &s->line[i + 1];
	if (a->role == ROLE_SPECK && i > 1)
		a--;
	if (b->role == ROLE_SPECK && i + 2 < s->nline)
		b++;
	return running(a, b) && a->width * 10 >= a->measure * 8 && l->gap <= l->pitch &&
	       b->gap <= b->pitch;
}

/* Little on a line that has no word: "l", ". l", "'r", ";". */
static bool
is_crumb(const struct line *l)
{
	return l->width <= 4 && l->letters <= 1 && l->uppers == 0 && l->digits == 0 &&
	       !(l->cue & CUE_SUPER) && l->mark.kind == MARK_NONE &&
	       !is_utterance(l->text->s.data, l->text->s.len);
}

/*
 * What only its place tells, once the layout is known: letters in the way of a sentence, and
 * crumbs in a document that has specks.
 */
void
crumbs_find(struct seg *s)
{
	size_t sure = 0, i;
	bool noisy;

	for (i = 0; i < s->nline; i++)
		sure +=
		    s->line[i].role == ROLE_SPECK && s->line[i].post >= 90 && s->line[i].width > 2;
	noisy = sure * 200 >= s->nline;
	for (i = 0; noisy && i < s->nline; i++) {
		struct line *l = &s->line[i];

		if (l->role != ROLE_BODY)
			continue;
		if (sure > 0 && is_lone(s, i))
			mark(l, 85);
		else if (sure >= 2 && is_crumb(l))
			mark(l, 80);
	}
}
