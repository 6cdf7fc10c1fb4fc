/*
 * title: the title of a statement by how it is put together, where the table has no whole phrase:
 * "Welcoming remarks of the Warden", "Allocution d'ouverture de Mme Roy", "Fjala e kryetarit"; and the
 * headline that quotes somebody: Name: "...".  In: a line; out: whether it is one.
 */
#include <string.h>

#include "phrase.h"
#include "segment.h"
#include "utf8.h"

#define WORDS 16 /* words of a line that are looked at */

/* The first words of a line; an elided article is one: d' ouverture. */
struct words_of {
	const char *p;
	size_t off[WORDS], end[WORDS], n;
};

static void
words_cut(struct words_of *w, const char *p, size_t n, size_t most)
{
	size_t from = 0, i;

	*w = (struct words_of){.p = p};
	for (i = 0; i <= n && w->n < most; i++) {
		bool mark = i < n && p[i] == '\'';
		bool curly = i + 2 < n && memcmp(p + i, "\342\200\231", 3) == 0;

		if (i < n && p[i] != ' ' && p[i] != ',' && !mark && !curly)
			continue;
		if (i > from) {
			w->off[w->n] = from;
			w->end[w->n++] = i;
		}
		i += curly ? 2 : 0;
		from = i + 1;
	}
}

/* How many words from word at on, three at most, are a phrase of the class; *found is the longest. */
static size_t
take(const struct seg *s, enum class class, const struct words_of *w, size_t at,
    const struct phrase **found)
{
	struct folded f = phrases_fold(s->phrases, "", 0);
	size_t took = 0;

	for (size_t k = at; k < w->n && k < at + 3; k++) {
		const struct phrase *p;

		f = phrases_fold_more(s->phrases, w->p + w->off[k], w->end[k] - w->off[k]);
		p = phrase_find(s->phrases, class, f.s, f.n, NULL);
		if (p != NULL) {
			took = k + 1 - at;
			*found = p;
		}
	}
	return took;
}

/* Whether what follows byte off names somebody: an honorific, an office. */
static bool
names_speaker(const struct seg *s, const struct words_of *w, size_t at, size_t n)
{
	bool yes = false;

	if (at >= w->n)
		return false;
	if (honorific(s, w->p + w->off[at], n - w->off[at]) > 0)
		return true;
	for (size_t k = at; k < w->n && k < at + 4 && !yes; k++)
		yes = phrase_is(s->phrases, C_OFFICE, w->p + w->off[k], w->end[k] - w->off[k]);
	return yes;
}

/* Whether the line begins as what stands behind "STATEMENT" does: "by", "H.E. Mr. Voss". */
static bool
leads_to_speaker(const struct seg *s, const struct line *l)
{
	const struct phrase *by;
	struct words_of w;

	words_cut(&w, l->text->s.data, l->text->s.len, 4);
	return take(s, C_SPEAKER, &w, 0, &by) > 0 ||
	       honorific(s, l->text->s.data, l->text->s.len) > 0;
}

/* Whether the line is what was said, perhaps of which kind, and by whom. */
bool
is_speech_title(const struct seg *s, const struct line *l)
{
	size_t n = l->text->s.len, at = 0, took;
	const struct phrase *speech = NULL, *by = NULL, *like;
	struct words_of w;

	if (l->open != OPEN_UPPER || l->end == END_STOP || l->end == END_SEMI || l->words > 40)
		return false;
	words_cut(&w, l->text->s.data, n, WORDS);
	if (w.n > 1 && w.end[0] - w.off[0] <= 3 && w.off[0] == 0 &&
	    (strncmp(w.p, "The", 3) == 0 || strncmp(w.p, "THE", 3) == 0))
		at = 1;
	for (int i = 0; i < 2 && (took = take(s, C_SPEECHLIKE, &w, at, &like)) > 0; i++)
		at += took;
	if ((took = take(s, C_SPEECH, &w, at, &speech)) == 0)
		return false;
	at += took;
	for (int i = 0; i < 2 && (took = take(s, C_SPEECHLIKE, &w, at, &like)) > 0; i++)
		at += took;
	if (at == w.n)
		return l + 1 < s->line + s->nline && leads_to_speaker(s, l + 1);
	if ((took = take(s, C_SPEAKER, &w, at, &by)) == 0)
		return false;
	at += took;
	if (by->value[0] != '\0')
		return true;
	return speech->value[0] == '\0' ? at < w.n && (l->width < 120)
					: names_speaker(s, &w, at, n);
}

/* Whether a quotation mark stands at p, and its length. */
static size_t
quote(const char *p, size_t n)
{
	uint32_t cp;
	size_t k = n > 0 ? utf8_get(p, n, &cp) : 0;

	return k > 0 && (cp == '"' || cp == 0x201C || cp == 0x201D || cp == 0x201E || cp == 0xAB ||
			    cp == 0xBB)
		   ? k
		   : 0;
}

/* Whether the line is a headline that quotes: a name, a colon, words in quotation marks to its end. */
bool
is_quote_title(const struct line *l)
{
	const char *p = l->text->s.data, *colon;
	size_t n = l->text->s.len, at, small = 0;
	uint32_t cp;

	if (l->open != OPEN_UPPER || l->end != END_WORD || l->words < 4 || l->words > 28 ||
	    (colon = memchr(p, ':', n < 48 ? n : 48)) == NULL)
		return false;
	at = (size_t)(colon - p) + 1;
	for (size_t i = 0; i + 1 < at; i++)
		if (i == 0 || p[i - 1] == ' ') {
			utf8_get(p + i, n - i, &cp);
			small += !uc_upper(cp);
		}
	while (at < n &&
	       (p[at] == ' ' || (unsigned char)p[at] == 0xC2 || (unsigned char)p[at] == 0xA0)) {
		if ((unsigned char)p[at] == 0xC2 && (unsigned char)p[at + 1] == 0xAB)
			break;
		at++;
	}
	if (small > 1 || quote(p + at, n - at) == 0)
		return false;
	utf8_back(p, n, &cp);
	return cp == '"' || cp == 0x201D || cp == 0x201C || cp == 0xBB;
}
