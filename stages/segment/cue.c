/*
 * cue: what a short line says by its words - a salutation, thanks, a title, a date.  In: lines and
 * the tables; out: the cues of each line, and its ending put right where an abbreviation ends it.
 */
#include <string.h>

#include "cue.h"
#include "phrase.h"
#include "segment.h"
#include "utf8.h"

#define LONGEST 160 /* bytes: longer lines are prose */

/* Whether the word behind as many as the pattern has is a number, in figures or roman. */
static bool
numbered(const char *p, size_t n, const char *pattern)
{
	const char *w = p, *end = p + n;
	size_t k;

	for (; (pattern = strchr(pattern, ' ')) != NULL; pattern++) {
		w = memchr(w, ' ', (size_t)(end - w));
		if (w == NULL)
			return false;
		w++;
	}
	for (k = 0; w + k < end && strchr("0123456789IVXLC", w[k]) != NULL; k++)
		;
	return k > 0 && (w + k == end || strchr(" .:)-", w[k]) != NULL);
}

/* Whether four dots stand in a row, spaces between them or not, with a figure at the end of the line. */
static bool
has_leader(const char *p, size_t n)
{
	size_t dots = 0;

	if (n == 0 || strchr("0123456789ivxlIVXL", p[n - 1]) == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '.')
			dots++;
		else if (p[i] != ' ')
			dots = 0;
		if (dots >= 4)
			return true;
	}
	return false;
}

/* A heading by its number or word: "I. Prevention", "Chapter 3", "Introduction". */
static bool
is_section(const struct seg *s, const struct line *l, const char *f, size_t n)
{
	const struct phrase *h;
	size_t len;

	if (l->words > 16 || l->end == END_COMMA || l->end == END_SEMI || l->leader)
		return false;
	if (l->mark.kind == MARK_ROMAN && l->mark.upper && !l->mark.paren &&
	    l->open == OPEN_UPPER && l->end != END_STOP)
		return true;
	h = phrase_find(s->phrases, C_SECTION, f, n, &len);
	if (h == NULL || l->open != OPEN_UPPER)
		return false;
	if (!h->tail)
		return true;
	return l->end != END_STOP && numbered(l->text->s.data, l->text->s.len, h->raw);
}

/* Whether the line opens the title of a resolution by its number: "64/293. United", "Decision 7/2. On". */
static bool
is_numbered_title(const char *p, size_t n)
{
	size_t i = 0, from;

	if (n > 0 && p[0] >= 'A' && p[0] <= 'Z') {
		while (i < n && i < 12 && p[i] != ' ')
			i++;
		i++;
	}

	for (int part = 0; part < 2; part++) {
		for (from = i; i < n && p[i] >= '0' && p[i] <= '9'; i++)
			;
		if (i == from || i - from > 4 || i >= n || p[i] != "/."[part])
			return false;
		i++;
	}
	return i + 1 < n && p[i] == ' ' && p[i + 1] >= 'A' && p[i + 1] <= 'Z';
}

/* An abbreviation does not end a sentence: "Mr.", "No.". */
static void
abbreviated(const struct seg *s, struct line *l)
{
	const char *p = l->text->s.data;
	size_t n = l->text->s.len, from = n;
	struct folded f;

	if (l->end != END_STOP || n < 2 || p[n - 1] != '.')
		return;
	while (from > 0 && n - from < 12 && p[from - 1] != ' ')
		from--;
	if (n - from >= 12)
		return;
	f = phrases_fold(s->phrases, p + from, n - from);
	if (phrase_find(s->phrases, C_ABBREV, f.s, f.n, NULL) ||
	    phrase_find(s->phrases, C_HONORIFIC, f.s, f.n, NULL))
		l->end = END_WORD;
}

/* Small letters behind a figure, on a line of their own: the th of 67th. */
static bool
is_super(const struct line *a, const struct line *l)
{
	static const char *const ends[] = {"st", "nd", "rd", "th", "er", "re", "e", "è", "ème",
	    "eme", "ère", "ère", "o", "a", "të", "te", "nde"};
	const struct buf *t = &l->text->s;

	if (a->text->s.len == 0 || t->len > 5)
		return false;
	if (a->text->s.data[a->text->s.len - 1] < '0' || a->text->s.data[a->text->s.len - 1] > '9')
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (t->len == strlen(ends[i]) && memcmp(t->data, ends[i], t->len) == 0)
			return true;
	return false;
}

static const struct {
	enum class class;
	uint32_t cue;
} plain[] = {
    {C_THANKS, CUE_THANKS},
    {C_THANK, CUE_THANKS},
    {C_GRATEFUL, CUE_GRATEFUL},
    {C_CLOSE, CUE_CLOSE},
    {C_TITLE, CUE_TITLE},
    {C_PRESS, CUE_PRESS},
    {C_MINUTES, CUE_MINUTES},
    {C_LETTER, CUE_LETTER},
    {C_ORGAN, CUE_ORGAN},
    {C_ADOPTED, CUE_ADOPTED},
    {C_RESOLUTION, CUE_RESOLUTION},
    {C_ANNEX, CUE_ANNEX},
    {C_ADDRESSEE, CUE_ADDRESSEE},
    {C_WEB, CUE_WEB},
    {C_FOOTER, CUE_FOOTER},
    {C_RESIDUE, CUE_RESIDUE},
};

/* What a cue asks of the line besides its words. */
static bool
fits(const struct line *l, uint32_t cue)
{
	switch (cue) {
	case CUE_THANKS:
	case CUE_GRATEFUL:
		return l->words <= 24 && l->end != END_HYPHEN && l->open != OPEN_LOWER;
	case CUE_CLOSE:
		return l->words > 3 || l->open == OPEN_UPPER;
	case CUE_ORGAN:
		return l->words <= 10 && l->open == OPEN_UPPER && l->end == END_COMMA;
	case CUE_LETTER:
	case CUE_ADDRESSEE:
		return l->end != END_STOP && l->open != OPEN_LOWER && l->words <= 10;
	case CUE_ANNEX:
		return l->end != END_COMMA && l->words <= 3;
	case CUE_WEB:
		return l->end != END_COMMA && l->open != OPEN_LOWER && l->width <= 120;
	case CUE_FOOTER:
	case CUE_RESIDUE:
		return l->width <= 120;
	case CUE_ADOPTED:
		return l->words <= 6 || l->text->s.data[0] == '[';
	default:
		return l->open == OPEN_UPPER && l->end != END_STOP;
	}
}

/* Whether the line is one of those that head a letter: "Subject: Use of the lifts". */
static bool
is_label(const struct seg *s, const struct line *l)
{
	const char *p = l->text->s.data, *colon = memchr(p, ':', l->text->s.len);

	return colon != NULL && colon - p < 24 && l->end != END_COLON && l->words <= 16 &&
	       phrase_is(s->phrases, C_LABEL, p, (size_t)(colon - p));
}

/* Whether the line names a draft behind those who submit it: "Chad, Peru: draft resolution". */
static bool
is_sponsored(const struct seg *s, const struct line *l)
{
	const char *p = l->text->s.data, *colon = memchr(p, ':', l->text->s.len);

	return colon != NULL && l->open == OPEN_UPPER && l->end == END_WORD &&
	       phrase_is(
		   s->phrases, C_RESOLUTION, colon + 1, l->text->s.len - (size_t)(colon + 1 - p));
}

static void
cue_line(const struct seg *s, struct line *l, struct buf *f)
{
	size_t n = l->text->s.len;
	const char *p = l->text->s.data;
	const struct phrase *h;

	buf_clear(f);
	fold(f, p, n);
	if (f->len == 0)
		return;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (!(l->cue & plain[i].cue) && fits(l, plain[i].cue) &&
		    (h = phrase_find(s->phrases, plain[i].class, f->data, f->len, NULL)) != NULL)
			l->cue |=
			    plain[i].cue |
			    (plain[i].cue == CUE_WEB && h->value[0] != '\0' ? CUE_WEBHEAD : 0);
	if (is_label(s, l))
		l->cue |= CUE_LABEL;
	if (is_sponsored(s, l))
		l->cue |= CUE_RESOLUTION;
	if (is_thanks_to(s, l))
		l->cue |= CUE_THANKS;
	if (is_speech_title(s, l))
		l->cue |= CUE_TITLE;
	if (is_quote_title(l))
		l->cue |= CUE_PRESS;
	if (is_salute(s, l))
		l->cue |= CUE_SALUTE;
	if (is_date(s, l))
		l->cue |= CUE_DATE;
	if (is_speaker(s, l))
		l->cue |= CUE_SPEAKER;
	if (is_section(s, l, f->data, f->len))
		l->cue |= CUE_SECTION;
	if (is_numbered_title(p, n))
		l->cue |= CUE_RESOLUTION;
	if (is_symbol(p, n))
		l->cue |= CUE_SYMBOL;
}

void
cues_find(struct seg *s)
{
	struct buf f = {0};

	for (size_t i = 0; i < s->nline; i++) {
		struct line *l = &s->line[i];

		if (l->letters >= 3 && l->uppers == l->letters)
			l->cue |= CUE_CAPS;
		if (i > 0 && is_super(&s->line[i - 1], l))
			l->cue |= CUE_SUPER;
		abbreviated(s, l);
		l->leader = has_leader(l->text->s.data, l->text->s.len);
		if (l->text->s.len <= LONGEST)
			cue_line(s, l, &f);
	}
	names_find(s);
	for (size_t i = 0; i < s->nline; i++)
		if (is_vocative(s, i))
			s->line[i].cue |= CUE_SALUTE;
		else if (i > 0 && is_to(s->line[i - 1].text) && s->line[i].cue & CUE_SALUTE)
			s->line[i].cue = (s->line[i].cue & ~(uint32_t)CUE_SALUTE) | CUE_ADDRESSEE;
	buf_free(&f);
}
