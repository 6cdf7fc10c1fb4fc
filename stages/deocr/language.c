/*
 * language: opens what is known of a language and reads strings with it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "io.h"
#include "language.h"
#include "msg.h"
#include "utf8.h"

#define LISTED (6 * MODEL_BIT)	/* what a word of the lexicon is likelier than its letters */
#define SPELLED (4 * MODEL_BIT)	/* a letter of a word nobody knows, where there is no model */
#define RARE (18 * MODEL_BIT)	/* a word, where there is no model */
#define COMPOUND (4 * MODEL_BIT)	/* two words with a hyphen that nobody listed */

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

struct language *
language_get(const char *tag)
{
	struct language *l;
	size_t i;

	for (i = 0; i < nlanguages; i++)
		if (strcmp(languages[i]->tag, tag) == 0)
			return languages[i];
	l = mem_alloc(sizeof(*l));
	l->tag = mem_dup(tag, strlen(tag));
	l->lexicon = lexicon_open(tag);
	l->model = l->lexicon != NULL ? model_open(tag) : NULL;
	l->elision = elision_open(tag);
	l->channel = l->lexicon != NULL ? channel_open(tag) : NULL;
	if (l->lexicon == NULL)
		msg(MSG_NOTE, NULL, 0, "no dictionary, nothing is corrected", "%s", tag);
	languages = mem_more(languages, nlanguages, &caplanguages, sizeof(*languages));
	languages[nlanguages++] = l;
	return l;
}

enum shape
word_shape(const char *s, size_t n)
{
	size_t i, upper = 0, letters = 0;
	bool first = false;
	uint32_t cp;

	for (i = 0; i < n;) {
		i += utf8_get(s + i, n - i, &cp);
		if (!uc_letter(cp))
			continue;
		if (uc_upper(cp)) {
			upper++;
			first |= letters == 0;
		}
		letters++;
	}
	if (upper == 0)
		return SHAPE_LOWER;
	if (upper == letters && letters > 1)
		return SHAPE_UPPER;
	return upper == 1 && first ? SHAPE_CAPITAL : SHAPE_MIXED;
}

bool
language_knows(const struct language *l, const char *s, size_t n)
{
	struct buf low = {0};
	bool known;

	if (n == 0 || n > LEXICON_LONGEST)
		return false;
	if (lexicon_knows(l->lexicon, s, n))
		return true;
	if (accepted.n > 0 && *accepted_slot(s, n) != NULL)
		return true;
	if (l->model == NULL)
		return false;
	utf8_lower(&low, s, n);
	known = model_word(l->model, low.data, low.len) >= MODEL_WORDS;
	buf_free(&low);
	return known;
}

/* The cost of a string's letters where no list has it. */
static int
spelling(const struct language *l, const struct buf *low)
{
	if (l->model == NULL)
		return (int)low->len * SPELLED;
	return model_spelling(l->model, low->data, low->len);
}

/* What it costs the first word to be written with a capital inside a sentence, or without. */
static int
case_cost(const struct language *l, uint32_t id, const char *s, size_t n)
{
	double share = (model_capital(l->model, id) + 0.5) / 256;
	enum shape shape = word_shape(s, n);

	if (shape != SHAPE_CAPITAL && shape != SHAPE_LOWER)
		return 0;
	return (int)(-log2(shape == SHAPE_CAPITAL ? share : 1 - share) * MODEL_BIT);
}

static void
read_id(const struct language *l, struct reading *r, uint32_t id, int extra)
{
	r->id[r->n++] = id;
	r->extra += extra;
	r->alone += extra + (l->model != NULL ? model_word_cost(l->model, id) : RARE);
}

static void
read_word(const struct language *l, const char *s, size_t n, struct reading *r, struct buf *low)
{
	uint32_t id = MODEL_UNKNOWN;
	size_t hyphen = 0;
	bool listed;

	buf_clear(low);
	utf8_lower(low, s, n);
	if (l->model != NULL)
		id = model_word(l->model, low->data, low->len);
	if (id >= MODEL_WORDS) {
		if (r->n == 0)
			r->inside = case_cost(l, id, s, n);
		read_id(l, r, id, 0);
		return;
	}
	listed = n <= LEXICON_LONGEST && (lexicon_knows(l->lexicon, s, n) ||
	    (accepted.n > 0 && *accepted_slot(s, n) != NULL));
	if (!listed) {
		for (hyphen = n > 2 ? 1 : n; hyphen + 1 < n && s[hyphen] != '-'; hyphen++)
			;
		if (hyphen + 1 < n && r->n + 2 <= READING_MAX) {
			r->extra += COMPOUND;
			r->alone += COMPOUND;
			read_word(l, s, hyphen, r, low);
			read_word(l, s + hyphen + 1, n - hyphen - 1, r, low);
			return;
		}
	}
	if (!listed) {
		r->known = false;
		r->capital |= r->n == 0 && word_shape(s, n) != SHAPE_LOWER;
		read_id(l, r, MODEL_UNKNOWN, spelling(l, low));
	} else {
		int cost = spelling(l, low) - LISTED;

		read_id(l, r, MODEL_UNKNOWN, cost > 0 ? cost : 0);
	}
}

void
language_read(const struct language *l, const char *s, size_t n, struct reading *r)
{
	struct tokens t = {0};
	struct buf low = {0};
	size_t i;

	memset(r, 0, sizeof(*r));
	r->known = true;
	token_cut(l->elision, s, n, &t);
	for (i = 0; i < t.n && r->n < READING_MAX; i++) {
		const struct token *k = &t.list[i];

		switch (k->kind) {
		case TOKEN_NUMBER:
		case TOKEN_MIXED:
			read_id(l, r, MODEL_NUMBER, 0);
			break;
		case TOKEN_PUNCT:
			break;
		default:
			read_word(l, s + k->off, k->len, r, &low);
		}
	}
	tokens_free(&t);
	buf_free(&low);
}
