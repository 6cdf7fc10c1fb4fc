/*
 * kind: what each block is.  In: blocks; out: their kind, depth and mark.
 */
#include <string.h>

#include "phrase.h"
#include "segment.h"

void
kinds_find(struct seg *s)
{
	for (size_t i = 0; i < s->norder; i++) {
		struct block *b = &s->block[s->order[i]];

		if (b->kind != K_P)
			continue;
		if (b->mark.kind == MARK_BULLET || (b->mark.kind != MARK_NONE && b->mark.paren)) {
			b->kind = K_ITEM;
			b->depth = 1;
		}
	}
}
