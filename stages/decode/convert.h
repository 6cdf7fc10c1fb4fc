/*
 * convert: bytes of a known encoding made UTF-8.
 */
#ifndef EMEND_CONVERT_H
#define EMEND_CONVERT_H

#include "detect.h"
#include "tally.h"

/*
 * Appends s[0..n), a window of a document in e, to b as UTF-8.  Bytes that mean nothing become
 * U+FFFD and are counted.
 */
void convert(const struct encoding *e, const char *s, size_t n, struct buf *b, struct tally *t);

#endif
