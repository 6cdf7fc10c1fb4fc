/*
 * clean: what no text should hold is taken out of a line, or made what it stands for.
 */
#ifndef EMEND_CLEAN_H
#define EMEND_CLEAN_H

#include <stdint.h>

#include "line.h"
#include "tally.h"

/* Is cp left as it is, whatever stands beside it? */
bool clean_plain(uint32_t cp);
/*
 * The length of the longest prefix of s[0..n), well-formed UTF-8, that clean_line leaves as it is.
 * May stop early on rare characters that are sound.
 */
size_t clean_span(const char *s, size_t n);
/* The same of several lines: it runs over LFs. */
size_t clean_lines(const char *s, size_t n);
/*
 * Cleans l; spare is scratch.  Form feeds are taken out and remembered in l, or with keep_formfeed
 * left where they are.
 */
void clean_line(struct line *l, struct line *spare, struct tally *t, bool keep_formfeed);

#endif
