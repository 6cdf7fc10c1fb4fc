/*
 * reading: the source text out of a TEI that emend wrote, less white space: sic, orig and the
 * first unclear of a choice are read, corr and reg dropped (of an encoding repair reg is read and
 * orig dropped), pieces put in the order of their source lines.  It is fed with what any XML
 * parser finds, and knows no parser itself.
 */
#ifndef EMEND_READING_H
#define EMEND_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

#define SHA256_HEX 65	/* with its NUL */

/* Appends s[0..n), UTF-8, without its Unicode white space. */
void reduce(struct buf *b, const char *s, size_t n);
/* The SHA-256 of n bytes in small hexadecimal digits. */
void sha256_hex(char hex[SHA256_HEX], const void *p, size_t n);

struct reading;

struct reading *reading_new(void);
void reading_clear(struct reading *r);
void reading_free(struct reading *r);

/* An element begins; source and type are its attributes of that name, NULL where it has none. */
void reading_start(struct reading *r, const char *name, const char *source, const char *type);
void reading_end(struct reading *r);
void reading_text(struct reading *r, const char *s, size_t n);
/* The whole text, once the root has ended; valid until r changes. */
const struct buf *reading_done(struct reading *r);
/* The source line, from 1, of the piece that byte off of the text lies in; 0 where unknown. */
size_t reading_line(const struct reading *r, size_t off);
/* The header's idno of type sha256-reduced; "" where it has none. */
const char *reading_sha256(struct reading *r);
/* What is wrong with the encoding itself, or NULL. */
const char *reading_error(const struct reading *r);

#endif
