/*
 * order: the reading order of each page, and paragraphs that go over page ends.  In: blocks in the
 * order of the source; out: seg.order.  A block never leaves its page.
 */
#include "segment.h"

static bool
is_body(const struct block *b)
{
	return b->kind < K_LETTERHEAD && b->kind != K_NOTE;
}

/* Joins what a page end cut in two; what stands between goes inside. */
static void
join(struct seg *s)
{
	size_t *order = s->order, n = s->norder, out = 0, last = NONE, i, k;

	for (i = 0; i < n; i++) {
		struct block *b = &s->block[order[i]];

		if (!is_body(b)) {
			order[out++] = order[i];
			continue;
		}
		if (last != NONE && s->block[order[last]].page + 1 == b->page && b->kind == K_P &&
		    line_continues(s, s->block[order[last]].end, b->line, true)) {
			size_t into = order[last];

			for (k = last + 1; k < out; k++)
				block_put(s, into, order[k]);
			out = last + 1;
			for (k = b->first; k != NONE; k = s->piece[k].next)
				if (s->piece[k].block)
					block_put(s, into, s->piece[k].i);
				else
					block_line(s, into, s->piece[k].i);
			s->block[into].page = b->page;
			continue;
		}
		last = out;
		order[out++] = order[i];
	}
	s->norder = out;
}

void
order_find(struct seg *s)
{
	join(s);
}
