/*
 * date: dates on a line of their own, perhaps with a place before them: "New York, 7 February 2013".
 * In: a line; out: whether it is one, and its day, month and year.
 */
#include <stdlib.h>
#include <string.h>

#include "phrase.h"
#include "segment.h"
#include "utf8.h"

/*
 * How many characters at the head of p[0..n) are figures, or letters read for figures among them; 0
 * if no figure is.  *value is their number.
 */
static unsigned
figures(const char *p, size_t n, unsigned *value)
{
	static const char like[] = "OolISBZ", is[] = "0011582";
	unsigned count = 0, real = 0;
	const char *c;

	for (*value = 0; count < n && count < 6; count++) {
		if (p[count] >= '0' && p[count] <= '9') {
			*value = *value * 10 + (unsigned)(p[count] - '0');
			real++;
		} else if ((c = strchr(like, p[count])) != NULL && p[count] != '\0') {
			*value = *value * 10 + (unsigned)(is[c - like] - '0');
		} else {
			break;
		}
	}
	return real * 2 >= count ? count : 0;
}

/* Whether a date all in figures stands there, as 6.4.1999 or 06/04/1999. */
static bool
has_numbers(const char *p, size_t n)
{
	size_t i = 0, from;
	unsigned value, part = 0;
	char between = '\0';

	for (; i < n; i++) {
		if (p[i] < '0' || p[i] > '9' || (i > 0 && part == 0 && p[i - 1] != ' '))
			continue;
		for (value = 0, from = i; i < n && p[i] >= '0' && p[i] <= '9' && i - from < 5; i++)
			value = value * 10 + (unsigned)(p[i] - '0');
		if (part == 2 && i - from == 4 && value > 1800 && value < 2100)
			return true;
		part = i < n && i - from < 3 && value > 0 && value < 32 && part < 2 &&
			       (part == 0 ? strchr("./-", p[i]) != NULL : p[i] == between)
			   ? part + 1
			   : 0;
		between = part > 0 ? p[i] : '\0';
	}
	return false;
}

/*
 * Whether the line is a date, perhaps with a place before it: "New York, 7 February 2013".
 * Its words must be names, figures or the month.
 */
bool
is_date(const struct seg *s, const struct line *l)
{
	const char *p = l->text->s.data;
	size_t n = l->text->s.len, i = 0, from;
	unsigned months = 0, years = 0, small = 0, digits, value;
	uint32_t cp;

	if (l->width > 60 || l->words > 10 || l->digits < 1 || l->digits > 10)
		return false;
	months = has_numbers(p, n);
	while (i < n) {
		from = i;
		while (i < n && strchr(" ,./-()", p[i]) == NULL)
			i++;
		digits = figures(p + from, i - from, &value);
		if (i - from == 4 && digits == 4 && value > 1800 && value < 2100) {
			years++;
		} else if (i > from + digits) {
			/* "6June" is a day and a month */
			utf8_get(p + from, i - from, &cp);
			if (phrase_is(s->phrases, C_MONTH, p + from + digits, i - from - digits))
				months++;
			else if ((from == 0 || p[from - 1] == ' ') && digits == 0 &&
				 !uc_upper(cp) && !uc_punct(cp) && ++small > 2)
				break;
		}
		while (i < n && strchr(" ,./-()", p[i]) != NULL)
			i++;
	}
	if (years == 0 && months == 1 && small == 0 && l->words <= 5 && memchr(p, ',', n) != NULL)
		return l->digits <= 2; /* "Geneva, 3 May -" */
	return years == 1 && small <= 2 && (months == 1 || (l->letters == 0 && l->digits >= 6));
}

static bool
is_between(char c)
{
	return strchr(" ,./-()", c) != NULL;
}

/* Takes number v, which stands at byte at, into a date all in figures: 3.5.2004, 2004-05-03. */
static void
date_number(struct date *d, unsigned v, size_t at)
{
	if (v > 1800 && v < 2100 && d->year == 0)
		d->year = v;
	else if (v > 31)
		return;
	else if (d->day == 0 && d->year == 0)
		d->day = v;
	else if (d->month == 0 && v <= 12)
		d->month = v;
	else if (d->day == 0)
		d->day = v;
	if (d->at == NONE)
		d->at = at;
}

/* The number at p[from..to), letters behind it left aside: 2nd; *end is behind it.  0: none. */
static unsigned
number_at(const char *p, size_t from, size_t to, size_t *end)
{
	unsigned v = 0;

	for (*end = from; *end < to && p[*end] >= '0' && p[*end] <= '9' && v < 10000; ++*end)
		v = v * 10 + (unsigned)(p[*end] - '0');
	return v;
}

struct date
date_read(const struct seg *s, const char *p, size_t n)
{
	struct date d = {.at = NONE}, plain = {.at = NONE};
	size_t i = 0, from, end, last = NONE;
	unsigned v, before = 0;

	while (i < n) {
		const struct phrase *m;
		struct folded f;

		for (from = i; i < n && !is_between(p[i]); i++)
			;
		v = number_at(p, from, i, &end);
		f = phrases_fold(s->phrases, p + end, i - end);
		m = f.n > 2 ? phrase_find(s->phrases, C_MONTH, f.s, f.n, NULL) : NULL;
		if (m != NULL && d.month == 0) {
			/* "6June"; "6 June"; else the day follows */
			d.month = (unsigned)strtoul(m->value, NULL, 10);
			d.day = v > 0 && v < 32 ? v : before < 32 ? before : 0;
			d.at = d.day > 0 && v == 0 ? last : from;
		} else if (v > 1800 && v < 2100 && d.year == 0) {
			d.year = v;
		} else if (v > 0 && v < 32 && d.month > 0 && d.day == 0) {
			d.day = v;
		}
		if (v > 0)
			date_number(&plain, v, from);
		if (end > from || i > from) {
			before = v;
			last = from;
		}
		while (i < n && is_between(p[i]))
			i++;
	}
	return d.month > 0 ? d : plain;
}
