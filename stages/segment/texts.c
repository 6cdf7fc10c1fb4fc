/*
 * texts: the text of a block out of its lines, with the notes that tell where each line began, what
 * interrupts it, and what its typography was.  No letter is changed; letter-spaced capitals are
 * closed up with their source form noted.
 */
#include <string.h>

#include "phrase.h"
#include "segment.h"
#include "texts.h"
#include "utf8.h"
#include "words.h"

void
block_id(const struct seg *s, size_t b, struct buf *id)
{
	const struct block *k = &s->block[b];
	size_t no = k->kind == K_PB ? k->page + 1 : s->line[k->line].no;

	buf_clear(id);
	if (k->kind == K_PB)
		buf_addc(id, 'P');
	else
		buf_adds(id, no < 10 ? "L000" : no < 100 ? "L00" : no < 1000 ? "L0" : "L");
	buf_addu(id, no);
}

/* Whether the very last character is a hyphen: no specks behind it. */
static bool
ends_hyphen(const struct line *l)
{
	uint32_t cp;

	utf8_back(l->text->s.data, l->text->s.len, &cp);
	return cp == '-' || cp == 0x2010 || cp == 0xAD;
}

/*
 * Whether a line in the midst of a paragraph seems to stand one line too late: short, with commas
 * around it, in double spacing.
 */
static bool
is_astray(const struct seg *s, const struct block *b, size_t i)
{
	const struct line *l = &s->line[i];

	return l->pitch > 0 && i != b->line && i != b->end && l->width * 2 < l->measure &&
	       l->text->s.data[0] == ',' && l->end == END_COMMA;
}

/* What stands between two lines: nothing behind a hyphen or before a superscript, else a space. */
static const char *
between(const struct line *a, const struct line *b, const char **type)
{
	*type = "";
	if (b->cue & CUE_SUPER) {
		*type = "none";
		return "";
	}
	if (a->end == END_HYPHEN && ends_hyphen(a) && b->open != OPEN_OTHER &&
	    b->mark.kind == MARK_NONE) {
		*type = "maybe";
		return "";
	}
	return " ";
}

/* A note for each block that stands at the end of t: pieces from p on, as far as they are blocks. */
static void
heres(const struct seg *s, size_t p, struct text *t)
{
	struct buf id = {0};

	for (; p != NONE && s->piece[p].block; p = s->piece[p].next) {
		block_id(s, s->piece[p].i, &id);
		text_note(t, t->s.len, 0, "here", "", buf_str(&id), POST_NONE, "segment", "");
	}
	buf_free(&id);
}

/* Pairs of two stars set words in bold. */
static void
bold(struct text *t)
{
	const char *p = t->s.data;
	size_t n = t->s.len, from = NONE;

	for (size_t i = 0; i + 1 < n; i++) {
		if (p[i] != '*' || p[i + 1] != '*')
			continue;
		if (i + 2 < n && p[i + 2] == '*')
			return;
		if (from == NONE) {
			from = i;
		} else {
			if (i > from + 2)
				text_note(t, from, i + 2 - from, "hi", "bold", "", POST_NONE,
				    "segment", "");
			from = NONE;
		}
		i++;
	}
}

/* The letters of a letter-spaced line closed up: runs of two spaces part its words. */
static void
closed_up(const struct text *raw, struct buf *out, struct buf *source)
{
	const char *p = raw->s.data;
	size_t n = raw->s.len, i = 0, k, run = 0;
	uint32_t cp;

	while (i < n) {
		k = utf8_get(p + i, n - i, &cp);
		if (uc_space(cp)) {
			run++;
		} else {
			if (run > 1 && out->len > 0)
				buf_addc(out, ' ');
			if (out->len > 0)
				buf_add(source, "                ", run < 16 ? run : 16);
			run = 0;
			buf_add(out, p + i, k);
			buf_add(source, p + i, k);
		}
		i += k;
	}
}

/* Adds a line that is letter-spaced: closed up, what the source had in a note. */
static void
add_spaced(struct seg *s, struct line *l, struct text *t)
{
	struct buf out = {0}, source = {0};
	size_t off = t->s.len;

	closed_up(l->raw, &out, &source);
	if (s->words == NULL)
		s->words = words_read(s);
	words_part(s->words, &out);
	buf_add(&t->s, out.data, out.len);
	text_note(t, off, out.len, "hi", "letterspaced", "", POST_NONE, "segment", "");
	text_note(t, off, out.len, "corr", "letterspacing", buf_str(&source), 98, "segment",
	    "conjecture");
	buf_free(&out);
	buf_free(&source);
}

/* Where a letterhead has two columns side by side: a note for each wide gap. */
static void
gaps(const struct line *l, struct text *t, size_t off)
{
	const char *p = l->raw->s.data;
	size_t n = l->raw->s.len, i = 0, k, run = 0, space = 0, at = 0;
	uint32_t cp;

	for (; i < n; i += k) {
		k = utf8_get(p + i, n - i, &cp);
		if (uc_space(cp)) {
			run += cp == '\t' ? 2 : 1;
			space = k;
			continue;
		}
		if (run > 0 && at > 0) {
			at += run == 1 ? space : 1;
			if (run > 1)
				text_note(t, off + at, 0, "gap", "", "", POST_NONE, "segment", "");
		}
		run = 0;
		at += k;
	}
}

void
text_make(struct seg *s, const struct block *b, struct text *t)
{
	size_t p, last = NONE, held = NONE, off;
	const char *type = "";
	struct buf no = {0};

	for (p = b->first; p != NONE; p = s->piece[p].next) {
		struct line *l = &s->line[s->piece[p].i];

		if (s->piece[p].block) {
			held = held == NONE ? p : held;
			continue;
		}
		if (last != NONE)
			buf_adds(&t->s, between(&s->line[last], l, &type));
		heres(s, held, t);
		held = NONE;
		off = t->s.len;
		if (last != NONE) {
			buf_clear(&no);
			buf_addu(&no, l->no);
			text_note(t, off, 0, "lb", type, buf_str(&no), POST_NONE, "", "");
		}
		if (l->spaced && l->text->n == 0)
			add_spaced(s, l, t);
		else
			text_join(t, "", l->text);
		if (l->cue & CUE_SUPER)
			text_note(t, off, l->text->s.len, "hi", "superscript", "", POST_NONE,
			    "segment", "");
		if (b->kind == K_LETTERHEAD && l->wide > 0 && !l->spaced && l->text->n == 0)
			gaps(l, t, off);
		if (is_astray(s, b, s->piece[p].i))
			text_note(
			    t, off, l->text->s.len, "doubt", "place", "", POST_NONE, "segment", "");
		last = s->piece[p].i;
	}
	heres(s, held, t);
	bold(t);
	buf_free(&no);
}
