/*
 * source: a source file, by windows of whole lines.
 */
#ifndef EMEND_SOURCE_H
#define EMEND_SOURCE_H

#include <stdbool.h>

#include "buf.h"

/* A source up to this size is held whole; of a larger one, this much at a time. */
#define SOURCE_WINDOW ((size_t)64 << 20)

struct source;

/* Opens path, "-" for standard input.  NULL with errno set. */
struct source *source_open(const char *path, bool hashed);
/*
 * Replaces b by the next window; all but the last end behind an LF, if the window has one.
 * Returns 1, 0 at the end, -1 on an error, which source_error describes.
 */
int source_window(struct source *s, struct buf *b);
bool source_ended(const struct source *s); /* no window is left */
const char *source_error(const struct source *s);
const char *source_name(const struct source *s);
/* Bytes and SHA-256 (hex, 64 and NUL) of the file as it lies there, once it has ended. */
size_t source_bytes(const struct source *s);
void source_sha256(struct source *s, char hex[65]);
void source_close(struct source *s);

#endif
