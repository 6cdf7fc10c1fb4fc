/*
 * arrange: the orders that the blocks of a page may have been read in - as they are, from foot to head,
 * the second column first, the columns by turns, mixed but numbered.  In: the blocks of each page in the
 * order of the source; out: the orders worth a score, the source's first.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "arrange.h"
#include "follow.h"

#define EVEN 20 /* percent of a page by which columns of one length differ at most */

/*
 * Which of n blocks, read by turns, comes at place k: pairs of left and right, then what is left over
 * of the longer column.
 */
static size_t
by_turns(size_t n, size_t pairs, bool right, size_t k)
{
	size_t left = right ? pairs : n - pairs;

	if (k < left)
		return k < pairs ? 2 * k : pairs + k;
	k -= left;
	return k < pairs ? 2 * k + 1 : pairs + k;
}

/* The block at place k of the page in order c. */
size_t
at(const struct page *p, const struct cand *c, size_t k)
{
	size_t n = p->n - c->kept;

	if (k < c->kept)
		return p->body[k];
	k -= c->kept;
	switch (c->how) {
	case REVERSED:
		return p->back[k];
	case ROTATED:
		return p->body[c->kept + (k + c->shift) % n];
	case BY_NUMBER:
		return p->sorted[k];
	case BY_TURNS:
		return p->body[c->kept + by_turns(n, c->shift, c->right, k)];
	default:
		return p->body[c->kept + k];
	}
}

static int
within(const struct seg *s, const struct page *p, const struct cand *c)
{
	int sum = 0;

	for (size_t k = 1; k < p->n; k++)
		sum += follow(s, at(p, c, k - 1), at(p, c, k), false);
	return sum;
}

static void
cand_add(const struct seg *s, struct page *p, enum how how, size_t kept, size_t shift)
{
	struct cand *c;

	if (p->ncand == CANDS)
		return;
	c = &p->cand[p->ncand++];
	*c = (struct cand){.how = how, .kept = kept, .shift = shift};
	c->within = within(s, p, c);
}

/* Blocks at the head of the page that columns do not reach: title, date, salutation. */
static size_t
head_of(const struct seg *s, const struct page *p)
{
	size_t k = 0;

	while (k < p->n && !is_prose(s, &s->block[p->body[k]]) &&
	       !is_thanks(&s->block[p->body[k]]) &&
	       s->line[s->block[p->body[k]].line].open != OPEN_LOWER &&
	       s->block[p->body[k]].mark.kind == MARK_NONE)
		k++;
	return k;
}

/* By how much of the page, in percent, the columns before and behind block k differ in length. */
static int
imbalance(const struct seg *s, const struct page *p, size_t kept, size_t k)
{
	size_t from = s->block[p->body[kept]].line, to = s->block[p->body[p->n - 1]].end + 1;
	size_t at_ = s->block[p->body[k]].line;
	long d = (long)(at_ - from) - (long)(to - at_);

	return (int)(100 * (d < 0 ? -d : d) / (long)(to - from));
}

/* Whether a sentence that block x breaks off goes on in block y. */
bool
is_seam(const struct seg *s, size_t x, size_t y)
{
	return is_broken(s, &s->block[x]) && is_fragment(s, &s->block[y]) && s->block[y].words > 2;
}

/*
 * Columns read by turns, where the first block of the second goes on with a sentence that the last of
 * the first breaks off: tells how many blocks the shorter column has.  Where the last block of the page
 * is the one, the columns are taken to be of most equal length.
 */
static void
turns(const struct seg *s, struct page *p, size_t kept)
{
	size_t n = p->n - kept, best = 0, k;
	const size_t *body = p->body + kept;
	long left = 0, right = 0, least = LONG_MAX;

	cand_add(s, p, BY_TURNS, kept, n / 2);
	if (n < 4 || !is_fragment(s, &s->block[body[1]]))
		return;
	for (k = 0; k + 2 < n && !is_seam(s, body[k], body[1]); k += 2)
		;
	if (k + 2 < n && k / 2 + 1 < n / 2) {
		cand_add(s, p, BY_TURNS, kept, k / 2 + 1);
		p->cand[p->ncand - 1].right = true;
		p->cand[p->ncand - 1].within = within(s, p, &p->cand[p->ncand - 1]);
	}
	if (!is_seam(s, body[n - 1], body[1]))
		return;
	for (k = 0; k < n; k++)
		left += s->block[body[k]].lines;
	for (k = 1; 2 * k < n; k++) {
		right += s->block[body[2 * k - 1]].lines;
		if (labs(left - 2 * right) < least) {
			least = labs(left - 2 * right);
			best = k;
		}
	}
	if (best != n / 2)
		cand_add(s, p, BY_TURNS, kept, best);
}

/*
 * Rotations where the last block leads on to the first: at the two places where neighbours part
 * worst, of equal ones where the columns are of most equal length.
 */
static void
rotations(const struct seg *s, struct page *p, size_t kept, bool first)
{
	int worst[2] = {INT_MAX, INT_MAX}, f, most;
	size_t shift[2] = {0, 0};

	if (p->n < kept + 3 || follow(s, p->body[p->n - 1], p->body[kept], false) < 3)
		return;
	/*
	 * amid a document neighbours must part there, unless a sentence goes over from the last
	 * block to the first; on the first page a head may stand
	 */
	most = first ? INT_MAX : is_seam(s, p->body[p->n - 1], p->body[kept]) ? 0 : -3;
	for (size_t k = kept + 1; k < p->n; k++) {
		f = follow(s, p->body[k - 1], p->body[k], false);
		/* where nothing but their length tells the columns, they are of about one */
		if (f > most || (most == 0 && f > -3 && imbalance(s, p, kept, k) > EVEN))
			continue;
		f = 100 * (f - follow_begins(s, p->body[k])) + imbalance(s, p, kept, k);
		if (f < worst[0]) {
			worst[1] = worst[0];
			shift[1] = shift[0];
			worst[0] = f;
			shift[0] = k - kept;
		} else if (f < worst[1]) {
			worst[1] = f;
			shift[1] = k - kept;
		}
	}
	for (int i = 0; i < 2; i++)
		if (shift[i] > 0)
			cand_add(s, p, ROTATED, kept, shift[i]);
}

/* Whether block b was read in one piece with the block before it: no white line parts them. */
static bool
is_tied(const struct seg *s, size_t ib)
{
	const struct line *l = &s->line[s->block[ib].line];

	return l->gap == 0 && l->pitch == 0 && l->parted && !l->brk;
}

static void
turn(const struct seg *s, struct page *p)
{
	size_t to = p->n, from, out = 0;

	while (to > 0) {
		for (from = to - 1; from > 0 && is_tied(s, p->body[from]); from--)
			;
		for (size_t k = from; k < to; k++)
			p->back[out++] = p->body[k];
		to = from;
	}
}

/* A block with its place in the order of numbers. */
struct place {
	size_t block;
	uint64_t key;
};

static int
by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

/* The numbers of the page run without a gap, four or more of them, but not in order. */
static bool
numbers_mixed(const struct seg *s, const struct page *p)
{
	unsigned low = UINT32_MAX, high = 0, last = 0;
	uint64_t sum = 0, n = 0;
	bool mixed = false;

	for (size_t k = 0; k < p->n; k++) {
		const struct mark *m = &s->block[p->body[k]].mark;

		if (m->kind != MARK_NUMBER || m->paren)
			continue;
		mixed |= n > 0 && m->value < last;
		last = m->value;
		low = m->value < low ? m->value : low;
		high = m->value > high ? m->value : high;
		sum += m->value;
		n++;
	}
	return mixed && n >= 4 && high - low + 1 == n && sum == n * (low + high) / 2;
}

/*
 * Puts the blocks in the order of their numbers: the head of the page stays, what has no number
 * follows the block before it, the rest of a sentence the block that breaks it off.
 */
static bool
sort_numbers(const struct seg *s, struct page *p, size_t kept)
{
	struct place *place;
	size_t k, broken = NONE, brokens = 0;
	uint64_t number = 0;

	if (!numbers_mixed(s, p))
		return false;
	place = mem_alloc(p->n * sizeof(*place));
	for (k = kept; k < p->n; k++)
		if (is_broken(s, &s->block[p->body[k]])) {
			broken = k;
			brokens++;
		}
	for (k = 0; k < p->n; k++) {
		const struct block *b = &s->block[p->body[k]];

		if (k >= kept && b->mark.kind == MARK_NUMBER && !b->mark.paren)
			number = b->mark.value;
		place[k] = (struct place){p->body[k], number << 32 | k};
		if (k >= kept && brokens == 1 && is_fragment(s, b))
			place[k].key = (uint64_t)s->block[p->body[broken]].mark.value << 32 | p->n;
		if (is_thanks(b))
			place[k].key = UINT64_MAX - p->n + k;
	}
	qsort(place, p->n, sizeof(*place), by_place);
	for (k = 0; k < p->n; k++)
		p->sorted[k] = place[k].block;
	free(place);
	return true;
}

/* The pages with their blocks of the body; pages without any have n 0. */
struct page *
pages_make(const struct seg *s, size_t *slots, size_t *bodies, size_t *backs, size_t *sorts)
{
	struct page *page = mem_alloc((s->npage + 1) * sizeof(*page));
	size_t n = 0, kept;

	memset(page, 0, (s->npage + 1) * sizeof(*page));
	for (size_t i = 0; i < s->norder; i++) {
		const struct block *b = &s->block[s->order[i]];
		struct page *p = &page[b->page];

		if (!is_body(b))
			continue;
		if (p->n++ == 0) {
			p->slot = &slots[n];
			p->body = &bodies[n];
			p->back = &backs[n];
			p->sorted = &sorts[n];
		}
		slots[n] = i;
		bodies[n++] = s->order[i];
	}
	for (size_t i = 0; i < s->npage; i++) {
		if (page[i].n == 0)
			continue;
		cand_add(s, &page[i], AS_IS, 0, 0);
		if (page[i].n < 2)
			continue;
		turn(s, &page[i]);
		cand_add(s, &page[i], REVERSED, 0, 0);
		kept = head_of(s, &page[i]);
		if (sort_numbers(s, &page[i], kept))
			cand_add(s, &page[i], BY_NUMBER, 0, 0);
		rotations(s, &page[i], 0, i == 0);
		if (page[i].n >= 4 && kept == 0)
			turns(s, &page[i], 0);
		if (kept == 0 || page[i].n < kept + 3)
			continue;
		if (!is_tied(s, page[i].body[kept]))
			cand_add(s, &page[i], REVERSED, kept, 0);
		rotations(s, &page[i], kept, i == 0);
		turns(s, &page[i], kept);
	}
	return page;
}
