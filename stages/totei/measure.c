/*
 * measure: what the divisions of a text cover, found from the leaves up: their source lines, and the
 * language that all of one is in.
 */
#include <stdlib.h>
#include <string.h>

#include "totei.h"

static void
grow(struct node *n, size_t from, size_t to)
{
	if (from == NONE)
		return;
	if (n->from == NONE || from < n->from)
		n->from = from;
	if (to > n->to)
		n->to = to;
}

/* A statement covers the lines it says, and those of its blocks. */
static void
grow_statement(struct node *n)
{
	size_t from, to;

	rec_span(n->rec, &from, &to);
	grow(n, from, to);
}

/* Sets lines and language of n from its children; mixed tells that they are in several. */
static void
sum_up(struct tree *t, struct node *n, bool *mixed)
{
	bool several = false, inner;

	if (n->part == PART_BLOCK) {
		const struct block *b = &t->block[n->block];

		n->lang = b->lang;
		grow(n, b->from, b->to);
	}
	for (struct node *c = n->first; c != NULL; c = c->next) {
		inner = false;
		sum_up(t, c, &inner);
		grow(n, c->from, c->to);
		several |=
		    inner || (c->lang != NULL && n->lang != NULL && strcmp(c->lang, n->lang) != 0);
		if (n->lang == NULL)
			n->lang = c->lang;
	}
	if (several)
		n->lang = NULL;
	if (n->part == PART_STATEMENT) {
		grow_statement(n);
		if (n->lang == NULL)
			n->lang = rec_lang(n->rec);
	}
	*mixed |= several;
}

static void
find_languages(struct tree *t, const struct doc *d)
{
	bool mixed = false;

	sum_up(t, t->body, &mixed);
	t->lang = d->n > 0 && d->rec[0].tag == 'D' ? rec_lang(&d->rec[0]) : NULL;
	if (t->lang == NULL)
		t->lang = mixed ? "mul" : t->body->lang != NULL ? t->body->lang : "und";
}

static int
line_cmp(const void *a, const void *b)
{
	size_t p = *(const size_t *)a, q = *(const size_t *)b;

	return p < q ? -1 : p > q;
}

/* Two statements that begin on one line would have one id. */
static void
check_statements(struct tree *t)
{
	size_t *line = NULL, n = 0, cap = 0;

	for (const struct node *s = t->body->first; s != NULL; s = s->next) {
		if (s->part != PART_STATEMENT || s->from == NONE)
			continue;
		line = mem_more(line, n, &cap, sizeof(*line));
		line[n++] = s->from;
	}
	if (n > 1)
		qsort(line, n, sizeof(*line), line_cmp);
	for (size_t i = 1; i < n; i++)
		if (line[i] == line[i - 1])
			t->error = "two statements that begin on one line";
	free(line);
}

void
tree_measure(struct tree *t, const struct doc *d)
{
	find_languages(t, d);
	check_statements(t);
}
