/*
 * boiler: what is known by its words wherever it stands - web boilerplate, printers' notices, job
 * numbers, loose residue.  In: lines and tables; out: roles WEB, FOOTER, HEADER, RESIDUE.
 */
#include <string.h>

#include "furniture.h"
#include "utf8.h"

#define SHORT 120 /* bytes: longer lines are none of it */

/* Whether p[0..n) is a page number or a printer's job number: "3", "12-49000". */
static bool
is_leaf(const char *p, size_t n)
{
	size_t digits = 0, others = 0;

	for (size_t i = 0; i < n; i++) {
		digits += p[i] >= '0' && p[i] <= '9';
		others += p[i] == '-' || p[i] == '*';
	}
	return digits + others == n && (others == 0 ? digits < 5 : digits >= 6);
}

/* The mark of a page that goes on overleaf: "/...", ".../...". */
bool
goes_overleaf(const char *p, size_t n)
{
	size_t slashes = 0, dots = 0, k;
	uint32_t cp;

	for (size_t i = 0; i < n; i += k) {
		k = utf8_get(p + i, n - i, &cp);
		slashes += cp == '/';
		dots += cp == '.' ? 1 : cp == 0x2026 ? 3 : 0;
		if (cp != '/' && cp != '.' && cp != 0x2026 && cp != ' ')
			return false;
	}
	return slashes == 1 && dots >= 3;
}

/* Whether the line is a page or job number and a document symbol, in either order. */
static bool
is_number_symbol(const char *p, size_t n)
{
	const char *space = memchr(p, ' ', n);
	size_t a, b = n;

	/* a full stop behind it: a footnote */
	if (space == NULL || memchr(p, '/', n) == NULL || p[n - 1] == '.')
		return false;
	a = (size_t)(space - p);
	while (p[b - 1] != ' ')
		b--;
	return (is_leaf(p, a) && is_symbol(p + a + 1, n - a - 1)) ||
	       (is_leaf(p + b, n - b) && is_symbol(p, b - 1));
}

/* Whether the line is a printer's job number: 12-49000 (E), *1249000*, GE.12-14303. */
static bool
is_job(const struct line *l)
{
	const char *p = l->text->s.data;
	size_t n = l->text->s.len;

	/* one that lost its hyphen: "02 55019" */
	if (l->letters == 0 && l->digits == 7 && n == 8 && p[2] == ' ')
		return true;
	if (l->digits < 6 || l->letters > 6 || n > 40 || l->uppers != l->letters)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strchr("0123456789-*.() ABCDEFGHIJKLMNOPQRSTUVWXYZ", p[i]) == NULL)
			return false;
	return (p[0] == '*' && p[n - 1] == '*') ||
	       (memchr(p, '-', n) != NULL && l->words <= 4 &&
		   (memchr(p, '(', n) != NULL || l->words == 1) &&
		   !(l->digits == 8 && l->words == 1 && p[4] == '-'));
}

/* A row of links: "Home | News | Contact", "Home > News". */
static bool
is_links(const char *p, size_t n)
{
	size_t bars = 0, arrows = 0;

	if (memchr(p, '|', n) == NULL && memchr(p, '>', n) == NULL && utf8_ascii(p, n) == n)
		return false;
	for (size_t i = 1; i + 1 < n; i++) {
		if (p[i - 1] != ' ')
			continue;
		if ((p[i] == '|' || p[i] == '>') && p[i + 1] == ' ')
			*(p[i] == '|' ? &bars : &arrows) += 1;
		else if (n - i > 3 && (memcmp(p + i, "\302\273 ", 3) == 0 ||
					  memcmp(p + i, "\302\267 ", 3) == 0 ||
					  memcmp(p + i, "\342\200\272", 3) == 0))
			arrows++; /* », ·, › */
	}
	return bars >= 2 || arrows >= 2;
}

/* Links one below the other, by one that is known: words or two, each on a line, no white line between. */
static void
links(struct seg *s)
{
	size_t from, to, k;
	bool web;

	for (from = 0; from < s->nline; from = to) {
		web = false;
		for (to = from; to < s->nline && (to == from || s->line[to].gap == 0); to++) {
			const struct line *l = &s->line[to];

			if ((l->role != ROLE_BODY && l->role != ROLE_WEB) ||
			    (l->role == ROLE_BODY &&
				(l->words > 3 || l->end != END_WORD || l->open != OPEN_UPPER ||
				    l->digits > 0 || l->cue & ~(uint32_t)CUE_CAPS)))
				break;
			web |= l->role == ROLE_WEB;
		}
		web |= (from > 0 && s->line[from - 1].role == ROLE_WEB) ||
		       (to < s->nline && s->line[to].role == ROLE_WEB);
		for (k = from; web && to - from >= 3 && k < to; k++)
			if (s->line[k].role == ROLE_BODY) {
				s->line[k].role = ROLE_WEB;
				s->line[k].post = 85;
			}
		to += to == from;
	}
}

/* Behind the last web line, at the end of a page of the web, titles of other pages. */
static void
related(struct seg *s)
{
	size_t i = s->nline, k, end;

	while (i > 0 && s->line[i - 1].role != ROLE_BODY)
		i--;
	end = i;
	while (i > 0 && s->line[i - 1].role == ROLE_BODY && s->line[i - 1].end == END_WORD &&
	       s->line[i - 1].words <= 16 && s->line[i - 1].open == OPEN_UPPER && end - i < 12)
		i--;
	if (i == 0 || i == end || s->line[i - 1].role != ROLE_WEB)
		return;
	for (k = i; k < end; k++) {
		s->line[k].role = ROLE_WEB;
		s->line[k].post = 80;
	}
}

void
furniture_known(struct seg *s)
{
	for (size_t i = 0; i < s->nline; i++) {
		struct line *l = &s->line[i];
		size_t n;
		const char *p = line_text(s, i, &n);

		if (l->role != ROLE_BODY || n > SHORT)
			continue;
		if (!(l->cue & CUE_WEB) && l->words <= 20 && l->end != END_STOP && is_links(p, n))
			l->cue |= CUE_WEB | CUE_WEBHEAD;
		if (l->cue & CUE_WEB)
			l->role = ROLE_WEB;
		else if (is_number_symbol(p, n))
			l->role = ROLE_HEADER;
		else if (is_job(l) || l->cue & CUE_FOOTER)
			l->role = ROLE_FOOTER;
		else if (l->cue & CUE_RESIDUE || (l->letters == 0 && goes_overleaf(p, n)))
			l->role = ROLE_RESIDUE;
		if (l->role != ROLE_BODY)
			l->post = 95;
	}
	links(s);
	related(s);
}
