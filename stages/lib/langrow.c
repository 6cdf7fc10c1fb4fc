/*
 * langrow: weights in four bits.  A nibble is a number from -7 to 7 and means its square, with its
 * sign: most weights are small, and their steps are, too.
 */
#include <math.h>
#include <string.h>

#include "langrow.h"

typedef int16_t lanes __attribute__((vector_size(16)));
typedef uint16_t bits __attribute__((vector_size(16)));

unsigned
lang_nibble(double weight)
{
	long root = lrint(sqrt(fmin(fabs(weight), 49)));

	return (unsigned)(weight < 0 ? -root : root) & 15;
}

/* The row at p: four nibbles a lane, the first one lowest. */
static inline bits
row_get(const unsigned char *p)
{
	bits row;

	memcpy(&row, p, sizeof(row));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	row = row << 8 | row >> 8;
#endif
	return row;
}

/* What the topmost nibbles of x mean. */
static inline lanes
meaning(bits top)
{
	lanes x = (lanes)top >> 12, sign = x >> 15;

	return (x * x ^ sign) - sign;
}

void
lang_rows_sum(
    const unsigned char *rows, uint32_t nrow, const struct lang_feats *f, int16_t score[LANG_MAX])
{
	lanes sum[4] = {{0}};
	bits row;
	int16_t *to = score + LANG_COLUMN(f->script);
	size_t i, k;

	for (i = 0; i < f->n; i++) {
		row = row_get(rows + lang_row(f->script, f->gram[i], nrow));
		sum[0] += meaning(row << 12);
		sum[1] += meaning(row << 8);
		sum[2] += meaning(row << 4);
		sum[3] += meaning(row);
	}
	memset(score, 0, LANG_MAX * sizeof(*score));
	if (f->n > 0)
		for (i = 0; i < LANG_COLUMNS(f->script) / 4; i++)
			for (k = 0; k < 4; k++)
				to[4 * i + k] = sum[k][i];
}
