/*
 * order: blocks in the order of their source lines, and where reading order is another.  What was
 * moved is listed off the text in the order found; nothing is moved here but with -O.
 */
#include <stdlib.h>
#include <string.h>

#include "totei.h"

/* A block and where it sorts. */
struct place {
	size_t statement, line, index;
};

static int
place_cmp(const void *a, const void *b)
{
	const struct place *p = a, *q = b;

	if (p->statement != q->statement)
		return p->statement < q->statement ? -1 : 1;
	if (p->line != q->line)
		return p->line < q->line ? -1 : 1;
	return p->index < q->index ? -1 : p->index > q->index;
}

/* The source line of block i; a page without one begins with the block behind it. */
static size_t
line_of(const struct tree *t, size_t i)
{
	const char *line = rec_get(t->block[i].rec, "line");

	if (t->block[i].from == NONE && line != NULL && strtoull(line, NULL, 10) > 0)
		return strtoull(line, NULL, 10) - 1;
	return t->block[i].from;
}

void
order_sort(struct tree *t)
{
	struct place *p = mem_alloc(t->nblock * sizeof(*p));
	struct block *sorted = mem_alloc(t->nblock * sizeof(*sorted));
	size_t behind = NONE;

	for (size_t i = t->nblock; i > 0; i--) {
		size_t line = line_of(t, i - 1);

		if (i < t->nblock && t->block[i].statement != t->block[i - 1].statement)
			behind = NONE;
		if (line != NONE)
			behind = line;
		p[i - 1] = (struct place){t->block[i - 1].statement, behind, i - 1};
	}
	qsort(p, t->nblock, sizeof(*p), place_cmp);
	for (size_t i = 0; i < t->nblock; i++)
		sorted[i] = t->block[p[i].index];
	free(t->block);
	free(p);
	t->block = sorted;
	t->capblock = t->nblock;
}

/* ---- what stands off the text ---- */

/* The blocks that have lines and stand in no other, as the text has them. */
struct list {
	struct place *p;	/* here index is the block */
	size_t *first;		/* the least line of this block or any behind */
	size_t n, cap;
};

static void
collect(const struct tree *t, const struct node *n, struct list *l)
{
	if (n->part == PART_BLOCK && t->block[n->block].from != NONE) {
		const struct block *b = &t->block[n->block];

		l->p = mem_more(l->p, l->n, &l->cap, sizeof(*l->p));
		l->p[l->n++] = (struct place){b->statement, b->from, n->block};
	}
	for (const struct node *c = n->first; c != NULL; c = c->next)
		collect(t, c, l);
}

/* The M of that key behind the S of statement s (counted from 1; 0: none), or NULL. */
static const struct rec *
statement_meta(const struct doc *d, size_t s, const char *key)
{
	size_t i = 0;

	for (; i < d->n && s > 0; i++)
		s -= d->rec[i].tag == 'S';
	for (; i < d->n && d->rec[i].tag == 'M'; i++)
		if (d->rec[i].nfield > 1 && strcmp(d->rec[i].field[0], key) == 0)
			return &d->rec[i];
	return NULL;
}

static void
join_open(const struct body *b, const char *type, const struct rec *why, const char *targets)
{
	struct xml *x = b->x;
	const char *post = why != NULL && why->nfield > 2 ? why->field[2] : "";
	const char *by = why != NULL && why->nfield > 3 ? why->field[3] : "segment";

	xml_line(x);
	xml_start(x, "join");
	xml_attr(x, "type", type);
	xml_attrf(x, "resp", "#%s", id_sound(by) ? by : "segment");
	if (*post != '\0')
		xml_attr(x, "cert", *post == '1' ? "0.99" : post);
	xml_attr(x, "target", targets);
}

static void
join_close(struct xml *x, const char *text, const char *reason)
{
	xml_line(x);
	xml_start(x, "desc");
	xml_texts(x, text);
	if (*reason != '\0')
		xml_textf(x, " %s", reason);
	xml_end(x);
	xml_close(x);
}

static void
add_target(const struct body *b, struct buf *targets, const char *id)
{
	buf_addf(targets, "%s#%s-%s", targets->len > 0 ? " " : "", b->t->handle, id);
}

/* Opens standOff before the first join. */
static void
stand_off(const struct body *b, bool *open)
{
	if (*open)
		return;
	*open = true;
	xml_line(b->x);
	xml_start(b->x, "standOff");
}

/* Lists blocks from..to of l, which the text has in another order than the source. */
static void
source_order(const struct body *b, const struct doc *d, struct list *l, size_t from, size_t to)
{
	const struct rec *why = statement_meta(d, l->p[from].statement, "order");
	struct buf targets = {0};

	qsort(l->p + from, to - from, sizeof(*l->p), place_cmp);
	for (size_t i = from; i < to; i++)
		add_target(b, &targets, b->t->block[l->p[i].index].id);
	join_open(b, "sourceOrder", why, buf_str(&targets));
	join_close(b->x, "The order of the blocks in the source.", why != NULL ? why->field[1] : "");
	buf_free(&targets);
}

/* The orders that were proposed but not made: "L0003 L0001", and behind a semicolon the reason. */
static void
reading_orders(const struct body *b, const struct doc *d, bool *open)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct rec *r = &d->rec[i];
		struct buf targets = {0}, id = {0};
		const char *s, *reason;
		size_t n;

		if (r->tag != 'M' || r->nfield < 2 || strcmp(r->field[0], "reading-order") != 0)
			continue;
		reason = strchr(r->field[1], ';');
		for (s = r->field[1]; *s != '\0' && *s != ';'; s += n + (s[n] == ' ')) {
			n = strcspn(s, " ;");
			buf_clear(&id);
			buf_add(&id, s, n);
			if (tree_find(b->t, buf_str(&id)) != NONE)
				add_target(b, &targets, id.data);
		}
		if (targets.len > 0) {
			stand_off(b, open);
			join_open(b, "readingOrder", r, buf_str(&targets));
			join_close(b->x, "An order in which the blocks may have to be read.",
			    reason != NULL ? reason + 1 + (reason[1] == ' ') : "");
		}
		buf_free(&targets);
		buf_free(&id);
	}
}

void
order_write(const struct body *b, const struct doc *d)
{
	struct list l = {0};
	size_t reach = 0, start = 0;
	bool open = false, moved = false;

	collect(b->t, b->t->body, &l);
	l.first = mem_alloc(l.n * sizeof(*l.first));
	for (size_t i = l.n; i > 0; i--)
		l.first[i - 1] = i < l.n && l.first[i] < l.p[i - 1].line ? l.first[i] : l.p[i - 1].line;
	for (size_t i = 0; i < l.n; i++) {
		if (b->t->block[l.p[i].index].to > reach)
			reach = b->t->block[l.p[i].index].to;
		if (i + 1 < l.n && l.first[i + 1] < reach) {
			moved |= l.p[i + 1].line < l.p[i].line;
			continue;
		}
		if (moved) {
			stand_off(b, &open);
			source_order(b, d, &l, start, i + 1);
		}
		start = i + 1;
		moved = false;
	}
	reading_orders(b, d, &open);
	if (open)
		xml_close(b->x);
	free(l.p);
	free(l.first);
}
