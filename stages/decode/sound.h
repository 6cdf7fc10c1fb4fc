/*
 * sound: the quick look at text that tells what needs no second one.
 */
#ifndef EMEND_SOUND_H
#define EMEND_SOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The length of the longest prefix of s[0..n), well-formed UTF-8 from the start of a line, in which
 * nothing is to be cleaned and nothing looks misread.  It runs over LFs, stops at CRs and form feeds,
 * and may stop early.
 */
size_t sound_span(const char *s, size_t n);
/* The length of the longest prefix of nothing but printable ASCII, TABs and LFs. */
size_t sound_ascii(const char *s, size_t n);
/* The same of characters: is there nothing that looks misread? */
bool sound_chars(const uint32_t *cp, size_t n);
/* The first question mark between two letters in s[0..n), or n. */
size_t sound_question(const char *s, size_t n);
/* Does a sequence of UTF-8, misread, begin with the characters a and b? */
bool sound_pair(uint32_t a, uint32_t b);

#endif
