/*
 * Any lines to segment: every letter of them comes out in a block, once, and nothing else does; what
 * white space may do is not looked at.  See `make fuzz`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "segment.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Counts the bytes of a text that are not white, adding sign for each. */
static void
count(const struct buf *b, long seen[256], long sign)
{
	uint32_t cp;

	for (size_t i = 0, k; i < b->len; i += k) {
		k = utf8_get(b->data + i, b->len - i, &cp);
		for (size_t at = i; !uc_space(cp) && at < i + k; at++)
			seen[(unsigned char)b->data[at]] += sign;
	}
}

/* Makes the document that a tagged stream of these lines is. */
static void
fill(struct doc *d, const char *p, size_t n)
{
	const char *end;
	size_t len;

	d->tagged = true;
	for (; n > 0; p += len, n -= len) {
		struct rec *r = doc_add(d, 'T', NULL);

		end = memchr(p, '\n', n);
		len = end != NULL ? (size_t)(end - p) : n;
		while (r->text.s.len < len) {
			size_t from = r->text.s.len, good = utf8_valid(p + from, len - from);

			buf_add(&r->text.s, p + from, good);
			if (from + good < len)
				buf_addc(&r->text.s, '?');
		}
		len += end != NULL;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct settings set;
	struct doc d = {0};
	long seen[256] = {0};

	if (set.phrases == NULL)
		settings_open(&set);
	set.source_order = n > 0 && data[0] & 1;
	fill(&d, (const char *)data, n);
	for (size_t i = 0; i < d.n; i++)
		count(&d.rec[i].text.s, seen, 1);
	document_segment(&d, &set);
	for (size_t i = 0; i < d.n; i++)
		count(&d.rec[i].text.s, seen, -1);
	for (int c = 0; c < 256; c++)
		if (seen[c] != 0) {
			fprintf(stderr, "%ld of byte %d lost\n", seen[c], c);
			abort();
		}
	doc_free(&d);
	return 0;
}
