/*
 * apply: a decision is one edit of the tokens it covers, and carries its posterior, its kinds and
 * its evidence.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "msg.h"
#include "posterior.h"
#include "speck.h"
#include "utf8.h"

/* The kind of a rule, as stream(5) names kinds of corrections. */
static const char *
rule_kind(const struct rule *r, size_t i)
{
	uint32_t was, read;

	switch (i) {
	case RULE_LOST:
	case RULE_GAINED:
	case RULE_SWAPPED:
		return "diacritic";
	case RULE_SPLIT:
	case RULE_MERGE:
		return "space";
	case RULE_HYPHEN:
	case RULE_LINE:
		return "hyphen";
	case RULE_CASE:
		return "case";
	case RULE_SPECK:
		return "punct";
	}
	if (i >= RULE_CLASSES && utf8_get(r->was, r->nwas, &was) == r->nwas &&
	    utf8_get(r->read, r->nread, &read) == r->nread && uc_base(was) == uc_base(read))
		return "diacritic";
	return "char";
}

static void
add_kind(struct buf *b, const char *kind)
{
	const char *have = buf_str(b);

	if (strstr(have, kind) != NULL)
		return;
	if (b->len > 0)
		buf_addc(b, ' ');
	buf_adds(b, kind);
}

static char *
kinds(const struct arc *a, const struct language *l)
{
	struct buf b = {0};
	size_t i;

	if (a->edit != 0)
		add_kind(&b, rule_kind(NULL, a->edit));
	for (i = 0; a->choice != NULL && i < a->choice->nedits; i++)
		add_kind(&b, rule_kind(&l->channel->rule[a->choice->edit[i]], a->choice->edit[i]));
	if (a->choice != NULL && a->type->reading.known)
		add_kind(&b, "realword");
	if (b.len == 0)
		buf_adds(&b, "case");
	buf_str(&b);
	return b.data;
}

static struct planned *
plan(struct edits *e, size_t off, size_t len, const char *p, size_t n, const char *kind, int post)
{
	struct planned *x;

	e->list = mem_more(e->list, e->n, &e->cap, sizeof(*e->list));
	x = &e->list[e->n++];
	*x = (struct planned){.put = mem_dup(p, n)};
	x->edit = (struct edit){.off = off, .len = len, .p = x->put, .n = n, .kind = kind,
		.type = "", .by = "deocr", .why = "", .post = post};
	return x;
}

/* Where in s[off..off+n) a line begins, strictly inside; 0 for nowhere. */
static size_t
line_inside(const struct passage *p, size_t off, size_t n)
{
	size_t i = passage_line(p, off);

	return i < p->nlines && p->line[i] < off + n ? p->line[i] : 0;
}

static void
plan_line_end(struct edits *e, size_t off, const char *type)
{
	e->line = mem_more(e->line, e->nlines, &e->caplines, sizeof(*e->line));
	e->line[e->nlines++] = (struct line_end){off, type};
}

/* What a decision comes to: len bytes at off may become put[0..n). */
struct change {
	size_t off, len;
	const char *put;
	size_t n;
	char *type;		/* its kinds as stream(5) names them */
	enum decision_kind kind;
	int feature[FEATURES];
	int post;
	const char *left;	/* why it is not made, or NULL */
};

/* All of change c, or the part of it that makes put[0..n) of len bytes at off. */
static struct planned *
plan_corr(struct edits *e, const struct change *c, size_t off, size_t len, const char *put,
    size_t n)
{
	struct planned *x = plan(e, off, len, put, n, "corr", c->post);

	x->type = mem_dup(c->type, strlen(c->type));
	x->edit.type = x->type;
	x->edit.why = "conjecture";
	return x;
}

/* Bytes of the hyphen before a line, 0 where there is none. */
static size_t
hyphen_before(const struct passage *p, size_t line)
{
	uint32_t cp;
	size_t len = utf8_back(p->s, line, &cp);

	return cp == '-' || cp == 0xAD || cp == 0x2010 || cp == 0x2011 ? len : 0;
}

/* The hyphen of len bytes before a line goes. */
static void
plan_hyphen(struct edits *e, size_t line, size_t len, int post)
{
	if (len == 0)
		return;
	plan(e, line - len, len, "", 0, "hyphen", post);
	plan_line_end(e, line, "soft");
}

/*
 * Change c to a word over a line end: the hyphen before the line goes, and where more is wrong,
 * that is put right on its own side of it.  Nothing is planned where both sides change.
 */
static void
plan_line(struct edits *e, const struct passage *p, const struct change *c, size_t line)
{
	size_t hyphen = hyphen_before(p, line);
	size_t left = line - hyphen - c->off, right = c->off + c->len - line;

	if (c->n >= left && memcmp(c->put, p->s + c->off, left) == 0) {
		plan_hyphen(e, line, hyphen, c->post);
		if (c->n - left != right || memcmp(c->put + left, p->s + line, right) != 0)
			plan_corr(e, c, line, right, c->put + left, c->n - left);
	} else if (c->n >= right && memcmp(c->put + c->n - right, p->s + line, right) == 0) {
		plan_corr(e, c, c->off, left, c->put, c->n - right);
		plan_hyphen(e, line, hyphen, c->post);
	}
}

/* A decision as a line: what becomes what, its kinds, posterior and features, and why it is not made. */
static void
explain(const struct passage *p, const struct change *c)
{
	int i;

	fprintf(stderr, "= %zu\t%.*s\t%.*s\t%s\t0.%02d\t%s\t%s", c->off, (int)c->len, p->s + c->off,
	    (int)c->n, c->put, c->type, c->post, c->left != NULL ? c->left : "made",
	    decision_kind_name(c->kind));
	for (i = 0; i < FEATURES; i++)
		fprintf(stderr, "\t%s=%d", feature_name(i), c->feature[i]);
	fputc('\n', stderr);
}

/* What decision d comes to; type is the caller's to free. */
static struct change
change_of(const struct decision *d, const struct passage *p, const struct lattice *x,
    const struct vocabulary *v, int threshold)
{
	const struct language *l = vocabulary_language(v);
	const struct arc *a = d->arc;
	const struct token *first = &p->tokens.list[a->from], *last = &p->tokens.list[a->to - 1];
	struct change c = {.off = first->off, .len = last->off + last->len - first->off,
		.put = a->choice != NULL ? a->choice->form : a->type->form,
		.n = a->choice != NULL ? a->choice->len : a->type->len,
		.type = kinds(a, l), .left = abstain(d, l)};

	c.kind = decision_features(d, p, x, v, c.feature);
	c.post = posterior(l->calibration, c.kind, c.feature);
	if (c.left == NULL && c.post < threshold)
		c.left = "not sure";
	return c;
}

static void
plan_decision(struct edits *e, const struct passage *p, const struct lattice *x,
    const struct decision *d, const struct vocabulary *v, const struct settings *set)
{
	struct change c = change_of(d, p, x, v, set->threshold);
	size_t line = line_inside(p, c.off, c.len);

	if (c.left != NULL)
		msg_count(c.left, 1);
	if (set->explain)
		explain(p, &c);
	if (line != 0 && c.left == NULL)
		plan_line(e, p, &c, line);
	else if (line == 0 && (c.left == NULL || c.post >= set->doubt))
		plan_corr(e, &c, c.off, c.len, c.put, c.n)->doubt = c.left != NULL;
	free(c.type);
}

/*
 * The hyphens at line ends that belong to their words: where the word is known with it, or a
 * clitic begins with it, and the likeliest way leaves it.
 */
static void
plan_hyphens(struct edits *e, const struct passage *p, const struct lattice *x,
    const struct decisions *d)
{
	const struct token *t = p->tokens.list;
	size_t i, k = 0, line;

	for (i = 0; i < p->tokens.n; i++) {
		const struct type *type = x->arc[x->first[i]].type;

		while (k < d->n && d->list[k].arc->to <= i)
			k++;
		if (k < d->n && d->list[k].arc->from <= i)
			continue;
		line = line_inside(p, t[i].off, t[i].len);
		if (line != 0 && p->s[line - 1] == '-' && type != NULL && type->reading.known)
			plan_line_end(e, line, "hard");
	}
}

/* The specks between words, but those in stretches that are left alone. */
static void
plan_specks(struct edits *e, const struct passage *p, const struct lattice *x,
    const struct language *l, const struct settings *set)
{
	struct specks specks = {0};
	size_t i;

	specks_find(&specks, p, x, l);
	for (i = 0; i < specks.n; i++) {
		const struct speck *s = &specks.list[i];

		if (set->explain)
			fprintf(stderr, "- %zu\t%.*s\t0.%02d\n", s->off, (int)s->len,
			    p->s + s->off, s->post);
		if (s->post < set->threshold || passage_kept(p, s->off, s->len))
			continue;
		if (s->space)
			plan(e, s->off, s->len, "", 0, "corr", s->post)->edit.type = "space";
		else
			plan(e, s->off, s->len, "", 0, "noise", s->post)->edit.type = "token";
	}
	free(specks.list);
}

void
edits_plan(struct edits *e, const struct passage *p, const struct lattice *x,
    const struct decisions *d, const struct vocabulary *v, const struct settings *set)
{
	size_t i;

	for (i = 0; i < d->n; i++)
		plan_decision(e, p, x, &d->list[i], v, set);
	plan_hyphens(e, p, x, d);
	plan_specks(e, p, x, vocabulary_language(v), set);
}

static int
by_place(const void *a, const void *b)
{
	const struct planned *x = a, *y = b;

	return (x->edit.off > y->edit.off) - (x->edit.off < y->edit.off);
}

static int
by_offset(const void *a, const void *b)
{
	const struct line_end *x = a, *y = b;

	return (x->off > y->off) - (x->off < y->off);
}

/* Says of the lines of t what the hyphens before them are. */
static void
line_ends_set(struct edits *e, struct text *t)
{
	size_t i, k = 0;

	if (e->nlines > 0)
		qsort(e->line, e->nlines, sizeof(*e->line), by_offset);
	for (i = 0; i < t->n && k < e->nlines; i++) {
		struct note *n = &t->note[i];

		while (k < e->nlines && e->line[k].off < n->off)
			k++;
		if (k == e->nlines || e->line[k].off != n->off || strcmp(n->kind, "lb") != 0)
			continue;
		text_retype(t, i, e->line[k].type);
	}
}

void
edits_make(struct edits *e, struct text *t)
{
	struct edit *list = mem_alloc((e->n + 1) * sizeof(*list));
	size_t i, n = 0;

	line_ends_set(e, t);
	if (e->n > 0)
		qsort(e->list, e->n, sizeof(*e->list), by_place);
	for (i = 0; i < e->n; i++) {
		struct planned *x = &e->list[i];

		if (x->doubt)
			text_note(t, x->edit.off, x->edit.len, "doubt", "", x->put,
			    x->edit.post, "deocr", x->edit.why);
		else
			list[n++] = x->edit;
	}
	if (n > 0)
		text_edit(t, list, n);
	free(list);
}

void
edits_clear(struct edits *e)
{
	size_t i;

	for (i = 0; i < e->n; i++) {
		free(e->list[i].put);
		free(e->list[i].type);
	}
	e->n = e->nlines = 0;
}

void
edits_free(struct edits *e)
{
	edits_clear(e);
	free(e->list);
	free(e->line);
	memset(e, 0, sizeof(*e));
}
