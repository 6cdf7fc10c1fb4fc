/*
 * phrase: see phrase.h.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "phrase.h"
#include "segment.h"
#include "table.h"

#define LONGEST 96 /* folded bytes of a pattern */

#define FIRSTS 37 /* a-z, 0-9 and the rest: patterns are kept by their first character */

struct list {
	struct phrase *p;
	size_t n, cap;
};

/* Patterns with a star before stand in any, the others by their first character. */
struct phrases {
	struct list first[C_COUNT][FIRSTS], any[C_COUNT];
};

static const char *const class_name[C_COUNT] = {
    [C_SALUTE] = "salute",
    [C_ADDRESS] = "address",
    [C_OFFICE] = "office",
    [C_THANKS] = "thanks",
    [C_THANK] = "thank",
    [C_GRATEFUL] = "grateful",
    [C_CLOSE] = "close",
    [C_TITLE] = "title",
    [C_SPEECH] = "speech",
    [C_SPEECHLIKE] = "speechlike",
    [C_SPEAKER] = "speaker",
    [C_LETTER] = "letterhead",
    [C_ORGAN] = "organ",
    [C_ADOPTED] = "adopted",
    [C_RESOLUTION] = "resolution",
    [C_ANNEX] = "annex",
    [C_ADDRESSEE] = "addressee",
    [C_PAGE] = "page",
    [C_FOOTER] = "footer",
    [C_WEB] = "web",
    [C_RESIDUE] = "residue",
    [C_MONTH] = "month",
    [C_HONORIFIC] = "honorific",
    [C_COUNTRY] = "country",
    [C_PRESS] = "press",
    [C_MINUTES] = "minutes",
    [C_SECTION] = "section",
    [C_ABBREV] = "abbreviation",
    [C_AT] = "at",
    [C_EVENT] = "event",
    [C_NOTE] = "note",
    [C_COUNTED] = "counted",
    [C_SHORT] = "short",
    [C_UNIT] = "unit",
};

static const char *const tables[] = {
    "salutation",
    "closing",
    "title",
    "letterhead",
    "resolution",
    "page",
    "web",
    "month",
    "honorific",
    "abbreviation",
    "event",
    "country",
    "heading",
    "note",
    "short",
};

static uint32_t
letters(const char *s, size_t n)
{
	uint32_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (s[i] >= 'a' && s[i] <= 'z')
			m |= 1u << (s[i] - 'a');
	return m;
}

static size_t
first(char c)
{
	return c >= 'a' && c <= 'z'   ? (size_t)(c - 'a')
	       : c >= '0' && c <= '9' ? (size_t)(c - '0') + 26
				      : 36;
}

/* A row: field is language, class, pattern and perhaps value. */
static void
row(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	struct phrases *all = ctx;
	struct phrase p = {0};
	struct list *l;
	struct buf b = {0};
	char *pat;
	size_t c, len;

	for (c = 0; c < C_COUNT && (n < 3 || strcmp(class_name[c], field[1]) != 0); c++)
		;
	if (c == C_COUNT) {
		msg(MSG_WARNING, file, line, "no such class, or too few fields", "%s",
		    n > 1 ? field[1] : "");
		return;
	}
	pat = field[2];
	len = strlen(pat);
	p.head = pat[0] == '*';
	p.tail = len > 1 && pat[len - 1] == '*';
	fold(&b, pat, len);
	if (b.len == 0 || b.len > LONGEST) {
		msg(MSG_WARNING, file, line, "pattern is empty or too long", "%s", pat);
		buf_free(&b);
		return;
	}
	p.n = (unsigned)b.len;
	p.letters = letters(b.data, b.len);
	p.fold = mem_dup(b.data, b.len);
	p.raw = mem_dup(pat, len);
	p.value = mem_dup(n > 3 ? field[3] : "", n > 3 ? strlen(field[3]) : 0);
	memcpy(p.lang, field[0], strnlen(field[0], 3));
	buf_free(&b);
	l = p.head ? &all->any[c] : &all->first[c][first(p.fold[0])];
	l->p = mem_more(l->p, l->n, &l->cap, sizeof(*l->p));
	l->p[l->n++] = p;
}

struct phrases *
phrases_read(void)
{
	struct phrases *p = mem_alloc(sizeof(*p));
	char name[64], *path;

	memset(p, 0, sizeof(*p));
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		snprintf(name, sizeof(name), "segment/%s.txt", tables[i]);
		path = dict_path(name);
		if (path == NULL || table_read(path, row, p) == -1)
			msg(MSG_ERROR, path != NULL ? path : name, 0, "cannot read table", "%s",
			    strerror(errno));
		free(path);
	}
	return p;
}

static void
list_free(struct list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->p[i].fold);
		free(l->p[i].raw);
		free(l->p[i].value);
	}
	free(l->p);
}

void
phrases_free(struct phrases *p)
{
	for (size_t c = 0; c < C_COUNT; c++) {
		list_free(&p->any[c]);
		for (size_t i = 0; i < FIRSTS; i++)
			list_free(&p->first[c][i]);
	}
	free(p);
}

/* How many misread letters a pattern of n bytes forgives, compared whole or as a beginning. */
static unsigned
forgiven(const struct phrase *p)
{
	unsigned least = p->tail ? 8 : 6;

	return p->n < least ? 0 : p->n < 18 ? 1 : p->n < 32 ? 2 : 3;
}

static unsigned
bits(uint32_t x)
{
	unsigned n = 0;

	for (; x != 0; x &= x - 1)
		n++;
	return n;
}

/*
 * The edit distance of pattern p to f[0..n), or with free_end to the best beginning of it, whose
 * length is then in *len.
 */
static unsigned
distance(const struct phrase *p, const char *f, size_t n, bool free_end, size_t *len)
{
	unsigned row_[LONGEST + 1], diag, left, best;
	size_t i, j;

	if (n > p->n + 3)
		n = p->n + 3;
	for (i = 0; i <= p->n; i++)
		row_[i] = (unsigned)i;
	best = row_[p->n];
	*len = 0;
	for (j = 0; j < n; j++) {
		diag = row_[0];
		row_[0] = (unsigned)j + 1;
		for (i = 0; i < p->n; i++) {
			left = row_[i + 1];
			row_[i + 1] = diag + (p->fold[i] != f[j]);
			if (row_[i] + 1 < row_[i + 1])
				row_[i + 1] = row_[i] + 1;
			if (left + 1 < row_[i + 1])
				row_[i + 1] = left + 1;
			diag = left;
		}
		if (row_[p->n] < best) {
			best = row_[p->n];
			*len = j + 1;
		}
	}
	return free_end ? best : row_[p->n];
}

/* Whether p stands in f[0..n) but for one misread letter (Sellers 1980). */
static bool
nearly_inside(const struct phrase *p, const char *f, size_t n)
{
	unsigned col[LONGEST + 1], diag, left;

	for (size_t i = 0; i <= p->n; i++)
		col[i] = (unsigned)i;
	for (size_t j = 0; j < n; j++) {
		diag = 0;
		for (size_t i = 0; i < p->n; i++) {
			left = col[i + 1];
			col[i + 1] = diag + (p->fold[i] != f[j]);
			if (col[i] + 1 < col[i + 1])
				col[i + 1] = col[i] + 1;
			if (left + 1 < col[i + 1])
				col[i + 1] = left + 1;
			diag = left;
		}
		if (col[p->n] <= 1)
			return true;
	}
	return false;
}

static bool
inside(const struct phrase *p, const char *f, size_t n)
{
	const char *at = f, *end = f + n;

	while ((size_t)(end - at) >= p->n && (at = memchr(at, p->fold[0], (size_t)(end - at)))) {
		if ((size_t)(end - at) >= p->n && memcmp(at, p->fold, p->n) == 0)
			return true;
		at++;
	}
	return false;
}

/* Whether the second and third characters are not both others: spares most comparisons. */
static bool
begins_alike(const struct phrase *p, const char *f)
{
	return f[1] == p->fold[1] || f[2] == p->fold[2] || f[1] == p->fold[2] || f[2] == p->fold[1];
}

static bool
matches(const struct phrase *p, const char *f, size_t n, uint32_t mask, size_t *len)
{
	unsigned k = forgiven(p);

	*len = p->n;
	if (p->head && p->tail)
		return (bits(p->letters & ~mask) == 0 && inside(p, f, n)) ||
		       (p->n >= 6 && n <= LONGEST && bits(p->letters & ~mask) <= 1 &&
			   nearly_inside(p, f, n));
	if (p->head)
		return n >= p->n && memcmp(f + n - p->n, p->fold, p->n) == 0;
	if (n + k < p->n || bits(p->letters & ~mask) > k)
		return false;
	if (p->tail) {
		if (n >= p->n && memcmp(f, p->fold, p->n) == 0)
			return true;
		return k > 0 && begins_alike(p, f) && distance(p, f, n, true, len) <= k;
	}
	if (n > p->n + k || bits(p->letters ^ mask) > 2 * k)
		return false;
	if (n == p->n && memcmp(f, p->fold, n) == 0)
		return true;
	return k > 0 && begins_alike(p, f) && distance(p, f, n, false, len) <= k;
}

static const struct phrase *
find(const struct list *l, const char *f, size_t n, size_t *len)
{
	uint32_t mask;
	size_t took;

	if (l->n == 0)
		return NULL;
	mask = letters(f, n);
	for (size_t i = 0; i < l->n; i++)
		if (matches(&l->p[i], f, n, mask, &took)) {
			if (len != NULL)
				*len = took;
			return &l->p[i];
		}
	return NULL;
}

const struct phrase *
phrase_find(const struct phrases *p, enum class c, const char *f, size_t n, size_t *len)
{
	const struct phrase *r;

	if (n == 0)
		return NULL;
	r = find(&p->first[c][first(f[0])], f, n, len);
	return r != NULL ? r : find(&p->any[c], f, n, len);
}

const struct phrase *
phrase_exact(const struct phrases *p, enum class c, const char *f, size_t n)
{
	const struct list *l;

	if (n == 0)
		return NULL;
	l = &p->first[c][first(f[0])];
	for (size_t i = 0; i < l->n; i++)
		if (l->p[i].n == n && memcmp(l->p[i].fold, f, n) == 0)
			return &l->p[i];
	return NULL;
}
