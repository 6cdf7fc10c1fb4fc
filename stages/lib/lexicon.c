/*
 * lexicon: reads the forms of a language from a mapped file.  It looks words up; it never changes
 * them, and it expands no affixes: gen/lexicon did.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dawg.h"
#include "lexicon.h"
#include "table.h"
#include "utf8.h"

struct lexicon {
	struct dawg forms;
	const unsigned char *flagged;	/* nflagged numbers, sorted */
	uint32_t nflagged;
	char print[LEXICON_PRINT + 1];
};

/* Takes the tables out of a file of n bytes; false where it is not a lexicon, whole. */
static bool
file_read(struct lexicon *l, const unsigned char *p, size_t n)
{
	const unsigned char *body = p + LEXICON_HEAD;
	struct dawg *d = &l->forms;

	if (n < LEXICON_HEAD || memcmp(p, LEXICON_MAGIC, 8) != 0 || dawg_u32(p, 2) != LEXICON_VERSION)
		return false;
	d->root = dawg_u32(p, 3);
	d->nedge = dawg_u32(p, 4);
	d->count = dawg_u32(p, 5);
	l->nflagged = dawg_u32(p, 6);
	if (d->nedge > DAWG_EDGES || d->root >> 1 >= d->nedge || l->nflagged > d->count ||
	    n != LEXICON_HEAD + (size_t)d->nedge * 8 + (size_t)l->nflagged * 4)
		return false;
	memcpy(l->print, p + 28, LEXICON_PRINT);
	d->edge = body;
	d->skip = body + (size_t)d->nedge * 4;
	l->flagged = body + (size_t)d->nedge * 8;
	dawg_ready(d);
	return true;
}

struct lexicon *
lexicon_open_file(const char *path)
{
	size_t n;
	const void *p = map_file(path, &n);
	struct lexicon *l;

	if (p == NULL)
		return NULL;
	l = mem_alloc(sizeof(*l));
	*l = (struct lexicon) {0};
	if (!file_read(l, p, n)) {
		free(l);
		errno = EINVAL;
		return NULL;
	}
	return l;
}

struct lexicon *
lexicon_open(const char *lang)
{
	struct buf name = {0};
	struct lexicon *l;
	char *path;

	buf_addf(&name, "%s.lex", lang);
	path = dict_path(buf_str(&name));
	l = lexicon_open_file(path);
	buf_free(&name);
	free(path);
	return l;
}

void
lexicon_close(struct lexicon *l)
{
	free(l);
}

size_t
lexicon_count(const struct lexicon *l)
{
	return l->forms.count;
}

const char *
lexicon_fingerprint(const struct lexicon *l)
{
	return l->print;
}

const struct dawg *
lexicon_forms(const struct lexicon *l)
{
	return &l->forms;
}

bool
lexicon_has(const struct lexicon *l, const char *s, size_t n)
{
	return dawg_has(&l->forms, s, n);
}

/* How a word is written. */
enum casing { CASE_LOWER, CASE_FIRST, CASE_ALL, CASE_MIXED };

static enum casing
casing(const char *s, size_t n)
{
	size_t upper = 0, other = 0;
	bool first = false;

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len = utf8_get(s + i, n - i, &cp);
		bool up = cp < 0x80 ? cp >= 'A' && cp <= 'Z' : uc_upper(cp);

		if (up)
			upper++;
		else if (cp < 0x80 ? cp >= 'a' && cp <= 'z' : uc_lower(cp))
			other++;
		first |= up && i == 0;
		i += len;
	}
	if (upper == 0)
		return CASE_LOWER;
	if (first && upper == 1)
		return other > 0 ? CASE_FIRST : CASE_ALL;
	return other == 0 ? CASE_ALL : CASE_MIXED;
}

/* The node behind node by the character cp; *index grows by the forms that come before. */
static uint32_t
char_step(const struct lexicon *l, uint32_t node, uint32_t cp, long *index)
{
	char s[UTF8_MAX];
	size_t n = utf8_put(s, cp);

	for (size_t i = 0; i < n; i++) {
		uint32_t e = dawg_find(&l->forms, node, (unsigned char)s[i]);

		if (e == 0)
			return 0;
		*index += (node & 1) + dawg_u32(l->forms.skip, e);
		node = dawg_to(&l->forms, e);
	}
	return node;
}

/* Is there a form behind node that is s[0..n) but for case, and may be written in another? */
static bool
any_case(const struct lexicon *l, uint32_t node, long index, const char *s, size_t n)
{
	uint32_t cp, next;
	size_t len;
	long at = index;

	if (n == 0)
		return (node & 1) && (lexicon_flags(l, index) & LEXICON_EXACT) == 0;
	len = utf8_get(s, n, &cp);
	if (cp == UTF8_BAD)
		return false;
	next = char_step(l, node, uc_tolower(cp), &at);
	if (next != 0 && any_case(l, next, at, s + len, n - len))
		return true;
	at = index;
	next = uc_tolower(cp) != cp ? char_step(l, node, cp, &at) : 0;
	return next != 0 && any_case(l, next, at, s + len, n - len);
}

/* Is s[0..n), a word with its first letter alone a capital, a form without it? */
static bool
bare_form(const struct lexicon *l, const char *s, size_t n)
{
	uint32_t cp, node;
	size_t len = utf8_get(s, n, &cp);
	long index = 0;

	node = char_step(l, l->forms.root, uc_tolower(cp), &index);
	for (size_t i = len; node != 0 && i < n; i += len) {
		len = utf8_get(s + i, n - i, &cp);
		node = char_step(l, node, cp, &index);
	}
	return (node & 1) && (lexicon_flags(l, index) & LEXICON_EXACT) == 0;
}

bool
lexicon_knows(const struct lexicon *l, const char *s, size_t n)
{
	enum casing c;

	if (n == 0 || n > LEXICON_LONGEST)
		return false;
	if (lexicon_has(l, s, n))
		return true;
	c = casing(s, n);
	if (c == CASE_FIRST)
		return bare_form(l, s, n);
	return c == CASE_ALL && any_case(l, l->forms.root, 0, s, n);
}

long
lexicon_index(const struct lexicon *l, const char *s, size_t n)
{
	return dawg_index(&l->forms, s, n);
}

size_t
lexicon_form(const struct lexicon *l, long i, char *out, size_t cap)
{
	return dawg_string(&l->forms, i, out, cap);
}

unsigned
lexicon_flags(const struct lexicon *l, long i)
{
	uint32_t from = 0, to = l->nflagged;

	while (from < to) {
		uint32_t mid = from + (to - from) / 2, at = dawg_u32(l->flagged, mid);

		if ((long)(at >> 3) == i)
			return at & 7;
		if ((long)(at >> 3) < i)
			from = mid + 1;
		else
			to = mid;
	}
	return 0;
}
