/*
 * tally: what decode counts in a document.
 */
#ifndef EMEND_TALLY_H
#define EMEND_TALLY_H

#include <stddef.h>

enum tally_kind {
	TALLY_CR, /* lines ended by CR or CRLF */
	TALLY_FORMFEED,
	TALLY_NUL,
	TALLY_CONTROL, /* C0, DEL: taken out */
	TALLY_C1, /* taken out */
	TALLY_SEPARATOR, /* VT, U+0085, U+2028, U+2029: made a space */
	TALLY_NONCHARACTER, /* U+FFFE and the like: taken out */
	TALLY_INVALID, /* bytes that mean nothing: made U+FFFD */
	TALLY_CESU8, /* pairs of surrogates in UTF-8: made one character */
	TALLY_SURROGATE, /* alone: made U+FFFD */
	TALLY_OVERLONG, /* forms of UTF-8: made the character they spell */
	TALLY_ENTITY, /* of HTML: made the character it names */
	TALLY_REPLACEMENT, /* U+FFFD that the source had */
	TALLY_SOFT_HYPHEN, /* inside a line: taken out */
	TALLY_SOFT_HYPHEN_END, /* at its end: made a hyphen */
	TALLY_ZERO_WIDTH, /* taken out */
	TALLY_BIDI, /* taken out */
	TALLY_PRIVATE_USE, /* left */
	TALLY_LIGATURE, /* made letters */
	TALLY_NFC, /* composed */
	TALLY_KINDS
};

struct tally {
	size_t n[TALLY_KINDS];
};

/* The name of a kind in counts and M records. */
const char *tally_name(enum tally_kind k);

#endif
