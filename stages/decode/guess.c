/*
 * guess: a document's bytes in, the encodings they are likeliest in out.  Every candidate is
 * decoded and weighed by the character model: the likeliest text of any language wins.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "utf8.h"

enum {
	CONTEXT = 24, /* bytes of ASCII kept around what is not ASCII */
	LOOKED_AT = 6000, /* bytes looked at, spread over the document */
	ROUND = 600, /* after so many the hopeless are dropped */
	HOPELESS = 60 * CM_BIT,
	DELETED = 24 * CM_BIT, /* a byte that means nothing in the encoding */
	PARTS = 16, /* of a document, from each of which something is looked at */
	THIN = 3 /* fewer bytes beyond ASCII make no text of another script */
};

/* How rare an encoding is among texts, in bits: what equal evidence is settled by. */
static const struct {
	const char *name;
	int bits;
} prior[] = {
    {"windows-1252", 0},
    {"iso-8859-1", 1},
    {"iso-8859-15", 3},
    {"windows-1250", 2},
    {"iso-8859-2", 3},
    {"iso-8859-16", 4},
    {"macintosh", 5},
    {"ibm850", 5},
    {"ibm852", 5},
    {"ibm437", 6},
    {"x-mac-ce", 6},
    {"windows-1251", 1},
    {"koi8-r", 2},
    {"koi8-u", 3},
    {"ibm866", 3},
    {"iso-8859-5", 4},
    {"x-mac-cyrillic", 5},
    {"iso-8859-7", 2},
    {"windows-1253", 2},
    {"windows-1254", 2},
    {"iso-8859-9", 3},
    {"windows-1256", 2},
};

#define NPRIOR (sizeof(prior) / sizeof(prior[0]))

/* UTF-8 beside another encoding is rarer than either alone. */
static const int mixed_bits = 12;
static const int thin_bits = 8;

struct piece {
	size_t off, len;
};

struct candidate {
	struct guess g;
	int prior;
	int32_t cost[CM_LANGS];
	int32_t best;
	bool alive;
	uint32_t hash; /* of what it decodes to */
};

struct weigher {
	const struct charmodel *m;
	const char *s;
	struct piece *piece;
	size_t npiece, cap;
	struct candidate c[2 * NPRIOR];
	size_t n;
	uint32_t *cp;
};

/* Adds bytes from..to to the last piece, where they touch it, or as a new one. */
static void
add_piece(struct weigher *w, size_t from, size_t to)
{
	if (w->npiece > 0) {
		struct piece *last = &w->piece[w->npiece - 1];

		if (from <= last->off + last->len && to - last->off < ROUND) {
			last->len = to - last->off;
			return;
		}
		if (from < last->off + last->len)
			from = last->off + last->len;
	}
	w->piece = mem_more(w->piece, w->npiece, &w->cap, sizeof(*w->piece));
	w->piece[w->npiece++] = (struct piece){from, to - from};
}

/*
 * Finds stretches that are not ASCII in bytes i..end, with some context, up to a number that
 * fills what is looked at; never across a line's end.
 */
static void
find_pieces(struct weigher *w, size_t i, size_t end)
{
	const char *s = w->s;
	size_t found = 0;

	while (found < LOOKED_AT && (i += utf8_ascii(s + i, end - i)) < end) {
		size_t to = i + 1;

		while (to < end && to < i + CONTEXT && s[to] != '\n')
			to++;
		add_piece(w, i > CONTEXT ? i - CONTEXT : 0, to);
		found++;
		i++;
	}
}

/* Keeps so many of the pieces, evenly spread, that they make up what is to be looked at. */
static void
thin_pieces(struct weigher *w)
{
	size_t all = 0, kept = 0, n = 0;

	for (size_t i = 0; i < w->npiece; i++)
		all += w->piece[i].len;
	for (size_t i = 0, sum = 0; i < w->npiece; i++) {
		sum += w->piece[i].len;
		if (all > LOOKED_AT && kept * all > sum * LOOKED_AT)
			continue;
		kept += w->piece[i].len;
		w->piece[n++] = w->piece[i];
	}
	w->npiece = n;
}

/* Decodes a piece; *bad counts the bytes that mean nothing. */
static size_t
decode_piece(const struct guess *g, const char *s, size_t n, uint32_t *cp, size_t *bad)
{
	size_t k = 0;

	for (size_t i = 0; i < n;) {
		unsigned char c = (unsigned char)s[i];
		size_t len;

		if (c < 0x80) {
			cp[k++] = c;
			i++;
			continue;
		}
		if (g->utf8 && (len = utf8_get(s + i, n - i, &cp[k])) > 1 && cp[k] != UTF8_BAD) {
			k++;
			i += len;
			continue;
		}
		*bad += g->single->upper[c & 0x7F] == 0;
		cp[k++] = g->single->upper[c & 0x7F];
		i++;
	}
	return k;
}

static void
weigh_piece(struct weigher *w, struct candidate *c, const struct piece *p)
{
	size_t bad = 0, n = decode_piece(&c->g, w->s + p->off, p->len, w->cp, &bad);

	charmodel_add(w->m, w->cp, n, 0, n, c->cost);
	for (size_t i = 0; i < n; i++)
		c->hash = (c->hash ^ w->cp[i]) * 16777619u;
	for (size_t l = 0; l < charmodel_langs(w->m); l++)
		c->cost[l] += (int32_t)bad * DELETED;
}

/* The best cost of every candidate, over languages; drops the hopeless. */
static void
rank(struct weigher *w)
{
	int32_t best = INT32_MAX;

	for (size_t i = 0; i < w->n; i++) {
		struct candidate *c = &w->c[i];

		if (!c->alive)
			continue;
		c->best = INT32_MAX;
		for (size_t l = 0; l < charmodel_langs(w->m); l++)
			if (c->cost[l] < c->best) {
				c->best = c->cost[l];
				c->g.lang = l;
			}
		c->best += c->prior * CM_BIT;
		c->g.bits = (double)c->best / CM_BIT;
		best = c->best < best ? c->best : best;
	}
	for (size_t i = 0; i < w->n; i++)
		if (w->c[i].alive && w->c[i].best > best + HOPELESS)
			w->c[i].alive = false;
}

/* Is it for texts that hardly use ASCII? */
static bool
foreign_script(const struct charset *c)
{
	size_t n = 0;

	for (size_t i = 0; i < 128; i++)
		n += cm_group(c->upper[i]) > 0;
	return n > 128 / 4;
}

/* Are there too few bytes beyond ASCII for such a text? */
static bool
thin(const struct weigher *w)
{
	size_t beyond = 0;

	for (size_t k = 0; k < w->npiece; k++)
		for (size_t i = 0; i < w->piece[k].len; i++)
			beyond += (w->s[w->piece[k].off + i] & 0x80) != 0;
	return beyond < THIN;
}

static void
add_candidates(struct weigher *w)
{
	bool few = thin(w);

	for (size_t i = 0; i < NPRIOR; i++)
		for (int utf8 = 0; utf8 < 2; utf8++)
			w->c[w->n++] = (struct candidate){
			    .g = {charset_find(prior[i].name), utf8 == 1, 0, 0},
			    .prior = prior[i].bits + utf8 * mixed_bits +
				     (few && foreign_script(charset_find(prior[i].name)) ? thin_bits
											 : 0),
			    .alive = true,
			};
}

static int
by_cost(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->alive != y->alive)
		return x->alive ? -1 : 1;
	if (x->best != y->best)
		return x->best < y->best ? -1 : 1;
	return x->g.single < y->g.single ? -1 : x->g.single > y->g.single;
}

/* The n-gram bits of one text are not independent: they count for a third. */
static const double temper = 1.0 / 3;

static struct guesses
conclude(struct weigher *w)
{
	struct guesses r = {.post = 99};
	double others = 0;

	qsort(w->c, w->n, sizeof(w->c[0]), by_cost);
	for (size_t i = 0; i < w->n && w->c[i].alive; i++) {
		if (r.n < GUESS_BEST)
			r.best[r.n++] = w->c[i].g;
		if (w->c[i].hash != w->c[0].hash)
			others += exp2((w->c[0].g.bits - w->c[i].g.bits) * temper);
	}
	r.post = (int)(100 / (1 + others));
	r.post = r.post > 99 ? 99 : r.post;
	return r;
}

struct guesses
guess_encoding(const struct charmodel *m, const char *s, size_t n)
{
	struct weigher w = {.m = m, .s = s};
	struct guesses r;
	size_t round = 0, part = n / PARTS + CONTEXT;

	for (size_t i = 0; i < n; i += part)
		find_pieces(&w, i, i + part < n ? i + part : n);
	thin_pieces(&w);
	add_candidates(&w);
	w.cp = mem_alloc((ROUND + 2 * CONTEXT) * sizeof(*w.cp));
	for (size_t i = 0; i < w.npiece; i++) {
		for (size_t k = 0; k < w.n; k++)
			if (w.c[k].alive)
				weigh_piece(&w, &w.c[k], &w.piece[i]);
		round += w.piece[i].len;
		if (round >= ROUND) {
			rank(&w);
			round = 0;
		}
	}
	rank(&w);
	r = conclude(&w);
	free(w.cp);
	free(w.piece);
	return r;
}
