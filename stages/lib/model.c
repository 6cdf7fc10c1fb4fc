/*
 * model: reads the word model of a language from a mapped file (see model.h).  It answers what a
 * word costs; it never learns: gen/ngrams did.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dawg.h"
#include "model.h"
#include "table.h"
#include "utf8.h"

enum { LETTER_EDGE, LETTER_OTHER, LETTERS };	/* symbols of the spelling; letters follow */

/* A hash table of n-grams: the starts of its buckets, then its cells. */
struct grams {
	const unsigned char *start, *cell;
	int bits, shift;	/* of the key; of the key's low bits in the cell */
	int low;		/* how many low bits a cell holds */
	uint32_t n;
};

struct model {
	struct dawg words;
	const unsigned char *record;	/* of each id, four bytes */
	struct grams pair, triple, run;
	const unsigned char *letter, *spelling, *back;
	uint32_t size, nletter;
	char print[MODEL_PRINT + 1];
};

/* What a file is read from, piece by piece. */
struct pieces {
	const unsigned char *p;
	size_t left;
	bool good;
};

static const unsigned char *
piece(struct pieces *f, size_t n)
{
	const unsigned char *p = f->p;

	if (n > f->left) {
		f->good = false;
		return p;
	}
	f->p += n;
	f->left -= n;
	return p;
}

static void
grams_read(struct grams *g, struct pieces *f, uint32_t buckets, uint32_t n, int bits, int shift)
{
	f->good &= buckets < 24 && (int)buckets < bits && n < 1u << 24;
	if (!f->good)
		return;
	g->bits = bits;
	g->shift = shift;
	g->low = bits - (int)buckets;
	g->n = n;
	g->start = piece(f, (((size_t)1 << buckets) + 1) * 4);
	g->cell = piece(f, (size_t)n * 4);
}

/* Takes the tables out of a file of n bytes; false where it is not a model, whole. */
static bool
file_read(struct model *m, const unsigned char *p, size_t n)
{
	struct pieces f = {p, n, true};
	const unsigned char *head = piece(&f, MODEL_HEAD);
	struct dawg *d = &m->words;

	if (!f.good || memcmp(head, MODEL_MAGIC, 8) != 0 || dawg_u32(head, 2) != MODEL_VERSION)
		return false;
	d->root = dawg_u32(head, 3);
	d->nedge = dawg_u32(head, 4);
	d->count = dawg_u32(head, 5);
	m->nletter = dawg_u32(head, 10);
	m->size = d->count + MODEL_WORDS;
	if (d->nedge > DAWG_EDGES || d->root >> 1 >= d->nedge || m->nletter + LETTERS > 1u << LETTER_BITS ||
	    d->count > 1u << MODEL_ID_BITS)
		return false;
	memcpy(m->print, head + 56, MODEL_PRINT);
	d->edge = piece(&f, (size_t)d->nedge * 4);
	d->skip = piece(&f, (size_t)d->nedge * 4);
	if (f.good)
		dawg_ready(d);
	m->record = piece(&f, (size_t)m->size * 4);
	grams_read(&m->pair, &f, dawg_u32(head, 6), dawg_u32(head, 7), MODEL_PAIR_BITS, 15);
	grams_read(&m->triple, &f, dawg_u32(head, 8), dawg_u32(head, 9), MODEL_TRIPLE_BITS, 8);
	grams_read(&m->run, &f, dawg_u32(head, 11), dawg_u32(head, 12), MODEL_LETTERS_BITS, 8);
	m->letter = piece(&f, (size_t)m->nletter * 4);
	n = m->nletter + LETTERS;
	m->spelling = piece(&f, n * n * n);
	m->back = piece(&f, n * n * n);
	return f.good && f.left == 0;
}

struct model *
model_open_file(const char *path)
{
	size_t n;
	const void *p = map_file(path, &n);
	struct model *m;

	if (p == NULL)
		return NULL;
	m = mem_alloc(sizeof(*m));
	*m = (struct model) {0};
	if (!file_read(m, p, n)) {
		free(m);
		errno = EINVAL;
		return NULL;
	}
	return m;
}

struct model *
model_open(const char *lang)
{
	struct buf name = {0};
	struct model *m;
	char *path;

	buf_addf(&name, "models/%s.lm", lang);
	path = dict_path(buf_str(&name));
	m = model_open_file(path);
	buf_free(&name);
	free(path);
	return m;
}

void
model_close(struct model *m)
{
	free(m);
}

size_t
model_size(const struct model *m)
{
	return m->size;
}

const char *
model_fingerprint(const struct model *m)
{
	return m->print;
}

/* A full stop behind one of these, or behind a single letter, ends no sentence. */
static bool
is_abbreviation(const char *s, size_t n)
{
	static const char *const list[] = {"mr", "mrs", "ms", "dr", "st", "mm", "mme", "mlle", "no",
	    "art", "vs", "znj"};
	uint32_t cp;

	if (n > 0 && utf8_get(s, n, &cp) == n)
		return uc_letter(cp);
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
		if (strlen(list[i]) == n && memcmp(list[i], s, n) == 0)
			return true;
	return false;
}

uint32_t
model_sign(const char *s, size_t n, const char *before, size_t nbefore, bool lower_next)
{
	bool pause = false;
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		i += utf8_get(s + i, n - i, &cp);
		if (cp == '!' || cp == '?' || cp == 0x2026)
			return lower_next ? MODEL_PAUSE : MODEL_START;
		if (cp == '.' && !is_abbreviation(before, nbefore))
			return lower_next ? MODEL_PAUSE : MODEL_START;
		pause |= cp == ',' || cp == ';' || cp == ':' || (cp >= 0x2012 && cp <= 0x2015);
		pause |= cp == '-' && n > 1;
	}
	return pause || (n == 1 && *s == '-') ? MODEL_PAUSE : MODEL_NONE;
}

/* Is the next token behind number i that is no sign a word in lower case? */
static bool
lower_next(const struct tokens *t, size_t i, const char *s)
{
	uint32_t cp;

	while (++i < t->n)
		if (t->list[i].kind != TOKEN_PUNCT) {
			utf8_get(s + t->list[i].off, t->list[i].len, &cp);
			return uc_lower(cp);
		}
	return false;
}

/* A text on its way to who reads it. */
struct reading {
	model_fn *see;
	void *ctx;
	uint32_t last;		/* what was shown */
	struct buf form, low;	/* of the token; of the word before, lower-case */
};

static void
sign_see(struct reading *r, uint32_t sign)
{
	bool bound = sign == MODEL_START || sign == MODEL_PAUSE;

	if (sign == MODEL_NONE || (bound && (r->last == MODEL_START || r->last == sign)))
		return;
	r->last = sign;
	r->see(r->ctx, sign, NULL, 0, false);
}

static void
word_see(struct reading *r, const char *s, size_t n)
{
	uint32_t cp;

	buf_clear(&r->form);
	buf_clear(&r->low);
	token_form(&r->form, s, n);
	if (r->form.len == 0)
		return;
	utf8_get(r->form.data, r->form.len, &cp);
	utf8_lower(&r->low, r->form.data, r->form.len);
	r->last = MODEL_WORDS;
	r->see(r->ctx, MODEL_WORDS, r->low.data, r->low.len, uc_upper(cp));
}

void
model_text(const struct elision *e, const char *s, size_t n, model_fn *see, void *ctx)
{
	struct reading r = {.see = see, .ctx = ctx, .last = MODEL_START};
	struct tokens t = {0};

	token_cut(e, s, n, &t);
	for (size_t i = 0; i < t.n; i++) {
		const char *p = s + t.list[i].off;
		size_t len = t.list[i].len;

		switch (t.list[i].kind) {
		case TOKEN_PUNCT:
			sign_see(&r, model_sign(p, len, r.low.data, r.low.len, lower_next(&t, i, s)));
			break;
		case TOKEN_NUMBER:
		case TOKEN_MIXED:
			buf_clear(&r.low);
			sign_see(&r, MODEL_NUMBER);
			break;
		default:
			word_see(&r, p, len);
		}
	}
	sign_see(&r, MODEL_START);
	buf_free(&r.form);
	buf_free(&r.low);
	tokens_free(&t);
}

uint32_t
model_word(const struct model *m, const char *s, size_t n)
{
	long i = dawg_index(&m->words, s, n);

	return i < 0 ? MODEL_UNKNOWN : MODEL_WORDS + (uint32_t)i;
}

size_t
model_form(const struct model *m, uint32_t w, char *out, size_t cap)
{
	return w < MODEL_WORDS ? 0 : dawg_string(&m->words, (long)w - MODEL_WORDS, out, cap);
}

/* Finds key: its cell's number into *at and its cell into *cell, or false. */
static inline bool
gram_find(const struct grams *g, uint64_t key, uint32_t *at, uint32_t *cell)
{
	uint64_t h = model_scramble(key, g->bits);
	uint32_t bucket = (uint32_t)(h >> g->low), i = dawg_u32(g->start, bucket);
	uint32_t end = dawg_u32(g->start, bucket + 1);
	uint32_t low = (uint32_t)(h & (((uint64_t)1 << g->low) - 1));

	for (; i < end; i++) {
		uint32_t c = dawg_u32(g->cell, i), found = c >> g->shift;

		if (found >= low) {
			*at = i;
			*cell = c;
			return found == low;
		}
	}
	return false;
}

static inline int
record_cost(const struct model *m, uint32_t w)
{
	const unsigned char *r = m->record + (size_t)w * 4;

	return r[0] | r[1] << 8;
}

static inline uint64_t
pair_key(uint32_t w1, uint32_t w2)
{
	return (uint64_t)w1 << MODEL_ID_BITS | w2;
}

/* The cost of w2 after w1; whether the pair stands in the table is told in *seen. */
static inline int
pair_cost(const struct model *m, uint32_t w1, uint32_t w2, bool *seen)
{
	uint32_t at, cell;

	*seen = gram_find(&m->pair, pair_key(w1, w2), &at, &cell);
	if (*seen)
		return (int)(cell >> 7 & 0xff) * (MODEL_BIT / 8);
	return (m->record[(size_t)w1 * 4 + 2] - MODEL_BACK) * (MODEL_BIT / 8) + record_cost(m, w2);
}

/* The cost of w3 after w1 w2, and the longest run that was found. */
static inline int
run_cost(const struct model *m, uint32_t w1, uint32_t w2, uint32_t w3, int *order)
{
	uint32_t at, cell, number;
	int cost, back = 0;
	bool seen;

	if (w2 == MODEL_START)
		w1 = MODEL_START;
	if (gram_find(&m->pair, pair_key(w1, w2), &number, &cell)) {
		back = (int)(cell & 0x7f) - MODEL_BACK;
		if (gram_find(&m->triple, (uint64_t)number << MODEL_ID_BITS | w3, &at, &cell)) {
			*order = 3;
			return (int)(cell & 0xff) * (MODEL_BIT / 8);
		}
	}
	cost = back * (MODEL_BIT / 8) + pair_cost(m, w2, w3, &seen);
	*order = seen ? 2 : 1;
	return cost > 0 ? cost : 0;
}

int
model_cost(const struct model *m, uint32_t w1, uint32_t w2, uint32_t w3)
{
	int order;

	return run_cost(m, w1, w2, w3, &order);
}

int
model_order(const struct model *m, uint32_t w1, uint32_t w2, uint32_t w3)
{
	int order;

	run_cost(m, w1, w2, w3, &order);
	return order;
}

struct model_place
model_begin(void)
{
	return (struct model_place) {.word = MODEL_START};
}

int
model_step(const struct model *m, struct model_place at, uint32_t w, struct model_place *to)
{
	uint32_t cell, number;
	bool pair = gram_find(&m->pair, pair_key(at.word, w), &number, &cell);
	int cost;

	*to = (struct model_place) {.word = w};
	if (pair && w != MODEL_START) {
		to->pair = number + 1;
		to->back = (int)(cell & 0x7f) - MODEL_BACK;
	}
	if (pair)
		cost = (int)(cell >> 7 & 0xff);
	else
		cost = m->record[(size_t)at.word * 4 + 2] - MODEL_BACK;
	cost += at.back;
	if (at.pair != 0 && gram_find(&m->triple,
	    (uint64_t)(at.pair - 1) << MODEL_ID_BITS | w, &number, &cell))
		return (int)(cell & 0xff) * (MODEL_BIT / 8);
	cost = cost * (MODEL_BIT / 8) + (pair ? 0 : record_cost(m, w));
	return cost > 0 ? cost : 0;
}

int
model_word_cost(const struct model *m, uint32_t w)
{
	return record_cost(m, w);
}

int
model_capital(const struct model *m, uint32_t w)
{
	return m->record[(size_t)w * 4 + 3];
}

static size_t
letter_symbol(const struct model *m, uint32_t cp)
{
	size_t from = 0, to = m->nletter;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (dawg_u32(m->letter, (uint32_t)mid) < cp)
			from = mid + 1;
		else
			to = mid;
	}
	return from < m->nletter && dawg_u32(m->letter, (uint32_t)from) == cp ? LETTERS + from :
	    LETTER_OTHER;
}

/* The cost of symbol d after a b c, in 1/8 bit. */
static int
letter_cost(const struct model *m, size_t a, size_t b, size_t c, size_t d)
{
	size_t size = m->nletter + LETTERS;
	uint32_t key = (uint32_t)(((a << LETTER_BITS | b) << LETTER_BITS | c) << LETTER_BITS | d);
	uint32_t at, cell;

	if (gram_find(&m->run, key, &at, &cell))
		return (int)(cell & 0xff);
	return m->back[(a * size + b) * size + c] + m->spelling[(b * size + c) * size + d];
}

int
model_spelling(const struct model *m, const char *s, size_t n, int most)
{
	size_t a = LETTER_EDGE, b = LETTER_EDGE, c = LETTER_EDGE, d;
	int cost = 0;
	uint32_t cp;

	most /= MODEL_BIT / 8;
	for (size_t i = 0; i < n && cost <= most; a = b, b = c, c = d) {
		i += utf8_get(s + i, n - i, &cp);
		d = letter_symbol(m, cp);
		cost += letter_cost(m, a, b, c, d);
	}
	cost += letter_cost(m, a, b, c, LETTER_EDGE);
	return cost * (MODEL_BIT / 8);
}
