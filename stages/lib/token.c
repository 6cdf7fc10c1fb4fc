/*
 * token: cuts a text into units, clitics by the table of the language.  Nothing is changed, and
 * every byte that is no white space belongs to exactly one unit.
 */
#include <stdlib.h>
#include <string.h>

#include "table.h"
#include "token.h"
#include "utf8.h"

#define CLITIC_MAX 12	/* bytes of a clitic at most */
#define CLITICS_MAX 4	/* suffixes on one word at most: donnez-le-moi has two */
#define BEHIND_MAX 3	/* letters behind a number: 19ème */

struct clitic {
	char s[CLITIC_MAX];
	size_t len;
};

struct elision {
	struct clitic *prefix, *suffix;
	size_t nprefix, nsuffix, capprefix, capsuffix;
};

static void
clitic_add(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	struct elision *e = ctx;
	struct clitic c = {.len = strlen(field[0])};

	(void)file;
	(void)line;
	(void)n;
	if (c.len < 2 || c.len > CLITIC_MAX)
		return;
	memcpy(c.s, field[0], c.len);
	if (c.s[c.len - 1] == '\'') {
		e->prefix = mem_more(e->prefix, e->nprefix, &e->capprefix, sizeof(*e->prefix));
		e->prefix[e->nprefix++] = c;
	} else {
		e->suffix = mem_more(e->suffix, e->nsuffix, &e->capsuffix, sizeof(*e->suffix));
		e->suffix[e->nsuffix++] = c;
	}
}

struct elision *
elision_open(const char *lang)
{
	struct elision *e = mem_alloc(sizeof(*e));
	struct buf name = {0};
	char *path;

	memset(e, 0, sizeof(*e));
	buf_addf(&name, "elision/%s.txt", lang);
	path = dict_path(buf_str(&name));
	if (path != NULL)
		table_read(path, clitic_add, e);
	free(path);
	buf_free(&name);
	return e;
}

void
elision_free(struct elision *e)
{
	if (e == NULL)
		return;
	free(e->prefix);
	free(e->suffix);
	free(e);
}

static bool
is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019 || cp == 0x02BC;
}

static bool
is_hyphen(uint32_t cp)
{
	return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

static bool
is_alnum(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 32) - 'a' < 26u || cp - '0' < 10u;
	return uc_letter(cp) || uc_mark(cp) || uc_digit(cp);
}

static bool
is_space(uint32_t cp)
{
	return cp < 0x80 ? cp == ' ' || (cp >= '\t' && cp <= '\r') : uc_space(cp);
}

/* Whether a sign inside a word cuts it in two; before is the character before it. */
static bool
is_breaker(uint32_t cp, uint32_t before)
{
	return (cp >= 0x2012 && cp <= 0x2015) || cp == 0x2026 || !is_alnum(before);
}

static uint32_t
fold(uint32_t cp)
{
	if (is_apostrophe(cp))
		return '\'';
	if (is_hyphen(cp))
		return '-';
	return uc_tolower(cp);
}

/* The length in bytes of the start of s[0..n) that is the clitic c in any case, or 0. */
static size_t
clitic_match(const struct clitic *c, const char *s, size_t n)
{
	size_t i = 0, k = 0;
	uint32_t cp, want;

	while (k < c->len) {
		if (i == n)
			return 0;
		i += utf8_get(s + i, n - i, &cp);
		k += utf8_get(c->s + k, c->len - k, &want);
		if (fold(cp) != want)
			return 0;
	}
	return i;
}

/* The length of the prefix s[0..n) starts with, or 0. */
static size_t
prefix_match(const struct elision *e, const char *s, size_t n)
{
	size_t i, len;

	for (i = 0; i < e->nprefix; i++)
		if ((len = clitic_match(&e->prefix[i], s, n)) > 0)
			return len;
	return 0;
}

/* Whether s[0..n) is a suffix. */
static bool
is_suffix(const struct elision *e, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < e->nsuffix; i++)
		if (clitic_match(&e->suffix[i], s, n) == n)
			return true;
	return false;
}

/* The length of the longest suffix s[0..n) ends in, with a letter before it, or 0. */
static size_t
suffix_match(const struct elision *e, const char *s, size_t n)
{
	size_t at, len;
	uint32_t cp, before = 0;

	for (at = 0; at < n; at += len, before = cp) {
		len = utf8_get(s + at, n - at, &cp);
		if ((is_apostrophe(cp) || is_hyphen(cp)) && uc_letter(before) &&
		    is_suffix(e, s + at, n - at))
			return n - at;
	}
	return 0;
}

static enum token_kind
kind_of(const char *s, size_t n)
{
	size_t i, behind = 0;
	bool digit = false, mixed = false;
	uint32_t cp, before = 0;

	for (i = 0; i < n; before = cp) {
		i += utf8_get(s + i, n - i, &cp);
		if (uc_digit(cp)) {
			mixed |= behind > 0;
			digit = true;
		} else if (uc_letter(cp)) {
			mixed |= ++behind > BEHIND_MAX;
		} else if (cp == '@' || (cp == '/' && before == '/')) {
			return TOKEN_MIXED;
		}
	}
	if (!digit)
		return TOKEN_WORD;
	return mixed ? TOKEN_MIXED : TOKEN_NUMBER;
}

static void
emit(struct tokens *t, size_t off, size_t end, enum token_kind kind, bool *space)
{
	if (off == end)
		return;
	t->list = mem_more(t->list, t->n, &t->cap, sizeof(*t->list));
	t->list[t->n++] = (struct token){off, end - off, kind, *space};
	*space = false;
}

/* The end of the run of characters from off that are neither letter, digit nor white space. */
static size_t
punct_end(const char *s, size_t off, size_t n)
{
	uint32_t cp;
	size_t len;

	for (; off < n; off += len) {
		len = utf8_get(s + off, n - off, &cp);
		if (is_alnum(cp) || is_space(cp))
			break;
	}
	return off;
}

/* The length in bytes of the longest prefix of s[0..n) that is letters of ASCII. */
static size_t
letters(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && ((unsigned char)s[i] | 32u) - 'a' < 26u)
		i++;
	return i;
}

/* A word: where it ends, and what stands in it or right behind it. */
struct word {
	size_t end;
	bool joiner;		/* an apostrophe or hyphen: there may be clitics */
	bool odd;		/* a digit, or a sign of addresses: it may be no word */
};

/* The word from off: to the last letter or digit before white space or a cut. */
static struct word
word_at(const char *s, size_t off, size_t n)
{
	struct word w = {.end = off};
	uint32_t cp, before = 'a';
	size_t len;

	for (; off < n; off += len, before = cp) {
		len = letters(s + off, n - off);
		if (len > 0) {
			w.end = off + len;
			cp = 'a';
			continue;
		}
		len = utf8_get(s + off, n - off, &cp);
		if (is_alnum(cp)) {
			w.end = off + len;
			w.odd |= !uc_letter(cp);
		} else if (is_space(cp) || is_breaker(cp, before)) {
			break;
		}
		w.joiner |= is_apostrophe(cp) || is_hyphen(cp);
		w.odd |= cp == '@' || cp == '/';
	}
	return w;
}

/* Emits the word w, which begins at off, with its suffixes apart. */
static void
emit_word(const struct elision *e, const char *s, size_t off, const struct word *w,
    struct tokens *t, bool *space)
{
	size_t cut[CLITICS_MAX], n = 0, len, end = w->end;

	while (e != NULL && w->joiner && n < CLITICS_MAX &&
	    (len = suffix_match(e, s + off, end - off)) > 0) {
		cut[n++] = end;
		end -= len;
	}
	emit(t, off, end, w->odd ? kind_of(s + off, end - off) : TOKEN_WORD, space);
	while (n > 0) {
		emit(t, end, cut[n - 1], TOKEN_CLITIC, space);
		end = cut[--n];
	}
}

void
token_cut(const struct elision *e, const char *s, size_t n, struct tokens *t)
{
	struct word w = {0};
	size_t off = 0, len;
	bool space = true;
	uint32_t cp;

	t->n = 0;
	while (off < n) {
		len = utf8_get(s + off, n - off, &cp);
		if (is_space(cp)) {
			space = true;
		} else if (!is_alnum(cp)) {
			len = punct_end(s, off, n) - off;
			emit(t, off, off + len, TOKEN_PUNCT, &space);
		} else {
			/* Behind a clitic the word is in hand already. */
			if (off >= w.end)
				w = word_at(s, off, n);
			len = e != NULL && w.joiner ? prefix_match(e, s + off, n - off) : 0;
			if (len > 0)
				emit(t, off, off + len, TOKEN_CLITIC, &space);
			else
				emit_word(e, s, off, &w, t, &space);
			len = len > 0 ? len : w.end - off;
		}
		off += len;
	}
}

void
token_form(struct buf *b, const char *s, size_t n)
{
	struct buf plain = {0};
	size_t i;
	uint32_t cp;

	if (utf8_ascii(s, n) == n) {
		buf_add(b, s, n);
		return;
	}
	for (i = 0; i < n;) {
		i += utf8_get(s + i, n - i, &cp);
		if (cp == UTF8_BAD || cp == 0x00AD)
			continue;
		utf8_add(&plain, is_apostrophe(cp) ? '\'' : is_hyphen(cp) ? '-' : cp);
	}
	utf8_nfc(b, plain.data, plain.len);
	buf_free(&plain);
}

bool
token_stray(const char *s, size_t n)
{
	static const uint32_t stray[] = {'~', '$', '@', '^', '|', '\\', 0xA3, 0xA5, 0xA6,
		0xA7, 0xAC, 0xB0, 0xB1, 0xB6, 0xB7};
	uint32_t cp;
	size_t i;

	if (n == 0 || utf8_get(s, n, &cp) != n)
		return false;
	for (i = 0; i < sizeof(stray) / sizeof(*stray); i++)
		if (stray[i] == cp)
			return true;
	return false;
}

void
tokens_free(struct tokens *t)
{
	free(t->list);
	memset(t, 0, sizeof(*t));
}
