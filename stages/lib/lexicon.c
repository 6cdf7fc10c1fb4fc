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
	uint32_t first[256];		/* the root's edges by byte: it has many, and each word takes one */
	char print[LEXICON_PRINT + 1];
};

/* The edge of node by this byte, 0 where there is none. */
static inline uint32_t
edge_find(const struct lexicon *l, uint32_t node, unsigned char byte)
{
	return node == l->forms.root ? l->first[byte] : dawg_find(&l->forms, node, byte);
}

static inline uint32_t
node_step(const struct lexicon *l, uint32_t node, unsigned char byte)
{
	return dawg_target(dawg_u32(l->forms.edge, edge_find(l, node, byte)));
}

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
	for (uint32_t e = d->root >> 1; e != 0; e = lexicon_next(l, e))
		l->first[lexicon_byte(l, e)] = e;
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

bool
lexicon_has(const struct lexicon *l, const char *s, size_t n)
{
	uint32_t node = l->forms.root;

	for (size_t i = 0; i < n; i++)
		if ((node = node_step(l, node, (unsigned char)s[i])) == 0)
			return false;
	return node & 1;
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
		uint32_t e = edge_find(l, node, (unsigned char)s[i]);

		if (e == 0)
			return 0;
		*index += (node & 1) + dawg_u32(l->forms.skip, e);
		node = dawg_target(dawg_u32(l->forms.edge, e));
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
	uint32_t node = l->forms.root;
	long index = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t e = edge_find(l, node, (unsigned char)s[i]);

		if (e == 0)
			return -1;
		index += (node & 1) + dawg_u32(l->forms.skip, e);
		node = dawg_target(dawg_u32(l->forms.edge, e));
	}
	return node & 1 ? index : -1;
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

uint32_t
lexicon_root(const struct lexicon *l)
{
	return l->forms.root;
}

uint32_t
lexicon_step(const struct lexicon *l, uint32_t node, unsigned char byte)
{
	return node_step(l, node, byte);
}

bool
lexicon_final(const struct lexicon *l, uint32_t node)
{
	(void)l;
	return node & 1;
}

uint32_t
lexicon_edge(const struct lexicon *l, uint32_t node)
{
	(void)l;
	return node >> 1;
}

uint32_t
lexicon_next(const struct lexicon *l, uint32_t edge)
{
	return dawg_u32(l->forms.edge, edge) & DAWG_LAST ? 0 : edge + 1;
}

unsigned char
lexicon_byte(const struct lexicon *l, uint32_t edge)
{
	return dawg_u32(l->forms.edge, edge) & 0xff;
}

uint32_t
lexicon_target(const struct lexicon *l, uint32_t edge)
{
	return dawg_target(dawg_u32(l->forms.edge, edge));
}

uint32_t
lexicon_skip(const struct lexicon *l, uint32_t edge)
{
	return dawg_u32(l->forms.skip, edge);
}
