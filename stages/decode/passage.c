/*
 * passage: characters of a line, tried over and written back.  See passage.h.
 */
#include <string.h>

#include "passage.h"
#include "utf8.h"

size_t
passage_take(struct passage *p, const struct line *l, size_t off)
{
	size_t space = 0, i = off;

	for (p->n = 0; p->n < PASSAGE && i < l->s.len; p->n++) {
		size_t k = 1;

		p->cp[p->n] = (unsigned char)l->s.data[i];
		if (p->cp[p->n] >= 0x80)
			k = utf8_get(l->s.data + i, l->s.len - i, &p->cp[p->n]);
		p->of[p->n] = (struct origin){(uint32_t)(i - off), (uint32_t)(i - off + k), -1, 0};
		i += k;
		if (p->cp[p->n] == ' ')
			space = p->n + 1;
	}
	/* A space may be the lost half of a character: it stays with what is before it. */
	if (i < l->s.len && space > PASSAGE / 2) {
		p->n = space;
		i = off + p->of[space - 1].to;
	}
	return i;
}

void
passage_copy(struct passage *q, const struct passage *p)
{
	memcpy(q->cp, p->cp, p->n * sizeof(*p->cp));
	memcpy(q->of, p->of, p->n * sizeof(*p->of));
	q->n = p->n;
}

void
passage_put(struct passage *q, const struct passage *p, size_t i, size_t j, uint32_t cp, int post,
    unsigned why)
{
	uint32_t from = p->of[i].from, to = p->of[j - 1].to;

	for (; i < j; i++)
		if (p->of[i].post >= 0 && p->of[i].post < post)
			post = p->of[i].post;
	q->cp[q->n] = cp;
	q->of[q->n++] = (struct origin){from, to, (signed char)post, (unsigned char)why};
}

void
passage_write(const struct passage *p, struct pass *to, size_t *repaired)
{
	size_t off = to->pos;

	for (size_t i = 0; i < p->n; i++) {
		char s[UTF8_MAX];

		if (p->of[i].post < 0)
			continue;
		repaired[p->of[i].why]++;
		pass_keep(to, off + p->of[i].from);
		pass_put(to, p->of[i].to - p->of[i].from, s, utf8_put(s, p->cp[i]), p->of[i].post);
	}
	if (p->n > 0)
		pass_keep(to, off + p->of[p->n - 1].to);
}
