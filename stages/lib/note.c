/*
 * note: a text and the notes on it, kept right through every edit.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "note.h"

static bool
is(const struct note *n, const char *kind)
{
	return strcmp(n->kind, kind) == 0;
}

/*
 * Whether n has a source form that reading the source puts back.  A repair of the encoding has
 * none: the source of all later stages is what decode made.
 */
static bool
has_source(const struct note *n)
{
	return is(n, "corr") && strcmp(n->type, "encoding") != 0;
}

struct note
note_make(size_t off, size_t len, const char *kind, const char *type, const char *value, int post,
    const char *by, const char *why)
{
	const char *given[] = {kind, type, value, by, why}, *kept[5];
	size_t n[5], i, size = 0;
	char *p;

	for (i = 0; i < 5; i++)
		size += n[i] = given[i] != NULL ? strlen(given[i]) + 1 : 1;
	p = mem_alloc(size);
	for (i = 0; i < 5; i++) {
		kept[i] = memcpy(p, given[i] != NULL ? given[i] : "", n[i]);
		p += n[i];
	}
	return (struct note){off, len, kept[0], kept[1], kept[2], kept[3], kept[4], post};
}

static void
note_free(struct note *n)
{
	free((char *)n->kind);
}

/* Whether a note at off of that length stands before n: the order of stream(5). */
static bool
stands_before(size_t off, size_t len, const struct note *n)
{
	if (off != n->off)
		return off < n->off;
	if (len == 0 || n->len == 0)
		return len == 0 && n->len != 0;
	return len > n->len;
}

size_t
text_note(struct text *t, size_t off, size_t len, const char *kind, const char *type,
    const char *value, int post, const char *by, const char *why)
{
	size_t low = 0, high = t->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (stands_before(off, len, &t->note[mid]))
			high = mid;
		else
			low = mid + 1;
	}
	t->note = mem_more(t->note, t->n, &t->cap, sizeof(*t->note));
	memmove(t->note + low + 1, t->note + low, (t->n - low) * sizeof(*t->note));
	t->n++;
	t->note[low] = note_make(off, len, kind, type, value, post, by, why);
	return low;
}

void
text_retype(struct text *t, size_t i, const char *type)
{
	struct note old = t->note[i];

	t->note[i] = note_make(old.off, old.len, old.kind, type, old.value, old.post, old.by,
	    old.why);
	note_free(&old);
}

void
text_unnote(struct text *t, size_t i)
{
	note_free(&t->note[i]);
	t->n--;
	memmove(t->note + i, t->note + i + 1, (t->n - i) * sizeof(*t->note));
}

size_t
text_find(const struct text *t, size_t i, const char *kind)
{
	while (i < t->n && !is(&t->note[i], kind))
		i++;
	return i;
}

/* The index of the first note at off or behind. */
static size_t
first_at(const struct text *t, size_t off)
{
	size_t low = 0, high = t->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (t->note[mid].off < off)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* text_source; with bounds false, what was taken out at from and at to is left out. */
static void
source(const struct text *t, size_t from, size_t to, bool bounds, struct buf *b)
{
	size_t at = from;

	for (size_t i = first_at(t, from); i < t->n && t->note[i].off <= to; i++) {
		const struct note *n = &t->note[i];
		bool out = n->len == 0 && (is(n, "noise") || is(n, "hyphen") || has_source(n));

		if (n->off < at || (out ? !bounds && (n->off == from || n->off == to)
					: !has_source(n) || n->off + n->len > to))
			continue;
		buf_add(b, t->s.data + at, n->off - at);
		buf_adds(b, n->value);
		at = n->off + n->len;
	}
	buf_add(b, t->s.data + at, to - at);
}

void
text_source(const struct text *t, size_t from, size_t to, struct buf *b)
{
	source(t, from, to, true, b);
}

/* An edit that will be made: grown to cover the corr notes it merges. */
struct plan {
	struct edit e;
	struct buf put;		/* the bytes to put in place */
	struct buf source;	/* NUL-terminated */
	struct buf type;
	ptrdiff_t delta;	/* growth of the text by the edits up to and with this one */
};

/* Whether a note kept from the source forbids an edit of from..to that leaves a note. */
static bool
forbids(const struct note *n, size_t from, size_t to)
{
	size_t end = n->off + n->len;

	if (n->len == 0)
		return n->off > from && n->off < to && !is(n, "noise") && !is(n, "ff");
	if (end <= from || n->off >= to || has_source(n))
		return false;
	if (is(n, "mark"))
		return true;
	return (n->off < from && end < to) || (n->off > from && end > to);
}

/* Adds each word of types that b has not yet. */
static void
add_types(struct buf *b, const char *types)
{
	size_t n;

	for (; *types != '\0'; types += n + (types[n] == ' ')) {
		n = strcspn(types, " ");
		bool known = false;

		for (size_t i = 0; i < b->len && !known; i += strcspn(b->data + i, " ") + 1)
			known = strncmp(b->data + i, types, n) == 0 &&
			    (b->data[i + n] == ' ' || b->data[i + n] == '\0');
		if (known)
			continue;
		if (b->len > 0)
			buf_addc(b, ' ');
		buf_add(b, types, n);
		buf_str(b);
	}
}

/* The notes that are open at a place which only moves forward; they nest, so a stack holds them. */
struct sweep {
	const struct text *t;
	size_t next;		/* the first note at the place or behind */
	size_t *open, n, cap;	/* indices of longer notes that begin before it and end behind it */
};

static void
sweep_close(struct sweep *w, size_t at)
{
	while (w->n > 0 && w->t->note[w->open[w->n - 1]].off + w->t->note[w->open[w->n - 1]].len <= at)
		w->n--;
}

static void
sweep_to(struct sweep *w, size_t at)
{
	for (; w->next < w->t->n && w->t->note[w->next].off < at; w->next++) {
		sweep_close(w, w->t->note[w->next].off);
		if (w->t->note[w->next].len == 0)
			continue;
		w->open = mem_more(w->open, w->n, &w->cap, sizeof(*w->open));
		w->open[w->n++] = w->next;
	}
	sweep_close(w, at);
}

/* Grows from..to over n where n is a corr that reaches into it. */
static void
merge_corr(struct plan *p, const struct note *n, size_t *from, size_t *to)
{
	size_t end = n->off + n->len;

	if (!has_source(n) || n->off >= *to || end <= *from)
		return;
	if (n->off < *from)
		*from = n->off;
	if (end > *to)
		*to = end;
	add_types(&p->type, n->type);
}

/* Fills p for e, merging corr notes; false where the edit is refused. */
static bool
plan_edit(struct sweep *w, const struct edit *e, struct plan *p)
{
	const struct text *t = w->t;
	size_t from = e->off, to = e->off + e->len;

	*p = (struct plan){.e = *e};
	sweep_to(w, e->off);
	if (*e->kind == '\0') {
		buf_add(&p->put, e->p, e->n);
		return true;
	}
	for (size_t i = 0; i < w->n; i++)
		merge_corr(p, &t->note[w->open[i]], &from, &to);
	for (size_t i = w->next; i < t->n && t->note[i].off < to; i++)
		merge_corr(p, &t->note[i], &from, &to);
	for (size_t i = 0; i < w->n; i++)
		if (forbids(&t->note[w->open[i]], from, to))
			return false;
	for (size_t i = w->next; i < t->n && t->note[i].off < to; i++)
		if (forbids(&t->note[i], from, to))
			return false;
	buf_add(&p->put, t->s.data + from, e->off - from);
	buf_add(&p->put, e->p, e->n);
	buf_add(&p->put, t->s.data + e->off + e->len, to - e->off - e->len);
	add_types(&p->type, e->type);
	source(t, from, to, false, &p->source);
	buf_str(&p->source);
	p->e.off = from;
	p->e.len = to - from;
	return true;
}

static void
plan_free(struct plan *p)
{
	buf_free(&p->put);
	buf_free(&p->source);
	buf_free(&p->type);
}

enum side { START, END, POINT };

/*
 * Where offset x of the old text lies in the new one.  At an insertion, points and ends stay
 * before it and starts go behind; inside an edit, starts go to its end, ends to its beginning,
 * points to the nearer bound.
 */
static size_t
moved(const struct plan *p, size_t n, size_t x, enum side side)
{
	size_t low = 0, high = n, mid;
	const struct plan *q;
	ptrdiff_t before;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (p[mid].e.off < x || (p[mid].e.off == x && p[mid].e.len == 0 && side == START))
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0)
		return x;
	q = &p[low - 1];
	before = q->delta - (ptrdiff_t)q->put.len + (ptrdiff_t)q->e.len;
	if (x >= q->e.off + q->e.len)
		return (size_t)((ptrdiff_t)x + q->delta);
	if (side == END || (side == POINT && x - q->e.off < q->e.off + q->e.len - x))
		return (size_t)((ptrdiff_t)q->e.off + before);
	return (size_t)((ptrdiff_t)(q->e.off + q->put.len) + before);
}

/* A note with its place of old, by which zero-length ones at one offset are ordered. */
struct placed {
	struct note note;
	size_t key;
};

static int
placed_cmp(const void *a, const void *b)
{
	const struct placed *p = a, *q = b;

	if (stands_before(p->note.off, p->note.len, &q->note))
		return -1;
	if (stands_before(q->note.off, q->note.len, &p->note))
		return 1;
	return p->key < q->key ? -1 : p->key > q->key;
}

/* Whether the plan that overlaps n swallows it: n's source form or text is in the plan's. */
static bool
swallowed(const struct plan *p, size_t n, const struct note *note)
{
	size_t low = 0, high = n, mid, from, to;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (p[mid].e.off + p[mid].e.len <= note->off)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == n)
		return false;
	from = p[low].e.off;
	to = from + p[low].e.len;
	if (note->len == 0)
		return is(note, "noise") && *p[low].e.kind != '\0' && note->off > from &&
		    note->off < to;
	if (note->off < from || note->off + note->len > to)
		return false;
	return has_source(note) ? *p[low].e.kind != '\0'
				: note->len < p[low].e.len || p[low].put.len == 0;
}

/* The text with the plans carried out. */
static void
put_text(struct text *t, const struct plan *p, size_t n)
{
	struct buf out = {0};
	size_t at = 0;

	buf_need(&out, (size_t)((ptrdiff_t)t->s.len + p[n - 1].delta));
	for (size_t i = 0; i < n; i++) {
		buf_add(&out, t->s.data + at, p[i].e.off - at);
		buf_add(&out, p[i].put.data, p[i].put.len);
		at = p[i].e.off + p[i].e.len;
	}
	buf_add(&out, t->s.data + at, t->s.len - at);
	buf_free(&t->s);
	t->s = out;
}

/* Moves the old notes and adds the plans' own. */
static void
put_notes(struct text *t, struct plan *p, size_t n)
{
	struct placed *all = mem_alloc((t->n + n) * sizeof(*all));
	size_t count = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct note *o = &t->note[i];
		size_t key = 2 * (o->len == 0 ? o->off : i), from, to;

		if (swallowed(p, n, o)) {
			note_free(o);
			continue;
		}
		from = moved(p, n, o->off, o->len == 0 ? POINT : START);
		to = o->len == 0 ? from : moved(p, n, o->off + o->len, END);
		o->off = from;
		o->len = to > from ? to - from : 0;
		all[count++] = (struct placed){*o, key};
	}
	for (size_t i = 0; i < n; i++) {
		const struct edit *e = &p[i].e;
		size_t off = moved(p, n, e->off, POINT);
		bool same = p[i].put.len == p[i].source.len && (p[i].put.len == 0 ||
		    memcmp(p[i].put.data, p[i].source.data, p[i].put.len) == 0);

		if (*e->kind == '\0' || same)
			continue;
		all[count++] = (struct placed){note_make(off, p[i].put.len, e->kind,
		    buf_str(&p[i].type), buf_str(&p[i].source), e->post, e->by, e->why),
		    2 * e->off + 1};
	}
	qsort(all, count, sizeof(*all), placed_cmp);
	while (t->cap < count)
		t->note = mem_more(t->note, t->cap, &t->cap, sizeof(*t->note));
	for (size_t i = 0; i < count; i++)
		t->note[i] = all[i].note;
	t->n = count;
	free(all);
}

size_t
text_edit(struct text *t, const struct edit *e, size_t n)
{
	struct plan *p = mem_alloc(n * sizeof(*p));
	struct sweep w = {.t = t};
	size_t made = 0, end = 0;
	ptrdiff_t delta = 0;

	for (size_t i = 0; i < n; i++) {
		if (!plan_edit(&w, &e[i], &p[made]) ||
		    (made > 0 && p[made].e.off < end)) {
			plan_free(&p[made]);
			continue;
		}
		end = p[made].e.off + p[made].e.len;
		delta += (ptrdiff_t)p[made].put.len - (ptrdiff_t)p[made].e.len;
		p[made++].delta = delta;
	}
	if (made > 0) {
		put_notes(t, p, made);
		put_text(t, p, made);
	}
	for (size_t i = 0; i < made; i++)
		plan_free(&p[i]);
	free(w.open);
	free(p);
	return made;
}

void
text_splice(struct text *t, size_t off, size_t len, const char *p, size_t n)
{
	text_edit(t, &(struct edit){off, len, p, n, "", "", "", "", POST_NONE}, 1);
}

bool
text_correct(struct text *t, size_t off, size_t len, const char *p, size_t n, const char *type,
    int post, const char *by, const char *why)
{
	return text_edit(t, &(struct edit){off, len, p, n, "corr", type, by, why, post}, 1) == 1;
}

bool
text_noise(struct text *t, size_t off, size_t len, const char *type, int post, const char *by)
{
	return text_edit(t, &(struct edit){off, len, "", 0, "noise", type, by, "", post}, 1) == 1;
}

void
text_join(struct text *a, const char *sep, const struct text *b)
{
	size_t base;

	buf_adds(&a->s, sep);
	base = a->s.len;
	buf_add(&a->s, b->s.data, b->s.len);
	for (size_t i = 0; i < b->n; i++) {
		const struct note *n = &b->note[i];

		text_note(a, base + n->off, n->len, n->kind, n->type, n->value, n->post, n->by, n->why);
	}
}

bool
text_cut(struct text *t, size_t off, struct text *tail)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n; i++)
		if (has_source(&t->note[i]) && t->note[i].off < off &&
		    t->note[i].off + t->note[i].len > off)
			return false;
	text_clear(tail);
	buf_add(&tail->s, t->s.data + off, t->s.len - off);
	t->s.len = off;
	for (size_t i = 0; i < t->n; i++) {
		struct note *n = &t->note[i];
		size_t end = n->off + n->len, from = n->off > off ? n->off - off : 0;

		if (n->off >= off || end > off)
			text_note(tail, from, end - off - from, n->kind, n->type, n->value, n->post,
			    n->by, n->why);
		if (n->off >= off) {
			note_free(n);
			continue;
		}
		if (end > off)
			n->len = off - n->off;
		t->note[kept++] = *n;
	}
	t->n = kept;
	return true;
}

void
text_clear(struct text *t)
{
	for (size_t i = 0; i < t->n; i++)
		note_free(&t->note[i]);
	t->n = 0;
	buf_clear(&t->s);
}

void
text_free(struct text *t)
{
	text_clear(t);
	free(t->note);
	buf_free(&t->s);
	*t = (struct text){0};
}
