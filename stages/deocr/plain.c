/*
 * plain: lines follow one another in a paragraph until a blank line ends it; where every line
 * stands between single blank ones, it takes two.  A word joined over a line end stands on the
 * first of the lines.
 */
#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "utf8.h"

#define LONGEST 200	/* lines of a paragraph at most; what goes on is the next */

static bool
is_blank(const struct rec *r)
{
	size_t i;
	uint32_t cp;

	for (i = 0; i < r->text.s.len;) {
		i += utf8_get(r->text.s.data + i, r->text.s.len - i, &cp);
		if (!uc_space(cp) && cp != 0xFEFF)
			return false;
	}
	return true;
}

/* Whether most lines stand between single blank ones. */
static bool
double_spaced(const struct doc *d)
{
	size_t i, single = 0, lines = 0;

	for (i = 0; i < d->n; i++) {
		if (is_blank(&d->rec[i]))
			continue;
		lines++;
		single += i + 2 < d->n && is_blank(&d->rec[i + 1]) && !is_blank(&d->rec[i + 2]);
	}
	return single * 10 >= lines * 7;
}

/* What stands between two lines: nothing where the first ends in a hyphen and a word goes on. */
static const char *
between(const struct buf *a, const struct buf *b)
{
	uint32_t before, after;

	if (a->len < 2 || b->len == 0 || a->data[a->len - 1] != '-')
		return " ";
	utf8_back(a->data, a->len - 1, &before);
	utf8_get(b->data, b->len, &after);
	return uc_letter(before) && uc_letter(after) ? "" : " ";
}

static void
line_add(struct paragraph *p, const struct rec *r, size_t i)
{
	if (p->n > 0)
		buf_adds(&p->text.s, between(&p->text.s, &r->text.s));
	if (p->n > 0)
		text_note(&p->text, p->text.s.len, 0, "lb", "", "", POST_NONE, "", "");
	buf_add(&p->text.s, r->text.s.data, r->text.s.len);
	p->line = mem_more(p->line, p->n, &p->cap, sizeof(*p->line));
	p->line[p->n++] = i;
}

void
paragraphs_join(struct paragraphs *p, const struct doc *d)
{
	size_t i, blank = 0, enough = double_spaced(d) ? 2 : 1;
	struct paragraph *last = NULL;

	for (i = 0; i < d->n; i++) {
		if (d->rec[i].tag != 'T')
			continue;
		if (is_blank(&d->rec[i])) {
			blank++;
			continue;
		}
		if (last == NULL || blank >= enough || last->n == LONGEST) {
			p->list = mem_more(p->list, p->n, &p->cap, sizeof(*p->list));
			last = &p->list[p->n++];
			memset(last, 0, sizeof(*last));
		}
		line_add(last, &d->rec[i], i);
		blank = 0;
	}
}

/* The end of the line that ends before the lb at off: without the space, or with a whole word. */
static void
line_bounds(const struct buf *s, size_t off, size_t *end, size_t *next)
{
	uint32_t cp;
	size_t len;

	*end = *next = off;
	if (off > 0 && s->data[off - 1] == ' ') {
		*end = off - 1;
		return;
	}
	if (off > 0 && s->data[off - 1] == '-')
		return;
	for (; *end < s->len; *end += len) {
		len = utf8_get(s->data + *end, s->len - *end, &cp);
		if (uc_space(cp))
			break;
	}
	*next = *end < s->len ? *end + 1 : *end;
}

void
paragraphs_part(struct paragraphs *p, struct doc *d)
{
	size_t i, k, from, end, next, at;

	for (i = 0; i < p->n; i++) {
		struct paragraph *q = &p->list[i];

		from = 0;
		at = text_find(&q->text, 0, "lb");
		for (k = 0; k < q->n; k++) {
			struct buf *line = &d->rec[q->line[k]].text.s;

			end = next = q->text.s.len;
			if (k + 1 < q->n && at < q->text.n) {
				line_bounds(&q->text.s, q->text.note[at].off, &end, &next);
				at = text_find(&q->text, at + 1, "lb");
			}
			if (end < from)
				end = next = from;
			buf_clear(line);
			buf_add(line, q->text.s.data + from, end - from);
			from = next;
		}
	}
}

void
paragraphs_free(struct paragraphs *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		text_free(&p->list[i].text);
		free(p->list[i].line);
	}
	free(p->list);
	memset(p, 0, sizeof(*p));
}
