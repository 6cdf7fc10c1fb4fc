/*
 * speaker: lines that name who speaks next: "Ms. Kadare (Albania):", "The President:", "Mrs. Oduya".  In:
 * lines; out: whether a line is one.
 */
#include <string.h>

#include "cue.h"
#include "phrase.h"
#include "utf8.h"

/* Bytes of the words from s on that are an honorific, as "H.E. Mr. ", the space behind included. */
size_t
honorific(const struct seg *s, const char *p, size_t n)
{
	size_t took = 0, k, from, best;

	for (;; took = best) {
		best = 0;
		for (k = took; k < n && k < took + 32;) {
			for (from = k; k < n && p[k] != ' ' && (k == from || p[k - 1] != '.'); k++)
				;
			while (k < n && p[k] == ' ')
				k++;
			if (phrase_is(s->phrases, C_HONORIFIC, p + took, k - took))
				best = k;
		}
		if (best == 0)
			return took;
	}
}

/* Whether the line names who speaks next: "Ms. Kadare (Albania):", "The President:". */
bool
is_speaker(const struct seg *s, const struct line *l)
{
	const char *p = l->text->s.data;
	size_t n = l->text->s.len, from = 0;

	if (l->end == END_COLON && l->words <= 30 && n > 2 && p[n - 2] == ')' &&
	    memchr(p, '(', n) != NULL && honorific(s, p, n) > 0)
		return true;
	if (l->end != END_COLON || l->words > 9 || l->open != OPEN_UPPER ||
	    l->mark.kind != MARK_NONE)
		return false;
	if (honorific(s, p, n) > 0 || (memchr(p, '(', n) && memchr(p, ')', n)))
		return true;
	if (l->uppers == l->letters && l->letters >= 3 && l->words <= 4)
		return true;
	if (n > 4 &&
	    (strncmp(p, "The ", 4) == 0 || strncmp(p, "Le ", 3) == 0 || strncmp(p, "La ", 3) == 0))
		from = p[0] == 'T' ? 4 : 3;
	return l->words <= 4 && phrase_is(s->phrases, C_OFFICE, p + from, n - from);
}

/* Whether p[0..n) is an office behind its article: "La présidente", "The Chairman". */
static bool
is_office(const struct seg *s, const char *p, size_t n)
{
	const char *space = memchr(p, ' ', n);

	return space != NULL && space - p <= 3 &&
	       phrase_is(s->phrases, C_OFFICE, space + 1, n - (size_t)(space + 1 - p));
}

/* Whether all words of p[at..n) up to a bracket have capitals, and a bracket is closed. */
static bool
is_name(const char *p, size_t at, size_t n)
{
	uint32_t cp;

	for (; at < n && p[at] != '('; at++) {
		if (p[at - 1] != ' ' || p[at] == ' ')
			continue;
		utf8_get(p + at, n - at, &cp);
		if (!uc_upper(cp))
			return false;
	}
	return at == n || p[n - 1] == ')';
}

/*
 * Whether line i is but a name behind an honorific, perhaps with a country or an office in brackets, or an
 * office, and a sentence follows: "Mrs. Oduya (Nigeria)".
 */
static bool
is_name_line(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i], *b = l + 1;
	const char *p = l->text->s.data;
	size_t n = l->text->s.len, at;

	if (l->cue & ~(uint32_t)(CUE_CAPS | CUE_LETTER) || l->words < 2 || l->words > 9 ||
	    l->end != END_WORD || l->open != OPEN_UPPER || l->digits > 0 || i + 1 == s->nline ||
	    b->words < (b->end == END_STOP ? 3 : 5) || b->open != OPEN_UPPER)
		return false;
	at = honorific(s, p, n);
	return at > 0 && at < n ? is_name(p, at, n) : l->words <= 3 && is_office(s, p, n);
}

/* Names on lines of their own that sentences follow, more than one, name who speaks. */
void
names_find(struct seg *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nline; i++)
		n += is_name_line(s, i);
	for (size_t i = 0; n > 1 && i < s->nline; i++)
		if (is_name_line(s, i))
			s->line[i].cue |= CUE_SPEAKER;
}
