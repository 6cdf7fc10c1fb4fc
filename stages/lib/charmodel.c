/*
 * charmodel: reads the model that gen/charmodel writes and sums up its costs.
 *
 * The file, integers little-endian: "emend-cm", u16 members, u16 groups; for each member u16
 * character and CM_SIDES x CM_SIDES bytes of cost; CM_CASES x 2 bytes of cost; then for each group
 * u16 languages, u16 symbols, u32 rows; the languages' names, 8 bytes each; u16 a symbol; u32 the
 * first row of each pair of symbols; a byte a row, the symbol before the pair; the rows, a byte of
 * cost a language.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "charmodel.h"
#include "table.h"
#include "utf8.h"

enum {
	FOREIGN = 13 * CM_BIT,		/* a letter of another script than the language's */
	UNKNOWN = 24 * CM_BIT,		/* a letter of no language here */
	UNKNOWN_MORE = 7 * CM_BIT,	/* one more of the same block */
	RARE = 18 * CM_BIT,		/* a symbol that was never counted */
	SIGN = 13 * CM_BIT,		/* one that statements have and tales have not */
	CONTROL = 22 * CM_BIT,
	LOST = 14 * CM_BIT		/* U+FFFD */
};

struct group {
	size_t nlang, first;	/* its languages among all */
	size_t nsym, nrow;
	const unsigned char *start, *left, *row;
};

struct charmodel {
	size_t nlang, nmember;
	char lang[CM_LANGS][9];
	struct group group[CM_GROUPS];
	unsigned char member[1024][CM_SIDES][CM_SIDES];
	unsigned char letter_case[CM_CASES][2];
	uint16_t sym[CM_END];	/* group << 8 | symbol, 0 for none; MEMBER | its number */
};

enum { MEMBER = 0x8000, GROUP_SHIFT = 8 };

int
cm_group(uint32_t cp)
{
	if (cp < 0x250 || (cp >= 0x1E00 && cp < 0x1F00))
		return 0;
	if (cp >= 0x370 && cp < 0x400)
		return 2;
	if (cp >= 0x400 && cp < 0x530)
		return 1;
	if (cp >= 0x590 && cp < 0x600)
		return 4;
	if (cp >= 0x600 && cp < 0x700)
		return 3;
	return -1;
}

bool
cm_letter(uint32_t cp)
{
	return uc_letter(cp) && cp != 0xAA && cp != 0xBA;
}

enum cm_side
cm_side(uint32_t cp)
{
	if (cp < 0x80) {
		if ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z')
			return CM_LETTERS;
		if (cp >= '0' && cp <= '9')
			return CM_DIGITS;
		return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' ? CM_SPACE : CM_MARKS;
	}
	if (uc_space(cp))
		return CM_SPACE;
	if (cm_letter(cp) || uc_mark(cp))
		return CM_LETTERS;
	return uc_digit(cp) ? CM_DIGITS : CM_MARKS;
}

bool
cm_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019;
}

enum cm_case
cm_case_next(enum cm_case state, uint32_t cp)
{
	if (!cm_letter(cp))
		return cm_apostrophe(cp) ? state : CM_START;
	if (!uc_upper(cp))
		return CM_LOWER;
	return state == CM_START ? CM_CAPITAL : CM_CAPITALS;
}

static unsigned
le16(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

static uint32_t
le32(const unsigned char *p)
{
	return le16(p) | (uint32_t)le16(p + 2) << 16;
}

/* A reader that never runs past the end. */
struct cursor {
	const unsigned char *p;
	size_t left;
	bool bad;
};

static const unsigned char *
take(struct cursor *c, size_t n)
{
	static const unsigned char none[64];
	const unsigned char *p = c->p;

	if (n > c->left) {
		c->bad = true;
		return none;
	}
	c->p += n;
	c->left -= n;
	return p;
}

static void
symbol_set(struct charmodel *m, uint32_t cp, unsigned v)
{
	if (cp < CM_END && m->sym[cp] == 0)
		m->sym[cp] = (uint16_t)v;
}

static void
read_members(struct charmodel *m, struct cursor *c)
{
	for (size_t i = 0; i < m->nmember && !c->bad; i++) {
		uint32_t cp = le16(take(c, 2));

		memcpy(m->member[i], take(c, CM_SIDES * CM_SIDES), CM_SIDES * CM_SIDES);
		symbol_set(m, cp, MEMBER | (unsigned)i);
	}
	memcpy(m->letter_case, take(c, sizeof(m->letter_case)), sizeof(m->letter_case));
}

static void
read_group(struct charmodel *m, struct cursor *c, unsigned g)
{
	struct group *gr = &m->group[g];

	gr->nlang = le16(take(c, 2));
	gr->nsym = le16(take(c, 2));
	gr->nrow = le32(take(c, 4));
	gr->first = m->nlang;
	if (c->bad || m->nlang + gr->nlang > CM_LANGS || gr->nsym > CM_SYMBOLS) {
		c->bad = true;
		return;
	}
	for (size_t i = 0; i < gr->nlang; i++)
		memcpy(m->lang[m->nlang++], take(c, 8), 8);
	for (unsigned s = 0; s < gr->nsym; s++) {
		uint32_t cp = le16(take(c, 2));

		if (s < CM_FIRST_LETTER)
			continue;
		symbol_set(m, cp, g << GROUP_SHIFT | s);
		symbol_set(m, uc_toupper(cp), g << GROUP_SHIFT | s);
	}
	gr->start = take(c, 4 * gr->nsym * gr->nsym);
	gr->left = take(c, gr->nrow);
	gr->row = take(c, gr->nrow * gr->nlang);
	/* Every pair's run of rows ends in a CM_ANY of its own. */
	for (size_t i = 0; !c->bad && i < gr->nsym * gr->nsym; i++)
		c->bad = le32(gr->start + 4 * i) >= gr->nrow;
	if (!c->bad)
		c->bad = gr->nrow == 0 || gr->left[gr->nrow - 1] != CM_ANY;
}

static bool
read_model(struct charmodel *m, struct cursor *c)
{
	unsigned groups;

	if (memcmp(take(c, 8), "emend-cm", 8) != 0)
		return false;
	m->nmember = le16(take(c, 2));
	groups = le16(take(c, 2));
	if (m->nmember > sizeof(m->member) / sizeof(m->member[0]) || groups != CM_GROUPS)
		return false;
	read_members(m, c);
	for (unsigned g = 0; g < groups && !c->bad; g++)
		read_group(m, c, g);
	return !c->bad && c->left == 0;
}

const struct charmodel *
charmodel_open(void)
{
	static struct charmodel *model;
	char *path;
	struct cursor c = {0};

	if (model != NULL)
		return model;
	path = dict_path("models/chars.cm");
	c.p = map_file(path, &c.left);
	free(path);
	if (c.p == NULL)
		return NULL;
	model = mem_alloc(sizeof(*model));
	memset(model, 0, sizeof(*model));
	if (!read_model(model, &c)) {
		free(model);
		model = NULL;
		errno = EINVAL;
	}
	return model;
}

size_t
charmodel_langs(const struct charmodel *m)
{
	return m->nlang;
}

const char *
charmodel_lang(const struct charmodel *m, size_t lang)
{
	return m->lang[lang];
}

bool
charmodel_knows(const struct charmodel *m, uint32_t cp)
{
	return cp < CM_END && m->sym[cp] != 0 && !(m->sym[cp] & MEMBER);
}

/* Where a walk over characters stands: the two symbols before, the case of the word. */
struct state {
	int group;		/* of the word's script; -1 outside words */
	unsigned a, b;
	enum cm_case word;
};

/* What the next character costs: of all languages, and of one group a row more. */
struct step {
	int32_t all;
	const struct group *group;
	const unsigned char *row;
};

static const unsigned char *
find_row(const struct group *g, unsigned a, unsigned b, unsigned c)
{
	size_t i = le32(g->start + 4 * (b * g->nsym + c));

	while (g->left[i] != a && g->left[i] != CM_ANY)
		i++;
	return g->row + i * g->nlang;
}

/* Signs of offices and printers: behind a letter or a symbol they are as odd as any. */
static bool
office_sign(uint32_t cp, uint32_t before)
{
	static const uint16_t signs[] = {0xA2, 0xA3, 0xA5, 0xA7, 0xA9, 0xAA, 0xAE, 0xB0, 0xB1, 0xB2,
	    0xB3, 0xB9, 0xBA, 0xBC, 0xBD, 0xBE, 0xD7, 0x2020, 0x2021, 0x2022, 0x2030, 0x20AC, 0};
	size_t i = 0;

	while (signs[i] != 0 && signs[i] != cp)
		i++;
	return signs[i] != 0 && (before < 0x80 || uc_space(before)) && cm_side(before) != CM_LETTERS;
}

static int32_t
other_cost(uint32_t cp, uint32_t before)
{
	if (office_sign(cp, before))
		return SIGN;
	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return CONTROL;
	if (cp == 0xFFFD)
		return LOST;
	if (!cm_letter(cp) && !uc_mark(cp))
		return uc_punct(cp) ? RARE : CONTROL;
	return cp >= 0x250 && (cp >> 8) == (before >> 8) ? UNKNOWN_MORE : UNKNOWN;
}

static int32_t
member_cost(const struct charmodel *m, unsigned member, uint32_t before, uint32_t behind)
{
	return m->member[member][cm_side(before)][cm_side(behind)];
}

/* A character that is no letter: it ends the word. */
static struct step
step_mark(const struct charmodel *m, struct state *s, unsigned sym, const uint32_t *cp, size_t n,
    size_t i)
{
	uint32_t before = i > 0 ? cp[i - 1] : ' ', behind = i + 1 < n ? cp[i + 1] : ' ';
	struct step st = {0};
	unsigned c = CM_BOUNDARY;

	if (cp[i] >= '0' && cp[i] <= '9')
		c = CM_DIGIT;
	else if (s->group >= 0 && cm_apostrophe(cp[i]))
		c = CM_APOSTROPHE;
	st.all = sym & MEMBER ? member_cost(m, sym & ~MEMBER, before, behind) :
				other_cost(cp[i], before);
	if (s->group >= 0 && s->b >= CM_APOSTROPHE) {
		st.group = &m->group[s->group];
		st.row = find_row(st.group, s->a, s->b, c);
	}
	s->a = c == CM_BOUNDARY ? CM_BOUNDARY : s->b;
	s->b = c;
	if (c != CM_APOSTROPHE)
		s->group = -1;
	s->word = cm_case_next(s->word, cp[i]);
	return st;
}

static struct step
step_letter(const struct charmodel *m, struct state *s, unsigned sym, uint32_t cp)
{
	int g = (int)(sym >> GROUP_SHIFT);
	unsigned c = sym & 0xFF;
	struct step st = {.group = &m->group[g]};

	if (s->group >= 0 && s->group != g)
		st.all += FOREIGN;
	if (s->group != g)
		s->a = s->b = s->b == CM_DIGIT ? CM_DIGIT : CM_BOUNDARY;
	st.row = find_row(st.group, s->a, s->b, c);
	if (g <= 2)
		st.all += m->letter_case[s->word][uc_upper(cp)];
	s->a = s->b;
	s->b = c;
	s->group = g;
	s->word = cm_case_next(s->word, cp);
	return st;
}

static struct step
step_on(const struct charmodel *m, struct state *s, const uint32_t *cp, size_t n, size_t i)
{
	unsigned sym = cp[i] < CM_END ? m->sym[cp[i]] : 0;

	if (sym == 0 && (cm_letter(cp[i]) || uc_mark(cp[i]))) {
		*s = (struct state){-1, CM_BOUNDARY, CM_BOUNDARY, cm_case_next(s->word, cp[i])};
		return (struct step){.all = other_cost(cp[i], i > 0 ? cp[i - 1] : ' ')};
	}
	if (sym == 0 || (sym & MEMBER))
		return step_mark(m, s, sym, cp, n, i);
	return step_letter(m, s, sym, cp[i]);
}

/* The state before character from, out of the word it stands in, at most a few characters back. */
static struct state
state_at(const struct charmodel *m, const uint32_t *cp, size_t n, size_t from)
{
	struct state s = {-1, CM_BOUNDARY, CM_BOUNDARY, CM_START};

	for (size_t i = from > 4 ? from - 4 : 0; i < from; i++)
		step_on(m, &s, cp, n, i);
	return s;
}

void
charmodel_add(const struct charmodel *m, const uint32_t *cp, size_t n, size_t from, size_t to,
    int32_t *cost)
{
	struct state s = state_at(m, cp, n, from);
	int32_t all = 0;

	for (size_t i = from; i < to; i++) {
		struct step st = step_on(m, &s, cp, n, i);

		all += st.all;
		if (st.row == NULL)
			continue;
		all += FOREIGN;
		for (size_t l = 0; l < st.group->nlang; l++)
			cost[st.group->first + l] += st.row[l] - FOREIGN;
	}
	for (size_t l = 0; l < m->nlang; l++)
		cost[l] += all;
}

int32_t
charmodel_cost(const struct charmodel *m, const uint32_t *cp, size_t n, size_t from, size_t to,
    size_t lang)
{
	struct state s = state_at(m, cp, n, from);
	int32_t all = 0;

	for (size_t i = from; i < to; i++) {
		struct step st = step_on(m, &s, cp, n, i);

		all += st.all;
		if (st.row == NULL)
			continue;
		if (lang - st.group->first < st.group->nlang)
			all += st.row[lang - st.group->first];
		else
			all += FOREIGN;
	}
	return all;
}
