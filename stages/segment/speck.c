/*
 * speck: lines that a scanner made of specks.  In: lines; out: their role and a score.  A rule,
 * a row of stars or dots, a table of figures, an address of the web or another script is text.
 */
#include <string.h>

#include "segment.h"
#include "utf8.h"

#define SPECK_MIN 70 /* the least score, in hundredths, that makes a line noise */

/* What a line is made of. */
struct stuff {
	unsigned letters, digits, punct;
	unsigned kinds; /* different punctuation characters */
	unsigned longest; /* letters in a row */
	unsigned words; /* runs of three letters or more, or of figures */
	unsigned same; /* the longest run of one character */
};

static struct stuff
stuff_of(const char *s, size_t n)
{
	struct stuff f = {0};
	uint32_t seen[4] = {0}, cp, last = 0;
	unsigned row = 0, figures = 0, same = 0;
	size_t i = 0;

	while (i < n) {
		i += utf8_get(s + i, n - i, &cp);
		if (cp == ' ' || cp == 0xA0) {
			row = figures = same = 0;
			continue;
		}
		same = cp == last ? same + 1 : 1;
		last = cp;
		f.same = same > f.same ? same : f.same;
		if (uc_letter(cp) || uc_mark(cp)) {
			f.letters++;
			f.longest = ++row > f.longest ? row : f.longest;
			f.words += row == 3;
			figures = 0;
		} else if (uc_digit(cp)) {
			f.digits++;
			f.words += ++figures == 2;
			row = 0;
		} else {
			f.punct++;
			row = figures = 0;
			if (cp < 128 && !(seen[cp / 32] >> cp % 32 & 1)) {
				seen[cp / 32] |= 1u << cp % 32;
				f.kinds++;
			} else if (cp >= 128) {
				f.kinds++;
			}
		}
	}
	return f;
}

/* Stars, dots or dashes set on purpose: one character again and again. */
static bool
is_ornament(const struct stuff *f)
{
	return f->letters + f->digits == 0 && f->kinds == 1 && f->punct >= 3;
}

unsigned
speck_score(const struct seg *s, size_t i)
{
	size_t n;
	const char *p = line_text(s, i, &n);
	struct stuff f;

	if (n > 400)
		return 0;
	f = stuff_of(p, n);
	if (f.words > 0 || f.longest > 3 || is_ornament(&f) || f.same > 4)
		return 0;
	if (f.letters + f.digits == 0)
		return f.punct == 0 ? 99 : f.kinds >= 3 ? 99 : f.kinds == 2 ? 95 : 85;
	if (f.longest <= 2 && f.kinds >= 3 && f.punct >= f.letters + f.digits && f.punct >= 6)
		return 95;
	if (f.punct * 2 < f.letters + f.digits || f.letters + f.digits > 8)
		return 0;
	return f.punct >= 4 * (f.letters + f.digits)   ? 99
	       : f.punct >= 2 * (f.letters + f.digits) ? 90
						       : 50;
}

/* A printed page number, with little around it: "- 2 -", ". 2 .". */
static bool
is_number(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i];
	unsigned of;

	return l->digits > 0 && l->letters == 0 && l->width <= l->digits + 6 && page_number(s, i, &of) > 0;
}

/* A letter by itself in the way of a sentence. */
static bool
is_lone(const struct seg *s, size_t i)
{
	return s->line[i].width == 1 && s->line[i].letters == 1 && i > 0 && i + 1 < s->nline &&
	    running(&s->line[i - 1], &s->line[i + 1]);
}

/*
 * Little on a line that has no word, in a document that has specks: "l", ". l", "'r".
 */
static bool
is_crumb(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i];

	return l->width <= 4 && l->letters <= 2 && l->digits == 0 && l->uppers < 2 && !(l->cue & CUE_SUPER) &&
	    l->mark.kind == MARK_NONE;
}

static void
mark(struct line *l, unsigned score)
{
	if (score < SPECK_MIN)
		return;
	l->role = ROLE_SPECK;
	l->post = score;
}

void
specks_find(struct seg *s)
{
	struct line *l;
	size_t sure = 0, i;
	unsigned score;

	for (i = 0; i < s->nline; i++) {
		l = &s->line[i];
		if (l->role != ROLE_BODY || l->mark.kind == MARK_NUMBER || l->mark.kind == MARK_LETTER ||
		    is_number(s, i))
			continue;
		score = speck_score(s, i);
		sure += score >= 90 && l->width > 2;
		mark(l, score == 0 && is_lone(s, i) ? 85 : score);
	}
	for (i = 0; sure >= 2 && i < s->nline; i++)
		if (s->line[i].role == ROLE_BODY && is_crumb(s, i))
			mark(&s->line[i], 80);
}
