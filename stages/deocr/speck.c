/*
 * speck: finds specks by where they stand: at places where no writer has a sign, or, for a full
 * stop, where the words around it say clearly that the sentence goes on.
 */
#include <string.h>

#include "buf.h"
#include "speck.h"
#include "utf8.h"

/* Hundredths, set by hand: gold texts are too careless of signs and spaces to fit them by. */
#define SURE 92		/* a speck */
#define APART 95	/* a space behind an apostrophe, where that is a habit */
#define ONCE 70		/* and where not: many a printer's */
#define YEAR 90		/* a space inside a year */
#define AGAINST (12 * MODEL_BIT)	/* what a stop costs more than none before it is a speck */
#define ABBREVIATION 4	/* bytes of a word that may be short for another */
#define COMMON (11 * MODEL_BIT)	/* what a word costs at most that is common: which, dans */

/* Signs of which a cluster between spaces is dirt. */
static const char dirt[] = "'\"`.,:;~^|\\_!";

static bool
spaced_behind(const struct passage *p, size_t i)
{
	return i + 1 == p->tokens.n || p->tokens.list[i + 1].space;
}

/* Whether token i is there and a word in small letters that the language has, or a clitic. */
static bool
is_plain_word(const struct passage *p, size_t i, const struct language *l)
{
	const struct token *t = &p->tokens.list[i];

	return i < p->tokens.n && (t->kind == TOKEN_WORD || t->kind == TOKEN_CLITIC) &&
	    word_shape(p->s + t->off, t->len) == SHAPE_LOWER &&
	    (t->kind == TOKEN_CLITIC || language_knows(l, p->s + t->off, t->len));
}

static bool
is_sign(const struct passage *p, size_t i, const char *sign)
{
	const struct token *t = &p->tokens.list[i];

	return i < p->tokens.n && t->kind == TOKEN_PUNCT && t->len == strlen(sign) &&
	    memcmp(p->s + t->off, sign, t->len) == 0;
}

static bool
is_quote(char c)
{
	return c == '"' || c == '\'';
}

/*
 * Whether a writer may have set s[0..n) apart: dots in a row or a line to fill in, with quotes
 * around or a stop behind; signs in quotes; a pause or stop and a double quote.
 */
static bool
is_writers(const char *s, size_t n)
{
	size_t from = 0, end = n, run = 0;

	if (n > 2 && s[n - 1] == (s[0] == '`' ? '\'' : s[0]) && is_quote(s[n - 1]))
		return true;
	while (from < end && is_quote(s[from]))
		from++;
	while (from < end && is_quote(s[end - 1]))
		end--;
	while (from + run < end && s[from + run] == s[from])
		run++;
	if (run > 1 && strchr("._!", s[from]) != NULL)
		return run == end - from ||
		    (run + 1 == end - from && strchr(".,:;!", s[end - 1]) != NULL);
	return run == 1 && run == end - from && strchr(".,:;!", s[from]) != NULL &&
	    memchr(s, '\'', n) == NULL;
}

/* Whether s[0..n) is of several signs that do not go together. */
static bool
is_cluster(const char *s, size_t n)
{
	size_t i, stops = 0, quotes = 0, other = 0;

	for (i = 0; i < n; i++) {
		if (memchr(dirt, s[i], sizeof(dirt) - 1) == NULL)
			return false;
		stops += strchr(".,!", s[i]) != NULL;
		quotes += is_quote(s[i]);
		other += strchr("`~^|\\_:;", s[i]) != NULL;
	}
	if (n < 2 || is_writers(s, n))
		return false;
	return other > 0 ? stops + quotes > 0 || (n > 2 && s[0] != s[1]) : stops > 1 && quotes > 0;
}

/* The last word of the reading of token i, or the first. */
static uint32_t
id_of(const struct lattice *x, size_t i, bool last)
{
	const struct reading *r = x->arc[x->first[i]].reading;

	return r->n == 0 ? MODEL_UNKNOWN : r->id[last ? r->n - 1 : 0];
}

/* Whether a pause at token i, between words in small letters, is none to the model. */
static bool
goes_on(const struct passage *p, size_t i, const struct lattice *x, const struct language *l)
{
	const struct model *m = l->model;
	uint32_t before, next;

	if (i == 0 || m == NULL || !is_plain_word(p, i - 1, l) || !is_plain_word(p, i + 1, l) ||
	    (p->tokens.list[i - 1].len < 2 && !p->tokens.list[i].space))
		return false;
	before = id_of(x, i - 1, true);
	next = id_of(x, i + 1, false);
	return before >= MODEL_WORDS && next >= MODEL_WORDS &&
	    model_cost(m, MODEL_START, before, MODEL_PAUSE) +
	    model_cost(m, before, MODEL_PAUSE, next) >
	    model_cost(m, MODEL_START, before, next) + AGAINST;
}

/* A sign between spaces that is dirt. */
static bool
is_alone(const struct passage *p, size_t i, const struct lattice *x, const struct language *l)
{
	const struct token *t = &p->tokens.list[i];

	if (!t->space || !spaced_behind(p, i))
		return false;
	if (is_cluster(p->s + t->off, t->len))
		return true;
	if (is_sign(p, i, "."))
		return goes_on(p, i, x, l);
	return is_sign(p, i, ",") && i > 0 && i + 1 == p->tokens.n && is_sign(p, i - 1, ".");
}

/* Whether the word at token i is so common that it is no name of a thing, and no abbreviation. */
static bool
is_common(const struct lattice *x, size_t i, const struct language *l)
{
	uint32_t id = id_of(x, i, false);

	return l->model != NULL && id >= MODEL_WORDS && model_word_cost(l->model, id) < COMMON;
}

/* A full stop before a common word where a space stands before it: it ends nothing. */
static bool
is_before(const struct passage *p, size_t i, const struct lattice *x, const struct language *l)
{
	return is_sign(p, i, ".") && p->tokens.list[i].space && !spaced_behind(p, i) && i > 0 &&
	    p->tokens.list[i - 1].kind != TOKEN_PUNCT && is_plain_word(p, i + 1, l) &&
	    p->tokens.list[i + 1].len > 1 && is_common(x, i + 1, l);
}

/* A full stop behind a word with a small letter next, where the model wants no pause. */
static bool
is_behind(const struct passage *p, size_t i, const struct lattice *x, const struct language *l)
{
	return is_sign(p, i, ".") && i > 0 && !p->tokens.list[i].space && spaced_behind(p, i) &&
	    (p->tokens.list[i - 1].len > ABBREVIATION || is_common(x, i - 1, l)) &&
	    goes_on(p, i, x, l);
}

/* Whether token i and the next stand on one line. */
static bool
on_one_line(const struct passage *p, size_t i)
{
	const struct token *t = &p->tokens.list[i];
	size_t line = passage_line(p, t->off);

	return line == p->nlines || p->line[line] > t[1].off;
}

/* A space between the clitic at token i and the word it is written to. */
static bool
is_apart(const struct passage *p, size_t i)
{
	const struct token *t = &p->tokens.list[i];
	uint32_t cp;

	if (t->kind != TOKEN_CLITIC || i + 1 == p->tokens.n || !t[1].space)
		return false;
	utf8_back(p->s, t->off + t->len, &cp);
	return (cp == '\'' || cp == 0x2019) && t[1].kind == TOKEN_WORD &&
	    word_shape(p->s + t[1].off, t[1].len) == SHAPE_LOWER &&
	    (t->space || i == 0 || t[-1].kind != TOKEN_PUNCT) && on_one_line(p, i);
}

/* Whether s[0..n) is two figures, the first two of a year of our time or, behind, its last. */
static bool
is_half_year(const char *s, size_t n, bool behind)
{
	return n == 2 && s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9' &&
	    (behind || (s[0] == '1' && s[1] == '9') || (s[0] == '2' && s[1] == '0'));
}

/* A space inside a year, on one line: behind a common word, and no figure next. */
static bool
is_torn_year(const struct passage *p, size_t i, const struct language *l)
{
	const struct token *t = &p->tokens.list[i];

	return i > 0 && i + 1 < p->tokens.n && t->space && t[1].off == t->off + t->len + 1 &&
	    is_half_year(p->s + t->off, t->len, false) &&
	    is_half_year(p->s + t[1].off, t[1].len, true) && on_one_line(p, i) &&
	    language_dates(l, p->s + t[-1].off, t[-1].len) &&
	    (i + 2 == p->tokens.n || t[2].kind == TOKEN_PUNCT || t[2].kind == TOKEN_WORD ||
	    t[2].kind == TOKEN_CLITIC);
}

void
specks_study(const struct passage *p, const struct language *l)
{
	size_t i;

	for (i = 0; i < p->tokens.n; i++)
		if (is_apart(p, i))
			channel_seen(l->channel, RULE_APART);
}

static void
add(struct specks *s, size_t off, size_t end, int post, bool space)
{
	s->list = mem_more(s->list, s->n, &s->cap, sizeof(*s->list));
	s->list[s->n++] = (struct speck){off, end - off, post, space};
}

void
specks_find(struct specks *s, const struct passage *p, const struct lattice *x,
    const struct language *l)
{
	const struct token *t = p->tokens.list;
	int apart = channel_believes(l->channel, RULE_APART) ? APART : ONCE;
	size_t i;

	s->n = 0;
	for (i = 0; i < p->tokens.n; i++) {
		size_t end = t[i].off + t[i].len;

		if (is_apart(p, i))
			add(s, end, t[i + 1].off, apart, true);
		else if (is_torn_year(p, i, l))
			add(s, end, t[i + 1].off, YEAR, true);
		else if (t[i].kind != TOKEN_PUNCT)
			continue;
		else if (is_alone(p, i, x, l))
			add(s, t[i].off, i + 1 < p->tokens.n ? t[i + 1].off : end, SURE, false);
		else if (is_before(p, i, x, l) || is_behind(p, i, x, l))
			add(s, t[i].off, end, SURE, false);
	}
}
