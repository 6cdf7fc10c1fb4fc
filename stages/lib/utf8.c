/*
 * utf8: well-formed UTF-8 in and out, and a thin cover over libutf8proc for what Unicode says of
 * a character.
 */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "utf8.h"

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* How many bytes in memory stand before the first whose highest bit is set in w. */
static size_t
bytes_before(uint64_t w)
{
#if defined(__GNUC__) && defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(w) / 8;
#else
	char s[8];
	size_t i = 0;

	memcpy(s, &w, sizeof(s));
	while ((s[i] & 0x80) == 0)
		i++;
	return i;
#endif
}

size_t
utf8_ascii(const char *s, size_t n)
{
	size_t i = 0;

	for (; n - i >= 8; i += 8) {
		uint64_t w;

		memcpy(&w, s + i, 8);
		if (w & HIGH_BITS)
			return i + bytes_before(w & HIGH_BITS);
	}
	while (i < n && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

size_t
utf8_printable(const char *s, size_t n)
{
	const uint64_t ones = UINT64_MAX / 255;
	size_t i = 0;

	for (; n - i >= 8; i += 8) {
		uint64_t w, odd;

		/* A carry only spoils the bytes behind the first that is odd. */
		memcpy(&w, s + i, 8);
		odd = (w | (w + ones) | ((w - ones * 0x20) & ~w)) & HIGH_BITS;
		if (odd != 0)
			return i + bytes_before(odd);
	}
	while (i < n && s[i] >= 0x20 && s[i] < 0x7F)
		i++;
	return i;
}

/*
 * The length of the well-formed character of two bytes or more at s, by table 3-7 of the Unicode
 * standard; 0 where it is ill-formed, and then *part is the length of its maximal subpart.
 */
static size_t
multibyte(const unsigned char *s, size_t n, size_t *part)
{
	unsigned char low = 0x80, high = 0xBF;
	size_t len;

	*part = 1;
	if (s[0] >= 0xC2 && s[0] <= 0xDF)
		len = 2;
	else if (s[0] >= 0xE0 && s[0] <= 0xEF)
		len = 3;
	else if (s[0] >= 0xF0 && s[0] <= 0xF4)
		len = 4;
	else
		return 0;
	if (s[0] == 0xE0)
		low = 0xA0;
	else if (s[0] == 0xED)
		high = 0x9F;
	else if (s[0] == 0xF0)
		low = 0x90;
	else if (s[0] == 0xF4)
		high = 0x8F;
	for (size_t i = 1; i < len; i++) {
		if (i >= n || s[i] < low || s[i] > high) {
			*part = i;
			return 0;
		}
		low = 0x80;
		high = 0xBF;
	}
	return len;
}

size_t
utf8_valid(const char *s, size_t n)
{
	size_t i = 0, len, part;

	for (;;) {
		i += utf8_ascii(s + i, n - i);
		while (i < n && (unsigned char)s[i] >= 0x80) {
			len = multibyte((const unsigned char *)s + i, n - i, &part);
			if (len == 0)
				return i;
			i += len;
		}
		if (i == n)
			return n;
	}
}

size_t
utf8_get_wide(const char *s, size_t n, uint32_t *cp)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t len, part;

	if (n == 0)
		return 0;
	len = multibyte(u, n, &part);
	switch (len) {
	case 2:
		*cp = (uint32_t)(u[0] & 0x1F) << 6 | (u[1] & 0x3F);
		return 2;
	case 3:
		*cp = (uint32_t)(u[0] & 0x0F) << 12 | (uint32_t)(u[1] & 0x3F) << 6 | (u[2] & 0x3F);
		return 3;
	case 4:
		*cp = (uint32_t)(u[0] & 0x07) << 18 | (uint32_t)(u[1] & 0x3F) << 12 |
		    (uint32_t)(u[2] & 0x3F) << 6 | (u[3] & 0x3F);
		return 4;
	default:
		*cp = UTF8_BAD;
		return part;
	}
}

size_t
utf8_back(const char *s, size_t off, uint32_t *cp)
{
	size_t len = 1;

	while (len < UTF8_MAX && len < off && ((unsigned char)s[off - len] & 0xC0) == 0x80)
		len++;
	if (utf8_get(s + off - len, len, cp) == len && *cp != UTF8_BAD)
		return len;
	*cp = UTF8_BAD;
	return 1;
}

size_t
utf8_put_wide(char out[UTF8_MAX], uint32_t cp)
{
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

void
utf8_add(struct buf *b, uint32_t cp)
{
	buf_need(b, UTF8_MAX);
	b->len += utf8_put(b->data + b->len, cp);
}

size_t
utf8_count(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xC0) != 0x80;
	return count;
}

/* The category of cp; those of the scripts that texts are full of are looked up once. */
static utf8proc_category_t
category(uint32_t cp)
{
	static unsigned char known[0x3000]; /* and one more, 0 for not yet */

	if (cp >= sizeof(known))
		return utf8proc_category((utf8proc_int32_t)cp);
	if (known[cp] == 0)
		known[cp] = (unsigned char)(utf8proc_category((utf8proc_int32_t)cp) + 1);
	return known[cp] - 1;
}

bool
uc_letter_wide(uint32_t cp)
{
	utf8proc_category_t c = category(cp);

	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool
uc_mark(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x300)
		return false;
	c = category(cp);
	return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

bool
uc_digit_wide(uint32_t cp)
{
	return category(cp) == UTF8PROC_CATEGORY_ND;
}

bool
uc_upper_wide(uint32_t cp)
{
	utf8proc_category_t c = category(cp);

	return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool
uc_lower_wide(uint32_t cp)
{
	return category(cp) == UTF8PROC_CATEGORY_LL;
}

bool
uc_space_wide(uint32_t cp)
{
	switch (cp) {
	case 0x85:
	case 0xA0:
	case 0x1680:
	case 0x2028:
	case 0x2029:
	case 0x202F:
	case 0x205F:
	case 0x3000:
		return true;
	default:
		return cp >= 0x2000 && cp <= 0x200A;
	}
}

bool
uc_punct(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return cp > ' ' && cp < 0x7F && !uc_letter(cp) && !uc_digit(cp);
	c = category(cp);
	return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_SO;
}

uint32_t
uc_tolower_wide(uint32_t cp)
{
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

uint32_t
uc_toupper(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'a' && cp <= 'z' ? cp & ~0x20u : cp;
	return (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
}

static uint32_t
decompose(uint32_t cp)
{
	utf8proc_int32_t part[8];
	int boundary = 0;

	if (utf8proc_decompose_char((utf8proc_int32_t)cp, part, 8, UTF8PROC_DECOMPOSE, &boundary) < 1)
		return cp;
	return (uint32_t)part[0];
}

uint32_t
uc_base(uint32_t cp)
{
	static uint16_t known[0x250];	/* of Latin letters, 0 for not yet */

	if (cp < 0xC0)
		return cp;
	if (cp >= sizeof(known) / sizeof(*known))
		return decompose(cp);
	if (known[cp] == 0)
		known[cp] = (uint16_t)decompose(cp);
	return known[cp];
}

/* Whether every character of s is its own NFC wherever it stands: nothing from U+0300 on. */
static bool
surely_nfc(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0xCC)
			return false;
	return true;
}

bool
utf8_nfc(struct buf *b, const char *s, size_t n)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t len;
	bool differs = false;

	if (!surely_nfc(s, n)) {
		len = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &out,
		    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
		differs = len >= 0 && ((size_t)len != n || memcmp(out, s, n) != 0);
	}
	if (differs)
		buf_add(b, out, (size_t)len);
	else
		buf_add(b, s, n);
	free(out);
	return differs;
}

void
utf8_lower(struct buf *b, const char *s, size_t n)
{
	uint32_t cp;
	size_t len;

	buf_need(b, n);
	for (size_t i = 0; i < n; i += len) {
		len = utf8_get(s + i, n - i, &cp);
		if (cp < 0x80)
			buf_addc(b, (char)uc_tolower(cp));
		else if (cp == UTF8_BAD)
			buf_add(b, s + i, len);
		else
			utf8_add(b, uc_tolower(cp));
	}
}
