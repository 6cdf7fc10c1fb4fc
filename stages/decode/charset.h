/*
 * charset: the single-byte encodings that decode knows without asking the system.
 */
#ifndef EMEND_CHARSET_H
#define EMEND_CHARSET_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"

struct charset {
	const char *name; /* as WHATWG or IANA spells it, in lower case */
	uint16_t upper[128]; /* what bytes 80..FF mean; 0 where they mean nothing */
	char utf8[128][4]; /* the same as UTF-8, U+FFFD for nothing */
	unsigned char len[128];
};

/* The i-th encoding, NULL behind the last. */
const struct charset *charset_at(size_t i);
/* The encoding of that name or alias, in whatever case; NULL for one not known. */
const struct charset *charset_find(const char *name);
/* Appends s[0..n) to b as UTF-8.  Returns how many bytes meant nothing and became U+FFFD. */
size_t charset_decode(const struct charset *c, struct buf *b, const char *s, size_t n);

#endif
