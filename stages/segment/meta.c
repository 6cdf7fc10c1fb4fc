/*
 * meta: what can be read off the head and foot of a statement.  In: a statement and its blocks; out:
 * M records - title, speaker, country, date, place, event, symbol - each with a posterior.  What
 * would have to be guessed is left out.
 */
#include <stdlib.h>
#include <string.h>

#include "kind.h"
#include "phrase.h"
#include "segment.h"
#include "utf8.h"

#define TITLE_MAX 400 /* bytes */

/* The text of a block on one line. */
static void
text_of(const struct seg *s, const struct block *b, struct buf *out)
{
	for (size_t p = b->first; p != NONE && out->len < TITLE_MAX; p = s->piece[p].next) {
		const struct line *l;
		size_t n;

		if (s->piece[p].block)
			continue;
		l = &s->line[s->piece[p].i];
		n = l->text->s.len;
		if (out->len > 0 && !(l->cue & CUE_SUPER))
			buf_addc(out, ' ');
		buf_add(out, l->text->s.data,
		    n < TITLE_MAX ? n : utf8_valid(l->text->s.data, TITLE_MAX));
	}
}

static void
put(struct doc *d, const char *key, const char *value, size_t n, int post)
{
	char *v, number[24];

	while (n > 0 && (value[n - 1] == ' ' || value[n - 1] == ',' || value[n - 1] == ':'))
		n--;
	if (n == 0)
		return;
	v = mem_dup(value, n);
	snprintf(number, sizeof(number), "%d.%02d", post / 100, post % 100);
	doc_add(d, 'M', key, v, number, "segment", NULL);
	free(v);
}

/* The words of a name at p: capitals, small particles between, up to an office; how many bytes. */
static size_t
name_len(const struct seg *s, const char *p, size_t n)
{
	static const char *const particle[] = {"de ", "da ", "di ", "du ", "des ", "van ", "von ",
	    "der ", "den ", "bin ", "ibn ", "al-", "el-", "la ", "le ", "dos ", "del "};
	size_t i = 0, end = 0, from;
	uint32_t cp;

	while (i < n) {
		bool small = false;

		for (size_t k = 0; k < sizeof(particle) / sizeof(particle[0]); k++)
			if (n - i > strlen(particle[k]) &&
			    memcmp(p + i, particle[k], strlen(particle[k])) == 0) {
				i += strlen(particle[k]);
				small = true;
				break;
			}
		if (small)
			continue;
		utf8_get(p + i, n - i, &cp);
		if (!uc_upper(cp))
			break;
		for (from = i; i < n && strchr(" ,;:()", p[i]) == NULL; i++)
			;
		if (end > 0 && phrase_is(s->phrases, C_OFFICE, p + from, i - from))
			break;
		end = i;
		if (i < n && p[i] == ' ')
			i++;
		else
			break;
	}
	return end;
}

/* The country named in p[0..n): the longest name that stands there as words, nothing only alike. */
static const char *
country_in(const struct seg *s, const char *p, size_t n)
{
	const char *best = NULL;
	size_t longest = 0, words, from;

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && strchr(" (,-", p[i - 1]) == NULL && p[i - 1] != '\'')
			continue;
		words = 0;
		from = i;
		phrases_fold(s->phrases, "", 0);
		for (size_t k = i; k <= n && words < 7; k++) {
			const struct phrase *c;
			struct folded f;

			if (k < n && strchr(" ),.;:", p[k]) == NULL)
				continue;
			words++;
			f = phrases_fold_more(s->phrases, p + from, k - from);
			from = k;
			c = f.n > 3 ? phrase_exact(s->phrases, C_COUNTRY, f.s, f.n) : NULL;
			if (c != NULL && f.n > longest) {
				longest = f.n;
				best = c->value;
			}
		}
	}
	return best;
}

/* The speaker that a title names: "Statement by H.E. Mr. Armen Gevorkian, Deputy...". */
static void
speaker_of_title(const struct seg *s, const char *p, size_t n, struct doc *d)
{
	size_t i, took, name;

	for (i = 0; i < n; i++) {
		if (p[i] == ' ' || (i > 0 && p[i - 1] != ' ' && p[i - 1] != ','))
			continue;
		took = honorific(s, p + i, n - i);
		if (took == 0)
			continue;
		name = name_len(s, p + i + took, n - i - took);
		if (name > 2) {
			put(d, "speaker", p + i, took + name, 90);
			return;
		}
	}
}

/* The event that a title names: what follows "at the", "à la", "në" up to the end. */
static void
event_of_title(const struct seg *s, const char *p, size_t n, struct doc *d)
{
	struct folded f;
	size_t i, k, len;

	for (i = 1; i < n; i++) {
		if (p[i - 1] != ' ')
			continue;
		f = phrases_fold(s->phrases, p + i, n - i < 40 ? n - i : 40);
		if (phrase_find(s->phrases, C_AT, f.s, f.n, &len) == NULL)
			continue;
		/* the words that the phrase took are left out, and an event has its own word */
		for (k = i; k < n && phrases_fold(s->phrases, p + i, k + 1 - i).n < len; k++)
			;
		k++;
		while (k < n && p[k] == ' ')
			k++;
		if (k < n && phrase_is(s->phrases, C_EVENT, p + k, n - k)) {
			put(d, "event", p + k, n - k, 80);
			break;
		}
	}
}

/* Day, month and year of a line with CUE_DATE as 2013-05-13, and the place before them. */
static void
date_put(const struct seg *s, const char *p, size_t n, struct doc *d)
{
	struct date t = date_read(s, p, n);
	size_t end, from;
	char iso[40];

	if (t.year == 0 || t.month == 0)
		return;
	if (t.day > 0)
		snprintf(iso, sizeof(iso), "%04u-%02u-%02u", t.year, t.month, t.day);
	else
		snprintf(iso, sizeof(iso), "%04u-%02u", t.year, t.month);
	put(d, "date", iso, strlen(iso), 95);
	/* the place stands between the comma before the date and the one before that */
	for (end = t.at != NONE ? t.at : 0; end > 0 && p[end - 1] != ','; end--)
		;
	for (from = end > 0 ? --end : 0; from > 0 && p[from - 1] != ','; from--)
		;
	while (from < end && p[from] == ' ')
		from++;
	if (from < end && name_len(s, p + from, end - from) == end - from)
		put(d, "place", p + from, end - from, 90);
}

/* A symbol in the line, perhaps torn: "A /RES/67/190". */
static bool
symbol_in(const char *p, size_t n, struct buf *out)
{
	size_t i, from, k;

	for (i = 0; i < n; i++) {
		if (p[i] != '/' || i == 0)
			continue;
		from = i;
		if (p[from - 1] == ' ')
			from--;
		while (from > 0 && p[from - 1] != ' ')
			from--;
		for (k = i; k < n && p[k] != ' '; k++)
			;
		buf_clear(out);
		for (; from < k; from++)
			if (p[from] != ' ' && p[from] != '(' && p[from] != ')')
				buf_addc(out, p[from]);
		if (out->len > 0 && is_symbol(out->data, out->len))
			return true;
		i = k;
	}
	return false;
}

#define TITLES (CUE_TITLE | CUE_RESOLUTION | CUE_PRESS)

/* What is found once: later finds of the same key are not written. */
struct found {
	const struct block *title; /* the head that is the statement's title, or NULL */
	bool country, date, symbol;
};

/* Whether a head only says that this is a resolution, and whose: "Resolution adopted by the Council". */
static bool
is_formula(const struct seg *s, const struct block *b)
{
	const struct buf *t = &s->line[b->line].text->s;

	return b->cue & CUE_RESOLUTION && phrase_is(s->phrases, C_RESOLUTION, t->data, t->len);
}

/* The first head before the text that begins as titles do, else the first. */
static const struct block *
title_head(const struct seg *s, const struct statement *t)
{
	const struct block *head = NULL;

	for (size_t i = t->first; i < t->end; i++) {
		const struct block *b = &s->block[s->order[i]];

		if (b->kind == K_ITEM || (b->kind == K_P && is_prose(s, b)))
			break;
		if (b->kind != K_HEAD || b->cue & CUE_ADOPTED)
			continue;
		/* what is resolved on stands below by whom */
		if (head != NULL && is_formula(s, head) && !(b->cue & (CUE_ANNEX | CUE_SECTION)))
			return b;
		if (b->cue & TITLES && !is_formula(s, b))
			return b;
		if (head == NULL || b->cue & TITLES)
			head = b;
	}
	return head;
}

static void
head_read(const struct seg *s, const struct block *b, struct found *f, struct doc *d)
{
	struct buf t = {0}, sym = {0};
	const char *c;

	text_of(s, b, &t);
	if (!f->symbol && symbol_in(t.data, t.len, &sym)) {
		put(d, "symbol", sym.data, sym.len, 95);
		f->symbol = true;
	}
	if (b == f->title) {
		put(d, "title", t.data, t.len, b->cue & TITLES ? 95 : 80);
		if (b->cue & CUE_TITLE) {
			speaker_of_title(s, t.data, t.len, d);
			event_of_title(s, t.data, t.len, d);
		}
	}
	if (!f->country && (b->kind == K_LETTERHEAD || (b->kind == K_HEAD && b->cue & CUE_TITLE)) &&
	    (c = country_in(s, t.data, t.len)) != NULL) {
		put(d, "country", c, strlen(c), 85);
		f->country = true;
	}
	if (!f->date && b->kind == K_DATELINE) {
		date_put(s, s->line[b->end].text->s.data, s->line[b->end].text->s.len, d);
		f->date = true;
	}
	buf_free(&t);
	buf_free(&sym);
}

/* The only speaker of a statement: "Ms. Kadare (Albania):". */
static void
speaker_read(const struct seg *s, const struct block *b, struct found *f, struct doc *d)
{
	size_t n, end;
	const char *p = line_text(s, b->line, &n), *open = memchr(p, '(', n), *c;

	end = open != NULL ? (size_t)(open - p) : n;
	put(d, "speaker", p, end, 90);
	if (open != NULL && !f->country && (c = country_in(s, open, n - end)) != NULL)
		put(d, "country", c, strlen(c), 95);
}

static unsigned
speakers(const struct seg *s, const struct statement *t)
{
	unsigned n = 0;

	for (size_t i = t->first; i < t->end; i++)
		n += s->block[s->order[i]].kind == K_SPEAKER;
	return n;
}

/* Where two words run together, as VukJeremic, begin with the second; 0 where they do not. */
static size_t
seam_of(const char *p, size_t n)
{
	uint32_t cp, last = ' ';
	size_t at = 0, k;

	for (size_t i = 0; i < n; i += k, last = cp) {
		k = utf8_get(p + i, n - i, &cp);
		if (cp == ' ' || (uc_upper(cp) && uc_lower(last) && at > 0))
			return 0;
		if (uc_upper(cp) && uc_lower(last))
			at = i;
	}
	return at;
}

/*
 * Parts a name that lost its space, p[0..n), if the document has its two words one behind the other
 * somewhere; appends it to out.
 */
static bool
part_name(const struct seg *s, const char *p, size_t n, struct buf *out)
{
	size_t at = seam_of(p, n), len;
	struct buf want = {0};
	bool found = false;

	if (at == 0)
		return false;
	fold(&want, p, n);
	for (size_t i = 0; i < s->nline && !found; i++) {
		const char *q = line_text(s, i, &len), *end = q + len, *space;

		for (; !found && (space = memchr(q, ' ', (size_t)(end - q))) != NULL;
		     q = space + 1) {
			const char *to = memchr(space + 1, ' ', (size_t)(end - space - 1));
			struct folded f;

			if (*q != *p || (size_t)(space - q) > at + 2)
				continue;
			f = phrases_fold(s->phrases, q, (size_t)((to != NULL ? to : end) - q));
			found = f.n == want.len && memcmp(f.s, want.data, f.n) == 0;
		}
	}
	buf_free(&want);
	if (!found)
		return false;
	buf_add(out, p, at);
	buf_addc(out, ' ');
	buf_add(out, p + at, n - at);
	return true;
}

/* Who signs: the line of the signature that is a name, all of it where none is. */
static void
signer_of(const struct seg *s, const struct block *b, struct buf *out)
{
	for (size_t p = b->first; p != NONE; p = s->piece[p].next) {
		const struct line *l = &s->line[s->piece[p].i];

		if (!s->piece[p].block && part_name(s, l->text->s.data, l->text->s.len, out))
			return;
		if (s->piece[p].block || !is_named(l) || l->end != END_WORD)
			continue;
		buf_add(out, l->text->s.data, l->text->s.len);
		return;
	}
	text_of(s, b, out);
}

void
meta_add(const struct seg *s, size_t n, struct doc *d)
{
	const struct statement *t = &s->stat[n];
	struct found f = {.title = title_head(s, t)};
	bool one = speakers(s, t) == 1, prose = false;
	struct buf sign = {0};

	for (size_t i = t->first; i < t->end; i++) {
		const struct block *b = &s->block[s->order[i]];

		if (b->kind == K_HEADER || b->kind == K_LETTERHEAD || b->kind == K_DATELINE ||
		    (b->kind == K_HEAD && !prose))
			head_read(s, b, &f, d);
		else if (b->kind == K_SPEAKER && one)
			speaker_read(s, b, &f, d);
		else if (b->kind == K_SIGNED && t->type == TYPE_LETTER && sign.len == 0) {
			signer_of(s, b, &sign);
			put(d, "speaker", sign.data, sign.len, 80);
		}
		prose |= b->kind == K_P || b->kind == K_ITEM;
	}
	buf_free(&sign);
}
