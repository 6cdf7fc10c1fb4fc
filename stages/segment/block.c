/*
 * block: lines to blocks.  In: lines with their roles, layout and page breaks; out: seg.block and
 * seg.order, top blocks in the order of the source.  No block goes over a page end yet.
 */
#include <stdlib.h>
#include <string.h>

#include "phrase.h"
#include "segment.h"
#include "utf8.h"

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

/* Characters of the first word of a line. */
static unsigned
first_word(const struct seg *s, size_t i)
{
	size_t n, k;
	const char *p = line_text(s, i, &n);

	for (k = 0; k < n && k < 40 && p[k] != ' '; k++)
		;
	return (unsigned)utf8_count(p, k);
}

/*
 * The scores below say how something speaks for b going on with the block of a, above zero, or
 * beginning another, below.  They were set on the structures of corpus/structure (make eval).
 */

/* The white lines before b. */
static int
by_gap(const struct line *a, const struct line *b)
{
	int over = (int)b->gap - (int)b->pitch;

	/* a white line in the midst of a sentence stands behind a full line */
	if (over > 0 && a->width * 10 < a->measure * 7)
		return -12;

	if (over > 1)
		return b->parted ? -9 : -7;
	if (over == 1)
		return b->parted ? -7 : -4;
	if (over == 0)
		return b->parted ? 5 : 1;
	return 6;
}

/* The end of a and the beginning of b. */
static int
by_text(const struct line *a, const struct line *b)
{
	static const int end[] = {[END_WORD] = 2,
	    [END_COMMA] = 1,
	    [END_SEMI] = -2,
	    [END_COLON] = -2,
	    [END_STOP] = -2,
	    [END_HYPHEN] = 5,
	    [END_DASH] = 1};
	int score = end[a->end];

	if (b->open == OPEN_LOWER)
		score += 4;
	else if (b->open == OPEN_UPPER)
		score -= 1;
	if (running(a, b))
		score += 3;
	return score;
}

/* The room left on a: a line that is short was ended on purpose. */
static int
by_room(const struct seg *s, size_t a, size_t b)
{
	const struct line *l = &s->line[a];
	unsigned full = l->measure, used = l->width + 1 + first_word(s, b);

	if (full == WIDE)
		return -8;
	if (full < 30)
		return 0;
	if (l->width * 2 < full)
		return -4;
	if (used * 10 < full * 8)
		return -3;
	if (used * 20 < full * 19)
		return -1;
	return used <= full ? 0 : 3;
}

/* A bullet or number before b. */
static int
by_mark(const struct line *a, const struct line *b)
{
	if (b->mark.kind == MARK_NONE)
		return 0;
	if (a->end == END_WORD && b->gap <= b->pitch && a->width * 10 >= a->measure * 9 &&
	    (b->mark.kind == MARK_BULLET || b->mark.kind == MARK_NUMBER))
		return b->mark.kind == MARK_BULLET ? -5 : -4;
	return -10;
}

/* A list that lost its dashes: "...;" on a short line, and small letters below. */
static int
by_list(const struct seg *s, const struct line *f, size_t a, size_t b)
{
	if (f->mark.kind != MARK_BULLET || s->line[a].end != END_SEMI)
		return 0;
	return by_room(s, a, b) < 0 ? -10 : 0;
}

static int
by_indent(const struct line *f, const struct line *a, const struct line *b)
{
	if (f->mark.kind != MARK_NONE && f == a)
		return 0;
	if (b->indent > a->indent + 1 && b->indent < a->indent + 12)
		return -4;
	return 0;
}

/* Lines that are a block by themselves. */
#define ALONE                                                                                      \
	(CUE_THANKS | CUE_CLOSE | CUE_TITLE | CUE_PRESS | CUE_MINUTES | CUE_ORGAN | CUE_ANNEX |    \
	    CUE_SPEAKER | CUE_RESOLUTION | CUE_SECTION | CUE_ADOPTED | CUE_DATE)
#define TITLES (CUE_TITLE | CUE_RESOLUTION | CUE_PRESS | CUE_MINUTES)

static bool
is_slim(const struct line *l)
{
	return l->width * 10 < l->measure * 8;
}

/* What the words of b say against going on with a. */
static int
by_new_cue(const struct line *a, const struct line *b)
{
	if (!(b->cue & ALONE) || b->open == OPEN_LOWER)
		return 0;
	if ((b->cue & ALONE) == CUE_ORGAN && !is_slim(b))
		return 0;
	if (a->end == END_WORD && b->gap <= b->pitch && !is_slim(a))
		return 0;
	if (a->cue & CUE_ADOPTED && b->cue & CUE_DATE)
		return 12;
	return -15;
}

/* What the words of the block that a ends say. */
static int
by_old_cue(const struct line *f, const struct line *a, const struct line *b)
{
	if (f->cue & TITLES) {
		if (b->cue & CUE_ADOPTED)
			return -15;
		if (b->open == OPEN_LOWER)
			return 12;
		/* "by", "to the": something must follow */
		if (a->open == OPEN_LOWER && a->words <= 3 && a->end == END_WORD && b->gap <= 2)
			return 20;
		if (a->end == END_COMMA && b->gap <= 1)
			return b->gap > b->pitch ? 22 : 8;
		return b->gap == 0 ? 5 : -4;
	}
	if (a->cue & CUE_DATE && is_slim(a))
		return -15;
	if (a->cue & CUE_ADOPTED && b->cue & CUE_DATE)
		return 0;
	if (a->cue & CUE_SPEAKER && b->open == OPEN_LOWER && b->gap <= b->pitch)
		return 10;
	if (a->cue & CUE_ORGAN && !is_slim(a))
		return 0;
	if (a->cue & (CUE_THANKS | CUE_ORGAN | CUE_SPEAKER | CUE_DATE | CUE_ANNEX | CUE_ADOPTED) &&
	    !running(a, b))
		return -15;
	if (a->cue & CUE_CLOSE && a->end != END_WORD)
		return -10;
	if (a->cue & CUE_SECTION)
		return b->open == OPEN_LOWER ? 2 : -8;
	return 0;
}

static bool
is_short(const struct line *l)
{
	return l->width * 2 < l->measure;
}

/* Capitals, short lines one below the other, symbols. */
static int
by_shape(const struct line *a, const struct line *b)
{
	bool ca = a->cue & CUE_CAPS, cb = b->cue & CUE_CAPS;

	if (a->spaced || b->spaced)
		return -12;
	if ((a->cue | b->cue) & CUE_SYMBOL)
		return b->gap == 0 && is_short(a) && is_short(b) ? 3 : -5;
	if (ca && cb && a->width * 10 < a->measure * 8 && b->gap <= (b->pitch > 1 ? b->pitch : 1))
		return 8;
	if (b->gap == 0 && is_short(a) && is_short(b) && a->end == END_WORD)
		return 3;
	if (ca && !cb && a->letters >= 4 && b->gap > b->pitch)
		return -25;
	if (ca && !cb && a->letters >= 4 && b->open != OPEN_LOWER)
		return -8;
	return 0;
}

static int
by_cue(const struct line *f, const struct line *a, const struct line *b)
{
	if (b->cue & CUE_SUPER)
		return 30;
	if (a->cue & CUE_SUPER)
		return 14;
	if (a->cue & CUE_SALUTE && b->cue & CUE_SALUTE)
		return b->gap <= b->pitch + 1 ? 20 : -20;
	if ((a->cue | b->cue) & CUE_SALUTE)
		return -20;
	return by_new_cue(a, b) + by_old_cue(f, a, b) + by_shape(a, b);
}

/* over: something stands between them, so that white lines say nothing. */
bool
line_continues(const struct seg *s, size_t f, size_t a, size_t b, bool over)
{
	const struct line *la = &s->line[a], *lb = &s->line[b];
	int score = by_text(la, lb) + by_room(s, a, b) + by_mark(la, lb) +
		    by_cue(&s->line[f], la, lb) + by_list(s, &s->line[f], a, b);

	if (la->leader)
		return false;
	/* clauses end in a comma, and the next begins with a capital */
	if (over && la->end == END_COMMA && lb->open == OPEN_UPPER)
		score -= 4;
	if (!over)
		score += by_gap(la, lb) + by_indent(&s->line[f], la, lb);
	return score > 0;
}

/* Lines that all end on purpose, none in a stop: a letterhead, an address, a title set in the middle. */
static bool
is_ragged(const struct seg *s, const struct block *b)
{
	if (b->lines < 2 || b->lines > 5 || s->line[b->end].end != END_WORD)
		return false;
	for (size_t p = b->first; p != NONE; p = s->piece[p].next) {
		const struct line *l = &s->line[s->piece[p].i];

		if (!s->piece[p].block &&
		    (!is_slim(l) || l->open == OPEN_LOWER || l->end == END_STOP || l->end == END_HYPHEN))
			return false;
	}
	return true;
}

bool
is_prose(const struct seg *s, const struct block *b)
{
	if (b->kind == K_PB || s->line[b->line].spaced || b->cue & (TITLES | CUE_SALUTE))
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
	size_t b;

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
	if (l->role == ROLE_NOTEGO && (b = unfinished_note(s)) != NONE) {
		block_line(s, b, i);
		return;
	}
	b = block_add(s, role_kind[l->role], i);
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
