/*
 * inline: a text with its notes as mixed content.  The notes nest, so one sweep with a stack of
 * open ones writes it; a space at a line end becomes the line end of the XML.
 */
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "totei.h"
#include "utf8.h"

enum { DEPTH = 40 };	/* notes within notes that are written; the inner ones are text */

enum span {
	SPAN_NONE,
	SPAN_CORR,
	SPAN_SPACED,	/* letter-spacing closed up */
	SPAN_AROUND,	/* the hi around it, where no note says so */
	SPAN_ENCODING,
	SPAN_DOUBT,
	SPAN_UNCLEAR,
	SPAN_LANG,
	SPAN_HI,
	SPAN_MARK,
	SPAN_SYMBOL,
};

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

static bool
has_type(const struct note *n, const char *type)
{
	const char *s = n->type;
	size_t len = strlen(type), run;

	for (; *s != '\0'; s += run + (s[run] == ' ')) {
		run = strcspn(s, " ");
		if (run == len && strncmp(s, type, len) == 0)
			return true;
	}
	return false;
}

/* ---- attributes of notes ---- */

/* A certainty is never quite 1. */
static void
cert_write(struct xml *x, int post)
{
	if (post != POST_NONE)
		xml_attrf(x, "cert", "0.%02d", post > 99 ? 99 : post);
}

static void
evidence_write(struct xml *x, const struct note *n)
{
	if (strcmp(n->why, "conjecture") == 0 || strcmp(n->why, "internal") == 0 ||
	    strcmp(n->why, "external") == 0)
		xml_attr(x, "evidence", n->why);
}

/* @ana: the kinds of a correction that the header's taxonomy has. */
static void
ana_write(struct xml *x, const struct note *n)
{
	static const char *const kinds[] = {"char", "space", "diacritic", "hyphen", "realword",
	    "punct", "case"};
	struct buf b = {0};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (has_type(n, kinds[i]))
			buf_addf(&b, "%s#corr.%s", b.len > 0 ? " " : "", kinds[i]);
	if (b.len > 0)
		xml_attr(x, "ana", buf_str(&b));
	buf_free(&b);
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
		return has_type(n, "letterspacing") ? SPAN_SPACED : SPAN_CORR;
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
reading_write(struct xml *x, const char *element, const char *source)
{
	xml_start(x, element);
	xml_texts(x, source);
	xml_end(x);
}

/* choice, its first reading and the start of its second, which holds the text. */
static void
corr_open(struct body *b, const struct note *n, enum span span)
{
	struct xml *x = b->x;

	xml_start(x, "choice");
	reading_write(x, span == SPAN_CORR ? "sic" : "orig", n->value);
	xml_start(x, span == SPAN_CORR ? "corr" : "reg");
	if (span != SPAN_CORR)
		xml_attr(x, "type", span == SPAN_SPACED ? "letterspacing" : "encoding");
	resp_write(b, n->by);
	cert_write(x, n->post);
	if (span != SPAN_CORR)
		return;
	evidence_write(x, n);
	ana_write(x, n);
}

static void
doubt_open(struct xml *x, const struct note *n, enum span span)
{
	if (span == SPAN_DOUBT)
		xml_start(x, "choice");
	xml_start(x, "unclear");
	if (span == SPAN_UNCLEAR)
		xml_attr(x, "reason", "ocr");
	else if (n->type[0] == '0' && n->type[1] == '.' && strlen(n->type) == 4)
		xml_attr(x, "cert", n->type);
}

static void
mark_open(struct sweep *w, const struct note *n)
{
	struct xml *x = w->b->x;

	xml_start(x, "ref");
	xml_attr(x, "type", "noteAnchor");
	if (tree_find(w->b->t, n->value) != NONE)
		xml_attrf(x, "target", "#%s-%s", w->b->t->handle, n->value);
}

static void
symbol_open(struct xml *x, const struct note *n)
{
	if (strcmp(n->type, "own") == 0) {
		xml_start(x, "idno");
		xml_attr(x, "type", "UN-symbol");
		return;
	}
	xml_start(x, "ref");
	xml_attrf(x, "target", "un:%s", n->value);
}

static void
count(struct sums *s, enum span span)
{
	s->corr += span == SPAN_CORR;
	s->spaced += span == SPAN_SPACED;
	s->encoding += span == SPAN_ENCODING;
	s->doubt += span == SPAN_DOUBT || span == SPAN_UNCLEAR;
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
	struct xml *x = w->b->x;

	space_put(w);
	count(w->b->sums, span);
	if (span == SPAN_SPACED && !in_letterspaced(w)) {
		xml_start(x, "hi");
		xml_attr(x, "rend", "letterspaced");
		span_push(w, i, SPAN_AROUND);
	}
	span_push(w, i, span);
	if (span == SPAN_CORR || span == SPAN_SPACED || span == SPAN_ENCODING) {
		corr_open(w->b, n, span);
		w->quiet = n->off + n->len;
	} else if (span == SPAN_DOUBT || span == SPAN_UNCLEAR) {
		doubt_open(x, n, span);
	} else if (span == SPAN_MARK) {
		mark_open(w, n);
	} else if (span == SPAN_SYMBOL) {
		symbol_open(x, n);
	} else if (span == SPAN_LANG) {
		xml_start(x, "foreign");
		xml_attr(x, "xml:lang", n->type);
		w->lang[w->nopen] = n->type;
	} else {
		xml_start(x, "hi");
		xml_attr(x, "rend", *n->type != '\0' ? n->type : NULL);
		if (stars(w->t, i) > 0)
			pc_put(w, stars(w->t, i));
	}
}

/* Ends the innermost open note. */
static void
span_close(struct sweep *w)
{
	const struct note *n = &w->t->note[w->open[w->nopen - 1]];
	enum span span = w->span[w->nopen - 1];
	struct xml *x = w->b->x;

	w->nopen--;
	xml_end(x);
	if (span == SPAN_DOUBT) {
		xml_start(x, "unclear");
		cert_write(x, n->post);
		if (strcmp(n->why, "internal") == 0 || strcmp(n->why, "external") == 0) {
			resp_write(w->b, n->by);
			evidence_write(x, n);
		}
		xml_texts(x, n->value);
		xml_end(x);
	}
	if (span == SPAN_CORR || span == SPAN_SPACED || span == SPAN_ENCODING || span == SPAN_DOUBT)
		xml_end(x);
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

static void
noise_write(struct sweep *w, const struct note *n)
{
	struct xml *x = w->b->x;

	space_put(w);
	xml_start(x, "surplus");
	xml_attr(x, "reason", "ocr-noise");
	cert_write(x, n->post);
	resp_write(w->b, n->by);
	xml_texts(x, n->value);
	xml_end(x);
	w->b->sums->noise++;
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
		noise_write(w, n);
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
