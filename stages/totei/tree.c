/*
 * tree: the plan of a text.  In go the blocks of a document in the order of the stream; out come
 * statements, annexes, sections, openers, closers, lists and speeches with the blocks in them, so
 * that what TEI allows where is kept.  No block is left out, whatever the stream says.
 */
#include <stdlib.h>
#include <string.h>

#include "totei.h"

enum {
	LISTS = 12,	/* how deep lists may nest */
	CHUNK = 512,	/* nodes */
};

struct chunk {
	struct chunk *before;
	size_t n;
	struct node node[CHUNK];
};

static struct node *
node_new(struct tree *t, enum part part)
{
	struct node *n;

	if (t->chunk == NULL || t->chunk->n == CHUNK) {
		struct chunk *c = mem_alloc(sizeof(*c));

		c->before = t->chunk;
		c->n = 0;
		t->chunk = c;
	}
	n = &t->chunk->node[t->chunk->n++];
	*n = (struct node){.part = part, .block = NONE, .from = NONE};
	return n;
}

static struct node *
node_add(struct tree *t, struct node *parent, enum part part)
{
	struct node *n = node_new(t, part);

	n->parent = parent;
	if (parent->last != NULL)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
	return n;
}

/* Where the blocks go while they are read in order. */
struct place {
	struct tree *t;
	struct node *statement;	/* or the body, before the first */
	struct node *div;	/* the innermost open division */
	struct node *main, *annex;	/* open, or NULL */
	struct node *group;	/* an open opener, closer or speech, else NULL */
	struct node *list[LISTS];	/* open lists */
	struct node *item[LISTS];	/* the last of each */
	size_t depth[LISTS], nlist;
	size_t *wait;		/* blocks beside the text that wait for the next one in it */
	size_t nwait, capwait;
};

/* A statement, or the part of it up to an annex. */
struct extent {
	size_t behind;	/* the first block behind its body: only what closes it follows */
	bool closes;	/* something does */
};

static struct node *
put_block(struct place *p, struct node *where, size_t i)
{
	struct node *n = node_add(p->t, where, PART_BLOCK);

	n->block = i;
	return n;
}

/* Puts what waits into where. */
static void
put_waiting(struct place *p, struct node *where)
{
	for (size_t i = 0; i < p->nwait; i++)
		put_block(p, where, p->wait[i]);
	p->nwait = 0;
}

static void
close_lists(struct place *p)
{
	p->nlist = 0;
}

static void
close_group(struct place *p)
{
	close_lists(p);
	p->group = NULL;
}

/* The element that blocks of running text go into. */
static struct node *
flow(struct place *p)
{
	return p->group != NULL && p->group->part == PART_SPEECH ? p->group : p->div;
}

static void
open_div(struct place *p, struct node *parent, enum part part, struct rec *r)
{
	close_group(p);
	parent->body = true;
	p->div = node_add(p->t, parent, part);
	p->div->rec = r;
}

/* Opens a list in where: the body of the division, or an item. */
static void
open_list(struct place *p, struct node *where, size_t depth)
{
	p->list[p->nlist] = node_add(p->t, where, PART_LIST);
	p->depth[p->nlist++] = depth;
}

/* An item goes into the open list of its depth, which is opened or gone back to. */
static void
put_item(struct place *p, size_t i)
{
	const char *key = rec_get(p->t->block[i].rec, "depth");
	size_t depth = key != NULL ? strtoull(key, NULL, 10) : 1, top;

	if (p->group != NULL && p->group->part != PART_SPEECH)
		close_group(p);
	while (p->nlist > 1 && p->depth[p->nlist - 1] > depth)
		p->nlist--;
	if (p->nlist == 1 && p->depth[0] > depth)
		p->depth[0] = depth;
	top = p->nlist - 1;
	if (p->nlist == 0) {
		put_waiting(p, flow(p));
		open_list(p, flow(p), depth);
	} else if (depth > p->depth[top] && p->nlist < LISTS) {
		put_waiting(p, p->item[top]);
		open_list(p, p->item[top], depth);
	} else {
		put_waiting(p, p->list[top]);
	}
	top = p->nlist - 1;
	p->item[top] = put_block(p, p->list[top], i);
	p->div->body = true;
}

static void
put_text(struct place *p, size_t i)
{
	close_lists(p);
	if (p->group != NULL && p->group->part != PART_SPEECH)
		close_group(p);
	put_waiting(p, flow(p));
	put_block(p, flow(p), i);
	p->div->body = true;
}

/* A block that cannot be what its kind says where it stands. */
static void
put_as_ab(struct place *p, size_t i, const char *type)
{
	p->t->block[i].element = "ab";
	p->t->block[i].type = type;
	put_text(p, i);
}

/* Adds block i to the opener or closer that stands last in where. */
static void
put_group(struct place *p, size_t i, struct node *where, enum part part)
{
	p->div = where;
	if (p->group == NULL || p->group->part != part) {
		close_group(p);
		put_waiting(p, where);
		p->group = node_add(p->t, where, part);
	}
	put_waiting(p, p->group);
	put_block(p, p->group, i);
}

/* The division that closes behind its sections: an annex, what stands before one, a statement. */
static struct node *
outer_div(const struct place *p)
{
	return p->annex != NULL ? p->annex : p->main != NULL ? p->main : p->statement;
}

/* A head behind text opens a section without a number: within a numbered one, else beside. */
static void
put_head(struct place *p, size_t i)
{
	struct node *up = p->div;

	close_group(p);
	put_waiting(p, p->div);
	if (p->div->body) {
		if (up->part == PART_SECTION && up->rec == NULL)
			up = up->parent;
		open_div(p, up, PART_SECTION, NULL);
	}
	put_block(p, p->div, i);
}

/* Whether text follows the speaker at i that can be said by him. */
static bool
speaks(const struct tree *t, size_t i, size_t end)
{
	for (i++; i < end; i++) {
		const struct block *b = &t->block[i];

		if (b->host != NONE || b->kind->role == ROLE_BESIDE)
			continue;
		return rec_get(b->rec, "div") == NULL &&
		    (b->kind->role == ROLE_BODY || b->kind->role == ROLE_ITEM);
	}
	return false;
}

static void
put_speaker(struct place *p, size_t i, size_t end)
{
	close_group(p);
	if (!speaks(p->t, i, end)) {
		put_as_ab(p, i, "speaker");
		return;
	}
	put_waiting(p, p->div);
	p->group = node_add(p->t, p->div, PART_SPEECH);
	put_block(p, p->group, i);
	p->div->body = true;
}

/* Opens the division that the block says it is the first of. */
static void
open_named(struct place *p, struct rec *r)
{
	const char *div = rec_get(r, "div");

	if (div == NULL || (strcmp(div, "annex") != 0 && strcmp(div, "section") != 0))
		return;
	put_waiting(p, p->div);
	if (*div == 'a') {
		p->main = NULL;
		open_div(p, p->statement, PART_ANNEX, r);
		p->annex = p->div;
		return;
	}
	open_div(p, outer_div(p), PART_SECTION, r);
}

/* What opens or closes a statement, else goes as ab. */
static void
put_frame(struct place *p, size_t i, const struct extent *e)
{
	struct block *b = &p->t->block[i];
	bool closes = b->kind->role != ROLE_TOP && i >= e->behind && outer_div(p)->body;

	if (b->kind->role != ROLE_BOTTOM && !p->div->body)
		put_group(p, i, p->div, PART_OPENER);
	else if (closes)
		put_group(p, i, outer_div(p), PART_CLOSER);
	else
		put_as_ab(
		    p, i, strcmp(b->kind->name, "salute") == 0 ? "salutation" : b->kind->name);
}

static void
put(struct place *p, size_t i, size_t end, const struct extent *e)
{
	open_named(p, p->t->block[i].rec);
	switch (p->t->block[i].kind->role) {
	case ROLE_HEAD:
		put_head(p, i);
		break;
	case ROLE_ITEM:
		put_item(p, i);
		break;
	case ROLE_SPEAKER:
		put_speaker(p, i, end);
		break;
	case ROLE_TOP:
	case ROLE_EITHER:
	case ROLE_BOTTOM:
		put_frame(p, i, e);
		break;
	default:
		put_text(p, i);
	}
}

/* Whether block i begins an annex. */
static bool
begins_annex(const struct tree *t, size_t i)
{
	const char *div = rec_get(t->block[i].rec, "div");

	return div != NULL && strcmp(div, "annex") == 0;
}

/* Finds what closes the part of a statement that begins with block i. */
static struct extent
part_extent(const struct tree *t, size_t i, size_t end)
{
	struct extent e = {.behind = i};
	bool body = false;

	for (size_t k = i; k < end && (k == i || !begins_annex(t, k)); k++) {
		const struct block *b = &t->block[k];
		int role = b->kind->role;

		if (b->host != NONE || role == ROLE_BESIDE)
			continue;
		if (role == ROLE_BOTTOM || role == ROLE_EITHER) {
			e.closes = body;
		} else if (role != ROLE_TOP || body) {
			body |= role != ROLE_HEAD;
			e.behind = k + 1;
			e.closes = false;
		}
	}
	return e;
}

/* Holds block i back until it is known where the next one in the text goes. */
static void
wait(struct place *p, size_t i)
{
	p->wait = mem_more(p->wait, p->nwait, &p->capwait, sizeof(*p->wait));
	p->wait[p->nwait++] = i;
}

/* Puts blocks first..end, all of one statement, into p->statement. */
static void
put_statement(struct place *p, size_t first, size_t end)
{
	struct extent e = part_extent(p->t, first, end);
	size_t annex = first + 1;

	p->div = p->statement;
	p->main = p->annex = NULL;
	close_group(p);
	while (annex < end && !begins_annex(p->t, annex))
		annex++;
	if (e.closes && annex < end) {
		open_div(p, p->statement, PART_MAIN, NULL);
		p->main = p->div;
	}
	for (size_t i = first; i < end; i++) {
		const struct block *b = &p->t->block[i];

		if (b->host != NONE)
			continue;
		if (i > first && begins_annex(p->t, i))
			e = part_extent(p->t, i, end);
		if (b->kind->role != ROLE_BESIDE) {
			put(p, i, end, &e);
			continue;
		}
		open_named(p, b->rec);
		wait(p, i);
	}
	put_waiting(p, p->div);
}

void
tree_make(struct tree *t, struct doc *d, bool keep)
{
	struct place p = {.t = t};
	size_t block = 0, first = 0;

	*t = (struct tree){0};
	blocks_make(t, d, keep);
	t->body = node_new(t, PART_BODY);
	p.statement = t->body;
	for (size_t i = 0; i <= d->n; i++) {
		if (i < d->n && d->rec[i].tag == 'B')
			block++;
		if (i < d->n && d->rec[i].tag != 'S')
			continue;
		put_statement(&p, first, block);
		first = block;
		if (i == d->n)
			break;
		t->body->body = true;
		p.statement = node_add(t, t->body, PART_STATEMENT);
		p.statement->rec = &d->rec[i];
		p.statement->statement = ++t->nstatement;
	}
	free(p.wait);
	tree_measure(t, d);
}

void
tree_free(struct tree *t)
{
	for (struct chunk *c = t->chunk, *before; c != NULL; c = before) {
		before = c->before;
		free(c);
	}
	free(t->block);
	free(t->by_id);
	free(t->handle);
	*t = (struct tree){0};
}
