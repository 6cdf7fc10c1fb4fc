/*
 * counts: lists every run of words with its text's weight, sorts, adds up.
 */
#include <stdlib.h>
#include <string.h>

#include "counts.h"

struct item {
	uint64_t key;
	uint32_t weight;
};

enum { DIGIT = 16 };	/* bits sorted in one pass */

/* Sorts by bits low..low + DIGIT of the key, keeping the order of equals, from a to b. */
static void
sort_pass(const struct item *a, struct item *b, size_t n, int low)
{
	size_t *start = mem_alloc(((1 << DIGIT) + 1) * sizeof(*start));

	memset(start, 0, ((1 << DIGIT) + 1) * sizeof(*start));
	for (size_t i = 0; i < n; i++)
		start[(a[i].key >> low & 0xffff) + 1]++;
	for (size_t i = 0; i < 1 << DIGIT; i++)
		start[i + 1] += start[i];
	for (size_t i = 0; i < n; i++)
		b[start[a[i].key >> low & 0xffff]++] = a[i];
	free(start);
}

/* Sorts the n items of *list by bits of the key; may exchange *list and *spare. */
static void
items_sort(struct item **list, struct item **spare, size_t n, int bits)
{
	for (int low = 0; low < bits; low += DIGIT) {
		struct item *t = *list;

		sort_pass(*list, *spare, n, low);
		*list = *spare;
		*spare = t;
	}
}

/* Adds up sorted items of one key. */
static struct counts
items_add(const struct item *list, size_t n)
{
	struct counts c = {0};
	size_t distinct = 0;

	for (size_t i = 0; i < n; i++)
		distinct += i == 0 || list[i].key != list[i - 1].key;
	c.list = mem_alloc((distinct + 1) * sizeof(*c.list));
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || list[i].key != list[i - 1].key)
			c.list[c.n++] = (struct gram) {.key = list[i].key};
		c.list[c.n - 1].weight += list[i].weight;
		c.list[c.n - 1].count++;
	}
	return c;
}

/* Lists the runs of one text at list; nothing runs over the bound of a sentence. */
static size_t
run_list(const struct text_run *r, int order, struct item *list)
{
	uint64_t mask = ((uint64_t)1 << order * MODEL_ID_BITS) - 1;
	uint64_t start = (uint64_t)MODEL_START << MODEL_ID_BITS | MODEL_START, key = start;

	for (size_t i = 0; i < r->n; i++) {
		key = key << MODEL_ID_BITS | r->token[i];
		list[i] = (struct item) {key & mask, r->weight};
		if (r->token[i] == MODEL_START)
			key = start;
	}
	return r->n;
}

struct counts
counts_make(const struct corpus *c, int order)
{
	struct item *list, *spare;
	struct counts counts;
	size_t n = 0;

	for (size_t i = 0; i < c->nrun; i++)
		n += c->run[i].n;
	list = mem_alloc((n + 1) * sizeof(*list));
	spare = mem_alloc((n + 1) * sizeof(*spare));
	n = 0;
	for (size_t i = 0; i < c->nrun; i++)
		n += run_list(&c->run[i], order, list + n);
	items_sort(&list, &spare, n, order * MODEL_ID_BITS);
	counts = items_add(list, n);
	free(list);
	free(spare);
	return counts;
}

size_t
counts_find(const struct counts *c, uint64_t key)
{
	size_t from = 0, to = c->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (c->list[mid].key < key)
			from = mid + 1;
		else
			to = mid;
	}
	return from < c->n && c->list[from].key == key ? from : c->n;
}
