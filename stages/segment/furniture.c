/*
 * furniture: see furniture.h.
 */
#include <stdlib.h>
#include <string.h>

#include "edge.h"
#include "furniture.h"

#define SHORT 120 /* bytes: longer lines are no furniture */

/* Whether p[0..n) is a document symbol, as A/RES/64/293. */
bool
is_symbol(const char *p, size_t n)
{
	size_t slashes = 0, digits = 0, letters = 0;

	if (n == 0 || n > 32 || p[0] < 'A' || p[0] > 'Z')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '/')
			slashes++;
		else if (p[i] >= '0' && p[i] <= '9')
			digits++;
		else if (p[i] >= 'A' && p[i] <= 'Z')
			letters++;
		else if (strchr(" .-()", p[i]) == NULL && !(p[i] >= 'a' && p[i] <= 'z'))
			return false;
	}
	return slashes >= 2 && digits >= 1 && letters + digits + slashes * 2 + 4 >= n;
}

bool
apart(const struct seg *s, size_t i)
{
	return (i == 0 || s->line[i].gap > 0 || s->line[i].brk ||
		   s->line[i - 1].role != ROLE_BODY) &&
	       (i + 1 == s->nline || s->line[i + 1].gap > 0 || s->line[i + 1].brk ||
		   s->line[i + 1].role != ROLE_BODY);
}

/* A short line that prose would not hold. */
bool
slight(const struct line *l)
{
	if (l->role == ROLE_BODY && (l->open == OPEN_LOWER || (l->end == END_STOP && l->words > 4)))
		return false;
	return l->width <= 100 && l->end != END_COMMA &&
	       (l->role != ROLE_BODY || l->gap > 0 || l->brk || l->words <= 3);
}

/* Lines from i up to the first line of its page, if furniture may be all that lies between. */
bool
near_top(const struct seg *s, size_t i, size_t *top)
{
	for (size_t k = 0; k <= EDGE; k++, i--) {
		if (s->line[i].brk || i == 0) {
			*top = i;
			return true;
		}
		/* a line of few words heads the document, though no white line is before it */
		if (!slight(&s->line[i - 1]) &&
		    !(i == 1 && s->line[0].width <= 100 && s->line[0].end == END_WORD))
			return false;
	}
	return false;
}

bool
near_bottom(const struct seg *s, size_t i)
{
	for (size_t k = 0; k <= EDGE; k++, i++) {
		if (i + 1 == s->nline || s->line[i + 1].brk)
			return true;
		if (!slight(&s->line[i + 1]))
			return false;
	}
	return false;
}

/* Whether a sentence runs on over line i. */
bool
interrupts(const struct seg *s, size_t i)
{
	size_t a = i, b = i, k;

	for (k = 0; k < EDGE && a > 0; k++)
		if (s->line[--a].role == ROLE_BODY && s->line[a].words > 4)
			break;
	for (k = 0; k < EDGE && b + 1 < s->nline; k++)
		if (s->line[++b].role == ROLE_BODY && s->line[b].words > 2)
			break;
	return a < i && b > i && running(&s->line[a], &s->line[b]);
}

/* A line that does not fill its measure. */
bool
is_slim(const struct line *l)
{
	return l->width * 10 < l->measure * 8;
}

static void
cands_find(const struct seg *s, struct cands *numbers, struct cands *heads)
{
	struct buf f = {0};
	struct cand c;

	for (size_t i = 0; i < s->nline; i++) {
		const struct line *l = &s->line[i];

		if (l->role != ROLE_BODY || l->text->s.len > SHORT)
			continue;
		c = (struct cand){.line = i};
		c.value = number_read(s, i, &c.of, &c.plain);
		if (c.value > 0) {
			numbers->c = mem_more(numbers->c, numbers->n, &numbers->cap, sizeof(c));
			numbers->c[numbers->n++] = c;
		} else if ((apart(s, i) || is_slim(l)) && l->mark.kind == MARK_NONE &&
			   (l->end != END_COMMA || apart(s, i)) && l->end != END_SEMI &&
			   l->end != END_COLON &&
			   !(l->cue & (CUE_SALUTE | CUE_THANKS | CUE_ORGAN | CUE_SPEAKER |
					  CUE_SECTION | CUE_CLOSE | CUE_RESOLUTION))) {
			if (l->leader || !head_read(s, &c, &f))
				continue;
			heads->c = mem_more(heads->c, heads->n, &heads->cap, sizeof(c));
			heads->c[heads->n++] = c;
		}
	}
	buf_free(&f);
}

/* The candidate on line i, or NULL. */
const struct cand *
cand_at(const struct cands *h, size_t i)
{
	size_t lo = 0, hi = h->n, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (h->c[mid].line < i)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < h->n && h->c[lo].line == i ? &h->c[lo] : NULL;
}

void
break_at(struct seg *s, size_t i)
{
	if (i > 0 && i < s->nline)
		s->line[i].brk = true;
}

/* At the head of a page: what stands above its number, and symbols alone. */
static void
edges(struct seg *s)
{
	size_t i, k, end;

	for (i = 0; i < s->nline; i++) {
		if (!s->line[i].brk)
			continue;
		for (end = i, k = i; k < i + EDGE && k < s->nline && slight(&s->line[k]); k++)
			if (s->line[k].role == ROLE_PAGENUM || s->line[k].role == ROLE_HEADER ||
			    (k == end + 1 && s->line[end].role == ROLE_PAGENUM &&
				s->line[k].cue & CUE_SYMBOL))
				end = k;
		for (k = i; k <= end && k < s->nline; k++) {
			struct line *l = &s->line[k];

			if (l->role == ROLE_BODY && (k < end || l->cue & CUE_SYMBOL) &&
			    !(l->cue & (CUE_SALUTE | CUE_THANKS | CUE_TITLE | CUE_RESOLUTION |
					   CUE_LETTER))) {
				l->role = ROLE_HEADER;
				l->post = 90;
			}
		}
	}
}

/* What is furniture by its words and breaks a sentence, or heads what follows, tells of a page. */
static void
known_place(struct seg *s)
{
	size_t i, k, at, top;

	for (i = 1; i + 1 < s->nline; i = k > i ? k : i + 1) {
		k = i + 1;
		if (s->line[i - 1].role != ROLE_BODY ||
		    (s->line[i].role < ROLE_PAGENUM && !(s->line[i].cue & CUE_SYMBOL)))
			continue;
		at = NONE;
		for (k = i; k < s->nline && k <= i + EDGE && !s->line[k].brk; k++) {
			if (s->line[k].role < ROLE_PAGENUM && !(s->line[k].cue & CUE_SYMBOL))
				break;
			if (at == NONE &&
			    (s->line[k].role == ROLE_HEADER || s->line[k].role < ROLE_PAGENUM))
				at = k;
		}
		if (k == s->nline || s->line[k].brk || s->line[k].role != ROLE_BODY ||
		    k == i + EDGE + 1 || near_top(s, i, &top))
			continue;
		if (!running(&s->line[i - 1], &s->line[k]) &&
		    (at == NONE || s->line[at].role != ROLE_HEADER))
			continue;
		for (size_t m = i; m < k; m++)
			if (s->line[m].role == ROLE_BODY)
				s->line[m].role = ROLE_HEADER, s->line[m].post = 90;
		break_at(s, at != NONE ? at : k);
	}
}

void
furniture_find(struct seg *s)
{
	struct cands numbers = {0}, heads = {0};

	cands_find(s, &numbers, &heads);
	heads_again(s, &heads);
	numbers_score(s, &numbers, &heads);
	numbers_mark(s, &numbers);
	heads_count(s, &heads);
	numbers_sides(s, &numbers, &heads);
	numbers_place(s, &numbers, &heads);
	heads_place(s, &heads);
	numbers_settle(s, &numbers);
	known_place(s);
	edges(s);
	free(numbers.c);
	free(heads.c);
}
