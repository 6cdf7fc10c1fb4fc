/*
 * record: records of the tagged stream, escaped and counted.  See stream(5).
 */
#include "record.h"
#include "stream.h"

static void
finish(struct records *r)
{
	buf_addc(&r->b, '\n');
	out_add(r->to, r->b.data, r->b.len);
	r->n++;
}

void
record_put(struct records *r, char tag, const char *const *field)
{
	buf_clear(&r->b);
	buf_addc(&r->b, tag);
	for (; *field != NULL; field++) {
		buf_addc(&r->b, '\t');
		field_escape(&r->b, *field);
	}
	finish(r);
}

void
record_meta(struct records *r, const char *key, const char *value, int post)
{
	char s[16] = "";

	if (post >= 0)
		snprintf(s, sizeof(s), "%u.%02u", (unsigned)post / 100, (unsigned)post % 100);
	record_put(r, 'M', (const char *const[]){key, value, s, "decode", NULL});
}

void
record_number(struct records *r, const char *key, const char *name, size_t n)
{
	struct buf b = {0};

	buf_addf(&b, "%s%s%zu", name, *name != '\0' ? " " : "", n);
	record_meta(r, key, buf_str(&b), -1);
	buf_free(&b);
}

void
record_text(struct records *r, const char *s, size_t n)
{
	out_add(r->to, "T\t", 2);
	out_add(r->to, s, n);
	out_addc(r->to, '\n');
	r->n++;
}

static void
note(struct records *r, size_t off, size_t len, const char *kind, const char *type,
    const char *value, int post)
{
	buf_clear(&r->b);
	buf_addf(&r->b, "N\t%zu\t%zu\t%s\t%s\t", off, len, kind, type);
	field_escape(&r->b, value);
	if (post >= 0)
		buf_addf(&r->b, "\t%d.%02d\tdecode\t", post / 100, post % 100);
	else
		buf_adds(&r->b, "\t\tdecode\t");
	finish(r);
}

void
record_notes(struct records *r, const struct line *l)
{
	bool formfeed = l->nformfeed > 0;
	struct buf src = {0};

	for (size_t i = 0; i < l->n; i++) {
		const struct change *c = &l->change[i];

		if (formfeed && l->formfeed <= c->off) {
			note(r, l->formfeed, 0, "ff", "", "", -1);
			formfeed = false;
		}
		buf_clear(&src);
		buf_add(&src, l->source.data + c->src, c->nsrc);
		note(r, c->off, c->len, "corr", "encoding", buf_str(&src), c->post);
	}
	if (formfeed)
		note(r, l->formfeed, 0, "ff", "", "", -1);
	buf_free(&src);
}

void
record_end(struct records *r)
{
	buf_clear(&r->b);
	buf_addf(&r->b, "E\t%zu\n", r->n);
	out_add(r->to, r->b.data, r->b.len);
	r->n = 0;
}
