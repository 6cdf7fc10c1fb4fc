/*
 * block: lines to blocks.  In: lines with their roles, layout and page breaks; out: seg.block and
 * seg.order, top blocks in the order of the source.  No block goes over a page end yet.
 */
#include <stdlib.h>
#include <string.h>

#include "edge.h"

static size_t
piece_add(struct seg *s, bool block, size_t i)
{
	s->piece = mem_more(s->piece, s->npiece, &s->cappiece, sizeof(*s->piece));
	s->piece[s->npiece] = (struct piece){.block = block, .i = i, .next = NONE};
	return s->npiece++;
}

static void
append(struct seg *s, struct block *b, size_t piece)
{
	if (b->first == NONE)
		b->first = piece;
	else
		s->piece[b->last].next = piece;
	b->last = piece;
}

size_t
block_add(struct seg *s, enum kind kind, size_t line)
{
	s->block = mem_more(s->block, s->nblock, &s->capblock, sizeof(*s->block));
	s->block[s->nblock] = (struct block){.kind = kind,
	    .page = s->npage - 1,
	    .first = NONE,
	    .last = NONE,
	    .line = line,
	    .end = line,
	    .in = NONE,
	    .cont = NONE};
	if (kind != K_PB)
		block_line(s, s->nblock, line);
	s->block[s->nblock].cue = s->line[line].cue;
	return s->nblock++;
}

void
block_line(struct seg *s, size_t b, size_t line)
{
	append(s, &s->block[b], piece_add(s, false, line));
	s->block[b].end = line;
	s->block[b].lines++;
	s->block[b].words += s->line[line].words;
}

void
block_put(struct seg *s, size_t b, size_t inner)
{
	append(s, &s->block[b], piece_add(s, true, inner));
	s->block[inner].in = b;
}

void
block_absorb(struct seg *s, size_t into, size_t b)
{
	for (size_t k = s->block[b].first; k != NONE; k = s->piece[k].next)
		if (s->piece[k].block)
			block_put(s, into, s->piece[k].i);
		else
			block_line(s, into, s->piece[k].i);
	s->block[b].first = s->block[b].last = NONE;
}

/* Lines that all end on purpose, none in a stop: a letterhead, an address, a title set in the middle. */
static bool
is_ragged(const struct seg *s, const struct block *b)
{
	if (b->lines < 2 || b->lines > 5 ||
	    (s->line[b->end].end != END_WORD && s->line[b->end].end != END_DASH))
		return false;
	for (size_t p = b->first; p != NONE; p = s->piece[p].next) {
		const struct line *l = &s->line[s->piece[p].i];

		if (!s->piece[p].block && ((!is_slim(l) && l->rift < 4) || l->open == OPEN_LOWER ||
					      l->end == END_STOP || l->end == END_HYPHEN))
			return false;
	}
	return true;
}

bool
is_prose(const struct seg *s, const struct block *b)
{
	if (b->kind == K_PB || s->line[b->line].spaced || b->cue & (CUE_TITLES | CUE_SALUTE))
		return false;
	return (b->words > 14 && !is_ragged(s, b)) ||
	       (b->words >= 6 && s->line[b->end].end == END_STOP && !(b->cue & CUE_CAPS));
}

bool
is_body(const struct block *b)
{
	return b->kind < K_LETTERHEAD && b->kind != K_NOTE;
}

static const enum kind role_kind[] = {[ROLE_SPECK] = K_NOISE,
    [ROLE_RULE] = K_RULE,
    [ROLE_NOTE] = K_NOTE,
    [ROLE_NOTEGO] = K_NOTE,
    [ROLE_PAGENUM] = K_PAGENUM,
    [ROLE_HEADER] = K_HEADER,
    [ROLE_FOOTER] = K_FOOTER,
    [ROLE_WEB] = K_WEB,
    [ROLE_RESIDUE] = K_RESIDUE};

/* What waits to know whether the paragraph before it goes on behind it. */
struct waiting {
	size_t *block;
	size_t n, cap;
	bool paged;
};

static void
wait_add(struct waiting *w, size_t b)
{
	w->block = mem_more(w->block, w->n, &w->cap, sizeof(*w->block));
	w->block[w->n++] = b;
}

static void
top_add(struct seg *s, size_t b)
{
	s->order = mem_more(s->order, s->norder, &s->caporder, sizeof(*s->order));
	s->order[s->norder++] = b;
}

static void
release(struct seg *s, struct waiting *w, size_t into)
{
	for (size_t i = 0; i < w->n; i++)
		if (into != NONE)
			block_put(s, into, w->block[i]);
		else
			top_add(s, w->block[i]);
	w->n = 0;
	w->paged = false;
}

/* The last note, if it breaks off: its rest stands below the text of the next page. */
static size_t
unfinished_note(const struct seg *s)
{
	size_t i = s->nblock;

	while (i > 0 && s->block[i - 1].kind != K_NOTE)
		i--;
	return i > 0 && s->line[s->block[i - 1].end].end != END_STOP ? i - 1 : NONE;
}

/* A line that is not of the body: a block of its own, or more of the note before it. */
static void
aside(struct seg *s, struct waiting *w, size_t i)
{
	const struct line *l = &s->line[i];
	size_t b, before;

	if (l->role == ROLE_NOTEGO && w->n > 0 && s->block[w->block[w->n - 1]].kind == K_NOTE) {
		block_line(s, w->block[w->n - 1], i);
		return;
	}
	if (w->n > 0 && l->gap == 0 && !l->brk &&
	    !(l->cue & CUE_WEBHEAD && i > 0 && !(s->line[i - 1].cue & CUE_WEBHEAD)) &&
	    (l->role == ROLE_HEADER || l->role == ROLE_FOOTER || l->role == ROLE_WEB) &&
	    s->block[w->block[w->n - 1]].kind == role_kind[l->role] &&
	    s->block[w->block[w->n - 1]].end + 1 == i) {
		block_line(s, w->block[w->n - 1], i);
		return;
	}
	before = l->role == ROLE_NOTEGO ? unfinished_note(s) : NONE;
	b = block_add(s, role_kind[l->role], i);
	s->block[b].cont = before;
	s->block[b].post = l->post;
	wait_add(w, b);
}

static bool
has_pages(const struct seg *s)
{
	for (size_t i = 0; i < s->nline; i++)
		if (s->line[i].brk || s->line[i].role == ROLE_PAGENUM)
			return true;
	return false;
}

void
blocks_make(struct seg *s)
{
	struct waiting w = {0};
	size_t i, b, cur = NONE;
	bool pages = has_pages(s);

	s->npage = 1;
	for (i = 0; i < s->nline; i++) {
		if (pages && (s->line[i].brk || i == 0)) {
			s->npage += i > 0;
			b = block_add(s, K_PB, i);
			s->block[b].ff = s->line[i].ff;
			wait_add(&w, b);
			w.paged = i > 0;
		}
		s->line[i].page = s->npage - 1;
		if (s->line[i].role != ROLE_BODY) {
			aside(s, &w, i);
			continue;
		}
		if (cur != NONE && !w.paged &&
		    line_continues(s, s->block[cur].line, s->block[cur].end, i, w.n > 0)) {
			release(s, &w, cur);
			block_line(s, cur, i);
			continue;
		}
		release(s, &w, NONE);
		cur = block_add(s, K_P, i);
		s->block[cur].mark = s->line[i].mark;
		top_add(s, cur);
	}
	release(s, &w, NONE);
	free(w.block);
}
