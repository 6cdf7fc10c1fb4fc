/*
 * inline: a text with its notes as mixed content.  The notes nest, so one sweep with a stack of
 * open ones writes it; a space at a line end becomes the line end of the XML.
 */
#include <string.h>

#include "span.h"

enum { DEPTH = 40 };	/* notes within notes that are written; the inner ones are text */

struct sweep {
	struct body *b;
	size_t block;
	const struct text *t;
	size_t from, to, at;
	size_t open[DEPTH + 1], nopen;
	enum span span[DEPTH + 1];	/* what each open note is written as */
	const char *lang[DEPTH + 2]; /* the language around each open note, and within the last */
	size_t quiet; /* up to here what was taken out is written already: within a corr */
	bool space;		/* a space is due before anything but a line end */
	bool fresh;		/* a block was just written: the next text starts a line */
	bool paged;		/* and it was a page, or came behind one */
};

static bool
is(const struct note *n, const char *kind)
{
	return strcmp(n->kind, kind) == 0;
}

/* ---- spans ---- */

/* Whether a line end or an interruption lies strictly within n, note i of t. */
static bool
is_cut(const struct text *t, size_t i)
{
	const struct note *n = &t->note[i];

	for (size_t k = i + 1; k < t->n && t->note[k].off < n->off + n->len; k++)
		if (t->note[k].off > n->off && (is(&t->note[k], "lb") || is(&t->note[k], "here")))
			return true;
	return false;
}

/* Whether the innermost open note closes up letter-spacing, with the hi around that says so. */
static bool
in_spaced(const struct sweep *w)
{
	return w->nopen > 0 && w->span[w->nopen - 1] == SPAN_SPACED;
}

/* What note i of the text is written as. */
static enum span
span_of(const struct sweep *w, size_t i)
{
	const struct note *n = &w->t->note[i];

	if (is(n, "corr")) {
		if (strcmp(n->type, "encoding") == 0)
			return w->b->encoding_notes ? SPAN_ENCODING : SPAN_NONE;
		return note_has_type(n, "letterspacing") ? SPAN_SPACED : SPAN_CORR;
	}
	if (is(n, "doubt"))
		return *n->value == '\0' || is_cut(w->t, i) ? SPAN_UNCLEAR : SPAN_DOUBT;
	if (is(n, "lang"))
		return lang_sound(n->type) && strcmp(n->type, w->lang[w->nopen]) != 0 ? SPAN_LANG
										      : SPAN_NONE;
	if (is(n, "hi"))
		return strcmp(n->type, "letterspaced") == 0 && in_spaced(w) ? SPAN_NONE : SPAN_HI;
	if (is(n, "mark"))
		return SPAN_MARK;
	return is(n, "symbol") ? SPAN_SYMBOL : SPAN_NONE;
}

/* The stars at either end of a bold run, note i, where it has them and no note cuts them. */
static size_t
stars(const struct text *t, size_t i)
{
	const struct note *n = &t->note[i];
	size_t k = 0, end = n->off + n->len;

	if (strcmp(n->type, "bold") != 0)
		return 0;
	while (
	    2 * (k + 1) < n->len && t->s.data[n->off + k] == '*' && t->s.data[end - 1 - k] == '*')
		k++;
	for (i++; i < t->n && t->note[i].off < end; i++) {
		size_t from = t->note[i].off, to = from + t->note[i].len;

		if (from < n->off + k || (to > from ? to : to + 1) > end - k)
			return 0;
	}
	return k;
}

static void text_put(struct sweep *w, size_t to);

static void
pc_put(struct sweep *w, size_t n)
{
	xml_start(w->b->x, "pc");
	text_put(w, w->at + n);
	xml_end(w->b->x);
}

static void
space_put(struct sweep *w)
{
	if (w->space)
		xml_text(w->b->x, " ", 1);
	w->space = false;
	if (w->fresh)
		xml_line(w->b->x);
	w->fresh = w->paged = false;
}

static void
span_push(struct sweep *w, size_t i, enum span span)
{
	w->open[w->nopen] = i;
	w->span[w->nopen] = span;
	w->lang[w->nopen + 1] = w->lang[w->nopen];
	w->nopen++;
}

/* Whether the innermost open note is one on letter-spacing, closed up or not. */
static bool
in_letterspaced(const struct sweep *w)
{
	return w->nopen > 0 && w->span[w->nopen - 1] == SPAN_HI &&
	    strcmp(w->t->note[w->open[w->nopen - 1]].type, "letterspaced") == 0;
}

static void
span_open(struct sweep *w, size_t i, enum span span)
{
	const struct note *n = &w->t->note[i];
	size_t k = span == SPAN_HI ? stars(w->t, i) : 0;

	space_put(w);
	if (span == SPAN_SPACED && !in_letterspaced(w)) {
		span_start(w->b, n, SPAN_AROUND);
		span_push(w, i, SPAN_AROUND);
	}
	span_start(w->b, n, span);
	span_push(w, i, span);
	if (span == SPAN_CORR || span == SPAN_SPACED || span == SPAN_ENCODING)
		w->quiet = n->off + n->len;
	if (span == SPAN_LANG)
		w->lang[w->nopen] = n->type;
	if (k > 0)
		pc_put(w, k);
}

/* Ends the innermost open note. */
static void
span_close(struct sweep *w)
{
	w->nopen--;
	span_end(w->b, &w->t->note[w->open[w->nopen]], w->span[w->nopen]);
}

/* ---- text and what has no length ---- */

/* Writes the text up to to, all of it within the innermost open note. */
static void
text_put(struct sweep *w, size_t to)
{
	const char *s = w->t->s.data;
	size_t n = to;

	if (to <= w->at)
		return;
	if (s[w->at] == ' ' && (w->fresh || w->space))
		w->at++;
	if (to > w->at && s[to - 1] == ' ')
		n--;
	if (n > w->at) {
		space_put(w);
		xml_text(w->b->x, s + w->at, n - w->at);
	}
	w->space |= n < to && !w->fresh;
	w->at = to;
}

/* Writes up to to, ending the notes that end there or before. */
static void
advance(struct sweep *w, size_t to)
{
	while (w->nopen > 0) {
		size_t i = w->open[w->nopen - 1], k;
		size_t end = w->t->note[i].off + w->t->note[i].len;

		if (end > to)
			break;
		k = w->span[w->nopen - 1] == SPAN_HI ? stars(w->t, i) : 0;
		text_put(w, end - k);
		if (k > 0)
			pc_put(w, k);
		span_close(w);
	}
	text_put(w, to);
}

/* What the line end n does to the word it stands in; NULL where it stands between words. */
static const char *
break_of(const struct sweep *w, const struct note *n)
{
	bool within = n->off > 0 && w->t->s.data[n->off - 1] != ' ';

	if (strcmp(n->type, "maybe") == 0)
		return "maybe";
	return *n->type != '\0' || within ? "no" : NULL;
}

/* A line end: the space before it becomes one of the XML, unless it stands in a word. */
static void
lb_put(struct sweep *w, const char *breaks)
{
	if (breaks == NULL || w->fresh)
		xml_line(w->b->x);
	w->space = w->fresh = w->paged = false;
	xml_start(w->b->x, "lb");
	xml_attr(w->b->x, "break", breaks);
	xml_end(w->b->x);
}

/* Behind a page no plain line end is written: the page is one. */
static void
lb_write(struct sweep *w, const struct note *n)
{
	const char *breaks = break_of(w, n);

	if (breaks != NULL || !w->fresh || !w->paged)
		lb_put(w, breaks);
}

/* The break of the line end that follows note i at its place, where one does. */
static const char *
break_behind(const struct sweep *w, size_t i)
{
	size_t off = w->t->note[i].off;

	for (i++; i < w->t->n && w->t->note[i].off == off; i++)
		if (is(&w->t->note[i], "lb"))
			return break_of(w, &w->t->note[i]);
	return NULL;
}

/* A line of specks within the text: a line end of its own and the specks. */
static void
specks_line(struct sweep *w, size_t guest, size_t i)
{
	const char *breaks = break_behind(w, i);

	lb_put(w, breaks);
	specks_write(w->b, guest, w->lang[w->nopen]);
	w->space = breaks == NULL;
}

static void
here_write(struct sweep *w, size_t i)
{
	const struct note *n = &w->t->note[i];
	struct tree *t = w->b->t;
	size_t guest = tree_find(t, n->value);

	if (guest == NONE || t->block[guest].host != w->block || t->block[guest].written)
		return;
	if (t->block[guest].in_line) {
		specks_line(w, guest, i);
		return;
	}
	block_write(w->b, guest, w->lang[w->nopen]);
	w->space = false;
	w->fresh = true;
	w->paged |= strcmp(t->block[guest].element, "pb") == 0;
}

/* A wide gap between two columns; at the edge of a note or a line it says nothing. */
static void
gap_write(struct sweep *w)
{
	if (w->nopen > 0 || w->fresh)
		return;
	xml_start(w->b->x, "space");
	xml_attr(w->b->x, "dim", "horizontal");
	xml_end(w->b->x);
}

static void
point_write(struct sweep *w, size_t i)
{
	const struct note *n = &w->t->note[i];

	if (is(n, "lb")) {
		lb_write(w, n);
	} else if (is(n, "here")) {
		here_write(w, i);
	} else if (n->off < w->quiet) {
		return;
	} else if (is(n, "hyphen")) {
		xml_start(w->b->x, "pc");
		xml_attr(w->b->x, "force", "weak");
		xml_texts(w->b->x, n->value);
		xml_end(w->b->x);
	} else if (is(n, "noise")) {
		space_put(w);
		noise_write(w->b, n);
	} else if (is(n, "gap")) {
		gap_write(w);
	} else if (is(n, "corr") && w->nopen < DEPTH && span_of(w, i) != SPAN_NONE) {
		size_t before = w->nopen;

		span_open(w, i, span_of(w, i));
		while (w->nopen > before)
			span_close(w);
	}
}

void
inline_write(struct body *b, size_t i, size_t from, size_t to, const char *lang)
{
	const struct text *t = &b->t->block[i].rec->text;
	struct sweep w = {.b = b, .block = i, .t = t, .from = from, .to = to, .at = from};
	size_t k = 0;

	bool lines = strcmp(b->t->block[i].element, "address") == 0;

	w.lang[0] = lang;
	while (k < t->n && t->note[k].off < from)
		k++;
	for (; k < t->n && t->note[k].off <= to; k++) {
		const struct note *n = &t->note[k];
		enum span span;

		if (n->off == to && (n->len > 0 || to < t->s.len))
			break;
		if (lines && n->off == from && from > 0 && is(n, "lb"))
			continue;
		advance(&w, n->off);
		if (n->len == 0) {
			point_write(&w, k);
			continue;
		}
		span = n->off + n->len <= to && w.nopen < DEPTH ? span_of(&w, k) : SPAN_NONE;
		if (span != SPAN_NONE && !(n->off < w.quiet && (span == SPAN_CORR ||
		    span == SPAN_SPACED || span == SPAN_DOUBT || span == SPAN_UNCLEAR)))
			span_open(&w, k, span);
	}
	advance(&w, to);
	while (w.nopen > 0)
		span_close(&w);
}
