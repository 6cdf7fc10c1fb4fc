/*
 * posterior: features of decisions, and their weights.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "msg.h"
#include "posterior.h"
#include "table.h"
#include "utf8.h"

#define COMMON (14 * MODEL_BIT)	/* a capitalised word that costs more alone is taken for no other */

#define JOINED (17 * MODEL_BIT)	/* a word that costs more alone may be two with a hyphen */

struct calibration {
	int weight[KINDS][FEATURES];	/* in hundredths */
};

static const char *const kind_names[KINDS] = {"realword", "word", "realmarks", "marks",
	"split", "merge", "hyphen"};
static const char *const feature_names[FEATURES] = {"bias", "odds", "sure", "channel", "rarity",
	"strange", "parts", "capital", "upper", "short", "support", "company", "noise",
	"generic", "first", "signs", "habit", "isolated", "again"};

const char *
decision_kind_name(enum decision_kind kind)
{
	return kind_names[kind];
}

const char *
feature_name(enum feature f)
{
	return feature_names[f];
}

static size_t
name_find(const char *const *names, size_t n, const char *s)
{
	size_t i;

	for (i = 0; i < n && strcmp(names[i], s) != 0; i++)
		;
	return i;
}

static void
weight_add(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	struct calibration *c = ctx;
	size_t k = KINDS, f = FEATURES;

	if (n == 3) {
		k = name_find(kind_names, KINDS, field[0]);
		f = name_find(feature_names, FEATURES, field[1]);
	}
	if (k == KINDS || f == FEATURES) {
		msg(MSG_WARNING, file, line, "no weight of a decision", "%s", field[0]);
		return;
	}
	c->weight[k][f] = (int)lround(strtod(field[2], NULL) * 100);
}

struct calibration *
calibration_open(const char *lang)
{
	struct calibration *c = mem_alloc(sizeof(*c));
	const char *const names[] = {lang, "common"};
	size_t i;

	memset(c, 0, sizeof(*c));
	for (i = 0; i < 2; i++) {
		struct buf name = {0};
		char *path;
		int got;

		buf_addf(&name, "calibration/%s.tsv", names[i]);
		path = dict_path(buf_str(&name));
		got = table_read(path, weight_add, c);
		free(path);
		buf_free(&name);
		if (got == 0)
			return c;
	}
	free(c);
	return NULL;
}

static int
clip(int x, int low, int high)
{
	return x < low ? low : x > high ? high : x;
}

/* A cost in units of so many bits, in hundredths. */
static int
in_bits(int cost, int bits)
{
	return cost * 100 / (bits * MODEL_BIT);
}

static bool
has_edit(const struct arc *a, uint16_t rule)
{
	size_t i;

	for (i = 0; a->choice != NULL && i < a->choice->nedits; i++)
		if (a->choice->edit[i] == rule)
			return true;
	return a->edit != 0 && a->edit == rule;
}

/* Whether a choice has the same letters, but for their diacritics. */
static bool
marks_only(const struct choice *c)
{
	size_t i;

	for (i = 0; c != NULL && i < c->nedits; i++)
		if (c->edit[i] != RULE_LOST && c->edit[i] != RULE_SWAPPED &&
		    c->edit[i] != RULE_GAINED)
			return false;
	return c != NULL;
}

static enum decision_kind
kind_of(const struct arc *a)
{
	if (a->edit == RULE_MERGE)
		return KIND_MERGE;
	if (has_edit(a, RULE_HYPHEN) || has_edit(a, RULE_LINE))
		return KIND_HYPHEN;
	if (has_edit(a, RULE_SPLIT))
		return KIND_SPLIT;
	if (marks_only(a->choice))
		return a->type->reading.known ? KIND_REALMARKS : KIND_MARKS;
	return a->type->reading.known ? KIND_REALWORD : KIND_WORD;
}

/* The share of words known among the two on either side, in hundredths. */
static int
company(const struct arc *a, const struct passage *p, const struct lattice *x)
{
	size_t n = 0, known = 0, i;
	int side;

	for (side = 0; side < 2; side++) {
		size_t seen = 0;

		for (i = side ? a->to : a->from; seen < 2 && (side ? i < p->tokens.n : i > 0);
		    i += side ? 1 : (size_t)-1) {
			const struct arc *b = &x->arc[x->first[side ? i : i - 1]];

			if (b->type == NULL || p->tokens.list[side ? i : i - 1].kind != TOKEN_WORD)
				continue;
			seen++;
			n++;
			known += b->type->reading.known;
		}
	}
	return n > 0 ? (int)(100 * known / n) : 50;
}

static uint32_t
first_letter(const char *s, size_t n)
{
	uint32_t cp = 0;

	utf8_get(s, n, &cp);
	return uc_base(uc_tolower(cp));
}

/* What new words cost alone; one nobody knows was there before, whatever its letters cost. */
static int
rarity(const struct reading *r)
{
	return r->known ? r->alone : r->alone - r->extra;
}

/* What the tokens of an arc are one by one: their cost alone, how short, how many are words. */
struct parts {
	int cost;
	size_t n, known, shortest;
};

static void
part_add(struct parts *parts, const char *s, size_t n, bool known)
{
	size_t chars = utf8_count(s, n);

	if (parts->n == 0 || chars < parts->shortest)
		parts->shortest = chars;
	parts->n++;
	parts->known += known;
}

/* The old side of a merge: its tokens. */
static void
parts_merged(struct parts *parts, const struct arc *a, const struct lattice *x)
{
	size_t i;

	for (i = a->from; i < a->to; i++) {
		const struct type *t = x->arc[x->first[i]].type;

		if (t == NULL)
			continue;
		part_add(parts, t->form, t->len, t->reading.known);
		parts->cost += t->reading.alone;
	}
}

/* The pieces of s[0..n) between spaces or hyphens. */
static void
parts_cut(struct parts *parts, const struct language *l, const char *s, size_t n)
{
	struct reading r;
	size_t i, from = 0;

	for (i = 0; i <= n; i++) {
		if (i < n && s[i] != ' ' && s[i] != '-')
			continue;
		if (i > from) {
			language_read(l, s + from, i - from, false, &r);
			part_add(parts, s + from, i - from, r.known);
		}
		from = i + 1;
	}
}

static struct parts
parts_of(const struct arc *a, enum decision_kind kind, const struct lattice *x,
    const struct language *l)
{
	struct parts parts = {0};

	if (kind == KIND_MERGE)
		parts_merged(&parts, a, x);
	else if (kind == KIND_SPLIT)
		parts_cut(&parts, l, a->choice->form, a->choice->len);
	else if (kind == KIND_HYPHEN)
		parts_cut(&parts, l, a->type->form, a->type->len);
	else
		part_add(&parts, a->type->form, a->type->len, a->type->reading.known);
	if (kind != KIND_MERGE)
		parts.cost = a->type->reading.alone;
	return parts;
}

/* Whether figures or signs stand in a word, hyphens and apostrophes apart. */
static bool
has_signs(const char *s, size_t n)
{
	size_t i;
	uint32_t cp;

	for (i = 0; i < n;) {
		i += utf8_get(s + i, n - i, &cp);
		if (!uc_letter(cp) && cp != '-' && cp != '\'')
			return true;
	}
	return false;
}

/* Bits that the least sharpened edit of an arc costs less in this statement, as a feature. */
static int
habit(const struct arc *a, const struct channel *c)
{
	size_t i;
	int saved, least = a->edit != 0 ? c->rule[a->edit].prior - c->rule[a->edit].cost : INT_MAX;

	for (i = 0; a->choice != NULL && i < a->choice->nedits; i++) {
		const struct rule *r = &c->rule[a->choice->edit[i]];

		saved = r->prior - r->cost;
		least = saved < least ? saved : least;
	}
	return least == INT_MAX ? 0 : in_bits(least, 8);
}

enum decision_kind
decision_features(const struct decision *d, const struct passage *p, const struct lattice *x,
    const struct vocabulary *v, int f[FEATURES])
{
	const struct arc *a = d->arc;
	const struct type *t = a->type;
	enum decision_kind kind = kind_of(a);
	struct parts parts = parts_of(a, kind, x, vocabulary_language(v));

	f[FEATURE_BIAS] = 100;
	f[FEATURE_ODDS] = clip(in_bits(d->odds, 4), -500, 500);
	f[FEATURE_SURE] = clip(in_bits(d->odds - 20 * MODEL_BIT, 8), 0, 500);
	f[FEATURE_CHANNEL] = in_bits(a->cost, 8);
	f[FEATURE_RARITY] = clip(in_bits(rarity(a->reading), 16), 0, 400);
	f[FEATURE_STRANGE] = clip(in_bits(parts.cost, 16), 0, 400);
	f[FEATURE_PARTS] = (int)(100 * parts.known / parts.n);
	f[FEATURE_CAPITAL] = 100 * (t->shape == SHAPE_CAPITAL && (a->choice == NULL ||
	    word_shape(a->choice->form, a->choice->len) != SHAPE_LOWER));
	f[FEATURE_UPPER] = 100 * (t->shape == SHAPE_UPPER);
	f[FEATURE_SHORT] = parts.shortest < 5 ? 20 * (5 - (int)parts.shortest) : 0;
	f[FEATURE_SUPPORT] = 100 * d->support / SUPPORT_MAX;
	f[FEATURE_COMPANY] = company(a, p, x);
	f[FEATURE_NOISE] = vocabulary_noise(v);
	f[FEATURE_GENERIC] = 100 * (has_edit(a, RULE_SUB) || has_edit(a, RULE_DEL) ||
	    has_edit(a, RULE_INS) || has_edit(a, RULE_SIGN));
	f[FEATURE_FIRST] = 100 * (a->choice != NULL && first_letter(t->form, t->len) !=
	    first_letter(a->choice->form, a->choice->len));
	f[FEATURE_HABIT] = habit(a, vocabulary_language(v)->channel);
	f[FEATURE_ISOLATED] = has_edit(a, RULE_LINE) ? 0 : clip(100 - 4 * f[FEATURE_HABIT], 0, 100);
	f[FEATURE_AGAIN] = a->choice != NULL && a->choice == t->taken ?
	    clip((int)(25 * log2(t->times)), 0, 100) : 0;
	f[FEATURE_SIGNS] = 100 * has_signs(t->form, t->len);
	return kind;
}

int
posterior(const struct calibration *c, enum decision_kind kind, const int f[FEATURES])
{
	long sum = 0;
	double p;
	int i;

	if (c == NULL)
		return (int)(99 / (1 + exp(-f[FEATURE_ODDS] / 100.0)));
	for (i = 0; i < FEATURES; i++)
		sum += (long)c->weight[kind][i] * f[i];
	p = 1 / (1 + exp(-(double)sum / 10000));
	return p > 0.99 ? 99 : (int)(100 * p);
}

static bool
begins_upper(const char *s, size_t n)
{
	uint32_t cp = 0;

	utf8_get(s, n, &cp);
	return uc_upper(cp);
}

/* Whether a word begins behind a space in s[0..n), with a capital. */
static bool
has_capital_behind(const char *s, size_t n)
{
	const char *space = memchr(s, ' ', n);

	return space != NULL && begins_upper(space + 1, n - (size_t)(space + 1 - s));
}

const char *
abstain(const struct decision *d, const struct language *l)
{
	const struct type *t = d->arc->type;
	const struct choice *c = d->arc->choice;

	if (c != NULL && language_archaic(l, t->form, t->len, c->form, c->len))
		return "an old spelling";
	if (c != NULL && has_edit(d->arc, RULE_HYPHEN) && c->reading.alone > JOINED &&
	    language_prefixed(l, t->form, t->len))
		return "a prefix with its hyphen";
	if (d->arc->edit == RULE_MERGE || c == NULL || marks_only(c) ||
	    !begins_upper(t->form, t->len) || !begins_upper(c->form, c->len))
		return NULL;
	if (t->shape == SHAPE_MIXED && (has_edit(d->arc, RULE_CASE) ||
	    (has_edit(d->arc, RULE_SPLIT) && has_capital_behind(c->form, c->len))))
		return "capitals of its own";
	if (t->shape != SHAPE_CAPITAL)
		return NULL;
	if (t->count > 1 && !t->reading.known)
		return "a name that repeats";
	if (c->reading.alone > COMMON && !language_gazettes(l, c->form, c->len))
		return "as likely a name";
	return NULL;
}
