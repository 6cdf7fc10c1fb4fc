/*
 * write: the file of model.h.
 */
#ifndef EMEND_WRITE_H
#define EMEND_WRITE_H

#include "smooth.h"

/* Appends the file to b. */
void model_write(const struct smooth *s, const struct corpus *c, const struct lexicon *l,
    struct buf *b);

#endif
