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
		line_measure(l, l->text->s.data, l->text->s.len);
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
