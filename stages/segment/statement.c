/*
 * statement: where one document of a compilation ends and the next begins, and of which type it
 * is.  In: blocks in reading order; out: seg.stat.
 */
#include "segment.h"

void
statements_find(struct seg *s)
{
	if (s->norder == 0)
		return;
	s->stat = mem_more(s->stat, s->nstat, &s->capstat, sizeof(*s->stat));
	s->stat[s->nstat++] = (struct statement){.first = 0, .end = s->norder, .type = TYPE_OTHER};
}
