/*
 * statement: the blocks of a tagged document.  A statement's blocks are looked at one by one first;
 * then its languages tell what each block is likely in, and the spans inside it are found.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "langtag.h"

/* A block on its way: its record and what its words say. */
struct block {
	size_t rec;
	struct lang_sum sum;
	int lang, post;
	int guess; /* the language it was taken for at first, or LANG_NONE */
	bool mixed; /* lead_look's answer to the guess */
};

struct blocks {
	struct block *list;
	size_t n, cap;
};

/*
 * What is asked of a block in a statement: its languages are as likely at first as their shares of
 * words, by nine tenths.
 */
static struct ask
ask_within(const struct ask *ask, const struct blocks *b)
{
	struct ask a = *ask;
	uint64_t words[LANG_MAX] = {0}, all = 0;
	size_t i, l, n = lang_count(a.model);

	for (i = 0; i < b->n; i++) {
		if (b->list[i].lang == LANG_NONE || b->list[i].lang == LANG_SH ||
		    b->list[i].post < 70)
			continue;
		words[b->list[i].lang] += b->list[i].sum.words;
		all += b->list[i].sum.words;
	}
	for (l = 0; l < n; l++)
		a.prior[l] += choose_log_share(9 * n * words[l] + all + 1, 10 * n * all + n);
	return a;
}

static bool
has_words(const struct rec *r)
{
	static const char *const none[] = {"pb", "noise", "rule", "pagenum"};
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (strcmp(rec_kind(r), none[i]) == 0)
			return false;
	return true;
}

/*
 * Notes the spans of a block, whose language may turn out to be that of most of its words, and
 * counts the words of all languages in it.
 */
static void
note_spans(struct rec *r, struct block *b, const struct ask *a, uint64_t words[LANG_MAX])
{
	struct lang_sum sum;
	struct spans spans = {0};
	const struct span *sp;
	const char *s = r->text.s.data;
	size_t i, n = r->text.s.len;
	int seems = choose_index(a, b->lang), home = seems;

	if (b->guess == seems ? b->mixed : lead_any(a, s, n, seems))
		home = spans_find(a, s, n, seems, &spans);
	if (home != seems)
		b->lang = home;
	for (i = 0; i < spans.n; i++) {
		sp = &spans.list[i];
		text_note(&r->text, sp->off, sp->len, "lang", choose_tag(a, sp->lang), "", sp->post,
		    "langtag", "");
		sum = (struct lang_sum){0};
		address_sum(a->model, s + sp->off, sp->len, &sum);
		words[sp->lang] += sum.words;
		words[b->lang] -= sum.words;
	}
	words[b->lang] += b->sum.words;
	free(spans.list);
}

static void
share_note(const struct ask *a, struct doc *d, size_t at, const uint64_t *words)
{
	struct buf v = {0};
	size_t l;

	for (l = 0; l < LANG_MAX; l++) {
		if (words[l] == 0)
			continue;
		buf_clear(&v);
		buf_addf(&v, "%s %llu", choose_tag(a, (int)l), (unsigned long long)words[l]);
		doc_insert(d, at++, 'M', "langshare", buf_str(&v), "", "langtag", NULL);
	}
	buf_free(&v);
}

/* Says on standard error what a block was taken for. */
static void
explain_block(const struct ask *a, const struct rec *r, const struct block *b)
{
	fprintf(stderr, "langtag: block %s: %s %d.%02d, %llu words\n",
	    rec_get(r, "id") != NULL ? rec_get(r, "id") : "", choose_tag(a, b->lang), b->post / 100,
	    b->post % 100, (unsigned long long)b->sum.words);
}

/* Decides a block, knowing the statement's languages; adds its words to words. */
static void
decide_block(const struct ask *a, struct rec *r, struct block *b, uint64_t words[LANG_MAX])
{
	const char *script = choose_script(r->text.s.data, r->text.s.len);

	if (script != NULL) {
		rec_set(r, "lang", script);
		return;
	}
	b->lang = choose(a, &b->sum, &b->post);
	if (b->lang == LANG_NONE)
		return;
	note_spans(r, b, a, words);
	rec_set(r, "lang", choose_tag(a, b->lang));
	if (a->explain)
		explain_block(a, r, b);
}

/* Takes the words of a block, whose language guess may be; returns what it seems in by itself. */
static int
look(const struct ask *a, const struct rec *r, struct block *b, int guess)
{
	const char *s = r->text.s.data;
	size_t n = r->text.s.len;

	b->guess = guess;
	b->mixed = lead_look(a, s, n, guess, &b->sum);
	b->lang = choose(a, &b->sum, &b->post);
	return choose_index(a, b->lang);
}

/* Decides the blocks of a statement; adds their words by language to words. */
static void
decide(const struct ask *ask, struct doc *d, struct blocks *b, uint64_t words[LANG_MAX])
{
	struct ask a = ask_within(ask, b);
	size_t i;

	for (i = 0; i < b->n; i++)
		decide_block(&a, &d->rec[b->list[i].rec], &b->list[i], words);
}

/* Tags the statement whose S is at index s (0: what stands before any) and ends before index to. */
static void
statement(const struct ask *a, struct doc *d, size_t s, size_t to, uint64_t words[LANG_MAX])
{
	struct blocks b = {0};
	struct block *bl;
	size_t i, l;
	uint64_t own[LANG_MAX] = {0};
	int guess = LANG_NONE;

	for (i = s; i < to; i++) {
		if ((d->rec[i].tag != 'B' && d->rec[i].tag != 'T') || !has_words(&d->rec[i]))
			continue;
		b.list = mem_more(b.list, b.n, &b.cap, sizeof(*b.list));
		bl = &b.list[b.n++];
		memset(bl, 0, sizeof(*bl));
		bl->rec = i;
		guess = look(a, &d->rec[i], bl, guess);
	}
	decide(a, d, &b, own);
	if (d->rec[s].tag == 'S' && *choose_whole(a, own) != '\0')
		rec_set(&d->rec[s], "lang", choose_whole(a, own));
	for (l = 0; l < LANG_MAX; l++)
		words[l] += own[l];
	free(b.list);
}

void
statement_document(const struct ask *a, struct doc *d)
{
	uint64_t words[LANG_MAX] = {0};
	size_t i, from = 0;

	for (i = 1; i <= d->n; i++) {
		if (i < d->n && d->rec[i].tag != 'S')
			continue;
		statement(a, d, from, i, words);
		from = i;
	}
	if (*choose_whole(a, words) != '\0')
		rec_set(&d->rec[0], "lang", choose_whole(a, words));
	share_note(a, d, d->n, words);
}
