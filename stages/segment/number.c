/*
 * number: page numbers.  In: page breaks and printed numbers, in statements; out: the number of each
 * pb that a printed one confirms, or a count between two of them or back from the first.
 */
#include <stdlib.h>

#include "segment.h"

/* A page of a statement: its break, and the number printed on it, or 0. */
struct leaf {
	size_t pb;
	unsigned printed, of;
};

struct leaves {
	struct leaf *leaf;
	size_t n, cap;
};

/* Goes through block b and what interrupts it, for breaks and printed numbers. */
static void
visit(const struct seg *s, struct leaves *all, size_t b)
{
	const struct block *k = &s->block[b];
	struct leaf *last = all->n > 0 ? &all->leaf[all->n - 1] : NULL;

	if (k->kind == K_PB) {
		all->leaf = mem_more(all->leaf, all->n, &all->cap, sizeof(*all->leaf));
		all->leaf[all->n++] = (struct leaf){.pb = b};
	} else if (k->kind == K_PAGENUM && last != NULL && last->printed == 0) {
		last->printed = page_number(s, k->line, &last->of);
	}
	for (size_t p = k->first; p != NONE; p = s->piece[p].next)
		if (s->piece[p].block)
			visit(s, all, s->piece[p].i);
}

/* Numbers leaves from..to, which end with a printed number that the count agrees with. */
static void
fill(struct seg *s, const struct leaves *all, size_t from, size_t to)
{
	unsigned n = all->leaf[to].printed;

	for (size_t i = to + 1; i-- > from && n > 0; n--)
		s->block[all->leaf[i].pb].number = n;
}

static void
number(struct seg *s, const struct leaves *all)
{
	size_t last = NONE, i;

	for (i = 0; i < all->n; i++) {
		const struct leaf *l = &all->leaf[i];

		if (l->printed == 0)
			continue;
		if (last == NONE && l->printed >= i + 1)
			fill(s, all, 0, i);
		else if (last != NONE && l->printed - all->leaf[last].printed == i - last)
			fill(s, all, last + 1, i);
		else
			s->block[l->pb].number = l->printed;
		last = i;
	}
	/* "3/6" tells the count of all */
	if (last != NONE && all->leaf[last].of > 0 &&
	    all->leaf[last].of == all->leaf[last].printed + (all->n - 1 - last))
		for (i = last + 1; i < all->n; i++)
			s->block[all->leaf[i].pb].number =
			    all->leaf[last].printed + (unsigned)(i - last);
}

void
numbers_find(struct seg *s)
{
	struct leaves all = {0};

	for (size_t n = 0; n < s->nstat; n++) {
		all.n = 0;
		for (size_t i = s->stat[n].first; i < s->stat[n].end; i++)
			visit(s, &all, s->order[i]);
		number(s, &all);
	}
	free(all.leaf);
}
