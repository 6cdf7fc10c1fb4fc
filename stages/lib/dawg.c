/*
 * dawg: reads a minimal automaton in place, and writes one from sorted strings after Daciuk et
 * al., "Incremental construction of minimal acyclic finite-state automata" (2000): the path of
 * the last string is kept open, and whatever the next string leaves behind is closed, that is,
 * replaced by an equal node already written, or written.  Time and memory grow with the input.
 */
#include <stdlib.h>
#include <string.h>

#include "dawg.h"

void
dawg_ready(struct dawg *d)
{
	memset(d->first, 0, sizeof(d->first));
	for (uint32_t e = dawg_edge(d->root); e != 0; e = dawg_next(d, e))
		d->first[dawg_byte(d, e)] = e;
}

bool
dawg_has(const struct dawg *d, const char *s, size_t n)
{
	uint32_t node = d->root;

	for (size_t i = 0; i < n; i++)
		if ((node = dawg_step(d, node, (unsigned char)s[i])) == 0)
			return false;
	return node & 1;
}

long
dawg_index(const struct dawg *d, const char *s, size_t n)
{
	uint32_t node = d->root;
	long index = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t e = dawg_find(d, node, (unsigned char)s[i]);

		if (e == 0)
			return -1;
		index += (node & 1) + dawg_u32(d->skip, e);
		node = dawg_target(dawg_u32(d->edge, e));
	}
	return node & 1 ? index : -1;
}

/* The edge, of the node that begins at edge i, that string number left of the node lies behind. */
static uint32_t
edge_over(const struct dawg *d, uint32_t i, uint32_t left)
{
	while (!(dawg_u32(d->edge, i) & DAWG_LAST) && dawg_u32(d->skip, i + 1) <= left)
		i++;
	return i;
}

size_t
dawg_string(const struct dawg *d, long i, char *out, size_t cap)
{
	uint32_t node = d->root, left;
	size_t n = 0;

	if (i < 0 || (unsigned long)i >= d->count)
		return 0;
	left = (uint32_t)i;
	while (!(left == 0 && node & 1)) {
		uint32_t at, e;

		if (n == cap)
			return 0;
		left -= node & 1;
		at = edge_over(d, node >> 1, left);
		e = dawg_u32(d->edge, at);
		out[n++] = (char)(e & 0xff);
		left -= dawg_u32(d->skip, at);
		node = dawg_target(e);
	}
	return n;
}

/* An edge of the open path: its byte, and what stands behind it once that is closed. */
struct open_edge {
	uint32_t edge;		/* without DAWG_LAST */
	uint32_t count;		/* strings behind it */
};

/* A node of the open path: where its edges begin in the stack of them. */
struct open_node {
	size_t first;
	bool final;
};

struct dawg_writer {
	struct open_edge *stack;	/* the closed edges of open nodes, innermost last */
	size_t nstack, capstack;
	struct open_node node[DAWG_LONGEST + 1];
	unsigned char last[DAWG_LONGEST];	/* the path: byte i leads from node i to node i + 1 */
	size_t nlast;
	uint32_t *edge, *skip;		/* what is written */
	size_t nedge, capedge, capskip;
	uint32_t *slot;			/* hash of written nodes, by first edge; 0 empty */
	size_t nslot, used;
	uint32_t count;
	bool full;
};

struct dawg_writer *
dawg_new(void)
{
	struct dawg_writer *w = mem_alloc(sizeof(*w));

	memset(w, 0, sizeof(*w));
	w->nslot = 1 << 16;
	w->slot = mem_alloc(w->nslot * sizeof(*w->slot));
	memset(w->slot, 0, w->nslot * sizeof(*w->slot));
	return w;
}

static size_t
node_hash(const uint32_t *edge)
{
	uint64_t h = 0;

	for (;; edge++) {
		h = (h ^ *edge) * 0x9E3779B97F4A7C15u;
		h ^= h >> 29;
		if (*edge & DAWG_LAST)
			return (size_t)h;
	}
}

static bool
node_equal(const uint32_t *a, const uint32_t *b)
{
	while (*a == *b) {
		if (*a & DAWG_LAST)
			return true;
		a++;
		b++;
	}
	return false;
}

/* The slot that holds a node equal to the one at edge, or the empty one where it belongs. */
static uint32_t *
node_slot(struct dawg_writer *w, const uint32_t *edge)
{
	size_t i = node_hash(edge) & (w->nslot - 1);

	while (w->slot[i] != 0 && !node_equal(w->edge + w->slot[i], edge))
		i = (i + 1) & (w->nslot - 1);
	return &w->slot[i];
}

static void
slots_grow(struct dawg_writer *w)
{
	uint32_t *old = w->slot;
	size_t nold = w->nslot;

	w->nslot *= 2;
	w->slot = mem_alloc(w->nslot * sizeof(*w->slot));
	memset(w->slot, 0, w->nslot * sizeof(*w->slot));
	for (size_t i = 0; i < nold; i++)
		if (old[i] != 0)
			*node_slot(w, w->edge + old[i]) = old[i];
	free(old);
}

static void
edge_write(struct dawg_writer *w, uint32_t edge, uint32_t skip)
{
	w->edge = mem_more(w->edge, w->nedge, &w->capedge, sizeof(*w->edge));
	w->skip = mem_more(w->skip, w->nedge, &w->capskip, sizeof(*w->skip));
	w->edge[w->nedge] = edge;
	w->skip[w->nedge++] = skip;
}

/*
 * Closes the innermost open node: its edges leave the stack.  Returns the first edge of the equal
 * node that is written, 0 for a node without edges; *count is the strings behind its edges.
 */
static uint32_t
node_close(struct dawg_writer *w, const struct open_node *node, uint32_t *count)
{
	size_t from = w->nedge;
	uint32_t *slot;

	*count = 0;
	if (node->first == w->nstack)
		return 0;
	for (size_t i = node->first; i < w->nstack; i++) {
		uint32_t last = i + 1 == w->nstack ? DAWG_LAST : 0;

		edge_write(w, w->stack[i].edge | last, *count);
		*count += w->stack[i].count;
	}
	w->nstack = node->first;
	slot = node_slot(w, w->edge + from);
	if (*slot != 0) {
		w->nedge = from;
		return *slot;
	}
	*slot = (uint32_t)from;
	if (++w->used * 2 > w->nslot)
		slots_grow(w);
	w->full |= w->nedge > DAWG_EDGES;
	return (uint32_t)from;
}

/* Closes the nodes deeper than depth, and hangs each on its parent. */
static void
path_close(struct dawg_writer *w, size_t depth)
{
	while (w->nlast > depth) {
		const struct open_node *node = &w->node[w->nlast--];
		uint32_t count, to = node_close(w, node, &count);
		struct open_edge e = { w->last[w->nlast], count + node->final };

		e.edge |= (node->final ? DAWG_FINAL : 0) | (w->full ? 0 : to << 10);
		w->stack = mem_more(w->stack, w->nstack, &w->capstack, sizeof(*w->stack));
		w->stack[w->nstack++] = e;
	}
}

bool
dawg_add(struct dawg_writer *w, const char *s, size_t n)
{
	size_t same = 0;

	while (same < n && same < w->nlast && (unsigned char)s[same] == w->last[same])
		same++;
	if (n == w->nlast && same == n && n != 0)
		return true;
	if (n == 0 || n > DAWG_LONGEST || same == n ||
	    (same < w->nlast && (unsigned char)s[same] < w->last[same]))
		return false;
	if (w->nedge == 0)
		edge_write(w, 0, 0);
	path_close(w, same);
	while (w->nlast < n) {
		w->last[w->nlast] = (unsigned char)s[w->nlast];
		w->node[++w->nlast] = (struct open_node) { w->nstack, false };
	}
	w->node[n].final = true;
	w->count++;
	return true;
}

static void
table_put(struct buf *b, const uint32_t *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (int shift = 0; shift < 32; shift += 8)
			buf_addc(b, (char)(table[i] >> shift & 0xff));
}

bool
dawg_end(struct dawg_writer *w, struct buf *edge, struct buf *skip, struct dawg *d)
{
	uint32_t count;
	bool good;

	if (w->nedge == 0)
		edge_write(w, 0, 0);
	path_close(w, 0);
	*d = (struct dawg) { .root = node_close(w, &w->node[0], &count) << 1 };
	d->nedge = (uint32_t)w->nedge;
	d->count = w->count;
	table_put(edge, w->edge, w->nedge);
	table_put(skip, w->skip, w->nedge);
	good = !w->full;
	free(w->stack);
	free(w->edge);
	free(w->skip);
	free(w->slot);
	free(w);
	return good;
}
