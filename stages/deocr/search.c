/*
 * search: looks along a string, within a budget of cost that grows with its length, and keeps the
 * best of what the walk finds.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"
#include "walk.h"

#define BIT MODEL_BIT
#define RARER (13 * BIT)	/* what a word for another one may cost more, edits and all */
#define NEAR (17 * BIT)	/* the budget of a first look; where it finds nothing there is another */
#define FAR (32 * BIT)	/* of a last one, at long words, for what the tables know alone */
#define LONG 7		/* characters of these */
#define COMMONEST (3 * BIT)	/* a word costs at least, wherever it stands */
#define LETTER (12 * BIT)	/* a letter alone that costs more is the name of one, no word */
#define LETTERS 26
#define MARKS 16	/* letters with diacritics to a plain one at most, and a zero */
#define MARKS_LAST 0x17F	/* the last of them: Latin-1 and Latin Extended-A */

/* The letters with diacritics of a plain one, small, as far as MARKS_LAST; NULL for other signs. */
static const uint16_t *
marks_of(uint32_t base)
{
	static uint16_t marks[LETTERS][MARKS];
	static size_t n[LETTERS];
	static uint32_t cp = 0x80;	/* all before it are in the lists */

	for (; cp <= MARKS_LAST; cp++) {
		uint32_t plain = uc_base(cp) - 'a';

		if (uc_letter(cp) && !uc_upper(cp) && plain < LETTERS && n[plain] + 1 < MARKS)
			marks[plain][n[plain]++] = (uint16_t)cp;
	}
	return base - 'a' < LETTERS ? marks[base - 'a'] : NULL;
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
void
found(struct search *q, int cost)
{
	const struct path *p = &q->path;

	if (q->words > 1 || word_shape(p->form, p->nform) == SHAPE_LOWER ||
	    language_gazettes(q->l, p->form, p->nform))
		offer(q, cost);
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

/* Whether a sign stands in words because a writer put it there. */
static bool
is_writers(uint32_t cp)
{
	return cp < 0x80 && cp != 0 && strchr("/()[]<>&+=_@#%", (int)cp) != NULL;
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
		g->writers = is_writers(g->cp);
		g->low = uc_tolower(g->cp);
		g->base = uc_base(g->low);
		g->marks = g->letter ? marks_of(g->base) : NULL;
		g->marked = g->marks != NULL && (g->low != g->base || *g->marks != 0);
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
	if (g->marked)
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
	static uint32_t looks;
	size_t i;

	if (++looks == LOOKS) {
		memset(q->places, 0, PLACES * sizeof(*q->places));
		looks = 1;
	}
	q->budget = cost;
	q->look = looks;
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
	static uint64_t places[PLACES];
	int most;
	struct search q = {.l = l, .forms = lexicon_forms(l->lexicon), .rule = l->channel->rule,
		.s = s, .n = n, .line = line, .thorough = !r->known, .out = out, .words = 1,
		.places = places};

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
