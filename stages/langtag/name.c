/*
 * name: words that are likely names: those with a capital where no sentence begins, in a text that
 * does not write most words so.
 */
#include <string.h>

#include "langtag.h"
#include "utf8.h"

#define LOOKED_AT 200 /* words that tell how a text uses capitals */

static bool
begins_upper(const char *s, size_t n)
{
	uint32_t cp;

	if ((unsigned char)*s < 0x80)
		return *s >= 'A' && *s <= 'Z';
	return utf8_get(s, n, &cp) > 0 && uc_upper(cp);
}

/* Whether two thirds of the first words begin with a capital. */
static bool
mostly_capitals(const char *s, size_t n)
{
	size_t words = 0, upper = 0;
	const char *end = s + n;

	while (words < LOOKED_AT) {
		while (s < end && *s == ' ')
			s++;
		if (s == end)
			break;
		words++;
		upper += begins_upper(s, (size_t)(end - s));
		s = memchr(s, ' ', (size_t)(end - s));
		if (s == NULL)
			break;
	}
	return upper * 3 >= words * 2;
}

void
names_begin(struct names *names, const char *s, size_t n)
{
	names->s = s;
	names->n = n;
	names->end = 0;
	names->capitals = n > 0 && mostly_capitals(s, n);
}

bool
names_is(struct names *names, const struct lang_word *w)
{
	size_t i, from = names->end;

	names->end = w->off + w->len;
	if (names->capitals || from == 0 || w->off == from ||
	    !begins_upper(names->s + w->off, names->n - w->off))
		return false;
	for (i = from; i < w->off; i++)
		if (names->s[i] == '.')
			return false;
	return true;
}
