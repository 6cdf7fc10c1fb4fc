/*
 * reduced: the SHA-256 of a text without its white space, which stays the same however its lines are
 * joined later.
 */
#ifndef EMEND_REDUCED_H
#define EMEND_REDUCED_H

#include <stddef.h>

#include <nettle/base16.h>
#include <nettle/sha2.h>

#include "buf.h"

enum {
	SHA256_HEX = BASE16_ENCODE_LENGTH(SHA256_DIGEST_SIZE) + 1
};

struct reduced {
	struct sha256_ctx sha;
	struct buf ahead; /* not yet added */
};

void reduced_init(struct reduced *r);
/* Adds s[0..n), well-formed UTF-8. */
void reduced_add(struct reduced *r, const char *s, size_t n);
/* The sum, and a NUL.  Nothing is added behind it. */
void reduced_end(struct reduced *r, char hex[SHA256_HEX]);
void reduced_free(struct reduced *r);

#endif
