/*
 * address: words that are part of an address (www.example.org/a_b.html, a@example.org) or of a
 * name of a file.  What stands between two spaces is one where it has an at sign, a low line, two
 * slashes, or www. in it.
 */
#include <string.h>

#include "langtag.h"

/* Whether s[0..n), without white space, is an address. */
static bool
is_address(const char *s, size_t n)
{
	size_t i, slashes = 0;

	for (i = 0; i < n; i++) {
		if (s[i] == '@' || s[i] == '_')
			return true;
		slashes += s[i] == '/';
		if (s[i] == '.' && i >= 3 && memcmp(s + i - 3, "www", 3) == 0)
			return true;
	}
	return slashes >= 2;
}

bool
address_any(const char *s, size_t n)
{
	const char *dot = s;

	if (n == 0)
		return false;
	if (memchr(s, '@', n) != NULL || memchr(s, '_', n) != NULL || memchr(s, '/', n) != NULL)
		return true;
	while ((dot = memchr(dot, '.', n - (size_t)(dot - s))) != NULL) {
		if (dot - s >= 3 && memcmp(dot - 3, "www", 3) == 0)
			return true;
		dot++;
	}
	return false;
}

bool
address_is(struct chunk *chunk, const char *s, size_t n, const struct lang_word *w)
{
	size_t from, to;

	if (w->off < chunk->end)
		return chunk->address;
	for (from = w->off; from > chunk->end && s[from - 1] != ' ' && s[from - 1] != '\t'; from--)
		continue;
	for (to = w->off; to < n && s[to] != ' ' && s[to] != '\t'; to++)
		continue;
	chunk->end = to;
	chunk->address = is_address(s + from, to - from);
	return chunk->address;
}

size_t
address_drop(
    struct chunk *chunk, const char *s, size_t n, struct lang_word word[LANG_BATCH], size_t count)
{
	size_t i, kept = 0;

	for (i = 0; i < count; i++)
		if (!address_is(chunk, s, n, &word[i]))
			word[kept++] = word[i];
	return kept;
}

void
address_sum(struct lang_model *m, const char *s, size_t n, struct lang_sum *sum)
{
	struct lang_word word[LANG_BATCH];
	struct chunk chunk = {0};
	bool any = address_any(s, n);
	size_t at = 0, count;

	while ((count = lang_words(m, s, n, &at, word)) > 0) {
		if (any)
			count = address_drop(&chunk, s, n, word, count);
		lang_sum_words(sum, word, count);
	}
}
