/*
 * search: a walk of the lexicon along a scanned string, within a budget of cost that grows with
 * the length of the string.  A place reached before at no more cost is not searched again, so the
 * work is bounded by the budget and not by the ways to spend it.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "search.h"
#include "utf8.h"

#define BIT MODEL_BIT
#define CHARS_MAX 40	/* characters of the longest string that is searched for */
#define PLACES 8192	/* remembered places, a power of two */
#define STEPS 30000	/* places looked at in one search at most */
#define RARER (13 * BIT)	/* what a word for another one may cost more, edits and all */
#define NEAR (17 * BIT)	/* the budget of a first look; where it finds nothing there is another */
#define FAR (32 * BIT)	/* of a last one, at long words, for what the tables know alone */
#define LONG 7		/* characters of these */
#define COMMONEST (3 * BIT)	/* a word costs at least, wherever it stands */
#define LETTER (12 * BIT)	/* a letter alone that costs more is the name of one, no word */
#define WORDS_MAX 3	/* words that one string may be split into */
#define LETTERS 26
#define MARKS 16	/* letters with diacritics to a plain one at most, and a zero */
#define MARKS_LAST 0x17F	/* the last of them: Latin-1 and Latin Extended-A */
#define LEAD(cp) (0xC0 | (cp) >> 6)	/* the first of the two bytes of a character */
#define TABLE 0x250	/* characters whose properties are kept at hand: Latin */

/* What is asked again and again of a character. */
struct glyph {
	bool letter, upper;
	uint16_t low, base;
};

static struct glyph glyphs[TABLE];

/* A character of the scanned string. */
struct sign {
	uint32_t cp, low, base;	/* itself, small, small without diacritic */
	unsigned char off;
	bool letter, upper, digit, stray;
	size_t fit, nfits;	/* the rules whose scanned side stands here: the first, how many */
	int least;		/* the cheapest of them */
	int change[2];		/* what one costs here at least; [1]: once any letter was taken for any */
};

/* A rule that fits a place of the string. */
struct fit {
	uint32_t rule;
	int cost;
	uint32_t begins;	/* of the rule */
};

struct place {
	uint32_t node, stamp;
	uint16_t pos;
	int cost;
};

/* A string as it grows along the walk: what the lexicon has, and in the case it stands in. */
struct path {
	char form[FORM_MAX], shown[FORM_MAX];
	size_t nform, nshown;
};

struct search {
	const struct language *l;
	const struct dawg *forms;
	const struct rule *rule;
	struct sign sign[CHARS_MAX];
	size_t nsigns;
	struct fit *fit;		/* owned */
	size_t nfits, capfits;
	const char *s;
	size_t n, line;
	enum shape shape;
	bool upper;			/* all capitals, and to be kept so */
	bool thorough;
	bool any, generic;		/* any letter may be taken for any other once; it was */
	size_t specific;		/* rules of the table used */
	int budget, least, least_mark;	/* the cheapest rule, the cheapest diacritic */
	int worst;			/* rank that a candidate may have */
	struct path path;
	uint16_t edit[EDITS_MAX];
	size_t nedits, words, steps;
	struct candidate *out;
	size_t nout;
	struct place *places;
	uint32_t stamp;
};

static void walk(struct search *q, size_t pos, uint32_t node, int cost);

/* The letters with diacritics of each plain one, as far as MARKS_LAST. */
static uint16_t marked[LETTERS][MARKS];

static void
marks_add(uint16_t *list, uint16_t cp)
{
	size_t n = 0;

	while (list[n] != 0)
		n++;
	if (cp <= MARKS_LAST && n + 1 < MARKS)
		list[n] = cp;
}

static void
glyphs_make(void)
{
	uint32_t cp;

	if (glyphs['a'].letter)
		return;
	for (cp = 0; cp < TABLE; cp++) {
		struct glyph *g = &glyphs[cp];

		g->letter = uc_letter(cp);
		g->upper = uc_upper(cp);
		g->low = (uint16_t)uc_tolower(cp);
		g->base = (uint16_t)uc_base(uc_tolower(cp));
		if (g->letter && !g->upper && g->base != cp && g->base >= 'a' &&
		    g->base < 'a' + LETTERS)
			marks_add(marked[g->base - 'a'], (uint16_t)cp);
	}
}

static bool
is_letter(uint32_t cp)
{
	return cp < TABLE ? glyphs[cp].letter : uc_letter(cp);
}

/* --- what is found --- */

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

/* What the path shows is a candidate, unless it is the string itself or too rare. */
static void
offer(struct search *q, int cost)
{
	const struct path *p = &q->path;
	struct candidate c = {0};

	if (p->nshown == q->n && memcmp(p->shown, q->s, q->n) == 0)
		return;
	memcpy(c.form, p->shown, p->nshown);
	c.len = (unsigned char)p->nshown;
	language_read(q->l, c.form, c.len, false, &c.reading);
	c.cost = cost;
	c.rank = cost + c.reading.alone;
	if (c.rank > q->worst || (c.reading.alone > LETTER && utf8_count(c.form, c.len) == 1))
		return;
	c.nedits = (unsigned char)q->nedits;
	memcpy(c.edit, q->edit, q->nedits * sizeof(*q->edit));
	keep(q, &c);
}

/* A path through the whole string: an offer, unless it is a name nobody vouches for. */
static void
found(struct search *q, int cost)
{
	const struct path *p = &q->path;

	if (q->words > 1 || word_shape(p->form, p->nform) == SHAPE_LOWER ||
	    language_gazettes(q->l, p->form, p->nform))
		offer(q, cost);
}

/* --- steps --- */

static size_t
show(const struct search *q, char *out, uint32_t cp)
{
	return utf8_put(out, q->upper ? uc_toupper(cp) : cp);
}

/* Goes on at pos and node, rule used at its cost (rule < 0: none); the path has grown already. */
static void
go(struct search *q, size_t pos, uint32_t node, int rule, int cost)
{
	if (node == 0 || cost > q->budget)
		return;
	if (rule < 0) {
		walk(q, pos, node, cost);
	} else if (q->nedits < EDITS_MAX) {
		q->edit[q->nedits++] = (uint16_t)rule;
		walk(q, pos, node, cost);
		q->nedits--;
	}
}

/* The same, with the character form on the path, which is shown as shown; 0 is none. */
static void
step(struct search *q, size_t pos, uint32_t node, uint32_t form, uint32_t shown, int rule, int cost)
{
	size_t nform = q->path.nform, nshown = q->path.nshown;

	if (node == 0 || cost > q->budget || nform + UTF8_MAX > FORM_MAX ||
	    nshown + UTF8_MAX > FORM_MAX)
		return;
	if (form != 0)
		q->path.nform += utf8_put(q->path.form + nform, form);
	if (shown != 0)
		q->path.nshown += show(q, q->path.shown + nshown, shown);
	go(q, pos, node, rule, cost);
	q->path.nform = nform;
	q->path.nshown = nshown;
}

/* Follows the bytes of a character from node; 0 where there is no such way. */
static uint32_t
follow(const struct search *q, uint32_t node, uint32_t cp)
{
	char s[UTF8_MAX];
	size_t n, i;

	if (cp < 0x80)
		return dawg_step(q->forms, node, (unsigned char)cp);
	n = utf8_put(s, cp);
	for (i = 0; i < n && node != 0; i++)
		node = dawg_step(q->forms, node, (unsigned char)s[i]);
	return node;
}

static int
class_cost(const struct search *q, int rule)
{
	return q->rule[rule].prior;
}

/* Whether a word begins at pos: nothing or an elided word stands before it. */
static bool
begins_word(const struct search *q, size_t pos)
{
	return pos == 0 || q->words > 1 ||
	    (q->path.nform > 0 && q->path.form[q->path.nform - 1] == '\'');
}

/* The scanned character stands for itself, or for its small letter. */
static void
step_same(struct search *q, size_t pos, uint32_t node, int cost)
{
	const struct sign *g = &q->sign[pos];

	step(q, pos + 1, follow(q, node, g->cp), g->cp, g->cp, -1, cost);
	if (!g->upper)
		return;
	node = follow(q, node, g->low);
	if (q->upper || begins_word(q, pos))
		step(q, pos + 1, node, g->low, g->cp, -1, cost);
	if (!q->upper && (pos > 0 ? g[-1].letter : q->shape == SHAPE_UPPER))
		step(q, pos + 1, node, g->low, g->low, RULE_CASE, cost + class_cost(q, RULE_CASE));
}

/* The true side of rule i stands here, its letters small in the lexicon where low. */
static void
step_was(struct search *q, size_t pos, uint32_t node, uint32_t i, bool low, int cost)
{
	const struct rule *r = &q->rule[i];
	size_t nform = q->path.nform, nshown = q->path.nshown, k;
	bool clitic = r->was[r->nwas - 1] == '\'';
	uint32_t cp;

	if (nform + 2 * RULE_SIDE > FORM_MAX || nshown + 2 * RULE_SIDE > FORM_MAX)
		return;
	for (k = 0; k < r->nwas && node != 0;) {
		k += utf8_get(r->was + k, r->nwas - k, &cp);
		q->path.nshown += show(q, q->path.shown + q->path.nshown, cp);
		if (low)
			cp = uc_tolower(cp);
		q->path.nform += utf8_put(q->path.form + q->path.nform, cp);
		if (!clitic)
			node = follow(q, node, cp);
	}
	q->specific++;
	go(q, pos, node, (int)i, cost);
	q->specific--;
	q->path.nform = nform;
	q->path.nshown = nshown;
}

/* The set of bytes that lead on from node; from the root, any. */
static uint32_t
bytes_behind(const struct dawg *d, uint32_t node)
{
	uint32_t e, set = node == d->root ? UINT32_MAX : 0;

	if (set != 0)
		return set;
	for (e = dawg_edge(node); e != 0; e = dawg_next(d, e))
		set |= BYTE_IN_SET(dawg_byte(d, e));
	return set;
}

/* The rules whose scanned side stands here. */
static void
step_rules(struct search *q, size_t pos, uint32_t node, int cost)
{
	const struct sign *g = &q->sign[pos];
	uint32_t set;
	size_t i;

	if (q->generic || g->nfits == 0 || cost + g->least > q->budget)
		return;
	set = bytes_behind(q->forms, node);
	for (i = g->fit; i < g->fit + g->nfits; i++) {
		struct fit f = q->fit[i];
		const struct rule *r = &q->rule[f.rule];
		size_t to = pos + r->signs;

		if (cost + f.cost > q->budget || (f.begins & set) == 0)
			continue;
		if (r->clitic || !r->capital) {
			step_was(q, to, node, f.rule, false, cost + f.cost);
		} else if (pos == 0 || q->upper) {
			step_was(q, to, node, f.rule, true, cost + f.cost);
			step_was(q, to, node, f.rule, false, cost + f.cost);
		}
	}
}

/* Whether any letter may still be taken for any other. */
static bool
may_be_any(const struct search *q)
{
	return q->any && !q->generic && q->specific == 0;
}

/* The scanned character stands for the same letter with another diacritic, which leads to node. */
static void
step_marked(struct search *q, size_t pos, uint32_t was, uint32_t node, int cost)
{
	const struct sign *g = &q->sign[pos];
	int rule;

	if (g->upper) {
		if (g->low == g->base && (pos == 0 || q->upper))
			step(q, pos + 1, node, was, g->cp, -1, cost);
		return;
	}
	rule = was == g->base ? RULE_GAINED : g->low == g->base ? RULE_LOST : RULE_SWAPPED;
	step(q, pos + 1, node, was, was, rule, cost + class_cost(q, rule));
}

static bool
has_marks(const struct sign *g)
{
	return g->letter && g->base >= 'a' && g->base < 'a' + LETTERS &&
	    (g->low != g->base || marked[g->base - 'a'][0] != 0);
}

/* All letters that are the scanned one but for its diacritic. */
static void
step_marks(struct search *q, size_t pos, uint32_t node, int cost)
{
	const struct sign *g = &q->sign[pos];
	const struct dawg *d = q->forms;
	const uint16_t *m;
	uint32_t e;

	if (!has_marks(g) || cost + q->least_mark > q->budget)
		return;
	if (g->low != g->base)
		step_marked(q, pos, g->base, follow(q, node, g->base), cost);
	m = marked[g->base - 'a'];
	for (e = dawg_from(d, node, LEAD(*m)); e != 0 && *m != 0; e = dawg_next(d, e)) {
		uint32_t to = dawg_to(d, e);

		for (; *m != 0 && LEAD(*m) <= dawg_byte(d, e); m++)
			if (*m != g->low && LEAD(*m) == dawg_byte(d, e))
				step_marked(q, pos, *m, dawg_step(d, to, 0x80 | (*m & 0x3F)), cost);
	}
}

/* Whether a sign stands in words because a writer put it there. */
static bool
is_writers(const struct sign *g)
{
	return g->cp < 0x80 && g->cp != 0 && strchr("/()[]<>&+=_@#%", (int)g->cp) != NULL;
}

/*
 * The scanned character stands for the letter was, which leads to node, or that was lost before.
 * A stray sign was some letter, whatever else is wrong.
 */
static void
step_letter(struct search *q, size_t pos, uint32_t was, uint32_t node, int cost)
{
	const struct sign *g = &q->sign[pos];
	uint32_t base, shown;

	if (!is_letter(was) || (was < TABLE && glyphs[was].upper) || was == g->low)
		return;
	if (g->stray)
		step(q, pos + 1, node, was, was, RULE_SIGN, cost + class_cost(q, RULE_SIGN));
	if (!may_be_any(q))
		return;
	base = was < TABLE ? glyphs[was].base : uc_base(was);
	shown = g->upper && (pos == 0 || !q->sign[pos - 1].letter) ? uc_toupper(was) : was;
	q->generic = true;
	step(q, pos, node, was, shown, RULE_DEL, cost + class_cost(q, RULE_DEL));
	if (g->letter && base != g->base)
		step(q, pos + 1, node, was, shown, RULE_SUB, cost + class_cost(q, RULE_SUB));
	else if (!g->letter && !g->stray && !is_writers(g) && g->cp != '-' && g->cp != '\'')
		step(q, pos + 1, node, was, was, RULE_SIGN, cost + class_cost(q, RULE_SIGN));
	q->generic = false;
}

/* All letters that lead on from node; two-byte ones are put together. */
static void
step_letters(struct search *q, size_t pos, uint32_t node, int cost)
{
	const struct dawg *d = q->forms;
	uint32_t e, e2;

	if ((!may_be_any(q) && !q->sign[pos].stray) ||
	    cost + class_cost(q, RULE_SIGN) > q->budget)
		return;
	for (e = dawg_edge(node); e != 0; e = dawg_next(d, e)) {
		unsigned char b = dawg_byte(d, e);
		uint32_t to = dawg_to(d, e);

		if (b < 0x80)
			step_letter(q, pos, b, to, cost);
		if (b < 0xC2 || b > 0xDF)
			continue;
		for (e2 = dawg_edge(to); e2 != 0; e2 = dawg_next(d, e2))
			step_letter(q, pos,
			    (uint32_t)(b & 0x1F) << 6 | (dawg_byte(d, e2) & 0x3F),
			    dawg_to(d, e2), cost);
	}
}

/* Whether figures alone stand from pos on: they may be the mark of a note, and no slip. */
static bool
only_figures(const struct search *q, size_t pos)
{
	while (pos < q->nsigns && q->sign[pos].digit)
		pos++;
	return pos == q->nsigns;
}

/* The scanned character is none of the word. */
static void
step_extra(struct search *q, size_t pos, uint32_t node, int cost)
{
	const struct sign *g = &q->sign[pos];
	int rule = RULE_SPECK;

	if ((g->cp == '\'' && !q->thorough) || is_writers(g))
		return;
	if (g->cp == '-' && pos > 0 && pos + 1 < q->nsigns)
		rule = g->off == q->line ? RULE_LINE : RULE_HYPHEN;
	else if (g->letter || g->digit)
		rule = RULE_INS;
	if (rule == RULE_INS && (!may_be_any(q) || (g->digit && only_figures(q, pos))))
		return;
	if (rule == RULE_INS)
		q->generic = true;
	go(q, pos + 1, node, rule, cost + class_cost(q, rule));
	if (rule == RULE_INS)
		q->generic = false;
}

/*
 * A word ends here: the next begins behind a space that was lost, or behind a hyphen.  A full stop
 * between them may be a speck, and is one where a sentence goes on.
 */
static void
step_word(struct search *q, size_t pos, int cost)
{
	const struct sign *g = &q->sign[pos];
	uint32_t root = q->forms->root;
	size_t nform = q->path.nform, nshown = q->path.nshown;
	int split = cost + class_cost(q, RULE_SPLIT);

	if (pos == 0 || q->words == WORDS_MAX || is_writers(g) || nform + 2 > FORM_MAX ||
	    nshown + 2 > FORM_MAX)
		return;
	q->words++;
	if (g->cp == '-') {
		step(q, pos + 1, root, '-', '-', -1, cost);
	} else if (g->letter || g->digit || g->cp >= 0x80) {
		step(q, pos, root, ' ', ' ', RULE_SPLIT, split);
	} else if (strchr(",.;:!?", (int)g->cp) == NULL) {
		step(q, pos + 1, root, ' ', ' ', RULE_SPLIT, split);
	} else {
		bool stop = g->cp == '.' && pos + 1 < q->nsigns && g[1].letter;

		if (stop)
			step(q, pos + 1, root, ' ', ' ', RULE_SPLIT, split);
		if (!stop || g[1].upper) {
			q->path.form[q->path.nform++] = (char)g->cp;
			q->path.shown[q->path.nshown++] = (char)g->cp;
			step(q, pos + 1, root, ' ', ' ', RULE_SPLIT, split);
		}
		q->path.nform = nform;
		q->path.nshown = nshown;
	}
	q->words--;
}

/* Whether this place was reached before at no more cost; remembers it where not. */
static bool
been(struct search *q, size_t pos, uint32_t node, int cost)
{
	uint32_t h = (node * 2654435761u) ^ (uint32_t)(pos * 40503u);
	struct place *p = &q->places[(h ^ h >> 15) & (PLACES - 1)];

	if (p->stamp == q->stamp && p->node == node && p->pos == pos && p->cost <= cost)
		return true;
	*p = (struct place){node, q->stamp, (uint16_t)pos, cost};
	return false;
}

/* Whether there is more to do at this place: it is new, and not the end of the string. */
static bool
arrive(struct search *q, size_t pos, uint32_t node, int cost)
{
	if (q->steps++ > STEPS || (cost > 0 && q->words == 1 && been(q, pos, node, cost)))
		return false;
	if (pos < q->nsigns)
		return true;
	if (dawg_final(node))
		found(q, cost);
	return false;
}

/* All ways on from a place. */
static void
branch(struct search *q, size_t pos, uint32_t node, int cost)
{
	step_same(q, pos, node, cost);
	step_marks(q, pos, node, cost);
	if (cost + q->least > q->budget)
		return;
	step_rules(q, pos, node, cost);
	step_extra(q, pos, node, cost);
	if (dawg_final(node))
		step_word(q, pos, cost);
	step_letters(q, pos, node, cost);
}

/* The only way on where the rest must stand for itself: the node it leads to, or 0. */
static uint32_t
straight_on(struct search *q, size_t pos, uint32_t node)
{
	struct path *p = &q->path;
	uint32_t cp = q->sign[pos].cp;

	if (p->nform + UTF8_MAX > FORM_MAX || p->nshown + UTF8_MAX > FORM_MAX ||
	    (node = follow(q, node, cp)) == 0)
		return 0;
	p->nform += utf8_put(p->form + p->nform, cp);
	p->nshown += show(q, p->shown + p->nshown, cp);
	return node;
}

static void
walk(struct search *q, size_t pos, uint32_t node, int cost)
{
	size_t nform = q->path.nform, nshown = q->path.nshown;

	for (; node != 0 && arrive(q, pos, node, cost); pos++) {
		if (q->sign[pos].upper || cost + q->sign[pos].change[q->generic] <= q->budget) {
			branch(q, pos, node, cost);
			break;
		}
		node = straight_on(q, pos, node);
	}
	q->path.nform = nform;
	q->path.nshown = nshown;
}

/* Cost that a string of so many characters may be changed at. */
static int
budget(size_t chars, bool thorough)
{
	static const int cheap[] = {0, 14, 14, 14, 16, 16, 16, 16, 17};
	static const int far[] = {0, 14, 14, 17, 20, 22, 23, 24, 24};
	const int *table = thorough ? far : cheap;

	return table[chars < 8 ? chars : 8] * BIT;
}

static int
lesser(int a, int b)
{
	return a < b ? a : b;
}

/* The least cost of rules from..to. */
static int
least(const struct channel *c, size_t from, size_t to)
{
	int cost = c->rule[from].prior;

	for (; from < to; from++)
		cost = lesser(cost, c->rule[from].prior);
	return cost;
}

/* Whether a rule takes a capital for its own small letter. */
static bool
is_case(const struct rule *r)
{
	return r->nwas == 1 && r->nread == 1 && uc_tolower((unsigned char)*r->read) ==
	    (unsigned char)*r->was;
}

/* Notes the rules whose scanned side stands at pos; one with a clitic only begins a string. */
static void
read_rules(struct search *q, size_t pos)
{
	const struct channel *c = q->l->channel;
	struct sign *g = &q->sign[pos];
	const char *s = q->s + g->off;
	size_t left = q->n - g->off;
	uint32_t i = c->first[(unsigned char)*s], end = c->first[(unsigned char)*s + 1];

	g->fit = q->nfits;
	g->least = INT_MAX / 2;
	for (; i < end; i++) {
		const struct rule *r = &q->rule[i];

		if (r->nread > left || (r->nread > 1 && memcmp(s, r->read, r->nread) != 0) ||
		    (r->clitic && (pos > 0 || r->signs >= q->nsigns)) ||
		    (is_case(r) && pos > 0 && !g[-1].letter))
			continue;
		q->fit = mem_more(q->fit, q->nfits, &q->capfits, sizeof(*q->fit));
		q->fit[q->nfits++] = (struct fit){i, r->prior, r->begins};
		g->least = lesser(g->least, r->prior);
	}
	g->nfits = q->nfits - g->fit;
}

/* Takes the string apart; false where it is too long. */
static bool
read_signs(struct search *q)
{
	size_t i;

	for (i = 0; i < q->n;) {
		struct sign *g = &q->sign[q->nsigns];

		if (q->nsigns == CHARS_MAX)
			return false;
		g->off = (unsigned char)i;
		i += utf8_get(q->s + i, q->n - i, &g->cp);
		g->letter = uc_letter(g->cp);
		g->upper = uc_upper(g->cp);
		g->digit = uc_digit(g->cp);
		g->stray = token_stray(q->s + g->off, i - g->off);
		g->low = uc_tolower(g->cp);
		g->base = uc_base(g->low);
		q->nsigns++;
	}
	for (i = 0; q->nsigns > 1 && i < q->nsigns; i++)
		read_rules(q, i);
	return true;
}

/* What the cheapest change at a sign costs; generic: any letter was taken for any other before. */
static int
cheapest(const struct search *q, const struct sign *g, bool generic)
{
	bool any = q->any && !generic;
	int least = generic ? INT_MAX / 2 : g->least, extra = RULE_SPECK;

	if (g->cp == '-')
		return 0;
	if (has_marks(g))
		least = lesser(least, q->least_mark);
	if (g->upper)
		least = lesser(least, class_cost(q, RULE_CASE));
	if (g->letter || g->digit)
		extra = any ? RULE_INS : RULE_SPLIT;
	least = lesser(least, class_cost(q, extra));
	if (any || g->stray)
		least = lesser(least, class_cost(q, RULE_SIGN));
	if (any)
		least = lesser(least, lesser(class_cost(q, RULE_DEL), class_cost(q, RULE_SUB)));
	return lesser(least, class_cost(q, RULE_SPLIT));
}

/* Walks the whole lexicon within a budget; what an earlier walk reached does not count. */
static void
look(struct search *q, int cost)
{
	static uint32_t stamp;
	size_t i;

	q->budget = cost;
	q->stamp = ++stamp;
	for (i = 0; i < q->nsigns; i++) {
		q->sign[i].change[0] = cheapest(q, &q->sign[i], false);
		q->sign[i].change[1] = cheapest(q, &q->sign[i], true);
	}
	walk(q, 0, q->forms->root, 0);
}

/* An elided word misread up to its apostrophe, before a name nobody knows: I'ONU. */
static void
look_elided(struct search *q)
{
	const struct channel *c = q->l->channel;
	unsigned char b = (unsigned char)*q->s;
	struct path *p = &q->path;
	uint32_t i;

	for (i = c->first[b]; i < c->first[b + 1]; i++) {
		const struct rule *r = &q->rule[i];

		if (!r->clitic || r->nread >= q->n || r->nwas + q->n - r->nread > FORM_MAX ||
		    r->read[r->nread - 1] != '\'' || memcmp(q->s, r->read, r->nread) != 0 ||
		    !q->sign[r->signs].upper)
			continue;
		memcpy(p->shown, r->was, r->nwas);
		memcpy(p->shown + r->nwas, q->s + r->nread, q->n - r->nread);
		p->nshown = r->nwas + q->n - r->nread;
		q->edit[0] = (uint16_t)i;
		q->nedits = 1;
		offer(q, r->prior);
		q->nedits = 0;
		p->nshown = 0;
	}
}

size_t
search(const struct language *l, const char *s, size_t n, size_t line,
    const struct reading *r, struct candidate out[CANDIDATES_MAX])
{
	static struct place places[PLACES];
	int most;
	struct search q = {.l = l, .forms = lexicon_forms(l->lexicon), .rule = l->channel->rule, .s = s, .n = n,
		.line = line, .thorough = !r->known, .out = out, .words = 1, .places = places};

	glyphs_make();
	if (n == 0 || n >= FORM_MAX || !read_signs(&q))
		return 0;
	q.shape = word_shape(s, n);
	q.upper = q.shape == SHAPE_UPPER;
	q.any = q.thorough && q.shape != SHAPE_CAPITAL;
	q.worst = INT_MAX;
	most = budget(q.nsigns, q.any);
	if (r->known) {
		q.worst = r->alone + RARER;
		most = q.worst - COMMONEST < most ? q.worst - COMMONEST : most;
	}
	q.least = least(l->channel, 0, l->channel->n);
	q.least_mark = least(l->channel, RULE_LOST, RULE_SWAPPED + 1);
	look(&q, most < NEAR ? most : NEAR);
	if (q.nout == 0 && most > NEAR)
		look(&q, most);
	if (q.nout == 0 && q.any && q.nsigns >= LONG) {
		q.any = false;
		look(&q, FAR);
	}
	if (q.thorough)
		look_elided(&q);
	if (q.upper && q.nsigns <= 3) {
		q.upper = false;
		look(&q, q.budget);
	}
	free(q.fit);
	return q.nout;
}
