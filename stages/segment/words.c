/*
 * words: see words.h.
 */
#include <stdlib.h>
#include <string.h>

#include "utf8.h"
#include "words.h"

#define LONGEST 40 /* bytes of a word */
#define PARTS 4 /* words a run may fall into */

/* A set of words by open addressing; size is a power of two. */
struct words {
	unsigned char
	    pairs[1 << 13]; /* a bit for each two bytes that a word asked for may begin with */
	struct buf text; /* the words, each behind its length in one byte */
	size_t *slot; /* offsets into text, from 1; 0: free */
	size_t size, n;
};

static uint64_t
hash(const char *p, size_t n)
{
	uint64_t h = 1469598103934665603u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * 1099511628211u;
	return h ^ h >> 29;
}

/* The slot that holds p[0..n), or the free one it would take. */
static size_t *
slot(const struct words *w, const char *p, size_t n)
{
	size_t i = (size_t)hash(p, n) & (w->size - 1);

	for (; w->slot[i] != 0; i = (i + 1) & (w->size - 1)) {
		const char *q = w->text.data + w->slot[i] - 1;
		if ((unsigned char)*q == n && memcmp(q + 1, p, n) == 0)
			break;
	}
	return &w->slot[i];
}

static void
grow(struct words *w)
{
	size_t *old = w->slot, size = w->size;

	w->size = size == 0 ? 1024 : size * 2;
	w->slot = mem_alloc(w->size * sizeof(*w->slot));
	memset(w->slot, 0, w->size * sizeof(*w->slot));
	for (size_t i = 0; i < size; i++)
		if (old[i] != 0) {
			const char *q = w->text.data + old[i] - 1;
			*slot(w, q + 1, (unsigned char)*q) = old[i];
		}
	free(old);
}

static void
add(struct words *w, const char *p, size_t n)
{
	size_t *at;

	if (n < 2 || n > LONGEST)
		return;
	if ((w->n + 1) * 2 > w->size)
		grow(w);
	at = slot(w, p, n);
	if (*at != 0)
		return;
	*at = w->text.len + 1;
	buf_addc(&w->text, (char)n);
	buf_add(&w->text, p, n);
	w->n++;
}

static bool
has(const struct words *w, const char *p, size_t n)
{
	return n >= 2 && n <= LONGEST && w->size > 0 && *slot(w, p, n) != 0;
}

/* Whether a part of a letter-spaced line may begin with these two bytes. */
static bool
pair(const struct words *w, const char *p)
{
	unsigned k = (unsigned)(unsigned char)p[0] << 8 | (unsigned char)p[1];

	return w->pairs[k / 8] >> k % 8 & 1;
}

/* Notes the bytes of a letter-spaced line that stand next to each other, spaces left out. */
static void
pairs_add(struct words *w, const char *p, size_t n)
{
	char low[UTF8_MAX];
	unsigned k = 0;
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		i += utf8_get(p + i, n - i, &cp);
		for (size_t b = 0; !uc_space(cp) && b < utf8_put(low, uc_tolower(cp)); b++) {
			k = (k << 8 | (unsigned char)low[b]) & 0xFFFF;
			w->pairs[k / 8] |= (unsigned char)(1 << k % 8);
		}
	}
}

/* Adds word p[0..n) in small letters, if it may be asked for. */
static void
word_add(struct words *w, const char *p, size_t n)
{
	char low[LONGEST + UTF8_MAX];
	size_t len = 0;
	uint32_t cp;

	if (n < 2 || (((unsigned char)p[0] | (unsigned char)p[1]) < 0x80 && p[0] >= 'a' &&
			 p[1] >= 'a' && !pair(w, p)))
		return;
	for (size_t i = 0; i < n && len <= LONGEST; len += utf8_put(low + len, uc_tolower(cp))) {
		i += utf8_get(p + i, n - i, &cp);
		if (len == 2 && !pair(w, low))
			return;
	}
	if (len > 1 && pair(w, low))
		add(w, low, len);
}

/* Adds the words of p[0..n) that may be asked for. */
static void
line_add(struct words *w, const char *p, size_t n)
{
	size_t from = 0, took;
	uint32_t cp;

	for (size_t i = 0; i <= n; i += took) {
		while (i < n && (p[i] | 0x20) >= 'a' && (p[i] | 0x20) <= 'z')
			i++;
		took = 1;
		if (i < n && (unsigned char)p[i] >= 0x80 &&
		    (took = utf8_get(p + i, n - i, &cp)) > 0 && uc_letter(cp))
			continue;
		word_add(w, p + from, i - from);
		from = i + took;
	}
}

struct words *
words_read(const struct seg *s)
{
	struct words *w = mem_alloc(sizeof(*w));

	*w = (struct words){0};
	for (size_t k = 0; k < s->nline; k++)
		if (s->line[k].spaced)
			pairs_add(w, s->line[k].text->s.data, s->line[k].text->s.len);
	for (size_t k = 0; k < s->nline; k++)
		if (!s->line[k].spaced && s->line[k].role == ROLE_BODY)
			line_add(w, s->line[k].text->s.data, s->line[k].text->s.len);
	return w;
}

void
words_free(struct words *w)
{
	if (w == NULL)
		return;
	buf_free(&w->text);
	free(w->slot);
	free(w);
}

/* Fills cut with the ends of the fewest words that p[0..n) falls into; how many, 0 where it does not. */
static unsigned
cuts(const struct words *w, const char *p, size_t n, size_t cut[PARTS])
{
	unsigned best[LONGEST + 1];
	size_t from[LONGEST + 1];
	unsigned parts;

	if (n > LONGEST || has(w, p, n))
		return 0;
	best[0] = 0;
	for (size_t to = 1; to <= n; to++) {
		best[to] = PARTS + 1;
		for (size_t k = to < 2 ? to : 0; k + 2 <= to; k++)
			if (best[k] + 1 < best[to] && has(w, p + k, to - k)) {
				best[to] = best[k] + 1;
				from[to] = k;
			}
	}
	parts = best[n];
	if (parts > PARTS)
		return 0;
	for (size_t to = n, i = parts; i > 0; to = from[to])
		cut[--i] = to;
	return parts;
}

void
words_part(const struct words *w, struct buf *out)
{
	struct buf low = {0}, done = {0};
	size_t cut[PARTS], i, from;
	unsigned n;

	utf8_lower(&low, out->data, out->len);
	if (low.len == out->len) /* else small letters are longer: offsets would not fit */
		for (i = from = 0; i <= low.len; i++) {
			if (i < low.len && low.data[i] != ' ')
				continue;
			n = cuts(w, low.data + from, i - from, cut);
			for (unsigned k = 0; k + 1 < n; k++) {
				size_t begin = k == 0 ? 0 : cut[k - 1];
				buf_add(&done, out->data + from + begin, cut[k] - begin);
				buf_addc(&done, ' ');
			}
			from += n > 1 ? cut[n - 2] : 0;
			buf_add(&done, out->data + from, i - from);
			if (i < low.len)
				buf_addc(&done, ' ');
			from = i + 1;
		}
	if (done.len > 0) {
		buf_clear(out);
		buf_add(out, done.data, done.len);
	}
	buf_free(&low);
	buf_free(&done);
}
