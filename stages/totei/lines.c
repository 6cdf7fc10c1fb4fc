/*
 * lines: which source lines a block is made of, and which stretch of its text each range holds.
 */
#include <stdlib.h>
#include <string.h>

#include "totei.h"
#include "utf8.h"

static void
add(struct ranges *v, size_t from, size_t to)
{
	v->r = mem_more(v->r, v->n, &v->cap, sizeof(*v->r));
	v->r[v->n++] = (struct range){from, to};
}

void
ranges_parse(struct ranges *v, const char *lines)
{
	char *end;

	v->n = 0;
	while (lines != NULL && *lines >= '0' && *lines <= '9') {
		size_t from = strtoull(lines, &end, 10), to = from;

		if (*end == '-')
			to = strtoull(end + 1, &end, 10);
		if (from > 0 && to >= from)
			add(v, from - 1, to);
		lines = *end == ',' ? end + 1 : "";
	}
}

void
ranges_free(struct ranges *v)
{
	free(v->r);
	*v = (struct ranges){0};
}

/* Whether s holds anything but white space. */
static bool
has_ink(const char *s, size_t n)
{
	uint32_t cp;
	size_t i = 0;

	while (i < n) {
		i += utf8_get(s + i, n - i, &cp);
		if (!uc_space(cp))
			return true;
	}
	return false;
}

/* The stretches of a text seen so far. */
struct walk {
	struct ranges v;
	size_t line;	/* the current one, from 0 */
	bool open;	/* the last range grows with the text */
};

static void
walk_text(struct walk *w, const char *s, size_t n)
{
	if (!has_ink(s, n))
		return;
	if (!w->open)
		add(&w->v, w->line, w->line + 1);
	w->open = true;
	if (w->v.r[w->v.n - 1].to < w->line + 1)
		w->v.r[w->v.n - 1].to = w->line + 1;
}

/* A line of specks written as one of the text's own. */
static void
walk_specks(struct walk *w, const struct block *b)
{
	w->line = b->from;
	walk_text(w, b->rec->text.s.data, b->rec->text.s.len);
}

static void
walk_note(struct walk *w, const struct tree *t, const struct note *n)
{
	size_t line, guest;

	if (strcmp(n->kind, "lb") == 0) {
		line = strtoull(n->value, NULL, 10);
		if (line > 0)
			w->line = line - 1;
	} else if (strcmp(n->kind, "here") == 0) {
		guest = tree_find(t, n->value);
		if (guest != NONE && t->block[guest].in_line)
			walk_specks(w, &t->block[guest]);
		else
			w->open = false;
	} else if (n->len == 0 && (strcmp(n->kind, "noise") == 0 || strcmp(n->kind, "corr") == 0 ||
	    strcmp(n->kind, "hyphen") == 0)) {
		walk_text(w, n->value, strlen(n->value));
	}
}

void
ranges_of(struct ranges *v, const struct tree *tree, size_t b)
{
	const struct rec *r = tree->block[b].rec;
	const struct text *t = &r->text;
	struct walk w = {.line = 0};
	size_t at = 0;

	ranges_parse(v, rec_get(r, "lines"));
	if (v->n > 0)
		w.line = v->r[0].from;
	for (size_t i = 0; i < t->n; i++) {
		walk_text(&w, t->s.data + at, t->note[i].off - at);
		at = t->note[i].off;
		walk_note(&w, tree, &t->note[i]);
	}
	walk_text(&w, t->s.data + at, t->s.len - at);
	if (w.v.n > 0 && w.v.n != v->n) {
		if (v->n > 0 && w.v.r[w.v.n - 1].to < v->r[v->n - 1].to)
			w.v.r[w.v.n - 1].to = v->r[v->n - 1].to;
		ranges_free(v);
		*v = w.v;
	} else {
		for (size_t i = 0; i < w.v.n; i++)
			if (v->r[i].to < w.v.r[i].to)
				v->r[i].to = w.v.r[i].to;
		ranges_free(&w.v);
	}
}
