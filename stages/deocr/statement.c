/*
 * statement: two passes over its texts.  The first only learns which confusions the scanner made;
 * the second corrects with what was learned.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "decode.h"
#include "prune.h"
#include "speck.h"
#include "statement.h"
#include "utf8.h"

#define CHUNK 32768	/* bytes of a text looked at together, up to white space */
#define TOKENS_KEPT (1 << 20)	/* of a statement, from the first pass to the second */
#define SURE (5 * MODEL_BIT)	/* odds of a change that the channel may learn from */

struct member {
	struct text *text;
	const char *id;		/* not owned */
	struct vocabulary *vocabulary;
};

/* The tokens of a chunk and their types, cut by the first pass and kept for the second. */
struct cut {
	struct tokens tokens;
	struct type **type;	/* NULL: not cut, or no longer kept */
};

struct statement {
	const struct settings *set;
	struct member *member;
	size_t n, cap;
	struct vocabulary **vocabulary;	/* one for each language */
	size_t nvocabularies, capvocabularies;
	struct cut *cut;
	size_t ncuts, capcuts, ntokens;
	size_t chunk;		/* the number of the one in hand */
	struct lattice lattice;
	struct decisions decisions;
	struct passage passage;
	size_t *line;
	size_t capline;
	struct range *keep;
	size_t capkeep;
	struct edits edits;
};

struct statement *
statement_open(const struct settings *set)
{
	struct statement *s = mem_alloc(sizeof(*s));

	memset(s, 0, sizeof(*s));
	s->set = set;
	return s;
}

void
statement_close(struct statement *s)
{
	lattice_free(&s->lattice);
	decisions_free(&s->decisions);
	edits_free(&s->edits);
	free(s->member);
	free(s->vocabulary);
	free(s->cut);
	free(s->line);
	free(s->keep);
	free(s);
}

void
statement_add(struct statement *s, struct text *t, const char *id, struct language *l)
{
	size_t i;

	if (l->lexicon == NULL)
		return;
	for (i = 0; i < s->nvocabularies; i++)
		if (vocabulary_language(s->vocabulary[i]) == l)
			break;
	if (i == s->nvocabularies) {
		s->vocabulary = mem_more(s->vocabulary, s->nvocabularies, &s->capvocabularies,
		    sizeof(*s->vocabulary));
		s->vocabulary[s->nvocabularies++] = vocabulary_open(l);
		channel_reset(l->channel);
	}
	s->member = mem_more(s->member, s->n, &s->cap, sizeof(*s->member));
	s->member[s->n++] = (struct member){t, id, s->vocabulary[i]};
}

/* Adds from..to to the n stretches to keep, which it may reach into; returns how many there are. */
static size_t
keep_add(struct statement *s, size_t n, size_t from, size_t to)
{
	struct range *last = n > 0 ? &s->keep[n - 1] : NULL;

	if (last != NULL && from <= last->to) {
		last->to = to > last->to ? to : last->to;
		return n;
	}
	s->keep = mem_more(s->keep, n, &s->capkeep, sizeof(*s->keep));
	s->keep[n] = (struct range){from, to};
	return n + 1;
}

/* Notes where the lines of t begin, and the stretches of it that another hand answers for. */
static void
survey(struct statement *s, const struct text *t, const char *lang)
{
	size_t i, nline = 0, nkeep = 0;

	for (i = 0; i < t->n; i++) {
		const struct note *n = &t->note[i];

		if (strcmp(n->kind, "lb") == 0) {
			s->line = mem_more(s->line, nline, &s->capline, sizeof(*s->line));
			s->line[nline++] = n->off;
		} else if (n->len > 0 && (strcmp(n->kind, "mark") == 0 ||
		    (strcmp(n->kind, "lang") == 0 && strcmp(n->type, lang) != 0))) {
			nkeep = keep_add(s, nkeep, n->off, n->off + n->len);
		}
	}
	s->passage.line = s->line;
	s->passage.nlines = nline;
	s->passage.keep = s->keep;
	s->passage.nkeep = nkeep;
}

/* The end of the chunk that begins at off: behind white space, or a character where there is none. */
static size_t
chunk_end(const struct text *t, size_t off)
{
	size_t end = off + CHUNK, at, len;
	uint32_t cp;

	if (end >= t->s.len)
		return t->s.len;
	while (end < t->s.len && ((unsigned char)t->s.data[end] & 0xC0) == 0x80)
		end++;
	for (at = end; at > off; at -= len) {
		len = utf8_back(t->s.data, at, &cp);
		if (uc_space(cp))
			return at;
	}
	return end;
}

static void
cut_free(struct cut *c)
{
	tokens_free(&c->tokens);
	free(c->type);
	c->type = NULL;
}

/* Cuts s[off..end), whose types are not known yet. */
static void
cut_make(struct cut *c, const struct elision *e, const char *s, size_t off, size_t end)
{
	size_t i;

	token_cut(e, s + off, end - off, &c->tokens);
	for (i = 0; i < c->tokens.n; i++)
		c->tokens.list[i].off += off;
	c->type = mem_alloc((c->tokens.n + 1) * sizeof(*c->type));
	memset(c->type, 0, c->tokens.n * sizeof(*c->type));
}

/* The chunk in hand, t[off..end), is the passage; what a pass before it cut is used again. */
static void
take_chunk(struct statement *s, const struct member *m, size_t off, size_t end)
{
	const char *t = m->text->s.data;
	struct cut *c;

	if (s->chunk == s->ncuts) {
		s->cut = mem_more(s->cut, s->ncuts, &s->capcuts, sizeof(*s->cut));
		s->cut[s->ncuts++] = (struct cut){0};
	}
	c = &s->cut[s->chunk];
	if (c->type == NULL)
		cut_make(c, vocabulary_language(m->vocabulary)->elision, t, off, end);
	s->passage.s = t;
	s->passage.tokens = c->tokens;
	s->passage.type = c->type;
}

/* On to the next chunk. */
static void
leave_chunk(struct statement *s)
{
	struct cut *c = &s->cut[s->chunk++];

	s->ntokens += c->tokens.n;
	if (s->ntokens > TOKENS_KEPT)
		cut_free(c);
}

/* Decodes t[off..end) into s->decisions; first: its words are counted. */
static void
decode_chunk(struct statement *s, const struct member *m, size_t off, size_t end, bool first)
{
	struct language *l = vocabulary_language(m->vocabulary);
	struct passage *p = &s->passage;

	take_chunk(s, m, off, end);
	lattice_build(&s->lattice, m->vocabulary, p, first);
	lattice_weigh(&s->lattice, l->channel);
	lattice_prune(&s->lattice, p->tokens.n, l->model);
	decode(&s->lattice, p->tokens.n, l->model, &s->decisions);
}

/* Whether the scanner's word may be no name: in lower case, or with capitals only where it erred. */
static bool
is_common(const struct arc *a)
{
	return a->type->shape == SHAPE_LOWER ||
	    word_shape(a->choice->form, a->choice->len) == SHAPE_LOWER;
}

/* Counts the rules behind the sure changes of words that are no names, each word once. */
static void
learn(const struct decisions *d, struct channel *c)
{
	size_t i, k;

	for (i = 0; i < d->n; i++) {
		const struct arc *a = d->list[i].arc;
		struct type *t = (struct type *)a->type;

		if (d->list[i].odds < SURE || t->reading.known || a->choice == NULL ||
		    !is_common(a))
			continue;
		t->times += !t->learned || t->taken == a->choice;
		if (t->learned)
			continue;
		t->learned = true;
		t->taken = a->choice;
		for (k = 0; k < a->choice->nedits; k++)
			channel_seen(c, a->choice->edit[k]);
	}
}

static void
study(struct statement *s, const struct member *m)
{
	struct language *l = vocabulary_language(m->vocabulary);
	size_t off, end;

	survey(s, m->text, l->tag);
	for (off = 0; off < m->text->s.len; off = end) {
		end = chunk_end(m->text, off);
		decode_chunk(s, m, off, end, true);
		learn(&s->decisions, l->channel);
		specks_study(&s->passage, l);
		leave_chunk(s);
	}
}

static void
correct(struct statement *s, const struct member *m)
{
	struct language *l = vocabulary_language(m->vocabulary);
	size_t off, end;

	survey(s, m->text, l->tag);
	edits_clear(&s->edits);
	if (s->set->explain)
		fprintf(stderr, "# %s\n", m->id);
	for (off = 0; off < m->text->s.len; off = end) {
		end = chunk_end(m->text, off);
		decode_chunk(s, m, off, end, false);
		edits_plan(&s->edits, &s->passage, &s->lattice, &s->decisions, m->vocabulary,
		    s->set);
		leave_chunk(s);
	}
	edits_make(&s->edits, m->text);
}

void
statement_correct(struct statement *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		study(s, &s->member[i]);
	for (i = 0; i < s->nvocabularies; i++)
		vocabulary_adapt(s->vocabulary[i]);
	s->chunk = 0;
	for (i = 0; i < s->n; i++)
		correct(s, &s->member[i]);
	for (i = 0; i < s->nvocabularies; i++)
		vocabulary_close(s->vocabulary[i]);
	for (i = 0; i < s->ncuts; i++)
		cut_free(&s->cut[i]);
	s->n = s->nvocabularies = s->ncuts = s->ntokens = s->chunk = 0;
}
