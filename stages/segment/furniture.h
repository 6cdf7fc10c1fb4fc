/*
 * furniture: what stands at the edges of pages - printed numbers, running heads, printers' notices,
 * web boilerplate.
 */
#ifndef FURNITURE_H
#define FURNITURE_H

#include "segment.h"

/* Marks what the tables know: roles WEB, FOOTER, RESIDUE. */
void furniture_known(struct seg *s);
/*
 * Marks printed numbers and running heads (roles PAGENUM, HEADER, FOOTER), and sets brk where one of
 * them tells of a page that nothing else told.
 */
void furniture_find(struct seg *s);

#endif
