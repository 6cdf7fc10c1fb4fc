/*
 * entity: characters written as HTML writes them, &eacute; or &#233;, made characters again.
 */
#ifndef EMEND_ENTITY_H
#define EMEND_ENTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "line.h"
#include "tally.h"

/*
 * Does the text s[0..n) show that it was HTML: some references to characters, and hardly an
 * ampersand that is none?
 */
bool entity_shown(const char *s, size_t n);
/* Resolves the references of l, with spare as scratch. */
void entity_line(struct line *l, struct line *spare, struct tally *t);

#endif
