/*
 * line: the source lines of a document that are not white, cleaned and measured.  In: the T
 * records of the document; out: seg.line.  It drops white space only.
 */
#include <stdlib.h>
#include <string.h>

#include "segment.h"
#include "utf8.h"

/* White space taken out of a line: how many bytes are gone at and before a byte of it. */
struct cut {
	size_t at, gone;
};

struct cuts {
	struct cut *cut;
	size_t n, cap;
};

static void
cut_add(struct cuts *c, size_t at, size_t gone)
{
	c->cut = mem_more(c->cut, c->n, &c->cap, sizeof(*c->cut));
	c->cut[c->n++] = (struct cut){at, gone};
}

/* Where byte off of the raw line went. */
static size_t
cut_map(const struct cuts *c, size_t off)
{
	size_t lo = 0, hi = c->n, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (c->cut[mid].at <= off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo == 0 ? off : off - c->cut[lo - 1].gone;
}

/* The character at raw + i, and whether it is white space; returns its length. */
static size_t
look(const char *raw, size_t n, size_t i, uint32_t *cp, bool *white)
{
	unsigned char c = (unsigned char)raw[i];

	if (c < 0x80) {
		*cp = c;
		*white = c == ' ' || (c >= '\t' && c <= '\r');
		return 1;
	}
	/* white space beyond ASCII begins with these bytes */
	if (c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3) {
		*white = false;
		return 1;
	}
	i = utf8_get(raw + i, n - i, cp);
	*white = uc_space(*cp);
	return i;
}

/* White space raw[from..to) within the line: one space for a run or a TAB. */
static void
clean_run(struct line *l, struct buf *b, struct cuts *cuts, const char *raw, size_t from, size_t to,
    size_t run, uint32_t space)
{
	size_t gone = cuts->n > 0 ? cuts->cut[cuts->n - 1].gone : 0;

	if (run == 1 && space != '\t' && space != '\f') {
		buf_add(b, raw + from, to - from);
		return;
	}
	buf_addc(b, ' ');
	if (to - from > 1)
		cut_add(cuts, from + 1, gone + to - from - 1);
	l->wide += run > 1;
	l->rift = run > l->rift ? (unsigned)run : l->rift;
}

/* A visible ASCII character: most are, and single spaces between them stay. */
static bool
is_plain(char c)
{
	return c > ' ' && c < 0x7F;
}

/*
 * Copies raw to b with white space as segment wants it: none at the ends, runs and TABs made one
 * space.  Fills in indent and wide; returns whether a form feed stands before the text.
 */
static bool
clean(struct line *l, struct buf *b, struct cuts *cuts, const char *raw, size_t n)
{
	size_t i = 0, k, run = 0, from = 0, text = 0;
	uint32_t cp = 0, space = 0;
	bool ff = false, white;

	for (; i < n; i += k) {
		while (run == 0 && i < n &&
		       (is_plain(raw[i]) ||
			   (raw[i] == ' ' && i > text && i + 1 < n && is_plain(raw[i + 1]))))
			i++;
		if (i == n)
			break;
		k = look(raw, n, i, &cp, &white);
		if (white) {
			if (run++ == 0) {
				buf_add(b, raw + text, i - text);
				from = i;
			}
			space = cp;
			if (b->len == 0) {
				ff |= cp == '\f';
				l->indent =
				    cp == '\t' ? (l->indent / 8 + 1) * 8 : l->indent + (cp != '\f');
			}
			continue;
		}
		if (run > 0) {
			if (b->len > 0)
				clean_run(l, b, cuts, raw, from, i, run, space);
			else
				cut_add(cuts, from, i - from);
			text = i;
			run = 0;
		}
	}
	if (run == 0)
		buf_add(b, raw + text, n - text);
	else
		cut_add(cuts, from, (cuts->n > 0 ? cuts->cut[cuts->n - 1].gone : 0) + n - from);
	return ff;
}

/* The cleaned text with the notes of the raw one, but for form feeds. */
static struct text *
clean_text(struct line *l, const struct text *raw)
{
	struct text *t = mem_alloc(sizeof(*t));
	struct cuts cuts = {0};
	const struct note *o;
	size_t i, from, to;

	*t = (struct text){0};
	buf_need(&t->s, raw->s.len);
	l->ff |= clean(l, &t->s, &cuts, raw->s.data, raw->s.len);
	for (i = 0; i < raw->n; i++) {
		o = &raw->note[i];
		if (strcmp(o->kind, "ff") == 0) {
			l->ff = true;
			continue;
		}
		from = cut_map(&cuts, o->off);
		to = cut_map(&cuts, o->off + o->len);
		if (from > t->s.len)
			from = t->s.len;
		if (to > t->s.len)
			to = t->s.len;
		if (to < from)
			to = from;
		if (to == from && o->len > 0)
			continue;
		text_note(t, from, to - from, o->kind, o->type, o->value, o->post, o->by, o->why);
	}
	free(cuts.cut);
	return t;
}

int
raised_digit(uint32_t cp)
{
	if (cp == 0xB9)
		return 1;
	if (cp == 0xB2 || cp == 0xB3)
		return (int)cp - 0xB0;
	return cp == 0x2070 || (cp >= 0x2074 && cp <= 0x2079) ? (int)cp - 0x2070 : -1;
}

static bool
is_closer(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == '}' || cp == 0x2019 ||
	       cp == 0x201D || cp == 0xBB || cp == 0x201C || cp == 0x203A || cp == '*' || cp == '_';
}

/*
 * Where the text of a line ends: before tokens of punctuation only, as specks at the end of a line
 * are.  A dash, and a stop set apart as in French, belong to the text.
 */
static size_t
text_end(const char *s, size_t n)
{
	size_t i, from;
	uint32_t cp;
	bool specks = false;

	for (; n > 0; n = i, specks = true) {
		for (from = n; from > 0 && s[from - 1] != ' '; from--)
			;
		if (from == 0)
			break;
		for (i = from; i < n;) {
			i += utf8_get(s + i, n - i, &cp);
			if (!uc_punct(cp))
				return n;
		}
		if (n - from == 1
			? strchr(".;:!?-", s[from]) != NULL && !(specks && s[from] == '.') &&
			      (s[from] != '.' || from < 2 || strchr(",;:", s[from - 2]) == NULL)
			: (cp == 0x2013 || cp == 0x2014 || cp == 0xBB || s[from] == '.' ||
			      s[from] == '-'))
			break;
		i = from - 1;
	}
	return n;
}

/*
 * A footnote mark at the end is left aside: digits glued behind a stop or a bracket, as in
 * "Persons,2", in brackets, "Persons.[2]", or raised.
 */
static size_t
before_mark(const char *s, size_t n)
{
	size_t i = n, k;
	uint32_t cp;
	bool bracket = n > 2 && (s[n - 1] == ']' || s[n - 1] == ')');

	for (i -= bracket; i > 0 && i + 4 > n; i -= k) {
		k = utf8_back(s, i, &cp);
		if (!(cp >= '0' && cp <= '9') && raised_digit(cp) < 0)
			break;
	}
	if (bracket && (i + 1 == n || i < 2 || s[i - 1] != (s[n - 1] == ']' ? '[' : '(')))
		return n;
	i -= bracket;
	if (i < 2 || i == n || strchr(",.;:!?)", s[i - 1]) == NULL ||
	    (s[i - 2] >= '0' && s[i - 2] <= '9'))
		return n;
	return i;
}

static enum ending
ending_of(uint32_t cp, uint32_t before)
{
	switch (cp) {
	case '.':
	case '!':
	case '?':
	case 0x2026:
		return END_STOP;
	case ',':
		return END_COMMA;
	case ';':
		return END_SEMI;
	case ':':
		return END_COLON;
	case '-':
	case 0x2010:
	case 0xAD:
		return uc_letter(before) || uc_digit(before) || uc_mark(before) ? END_HYPHEN
										: END_DASH;
	case 0x2013:
	case 0x2014:
		return END_DASH;
	default:
		return END_WORD;
	}
}

/* *calls: the sentence ends in ! or ? or dots, behind which small letters may follow. */
static enum ending
ending(const char *s, size_t n, bool *calls)
{
	size_t i = before_mark(s, text_end(s, n));
	uint32_t cp = 0, before = ' ';

	while (i > 0) {
		i -= utf8_back(s, i, &cp);
		if (!is_closer(cp) && cp != ' ' && cp != 0xA0)
			break;
	}
	if (i > 0)
		utf8_back(s, i, &before);
	*calls = cp == '!' || cp == '?' || cp == 0x2026 || (cp == '.' && before == '.');
	return ending_of(cp, before);
}

/* Quotes, brackets and specks before the first letter or figure say nothing. */
static enum opening
opening(const char *s, size_t n)
{
	size_t i = 0;
	uint32_t cp;

	while (i < n && i < 24) {
		i += utf8_get(s + i, n - i, &cp);
		if (uc_upper(cp))
			return OPEN_UPPER;
		if (uc_letter(cp))
			return OPEN_LOWER;
		if (uc_digit(cp))
			return OPEN_DIGIT;
		if (!uc_punct(cp) && !uc_space(cp))
			return OPEN_OTHER;
	}
	return OPEN_OTHER;
}

/* Counts what the passes ask for; one letter words make a line letter-spaced. */
static void
measure(struct line *l, const char *s, size_t n)
{
	size_t i = 0, word = 0, single = 0, before = 0;
	uint32_t cp;

	while (i < n) {
		if (s[i] >= 'a' && s[i] <= 'z') {
			i++;
			word++;
			l->letters++;
			l->width++;
			continue;
		}
		i += utf8_get(s + i, n - i, &cp);
		l->width++;
		if (cp == ' ' || cp == 0xA0) {
			single += word == 1;
			l->words += l->letters + l->digits > before;
			before = l->letters + l->digits;
			word = 0;
			continue;
		}
		word++;
		if (uc_letter(cp)) {
			l->letters++;
			l->uppers += uc_upper(cp);
		} else {
			l->digits += uc_digit(cp);
			l->starred |= cp == '*' || raised_digit(cp) >= 0;
		}
	}
	single += word == 1;
	l->words += l->letters + l->digits > before;
	l->spaced = l->words >= 5 && single * 4 >= l->words * 3 &&
		    l->letters * 10 >= (size_t)l->width * 4 && l->uppers * 10 >= l->letters * 9;
	l->end = ending(s, n, &l->calls);
	l->mark = mark_read(s, n);
	l->open = opening(s + l->mark.len, n - l->mark.len);
}

/* Whether the raw line has only white space; *ff tells whether a form feed is in it. */
static bool
is_white(const struct text *t, bool *ff)
{
	size_t i = 0;
	uint32_t cp;

	while (i < t->s.len) {
		i += utf8_get(t->s.data + i, t->s.len - i, &cp);
		if (!uc_space(cp))
			return false;
		*ff |= cp == '\f';
	}
	*ff |= text_find(t, 0, "ff") < t->n;
	return true;
}

/* Whether a form feed ends the line. */
static bool
ff_ends(const struct text *t)
{
	return t->s.len > 0 && t->s.data[t->s.len - 1] == '\f';
}

void
lines_read(struct seg *s)
{
	struct line *l;
	struct rec *r;
	size_t i, no = 0;
	unsigned gap = 0, run = 0, empty = 0;
	bool ff = false, white_ff;

	for (i = 0; i < s->doc->n; i++) {
		r = &s->doc->rec[i];
		if (r->tag != 'T')
			continue;
		no++;
		white_ff = false;
		if (is_white(&r->text, &white_ff)) {
			ff |= white_ff;
			gap++;
			run = r->text.s.len == 0 ? run + 1 : 0;
			empty = run > empty ? run : empty;
			continue;
		}
		s->line = mem_more(s->line, s->nline, &s->capline, sizeof(*s->line));
		l = &s->line[s->nline++];
		*l = (struct line){.no = no, .gap = gap, .empty = empty, .ff = ff};
		l->raw = &r->text;
		l->text = clean_text(l, &r->text);
		measure(l, l->text->s.data, l->text->s.len);
		ff = ff_ends(&r->text);
		gap = run = empty = 0;
	}
	marks_settle(s);
}

void
lines_free(struct seg *s)
{
	size_t i;

	for (i = 0; i < s->nline; i++) {
		text_free(s->line[i].text);
		free(s->line[i].text);
	}
	free(s->line);
	s->line = NULL;
	s->nline = s->capline = 0;
}

const char *
line_text(const struct seg *s, size_t i, size_t *n)
{
	*n = s->line[i].text->s.len;
	return s->line[i].text->s.data;
}
