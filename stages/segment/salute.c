/*
 * salute: salutations, and thanks to somebody, by their words, their shape and their place.  In: lines; out:
 * whether a line is one.
 */
#include <string.h>

#include "cue.h"
#include "phrase.h"
#include "utf8.h"

#define SEGMENTS 8

/* Whether p[0..n) is one salutation: "Excellencies", "Mr. President", "Dear friends". */
static bool
salutes(const struct seg *s, const char *p, size_t n)
{
	static const char *const and[] = {"and ", "et ", "dhe ", "e "};
	const struct phrase *a;
	const char *space;
	size_t words = 1, len;
	struct folded f;

	for (size_t i = 0; i < sizeof(and) / sizeof(and[0]); i++)
		if (n > strlen(and[i]) && strncmp(p, and[i], strlen(and[i])) == 0) {
			p += strlen(and[i]);
			n -= strlen(and[i]);
		}
	for (size_t i = 0; i < n; i++)
		words += p[i] == ' ';
	if (words > 8)
		return false;
	f = phrases_fold(s->phrases, p, n);
	a = phrase_find(s->phrases, C_SALUTE, f.s, f.n, &len);
	if (a != NULL && (!a->tail || words <= 5))
		return true;
	if (phrase_find(s->phrases, C_ADDRESS, f.s, f.n, &len) != NULL && f.n > len &&
	    phrase_find(s->phrases, C_OFFICE, f.s + len, f.n - len, NULL))
		return true;
	/* a misread "Mr." before an office */
	space = memchr(p, ' ', n < 5 ? n : 5);
	return words == 2 && p[0] >= 'A' && p[0] <= 'Z' && space != NULL && space > p + 1 &&
	       !(p[1] >= 'A' && p[1] <= 'Z') && strncmp(p, "The ", 4) != 0 &&
	       strncmp(p, "Le ", 3) != 0 && strncmp(p, "La ", 3) != 0 &&
	       phrase_is(s->phrases, C_OFFICE, space, n - (size_t)(space - p));
}

/* Whether the whole line is salutations. */
bool
is_salute(const struct seg *s, const struct line *l)
{
	const char *p = l->text->s.data;
	size_t n = l->text->s.len, from = 0, i, found = 0;

	if (l->words > 16 || l->open == OPEN_LOWER || l->digits > 0 || memchr(p, '(', n) != NULL)
		return false;
	if (l->end != END_COMMA && l->end != END_COLON && l->end != END_WORD && l->words > 6)
		return false;
	if (salutes(s, p, n))
		return true;
	for (i = 0; i <= n; i++) {
		if (i < n && p[i] != ',' && p[i] != ';' && p[i] != ':' && p[i] != '!')
			continue;
		while (from < i && strchr(" .,", p[from]) != NULL)
			from++;
		/* a letter by itself is a speck */
		if (i > from + 1) {
			if (found == SEGMENTS || !salutes(s, p + from, i - from))
				return false;
			found++;
		}
		from = i + 1;
	}
	return found > 0;
}

/* A line that is nothing but the word before an addressee. */
bool
is_to(const struct text *t)
{
	static const char *const to[] = {"à", "À", "A", "To", "TO", "to", "Për", "PËR"};

	for (size_t i = 0; i < sizeof(to) / sizeof(to[0]); i++)
		if (t->s.len == strlen(to[i]) && memcmp(t->s.data, to[i], t->s.len) == 0)
			return true;
	return false;
}

/*
 * Whether a line that no table knows for a salutation is one by its shape and place: a few words and a
 * comma next to a salutation - "Ministers," - or, behind an honorific, before a sentence: "Mr. Convenor,".
 */
bool
is_vocative(const struct seg *s, size_t i)
{
	const struct line *l = &s->line[i], *a = i > 0 ? l - 1 : NULL,
			  *b = i + 1 < s->nline ? l + 1 : NULL;
	const char *p = l->text->s.data;

	if (l->cue & ~(uint32_t)CUE_CAPS || l->words > 4 || l->end != END_COMMA ||
	    l->open != OPEN_UPPER || l->digits > 0 || l->mark.kind != MARK_NONE)
		return false;
	if ((a != NULL && a->cue & CUE_SALUTE) || (b != NULL && b->gap == 0 && b->cue & CUE_SALUTE))
		return true;
	return l->words > 1 && b != NULL && (l->gap > 0) == (b->gap > 0) &&
	       (b->gap > 0 || b->width > 2 * l->width) && b->words > 3 && b->open == OPEN_UPPER &&
	       honorific(s, p, l->text->s.len) > 0;
}

/* Whether the line is thanks by itself with a few words behind a comma: "I thank you, Sir." */
bool
is_thanks_to(const struct seg *s, const struct line *l)
{
	const char *p = l->text->s.data, *comma = memchr(p, ',', l->text->s.len);

	return comma != NULL && l->words <= 9 && l->open == OPEN_UPPER && l->end != END_COMMA &&
	       l->digits == 0 &&
	       memchr(comma + 1, ',', l->text->s.len - (size_t)(comma + 1 - p)) == NULL &&
	       phrase_is(s->phrases, C_THANKS, p, (size_t)(comma - p));
}
