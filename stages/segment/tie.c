/*
 * tie: footnote marks to their notes.  In: blocks and statements; out: mark notes on the texts.
 */
#include "segment.h"

void
ties_find(struct seg *s)
{
	(void)s;
}
