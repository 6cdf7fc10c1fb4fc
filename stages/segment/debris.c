/*
 * debris: lines of specks that a recogniser read as letters: "Ih eL r", "tJ oe lli", "re ee er".  In:
 * lines before their layout is known; out: role SPECK and a score.  It takes no line that holds a longer
 * word of the document's languages, and none of a document whose language no dictionary knows.
 *
 * Each word of a line weighs for specks or for text: short ones that no dictionary knows, with no vowel or
 * nothing but vowels, with capitals amid small letters, and signs by themselves for the one; words
 * that are known, names and abbreviations for the other.  How much a line needs depends on how
 * many lines of the document are specks beyond doubt.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jumble.h"

#define WIDEST 90 /* characters of a line of specks */

/* Points that a line needs, by how many lines of the document are specks. */
static const int least[] = {45, 22, 11, 8};

/* Points of a line for where it stands. */
enum {
	AMID = 15, /* a sentence runs on over it */
	ORPHAN = 8, /* it goes on with no sentence and begins none */
	ENDS = -99 /* it ends the sentence that the line above breaks off: surely text */
};

/* A line that may be specks. */
struct cand {
	size_t line;
	struct verdict v;
};

/* A line in columns, with another next to it. */
static bool
is_tabular(const struct seg *s, size_t i)
{
	if (s->line[i].wide < 2)
		return false;
	return (i > 0 && s->line[i].gap == 0 && s->line[i - 1].wide > 1) ||
	       (i + 1 < s->nline && s->line[i + 1].gap == 0 && s->line[i + 1].wide > 1);
}

static bool
may_be(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i];

	return l->role == ROLE_BODY && l->width >= 2 && l->width <= WIDEST && l->digits <= 4 &&
	       l->letters > 0 && !l->spaced &&
	       (l->mark.kind == MARK_NONE || l->mark.kind == MARK_BULLET) &&
	       !(l->cue & ~(uint32_t)CUE_CAPS) && !is_tabular(s, i) && !l->leader &&
	       !(i + 1 < s->nline && s->line[i + 1].cue & CUE_SUPER);
}

/* What it says of candidates from..to of c, which stand line by line, where they stand. */
static int
by_place(const struct seg *s, const struct cand *from, const struct cand *to)
{
	size_t above = from->line, below = to->line + 1;
	const struct line *a, *b, *l = &s->line[from->line];

	while (above > 0 && s->line[above - 1].role == ROLE_SPECK)
		above--;
	while (below < s->nline && s->line[below].role == ROLE_SPECK)
		below++;
	if (above == 0 || below == s->nline)
		return 0;
	a = &s->line[above - 1];
	b = &s->line[below];
	if (running(a, b))
		return AMID;
	if (running(a, l) && from == to && s->line[to->line].end == END_STOP)
		return ENDS;
	return a->end == END_STOP && a->words > 3 && b->open == OPEN_UPPER && l->gap <= 1 &&
		       b->gap <= 1 && s->line[to->line].end != END_STOP
		   ? ORPHAN
		   : 0;
}

/* A line that needs more the less of the document is specks: noise tells how much is. */
static void
judge(struct seg *s, const struct cand *c, int place, int noise)
{
	int points = c->v.points + place;

	/* many words of little weight are a line of text, badly read */
	if (s->line[c->line].width > 40 && c->v.points < 3 * (int)c->v.parts)
		return;
	if (c->v.points < (noise > 2 ? 5 : 8) || points < least[noise] ||
	    (noise == 0 && (s->line[c->line].calls || c->v.strange * 2 < c->v.words)))
		return;
	s->line[c->line].role = ROLE_SPECK;
	s->line[c->line].post = points >= 2 * least[noise] ? 90 : 80;
}

/* How much of the document is specks: 0 not that it shows, 3 much. */
static int
noise_of(const struct seg *s, const struct cand *c, size_t n)
{
	size_t lines = 0;

	for (size_t i = 0; i < s->nline; i++)
		lines += s->line[i].role == ROLE_SPECK && s->line[i].width > 2;
	for (size_t i = 0; i < n; i++)
		lines += c[i].v.points >= 18 && c[i].v.points >= 6 * (int)c[i].v.parts;
	return lines >= 8 && lines * 100 >= s->nline * 6   ? 3
	       : lines >= 4 && lines * 100 >= s->nline * 3 ? 2
	       : lines >= 2 && lines * 100 >= s->nline     ? 1
							   : 0;
}

/* Judges the candidates; those on lines one below the other stand in the midst of one sentence. */
static void
judge_all(struct seg *s, const struct cand *c, size_t n, bool misread)
{
	int noise = noise_of(s, c, n);
	int place;
	size_t to;

	for (size_t i = 0; s->explain && i < n; i++)
		fprintf(stderr, "segment: line %zu: perhaps specks, %d points, noise %d\n",
		    s->line[c[i].line].no, c[i].v.points, noise);

	for (size_t i = 0; i < n; i = to) {
		for (to = i + 1; to < n && c[to].line == c[to - 1].line + 1; to++)
			;
		place = by_place(s, &c[i], &c[to - 1]) - (misread ? least[noise] : 0);
		for (size_t k = i; k < to; k++)
			judge(s, &c[k], place, noise);
	}
}

void
debris_find(struct seg *s)
{
	struct cand *cand = NULL, c;
	struct asker q = {.s = s};
	size_t n = 0, cap = 0;

	if (!languages_find(&q))
		return;
	for (size_t i = 0; i < s->nline; i++) {
		if (!may_be(s, i))
			continue;
		c = (struct cand){i, line_ask(&q, i)};
		if (c.v.text || c.v.points < 1)
			continue;
		cand = mem_more(cand, n, &cap, sizeof(*cand));
		cand[n++] = c;
	}
	judge_all(s, cand, n, q.misread);
	free(cand);
}
