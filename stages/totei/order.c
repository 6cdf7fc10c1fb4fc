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
	if (t->nblock > 1)
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
collect_from(const struct tree *t, const struct node *n, struct list *l)
{
	if (n->part == PART_BLOCK && t->block[n->block].from != NONE) {
		const struct block *b = &t->block[n->block];

		l->p = mem_more(l->p, l->n, &l->cap, sizeof(*l->p));
		l->p[l->n++] = (struct place){b->statement, b->from, n->block};
	}
	for (const struct node *c = n->first; c != NULL; c = c->next)
		collect_from(t, c, l);
}

/* Those of the whole text, of one statement, or of what stands before the first. */
static void
collect(const struct tree *t, const struct node *share, struct list *l)
{
	if (share == NULL || share->part == PART_STATEMENT) {
		collect_from(t, share != NULL ? share : t->body, l);
		return;
	}
	for (const struct node *c = share->first; c != NULL; c = c->next)
		if (c->part != PART_STATEMENT)
			collect_from(t, c, l);
}

/* A page that was put in order, or could be: M order and order-proposed of segment. */
struct page {
	const char *how;	/* "reversed", "rotated", "by turns" */
	const char *post;
	bool done;
	size_t from, to;	/* its source lines, from 0, end exclusive */
};

struct pages {
	struct page *p;
	size_t n, cap;
};

/* Where the page of that id begins, and the next one after it. */
static bool
page_lines(const struct tree *t, const char *id, size_t n, struct page *p)
{
	struct buf name = {0};
	size_t i, line;

	buf_add(&name, id, n);
	i = tree_find(t, buf_str(&name));
	buf_free(&name);
	if (i == NONE || (p->from = line_of(t, i)) == NONE)
		return false;
	p->to = NONE;
	for (i = 0; i < t->nblock; i++) {
		if (strcmp(t->block[i].element, "pb") != 0 || (line = line_of(t, i)) == NONE)
			continue;
		if (line > p->from && line < p->to)
			p->to = line;
	}
	return true;
}

static void
find_pages(const struct tree *t, const struct doc *d, struct pages *v)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct rec *r = &d->rec[i];
		struct page p = {.post = ""};
		size_t n;

		if (r->tag != 'M' || r->nfield < 2 || strncmp(r->field[0], "order", 5) != 0)
			continue;
		p.done = r->field[0][5] == '\0';
		n = strcspn(r->field[1], " ");
		p.how = r->field[1] + n + (r->field[1][n] == ' ');
		if (r->nfield > 2)
			p.post = r->field[2];
		if (!page_lines(t, r->field[1], n, &p))
			continue;
		v->p = mem_more(v->p, v->n, &v->cap, sizeof(*v->p));
		v->p[v->n++] = p;
	}
}

/* Joins in the making. */
struct joins {
	const struct body *b;
	struct pages pages;
	bool open;
};

/* Writes a join of blocks from..to of l, in that order; post is its certainty, or "". */
static void
join_write(struct joins *j, const char *type, const char *post, const struct place *p, size_t n,
    const char *desc)
{
	struct xml *x = j->b->x;
	struct buf targets = {0};

	if (!j->open) {
		xml_line(x);
		xml_start(x, "standOff");
	}
	j->open = true;
	for (size_t i = 0; i < n; i++)
		buf_addf(&targets, "%s#%s-%s", i > 0 ? " " : "", j->b->t->handle,
		    j->b->t->block[p[i].index].id);
	xml_line(x);
	xml_start(x, "join");
	xml_attr(x, "type", type);
	xml_attr(x, "resp", "#segment");
	if (strlen(post) == 4)
		xml_attr(x, "cert", *post == '1' ? "0.99" : post);
	xml_attr(x, "target", buf_str(&targets));
	xml_element(x, "desc", desc);
	xml_close(x);
	buf_free(&targets);
}

static const char *
how_text(const char *how)
{
	if (strcmp(how, "reversed") == 0)
		return " The page was recognised from foot to head.";
	if (strcmp(how, "rotated") == 0)
		return " The end of the page was recognised first.";
	return strcmp(how, "by turns") == 0 ? " Two parts of the page were recognised by turns."
					    : "";
}

/* Lists the n blocks at p, which the text has in another order than the source. */
static void
source_order(struct joins *j, struct place *p, size_t n)
{
	struct buf desc = {0};
	const char *post = "", *how = "";
	size_t to = 0;

	qsort(p, n, sizeof(*p), place_cmp);
	for (size_t i = 0; i < n; i++)
		if (j->b->t->block[p[i].index].to > to)
			to = j->b->t->block[p[i].index].to;
	for (size_t i = 0; i < j->pages.n; i++) {
		const struct page *g = &j->pages.p[i];

		if (!g->done || g->to <= p[0].line || g->from >= to)
			continue;
		how = g->how;
		if (*post == '\0' || strcmp(g->post, post) < 0)
			post = g->post;
	}
	buf_addf(&desc, "The order of the blocks in the source.%s", how_text(how));
	join_write(j, "sourceOrder", post, p, n, buf_str(&desc));
	buf_free(&desc);
}

/* The reading order of pages that were left as found: only that of a reversed one is known. */
static void
reading_orders(struct joins *j, struct place *p, size_t n)
{
	if (n > 1)
		qsort(p, n, sizeof(*p), place_cmp);
	for (size_t g = 0; g < j->pages.n; g++) {
		const struct page *page = &j->pages.p[g];
		struct place *r;
		size_t count = 0;

		if (page->done || strcmp(page->how, "reversed") != 0)
			continue;
		r = mem_alloc(n * sizeof(*r));
		for (size_t i = n; i > 0; i--)
			if (p[i - 1].line >= page->from && p[i - 1].line < page->to)
				r[count++] = p[i - 1];
		if (count > 1)
			join_write(j, "readingOrder", page->post, r, count,
			    "The order in which the blocks may have to be read: the page may have "
			    "been recognised from foot to head.");
		free(r);
	}
}

void
order_write(const struct body *b, const struct doc *d, const struct node *share)
{
	struct joins j = {.b = b};
	struct list l = {0};
	size_t reach = 0, start = 0;
	bool moved = false;

	xml_uncounted(b->x, true);
	find_pages(b->t, d, &j.pages);
	collect(b->t, share, &l);
	l.first = mem_alloc(l.n * sizeof(*l.first));
	for (size_t i = l.n; i > 0; i--)
		l.first[i - 1] =
		    i < l.n && l.first[i] < l.p[i - 1].line ? l.first[i] : l.p[i - 1].line;
	for (size_t i = 0; i < l.n; i++) {
		if (b->t->block[l.p[i].index].to > reach)
			reach = b->t->block[l.p[i].index].to;
		if (i + 1 < l.n && l.first[i + 1] < reach) {
			moved |= l.p[i + 1].line < l.p[i].line;
			continue;
		}
		if (moved)
			source_order(&j, l.p + start, i + 1 - start);
		start = i + 1;
		moved = false;
	}
	reading_orders(&j, l.p, l.n);
	if (j.open)
		xml_close(b->x);
	xml_uncounted(b->x, false);
	free(l.p);
	free(l.first);
	free(j.pages.p);
}
