/*
 * mend: text that was decoded wrongly before it came here, once or several times, put right.
 */
#ifndef EMEND_MEND_H
#define EMEND_MEND_H

#include <stdbool.h>

#include "line.h"

struct mender;

/* A mender for one document; explain: say on standard error what is mended and why. */
struct mender *mender_open(bool explain);
/* The text to come, for a first notion of its language; looked at only when there is need. */
void mender_expect(struct mender *m, const char *s, size_t n);
/* Does the document have mistakes, or may it, that no quick look tells? */
bool mender_wary(const struct mender *m);
/* Mends l, with spare as scratch.  Returns whether anything changed. */
bool mend_line(struct mender *m, struct line *l, struct line *spare);
/* Calls fn for every kind of mistake with the characters that were put right. */
void mender_counts(
    const struct mender *m, void (*fn)(void *ctx, const char *name, size_t n), void *ctx);
void mender_close(struct mender *m);

#endif
