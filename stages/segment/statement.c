/*
 * statement: where one document of a compilation ends and the next begins, and of which type it
 * is.  In: blocks in reading order; out: seg.stat.
 *
 * A statement begins where what stands before ends one (thanks, a close, an address, the date of
 * adoption) and what follows opens one (a letterhead, a title, salutations), most often at the
 * head of a page; the scores of both sides are added up.
 */
#include <stdio.h>
#include <string.h>

#include "msg.h"
#include "kind.h"
#include "statement.h"

#define BEGINS 8 /* the least score of a beginning */
#define HEAD 8 /* blocks looked at behind it */
#define TAIL 5 /* and before it */

#define SHOWN                                                                                      \
	(CUE_SALUTE | CUE_TITLE | CUE_RESOLUTION | CUE_PRESS | CUE_MINUTES | CUE_LETTER |          \
	    CUE_SYMBOL | CUE_DATE | CUE_ORGAN | CUE_CAPS)

struct head
opening_read(const struct seg *s, size_t i)
{
	struct head h = {0};
	unsigned seen = 0;
	bool salute = false;

	for (; i < s->norder && seen < HEAD; i++) {
		const struct block *b = &s->block[s->order[i]];

		h.address |= b->kind == K_PB && seen > 0 && salute;
		if (!is_body(b))
			continue;
		h.address |=
		    seen > 0 && salute &&
		    b->cue & (CUE_TITLE | CUE_LETTER | CUE_SYMBOL | CUE_RESOLUTION | CUE_DATE);
		salute |= (b->cue & CUE_SALUTE) != 0;
		if (seen == 0) {
			h.annex = b->cue & CUE_ANNEX;
			h.speaker = b->cue & CUE_SPEAKER;
		}
		seen++;
		h.title |= (b->cue & CUE_TITLES) != 0;
		h.organ |= (b->cue & CUE_ORGAN) != 0;
		h.dated |= h.date && b->cue & CUE_SALUTE;
		h.date |= (b->cue & CUE_DATE) != 0;
		if (!(b->cue & SHOWN) && !s->line[b->line].spaced && !h.any)
			h.lead++;
		else
			h.any = true;
		if (b->cue & CUE_SALUTE)
			h.salutes += b->lines;
		else if (b->cue & (CUE_LETTER | CUE_SYMBOL) || s->line[b->line].spaced)
			h.letter += b->lines;
		else if (b->cue & CUE_CAPS && !(b->cue & CUE_SECTION) && !is_prose(s, b))
			h.letter += 1;
		if (is_prose(s, b) && !(b->cue & CUE_TITLES))
			break;
		/* a title or letterhead further down is no head of this block */
		if (seen == 1 && !h.letter && !h.title && !h.salutes && !h.organ && b->lines > 2)
			break;
	}
	return h;
}

static int
head_score(const struct head *h)
{
	int score = 0;

	if (h->annex)
		return -20;
	score += h->letter >= 2 ? 5 : h->letter == 1 ? 3 : 0;
	score += h->title ? 5 : 0;
	score += h->organ ? 3 : 0;
	score += h->salutes >= 2 ? 4 : h->salutes == 1 ? 2 : 0;
	score += h->dated ? 3 : h->date ? 1 : 0;
	score -= h->any ? 2 * (int)h->lead : 0;
	return h->speaker && !h->title ? score - 6 : score;
}

/* A row of stars or dashes, "###" or "END", that parts what stands above it from what stands below. */
static bool
is_ornament(const struct seg *s, const struct block *b)
{
	const struct line *l = &s->line[b->line];

	return b->lines == 1 &&
	       ((l->letters == 0 && l->digits <= 2 && l->width <= 8 + 8 * (l->digits == 0)) ||
		   (l->cue & CUE_CAPS && l->letters == l->width && l->letters <= 4));
}

/* A line that says whom to ask: an address of electronic mail stands in it. */
static bool
is_contact(const struct seg *s, const struct block *b)
{
	const struct buf *t = &s->line[b->end].text->s;

	return b->lines <= 2 && b->words <= 24 && memchr(t->data, '@', t->len) != NULL;
}

/* What stands before block i: an end of a statement, a sentence broken off. */
static int
tail_score(const struct seg *s, size_t i, bool *paged)
{
	int score = 0;
	unsigned seen = 0;

	*paged = false;
	while (i-- > 0 && seen < TAIL) {
		const struct block *b = &s->block[s->order[i]];
		enum ending end = s->line[b->end].end;

		if (b->kind == K_PB && seen == 0)
			*paged = true;
		if (b->kind == K_WEB && seen == 0) {
			score += b->cue & CUE_WEBHEAD ? 6 : 3;
			*paged |= (b->cue & CUE_WEBHEAD) != 0;
		}
		if (!is_body(b))
			continue;
		if (is_ornament(s, b)) {
			score += seen == 0 ? 2 : 0;
			continue;
		}
		if (is_contact(s, b) && seen == 0) {
			score += 3;
			continue;
		}
		if (b->cue & CUE_ANNEX && !is_prose(s, b))
			return -20;
		if (seen++ == 0) {
			if (b->cue & CUE_THANKS && b->lines <= 2)
				return score + 7;
			if (is_prose(s, b))
				score += end == END_STOP ? 2 : end == END_SEMI ? 0 : -6;
		}
		if (b->cue & (CUE_CLOSE | CUE_ADDRESSEE))
			return score + 5;
		if (b->cue & CUE_ADOPTED || is_seal(s, b))
			return score + 4;
		if (b->cue & CUE_THANKS && b->lines == 1)
			return score + 4;
		if (is_prose(s, b))
			break;
	}
	return score;
}

static void
stat_add(struct seg *s, size_t first)
{
	if (s->nstat > 0)
		s->stat[s->nstat - 1].end = first;
	s->stat = mem_more(s->stat, s->nstat, &s->capstat, sizeof(*s->stat));
	s->stat[s->nstat++] = (struct statement){.first = first, .end = s->norder};
}

/* The first block of the page that block i opens: its pb and what stands above the text. */
static size_t
page_head(const struct seg *s, size_t i)
{
	size_t k = i, from = i;

	while (k-- > 0) {
		const struct block *b = &s->block[s->order[k]];

		if (is_body(b) || b->kind == K_NOTE ||
		    (b->kind == K_WEB && !(b->cue & CUE_WEBHEAD)))
			break;
		if (b->kind == K_PB || b->kind == K_WEB)
			from = k;
	}
	return from;
}

/*
 * Whether the statement has run so far without a salutation, and is a resolution or stands above a heading:
 * a salutation at the head of a page is news then.
 */
static bool
first_salutes(const struct seg *s, size_t i)
{
	bool organ = !(s->block[s->order[i]].cue & CUE_SALUTE);

	for (size_t k = s->stat[s->nstat - 1].first; k < i; k++) {
		const struct block *b = &s->block[s->order[k]];

		if (!is_body(b))
			continue;
		if (b->cue & (CUE_SALUTE | CUE_SPEAKER))
			return false;
		organ |= (b->cue & (CUE_ORGAN | CUE_RESOLUTION)) != 0;
	}
	return organ;
}

/* Whether a letter closes before block i, with no prose between. */
static bool
behind_close(const struct seg *s, size_t i)
{
	for (unsigned seen = 0; i-- > 0 && seen < TAIL;) {
		const struct block *b = &s->block[s->order[i]];

		if (!is_body(b))
			continue;
		if (b->cue & CUE_CLOSE)
			return true;
		if (is_prose(s, b))
			return false;
		seen++;
	}
	return false;
}

/*
 * Whether a few words that look like a heading stand at block i, and behind them a text of its own:
 * where thanks ended what was said before, they head what somebody else said.
 */
static bool
begins_anew(const struct seg *s, size_t i)
{
	const struct block *b = &s->block[s->order[i]];
	const struct line *l = &s->line[b->line];
	unsigned proses = 0, speakers = 0;

	for (size_t k = s->stat[s->nstat - 1].first; k < i; k++)
		speakers += (s->block[s->order[k]].cue & CUE_SPEAKER) != 0;
	if (speakers > 1)
		return false;
	if (b->cue & CUE_SALUTE)
		return true;
	if (is_prose(s, b) || b->lines > 3 || l->open != OPEN_UPPER || l->digits > 4 ||
	    s->line[b->end].end != END_WORD || b->mark.kind != MARK_NONE ||
	    b->cue & (CUE_SPEAKER | CUE_SECTION | CUE_DATE | CUE_CLOSE | CUE_ADDRESSEE))
		return false;
	for (size_t k = i + 1; k < s->norder && k < i + HEAD; k++)
		proses += is_body(&s->block[s->order[k]]) && is_prose(s, &s->block[s->order[k]]);
	return proses > 1;
}

/* The block of the body before block i, or NULL. */
static const struct block *
body_before(const struct seg *s, size_t i)
{
	while (i-- > 0)
		if (is_body(&s->block[s->order[i]]))
			return &s->block[s->order[i]];
	return NULL;
}

/* How much speaks for a statement beginning with block i; below zero where nothing may. */
static int
score(const struct seg *s, size_t i)
{
	const struct block *last;
	struct head h = opening_read(s, i);
	int head = head_score(&h), tail;
	bool paged;

	tail = tail_score(s, i, &paged);
	if (h.address && !paged && behind_close(s, i))
		return -1;
	/* who signs */
	last = body_before(s, i);
	if (!paged && h.lead > 0 && tail >= 5 && last != NULL && last->cue & CUE_CLOSE)
		return -1;
	if ((paged || (last != NULL && is_ornament(s, last))) && h.salutes > 0 &&
	    first_salutes(s, i))
		head += 4;
	if (!paged && head < 4 && !(tail >= 7 && begins_anew(s, i)))
		return -1;
	/* parted by more white lines than pages are */
	if (s->line[s->block[s->order[i]].line].empty >= 3)
		tail += 2;
	if (!paged && head < 4)
		head = head < 1 ? 1 : head;
	return head + tail + (paged ? 2 : 0);
}

/*
 * Between two blocks of prose at most one statement begins: where the score is highest.  The prose
 * behind may be its first block.
 */
static void
bounds(struct seg *s)
{
	size_t best = NONE;
	int top = 0, now;
	bool prose = false;

	stat_add(s, 0);
	for (size_t i = 0; i < s->norder; i++) {
		const struct block *b = &s->block[s->order[i]];

		if (!is_body(b))
			continue;
		if (prose && !is_ornament(s, b) && !is_seal(s, b) &&
		    (now = score(s, i)) >= BEGINS && now > top) {
			top = now;
			best = i;
		}
		if (!is_prose(s, b))
			continue;
		if (best != NONE) {
			stat_add(s, page_head(s, best));
			if (s->explain)
				fprintf(stderr,
				    "segment: line %zu: statement %zu begins, score %d\n",
				    s->line[s->block[s->order[best]].line].no, s->nstat, top);
		}
		prose = true;
		best = NONE;
		top = 0;
	}
}

void
statements_find(struct seg *s)
{
	if (s->norder == 0)
		return;
	bounds(s);
	for (size_t i = 0; i < s->nstat; i++)
		type_find(s, &s->stat[i]);
}
