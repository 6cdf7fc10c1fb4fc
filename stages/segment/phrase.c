/*
 * phrase: see phrase.h.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "match.h"
#include "msg.h"
#include "segment.h"
#include "table.h"

#define FIRSTS 37 /* a-z, 0-9 and the rest: patterns are kept by their first character */

/* Patterns with a star before stand in any, the others by their first character. */
struct phrases {
	struct list first[C_COUNT][FIRSTS], any[C_COUNT];
	struct buf room; /* of phrases_fold */
	size_t last; /* class of the row before: tables go class by class */
};

static const char *const class_name[C_COUNT] = {
    [C_SALUTE] = "salute",
    [C_ADDRESS] = "address",
    [C_OFFICE] = "office",
    [C_THANKS] = "thanks",
    [C_THANK] = "thank",
    [C_GRATEFUL] = "grateful",
    [C_CLOSE] = "close",
    [C_POSTSCRIPT] = "postscript",
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
    [C_RECORD] = "record",
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

static size_t
first(char c)
{
	return c >= 'a' && c <= 'z'   ? (size_t)(c - 'a')
	       : c >= '0' && c <= '9' ? (size_t)(c - '0') + 26
				      : 36;
}

/* The class of that name, C_COUNT where there is none; the one before comes first. */
static size_t
class_of(const char *name, size_t last)
{
	size_t c = 0;

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
	size_t c = n < 3 ? C_COUNT : class_of(field[1], all->last);
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
	if (b.len == 0 || b.len > PHRASE_LONGEST) {
		msg(MSG_WARNING, file, line, "pattern is empty or too long", "%s", pat);
		buf_free(&b);
		return;
	}
	p.n = (unsigned)b.len;
	p.letters = letters_in(b.data, b.len);
	p.start = letters_in(b.data, b.len < PHRASE_START ? b.len : PHRASE_START);
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
	r = list_find(&p->first[c][first(f[0])], &q, len);
	return r != NULL ? r : list_find(&p->any[c], &q, len);
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
