/*
 * ending: the end of a statement - thanks, a complimentary close, who signs, to whom, when.  In: the
 * blocks of its body; out: their kinds; what a white line parted of one signature or address is put
 * together again.
 */
#include <string.h>

#include "kind.h"
#include "phrase.h"

#define FOOT 8 /* blocks that the end may have */

enum ending
ends(const struct seg *s, const struct block *b)
{
	return s->line[b->end].end;
}

bool
is_slight(const struct seg *s, const struct block *b)
{
	return !is_prose(s, b) && b->lines <= 4 && b->mark.kind == MARK_NONE &&
	       !s->line[b->end].leader;
}

unsigned
capitals(const struct seg *s, const struct block *b)
{
	size_t n, words = 0, caps = 0;
	const char *p = line_text(s, b->line, &n);

	for (size_t i = 0; i < n; i++) {
		if ((i > 0 && p[i - 1] != ' ') || i + 4 > n)
			continue;
		if (p[i] >= 'A' && p[i] <= 'Z')
			caps++, words++;
		else if (p[i] >= 'a' && p[i] <= 'z' && memchr(p + i, ' ', 4) == NULL)
			words++;
	}
	return words == 0 ? 0 : (unsigned)(100 * caps / words);
}

/* Whether a block may be the name of who signs: two words to five, all with capitals. */
static bool
is_name(const struct seg *s, const struct block *b)
{
	const struct line *l = &s->line[b->line];

	return is_slight(s, b) && l->words >= 2 && l->words <= 5 && l->digits == 0 &&
	       l->open == OPEN_UPPER && l->end == END_WORD && capitals(s, b) == 100 &&
	       !(b->cue & ~(uint32_t)CUE_CAPS);
}

/* Whether a line of the block is an office: "Secretary", "Kryetari". */
static bool
has_office(const struct seg *s, const struct block *b)
{
	for (size_t p = b->first; p != NONE; p = s->piece[p].next) {
		const struct line *l = &s->line[s->piece[p].i];

		if (!s->piece[p].block && l->words <= (l->end == END_COMMA ? 8 : 4) &&
		    l->open == OPEN_UPPER &&
		    phrase_is(s->phrases, C_OFFICE, l->text->s.data, l->text->s.len))
			return true;
	}
	return false;
}

/* Whether a line may be a name by its letters: two to four words with capitals, not capitals all. */
bool
is_named(const struct line *l)
{
	const char *p = l->text->s.data;
	size_t n = l->text->s.len, caps = 0;

	for (size_t i = 0; i < n; i++)
		caps += (i == 0 || p[i - 1] == ' ') &&
			((p[i] >= 'A' && p[i] <= 'Z') || (unsigned char)p[i] >= 0xC3);
	return l->words >= 2 && l->words <= 4 && caps == l->words && l->uppers < l->letters &&
	       l->digits == 0 && l->end == END_WORD;
}

bool
is_seal(const struct seg *s, const struct block *b)
{
	bool named = false;

	if (b->lines < 2 || b->lines > 3 || ends(s, b) != END_WORD || b->mark.kind != MARK_NONE)
		return false;
	for (size_t p = b->first; p != NONE; p = s->piece[p].next)
		named |= !s->piece[p].block && is_named(&s->line[s->piece[p].i]) &&
			 !(s->line[s->piece[p].i].cue & ~(uint32_t)CUE_CAPS);
	return named && has_office(s, b);
}

/*
 * Where a letter is signed though no close is known: slight blocks behind the last prose, the first of
 * them a name, or a name behind a line with a comma.  all->n where there is none.
 */
static size_t
signed_at(const struct seg *s, const struct bodies *all, size_t from)
{
	size_t i = all->n;
	bool letter = false;

	for (size_t k = 0; k < from; k++)
		letter |= (s->block[all->b[k]].cue & (CUE_DATE | CUE_SALUTE)) != 0;
	while (i > from && all->n - i < 5 && is_slight(s, &s->block[all->b[i - 1]]) &&
	       !(s->block[all->b[i - 1]].cue & (CUE_SECTION | CUE_ANNEX | CUE_SPEAKER)))
		i--;
	if (!letter || i == from || i == all->n || !is_prose(s, &s->block[all->b[i - 1]]))
		return all->n;
	if (is_name(s, &s->block[all->b[i]]))
		return i;
	if (i + 1 < all->n && ends(s, &s->block[all->b[i]]) == END_COMMA &&
	    is_name(s, &s->block[all->b[i + 1]]))
		return i;
	return all->n;
}

/* A part of a complimentary close that stands on lines of its own: "I am, Sir,". */
static bool
is_close(const struct block *b)
{
	return b->cue & CUE_CLOSE && b->lines <= 2 && b->words <= 14;
}

/*
 * Where the end begins: back over what is too short for prose, to a close or thanks.  all->n where
 * there is none; *close: it is a complimentary close.
 */
static size_t
close_at(const struct seg *s, const struct bodies *all, size_t from, bool *close)
{
	size_t i = all->n;

	*close = false;
	for (size_t at = all->n; at > from && all->n - at < FOOT; at--) {
		const struct block *b = &s->block[all->b[at - 1]];

		if (b->lines <= 3 && (b->cue & (CUE_CLOSE | CUE_THANKS) ||
					 (b->cue & CUE_GRATEFUL && at == all->n))) {
			*close = (b->cue & CUE_CLOSE) != 0;
			while (*close && at - 1 > from && is_close(&s->block[all->b[at - 2]]))
				at--;
			return at - 1;
		}
		if (b->cue & (CUE_ADOPTED | CUE_DATE) && b->lines <= 3)
			i = at - 1;
		else if (!is_slight(s, b) && !(b->cue & CUE_ADDRESSEE))
			break;
	}
	return i;
}

/* The kind of block k of an end that begins with block i. */
static enum kind
ending_kind(const struct seg *s, const struct bodies *all, size_t i, size_t k, bool close)
{
	const struct block *b = &s->block[all->b[k]];

	if (b->cue & (CUE_CLOSE | CUE_THANKS | CUE_GRATEFUL))
		return K_CLOSING;
	if (b->cue & (CUE_ADOPTED | CUE_DATE))
		return K_DATELINE;
	if (b->cue & CUE_ADDRESSEE || (k > i && b->cue & CUE_LETTER && is_slight(s, b)) ||
	    (close && k > i + 1 && (b->lines >= 2 || b->cue & CUE_SALUTE)) ||
	    (k > i && s->block[all->b[k - 1]].kind == K_ADDRESS && is_slight(s, b)))
		return K_ADDRESS;
	if (is_slight(s, b) &&
	    (k > i ? ends(s, b) != END_COLON : is_name(s, b) || (b->lines > 1 && has_office(s, b))))
		return K_SIGNED;
	return k == i && is_slight(s, b) && ends(s, b) == END_COMMA ? K_CLOSING : b->kind;
}

/* Puts together what white lines parted of one signature or one address. */
static void
parts_join(struct seg *s, const struct bodies *all, size_t from)
{
	size_t into = NONE;

	for (size_t k = from; k < all->n; k++) {
		struct block *b = &s->block[all->b[k]], *a = into == NONE ? NULL : &s->block[into];
		const struct line *l = &s->line[b->line];

		if (a != NULL && a->kind == b->kind && a->end + 1 == b->line &&
		    a->page == b->page &&
		    ((b->kind == K_SIGNED && l->gap <= l->pitch + 1) ||
			(b->kind == K_ADDRESS && l->gap == 0)))
			block_absorb(s, into, all->b[k]);
		else
			into = all->b[k];
	}
}

/*
 * Where those who keep a record sign it: blocks of two lines or three at the end, an office and a name
 * in each.  all->n where there are none.
 */
static size_t
sealed_at(const struct seg *s, const struct bodies *all, size_t from)
{
	size_t i = all->n;

	while (i > from + 1) {
		const struct block *b = &s->block[all->b[i - 1]];

		if (!is_seal(s, b))
			break;
		i--;
	}
	return i;
}

/* A block below a signature: a postscript, who has a copy. */
static bool
is_postscript(const struct seg *s, const struct block *b)
{
	const struct buf *t = &s->line[b->line].text->s;
	size_t n = 0;

	while (n < t->len && t->data[n] != ' ' && t->data[n] != ':')
		n++;
	return b->lines <= 4 && phrase_is(s->phrases, C_POSTSCRIPT, t->data, n);
}

size_t
ending_mark(struct seg *s, const struct bodies *body, size_t from)
{
	struct bodies part = *body, *all = &part;
	bool close;
	size_t i;

	while (all->n > from && body->n - all->n < 4 &&
	       is_postscript(s, &s->block[all->b[all->n - 1]]))
		all->n--;
	i = close_at(s, all, from, &close);

	if (i == all->n) {
		i = signed_at(s, all, from);
		close = i < all->n;
	}
	if (i == all->n)
		i = sealed_at(s, all, from);
	for (size_t k = i; k < all->n; k++)
		s->block[all->b[k]].kind = ending_kind(s, all, i, k, close);
	parts_join(s, all, i);
	return i;
}
