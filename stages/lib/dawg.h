/*
 * dawg: a set of byte strings as a minimal acyclic automaton that numbers them in byte order.
 * It is built from sorted strings and read where it lies, in a mapped file.
 *
 * An edge is four bytes, least significant first: bits 0-7 its byte, bit 8 set on the last edge
 * of its node, bit 9 set where a string ends behind it, bits 10-31 the first edge of the node it
 * leads to, 0 when nothing follows.  The edges of a node stand together, sorted by byte.  Edge 0
 * is none.  A second table holds, for each edge, how many strings lie behind the edges of its node
 * before it; the number of a string is the sum of these along its path, plus one for each final
 * node that is passed.
 *
 * A node, for the reader, is the first of its edges twice, plus one where a string ends there: so
 * a node is told from "none", 0, and says itself whether it is final.  The edges out of a node in
 * byte order:
 *	for (e = dawg_edge(node); e; e = dawg_next(d, e))
 */
#ifndef EMEND_DAWG_H
#define EMEND_DAWG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

#define DAWG_LAST 0x100u
#define DAWG_FINAL 0x200u
#define DAWG_LONGEST 255	/* bytes of the longest string */
#define DAWG_EDGES (1u << 22)	/* edges an automaton has at most */

struct dawg {
	const unsigned char *edge, *skip;	/* the two tables, not owned */
	uint32_t nedge;				/* edges in each, edge 0 included */
	uint32_t root;				/* the node everything begins at */
	uint32_t count;				/* strings */
	uint32_t first[256];			/* the root's edges by byte: it has many */
};

/* Fills in first, the other members being set: before anything is looked up. */
void dawg_ready(struct dawg *d);

static inline uint32_t
dawg_u32(const unsigned char *table, uint32_t i)
{
	const unsigned char *p = table + (size_t)i * 4;

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint32_t
dawg_target(uint32_t edge)
{
	return edge >> 10 << 1 | (edge & DAWG_FINAL) >> 9;
}

static inline bool
dawg_final(uint32_t node)
{
	return node & 1;
}

static inline uint32_t
dawg_edge(uint32_t node)
{
	return node >> 1;
}

static inline uint32_t
dawg_next(const struct dawg *d, uint32_t edge)
{
	return dawg_u32(d->edge, edge) & DAWG_LAST ? 0 : edge + 1;
}

static inline unsigned char
dawg_byte(const struct dawg *d, uint32_t edge)
{
	return dawg_u32(d->edge, edge) & 0xff;
}

/* The node an edge leads to; that of edge 0 is none. */
static inline uint32_t
dawg_to(const struct dawg *d, uint32_t edge)
{
	return dawg_target(dawg_u32(d->edge, edge));
}

/* The first edge of node by this byte or a higher one; 0 where there is none. */
static inline uint32_t
dawg_from(const struct dawg *d, uint32_t node, unsigned char byte)
{
	uint32_t i = node >> 1, e;

	if (i == 0)
		return 0;
	/* The last edge compares as more than any byte. */
	while (e = dawg_u32(d->edge, i), (e & (DAWG_LAST | 0xff)) < byte)
		i++;
	return (e & 0xff) < byte ? 0 : i;
}

/* The edge of node by this byte, as its number; 0 where there is none. */
static inline uint32_t
dawg_find(const struct dawg *d, uint32_t node, unsigned char byte)
{
	uint32_t i;

	if (node == d->root)
		return d->first[byte];
	i = dawg_from(d, node, byte);
	return dawg_byte(d, i) == byte ? i : 0;
}

static inline uint32_t
dawg_step(const struct dawg *d, uint32_t node, unsigned char byte)
{
	return dawg_to(d, dawg_find(d, node, byte));
}

bool dawg_has(const struct dawg *d, const char *s, size_t n);
/* The string's number in byte order, -1 where it is none of them. */
long dawg_index(const struct dawg *d, const char *s, size_t n);
/* Writes string number i to out[0..cap), no NUL; its length, 0 where i or cap is out of range. */
size_t dawg_string(const struct dawg *d, long i, char *out, size_t cap);

struct dawg_writer;

struct dawg_writer *dawg_new(void);
/*
 * Adds s[0..n), 1 to DAWG_LONGEST bytes, behind the last one in byte order; the same again is
 * passed over.  Returns false, and adds nothing, where the length or the order is wrong.
 */
bool dawg_add(struct dawg_writer *w, const char *s, size_t n);
/*
 * Ends the automaton and frees w.  Appends the table of edges to edge and that of skips to skip;
 * the other members of d are set, d->edge and d->skip are left to the reader.  Returns false where
 * there are more than DAWG_EDGES edges.
 */
bool dawg_end(struct dawg_writer *w, struct buf *edge, struct buf *skip, struct dawg *d);

#endif
