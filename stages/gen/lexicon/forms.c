/*
 * forms: a hash set of strings that keeps their order of arrival.
 */
#include <stdlib.h>
#include <string.h>

#include "forms.h"
#include "lexicon.h"
#include "msg.h"

const char *
form_text(const struct forms *f, const struct form *form)
{
	return f->text.data + form->at;
}

static size_t
text_hash(const char *s, size_t n)
{
	uint64_t h = n;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001B3u;
	h *= 0x9E3779B97F4A7C15u;
	return (size_t)(h >> 24);
}

static uint32_t *
form_slot(const struct forms *f, const char *s, size_t n)
{
	size_t i = text_hash(s, n) & (f->nslot - 1);

	for (; f->slot[i] != 0; i = (i + 1) & (f->nslot - 1)) {
		const struct form *form = &f->list[f->slot[i] - 1];

		if (form->len == n && memcmp(form_text(f, form), s, n) == 0)
			break;
	}
	return &f->slot[i];
}

static void
slots_grow(struct forms *f)
{
	free(f->slot);
	f->nslot = f->nslot == 0 ? 1 << 16 : f->nslot * 2;
	f->slot = mem_alloc(f->nslot * sizeof(*f->slot));
	memset(f->slot, 0, f->nslot * sizeof(*f->slot));
	for (size_t i = 0; i < f->n; i++)
		*form_slot(f, form_text(f, &f->list[i]), f->list[i].len) = (uint32_t)i + 1;
}

void
forms_add(struct forms *f, const char *s, size_t n, unsigned flags)
{
	uint32_t *slot;

	if (n == 0 || n > LEXICON_LONGEST)
		return;
	if (f->n * 2 >= f->nslot)
		slots_grow(f);
	slot = form_slot(f, s, n);
	if (*slot != 0) {
		unsigned old = f->list[*slot - 1].flags;

		f->list[*slot - 1].flags =
		    (unsigned char)(((old | flags) & ~LEXICON_EXACT) | (old & flags & LEXICON_EXACT));
		return;
	}
	if (f->n == FORMS_MOST)
		msg_die("more than %d forms: the dictionary is too rich to be listed", FORMS_MOST);
	f->list = mem_more(f->list, f->n, &f->cap, sizeof(*f->list));
	f->list[f->n++] = (struct form) {f->text.len, (unsigned char)n, (unsigned char)flags};
	buf_add(&f->text, s, n);
	*slot = (uint32_t)f->n;
}

/* What by_bytes looks into; qsort hands on no context. */
static const char *sorted_text;

static int
by_bytes(const void *a, const void *b)
{
	const struct form *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int order = memcmp(sorted_text + x->at, sorted_text + y->at, n);

	return order != 0 ? order : (int)x->len - (int)y->len;
}

void
forms_sort(struct forms *f)
{
	sorted_text = f->text.data;
	if (f->n > 0)
		qsort(f->list, f->n, sizeof(*f->list), by_bytes);
	free(f->slot);
	f->slot = NULL;
	f->nslot = 0;
}

void
forms_free(struct forms *f)
{
	free(f->list);
	free(f->slot);
	buf_free(&f->text);
	*f = (struct forms) {0};
}
