/*
 * call: see call.h.  "4.30 p.m.", "Corr.1)", "20/3", "2,5 millions" and "12 km2" hold no marks.
 */
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "phrase.h"
#include "utf8.h"

#define LONGWORD 256 /* bytes of a word that are looked at */

/* The word that ends at byte off of p: where it begins, of the longest the last LONGWORD bytes. */
static size_t
word_before(const char *p, size_t off)
{
	size_t least = off > LONGWORD ? off - LONGWORD : 0;

	while (off > least && p[off - 1] != ' ')
		off--;
	return off;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether p[from..to) is a word behind whose stop a figure is no mark: "Corr", "No", "art". */
static bool
is_abbreviation(const struct seg *s, const char *p, size_t from, size_t to)
{
	struct folded f;

	while (from < to && strchr("([", p[from]) != NULL)
		from++;
	f = phrases_fold(s->phrases, p + from, to - from);
	return f.n < 12 && phrase_find(s->phrases, C_ABBREV, f.s, f.n, NULL) != NULL;
}

/* Whether p[from..to) is a code that ends in a figure: capitals only, as CO2, G20, P5. */
static bool
is_code(const char *p, size_t from, size_t to)
{
	size_t letters = 0;

	for (; from < to; from++) {
		if (p[from] >= 'a' && p[from] <= 'z')
			return false;
		letters += (p[from] >= 'A' && p[from] <= 'Z') || (unsigned char)p[from] >= 0xC0;
	}
	return letters <= 3;
}

/* Whether the word holds a slash, an at sign or a dot within, as symbols and addresses do. */
static bool
is_address(const char *p, size_t from, size_t to)
{
	for (; from < to; from++)
		if (p[from] == '/' || p[from] == '@' || p[from] == '\\' ||
		    (to - from > 4 && memcmp(p + from, "www.", 4) == 0))
			return true;
	return false;
}

static bool
is_year(const char *p, size_t from, size_t to)
{
	while (from < to && strchr("([", p[from]) != NULL)
		from++;
	return to - from == 4 &&
	       ((p[from] == '1' && p[from + 1] >= '6') || memcmp(p + from, "20", 2) == 0) &&
	       is_digit(p[from + 1]) && is_digit(p[from + 2]) && is_digit(p[from + 3]);
}

/* Whether what follows the figures at byte end lets them be a mark. */
static bool
ends_well(const char *p, size_t n, size_t end)
{
	uint32_t cp;

	if (end == n || p[end] == ' ')
		return true;
	if (strchr(".,;:)]-\"'!?", p[end]) != NULL)
		return end + 1 == n || !is_digit(p[end + 1]);
	utf8_get(p + end, n - end, &cp);
	return cp == 0x201D || cp == 0x2019 || cp == 0xBB || cp == 0x2013 || cp == 0x2014 ||
	       cp == 0xA0;
}

/* Whether a word in small letters ends at byte off: figures behind it can hardly be but a mark. */
static bool
ends_word(const char *p, size_t off)
{
	size_t n = 0;

	while (n < off && n < LONGWORD && p[off - n - 1] >= 'a' && p[off - n - 1] <= 'z')
		n++;
	return n >= 3 && !is_address(p, word_before(p, off), off);
}

/* Whether figures at byte off are glued to something that a mark is glued to. */
static bool
glued(const struct seg *s, const char *p, size_t off)
{
	size_t from = word_before(p, off);
	uint32_t cp, before;
	size_t at;

	if (off == from || is_address(p, from, off))
		return false;
	at = off - utf8_back(p, off, &cp);
	if (uc_letter(cp))
		return !is_code(p, from, off);
	if (cp == ')' || cp == ']' || cp == '"' || cp == 0x201D || cp == 0x2019 || cp == 0xBB)
		return at > from || cp == 0xBB; /* in French it stands apart */
	if (at <= from ||
	    (cp != ',' && cp != '.' && cp != ';' && cp != ':' && cp != '!' && cp != '?'))
		return false;
	utf8_back(p, at, &before);
	if (uc_digit(before))
		return is_year(p, from, at) && cp != ':';
	if (cp == '.' && is_abbreviation(s, p, from, at))
		return false;
	return uc_letter(before) || before == ')' || before == ']' || before == '"' ||
	       before == '*' || before == 0x201D || before == 0x2019 || before == 0xBB ||
	       before == '\'';
}

/* Whether a raised 2 or 3 behind the word that ends at byte off squares a unit: "12 km2". */
static bool
is_unit(const struct seg *s, const char *p, size_t off, unsigned value)
{
	size_t from = word_before(p, off);

	if ((value != 2 && value != 3) || off == from || off - from > 6)
		return false;
	while (from < off && (is_digit(p[from]) || p[from] == '/' || p[from] == '('))
		from++;
	return phrase_is(s->phrases, C_UNIT, p + from, off - from);
}

static bool
closes(const char *p, size_t off)
{
	uint32_t cp;

	utf8_back(p, off, &cp);
	return cp == ')' || cp == '"' || cp == 0x201D || cp == 0xBB;
}

static void
call_add(struct calls *c, struct call call)
{
	c->call = mem_more(c->call, c->n, &c->cap, sizeof(*c->call));
	c->call[c->n++] = call;
}

/* Whether the stars at byte k close what as many opened: "*all* of them", "**all**". */
static bool
closes_bold(const char *p, size_t k, size_t len)
{
	size_t least = k > LONGWORD ? k - LONGWORD : 0;

	for (size_t i = k; i > least + len; i--) {
		if (p[i - 1] != '*')
			continue;
		return i - len == 0 || p[i - len - 1] == ' ';
	}
	return k >= len + 1 && p[least] == '*' && least == 0;
}

/* Superscripts and stars at byte k; returns their length, 0 where there are none. */
static size_t
special(const struct seg *s, struct calls *c, size_t line, const char *p, size_t n, size_t k)
{
	size_t end = k, took;
	unsigned value = 0;
	uint32_t cp;
	int d;

	if (p[k] == '*') {
		while (end < n && p[end] == '*')
			end++;
		if (k > 0 && p[k - 1] != ' ' && end - k <= 2 && ends_well(p, n, end) &&
		    !closes_bold(p, k, end - k))
			call_add(c, (struct call){.line = line, .off = k, .len = end - k});
		else if (k > 1 && end == k + 1 && (end == n || strchr(".,;:)", p[end]) != NULL))
			call_add(
			    c, (struct call){.line = line, .off = k, .len = 1, .kind = CALL_APART});
		return end - k;
	}
	while (end < n && end - k < 9 && (took = utf8_get(p + end, n - end, &cp)) > 0 &&
	       (d = raised_digit(cp)) >= 0) {
		value = value * 10 + (unsigned)d;
		end += took;
	}
	if (end > k && value > 0 && value <= CALL_HIGHEST && !is_unit(s, p, k, value))
		call_add(c, (struct call){.line = line, .off = k, .len = end - k, .value = value});
	return end - k;
}

/* The letters of the word before byte off, and whether figures behind it are counted by it. */
static size_t
letters_before(const struct seg *s, const char *p, size_t off, bool *counts)
{
	size_t from = off > 0 ? word_before(p, off - 1) : 0, letters = 0;
	struct folded f;
	uint32_t cp;

	for (size_t i = from; i < off - 1;) {
		i += utf8_get(p + i, off - 1 - i, &cp);
		letters += uc_letter(cp);
	}
	f = phrases_fold(s->phrases, p + from, off - 1 - from);
	*counts = f.n < 24 &&
		  (phrase_find(s->phrases, C_ABBREV, f.s, f.n, NULL) != NULL ||
		      phrase_find(s->phrases, C_COUNTED, f.s, f.n, NULL) != NULL ||
		      (p[off] != '(' && phrase_find(s->phrases, C_MONTH, f.s, f.n, NULL) != NULL));
	return letters;
}

/* Figures p[off..end) that stand alone between words, most surely with wide space or before a stop. */
static void
alone(const struct seg *s, struct calls *c, const char *p, size_t n, struct call call)
{
	size_t off = call.off, end = off + call.len;
	const struct line *l = &s->line[call.line];
	bool counts, year;

	/* a row of a table */
	if (l->wide > 1 && l->digits * 3 >= l->letters)
		return;
	if (off < 2 || p[off - 1] != ' ' || (end < n && !ends_well(p, n, end)))
		return;
	year = is_year(p, word_before(p, off - 1), off - 1);
	if (!year && (letters_before(s, p, off, &counts) < 4 || counts))
		return;
	call.kind =
	    l->wide > 0 || end == n || strchr(".,;:)", p[end]) != NULL ? CALL_OFF : CALL_LOOSE;
	call_add(c, call);
}

/* "(2)" and "[2]" around the figures of call, glued to something or behind a word. */
static bool
in_brackets(const struct seg *s, struct calls *c, const char *p, size_t n, struct call call)
{
	size_t off = call.off, end = off + call.len;
	char open = off > 0 ? p[off - 1] : '\0';
	bool counts = false;

	if ((open != '(' && open != '[') || end >= n || p[end] != (open == '(' ? ')' : ']') ||
	    off < 2 || !ends_well(p, n, end + 1))
		return false;
	call.style = open;
	call.off--;
	call.len += 2;
	call.kind = p[off - 2] == ' ' && open == '(' ? CALL_APART : CALL_BRACKETS;
	if (is_digit(p[off - 2]) && !is_year(p, word_before(p, off - 1), off - 1))
		return true;
	if (call.kind == CALL_APART &&
	    (off < 3 || strchr(":;", p[off - 3]) != NULL ||
		(!is_year(p, word_before(p, off - 2), off - 2) && !closes(p, off - 2) &&
		    (letters_before(s, p, off - 1, &counts) < 2 || counts))))
		return true;
	call_add(c, call);
	return true;
}

/* A mark glued to a year: "19785" is 1978 and note 5. */
static void
behind_year(struct calls *c, size_t line, const char *p, size_t n, size_t off, size_t end)
{
	struct call call = {.line = line, .off = off + 4, .len = end - off - 4, .kind = CALL_YEAR};

	for (size_t i = off + 4; i < end; i++)
		call.value = call.value * 10 + (unsigned)(p[i] - '0');
	if (p[off + 4] != '0' && ends_well(p, n, end) &&
	    (off == 0 || p[off - 1] == ' ' || p[off - 1] == '('))
		call_add(c, call);
}

/* Whether a comma and the next number stand behind figures of that value, as two marks do: "1841.2,3". */
static bool
leads_on(const char *p, size_t n, size_t end, unsigned value)
{
	unsigned next = 0;
	size_t k = end + 1;

	if (end >= n || p[end] != ',')
		return false;
	for (; k < n && k < end + 4 && is_digit(p[k]); k++)
		next = next * 10 + (unsigned)(p[k] - '0');
	return next == value + 1 && ends_well(p, n, k);
}

/* Whether the figures are the second of two marks: right behind the first, a comma or a space between. */
static bool
follows_call(const struct calls *c, const char *p, struct call *call)
{
	const struct call *last = c->n > 0 ? &c->call[c->n - 1] : NULL;

	if (last == NULL || last->line != call->line || last->value + 1 != call->value ||
	    last->off + last->len + 1 != call->off || last->kind > CALL_BRACKETS ||
	    (p[call->off - 1] != ',' && p[call->off - 1] != ' '))
		return false;
	call->kind = p[call->off - 1] == ',' ? CALL_GLUED : CALL_OFF;
	return true;
}

/* Figures p[off..end). */
static void
figures(const struct seg *s, struct calls *c, size_t line, const char *p, size_t n, size_t off,
    size_t end)
{
	struct call call = {.line = line, .off = off, .len = end - off};

	if (p[off] == '0' || (off > 0 && is_digit(p[off - 1])))
		return;
	if (end - off > 4 && end - off < 7 && is_year(p, off, off + 4)) {
		behind_year(c, line, p, n, off, end);
		return;
	}
	if (end - off > 3)
		return;
	for (size_t i = off; i < end; i++)
		call.value = call.value * 10 + (unsigned)(p[i] - '0');
	if (in_brackets(s, c, p, n, call))
		return;
	if (follows_call(c, p, &call)) {
		if (ends_well(p, n, end))
			call_add(c, call);
	} else if (glued(s, p, off)) {
		call.word = ends_word(p, off);
		if ((ends_well(p, n, end) || leads_on(p, n, end, call.value)) &&
		    !is_unit(s, p, off, call.value))
			call_add(c, call);
	} else {
		alone(s, c, p, n, call);
	}
}

void
calls_scan(const struct seg *s, size_t i, size_t skip, struct calls *c)
{
	size_t n, k, end;
	const char *p = line_text(s, i, &n);

	if (s->line[i].digits == 0 && !s->line[i].starred)
		return;
	for (k = skip; k < n; k = end) {
		end = k + 1;
		if (p[k] == '*' || (unsigned char)p[k] == 0xC2 || (unsigned char)p[k] == 0xE2) {
			size_t took = special(s, c, i, p, n, k);
			end = took > 0 ? k + took : end;
		} else if (is_digit(p[k])) {
			while (end < n && is_digit(p[end]))
				end++;
			figures(s, c, i, p, n, k, end);
		}
	}
}
