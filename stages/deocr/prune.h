/*
 * prune: drops arcs that no way worth naming takes.  Each arc is weighed where it stands, between
 * the words as the scanner has them; those far behind the best at their token go.  What is left is
 * decoded in full.
 */
#ifndef DEOCR_PRUNE_H
#define DEOCR_PRUNE_H

#include "lattice.h"

/* Weighs the arcs of x over ntokens by m, their channel costs being set, and drops the hopeless. */
void lattice_prune(struct lattice *x, size_t ntokens, const struct model *m);

#endif
