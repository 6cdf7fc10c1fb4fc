/*
 * line: passes over a line, and the source forms kept through all of them.  See line.h.
 */
#include <stdlib.h>

#include "line.h"

struct pass
pass_start(const struct line *from, struct line *to)
{
	bool noted = from->noted;

	line_clear(to);
	to->noted = noted;
	return (struct pass){.from = from, .to = to};
}

static void
change_add(struct line *l, size_t off, size_t len, size_t src, int post)
{
	if (l->n == l->cap)
		l->change = mem_more(l->change, l->n, &l->cap, sizeof(*l->change));
	l->change[l->n++] = (struct change){off, len, src, l->source.len - src, post};
}

void
pass_keep(struct pass *p, size_t off)
{
	const struct line *f = p->from;

	while (p->change < f->n && f->change[p->change].off < off) {
		const struct change *c = &f->change[p->change++];
		size_t src = p->to->source.len;

		buf_add(&p->to->source, f->source.data + c->src, c->nsrc);
		change_add(p->to, p->to->s.len + c->off - p->pos, c->len, src, c->post);
	}
	buf_add(&p->to->s, f->s.data + p->pos, off - p->pos);
	p->pos = off;
}

void
pass_put(struct pass *p, size_t len, const char *s, size_t n, int post)
{
	const struct line *f = p->from;
	size_t end = p->pos + len, src = p->to->source.len;

	if (f->noted && (post >= 0 || p->change < f->n)) {
		while (p->change < f->n && f->change[p->change].off < end) {
			const struct change *c = &f->change[p->change++];

			buf_add(&p->to->source, f->s.data + p->pos, c->off - p->pos);
			buf_add(&p->to->source, f->source.data + c->src, c->nsrc);
			p->pos = c->off + c->len;
			post = post < 0 || c->post < post ? c->post : post;
		}
		if (p->pos < end)
			buf_add(&p->to->source, f->s.data + p->pos, end - p->pos);
		if (post >= 0 && n > 0)
			change_add(p->to, p->to->s.len, n, src, post);
		else
			p->to->source.len = src;
	}
	buf_add(&p->to->s, s, n);
	p->pos = end;
}

void
pass_end(struct pass *p)
{
	pass_keep(p, p->from->s.len);
}

void
line_clear(struct line *l)
{
	buf_clear(&l->s);
	buf_clear(&l->source);
	l->n = 0;
}

void
line_free(struct line *l)
{
	buf_free(&l->s);
	buf_free(&l->source);
	free(l->change);
	*l = (struct line){0};
}
