/*
 * io: bytes in and bytes out.  Input is a file, or standard input where the name is "-", plain
 * or gzip told by its first bytes.  Output is counted a success only once it is checked to the
 * end.
 */
#ifndef EMEND_IO_H
#define EMEND_IO_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "buf.h"

struct in;

/* Opens path ("-" is standard input).  NULL with errno set when it cannot be read. */
struct in *in_open(const char *path);
/*
 * Reads up to n bytes into p.  Returns how many, 0 at the end, -1 on an error, which in_error
 * then describes (a truncated or damaged gzip is one).
 */
ssize_t in_read(struct in *in, void *p, size_t n);
/*
 * Reads a line into b, which is cleared first; the LF that ended it is not in it.  Returns 1,
 * 0 at the end, -1 on an error.  *ended tells whether an LF ended it; ended may be NULL.
 */
int in_line(struct in *in, struct buf *b, bool *ended);
/* Appends what is left of the input to b.  Returns 0, or -1 on an error. */
int in_all(struct in *in, struct buf *b);
/* Shows up to n of the next bytes without taking them; returns how many there are. */
size_t in_peek(struct in *in, const char **p, size_t n);
const char *in_error(const struct in *in);	/* valid until in_close */
const char *in_name(const struct in *in);	/* "<stdin>" for standard input */
void in_close(struct in *in);

struct out;

/* Writes to the open descriptor fd; name is for messages.  It never fails silently: a write that
 * fails ends the program with status 2 (a closed pipe by SIGPIPE, as a filter should). */
struct out *out_open(int fd, const char *name);
void out_add(struct out *o, const void *p, size_t n);
void out_adds(struct out *o, const char *s);
void out_addc(struct out *o, char c);
/* A buffer to append to, which is written before or with what is added next. */
struct buf *out_buf(struct out *o);
void out_flush(struct out *o);
/* Flushes, checks and frees; closes fd. */
void out_close(struct out *o);

#endif
