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
address_next(
    struct lang_model *m, const char *s, size_t n, struct lang_word *w, struct chunk *chunk)
{
	size_t from, to;

	if (!lang_next(m, s, n, w))
		return false;
	if (w->off < chunk->end)
		return true;
	for (from = w->off; from > chunk->end && s[from - 1] != ' ' && s[from - 1] != '\t'; from--)
		continue;
	for (to = w->off; to < n && s[to] != ' ' && s[to] != '\t'; to++)
		continue;
	chunk->end = to;
	chunk->address = is_address(s + from, to - from);
	return true;
}

void
address_sum(struct lang_model *m, const char *s, size_t n, struct lang_sum *sum)
{
	struct lang_word w = {0};
	struct chunk chunk = {0};

	while (address_next(m, s, n, &w, &chunk))
		if (!chunk.address)
			lang_sum_word(sum, &w);
}
