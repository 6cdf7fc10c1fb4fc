/*
 * langtag: what its files share.
 */
#ifndef LANGTAG_H
#define LANGTAG_H

#include "lang.h"

/* A run of words in another language than the block's. */
struct span {
	size_t off, len;
	int lang;
	int post;	/* hundredths */
};

struct spans {
	struct span *list;	/* owned; zeroed is empty and ready */
	size_t n, cap;
};

/*
 * Finds the spans of s[0..n) that are in other languages than home, among those allowed; prior
 * is what each language has for it at first, as in lang_posteriors.
 */
void spans_find(struct lang_model *m, const char *s, size_t n, int home, uint64_t allowed,
    const int32_t *prior, struct spans *spans);

#endif
