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
		size_t k = utf8_get(l->s.data + i, l->s.len - i, &p->cp[p->n]);

		p->from[p->n] = (uint32_t)(i - off);
		p->to[p->n] = (uint32_t)(i - off + k);
		p->post[p->n] = -1;
		i += k;
		if (p->cp[p->n] == ' ')
			space = p->n + 1;
	}
	/* A space may be the lost half of a character: it stays with what is before it. */
	if (i < l->s.len && space > PASSAGE / 2) {
		p->n = space;
		i = off + p->to[space - 1];
	}
	return i;
}

void
passage_copy(struct passage *q, const struct passage *p, size_t i, size_t j)
{
	size_t n = j - i;

	memcpy(q->cp + q->n, p->cp + i, n * sizeof(*p->cp));
	memcpy(q->from + q->n, p->from + i, n * sizeof(*p->from));
	memcpy(q->to + q->n, p->to + i, n * sizeof(*p->to));
	memcpy(q->post + q->n, p->post + i, n);
	memcpy(q->why + q->n, p->why + i, n);
	q->n += n;
}

void
passage_put(struct passage *q, const struct passage *p, size_t i, size_t j, uint32_t cp, int post,
    unsigned why)
{
	q->cp[q->n] = cp;
	q->from[q->n] = p->from[i];
	q->to[q->n] = p->to[j - 1];
	for (; i < j; i++)
		if (p->post[i] >= 0 && p->post[i] < post)
			post = p->post[i];
	q->why[q->n] = (unsigned char)why;
	q->post[q->n++] = (signed char)post;
}

void
passage_write(const struct passage *p, struct pass *to)
{
	size_t off = to->pos;

	for (size_t i = 0; i < p->n; i++) {
		char s[UTF8_MAX];

		if (p->post[i] < 0)
			continue;
		pass_keep(to, off + p->from[i]);
		pass_put(to, p->to[i] - p->from[i], s, utf8_put(s, p->cp[i]), p->post[i]);
	}
	if (p->n > 0)
		pass_keep(to, off + p->to[p->n - 1]);
}
