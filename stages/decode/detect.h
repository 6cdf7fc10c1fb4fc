/*
 * detect: which encoding the bytes of a document are in.
 */
#ifndef EMEND_DETECT_H
#define EMEND_DETECT_H

#include <stdbool.h>

#include "charset.h"

enum encoding_kind {
	ENC_ASCII,
	ENC_UTF8,
	ENC_UTF16LE,
	ENC_UTF16BE,
	ENC_SINGLE,
	ENC_ICONV
};

struct encoding {
	enum encoding_kind kind;
	const struct charset
	    *single; /* of ENC_SINGLE; of ENC_UTF8 what bad bytes are in, or NULL */
	const char *name;
	int post; /* posterior in hundredths */
	size_t bom; /* bytes to skip at the start */
};

/* The encoding of that name, for -e.  Returns false where nobody knows it. */
bool encoding_named(const char *name, struct encoding *e);
/* Appends its name; of UTF-8 beside another, both. */
void encoding_describe(const struct encoding *e, struct buf *b);
/* What the first bytes show to be no text: the name of its format; NULL for text. */
const char *detect_binary(const char *s, size_t n);
/*
 * Finds the encoding of the text s[0..n), the first window of a document, of which so many bytes are
 * well-formed UTF-8 at its start; explain: say why.
 */
struct encoding detect(const char *s, size_t n, size_t good, bool explain);

/* The bytes of a code unit, by the mark or the pairs of bytes at the start. */
size_t detect_unit(const char *s, size_t n);

#endif
