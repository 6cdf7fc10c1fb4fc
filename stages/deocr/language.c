/*
 * language: opens what is known of a language, and says what its lists have.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "io.h"
#include "language.h"
#include "msg.h"
#include "posterior.h"
#include "table.h"
#include "utf8.h"


static struct language **languages;
static size_t nlanguages, caplanguages;

/* The words the user accepts: a hash table of owned strings. */
static struct {
	char **slot;
	size_t n, cap;
} accepted;

static size_t
hash(const char *s, size_t n)
{
	uint64_t h = 1469598103934665603u;
	size_t i;

	for (i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	return (size_t)(h ^ h >> 29);
}

static char **
accepted_slot(const char *s, size_t n)
{
	size_t i = hash(s, n) & (accepted.cap - 1);

	while (accepted.slot[i] != NULL &&
	    (strlen(accepted.slot[i]) != n || memcmp(accepted.slot[i], s, n) != 0))
		i = (i + 1) & (accepted.cap - 1);
	return &accepted.slot[i];
}

void
word_accept(const char *s, size_t n)
{
	char **old = accepted.slot, **slot;
	size_t i, oldcap = accepted.cap;

	if (accepted.n * 2 >= accepted.cap) {
		accepted.cap = oldcap ? oldcap * 2 : 64;
		accepted.slot = mem_alloc(accepted.cap * sizeof(*accepted.slot));
		memset(accepted.slot, 0, accepted.cap * sizeof(*accepted.slot));
		for (i = 0; i < oldcap; i++)
			if (old[i] != NULL)
				*accepted_slot(old[i], strlen(old[i])) = old[i];
		free(old);
	}
	slot = accepted_slot(s, n);
	if (*slot == NULL) {
		*slot = mem_dup(s, n);
		accepted.n++;
	}
}

bool
words_accept(const char *path)
{
	struct in *in = in_open(path);
	struct buf line = {0}, form = {0};

	if (in == NULL)
		return false;
	while (in_line(in, &line, NULL) > 0) {
		while (line.len > 0 && strchr(" \t\r", line.data[line.len - 1]) != NULL)
			line.len--;
		buf_clear(&form);
		token_form(&form, line.data, line.len);
		if (form.len > 0 && form.data[0] != '#')
			word_accept(form.data, form.len);
	}
	buf_free(&line);
	buf_free(&form);
	in_close(in);
	return true;
}

static void
fields_add(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	struct words *w = ctx;
	size_t i;

	(void)file;
	(void)line;
	for (i = 0; i < n; i++) {
		w->list = mem_more(w->list, w->n, &w->cap, sizeof(*w->list));
		w->list[w->n++] = mem_dup(field[i], strlen(field[i]));
	}
}

/* Reads a table of so many fields a line; a language may have none. */
static void
fields_read(struct words *w, const char *folder, const char *tag, const char *suffix)
{
	struct buf name = {0};
	char *path;

	buf_addf(&name, "%s/%s.%s", folder, tag, suffix);
	path = dict_path(buf_str(&name));
	table_read(path, fields_add, w);
	free(path);
	buf_free(&name);
}

/* Appends s[0..n) as it is spelled now, and a $. */
static void
modernize(const struct language *l, struct buf *b, const char *s, size_t n)
{
	struct buf old = {0};
	const char *from, *at;
	size_t i;

	buf_addf(b, "%.*s$", (int)n, s);
	for (i = 0; i + 1 < l->archaic.n; i += 2) {
		const char *was = l->archaic.list[i];

		if (strstr(buf_str(b), was) == NULL)
			continue;
		buf_clear(&old);
		buf_add(&old, b->data, b->len);
		buf_clear(b);
		for (from = buf_str(&old); (at = strstr(from, was)) != NULL; from = at + strlen(was)) {
			buf_add(b, from, (size_t)(at - from));
			buf_adds(b, l->archaic.list[i + 1]);
		}
		buf_adds(b, from);
	}
	buf_free(&old);
}

bool
language_archaic(const struct language *l, const char *was, size_t n, const char *now, size_t m)
{
	struct buf s = {0}, t = {0};
	bool same;

	if (l->archaic.n == 0)
		return false;
	modernize(l, &s, was, n);
	modernize(l, &t, now, m);
	same = s.len == t.len && memcmp(s.data, t.data, s.len) == 0;
	buf_free(&s);
	buf_free(&t);
	return same;
}

/* Whether s[0..n), its letters made small, is one of the words. */
static bool
words_have(const struct words *w, const char *s, size_t n)
{
	struct buf low = {0};
	bool found = false;
	size_t i;

	utf8_lower(&low, s, n);
	for (i = 0; i < w->n && !found; i++)
		found = strcmp(w->list[i], buf_str(&low)) == 0;
	buf_free(&low);
	return found;
}

bool
language_prefixed(const struct language *l, const char *s, size_t n)
{
	const char *hyphen = memchr(s, '-', n);

	return hyphen != NULL && words_have(&l->prefixes, s, (size_t)(hyphen - s));
}

bool
language_dates(const struct language *l, const char *s, size_t n)
{
	return words_have(&l->years, s, n);
}

struct language *
language_get(const char *tag)
{
	struct language *l;
	size_t i;

	for (i = 0; i < nlanguages; i++)
		if (strcmp(languages[i]->tag, tag) == 0)
			return languages[i];
	l = mem_alloc(sizeof(*l));
	memset(l, 0, sizeof(*l));
	l->tag = mem_dup(tag, strlen(tag));
	l->lexicon = lexicon_open(tag);
	l->model = l->lexicon != NULL ? model_open(tag) : NULL;
	l->elision = l->lexicon != NULL ? elision_open(tag) : NULL;
	if (l->lexicon != NULL) {
		fields_read(&l->prefixes, "prefixes", tag, "txt");
		fields_read(&l->years, "years", tag, "txt");
		fields_read(&l->archaic, "archaic", tag, "tsv");
	}
	l->channel = l->lexicon != NULL ? channel_open(tag) : NULL;
	l->calibration = l->lexicon != NULL ? calibration_open(tag) : NULL;
	if (l->lexicon == NULL)
		msg(MSG_NOTE, NULL, 0, "no dictionary, nothing is corrected", "%s", tag);
	languages = mem_more(languages, nlanguages, &caplanguages, sizeof(*languages));
	languages[nlanguages++] = l;
	return l;
}

/* Whether s[0..n) is initials: letters one by one, a full stop behind each but the last. */
static bool
is_initials(const char *s, size_t n)
{
	size_t i, letters = 0;
	uint32_t cp;

	for (i = 0; i < n; letters++) {
		i += utf8_get(s + i, n - i, &cp);
		if (!uc_letter(cp) || (i < n && s[i++] != '.'))
			return false;
	}
	return letters > 1;
}

bool
language_knows(const struct language *l, const char *s, size_t n)
{
	return (n <= LEXICON_LONGEST && lexicon_knows(l->lexicon, s, n)) ||
	    (accepted.n > 0 && *accepted_slot(s, n) != NULL) || is_initials(s, n);
}

/* Follows s[0..n) from a node of the lexicon; 0 where it leads nowhere. */
static uint32_t
follow(const struct dawg *d, uint32_t node, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && node != 0; i++)
		node = dawg_step(d, node, (unsigned char)s[i]);
	return node;
}

struct stem
language_stem(const struct language *l, const char *s, size_t n)
{
	const struct dawg *d = lexicon_forms(l->lexicon);
	struct stem stem = {.as = follow(d, d->root, s, n)};
	char low[UTF8_MAX];
	uint32_t cp = 0;
	size_t first = utf8_get(s, n, &cp);

	stem.small = stem.as;
	if (uc_upper(cp)) {
		stem.small = follow(d, d->root, low, utf8_put(low, uc_tolower(cp)));
		stem.small = follow(d, stem.small, s + first, n - first);
	}
	return stem;
}

/* Whether token_form may write the character that this byte begins, or the one before, otherwise. */
static bool
is_formed(unsigned char byte)
{
	return byte == 0xC2 || byte >= 0xCA;
}

bool
language_goes_on(const struct language *l, const struct stem *stem, const char *s, size_t n)
{
	const struct dawg *d = lexicon_forms(l->lexicon);
	uint32_t as = stem->as, small = stem->small != as ? stem->small : 0;
	size_t i;

	if (n == 0 || *s < 'a' || *s > 'z' || accepted.n > 0)
		return true;
	for (i = 0; i < n && (as != 0 || small != 0); i++) {
		if (i + 1 < n && is_formed((unsigned char)s[i + 1]))
			return true;
		as = dawg_step(d, as, (unsigned char)s[i]);
		small = dawg_step(d, small, (unsigned char)s[i]);
	}
	return dawg_final(as) || dawg_final(small);
}

bool
language_gazettes(const struct language *l, const char *s, size_t n)
{
	long i = n <= LEXICON_LONGEST ? lexicon_index(l->lexicon, s, n) : -1;

	return i >= 0 && (lexicon_flags(l->lexicon, i) & LEXICON_GAZETTEER);
}
