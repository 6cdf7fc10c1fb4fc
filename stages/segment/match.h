/*
 * match: a list of patterns, and whether one of them is what a folded text says.
 */
#ifndef MATCH_H
#define MATCH_H

#include "phrase.h"

#define PHRASE_LONGEST 96 /* folded bytes of a pattern */

struct list {
	struct phrase *p;
	size_t n, cap;
};

/* What f[0..n) is asked for; the letters it has are gathered when they are first needed. */
struct query {
	const char *f;
	size_t n;
	uint32_t letters, start;
	bool gathered, started;
};

/* Which of a-z are in s[0..n). */
uint32_t letters_in(const char *s, size_t n);
/* The first pattern of the list that matches; *len as phrase_find says. */
const struct phrase *list_find(const struct list *l, struct query *q, size_t *len);

#endif
