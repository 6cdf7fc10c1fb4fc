/*
 * walk: a place reached before at no more cost is not searched again, so the work is bounded by
 * the budget and not by the ways to spend it.
 */
#include <string.h>

#include "utf8.h"
#include "walk.h"

#define STEPS 30000	/* places looked at in one search at most */
#define WORDS_MAX 3	/* words that one string may be split into */
#define LEAD(cp) (0xC0 | (cp) >> 6)	/* the first of the two bytes of a character */

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

/* All letters that are the scanned one but for its diacritic. */
static void
step_marks(struct search *q, size_t pos, uint32_t node, int cost)
{
	const struct sign *g = &q->sign[pos];
	const struct dawg *d = q->forms;
	const uint16_t *m;
	uint32_t e;

	if (!g->marked || cost + q->least_mark > q->budget)
		return;
	if (g->low != g->base)
		step_marked(q, pos, g->base, follow(q, node, g->base), cost);
	m = g->marks;
	for (e = dawg_from(d, node, LEAD(*m)); e != 0 && *m != 0; e = dawg_next(d, e)) {
		uint32_t to = dawg_to(d, e);

		for (; *m != 0 && LEAD(*m) <= dawg_byte(d, e); m++)
			if (*m != g->low && LEAD(*m) == dawg_byte(d, e))
				step_marked(q, pos, *m, dawg_step(d, to, 0x80 | (*m & 0x3F)), cost);
	}
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

	if (!uc_letter(was) || uc_upper(was) || was == g->low)
		return;
	if (g->stray)
		step(q, pos + 1, node, was, was, RULE_SIGN, cost + class_cost(q, RULE_SIGN));
	if (!may_be_any(q))
		return;
	base = uc_base(was);
	shown = g->upper && (pos == 0 || !q->sign[pos - 1].letter) ? uc_toupper(was) : was;
	q->generic = true;
	step(q, pos, node, was, shown, RULE_DEL, cost + class_cost(q, RULE_DEL));
	if (g->letter && base != g->base)
		step(q, pos + 1, node, was, shown, RULE_SUB, cost + class_cost(q, RULE_SUB));
	else if (!g->letter && !g->stray && !g->writers && g->cp != '-' && g->cp != '\'')
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

	if ((g->cp == '\'' && !q->thorough) || g->writers)
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

	if (pos == 0 || q->words == WORDS_MAX || g->writers || nform + 2 > FORM_MAX ||
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
	uint64_t *p = &q->places[(h ^ h >> 15) & (PLACES - 1)];
	uint64_t now = (((uint64_t)q->look << NODE_BITS | node) << POS_BITS | pos) << COST_BITS |
	    (unsigned)cost;

	if ((*p ^ now) >> COST_BITS == 0 && *p <= now)
		return true;
	*p = now;
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

void
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
