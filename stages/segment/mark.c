/*
 * mark: bullets, numbers and letters that open a line, as in "- ", "• ", "12. ", "(a) ", "IV. ".
 * "4.30 p.m.", "20/3 of", "1930 (No. 29)" are none.
 */
#include <string.h>

#include "segment.h"
#include "utf8.h"

#define LIST_REACH 12 /* lines from one letter of a list to the next */

static bool
is_bullet(uint32_t cp)
{
	return cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == 0x2022 || cp == 0xB7 ||
	       cp == '*' || cp == 0x25AA || cp == 0x25CF || cp == 0x25E6 || cp == 0x25A0 ||
	       cp == 0x2023 || cp == 0x27A2 || cp == 0x2713 || cp == 0x2043 || cp == 0x25CB ||
	       cp == 0x2192 || cp == 0x203A ||
	       (cp >= 0xF000 && cp <= 0xF0FF); /* the private places of symbol fonts */
}

/* Whether a letter or figure follows soon: specks and rows of stars are no items. */
static bool
has_word(const char *s, size_t n)
{
	uint32_t cp;

	for (size_t i = 0; i < n && i < 24;) {
		i += utf8_get(s + i, n - i, &cp);
		if (uc_letter(cp) || uc_digit(cp))
			return true;
	}
	return false;
}

static struct mark
bullet(const char *s, size_t n)
{
	uint32_t cp, behind;
	size_t k = utf8_get(s, n, &cp);

	if (k == 0 || k >= n || !is_bullet(cp) || !has_word(s + k, n - k))
		return (struct mark){0};
	utf8_get(s + k, n - k, &behind);
	if (uc_space(behind) ||
	    (cp != '-' && cp != '*' && cp != 0x2013 && cp != 0x2014 && uc_letter(behind)) ||
	    ((cp == '-' || cp == 0x2013) && uc_upper(behind)))
		return (struct mark){
		    .kind = MARK_BULLET, .len = k, .dash = cp == 0x2014 || cp == 0x2013};
	return (struct mark){0};
}

unsigned
roman(const char *s, size_t n)
{
	static const char digits[] = "ivxlc";
	static const unsigned worth[] = {1, 5, 10, 50, 100};
	unsigned sum = 0, last = 1000, v;
	const char *p;

	for (size_t i = 0; i < n; i++) {
		p = strchr(digits, s[i] | 32);
		if (p == NULL || *p == '\0')
			return 0;
		v = worth[p - digits];
		sum += v > last ? v - 2 * last : v;
		last = v;
	}
	return sum;
}

/* The body of an enumerator s[0..n): a number, a letter, a roman number. */
static struct mark
enumerator(const char *s, size_t n)
{
	struct mark m = {0};
	size_t digits = strspn(s, "0123456789");

	if (digits > n)
		digits = n;
	if (digits > 0 && digits <= 3 && digits == n) {
		m.kind = MARK_NUMBER;
		for (size_t i = 0; i < n; i++)
			m.value = m.value * 10 + (unsigned)(s[i] - '0');
		return m;
	}
	m.upper = n > 0 && s[0] >= 'A' && s[0] <= 'Z';
	for (size_t i = 0; i < n; i++)
		if (!((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z') ||
		    (s[i] >= 'A' && s[i] <= 'Z') != m.upper)
			return (struct mark){0};
	m.value = n <= 6 ? roman(s, n) : 0;
	if (m.value > 0 && m.value < 40 && (n > 1 || (s[0] | 32) == 'i')) {
		m.kind = MARK_ROMAN;
		return m;
	}
	if (n == 1) {
		m.kind = MARK_LETTER;
		m.value = (unsigned)((s[0] | 32) - 'a' + 1);
		return m;
	}
	return (struct mark){0};
}

struct mark
mark_read(const char *s, size_t n)
{
	struct mark m = bullet(s, n);
	size_t from = n > 0 && s[0] == '(', to = from, end;

	if (m.kind != MARK_NONE || n < 2)
		return m;
	while (to < n && to < from + 8 &&
	       ((s[to] >= '0' && s[to] <= '9') || ((s[to] | 32) >= 'a' && (s[to] | 32) <= 'z')))
		to++;
	/* a bracket read for a letter: "(al" */
	if (from == 1 && to == 3 && n > 4 && s[3] == ' ' && s[1] >= 'a' && s[1] <= 'h' &&
	    strchr("lI1J", s[2]))
		return (struct mark){.kind = MARK_LETTER,
		    .len = 3,
		    .value = (unsigned)(s[1] - 'a' + 1),
		    .paren = true};
	if (from == 0 && to > 0 && to < 3 && n > to + 3 && s[0] >= '0' && s[0] <= '9' &&
	    (memcmp(s + to, "\302\260 ", 3) == 0 || memcmp(s + to, "\302\272 ", 3) == 0)) {
		m = enumerator(s, to); /* 1° */
		m.paren = true;
		m.len = (unsigned)to + 2;
		return m;
	}
	if (to == from || to >= n || (s[to] != ')' && (from == 1 || s[to] != '.')))
		return m;
	end = to + 1;
	if (end < n && s[end] != ' ' && (unsigned char)s[end] != 0xC2 &&
	    !(s[end] >= 'A' && s[end] <= 'Z' && s[from] >= '0' && s[from] <= '9'))
		return m;
	m = enumerator(s + from, to - from);
	m.paren = s[to] == ')';
	m.len = m.kind == MARK_NONE ? 0 : (unsigned)end;
	/* initials of names ("J. Smith") are no items; "a. half of it" is one beside others: marks_settle */
	if (m.kind == MARK_LETTER && !m.paren && m.upper)
		return (struct mark){0};
	return m;
}

static bool
is_stopped_letter(const struct line *l)
{
	return l->mark.kind == MARK_LETTER && !l->mark.paren;
}

/* The last line of a list "a. ...", "b. ..." that line i opens; i itself where it opens none. */
static size_t
list_end(const struct seg *s, size_t i)
{
	size_t last = i;

	for (size_t k = i + 1; s->line[i].mark.value == 1 && k < s->nline && k <= last + LIST_REACH;
	     k++) {
		if (!is_stopped_letter(&s->line[k]))
			continue;
		if (s->line[k].mark.value != s->line[last].mark.value + 1)
			break;
		last = k;
	}
	return last;
}

/* A small o and a space: a bullet of the typewriter, where lines have it one below the other. */
static bool
has_ring(const struct line *l)
{
	return l->text->s.len > 3 && memcmp(l->text->s.data, "o ", 2) == 0;
}

void
marks_settle(struct seg *s)
{
	for (size_t i = 1; i < s->nline; i++)
		for (size_t k = i - 1; has_ring(&s->line[i - 1]) && has_ring(&s->line[i]) && k <= i;
		     k++)
			s->line[k].mark = (struct mark){.kind = MARK_BULLET, .len = 1};
	for (size_t i = 0, last; i < s->nline; i = last + 1) {
		last = i;
		if (!is_stopped_letter(&s->line[i]) || (last = list_end(s, i)) > i)
			continue;
		s->line[i].mark = (struct mark){0};
		s->line[i].open = OPEN_LOWER;
	}
}
