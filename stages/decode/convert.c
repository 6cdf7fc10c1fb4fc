/*
 * convert: a window of bytes in, well-formed UTF-8 out, LF for LF.  Nothing is guessed here beyond
 * the encoding it is told.
 */
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "convert.h"
#include "irregular.h"
#include "utf8.h"

static void
add_bad(struct buf *b, struct tally *t)
{
	buf_add(b, "\xEF\xBF\xBD", 3);
	t->n[TALLY_INVALID]++;
}

static unsigned
unit_at(const char *s, bool big)
{
	const unsigned char *u = (const unsigned char *)s;

	return big ? (unsigned)u[0] << 8 | u[1] : (unsigned)u[1] << 8 | u[0];
}

static void
convert_utf16(bool big, const char *s, size_t n, struct buf *b, struct tally *t)
{
	size_t i = 0;

	while (i + 1 < n) {
		uint32_t u = unit_at(s + i, big);

		i += 2;
		if (u >= 0xD800 && u <= 0xDBFF && i + 1 < n && unit_at(s + i, big) >> 10 == 0x37) {
			u = 0x10000 + ((u & 0x3FF) << 10) + (unit_at(s + i, big) & 0x3FF);
			i += 2;
		}
		if (u >= 0xD800 && u <= 0xDFFF)
			add_bad(b, t);
		else
			utf8_add(b, u);
	}
	if (i < n)
		add_bad(b, t);
}

static void
convert_iconv(const char *name, const char *s, size_t n, struct buf *b, struct tally *t)
{
	iconv_t cd = iconv_open("UTF-8", name);
	char *from = (char *)s;
	size_t left = n;

	while (left > 0) {
		char *to;
		size_t room;

		buf_need(b, left + 64);
		to = b->data + b->len;
		room = b->cap - b->len;
		if (iconv(cd, &from, &left, &to, &room) == (size_t)-1 && errno != E2BIG) {
			b->len = (size_t)(to - b->data);
			add_bad(b, t);
			from++;
			left--;
			continue;
		}
		b->len = (size_t)(to - b->data);
	}
	iconv_close(cd);
}

/* Bytes at s that are not well-formed UTF-8: in the encoding rest, irregular, or meaning nothing. */
static size_t
convert_bad(const struct charset *rest, const char *s, size_t n, struct buf *b, struct tally *t)
{
	enum tally_kind kind;
	uint32_t cp;
	size_t k = irregular_get(s, n, &cp, &kind);

	if (k > 0 && (rest == NULL || kind == TALLY_CESU8)) {
		utf8_add(b, cp);
		t->n[kind]++;
		return k;
	}
	k = utf8_get(s, n, &cp);
	if (rest != NULL)
		t->n[TALLY_INVALID] += charset_decode(rest, b, s, k);
	else
		add_bad(b, t);
	return k;
}

static void
convert_utf8(const struct charset *rest, const char *s, size_t n, struct buf *b, struct tally *t)
{
	while (n > 0) {
		size_t k = utf8_valid(s, n);

		buf_add(b, s, k);
		s += k;
		n -= k;
		if (n == 0)
			break;
		k = convert_bad(rest, s, n, b, t);
		s += k;
		n -= k;
	}
}

void
convert(const struct encoding *e, const char *s, size_t n, struct buf *b, struct tally *t)
{
	switch (e->kind) {
	case ENC_ASCII:
	case ENC_UTF8:
		convert_utf8(e->single, s, n, b, t);
		break;
	case ENC_UTF16LE:
	case ENC_UTF16BE:
		convert_utf16(e->kind == ENC_UTF16BE, s, n, b, t);
		break;
	case ENC_SINGLE:
		t->n[TALLY_INVALID] += charset_decode(e->single, b, s, n);
		break;
	case ENC_ICONV:
		convert_iconv(e->name, s, n, b, t);
		break;
	}
}
