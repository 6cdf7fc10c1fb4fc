/*
 * reading: what a string is to the model: its words, with bare capitals, ligatures, hyphens and
 * elided words taken apart, and what it costs.
 */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "buf.h"
#include "language.h"
#include "utf8.h"

#define MARKED_LEAD 0xC3	/* the first byte of all the letters that bare capitals may stand for */
#define LISTED (17 * MODEL_BIT)	/* a word of the lexicon that the model has not, at most */
#define GAZETTED (8 * MODEL_BIT)	/* a name of the gazetteer, beside being a name, at most */
#define UNLISTED (1 * MODEL_BIT)	/* a word that no list has, beside its letters */
#define SPELLED (4 * MODEL_BIT)	/* a letter of a word nobody knows, where there is no model */
#define RARE (18 * MODEL_BIT)	/* a word, where there is no model */
#define COMPOUND (4 * MODEL_BIT)	/* two words with a hyphen that nobody listed */

bool
is_misread(const char *s, size_t n)
{
	size_t letters = 0, figures = 0, i;
	uint32_t cp;

	for (i = 0; i < n;) {
		i += utf8_get(s + i, n - i, &cp);
		letters += uc_letter(cp);
		figures += uc_digit(cp);
		if (cp == '@' || cp == '/')
			return false;
	}
	return letters >= 3 && letters >= 3 * figures;
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

/* The words a string may stand for when its capitals lack diacritics, the two likeliest. */
struct bare {
	const struct language *l;
	const struct dawg *forms;
	const char *s;
	size_t n;
	char path[LEXICON_LONGEST + UTF8_MAX];
	struct {
		char form[LEXICON_LONGEST];
		size_t len;
		uint32_t id;
		int cost;
	} best[2];
	size_t nbest, steps;
};

static void
bare_found(struct bare *b, size_t len)
{
	uint32_t id = b->l->model != NULL ? model_word(b->l->model, b->path, len) : MODEL_UNKNOWN;
	int cost = id >= MODEL_WORDS ? model_word_cost(b->l->model, id) : RARE;
	size_t at = b->nbest;

	while (at > 0 && b->best[at - 1].cost > cost)
		at--;
	if (at == 2)
		return;
	if (at == 0)
		b->best[1] = b->best[0];
	memcpy(b->best[at].form, b->path, len);
	b->best[at].len = len;
	b->best[at].id = id;
	b->best[at].cost = cost;
	b->nbest += b->nbest < 2;
}

static void bare_walk(struct bare *b, uint32_t node, size_t pos, size_t len);

/* Goes on with the character cp where the lexicon has it. */
static void
bare_step(struct bare *b, uint32_t node, size_t pos, size_t len, uint32_t cp)
{
	size_t n = utf8_put(b->path + len, cp), i;

	for (i = 0; i < n && node != 0; i++)
		node = dawg_step(b->forms, node, (unsigned char)b->path[len + i]);
	if (node != 0)
		bare_walk(b, node, pos, len + n);
}

static void
bare_walk(struct bare *b, uint32_t node, size_t pos, size_t len)
{
	static const uint32_t marked[] = {0xE0, 0xE2, 0xE4, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEE, 0xEF,
		0xF4, 0xF6, 0xF9, 0xFB, 0xFC};
	uint32_t cp, low;
	size_t i;
	bool bare;

	if (pos == b->n) {
		if (dawg_final(node))
			bare_found(b, len);
		return;
	}
	if (len + UTF8_MAX > LEXICON_LONGEST || b->steps++ > 2000)
		return;
	pos += utf8_get(b->s + pos, b->n - pos, &cp);
	low = uc_tolower(cp);
	bare_step(b, node, pos, len, low);
	bare = low != cp && low < 0x80 && dawg_step(b->forms, node, MARKED_LEAD) != 0;
	for (i = 0; bare && i < sizeof(marked) / sizeof(*marked); i++)
		if (uc_base(marked[i]) == low)
			bare_step(b, node, pos, len, marked[i]);
}

/* Puts œ for the first oe of low; false where there is none. */
static bool
with_ligature(const char *s, size_t n, struct buf *out)
{
	size_t i;

	for (i = 0; i + 1 < n; i++)
		if (s[i] == 'o' && s[i + 1] == 'e') {
			buf_add(out, s, i);
			buf_adds(out, "œ");
			buf_add(out, s + i + 2, n - i - 2);
			return true;
		}
	return false;
}

/* The cost of a string's letters where no list has it; something above most where it is more. */
static int
spelling(const struct language *l, const struct buf *low, int most)
{
	if (l->model == NULL)
		return (int)low->len * SPELLED;
	return model_spelling(l->model, low->data, low->len, most);
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

/* A string that is no word. */
static void
read_unlisted(const struct language *l, struct reading *r, const char *s, size_t n)
{
	struct buf low = {0};

	utf8_lower(&low, s, n);
	read_id(l, r, MODEL_UNKNOWN, spelling(l, &low, INT_MAX) + UNLISTED);
	r->known = false;
	buf_free(&low);
}

/* What a word without clitics, punctuation and hyphens is. */
struct word {
	struct buf low;	/* in lower case, as the model has it */
	uint32_t id;
	bool listed, gazetted;	/* in the lexicon; a name in its gazetteer */
};

/* Takes what the string may stand for when its capitals are bare, number nth of them. */
static bool
word_bare(const struct language *l, const char *s, size_t n, size_t nth, struct word *w)
{
	struct bare b = {.l = l, .forms = lexicon_forms(l->lexicon), .s = s, .n = n};

	if (n > LEXICON_LONGEST)
		return false;
	bare_walk(&b, b.forms->root, 0, 0);
	if (b.nbest <= nth || (nth > 0 && b.best[nth].id < MODEL_WORDS))
		return false;
	buf_clear(&w->low);
	buf_add(&w->low, b.best[nth].form, b.best[nth].len);
	w->id = b.best[nth].id;
	w->listed = true;
	return true;
}

static bool
word_find(const struct language *l, const char *s, size_t n, bool other, struct word *w)
{
	struct buf joined = {0};
	bool lower;

	buf_clear(&w->low);
	utf8_lower(&w->low, s, n);
	lower = w->low.len == n && memcmp(w->low.data, s, n) == 0;
	if (lower && other)
		return false;
	w->id = l->model != NULL ? model_word(l->model, w->low.data, w->low.len) : MODEL_UNKNOWN;
	w->listed = language_knows(l, s, n);
	w->gazetted = word_shape(s, n) != SHAPE_LOWER && language_gazettes(l, s, n);
	if (!w->listed && word_shape(s, n) == SHAPE_MIXED) {
		w->id = MODEL_UNKNOWN;
		return !other;
	}
	if (!lower && word_bare(l, s, n, other, w))
		return true;
	if (other)
		return false;
	if (!w->listed && with_ligature(w->low.data, w->low.len, &joined) &&
	    language_knows(l, joined.data, joined.len)) {
		w->listed = true;
		if (l->model != NULL)
			w->id = model_word(l->model, joined.data, joined.len);
	}
	buf_free(&joined);
	return true;
}

static bool read_word(const struct language *l, const char *s, size_t n, bool other,
    struct reading *r);

/* A word with a hyphen that the model has not: its parts, one after the other. */
static bool
read_compound(const struct language *l, const char *s, size_t n, bool listed, struct reading *r)
{
	size_t hyphen;
	bool known = r->known;
	int cost = listed ? MODEL_BIT : COMPOUND;

	for (hyphen = 1; hyphen + 1 < n && s[hyphen] != '-'; hyphen++)
		;
	if (hyphen + 1 >= n || r->n + 2 > READING_MAX)
		return false;
	r->extra += cost;
	r->alone += cost;
	read_word(l, s, hyphen, false, r);
	read_word(l, s + hyphen + 1, n - hyphen - 1, false, r);
	if (listed)
		r->known = known;
	return true;
}

/* What a word costs that the model never saw, beyond being such a word. */
static int
unseen_cost(const struct language *l, const struct word *w)
{
	int most = w->gazetted ? GAZETTED : LISTED, cost;

	if (!w->listed)
		return spelling(l, &w->low, INT_MAX) + UNLISTED;
	cost = spelling(l, &w->low, most);
	return cost < most ? cost : most;
}

/* Whether the model has seen a word so seldom that it would rather have it unseen. */
static bool
is_rarer_than_unseen(const struct language *l, const struct word *w)
{
	int more = model_word_cost(l->model, w->id) - model_word_cost(l->model, MODEL_UNKNOWN);

	return w->listed && more > 0 && ((w->gazetted ? GAZETTED : LISTED) < more ||
	    spelling(l, &w->low, more) < more);
}

static bool
read_word(const struct language *l, const char *s, size_t n, bool other, struct reading *r)
{
	struct word w = {0};
	bool found = n > 0 && r->n < READING_MAX && word_find(l, s, n, other, &w);

	if (!found || (w.id < MODEL_WORDS && read_compound(l, s, n, w.listed, r))) {
		buf_free(&w.low);
		return found;
	}
	r->known &= w.listed;
	if (w.id >= MODEL_WORDS && !is_rarer_than_unseen(l, &w)) {
		if (r->n == 0)
			r->inside = case_cost(l, w.id, s, n);
		read_id(l, r, w.id, 0);
	} else {
		r->capital |= (!w.listed || w.gazetted) && r->n == 0 && word_shape(s, n) != SHAPE_LOWER;
		read_id(l, r, MODEL_UNKNOWN, unseen_cost(l, &w));
	}
	buf_free(&w.low);
	return true;
}

/* What the capital of s[0..n), or none, costs where word i of a reading begins with it. */
static void
read_capital(const struct language *l, struct reading *r, size_t i, const char *s, size_t n)
{
	int cost;

	if (r->id[i - 1] == MODEL_START || r->id[i] < MODEL_WORDS)
		return;
	cost = case_cost(l, r->id[i], s, n);
	r->extra += cost;
	r->alone += cost;
}

/* A sign inside a string: it may bound a sentence there, or be one that stands at no letter. */
static void
read_sign(struct reading *r, const char *s, const struct tokens *t, size_t i)
{
	const struct token *k = &t->list[i];
	uint32_t cp;

	if (t->n == 1)
		return;
	if (token_stray(s + k->off, k->len)) {
		r->known = false;
		r->extra += STRAY;
		r->alone += STRAY;
	} else if (i > 0 && i + 1 < t->n && t->list[i + 1].space && s[k->off] == '.') {
		utf8_get(s + t->list[i + 1].off, t->list[i + 1].len, &cp);
		if (uc_upper(cp))
			r->id[r->n++] = MODEL_START;
	}
}

bool
language_read(const struct language *l, const char *s, size_t n, bool other, struct reading *r)
{
	static struct tokens t;	/* kept from call to call */
	bool found = true;
	size_t i;

	memset(r, 0, sizeof(*r));
	r->known = true;
	token_cut(l->elision, s, n, &t);
	if (other && t.n != 1)
		return false;
	for (i = 0; i < t.n && r->n < READING_MAX; i++) {
		const struct token *k = &t.list[i];

		if (k->kind == TOKEN_MIXED && is_misread(s + k->off, k->len)) {
			read_unlisted(l, r, s + k->off, k->len);
		} else if (k->kind == TOKEN_NUMBER || k->kind == TOKEN_MIXED) {
			read_id(l, r, MODEL_NUMBER, 0);
			r->known &= k->kind == TOKEN_NUMBER;
		} else if (k->kind == TOKEN_PUNCT) {
			read_sign(r, s, &t, i);
		} else {
			size_t n0 = r->n;

			found &= read_word(l, s + k->off, k->len, other, r);
			if (k->space && n0 > 0 && n0 < r->n)
				read_capital(l, r, n0, s + k->off, k->len);
		}
	}
	return found;
}
