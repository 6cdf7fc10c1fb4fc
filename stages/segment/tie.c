/*
 * tie: footnote marks to their notes.  In: statements and their blocks; out: mark notes on the lines,
 * and which notes are called.
 *
 * A mark is a number glued to a word, a stop, a bracket or a year - "Persons1", "Convention,2",
 * "2000,1" - that has a note of its statement, on the same page or an earlier one.  A number that
 * stands alone ("Rights 15  and") is taken only for a note that nothing else calls, between the
 * marks of its neighbours.  "4.30 p.m.", "Corr.1)", "20/3" and "2,5 millions" are none.
 */
#include <stdlib.h>
#include <string.h>

#include "phrase.h"
#include "segment.h"
#include "utf8.h"

#define HIGHEST 999 /* the highest number of a note */
#define LONGWORD 256 /* bytes of a word that are looked at */

struct footnote {
	size_t block, page;
	unsigned value; /* 0: stars */
	char style; /* '(' or '[' where its label stands in brackets, else 0 */
	size_t next; /* with the same number, further down, or NONE */
	size_t called; /* place of the first mark that calls it; NONE: none */
};

/* What may be a mark: bytes of a line, with its place in reading order. */
struct mayb {
	size_t line, off, len, place;
	unsigned value;
	bool alone; /* not glued to anything */
};

struct ties {
	struct footnote *note;
	size_t nnote, capnote;
	struct mayb *mark;
	size_t nmark, capmark;
	size_t first[HIGHEST + 1], last[HIGHEST + 1]; /* notes of each number */
	size_t untied;
	bool bracketed; /* some notes have labels in brackets */
};

static void
note_add(struct seg *s, struct ties *t, size_t block)
{
	struct block *b = &s->block[block];
	const struct buf *text = &s->line[b->line].text->s;
	struct footnote f = {
	    .block = block, .page = s->line[b->line].page, .next = NONE, .called = NONE};

	if (note_label(text->data, text->len, &f.value) == 0 || f.value > HIGHEST)
		return;
	if (f.value > 0 && (text->data[0] == '(' || text->data[0] == '['))
		f.style = text->data[0];
	t->bracketed |= f.style != 0;
	t->note = mem_more(t->note, t->nnote, &t->capnote, sizeof(*t->note));
	t->note[t->nnote] = f;
	if (t->first[f.value] == NONE)
		t->first[f.value] = t->nnote;
	else
		t->note[t->last[f.value]].next = t->nnote;
	t->last[f.value] = t->nnote++;
}

/* The word that ends at byte off of p: where it begins, of the longest the last LONGWORD bytes. */
static size_t
word_before(const char *p, size_t off)
{
	size_t least = off > LONGWORD ? off - LONGWORD : 0;

	while (off > least && p[off - 1] != ' ')
		off--;
	return off;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether p[from..to) is a word behind whose stop a figure is no mark: "Corr", "No", "art". */
static bool
is_abbreviation(const struct seg *s, const char *p, size_t from, size_t to)
{
	struct buf f = {0};
	bool yes;

	while (from < to && strchr("([", p[from]) != NULL)
		from++;
	fold(&f, p + from, to - from);
	yes = f.len > 0 && f.len < 12 &&
	      phrase_find(s->phrases, C_ABBREV, f.data, f.len, NULL) != NULL;
	buf_free(&f);
	return yes;
}

/* Whether p[from..to) is a code that ends in a figure: capitals only, as CO2, G20, P5. */
static bool
is_code(const char *p, size_t from, size_t to)
{
	size_t letters = 0;

	for (; from < to; from++) {
		if (p[from] >= 'a' && p[from] <= 'z')
			return false;
		letters += (p[from] >= 'A' && p[from] <= 'Z') || (unsigned char)p[from] >= 0xC0;
	}
	return letters <= 3;
}

/* Whether the word holds a slash, an at sign or a dot within, as symbols and addresses do. */
static bool
is_address(const char *p, size_t from, size_t to)
{
	for (; from < to; from++)
		if (p[from] == '/' || p[from] == '@' || p[from] == '\\' ||
		    (to - from > 4 && memcmp(p + from, "www.", 4) == 0))
			return true;
	return false;
}

static bool
is_year(const char *p, size_t from, size_t to)
{
	while (from < to && strchr("([", p[from]) != NULL)
		from++;
	return to - from == 4 &&
	       (memcmp(p + from, "19", 2) == 0 || memcmp(p + from, "20", 2) == 0 ||
		   memcmp(p + from, "18", 2) == 0) &&
	       is_digit(p[from + 2]) && is_digit(p[from + 3]);
}

/* Whether what follows the figures at byte end lets them be a mark. */
static bool
ends_well(const char *p, size_t n, size_t end)
{
	uint32_t cp;

	if (end == n || p[end] == ' ')
		return true;
	if (strchr(".,;:)]-\"'!?", p[end]) != NULL)
		return end + 1 == n || !is_digit(p[end + 1]);
	utf8_get(p + end, n - end, &cp);
	return cp == 0x201D || cp == 0x2019 || cp == 0xBB || cp == 0x2013 || cp == 0x2014 ||
	       cp == 0xA0;
}

/* Whether a word in small letters ends at byte off: figures behind it can hardly be but a mark. */
static bool
ends_word(const char *p, size_t off)
{
	size_t n = 0;

	while (n < off && n < LONGWORD && p[off - n - 1] >= 'a' && p[off - n - 1] <= 'z')
		n++;
	return n >= 3 && !is_address(p, word_before(p, off), off);
}

/* Whether figures at byte off are glued to something that a mark is glued to. */
static bool
glued(const struct seg *s, const char *p, size_t off)
{
	size_t from = word_before(p, off);
	uint32_t cp, before;
	size_t at;

	if (off == from || is_address(p, from, off))
		return false;
	at = off - utf8_back(p, off, &cp);
	if (uc_letter(cp))
		return !is_code(p, from, off);
	if (cp == ')' || cp == ']' || cp == '"' || cp == 0x201D || cp == 0x2019 || cp == 0xBB)
		return at > from;
	if (at <= from ||
	    (cp != ',' && cp != '.' && cp != ';' && cp != ':' && cp != '!' && cp != '?'))
		return false;
	utf8_back(p, at, &before);
	if (uc_digit(before))
		return is_year(p, from, at) && cp != ':';
	if (cp == '.' && is_abbreviation(s, p, from, at))
		return false;
	return uc_letter(before) || before == ')' || before == ']' || before == '"' ||
	       before == '*' || before == 0x201D || before == 0x2019 || before == 0xBB ||
	       before == '\'';
}

/* The value of a superscript figure, or -1. */
static int
superscript(uint32_t cp)
{
	if (cp == 0xB9)
		return 1;
	if (cp == 0xB2 || cp == 0xB3)
		return (int)cp - 0xB0;
	return cp == 0x2070 || (cp >= 0x2074 && cp <= 0x2079) ? (int)cp - 0x2070 : -1;
}

static void
mark_add(struct ties *t, size_t line, size_t off, size_t len, unsigned value, bool alone)
{
	t->mark = mem_more(t->mark, t->nmark, &t->capmark, sizeof(*t->mark));
	t->mark[t->nmark] = (struct mayb){line, off, len, t->nmark, value, alone};
	t->nmark++;
}

/* Superscripts and stars at byte i; returns their length, 0 where there are none. */
static size_t
special(struct ties *t, size_t line, const char *p, size_t n, size_t i)
{
	size_t end = i, k;
	unsigned value = 0;
	uint32_t cp;
	int d;

	if (p[i] == '*') {
		while (end < n && p[end] == '*')
			end++;
		if (i > 0 && p[i - 1] != ' ' && end - i <= 2 && ends_well(p, n, end) &&
		    t->first[0] != NONE)
			mark_add(t, line, i, end - i, 0, false);
		return end - i;
	}
	while (end < n && end - i < 9 && (k = utf8_get(p + end, n - end, &cp)) > 0 &&
	       (d = superscript(cp)) >= 0) {
		value = value * 10 + (unsigned)d;
		end += k;
	}
	if (end > i && value > 0 && value <= HIGHEST)
		mark_add(t, line, i, end - i, value, false);
	return end - i;
}

/* Figures that stand alone but with more space than words have, or before a stop. */
static bool
stands_off(
    const struct seg *s, const struct line *l, const char *p, size_t n, size_t off, size_t end)
{
	size_t from = off > 0 ? word_before(p, off - 1) : 0, letters = 0;
	uint32_t cp;

	if (off < 2 || p[off - 1] != ' ' || (end < n && !ends_well(p, n, end)))
		return false;
	for (size_t i = from; i < off - 1;) {
		i += utf8_get(p + i, off - 1 - i, &cp);
		letters += uc_letter(cp);
	}
	if (letters < 4 || is_abbreviation(s, p, from, off - 1))
		return false;
	return l->wide > 0 || end == n || strchr(".,;:)", p[end]) != NULL;
}

/* "(2)" and "[2]", glued to a word or a stop, where notes have such labels. */
static bool
in_brackets(const struct ties *t, const char *p, size_t n, size_t off, size_t end, unsigned value)
{
	char open = t->note[t->first[value]].style;

	return open != 0 && off >= 2 && end < n && p[off - 1] == open &&
	       p[end] == (open == '(' ? ')' : ']') && (p[off - 2] != ' ' || open == '[');
}

/* A mark glued to a year: "19785" is 1978 and note 5, if nothing else calls that. */
static void
scan_year(struct ties *t, size_t line, const char *p, size_t n, size_t off, size_t end)
{
	unsigned value = 0;

	for (size_t i = off + 4; i < end; i++)
		value = value * 10 + (unsigned)(p[i] - '0');
	if (p[off + 4] != '0' && t->first[value] != NONE && ends_well(p, n, end) &&
	    (off == 0 || p[off - 1] == ' '))
		mark_add(t, line, off + 4, end - off - 4, value, true);
}

/* Collects what may be marks in line i; skip bytes at its head are the block's own number. */
static void
scan(const struct seg *s, struct ties *t, size_t i, size_t skip)
{
	size_t n, k, end;
	const char *p = line_text(s, i, &n);
	unsigned value;

	for (k = skip; k < n; k = end) {
		end = k + 1;
		if (p[k] == '*' || (unsigned char)p[k] == 0xC2 || (unsigned char)p[k] == 0xE2) {
			size_t took = special(t, i, p, n, k);
			end = took > 0 ? k + took : end;
			continue;
		}
		if (!is_digit(p[k]))
			continue;
		for (value = 0; end <= n && is_digit(p[end - 1]); end++) {
			value = value < 10000 ? value * 10 + (unsigned)(p[end - 1] - '0') : value;
			if (end == n) {
				end++;
				break;
			}
		}
		end--;
		if (p[k] == '0' || (k > 0 && is_digit(p[k - 1])))
			continue;
		if (end - k > 4 && end - k < 7 && is_year(p, k, k + 4)) {
			scan_year(t, i, p, n, k, end);
			continue;
		}
		if (value == 0 || value > HIGHEST)
			continue;
		if (t->first[value] == NONE) {
			t->untied += ends_word(p, k) && ends_well(p, n, end);
			continue;
		}
		if (t->bracketed && in_brackets(t, p, n, k, end, value)) {
			mark_add(t, i, k - 1, end - k + 2, value, false);
			continue;
		}
		if (glued(s, p, k) && ends_well(p, n, end))
			mark_add(t, i, k, end - k, value, false);
		else if (stands_off(s, &s->line[i], p, n, k, end))
			mark_add(t, i, k, end - k, value, true);
	}
}

/* The note of that number a mark on this page calls: on it, else the last before, else on the next. */
static size_t
note_for(const struct ties *t, unsigned value, size_t page)
{
	size_t best = NONE;

	for (size_t i = t->first[value]; i != NONE; i = t->note[i].next) {
		if (t->note[i].page > page + 1 || (t->note[i].page > page && best != NONE))
			break;
		best = i;
	}
	return best;
}

static void
tie(struct seg *s, struct ties *t, const struct mayb *m, size_t note)
{
	struct footnote *f = &t->note[note];
	char id[32];

	if (f->called == NONE)
		f->called = m->place;
	s->block[f->block].called = true;
	snprintf(id, sizeof(id), "L%04zu", s->line[s->block[f->block].line].no);
	text_note(s->line[m->line].text, m->off, m->len, "mark", "", id, m->alone ? 80 : 97,
	    "segment", "");
}

/* A mark that stands alone: its note is called by nothing else, and its neighbours' marks stand around. */
static bool
fits_alone(const struct ties *t, const struct mayb *m, size_t note)
{
	const struct footnote *f = &t->note[note];

	if (f->called != NONE || t->mark[m->place].line != m->line)
		return false;
	if (note > 0 && f[-1].value + 1 == f->value &&
	    (f[-1].called == NONE || f[-1].called > m->place))
		return false;
	if (note + 1 < t->nnote && f[1].value == f->value + 1 && f[1].called != NONE &&
	    f[1].called < m->place)
		return false;
	return true;
}

static void
marks_tie(struct seg *s, struct ties *t)
{
	size_t note;

	for (int alone = 0; alone < 2; alone++)
		for (size_t i = 0; i < t->nmark; i++) {
			const struct mayb *m = &t->mark[i];

			if (m->alone != (alone == 1))
				continue;
			note = note_for(t, m->value, s->line[m->line].page);
			if (note != NONE && (!alone || fits_alone(t, m, note)))
				tie(s, t, m, note);
			else if (!alone)
				t->untied++;
		}
}

static bool
may_hold_marks(enum kind k)
{
	return k == K_P || k == K_ITEM || k == K_HEAD || k == K_SALUTE || k == K_SPEAKER ||
	       k == K_CLOSING || k == K_SIGNED || k == K_DATELINE;
}

/* Goes through block b and what interrupts it: first for notes, then for marks. */
static void
visit(struct seg *s, struct ties *t, size_t b, bool notes)
{
	const struct block *k = &s->block[b];

	if (notes && k->kind == K_NOTE)
		note_add(s, t, b);
	for (size_t p = k->first; p != NONE; p = s->piece[p].next) {
		if (s->piece[p].block)
			visit(s, t, s->piece[p].i, notes);
		else if (!notes && may_hold_marks(k->kind))
			scan(s, t, s->piece[p].i, s->piece[p].i == k->line ? k->mark.len : 0);
	}
}

void
ties_find(struct seg *s)
{
	struct ties *t = mem_alloc(sizeof(*t));
	size_t n, i;

	memset(t, 0, sizeof(*t));
	for (n = 0; n < s->nstat; n++) {
		const struct statement *st = &s->stat[n];

		t->nnote = t->nmark = t->untied = 0;
		t->bracketed = false;
		for (i = 0; i <= HIGHEST; i++)
			t->first[i] = t->last[i] = NONE;
		for (i = st->first; i < st->end; i++)
			visit(s, t, s->order[i], true);
		for (i = st->first; i < st->end; i++)
			visit(s, t, s->order[i], false);
		marks_tie(s, t);
		s->untied += t->untied;
	}
	free(t->note);
	free(t->mark);
	free(t);
}
