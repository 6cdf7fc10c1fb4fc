/*
 * gazetteer: phrases looked up by their words, without regard to case and diacritics.  A table of
 * hashes holds every phrase and every beginning of one, so that a text is looked through in time
 * linear in its length.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "langfeat.h"
#include "langtag.h"
#include "msg.h"
#include "table.h"
#include "utf8.h"

#define WORDS_MAX 12
#define HASH_EMPTY 0xCBF29CE484222325u
#define GAZ_PART (-3) /* only the beginning of a phrase */

struct entry {
	uint64_t key; /* 0: free */
	int lang;
};

static struct entry *entry;
static size_t nentry, nslot;
static const struct lang_model *model;

/* A character without case and diacritics. */
static uint32_t
folded(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	return cp == 0x2019 ? '\'' : uc_base(uc_tolower(cp));
}

/* The hash of some words and one more behind them. */
static uint64_t
hash_word(uint64_t h, const char *s, size_t n)
{
	size_t i = 0;
	uint32_t cp;

	h = (h ^ 0x20) * 0x100000001B3u;
	while (i < n) {
		i += utf8_get(s + i, n - i, &cp);
		h = (h ^ folded(cp)) * 0x100000001B3u;
	}
	return h;
}

static struct entry *
find(uint64_t key)
{
	size_t i = (size_t)(key ^ key >> 29) & (nslot - 1);

	while (entry[i].key != 0 && entry[i].key != key)
		i = (i + 1) & (nslot - 1);
	return &entry[i];
}

static void
grow(void)
{
	struct entry *old = entry;
	size_t i, n = nslot;

	nslot = n == 0 ? 4096 : 2 * n;
	entry = mem_alloc(nslot * sizeof(*entry));
	memset(entry, 0, nslot * sizeof(*entry));
	for (i = 0; i < n; i++)
		if (old[i].key != 0)
			*find(old[i].key) = old[i];
	free(old);
}

static void
put(uint64_t key, int lang)
{
	struct entry *e;

	if (nentry * 2 >= nslot)
		grow();
	e = find(key);
	nentry += e->key == 0;
	if (e->key == 0 || e->lang == GAZ_PART)
		e->lang = lang;
	else if (lang != GAZ_PART && lang != e->lang) /* the same but for diacritics */
		e->lang = GAZ_NEUTRAL;
	e->key = key;
}

static void
take_phrase(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	int lang = n >= 2 ? lang_index(model, field[0]) : LANG_NONE;
	size_t at = 0, off, len, words = 0, all;
	uint64_t h = HASH_EMPTY;

	(void)ctx;
	if (n >= 2 && strcmp(field[0], "-") == 0)
		lang = GAZ_NEUTRAL;
	if (n < 2 || lang == LANG_NONE) {
		msg(MSG_WARNING, file, line, "not a language and a phrase", "%s", field[0]);
		return;
	}
	all = strlen(field[1]);
	while (words++ < WORDS_MAX && (len = lang_word_find(field[1] + at, all - at, &off)) > 0) {
		h = hash_word(h, field[1] + at + off, len);
		at += off + len;
		put(h, GAZ_PART);
	}
	put(h, lang);
}

/* Whether a phrase begins with the word s[0..n). */
static bool
begins_phrase(const char *s, size_t n)
{
	return find(hash_word(HASH_EMPTY, s, n))->key != 0;
}

void
gazetteer_read(struct lang_model *m)
{
	char *path = dict_path("langtag/gazetteer.txt");

	model = m;
	grow();
	if (table_read(path, take_phrase, NULL) != 0)
		msg_die("%s: %s", path, strerror(errno));
	free(path);
	lang_mark(m, begins_phrase);
}

int
gazetteer_find(const char *s, size_t n, const struct lang_word *first, size_t *end)
{
	uint64_t h = HASH_EMPTY;
	size_t at = first->off, len = first->len, gap = 0, words = 0;
	int lang = GAZ_NONE;
	const struct entry *e;

	if (!first->marked)
		return GAZ_NONE;
	do {
		h = hash_word(h, s + at + gap, len);
		e = find(h);
		if (e->key == 0)
			break;
		at += gap + len;
		if (e->lang != GAZ_PART) {
			lang = e->lang;
			*end = at;
		}
	} while (
	    ++words < WORDS_MAX && (len = lang_word_find(s + at, n - at, &gap)) > 0 && gap <= 3);
	return lang;
}
