/*
 * page: page breaks, printed numbers and running heads.  In: lines with their layout and
 * footnotes; out: brk on the first line of each page, roles PAGENUM, HEADER, FOOTER, WEB, RESIDUE.
 */
#include <stdlib.h>
#include <string.h>

#include "phrase.h"
#include "segment.h"
#include "utf8.h"

#define SHORT 120 /* bytes: longer lines are no furniture */

/* Roles that stand at the edge of a page. */
static bool
at_edge(enum role r)
{
	return r == ROLE_PAGENUM || r == ROLE_HEADER || r == ROLE_FOOTER || r == ROLE_RESIDUE;
}

/*
 * The printed page number a line consists of, and in *of how many pages there are ("3/6"), or 0:
 * 12, - 12 -, [12], 3/6, Page 3, Page 3 of 6.
 */
unsigned
page_number(const struct seg *s, size_t i, unsigned *of)
{
	size_t n, k;
	const char *p = line_text(s, i, &n);
	struct buf word = {0};
	unsigned v[2] = {0, 0}, nv = 0;
	bool ok = n > 0 && n <= 24;

	*of = 0;
	if (!ok || s->line[i].digits == 0 || s->line[i].digits > 6)
		return 0;
	for (k = 0; k < n && ok; k++) {
		if (p[k] >= '0' && p[k] <= '9') {
			if (k == 0 || !(p[k - 1] >= '0' && p[k - 1] <= '9'))
				ok = nv++ < 2;
			if (ok)
				v[nv - 1] = v[nv - 1] * 10 + (unsigned)(p[k] - '0');
		} else if ((unsigned char)p[k] >= 0x80 ||
			   ((p[k] | 32) >= 'a' && (p[k] | 32) <= 'z')) {
			buf_addc(&word, p[k]);
		} else {
			ok = strchr(" -/[]().|*", p[k]) != NULL;
		}
	}
	if (ok && word.len > 0) {
		struct buf f = {0};
		fold(&f, word.data, word.len);
		ok = f.len == 0 || phrase_find(s->phrases, C_PAGE, f.data, f.len, NULL) != NULL;
		buf_free(&f);
	}
	buf_free(&word);
	if (!ok || v[0] == 0 || v[0] > 1500 || (nv == 2 && (v[1] < v[0] || v[1] > 1500)))
		return 0;
	*of = v[1];
	return v[0];
}

/* Whether the line is only a document symbol, as A/RES/64/293. */
bool
is_symbol(const char *s, size_t n)
{
	size_t slashes = 0, digits = 0, letters = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '/')
			slashes++;
		else if (s[i] >= '0' && s[i] <= '9')
			digits++;
		else if (s[i] >= 'A' && s[i] <= 'Z')
			letters++;
		else if (strchr(" .-()", s[i]) == NULL && !(s[i] >= 'a' && s[i] <= 'z'))
			return false;
	}
	return slashes >= 2 && digits >= 1 && letters >= 1 && n <= 32 && s[0] >= 'A' && s[0] <= 'Z';
}

/* Web boilerplate, printers' footers and loose residue, told by the tables. */
static void
tabled(struct seg *s)
{
	struct buf f = {0};

	for (size_t i = 0; i < s->nline; i++) {
		struct line *l = &s->line[i];
		size_t n;
		const char *p = line_text(s, i, &n);

		if (l->role != ROLE_BODY || n > SHORT)
			continue;
		buf_clear(&f);
		fold(&f, p, n);
		if (phrase_find(s->phrases, C_WEB, f.data, f.len, NULL))
			l->role = ROLE_WEB;
		else if (phrase_find(s->phrases, C_FOOTER, f.data, f.len, NULL))
			l->role = ROLE_FOOTER;
		else if (phrase_find(s->phrases, C_RESIDUE, f.data, f.len, NULL))
			l->role = ROLE_RESIDUE;
		if (l->role != ROLE_BODY)
			l->post = 95;
	}
	buf_free(&f);
}

/* White lines that set a line apart from the text around it. */
static bool
apart(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i];
	bool above = i == 0 || l->gap > l->pitch || l->brk || s->line[i - 1].role != ROLE_BODY;
	bool below = i + 1 == s->nline || s->line[i + 1].gap > s->line[i + 1].pitch ||
		     s->line[i + 1].brk || s->line[i + 1].role != ROLE_BODY;

	return above && below;
}

/* A leading space where the lines around have none, on a line that stands too close. */
static bool
leads(const struct seg *s, size_t i)
{
	const struct line *a = &s->line[i - 1], *b = &s->line[i];

	if (b->indent == 0 || b->indent > 3 || b->gap > 0 || a->indent > 0)
		return false;
	if (b->mark.kind != MARK_NONE && i + 1 < s->nline && s->line[i + 1].indent > 0 &&
	    s->line[i + 1].gap == 0)
		return false;
	if (b->measure >= 250)
		return false;
	if (b->pitch > 0)
		return true;
	return running(a, b) || b->parted || a->role >= ROLE_NOTE;
}

/* How many lines near i have a leading space and no white line before: many of them are a habit. */
static unsigned
leaders(const struct seg *s, size_t i)
{
	size_t from = i > 12 ? i - 12 : 1, to = i + 12 < s->nline ? i + 12 : s->nline;
	unsigned n = 0;

	for (; from < to; from++)
		n += s->line[from].indent > 0 && s->line[from].gap == 0;
	return n;
}

static void
breaks(struct seg *s)
{
	for (size_t i = 1; i < s->nline; i++) {
		struct line *l = &s->line[i];

		if (l->ff || l->empty >= 3 || (leads(s, i) && leaders(s, i) <= 2))
			l->brk = true;
	}
}

/* A page break found behind its running head is put before it. */
static void
furniture(struct seg *s)
{
	unsigned of;

	for (size_t i = 0; i < s->nline; i++) {
		struct line *l = &s->line[i];
		size_t n, k;
		const char *p = line_text(s, i, &n);

		if (l->role != ROLE_BODY)
			continue;
		for (k = 0;
		     k < 3 && k < i && !s->line[i - k].brk && at_edge(s->line[i - k - 1].role); k++)
			;
		if (page_number(s, i, &of) > 0 && apart(s, i) && l->mark.kind == MARK_NONE) {
			l->role = ROLE_PAGENUM;
			l->post = 95;
		} else if (s->line[i - k].brk && is_symbol(p, n)) {
			l->role = ROLE_HEADER;
			l->post = 95;
		}
	}
}

void
pages_find(struct seg *s)
{
	tabled(s);
	breaks(s);
	furniture(s);
}
