/*
 * search: a walk of the lexicon along a scanned string, within a budget of cost that grows with
 * the length of the string.  A place reached before at no more cost is not searched again, so the
 * work is bounded by the budget and not by the ways to spend it.
 */
#include <string.h>

#include "search.h"
#include "utf8.h"

#define BIT MODEL_BIT
#define PLACES 8192	/* remembered places, a power of two */
#define STEPS 30000	/* places looked at in one search at most */
#define WORDS_MAX 3	/* words that one string may be split into */

struct place {
	uint32_t node, stamp;
	uint16_t pos, words;
	int cost;
};

struct search {
	const struct language *l;
	const char *s;
	size_t n, line;
	bool upper;			/* all capitals */
	bool thorough;
	int budget;
	char path[FORM_MAX];
	size_t len;			/* of path */
	uint16_t edit[EDITS_MAX];
	size_t nedits, words, steps, generic;
	struct candidate *out;
	size_t nout;
	struct place *places;
	uint32_t stamp;
};

static void walk(struct search *q, size_t pos, uint32_t node, int cost);

/* --- what is found --- */

/* Writes form in the case of the scanned string. */
static size_t
in_case(const struct search *q, const char *form, size_t n, char out[FORM_MAX])
{
	enum shape shape = word_shape(q->s, q->n);
	bool first = true;
	size_t i, len = 0;
	uint32_t cp;

	if (shape == SHAPE_MIXED) {
		utf8_get(q->s, q->n, &cp);
		shape = uc_upper(cp) ? SHAPE_CAPITAL : SHAPE_LOWER;
	}
	for (i = 0; i < n;) {
		i += utf8_get(form + i, n - i, &cp);
		if (shape == SHAPE_UPPER || (shape == SHAPE_CAPITAL && first))
			cp = uc_toupper(cp);
		first &= !uc_letter(cp);
		if (len + UTF8_MAX > FORM_MAX)
			return 0;
		len += utf8_put(out + len, cp);
	}
	return len;
}

static bool
has_capital(const char *s, size_t n)
{
	return word_shape(s, n) != SHAPE_LOWER;
}

static void
keep(struct search *q, const struct candidate *c)
{
	size_t i, at;

	for (i = 0; i < q->nout; i++) {
		struct candidate *o = &q->out[i];

		if (o->len != c->len || memcmp(o->form, c->form, c->len) != 0)
			continue;
		if (o->rank <= c->rank)
			return;
		memmove(o, o + 1, (--q->nout - i) * sizeof(*o));
		break;
	}
	for (at = q->nout; at > 0 && q->out[at - 1].rank > c->rank; at--)
		;
	if (at == CANDIDATES_MAX)
		return;
	if (q->nout < CANDIDATES_MAX)
		q->nout++;
	memmove(&q->out[at + 1], &q->out[at], (q->nout - 1 - at) * sizeof(*c));
	q->out[at] = *c;
}

/* A path through the whole string: a candidate, unless it is a name nobody vouches for. */
static void
found(struct search *q, int cost)
{
	struct candidate c = {0};
	struct reading r;

	if (q->words == 1 && has_capital(q->path, q->len)) {
		long i = lexicon_index(q->l->lexicon, q->path, q->len);

		if (i < 0 || !(lexicon_flags(q->l->lexicon, i) & LEXICON_GAZETTEER))
			return;
	}
	c.len = (unsigned char)in_case(q, q->path, q->len, c.form);
	if (c.len == 0 || (c.len == q->n && memcmp(c.form, q->s, c.len) == 0))
		return;
	language_read(q->l, c.form, c.len, &r);
	c.cost = cost;
	c.rank = cost + r.alone;
	c.nedits = (unsigned char)q->nedits;
	memcpy(c.edit, q->edit, q->nedits * sizeof(*q->edit));
	keep(q, &c);
}

/* --- steps --- */

/* Follows the bytes of s[0..n) from node; 0 where there is no such way. */
static uint32_t
follow(const struct search *q, uint32_t node, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && node != 0; i++)
		node = lexicon_step(q->l->lexicon, node, (unsigned char)s[i]);
	return node;
}

static bool
path_add(struct search *q, const char *s, size_t n)
{
	if (q->len + n > FORM_MAX)
		return false;
	memcpy(q->path + q->len, s, n);
	q->len += n;
	return true;
}

/* Goes on at pos and node with s[0..n) on the path, rule used at its cost (rule < 0: none). */
static void
step(struct search *q, size_t pos, uint32_t node, const char *s, size_t n, int rule, int cost)
{
	size_t len = q->len;

	if (node == 0 || cost > q->budget || !path_add(q, s, n))
		return;
	if (rule < 0) {
		walk(q, pos, node, cost);
	} else if (q->nedits < EDITS_MAX) {
		q->edit[q->nedits++] = (uint16_t)rule;
		walk(q, pos, node, cost);
		q->nedits--;
	}
	q->len = len;
}

static int
class_cost(const struct search *q, int rule)
{
	return q->l->channel->rule[rule].prior;
}

/* The scanned character stands for itself, or for its small letter. */
static void
step_same(struct search *q, size_t pos, size_t len, uint32_t cp, uint32_t node, int cost)
{
	const char *s = q->s + pos;
	char low[UTF8_MAX];
	size_t n;

	step(q, pos + len, follow(q, node, s, len), s, len, -1, cost);
	if (!uc_upper(cp))
		return;
	n = utf8_put(low, uc_tolower(cp));
	node = follow(q, node, low, n);
	if (pos == 0 || q->upper || q->words > 1)
		step(q, pos + len, node, low, n, -1, cost);
	else
		step(q, pos + len, node, low, n, RULE_CASE, cost + class_cost(q, RULE_CASE));
}

/* The rules whose scanned side stands here. */
static void
step_rules(struct search *q, size_t pos, uint32_t node, int cost)
{
	const struct channel *c = q->l->channel;
	unsigned char b = (unsigned char)q->s[pos];
	uint32_t root = lexicon_root(q->l->lexicon), i;

	for (i = c->first[b]; i < c->first[b + 1]; i++) {
		const struct rule *r = &c->rule[i];
		bool clitic = r->was[r->nwas - 1] == '\'';

		if (cost + r->prior > q->budget || r->nread > q->n - pos ||
		    memcmp(q->s + pos, r->read, r->nread) != 0)
			continue;
		if (!clitic)
			step(q, pos + r->nread, follow(q, node, r->was, r->nwas), r->was, r->nwas,
			    (int)i, cost + r->prior);
		else if (pos == 0 && node == root && pos + r->nread < q->n)
			step(q, pos + r->nread, root, r->was, r->nwas, (int)i, cost + r->prior);
	}
}

static int
class_of(uint32_t read, uint32_t was)
{
	bool plain = uc_base(was) == was;

	if (uc_base(read) != uc_base(was))
		return RULE_SUB;
	if (uc_base(read) == read)
		return plain ? RULE_SUB : RULE_LOST;
	return plain ? RULE_GAINED : RULE_SWAPPED;
}

/* The scanned character stands for the letter was, which leads to node. */
static void
step_letter(struct search *q, size_t pos, size_t len, uint32_t cp, uint32_t was,
    uint32_t node, int cost)
{
	uint32_t low = uc_tolower(cp);
	char s[UTF8_MAX];
	size_t n;
	int rule;

	if (!uc_letter(was) || was == low || was == cp)
		return;
	n = utf8_put(s, was);
	if (q->thorough && q->generic == 0) {
		q->generic = 1;
		step(q, pos, node, s, n, RULE_DEL, cost + class_cost(q, RULE_DEL));
		q->generic = 0;
	}
	if (!uc_letter(cp)) {
		if (cp != '-' && cp != '\'')
			step(q, pos + len, node, s, n, RULE_SIGN, cost + class_cost(q, RULE_SIGN));
		return;
	}
	rule = class_of(low, was);
	if (rule != RULE_SUB) {
		step(q, pos + len, node, s, n, rule, cost + class_cost(q, rule));
	} else if (q->thorough && q->generic == 0) {
		q->generic = 1;
		step(q, pos + len, node, s, n, rule, cost + class_cost(q, rule));
		q->generic = 0;
	}
}

/* All letters that lead on from node; two-byte ones are put together. */
static void
step_letters(struct search *q, size_t pos, size_t len, uint32_t cp, uint32_t node, int cost)
{
	const struct lexicon *x = q->l->lexicon;
	uint32_t e, e2;

	for (e = lexicon_edge(x, node); e != 0; e = lexicon_next(x, e)) {
		unsigned char b = lexicon_byte(x, e);
		uint32_t to = lexicon_target(x, e);

		if (b < 0x80)
			step_letter(q, pos, len, cp, b, to, cost);
		if (b < 0xC2 || b > 0xDF)
			continue;
		for (e2 = lexicon_edge(x, to); e2 != 0; e2 = lexicon_next(x, e2))
			step_letter(q, pos, len, cp,
			    (uint32_t)(b & 0x1F) << 6 | (lexicon_byte(x, e2) & 0x3F),
			    lexicon_target(x, e2), cost);
	}
}

/* The scanned character is none of the word. */
static void
step_extra(struct search *q, size_t pos, size_t len, uint32_t cp, uint32_t node, int cost)
{
	int rule = RULE_SPECK;

	if (cp == '-')
		rule = pos == q->line ? RULE_LINE : RULE_HYPHEN;
	else if (uc_letter(cp) || uc_digit(cp))
		rule = RULE_INS;
	if (rule == RULE_HYPHEN && (pos == 0 || pos + len == q->n))
		rule = RULE_SPECK;
	if (rule == RULE_INS && (!q->thorough || q->generic > 0))
		return;
	q->generic += rule == RULE_INS;
	step(q, pos + len, node, "", 0, rule, cost + class_cost(q, rule));
	q->generic -= rule == RULE_INS;
}

/* A word ends here: the next begins behind a space that was lost, or behind a hyphen. */
static void
step_word(struct search *q, size_t pos, uint32_t cp, int cost)
{
	uint32_t root = lexicon_root(q->l->lexicon);
	const char *s = q->s + pos;

	if (pos == 0 || q->words == WORDS_MAX)
		return;
	q->words++;
	if (cp == '-')
		step(q, pos + 1, root, "-", 1, -1, cost);
	else if (cp == ',' || cp == '.' || cp == ';' || cp == ':' || cp == '!' || cp == '?') {
		char with[2] = {*s, ' '};

		step(q, pos + 1, root, with, 2, RULE_SPLIT, cost + class_cost(q, RULE_SPLIT));
	} else if (!uc_letter(cp) && !uc_digit(cp) && cp < 0x80) {
		step(q, pos + 1, root, " ", 1, RULE_SPLIT, cost + class_cost(q, RULE_SPLIT));
	} else
		step(q, pos, root, " ", 1, RULE_SPLIT, cost + class_cost(q, RULE_SPLIT));
	q->words--;
}

/* Whether this place was reached before at no more cost; remembers it where not. */
static bool
been(struct search *q, size_t pos, uint32_t node, int cost)
{
	uint32_t h = (node * 2654435761u) ^ (uint32_t)(pos * 40503u + q->words * 977u);
	struct place *p = &q->places[h & (PLACES - 1)];

	if (p->stamp == q->stamp && p->node == node && p->pos == pos && p->words == q->words &&
	    p->cost <= cost)
		return true;
	if (p->stamp != q->stamp || (p->node == node && p->pos == pos && p->words == q->words))
		*p = (struct place){node, q->stamp, (uint16_t)pos, (uint16_t)q->words, cost};
	return false;
}

static void
walk(struct search *q, size_t pos, uint32_t node, int cost)
{
	size_t len;
	uint32_t cp;

	if (q->steps++ > STEPS || (cost > 0 && q->words == 1 && been(q, pos, node, cost)))
		return;
	if (pos == q->n) {
		if (lexicon_final(q->l->lexicon, node))
			found(q, cost);
		return;
	}
	len = utf8_get(q->s + pos, q->n - pos, &cp);
	step_same(q, pos, len, cp, node, cost);
	step_rules(q, pos, node, cost);
	step_extra(q, pos, len, cp, node, cost);
	if (lexicon_final(q->l->lexicon, node))
		step_word(q, pos, cp, cost);
	step_letters(q, pos, len, cp, node, cost);
}

/* Cost that a string of so many characters may be changed at. */
static int
budget(size_t chars, bool thorough)
{
	static const int cheap[] = {0, 14, 14, 15, 18, 20, 22, 24, 26};
	static const int far[] = {0, 14, 14, 17, 22, 26, 29, 31, 33};
	const int *table = thorough ? far : cheap;

	return table[chars < 8 ? chars : 8] * BIT;
}

size_t
search(const struct language *l, const char *s, size_t n, size_t line, bool thorough,
    struct candidate out[CANDIDATES_MAX])
{
	static struct place places[PLACES];
	static uint32_t stamp;
	struct search q = {.l = l, .s = s, .n = n, .line = line, .thorough = thorough, .out = out,
		.words = 1, .places = places, .stamp = ++stamp};

	if (n == 0 || n >= FORM_MAX)
		return 0;
	q.upper = word_shape(s, n) == SHAPE_UPPER;
	q.budget = budget(utf8_count(s, n), thorough);
	walk(&q, 0, lexicon_root(l->lexicon), 0);
	return q.nout;
}
