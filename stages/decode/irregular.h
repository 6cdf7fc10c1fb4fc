/*
 * irregular: what some programs write for UTF-8 against the standard: surrogates, in pairs (CESU-8)
 * or alone, and overlong forms.
 */
#ifndef EMEND_IRREGULAR_H
#define EMEND_IRREGULAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tally.h"

/*
 * Reads an irregular form at the start of s[0..n), which is not well-formed there.  Returns its
 * length, with the character it stands for in *cp and what it is in *kind; U+FFFD for a surrogate
 * alone.  Returns 0 where there is none.
 */
size_t irregular_get(const char *s, size_t n, uint32_t *cp, enum tally_kind *kind);
/* Is s[0..n) UTF-8 but for irregular forms, and more likely that than any other encoding? */
bool irregular_utf8(const char *s, size_t n);

#endif
