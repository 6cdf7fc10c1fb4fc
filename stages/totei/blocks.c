/*
 * blocks: the blocks of a document, what each kind of them becomes, and which stand in which.
 */
#include <stdlib.h>
#include <string.h>

#include "totei.h"

enum { HOSTS = 8 };	/* how deep blocks may interrupt one another */

static const struct kind kinds[] = {
    {"p", ROLE_BODY, "p", NULL, NULL},
    {"head", ROLE_HEAD, "head", NULL, NULL},
    {"item", ROLE_ITEM, "item", NULL, NULL},
    {"note", ROLE_BESIDE, "note", NULL, "foot"},
    {"salute", ROLE_TOP, "salute", NULL, NULL},
    {"salutation", ROLE_BODY, "ab", "salutation", NULL},
    {"dateline", ROLE_EITHER, "dateline", NULL, NULL},
    {"closing", ROLE_BOTTOM, "salute", NULL, NULL},
    {"signed", ROLE_BOTTOM, "signed", NULL, NULL},
    {"address", ROLE_EITHER, "address", NULL, NULL},
    {"speaker", ROLE_SPEAKER, "speaker", NULL, NULL},
    {"letterhead", ROLE_BESIDE, "fw", "letterhead", "top"},
    {"header", ROLE_BESIDE, "fw", "header", "top"},
    {"footer", ROLE_BESIDE, "fw", "footer", "bottom"},
    {"pagenum", ROLE_BESIDE, "fw", "pageNum", NULL},
    {"rule", ROLE_BESIDE, "fw", "rule", NULL},
    {"web", ROLE_BESIDE, "fw", "web", NULL},
    {"residue", ROLE_BESIDE, "fw", "residue", NULL},
    {"noise", ROLE_BESIDE, "fw", "noise", "inline"},
    {"pb", ROLE_BESIDE, "pb", NULL, NULL},
    {NULL, ROLE_BODY, "ab", NULL, NULL},
};

static const struct kind *
kind_find(const char *name)
{
	const struct kind *k = kinds;

	while (k->name != NULL && strcmp(k->name, name) != 0)
		k++;
	return k;
}

bool
lang_sound(const char *s)
{
	size_t run = 0;

	for (; *s != '\0'; s++) {
		bool letter = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');

		if (*s == '-' ? run == 0 || run > 8 : !letter && !(*s >= '0' && *s <= '9'))
			return false;
		run = *s == '-' ? 0 : run + 1;
	}
	return run > 0 && run <= 8;
}

const char *
rec_lang(const struct rec *r)
{
	const char *s = rec_get(r, "lang");

	return s != NULL && lang_sound(s) ? s : NULL;
}

void
rec_span(const struct rec *r, size_t *from, size_t *to)
{
	struct ranges v = {0};

	ranges_parse(&v, rec_get(r, "lines"));
	*from = NONE;
	*to = 0;
	for (size_t i = 0; i < v.n; i++) {
		if (*from == NONE || v.r[i].from < *from)
			*from = v.r[i].from;
		if (v.r[i].to > *to)
			*to = v.r[i].to;
	}
	ranges_free(&v);
}

static void
add_block(struct tree *t, struct rec *r, size_t statement)
{
	const struct kind *k = kind_find(rec_kind(r));
	struct block *b;

	t->block = mem_more(t->block, t->nblock, &t->capblock, sizeof(*t->block));
	b = &t->block[t->nblock++];
	*b = (struct block){.rec = r, .kind = k, .element = k->element, .type = k->type,
	    .id = rec_get(r, "id"), .lang = rec_lang(r), .host = NONE, .next = NONE, .prev = NONE,
	    .statement = statement};
	if (k->name == NULL)
		b->type = id_sound(rec_kind(r)) ? rec_kind(r) : "other";
	if (b->id == NULL)
		b->id = "";
	rec_span(r, &b->from, &b->to);
}

static void
add_blocks(struct tree *t, struct doc *d)
{
	size_t statement = 0;

	for (size_t i = 0; i < d->n; i++) {
		statement += d->rec[i].tag == 'S';
		if (d->rec[i].tag == 'B')
			add_block(t, &d->rec[i], statement);
	}
}

static const struct tree *sorting;	/* for id_cmp, which qsort gives no context */

static int
id_cmp(const void *a, const void *b)
{
	size_t i = *(const size_t *)a, j = *(const size_t *)b;
	int c = strcmp(sorting->block[i].id, sorting->block[j].id);

	return c != 0 ? c : i < j ? -1 : i > j;
}

static void
index_ids(struct tree *t)
{
	t->by_id = mem_alloc(t->nblock * sizeof(*t->by_id));
	for (size_t i = 0; i < t->nblock; i++)
		t->by_id[i] = i;
	sorting = t;
	if (t->nblock > 1)
		qsort(t->by_id, t->nblock, sizeof(*t->by_id), id_cmp);
	for (size_t i = 0; i < t->nblock; i++) {
		const struct block *b = &t->block[t->by_id[i]];

		if (*b->id == '\0' || !id_sound(b->id))
			t->error = "a block without an id that XML can hold";
		else if (i > 0 && strcmp(b->id, t->block[t->by_id[i - 1]].id) == 0)
			t->error = "two blocks with one id";
	}
}

size_t
tree_find(const struct tree *t, const char *id)
{
	size_t low = 0, high = t->nblock, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(t->block[t->by_id[mid]].id, id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < t->nblock && strcmp(t->block[t->by_id[low]].id, id) == 0 ? t->by_id[low]
									      : NONE;
}

/* Whether block i stands, however deep, in block in; or in too many to be sure. */
static bool
stands_in(const struct tree *t, size_t i, size_t in)
{
	for (size_t depth = 0; depth <= HOSTS; depth++) {
		if (i == NONE || i == in)
			return i == in;
		i = t->block[i].host;
	}
	return true;
}

/*
 * Tells the lines of specks that interrupt block i whether they stand in it as lines of its own:
 * where they lie between the lines around them.
 */
static void
find_specks(struct tree *t, size_t i)
{
	const struct text *x = &t->block[i].rec->text;
	size_t line = t->block[i].from, last = NONE;

	for (size_t k = 0; k < x->n; k++) {
		size_t guest, number;

		if (strcmp(x->note[k].kind, "lb") == 0) {
			number = strtoull(x->note[k].value, NULL, 10);
			if (last != NONE && number <= line + 1)
				t->block[last].in_line = false;
			line = number > 0 ? number - 1 : line;
			last = NONE;
		} else if (strcmp(x->note[k].kind, "here") == 0) {
			guest = tree_find(t, x->note[k].value);
			if (guest == NONE || t->block[guest].host != i ||
			    strcmp(rec_kind(t->block[guest].rec), "noise") != 0 || line == NONE ||
			    t->block[guest].from == NONE || t->block[guest].from <= line)
				continue;
			t->block[guest].in_line = true;
			line = t->block[guest].from;
			last = guest;
		}
	}
}

/* Tells each block that a note here calls which block it stands in; never in a ring. */
static void
find_hosts(struct tree *t)
{
	for (size_t i = 0; i < t->nblock; i++) {
		const struct text *x = &t->block[i].rec->text;

		for (size_t k = text_find(x, 0, "here"); k < x->n;
		     k = text_find(x, k + 1, "here")) {
			size_t guest = tree_find(t, x->note[k].value);

			if (guest != NONE && t->block[guest].host == NONE &&
			    !stands_in(t, i, guest))
				t->block[guest].host = i;
		}
	}
	for (size_t i = 0; i < t->nblock; i++)
		if (t->block[i].host != NONE && stands_in(t, i, NONE - 1))
			t->block[i].host = NONE;
	for (size_t i = 0; i < t->nblock; i++)
		find_specks(t, i);
}

/* Links the parts of a text that was cut where no page ends. */
static void
find_parts(struct tree *t)
{
	for (size_t i = 0; i < t->nblock; i++) {
		const char *cont = rec_get(t->block[i].rec, "cont");
		size_t before = cont != NULL ? tree_find(t, cont) : NONE;

		if (before == NONE || before == i || t->block[before].next != NONE)
			continue;
		t->block[i].prev = before;
		t->block[before].next = i;
	}
}

static bool
is_element(const struct block *b, const char *element)
{
	return strcmp(b->element, element) == 0;
}

/*
 * Where on the page fw stands: as the block says, or its kind.  A page number stands on top where
 * only other fw are between it and the page's beginning; a rule at the bottom where they are
 * between it and a footnote.
 */
static void
find_places(struct tree *t)
{
	bool top = true, notes = false;

	for (size_t i = 0; i < t->nblock; i++) {
		struct block *b = &t->block[i];
		const char *said = rec_get(b->rec, "place");

		if (!is_element(b, "fw")) {
			top = is_element(b, "pb");
			continue;
		}
		b->place = said != NULL && id_sound(said) ? said : b->kind->place;
		if (b->place == NULL && strcmp(b->type, "pageNum") == 0)
			b->place = top ? "top" : "bottom";
	}
	for (size_t i = t->nblock; i > 0; i--) {
		struct block *b = &t->block[i - 1];

		if (!is_element(b, "fw"))
			notes = is_element(b, "note");
		else if (b->place == NULL && notes && strcmp(b->type, "rule") == 0)
			b->place = "bottom";
	}
}

void
blocks_make(struct tree *t, struct doc *d, bool keep)
{
	add_blocks(t, d);
	if (keep)
		order_sort(t);
	index_ids(t);
	find_hosts(t);
	find_places(t);
	find_parts(t);
}
