/*
 * buf: a growable run of bytes.  It may hold any byte; NUL ends nothing.  Memory that cannot
 * be had ends the program with status 2.
 */
#ifndef EMEND_BUF_H
#define EMEND_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *data;	/* owned; NULL until something is added */
	size_t len;	/* bytes in use */
	size_t cap;	/* bytes allocated */
};

/* Zeroed buffers are empty and ready: struct buf b = {0}. */

/* Makes room for n more bytes behind len. */
void buf_need(struct buf *b, size_t n);
void buf_add(struct buf *b, const void *p, size_t n);
void buf_addc(struct buf *b, char c);
void buf_adds(struct buf *b, const char *s);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Appends n in decimal digits: as buf_addf does with "%zu", in a tenth of the time. */
void buf_addu(struct buf *b, size_t n);
void buf_addv(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* The bytes as a string, NUL behind them (not counted in len); valid until b changes. */
const char *buf_str(struct buf *b);
/* Forgets the bytes, keeps the memory. */
void buf_clear(struct buf *b);
void buf_free(struct buf *b);

/* As malloc, realloc and strdup, but never NULL: no memory ends the program with status 2. */
void *mem_alloc(size_t n);
void *mem_grow(void *p, size_t n);
char *mem_dup(const char *s, size_t n);	/* n bytes and a NUL */

/*
 * Makes room for one more element in a list that grows by doubling: *cap and n count elements
 * of the given size.  Use: list = mem_more(list, n, &cap, sizeof(*list)).
 */
void *mem_more(void *list, size_t n, size_t *cap, size_t size);

#endif
