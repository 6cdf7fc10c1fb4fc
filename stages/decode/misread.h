/*
 * misread: the encodings a text may have been read in by mistake, from characters back to bytes.
 */
#ifndef EMEND_MISREAD_H
#define EMEND_MISREAD_H

#include "charset.h"

enum {
	READING_END = 0x2600
}; /* no character from here on, but two ligatures, has a byte */

struct reading {
	const struct charset *cs;
	int prior; /* how rarely it happens, in bits */
	unsigned char byte[READING_END]; /* 80..FF, 0 for none */
};

/* The i-th encoding that UTF-8 is read in by mistake, the likeliest first; NULL behind the last. */
const struct reading *reading_at(size_t i);
/* The reading in that encoding, any of those charset knows. */
const struct reading *reading_of(const char *name);
/* The byte of a character from READING_END on. */
unsigned reading_far_byte(const struct reading *r, uint32_t cp);

/* The byte of cp, 0 where it has none; C1 controls stand for the byte of their number. */
static inline unsigned
reading_byte(const struct reading *r, uint32_t cp)
{
	return cp < READING_END ? r->byte[cp] : reading_far_byte(r, cp);
}

#endif
