/*
 * irregular: bytes in, the characters that irregular forms of UTF-8 stand for out.  See irregular.h.
 */
#include "irregular.h"
#include "utf8.h"

/* A sequence of UTF-8 by its shape alone, whatever it stands for.  Returns its length, or 0. */
static size_t
shape(const char *s, size_t n, uint32_t *cp)
{
	unsigned char lead = n > 0 ? (unsigned char)s[0] : 0;
	size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (lead < 0xC0 || lead > 0xF4 || len > n)
		return 0;
	*cp = lead & (0x7Fu >> len);
	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		*cp = *cp << 6 | (s[i] & 0x3F);
	}
	return len;
}

static bool
surrogate(uint32_t cp, uint32_t first)
{
	return cp >= first && cp < first + 0x400;
}

size_t
irregular_get(const char *s, size_t n, uint32_t *cp, enum tally_kind *kind)
{
	uint32_t low;
	size_t len = shape(s, n, cp);

	if (len == 3 && surrogate(*cp, 0xD800) && shape(s + 3, n - 3, &low) == 3 &&
	    surrogate(low, 0xDC00)) {
		*cp = 0x10000 + ((*cp & 0x3FF) << 10) + (low & 0x3FF);
		*kind = TALLY_CESU8;
		return 6;
	}
	if (len == 3 && *cp >= 0xD800 && *cp < 0xE000) {
		*cp = 0xFFFD;
		*kind = TALLY_SURROGATE;
		return 3;
	}
	*kind = TALLY_OVERLONG;
	return (len == 2 && *cp < 0x80) || (len == 3 && *cp < 0x800) || (len == 4 && *cp < 0x10000)
		   ? len
		   : 0;
}

bool
irregular_utf8(const char *s, size_t n)
{
	bool regular = false, sure = false;

	for (size_t i = 0; i < n;) {
		size_t good = utf8_valid(s + i, n - i), len;
		enum tally_kind kind;
		uint32_t cp;

		regular = regular || utf8_ascii(s + i, good) < good;
		i += good;
		if (i == n)
			break;
		len = irregular_get(s + i, n - i, &cp, &kind);
		/* In windows-1252 a capital before a no-break space looks like an overlong space. */
		if (len == 0 || (len == 2 && cp == ' '))
			return false;
		sure = sure || len > 2 || cp == 0;
		i += len;
	}
	return regular || sure;
}
