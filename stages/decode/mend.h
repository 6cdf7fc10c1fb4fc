/*
 * mend: text that was decoded wrongly before it came here, once or several times, put right.
 */
#ifndef EMEND_MEND_H
#define EMEND_MEND_H

#include <stdbool.h>

#include "line.h"
#include "tally.h"

struct mender;

/* A mender for one document; explain: say on standard error what is mended and why. */
struct mender *mender_open(bool explain);
/* The text to come, for a first notion of its language; looked at only when there is need. */
void mender_expect(struct mender *m, const char *s, size_t n);
/* The length of the longest prefix of s[0..n) that holds nothing to mend. */
size_t mend_span(const char *s, size_t n);
/* Mends l, with spare as scratch.  Returns whether anything changed. */
bool mend_line(struct mender *m, struct line *l, struct line *spare, struct tally *t);
void mender_close(struct mender *m);

#endif
