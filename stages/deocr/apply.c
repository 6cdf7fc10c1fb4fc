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

/*
 * A word over a line end becomes put[0..n): the hyphen before the line goes, and where more is
 * wrong, that is put right on its own side of it.  Nothing is planned where both sides change.
 */
static void
plan_line(struct edits *e, const struct passage *p, size_t off, size_t len, size_t line,
    const char *put, size_t n, const char *type, int post)
{
	size_t left = line - 1 - off, right = off + len - line;
	struct planned *x;

	if (n >= left && memcmp(put, p->s + off, left) == 0) {
		plan(e, line - 1, 1, "", 0, "hyphen", post);
		plan_line_end(e, line, "soft");
		if (n - left == right && memcmp(put + left, p->s + line, right) == 0)
			return;
		x = plan(e, line, right, put + left, n - left, "corr", post);
	} else if (n >= right && memcmp(put + n - right, p->s + line, right) == 0) {
		x = plan(e, off, left, put, n - right, "corr", post);
		x->type = mem_dup(type, strlen(type));
		x->edit.type = x->type;
		x->edit.why = "conjecture";
		plan(e, line - 1, 1, "", 0, "hyphen", post);
		plan_line_end(e, line, "soft");
		return;
	} else {
		return;
	}
	x->type = mem_dup(type, strlen(type));
	x->edit.type = x->type;
	x->edit.why = "conjecture";
}

/* A decision as a line: what becomes what, its kinds, posterior and features, and why it is not made. */
static void
explain(const struct passage *p, const struct planned *x, enum decision_kind kind,
    const int f[FEATURES], const char *left)
{
	int i;

	fprintf(stderr, "= %zu\t%.*s\t%s\t%s\t0.%02d\t%s\t%s", x->edit.off, (int)x->edit.len, p->s + x->edit.off, x->put,
	    x->type, x->edit.post, left != NULL ? left : "made", decision_kind_name(kind));
	for (i = 0; i < FEATURES; i++)
		fprintf(stderr, "\t%s=%d", feature_name(i), f[i]);
	fputc('\n', stderr);
}

static void
plan_decision(struct edits *e, const struct passage *p, const struct lattice *lattice,
    const struct decision *d, const struct vocabulary *v, const struct settings *set)
{
	const struct language *l = vocabulary_language(v);
	const struct arc *a = d->arc;
	const struct token *t = p->tokens.list;
	size_t off = t[a->from].off, len = t[a->to - 1].off + t[a->to - 1].len - off, line;
	const char *put = a->choice != NULL ? a->choice->form : a->type->form;
	size_t n = a->choice != NULL ? a->choice->len : a->type->len;
	int f[FEATURES];
	enum decision_kind kind = decision_features(d, p, lattice, v, f);
	const char *left = abstain(d, l);
	struct planned *x;

	x = plan(e, off, len, put, n, "corr", posterior(l->calibration, kind, f));
	x->type = kinds(a, l);
	x->edit.type = x->type;
	x->edit.why = "conjecture";
	if (left == NULL && x->edit.post < set->threshold)
		left = "not sure";
	if (left != NULL)
		msg_count(left, 1);
	if (set->explain)
		explain(p, x, kind, f, left);
	x->doubt = left != NULL;
	line = line_inside(p, off, len);
	if (line != 0 || (x->doubt && x->edit.post < set->doubt)) {
		struct planned old = e->list[--e->n];

		if (line != 0 && left == NULL)
			plan_line(e, p, off, len, line, put, n, old.type, old.edit.post);
		free(old.put);
		free(old.type);
	}
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

void
edits_plan(struct edits *e, const struct passage *p, const struct lattice *x,
    const struct decisions *d, const struct vocabulary *v, const struct settings *set)
{
	size_t i;

	for (i = 0; i < d->n; i++)
		plan_decision(e, p, x, &d->list[i], v, set);
	plan_hyphens(e, p, x, d);
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
		free(n->type);
		n->type = mem_dup(e->line[k].type, strlen(e->line[k].type));
	}
}

void
edits_make(struct edits *e, struct text *t)
{
	struct edit *list = mem_alloc((e->n + 1) * sizeof(*list));
	size_t i, n = 0;

	line_ends_set(e, t);
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
