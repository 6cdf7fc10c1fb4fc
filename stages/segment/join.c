/*
 * join: paragraphs that a page end cut in two, or a column end on a page put in order.  In: seg.order;
 * out: the same, the second part and what stands between inside the first; over a column end the second
 * part stays a block and says which it goes on with.
 */
#include "segment.h"

/* Whether b goes on with a, over a page end or, on a page put in order, over a column end. */
static bool
goes_on(const struct seg *s, const struct block *a, const struct block *b, const bool *turned)
{
	const struct line *la = &s->line[a->end], *lb = &s->line[b->line];
	bool moved = turned[a->page] || turned[b->page];

	if (b->mark.kind != MARK_NONE || (a->page == b->page && !(moved && a->end + 1 != b->line)))
		return false;
	if (moved && !running(la, lb) && (la->end != END_WORD || la->width * 10 < la->measure * 9))
		return false;
	return line_continues(s, a->line, a->end, b->line, true);
}

/* Joins what a page end cut in two, or a column end on a page put in order. */
void
join(struct seg *s, const bool *turned)
{
	size_t *order = s->order, out = 0, last = NONE, i, k, into;

	for (i = 0; i < s->norder; i++) {
		struct block *b = &s->block[order[i]],
			     *a = last == NONE ? NULL : &s->block[order[last]];

		if (!is_body(b)) {
			order[out++] = order[i];
			continue;
		}
		if (a == NULL || !goes_on(s, a, b, turned)) {
			last = out;
			order[out++] = order[i];
			continue;
		}
		into = order[last];
		/* nothing stands between that tells where the lines run back: two blocks, the second goes on */
		if (a->page == b->page) {
			b->cont = into;
			last = out;
			order[out++] = order[i];
			continue;
		}
		for (k = last + 1; k < out; k++)
			block_put(s, into, order[k]);
		out = last + 1;
		s->block[into].page = b->page;
		block_absorb(s, into, order[i]);
	}
	s->norder = out;
}
