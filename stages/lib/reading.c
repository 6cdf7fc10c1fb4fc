/*
 * reading: the source text of a TEI by the rules of what emend writes.
 *
 * A piece of text belongs to its nearest ancestor with a source, its owner.  An owner has one
 * range of lines for each stretch of its text between what interrupts it: a page break, or an
 * element with a source of its own.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nettle/sha2.h>

#include "reading.h"
#include "utf8.h"

void
reduce(struct buf *b, const char *s, size_t n)
{
	uint32_t cp;
	size_t from = 0, len;

	for (size_t i = 0; i < n; i += len) {
		unsigned char c = (unsigned char)s[i];

		len = 1;
		if (c > ' ' && c < 0x80)
			continue;
		len = utf8_get(s + i, n - i, &cp);
		if (!uc_space(cp))
			continue;
		buf_add(b, s + from, i - from);
		from = i + len;
	}
	buf_add(b, s + from, n - from);
}

void
sha256_hex(char hex[SHA256_HEX], const void *p, size_t n)
{
	struct sha256_ctx ctx;
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_init(&ctx);
	sha256_update(&ctx, n, p);
	sha256_digest(&ctx, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

/* A run of text of one stretch. */
struct piece {
	size_t line;	/* its first source line, from 0 */
	size_t off, len;	/* in the text as it stands in the TEI */
	size_t out;	/* its offset in the text put in order */
};

struct element {
	bool owner;		/* has a source */
	bool open;		/* an owner: the last piece grows with its text */
	size_t base, ranges; /* an owner: where in r->line its ranges begin, how many there are */
	size_t used;		/* an owner: stretches so far */
	bool choice;
	size_t unclear;		/* a choice: unclear readings so far */
	size_t orig;		/* a choice: where its text begins */
};

struct reading {
	struct element *open;
	size_t n, cap;
	size_t *line;		/* the first lines of the ranges of all open owners */
	size_t nline, capline;
	size_t skip;		/* depth of elements within one that is not read */
	bool in_text, in_sha256;
	struct buf text, done, sha256;
	struct piece *piece;
	size_t npiece, cappiece;
	const char *error;
};

struct reading *
reading_new(void)
{
	struct reading *r = mem_alloc(sizeof(*r));

	*r = (struct reading){0};
	return r;
}

void
reading_clear(struct reading *r)
{
	r->n = r->nline = r->skip = r->npiece = 0;
	r->in_text = r->in_sha256 = false;
	r->error = NULL;
	buf_clear(&r->text);
	buf_clear(&r->done);
	buf_clear(&r->sha256);
}

void
reading_free(struct reading *r)
{
	free(r->open);
	free(r->line);
	free(r->piece);
	buf_free(&r->text);
	buf_free(&r->done);
	buf_free(&r->sha256);
	free(r);
}

/* Pushes the first lines of "src:line=0,5 src:line=8,9". */
static void
push_lines(struct reading *r, struct element *e, const char *source)
{
	static const char mark[] = "src:line=";

	e->base = r->nline;
	while ((source = strstr(source, mark)) != NULL) {
		source += sizeof(mark) - 1;
		r->line = mem_more(r->line, r->nline, &r->capline, sizeof(*r->line));
		r->line[r->nline++] = strtoull(source, NULL, 10);
	}
	e->ranges = r->nline - e->base;
	e->owner = e->ranges > 0;
	if (!e->owner)
		r->error = "a source that is no range of lines";
}

static struct element *
owner(struct reading *r)
{
	size_t i = r->n;

	while (i > 0 && !r->open[i - 1].owner)
		i--;
	return i > 0 ? &r->open[i - 1] : NULL;
}

/* Whether an element in a choice is not read; tells the choice of it. */
static bool
unread(struct reading *r, struct element *in, const char *name, const char *type)
{
	if (strcmp(name, "corr") == 0)
		return true;
	if (strcmp(name, "unclear") == 0)
		return in->unclear++ > 0;
	if (strcmp(name, "reg") != 0)
		return false;
	if (type == NULL || strcmp(type, "encoding") != 0)
		return true;
	r->text.len = in->orig;
	if (r->npiece > 0) {
		struct piece *p = &r->piece[r->npiece - 1];

		p->len = r->text.len > p->off ? r->text.len - p->off : 0;
	}
	return false;
}

void
reading_start(struct reading *r, const char *name, const char *source, const char *type)
{
	struct element *in = r->n > 0 ? &r->open[r->n - 1] : NULL, *own;

	if (!r->in_text) {
		r->in_text = strcmp(name, "text") == 0;
		r->in_sha256 = strcmp(name, "idno") == 0 && type != NULL &&
		    strcmp(type, "sha256-reduced") == 0 && r->sha256.len == 0;
		if (!r->in_text)
			return;
	}
	if (r->skip > 0 || (in != NULL && in->choice && unread(r, in, name, type))) {
		r->skip++;
		return;
	}
	own = owner(r);
	if (own != NULL && (source != NULL || strcmp(name, "pb") == 0))
		own->open = false;
	r->open = mem_more(r->open, r->n, &r->cap, sizeof(*r->open));
	in = &r->open[r->n++];
	*in = (struct element){.choice = strcmp(name, "choice") == 0, .orig = r->text.len};
	if (source != NULL)
		push_lines(r, in, source);
}

void
reading_end(struct reading *r)
{
	r->in_sha256 = false;
	if (!r->in_text)
		return;
	if (r->skip > 0) {
		r->skip--;
		return;
	}
	r->n--;
	if (r->open[r->n].owner)
		r->nline = r->open[r->n].base;
	r->in_text = r->n > 0;
}

/* Begins a piece for the next stretch of own. */
static void
begin_piece(struct reading *r, struct element *own, size_t off)
{
	size_t line = SIZE_MAX;

	if (own == NULL) {
		r->error = "text in no element with a source";
	} else {
		if (own->used >= own->ranges)
			r->error = "a source with fewer ranges than its text has stretches";
		line = r->line[own->base + (own->used < own->ranges ? own->used : own->ranges - 1)];
		own->used++;
		own->open = true;
	}
	r->piece = mem_more(r->piece, r->npiece, &r->cappiece, sizeof(*r->piece));
	r->piece[r->npiece++] = (struct piece){line, off, 0, 0};
}

void
reading_text(struct reading *r, const char *s, size_t n)
{
	size_t off = r->text.len;
	struct element *own;

	if (r->in_sha256)
		reduce(&r->sha256, s, n);
	if (!r->in_text || r->skip > 0)
		return;
	reduce(&r->text, s, n);
	if (r->text.len == off)
		return;
	own = owner(r);
	if (own == NULL || !own->open)
		begin_piece(r, own, off);
	r->piece[r->npiece - 1].len = r->text.len - r->piece[r->npiece - 1].off;
}

static int
piece_cmp(const void *a, const void *b)
{
	const struct piece *p = a, *q = b;

	if (p->line != q->line)
		return p->line < q->line ? -1 : 1;
	return p->off < q->off ? -1 : p->off > q->off;
}

const struct buf *
reading_done(struct reading *r)
{
	buf_clear(&r->done);
	if (r->npiece > 1)
		qsort(r->piece, r->npiece, sizeof(*r->piece), piece_cmp);
	for (size_t i = 0; i < r->npiece; i++) {
		r->piece[i].out = r->done.len;
		buf_add(&r->done, r->text.data + r->piece[i].off, r->piece[i].len);
	}
	return &r->done;
}

size_t
reading_line(const struct reading *r, size_t off)
{
	size_t low = 0, high = r->npiece, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (r->piece[mid].out <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low == 0 || r->piece[low - 1].line == SIZE_MAX ? 0 : r->piece[low - 1].line + 1;
}

const char *
reading_sha256(struct reading *r)
{
	return buf_str(&r->sha256);
}

const char *
reading_error(const struct reading *r)
{
	return r->error;
}
