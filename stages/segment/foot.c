/*
 * foot: rule lines, and the footnotes below them.  In: lines; out: roles RULE, NOTE, NOTEGO, and
 * brk on the line behind the notes, where the next page begins.
 */
#include <string.h>

#include "segment.h"
#include "utf8.h"

#define PAGE_LINES 80 /* the most from the notes of a page to those of the next */

/* Whether the line is a rule: five or more of one line-drawing character. */
static bool
is_rule(const struct line *l)
{
	const char *s = l->text->s.data;
	size_t i = 0, n = l->text->s.len, count = 0;
	uint32_t cp, first = 0;

	if (l->letters + l->digits > 0)
		return false;
	while (i < n) {
		i += utf8_get(s + i, n - i, &cp);
		if (cp == ' ' || cp == 0xA0)
			continue;
		if (first == 0)
			first = cp;
		if (cp != first || (cp < 0x80 && strchr("_-=*~.", (int)cp) == NULL) ||
		    (cp >= 0x80 && cp != 0x2013 && cp != 0x2014 && cp != 0x2500 && cp != 0x2022 &&
			cp != 0xB7))
			return false;
		count++;
	}
	return count >= 5;
}

/*
 * The length of a note's label at the head of a line - 12, 12., (12), [12], ¹² or * - or 0.
 * *value is its number, 0 for a star.
 */
size_t
note_label(const char *s, size_t n, unsigned *value)
{
	size_t i = 0, from;
	uint32_t cp;
	size_t k;
	int digit;
	bool open = n > 0 && (s[0] == '(' || s[0] == '[');

	*value = 0;
	if (n > 1 && s[0] == '*') {
		while (i < n && s[i] == '*')
			i++;
		return i <= 3 && i < n && s[i] == ' ' ? i : 0;
	}
	from = i = open;
	while (i < n && i < from + 8) {
		k = utf8_get(s + i, n - i, &cp);
		digit = cp >= '0' && cp <= '9' ? (int)(cp - '0') : raised_digit(cp);
		if (digit < 0)
			break;
		*value = *value * 10 + (unsigned)digit;
		i += k;
	}
	if (i == from || *value == 0 || *value > 999)
		return 0;
	if (open)
		return i < n && (s[i] == ')' || s[i] == ']') ? i + 1 : 0;
	if (i < n && (s[i] == '.' || s[i] == ')') && i + 1 < n &&
	    (s[i + 1] == ' ' || (s[i + 1] >= 'A' && s[i + 1] <= 'Z')))
		return i + 1;
	if (i >= n || s[i] == ' ')
		return i < n ? i : 0;
	utf8_get(s + i, n - i, &cp);
	return uc_upper(cp) || (unsigned char)s[from] >= 0x80 ? i : 0;
}

/* Whether line i opens a note; last is the number of the one before, 0 at first. */
static bool
opens(const struct seg *s, size_t i, unsigned *last)
{
	size_t n;
	const char *p = line_text(s, i, &n);
	unsigned value;

	if (note_label(p, n, &value) == 0)
		return false;
	if (value == 0)
		return true;
	if (*last > 0 && value != *last + 1)
		return false;
	*last = value;
	return true;
}

/* Whether line i goes on with the note that line i - 1 has part of. */
static bool
goes_on(const struct seg *s, size_t i, unsigned gap)
{
	const struct line *a = &s->line[i - 1], *b = &s->line[i];

	if (b->gap > gap || b->role != ROLE_BODY)
		return false;
	if (a->end != END_STOP)
		return true;
	return a->width * 10 >= a->measure * 9 && a->indent == b->indent;
}

/* Marks what goes on from line at with the last note of the page before; returns the line behind it. */
static size_t
rest(struct seg *s, size_t at)
{
	size_t end = at, k = at, n;
	unsigned value;

	while (k > 0 && at - k < PAGE_LINES && s->line[k - 1].role != ROLE_NOTE &&
	       s->line[k - 1].role != ROLE_NOTEGO)
		k--;
	if (k == 0 || at - k == PAGE_LINES || s->line[k - 1].end == END_STOP)
		return at;
	for (; end < s->nline && end < at + 8 && s->line[end].role == ROLE_BODY; end++) {
		const char *p = line_text(s, end, &n);

		if (note_label(p, n, &value) > 0)
			break;
		if (end == at ? s->line[end].open != OPEN_LOWER : s->line[end].gap > 0)
			break;
	}
	for (k = at; k < end; k++) {
		s->line[k].role = ROLE_NOTEGO;
		s->line[k].post = 90;
	}
	return end;
}

/* Marks the notes below the rule at line i; returns the line behind them. */
static size_t
notes(struct seg *s, size_t i)
{
	size_t at = i + 1;
	unsigned last = 0, gap;

	at = rest(s, at);
	if (at >= s->nline || s->line[at].gap > 2 || !opens(s, at, &last))
		return at;
	gap = at + 1 < s->nline && s->line[at + 1].gap < 2 ? s->line[at + 1].gap : 0;
	s->line[at].role = ROLE_NOTE;
	s->line[at].post = 97;
	for (at++; at < s->nline; at++) {
		struct line *l = &s->line[at];

		if (l->ff || l->empty >= 3 || l->role != ROLE_BODY)
			return at;
		if (l->gap <= gap + 1 && opens(s, at, &last))
			l->role = ROLE_NOTE;
		else if (goes_on(s, at, gap))
			l->role = ROLE_NOTEGO;
		else
			break;
	}
	return at;
}

void
foot_find(struct seg *s)
{
	size_t i, end;

	for (i = 0; i < s->nline; i++) {
		if ((s->line[i].role != ROLE_BODY && s->line[i].role != ROLE_SPECK) ||
		    !is_rule(&s->line[i]))
			continue;
		s->line[i].role = ROLE_RULE;
		end = notes(s, i);
		i = end - 1;
		if (s->line[i].role != ROLE_NOTE && s->line[i].role != ROLE_NOTEGO)
			continue;
		/* what is left of the foot of the page */
		while (end < s->nline && s->line[end].role >= ROLE_PAGENUM && !s->line[end].ff &&
		       s->line[end].empty < 3)
			end++;
		if (end < s->nline)
			s->line[end].brk = true;
	}
}
