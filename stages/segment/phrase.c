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

#define MOST_FORGIVEN 3 /* misread letters */
#define FIRSTS 37 /* a-z, 0-9 and the rest: patterns are kept by their first character */

struct list {
	struct phrase *p;
	size_t n, cap;
};

/* Patterns with a star before stand in any, the others by their first character. */
struct phrases {
	struct list first[C_COUNT][FIRSTS], any[C_COUNT];
	struct buf room; /* of phrases_fold */
	enum class last; /* of the row before: tables go class by class */
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
    [C_LABEL] = "label",
    [C_VERBALE] = "verbale",
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

/* The class of that name, C_COUNT where there is none; the one before comes first. */
static enum class
class_of(const char *name, enum class last)
{
	enum class c = C_SALUTE;

	if (strcmp(class_name[last], name) == 0)
		return last;
	while (c < C_COUNT && strcmp(class_name[c], name) != 0)
		c++;
	return c;
}

/* A row: field is language, class, pattern and perhaps value. */
static void
row(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	struct phrases *all = ctx;
	struct phrase p = {0};
	struct list *l;
	struct buf b = {0};
	enum class c = n < 3 ? C_COUNT : class_of(field[1], all->last);
	char *pat;
	size_t len;

	if (c == C_COUNT) {
		msg(MSG_WARNING, file, line, "no such class, or too few fields", "%s",
		    n > 1 ? field[1] : "");
		return;
	}
	all->last = c;
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
	p.start = letters(b.data, b.len < PHRASE_START ? b.len : PHRASE_START);
	p.second = b.len > 1 ? b.data[1] : '\0';
	p.last = b.data[b.len - 1];
	p.third = b.len > 2 ? b.data[2] : '\0';
	buf_addc(&b, '\0');
	buf_add(&b, pat, len + 1);
	buf_adds(&b, n > 3 ? field[3] : "");
	p.fold = mem_dup(b.data, b.len);
	p.raw = p.fold + p.n + 1;
	p.value = p.raw + len + 1;
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
	for (size_t i = 0; i < l->n; i++)
		free(l->p[i].fold);
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
	buf_free(&p->room);
	free(p);
}

/* How many misread letters a pattern of n bytes forgives, compared whole or as a beginning. */
static unsigned
forgiven(const struct phrase *p)
{
	unsigned least = p->tail ? 8 : 6;

	return p->n < least ? 0 : p->n < 18 ? 1 : p->n < 32 ? 2 : MOST_FORGIVEN;
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
 * The edit distance of pattern p to f[0..n) as far as it is at most k, else k + 1; with free_end to
 * the best beginning of f, whose length is then in *len.  Only cells at most k off the diagonal can
 * hold as little (Ukkonen 1985), and where a column has none the rest is not looked at.
 */
static unsigned
distance(const struct phrase *p, const char *f, size_t n, unsigned k, bool free_end, size_t *len)
{
	unsigned col[LONGEST + 1], diag, left, now, least, best = k + 1;
	size_t i, j, from, to;

	for (i = 0; i <= k; i++)
		col[i] = (unsigned)i;
	*len = 0;
	for (j = 1; j <= n && j <= p->n + k; j++) {
		from = j > k ? j - k : 1;
		to = j + k < p->n ? j + k : p->n;
		diag = col[from - 1];
		col[from - 1] = least = j > k ? k + 1 : (unsigned)j;
		if (to == j + k)
			col[to] = k + 1;
		for (i = from; i <= to; i++) {
			left = col[i];
			now = diag + (p->fold[i - 1] != f[j - 1]);
			now = col[i - 1] + 1 < now ? col[i - 1] + 1 : now;
			col[i] = now = left + 1 < now ? left + 1 : now;
			diag = left;
			least = now < least ? now : least;
		}
		if (to == p->n && col[to] < best) {
			best = col[to];
			*len = j;
		}
		if (least > k)
			return free_end ? best : k + 1;
	}
	return free_end ? best : j <= n || p->n > n + k ? k + 1 : col[p->n];
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
	return f[1] == p->second || f[2] == p->third || f[1] == p->third || f[2] == p->second;
}

/* What f[0..n) is asked for; the letters it has are gathered when they are first needed. */
struct query {
	const char *f;
	size_t n;
	uint32_t letters, start;
	bool gathered, started;
};

/* How many of the letters of p the text has not. */
static unsigned
lacks(const struct phrase *p, struct query *q)
{
	if (!q->gathered)
		q->letters = letters(q->f, q->n);
	q->gathered = true;
	return bits(p->letters & ~q->letters);
}

/* Whether the first letters of p are there but for k: spares most of the comparisons that are left. */
static bool
starts_alike(const struct phrase *p, struct query *q, unsigned k)
{
	size_t n = PHRASE_START + MOST_FORGIVEN;

	if (!q->started)
		q->start = letters(q->f, q->n < n ? q->n : n);
	q->started = true;
	return bits(p->start & ~q->start) <= k;
}

/* A pattern with a star before. */
static bool
ends_so(const struct phrase *p, struct query *q)
{
	unsigned missing;

	if (!p->tail)
		return q->n >= p->n && q->f[q->n - 1] == p->last &&
		       memcmp(q->f + q->n - p->n, p->fold, p->n) == 0;
	missing = lacks(p, q);
	return (missing == 0 && inside(p, q->f, q->n)) ||
	       (missing <= 1 && p->n >= 6 && q->n <= LONGEST && nearly_inside(p, q->f, q->n));
}

static bool
matches(const struct phrase *p, struct query *q, size_t *len)
{
	unsigned k;

	*len = p->n;
	if (p->head)
		return ends_so(p, q);
	if (q->n > 2 && p->n > 2 && !begins_alike(p, q->f))
		return false;
	if ((p->tail ? q->n >= p->n : q->n == p->n) && memcmp(q->f, p->fold, p->n) == 0)
		return true;
	k = forgiven(p);
	return k > 0 && q->n + k >= p->n && (p->tail || q->n <= p->n + k) &&
	       starts_alike(p, q, k) && distance(p, q->f, q->n, k, p->tail, len) <= k;
}

static const struct phrase *
find(const struct list *l, struct query *q, size_t *len)
{
	size_t took;

	for (size_t i = 0; i < l->n; i++)
		if (matches(&l->p[i], q, &took)) {
			if (len != NULL)
				*len = took;
			return &l->p[i];
		}
	return NULL;
}

struct folded
phrases_fold_more(struct phrases *p, const char *s, size_t n)
{
	fold(&p->room, s, n);
	return (struct folded){p->room.data, p->room.len};
}

struct folded
phrases_fold(struct phrases *p, const char *s, size_t n)
{
	buf_clear(&p->room);
	return phrases_fold_more(p, s, n);
}

bool
phrase_is(struct phrases *p, enum class c, const char *s, size_t n)
{
	struct folded f = phrases_fold(p, s, n);

	return phrase_find(p, c, f.s, f.n, NULL) != NULL;
}

const struct phrase *
phrase_find(const struct phrases *p, enum class c, const char *f, size_t n, size_t *len)
{
	struct query q = {.f = f, .n = n};
	const struct phrase *r;

	if (n == 0)
		return NULL;
	r = find(&p->first[c][first(f[0])], &q, len);
	return r != NULL ? r : find(&p->any[c], &q, len);
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
