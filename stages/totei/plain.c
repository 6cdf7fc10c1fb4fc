/*
 * plain: makes documents that no segment has seen fit for the tree.  Plain text gets the records
 * that decode would have written; bare lines become paragraphs, one for each run of lines without
 * an empty one between.  Nothing is guessed: no headings, no joined hyphens.
 */
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "reading.h"
#include "totei.h"
#include "utf8.h"

/* Takes out of t what XML forbids; a form feed becomes a note. */
static void
clean_line(struct text *t)
{
	size_t kept = 0, removed = 0;
	bool feed = false;

	for (size_t i = 0; i < t->s.len; i++) {
		unsigned char c = (unsigned char)t->s.data[i];
		bool noncharacter = c == 0xEF && t->s.len - i > 2 &&
				    (unsigned char)t->s.data[i + 1] == 0xBF &&
				    (unsigned char)t->s.data[i + 2] >= 0xBE;

		if (noncharacter)
			i += 2;
		feed |= c == '\f';
		if ((c < ' ' && c != '\t' && c != '\r') || noncharacter)
			removed += c != '\f' && c != '\v';
		else
			t->s.data[kept++] = t->s.data[i];
	}
	t->s.len = kept;
	if (feed)
		text_note(t, 0, 0, "ff", "", "", POST_NONE, "", "");
	if (removed > 0)
		msg(MSG_WARNING, NULL, 0, "characters that XML forbids left out", "%zu", removed);
}

void
plain_wrap(struct doc *d, const char *src)
{
	struct buf b = {0};
	char hex[SHA256_HEX];
	struct rec *r;

	for (size_t i = 0; i < d->n; i++) {
		clean_line(&d->rec[i].text);
		reduce(&b, d->rec[i].text.s.data, d->rec[i].text.s.len);
	}
	sha256_hex(hex, b.data, b.len);
	r = doc_insert(d, 0, 'D', "1", NULL);
	rec_set(r, "src", src);
	doc_meta(d, "sha256-reduced", hex, POST_NONE, "totei");
	buf_free(&b);
}

/* Where the white space at the end of s begins. */
static size_t
ink_end(const char *s, size_t n)
{
	uint32_t cp;

	while (n > 0) {
		size_t len = utf8_back(s, n, &cp);

		if (!uc_space(cp))
			break;
		n -= len;
	}
	return n;
}

static size_t
ink_start(const char *s, size_t n)
{
	size_t i = 0, len;
	uint32_t cp;

	while (i < n) {
		len = utf8_get(s + i, n - i, &cp);
		if (!uc_space(cp))
			break;
		i += len;
	}
	return i;
}

/* Takes the white space off both ends. */
static void
trim(struct text *t)
{
	size_t end = ink_end(t->s.data, t->s.len), start;

	if (end < t->s.len)
		text_splice(t, end, t->s.len - end, "", 0);
	start = ink_start(t->s.data, t->s.len);
	if (start > 0)
		text_splice(t, 0, start, "", 0);
}

/* Whether the text ends in a hyphen behind a letter. */
static bool
ends_in_hyphen(const struct text *t)
{
	uint32_t cp;
	size_t n = t->s.len, len;

	if (n < 2)
		return false;
	len = utf8_back(t->s.data, n, &cp);
	if ((cp != '-' && cp != 0x2010 && cp != 0xAD) || len == n)
		return false;
	utf8_back(t->s.data, n - len, &cp);
	return uc_letter(cp);
}

/* Appends the line to the paragraph. */
static void
join_line(struct rec *para, struct text *line, size_t number)
{
	bool hyphen = ends_in_hyphen(&para->text);
	struct buf value = {0};

	buf_addf(&value, "%zu", number);
	if (!hyphen)
		buf_addc(&para->text.s, ' ');
	text_note(&para->text, para->text.s.len, 0, "lb", hyphen ? "maybe" : "", buf_str(&value),
	    POST_NONE, "", "");
	text_join(&para->text, "", line);
	buf_free(&value);
}

static void
begin_para(struct doc *out, struct text *line, size_t number)
{
	struct rec *r = doc_add(out, 'B', "p", NULL);

	rec_setf(r, "id", "L%04zu", number);
	rec_setf(r, "lines", "%zu-%zu", number, number);
	text_join(&r->text, "", line);
}

static void
begin_page(struct doc *out, size_t page)
{
	struct rec *r = doc_add(out, 'B', "pb", NULL);

	rec_setf(r, "id", "P%zu", page);
	rec_setf(r, "page", "%zu", page);
}

/* Moves a record as it is to the end of out. */
static void
move_rec(struct doc *out, struct rec *r)
{
	out->rec = mem_more(out->rec, out->n, &out->cap, sizeof(*out->rec));
	out->rec[out->n++] = *r;
	*r = (struct rec){.tag = '-'};
}

void
plain_blocks(struct doc *d)
{
	struct doc out = {.tagged = d->tagged, .failed = d->failed};
	size_t page = 1, first = 0, feeds = 0;
	bool within = false, bare = false;

	for (size_t i = 0; i < d->n && !bare; i++)
		bare = d->rec[i].tag == 'T';
	if (!bare)
		return;

	for (size_t i = 0; i < d->n; i++) {
		struct rec *r = &d->rec[i];

		if (r->tag != 'T') {
			within = false;
			move_rec(&out, r);
			continue;
		}
		for (size_t k = 0; (k = text_find(&r->text, k, "ff")) < r->text.n;) {
			text_unnote(&r->text, k);
			feeds++;
			within = false;
		}
		trim(&r->text);
		if (r->text.s.len == 0 && r->text.n == 0) {
			within = false;
		} else if (!within) {
			for (; feeds > 0; feeds--)
				begin_page(&out, ++page);
			begin_para(&out, &r->text, first = r->line);
			within = true;
		} else {
			join_line(&out.rec[out.n - 1], &r->text, r->line);
			rec_setf(&out.rec[out.n - 1], "lines", "%zu-%zu", first, r->line);
		}
	}
	doc_clear(d);
	free(d->rec);
	*d = out;
}
