/*
 * langtag: the language of every block, statement and document, and of the foreign words inside
 * a block.  In: the tagged stream; out: the same with lang on D, S and B records, lang notes and
 * shares of languages.  In: plain text; out: language, posterior and line for each line that is
 * not empty.  It never changes a text and never calls a number or noise a language.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "langtag.h"
#include "msg.h"
#include "stage.h"

#define NAT 256		/* log-odds are in 1/256 of a nat */

static struct lang_model *model;
static uint64_t allowed = LANG_ALL;
static const char *list;	/* -l */
static bool whole, show_spans;	/* -a, -x */

/* A block on its way: its record and what its words say. */
struct block {
	size_t rec;
	struct lang_sum sum;
	int lang, post;
};

struct blocks {
	struct block *list;
	size_t n, cap;
};

/* ---- options ---- */

static bool
option(int letter, const char *arg)
{
	if (letter == 'l')
		list = arg;
	whole |= letter == 'a';
	show_spans |= letter == 'x';
	return true;
}

/* The languages of a list of tags between commas or spaces. */
static uint64_t
mask_of(const char *tags)
{
	uint64_t mask = 0;
	char name[32];
	size_t n;
	int l;

	for (; *tags != '\0'; tags += n + (tags[n] != '\0')) {
		n = strcspn(tags, ", ");
		if (n == 0 || n >= sizeof(name))
			continue;
		memcpy(name, tags, n);
		name[n] = '\0';
		l = lang_index(model, name);
		if (l != LANG_NONE)
			mask |= (uint64_t)1 << l;
		else if (strcmp(name, "sr") == 0)
			mask |= mask_of("sr-Latn,sr-Cyrl");
		else
			msg(MSG_WARNING, NULL, 0, "no such language in the model", "%s", name);
	}
	return mask;
}

static void
begin(const struct stage_options *o)
{
	(void)o;
	model = lang_open();
	if (model == NULL)
		msg_die("models/lang.bin: %s", strerror(errno));
	if (list != NULL)
		allowed = mask_of(list);
	if (allowed == 0)
		msg_die("-l %s names no language of the model", list);
}

/* ---- blocks ---- */

/* The logarithm of share out of whole, in 1/256 of a nat: 256 ln 2 = 177. */
static int32_t
log_share(uint64_t part, uint64_t of)
{
	int32_t bits = 0;

	for (; part > 0 && part * 2 <= of; part *= 2)
		bits++;
	return part == 0 ? 0 : -(bits * 177);
}

/* What the languages of a statement say of a block in it: nine tenths of their shares of words. */
static void
prior_of(const struct blocks *b, int32_t prior[LANG_MAX])
{
	uint64_t words[LANG_MAX] = {0}, all = 0;
	size_t i, l, n = lang_count(model);

	for (i = 0; i < b->n; i++) {
		if (b->list[i].lang == LANG_NONE || b->list[i].post < 50)
			continue;
		words[b->list[i].lang] += b->list[i].sum.words;
		all += b->list[i].sum.words;
	}
	for (l = 0; l < n; l++)
		prior[l] = log_share(9 * n * words[l] + all + 1, 10 * n * all + n);
}

static bool
has_words(const struct rec *r)
{
	static const char *const none[] = { "pb", "noise", "rule", "pagenum" };
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (strcmp(rec_kind(r), none[i]) == 0)
			return false;
	return true;
}

static void
note_spans(struct rec *r, const struct block *b, const int32_t *prior)
{
	struct spans spans = {0};
	size_t i;

	spans_find(model, r->text.s.data, r->text.s.len, b->lang, allowed, prior, &spans);
	for (i = 0; i < spans.n; i++)
		text_note(&r->text, spans.list[i].off, spans.list[i].len, "lang",
		    lang_tag(model, (size_t)spans.list[i].lang), "", spans.list[i].post, "langtag", "");
	free(spans.list);
}

static void
share_note(struct doc *d, size_t at, const uint64_t *words)
{
	struct buf v = {0};
	size_t l, n = lang_count(model);

	for (l = 0; l < n; l++) {
		if (words[l] == 0)
			continue;
		buf_clear(&v);
		buf_addf(&v, "%s %llu", lang_tag(model, l), (unsigned long long)words[l]);
		doc_insert(d, at++, 'M', "langshare", buf_str(&v), "", "langtag", NULL);
	}
	buf_free(&v);
}

/* The tag of a text of which each language has so many words; "" where there are none. */
static const char *
tag_of(const uint64_t *words)
{
	uint64_t all = 0;
	size_t l, best = 0, n = lang_count(model);

	for (l = 0; l < n; l++) {
		all += words[l];
		if (words[l] > words[best])
			best = l;
	}
	if (all == 0)
		return "";
	return words[best] * 10 >= all * 9 ? lang_tag(model, best) : "mul";
}

/* Decides the blocks of a statement; adds their words by language to words. */
static void
decide(struct doc *d, struct blocks *b, uint64_t words[LANG_MAX])
{
	int32_t prior[LANG_MAX];
	uint32_t p[LANG_MAX];
	struct block *bl;
	size_t i;

	for (i = 0; i < b->n; i++)
		b->list[i].lang = lang_best(model, &b->list[i].sum, allowed, &b->list[i].post);
	prior_of(b, prior);
	for (i = 0; i < b->n; i++) {
		bl = &b->list[i];
		bl->lang = lang_posteriors(model, &bl->sum, allowed, prior, p);
		if (bl->lang == LANG_NONE)
			continue;
		bl->post = (int)(p[bl->lang] * 100 / 65536);
		words[bl->lang] += bl->sum.words;
		rec_set(&d->rec[bl->rec], "lang", lang_tag(model, (size_t)bl->lang));
		note_spans(&d->rec[bl->rec], bl, prior);
	}
	b->n = 0;
}

/* Tags the statement whose S is at index s (0: what stands before any) and ends before index to. */
static void
statement(struct doc *d, size_t s, size_t to, uint64_t words[LANG_MAX])
{
	struct blocks b = {0};
	struct block *bl;
	size_t i, l;
	uint64_t own[LANG_MAX] = {0};

	for (i = s; i < to; i++) {
		if ((d->rec[i].tag != 'B' && d->rec[i].tag != 'T') || !has_words(&d->rec[i]))
			continue;
		b.list = mem_more(b.list, b.n, &b.cap, sizeof(*b.list));
		bl = &b.list[b.n++];
		memset(bl, 0, sizeof(*bl));
		bl->rec = i;
		lang_add(model, d->rec[i].text.s.data, d->rec[i].text.s.len, &bl->sum);
	}
	decide(d, &b, own);
	if (d->rec[s].tag == 'S' && *tag_of(own) != '\0')
		rec_set(&d->rec[s], "lang", tag_of(own));
	for (l = 0; l < LANG_MAX; l++)
		words[l] += own[l];
	free(b.list);
}

static void
document(struct doc *d, const struct stage_options *o)
{
	uint64_t words[LANG_MAX] = {0};
	size_t i, from = 0;

	(void)o;
	if (!d->tagged)
		return;
	for (i = 1; i <= d->n; i++) {
		if (i < d->n && d->rec[i].tag != 'S')
			continue;
		statement(d, from, i, words);
		from = i;
	}
	if (*tag_of(words) != '\0')
		rec_set(&d->rec[0], "lang", tag_of(words));
	share_note(d, d->n, words);
}

/* ---- plain text ---- */

static void
print_line(struct out *out, const struct rec *r)
{
	struct lang_sum sum = {0};
	struct buf b = {0};
	int post, l;

	if (r->text.s.len == 0)
		return;
	lang_add(model, r->text.s.data, r->text.s.len, &sum);
	l = lang_best(model, &sum, allowed, &post);
	buf_addf(&b, "%s\t%d.%02d\t", l == LANG_NONE ? "zxx" : lang_tag(model, (size_t)l),
	    l == LANG_NONE ? 1 : post / 100, l == LANG_NONE ? 0 : post % 100);
	out_add(out, b.data, b.len);
	out_add(out, r->text.s.data, r->text.s.len);
	out_addc(out, '\n');
	buf_free(&b);
}

static void
print(struct out *out, struct doc *d)
{
	size_t i;

	for (i = 0; i < d->n; i++)
		if (d->rec[i].tag == 'T')
			print_line(out, &d->rec[i]);
}

int
main(int argc, char **argv)
{
	static const struct stage stage = {
		.name = "langtag",
		.synopsis = "[-adhTtVvx] [-c conf] [-l tag,...] [file ...]",
		.letters = "al:x",
		.option = option,
		.begin = begin,
		.document = document,
		.print = print,
	};

	return stage_run(&stage, argc, argv);
}
