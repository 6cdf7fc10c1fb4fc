/*
 * buf: a growable run of bytes and the allocation that never fails.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "msg.h"

void *
mem_alloc(size_t n)
{
	return mem_grow(NULL, n);
}

void *
mem_grow(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (p == NULL)
		msg_die("out of memory (%zu bytes)", n);
	return p;
}

char *
mem_dup(const char *s, size_t n)
{
	char *p = mem_alloc(n + 1);

	if (n > 0)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

void *
mem_more(void *list, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return list;
	*cap = *cap ? *cap * 2 : 8;
	if (*cap > SIZE_MAX / size)
		msg_die("out of memory (%zu elements)", *cap);
	return mem_grow(list, *cap * size);
}

void
buf_need(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 64;

	if (n <= b->cap - b->len)
		return;
	if (n > SIZE_MAX / 2 - b->len)
		msg_die("out of memory (%zu bytes)", n);
	while (cap < b->len + n)
		cap *= 2;
	b->data = mem_grow(b->data, cap);
	b->cap = cap;
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	buf_need(b, n);
	memcpy(b->data + b->len, p, n);
	b->len += n;
}

void
buf_addc(struct buf *b, char c)
{
	buf_need(b, 1);
	b->data[b->len++] = c;
}

void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_addv(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	buf_need(b, 1);
	n = vsnprintf(b->data + b->len, b->cap - b->len, fmt, ap);
	if (n < 0)
		msg_die("bad format: %s", fmt);
	if ((size_t)n >= b->cap - b->len) {
		buf_need(b, (size_t)n + 1);
		vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	b->len += (size_t)n;
}

void
buf_addu(struct buf *b, size_t n)
{
	char digit[24];
	size_t i = sizeof(digit);

	do
		digit[--i] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	buf_add(b, digit + i, sizeof(digit) - i);
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_addv(b, fmt, ap);
	va_end(ap);
}

const char *
buf_str(struct buf *b)
{
	buf_need(b, 1);
	b->data[b->len] = '\0';
	return b->data;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
}

void
buf_free(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}
