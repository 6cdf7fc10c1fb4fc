/*
 * lattice: builds the arcs of a passage.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "lattice.h"
#include "utf8.h"

#define MARKED (14 * MODEL_BIT)	/* a word costs less alone that figures behind it may mark */
#define PIECE 4	/* characters of a word that is not likely to be a piece of another */

/* What the words of punctuation are to the model. */
static const struct reading none = {.n = 0, .known = true};
static const struct reading pause_ = {.id = {MODEL_PAUSE}, .n = 1, .known = true};
static const struct reading bound = {.id = {MODEL_START}, .n = 1, .known = true};
static const struct reading stray = {.n = 0, .known = true, .extra = STRAY, .alone = STRAY};
static const struct reading number = {.id = {MODEL_NUMBER}, .n = 1, .known = true};

static struct arc *
arc_add(struct lattice *x, size_t from, size_t to)
{
	x->arc = mem_more(x->arc, x->n, &x->cap, sizeof(*x->arc));
	x->arc[x->n] = (struct arc){.from = (uint32_t)from, .to = (uint32_t)to};
	return &x->arc[x->n++];
}

size_t
passage_line(const struct passage *p, size_t off)
{
	size_t low = 0, high = p->nlines;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (p->line[mid] <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The first token behind number i that is no sign; the number of tokens where there is none. */
static size_t
word_behind(const struct passage *p, size_t i)
{
	while (++i < p->tokens.n && p->tokens.list[i].kind == TOKEN_PUNCT)
		;
	return i;
}

/* Whether token i is there and begins with a small letter. */
static bool
begins_lower(const struct passage *p, size_t i)
{
	uint32_t cp;

	if (i == p->tokens.n)
		return false;
	utf8_get(p->s + p->tokens.list[i].off, p->tokens.list[i].len, &cp);
	return uc_lower(cp);
}

/* Whether token i is a sign that touches the word before or behind it, as no writer has it. */
static bool
is_stray(const struct passage *p, size_t i)
{
	const struct token *t = &p->tokens.list[i];

	return t->kind == TOKEN_PUNCT && token_stray(p->s + t->off, t->len) &&
	    ((i > 0 && !t->space && t[-1].kind == TOKEN_WORD) ||
	    (i + 1 < p->tokens.n && !t[1].space && t[1].kind == TOKEN_WORD));
}

/* What the sign at token i is to the model; lower: the next word begins with a small letter. */
static const struct reading *
sign_reading(const struct passage *p, size_t i, bool lower, struct buf *low)
{
	const struct token *t = &p->tokens.list[i];
	uint32_t id;

	if (is_stray(p, i))
		return &stray;
	buf_clear(low);
	if (i > 0 && memchr(p->s + t->off, '.', t->len) != NULL)
		utf8_lower(low, p->s + t[-1].off, t[-1].len);
	id = model_sign(p->s + t->off, t->len, low->data, low->len, lower);
	return id == MODEL_START ? &bound : id == MODEL_PAUSE ? &pause_ : &none;
}

/* Whether a token is a common word with figures behind it, as the marks of notes stand. */
static bool
is_marked(const struct language *l, const struct passage *p, const struct token *t)
{
	size_t n = t->len;
	struct reading r;

	while (n > 0 && p->s[t->off + n - 1] >= '0' && p->s[t->off + n - 1] <= '9')
		n--;
	if (n == t->len || !language_knows(l, p->s + t->off, n))
		return false;
	language_read(l, p->s + t->off, n, false, &r);
	return r.alone < MARKED;
}

static bool
is_word(const struct passage *p, const struct token *t)
{
	return t->kind == TOKEN_WORD || t->kind == TOKEN_CLITIC ||
	    (t->kind == TOKEN_MIXED && is_misread(p->s + t->off, t->len));
}

/* The offset, in s[off..off+n), of a hyphen with the start of a line behind it; n for none. */
static size_t
line_hyphen(const struct passage *p, size_t off, size_t n)
{
	size_t i;

	for (i = passage_line(p, off); i < p->nlines && p->line[i] < off + n; i++)
		if (p->s[p->line[i] - 1] == '-')
			return p->line[i] - 1 - off;
	return n;
}

/* Whether a stretch that is left alone reaches into s[off..off+n). */
bool
passage_kept(const struct passage *p, size_t off, size_t n)
{
	size_t low = 0, high = p->nkeep;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (p->keep[mid].to <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low < p->nkeep && p->keep[low].from < off + n;
}

/* Arcs for each choice of type t; what was merged is not split again elsewhere. */
static void
add_choices(struct lattice *x, const struct type *t, size_t from, size_t to, uint16_t edit)
{
	size_t i;

	for (i = 0; i < t->nchoices; i++) {
		struct arc *a;

		if (edit == RULE_MERGE &&
		    memchr(t->choice[i].form, ' ', t->choice[i].len) != NULL)
			continue;
		a = arc_add(x, from, to);
		a->type = t;
		a->choice = &t->choice[i];
		a->reading = &t->choice[i].reading;
		a->edit = edit;
	}
}

/* The token stays: the first of its arcs.  lower: the next word begins with a small letter. */
static struct type *
add_same(struct lattice *x, struct vocabulary *v, const struct passage *p, size_t i, bool lower)
{
	const struct token *t = &p->tokens.list[i];
	struct arc *a = arc_add(x, i, i + 1);
	struct type *type;

	if (t->kind == TOKEN_PUNCT) {
		a->reading = sign_reading(p, i, lower, &x->form);
		return NULL;
	}
	if (t->kind == TOKEN_NUMBER) {
		a->reading = &number;
		return NULL;
	}
	if (p->type[i] == NULL) {
		buf_clear(&x->form);
		token_form(&x->form, p->s + t->off, t->len);
		p->type[i] = vocabulary_get(v, x->form.data, x->form.len,
		    line_hyphen(p, t->off, t->len));
	}
	type = p->type[i];
	a->type = type;
	a->reading = &type->reading;
	if (type->other != NULL) {
		a = arc_add(x, i, i + 1);
		a->type = type;
		a->reading = type->other;
	}
	return type;
}

/* What the token itself may stand for. */
static void
add_single(struct lattice *x, struct vocabulary *v, const struct passage *p, size_t i,
    const struct type *t)
{
	const struct token *k = &p->tokens.list[i];

	if (k->kind == TOKEN_CLITIC || passage_kept(p, k->off, k->len))
		return;
	vocabulary_search(v, (struct type *)t);
	add_choices(x, t, i, i + 1, 0);
}

/* Whether token i may be a piece of a broken word: it is short, or nobody knows it. */
static bool
is_piece(const struct vocabulary *v, const struct passage *p, size_t i)
{
	const struct token *t = &p->tokens.list[i];

	return utf8_count(p->s + t->off, t->len) < PIECE ||
	    !language_knows(vocabulary_language(v), p->s + t->off, t->len);
}

/* What tokens i to end, written together or with spaces between, may stand for as one word. */
static void
add_group(struct lattice *x, struct vocabulary *v, const struct passage *p, size_t i, size_t end,
    bool any_unknown)
{
	const struct token *last = &p->tokens.list[end - 1];
	bool spaced = false;
	size_t k, off = p->tokens.list[i].off, len = last->off + last->len - off;
	struct type *t;

	if (passage_kept(p, off, len) || len > FORM_MAX)
		return;
	buf_clear(&x->form);
	for (k = i; k < end; k++) {
		spaced |= k > i && p->tokens.list[k].space;
		token_form(&x->form, p->s + p->tokens.list[k].off, p->tokens.list[k].len);
	}
	if (spaced && !any_unknown &&
	    !language_knows(vocabulary_language(v), x->form.data, x->form.len))
		return;
	t = vocabulary_get(v, x->form.data, x->form.len,
	    spaced ? x->form.len : line_hyphen(p, off, len));
	if (spaced && t->reading.known && t->reading.n == 1) {
		struct arc *a = arc_add(x, i, end);

		a->type = t;
		a->reading = &t->reading;
		a->edit = RULE_MERGE;
	}
	if (!spaced || (any_unknown && !t->reading.known && is_piece(v, p, end - 1))) {
		vocabulary_search(v, t);
		add_choices(x, t, i, end, spaced ? RULE_MERGE : 0);
	}
}

/* Whether a line begins between the tokens a and b. */
static bool
line_between(const struct passage *p, const struct token *a, const struct token *b)
{
	size_t i = passage_line(p, a->off + a->len - 1);

	return i < p->nlines && p->line[i] <= b->off;
}

/*
 * Whether a word of shape x and, with a space between, b may be one word, as their capitals go.  A
 * capital alone before capitals may be an initial, or one that was set large and apart: it stays.
 */
static bool
may_merge(const struct passage *p, enum shape x, const struct token *b)
{
	enum shape y = word_shape(p->s + b->off, b->len);

	return y == SHAPE_LOWER || (x == SHAPE_UPPER &&
	    (y == SHAPE_UPPER || (y == SHAPE_CAPITAL && b->len == 1)));
}

static void
add_groups(struct lattice *x, struct vocabulary *v, const struct passage *p, size_t i,
    const struct type *first)
{
	const struct language *l = vocabulary_language(v);
	const struct token *t = p->tokens.list;
	bool unknown = !first->reading.known;
	size_t end;

	for (end = i + 1; end < p->tokens.n && end < i + ARC_MAX; end++) {
		if (t[end].kind == TOKEN_CLITIC && !t[end].space && t[i].kind == TOKEN_WORD) {
			if (p->s[t[end].off] != '-' && !unknown)
				return;
			if (end + 1 == p->tokens.n || t[end + 1].kind != TOKEN_CLITIC ||
			    t[end + 1].space)
				add_group(x, v, p, i, end + 1, unknown);
			continue;
		}
		if (end > i + 1 || !t[end].space || t[end].kind != TOKEN_WORD ||
		    t[i].kind != TOKEN_WORD ||
		    (!unknown && !language_goes_on(l, &first->stem, p->s + t[end].off, t[end].len)) ||
		    line_between(p, &t[i], &t[end]) || !may_merge(p, first->shape, &t[end]))
			return;
		add_group(x, v, p, i, end + 1, unknown);
		return;
	}
}

/* A stray sign at token i with the word behind it, or the word there with the sign behind it. */
static void
add_strays(struct lattice *x, struct vocabulary *v, const struct passage *p, size_t i)
{
	const struct token *t = &p->tokens.list[i];
	size_t n = p->tokens.n;

	if (t->kind == TOKEN_PUNCT) {
		if (is_stray(p, i) && i + 1 < n && !t[1].space && t[1].kind == TOKEN_WORD)
			add_group(x, v, p, i, i + 2, true);
	} else if (t->kind == TOKEN_WORD && i + 1 < n && !t[1].space && is_stray(p, i + 1)) {
		add_group(x, v, p, i, i + 2, true);
	}
}

void
lattice_build(struct lattice *x, struct vocabulary *v, const struct passage *p, bool study)
{
	size_t i, n = p->tokens.n, behind = 0;
	bool lower = false;

	x->n = 0;
	if (n + 1 > x->capfirst) {
		x->capfirst = n + 1;
		x->first = mem_grow(x->first, x->capfirst * sizeof(*x->first));
	}
	for (i = 0; i < n; i++) {
		struct type *t;

		if (i >= behind) {
			behind = word_behind(p, i);
			lower = begins_lower(p, behind);
		}
		x->first[i] = x->n;
		t = add_same(x, v, p, i, lower);
		if (t != NULL)
			t->count += study;
		add_strays(x, v, p, i);
		if (t == NULL || !is_word(p, &p->tokens.list[i]) || (study && t->reading.known) ||
		    is_marked(vocabulary_language(v), p, &p->tokens.list[i]))
			continue;
		add_single(x, v, p, i, t);
		add_groups(x, v, p, i, t);
	}
	x->first[n] = x->n;
}

void
lattice_weigh(struct lattice *x, const struct channel *c)
{
	size_t i, k;

	for (i = 0; i < x->n; i++) {
		struct arc *a = &x->arc[i];

		a->cost = a->edit ? c->rule[a->edit].cost : 0;
		if (a->edit != 0 || a->choice != NULL)
			a->cost += c->calm;
		for (k = 0; a->choice != NULL && k < a->choice->nedits; k++)
			a->cost += c->rule[a->choice->edit[k]].cost;
	}
}

void
lattice_free(struct lattice *x)
{
	free(x->arc);
	free(x->first);
	buf_free(&x->form);
	memset(x, 0, sizeof(*x));
}
