/*
 * utf8: characters out of bytes and back (RFC 3629), and what Unicode says of a character
 * (libutf8proc's tables).  No locale is consulted.
 */
#ifndef EMEND_UTF8_H
#define EMEND_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

#define UTF8_BAD 0xFFFFFFFFu	/* no character: malformed bytes */
#define UTF8_MAX 4		/* bytes a character takes at most */

/* The length in bytes of the longest prefix of s[0..n) that is well-formed UTF-8. */
size_t utf8_valid(const char *s, size_t n);
/* The length in bytes of the longest prefix of s[0..n) that is ASCII. */
size_t utf8_ascii(const char *s, size_t n);
/* The length in bytes of the longest prefix of s[0..n) that is printable ASCII, 20 to 7E. */
size_t utf8_printable(const char *s, size_t n);
/*
 * Reads the character at s into *cp; returns its length in bytes, 1..4, or 0 when n is 0.
 * Malformed input: *cp = UTF8_BAD and the length of the maximal ill-formed part (Unicode 3.9,
 * U+FFFD substitution of maximal subparts), at least 1.
 */
static inline size_t utf8_get(const char *s, size_t n, uint32_t *cp);
/* Reads the character that ends at s + off (off > 0); returns its length in bytes. */
size_t utf8_back(const char *s, size_t off, uint32_t *cp);
/* Writes cp to out; returns its length in bytes, 1..4.  cp is a Unicode scalar value. */
static inline size_t utf8_put(char out[UTF8_MAX], uint32_t cp);
void utf8_add(struct buf *b, uint32_t cp);
/* Characters in s[0..n): bytes that are not continuation bytes. */
size_t utf8_count(const char *s, size_t n);

static inline bool uc_letter(uint32_t cp);	/* general category L* */
bool uc_mark(uint32_t cp);	/* M* */
static inline bool uc_digit(uint32_t cp);	/* Nd */
static inline bool uc_upper(uint32_t cp);	/* Lu or Lt */
static inline bool uc_lower(uint32_t cp);	/* Ll */
static inline bool uc_space(uint32_t cp);	/* property White_Space */
bool uc_punct(uint32_t cp);	/* P* or S* */
static inline uint32_t uc_tolower(uint32_t cp);	/* simple case mapping */
uint32_t uc_toupper(uint32_t cp);
/* The letter without its diacritics (first character of its canonical decomposition). */
uint32_t uc_base(uint32_t cp);

/* Appends s[0..n), well-formed UTF-8, to b in normalization form C.  Returns whether it differed. */
bool utf8_nfc(struct buf *b, const char *s, size_t n);
/* Appends s[0..n) in lower case, by simple mappings. */
void utf8_lower(struct buf *b, const char *s, size_t n);

/* The same but for ASCII, which is answered in place. */
size_t utf8_get_wide(const char *s, size_t n, uint32_t *cp);
size_t utf8_put_wide(char out[UTF8_MAX], uint32_t cp);
bool uc_letter_wide(uint32_t cp);
bool uc_digit_wide(uint32_t cp);
bool uc_upper_wide(uint32_t cp);
bool uc_lower_wide(uint32_t cp);
bool uc_space_wide(uint32_t cp);
uint32_t uc_tolower_wide(uint32_t cp);

static inline size_t
utf8_get(const char *s, size_t n, uint32_t *cp)
{
	if (n == 0 || (unsigned char)*s >= 0x80)
		return utf8_get_wide(s, n, cp);
	*cp = (unsigned char)*s;
	return 1;
}

static inline size_t
utf8_put(char out[UTF8_MAX], uint32_t cp)
{
	if (cp >= 0x80)
		return utf8_put_wide(out, cp);
	*out = (char)cp;
	return 1;
}

static inline bool
uc_letter(uint32_t cp)
{
	return cp < 0x80 ? (cp | 0x20) - 'a' < 26 : uc_letter_wide(cp);
}

static inline bool
uc_digit(uint32_t cp)
{
	return cp < 0x80 ? cp - '0' < 10 : uc_digit_wide(cp);
}

static inline bool
uc_upper(uint32_t cp)
{
	return cp < 0x80 ? cp - 'A' < 26 : uc_upper_wide(cp);
}

static inline bool
uc_lower(uint32_t cp)
{
	return cp < 0x80 ? cp - 'a' < 26 : uc_lower_wide(cp);
}

static inline bool
uc_space(uint32_t cp)
{
	return cp < 0x80 ? cp == ' ' || cp - '\t' < 5 : uc_space_wide(cp);
}

static inline uint32_t
uc_tolower(uint32_t cp)
{
	return cp < 0x80 ? cp + (cp - 'A' < 26 ? 0x20 : 0) : uc_tolower_wide(cp);
}

#endif
