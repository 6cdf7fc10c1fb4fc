/*
 * langtag: the language of every block, statement and document, and of the foreign words inside
 * a block.  In: the tagged stream; out: the same with lang on D, S and B records, lang notes and
 * shares of languages.  In: plain text; out: language, posterior and line for each line that is
 * not empty.  It never changes a text and never calls a number or noise a language.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "langtag.h"
#include "msg.h"
#include "stage.h"
#include "table.h"

static struct ask ask; /* without what the statement says */
static const char *list; /* -l */
static bool explain; /* -d */
static bool whole, show_spans; /* -a, -x */

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

/* The logarithm of part out of whole, to a half, in 1/256 of a nat. */
static int32_t
log_share(uint64_t part, uint64_t of)
{
	int32_t halves = 0;

	for (; part > 0 && part * 10 <= of * 7; part += part * 2 / 5 + 1)
		halves++;
	return -(halves * 87); /* 256 ln 1.4 = 86.1 */
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
		l = lang_index(ask.model, name);
		if (l != LANG_NONE)
			mask |= (uint64_t)1 << l;
		else if (strcmp(name, "sr") == 0)
			mask |= mask_of("sr-Latn,sr-Cyrl");
		else
			msg(MSG_WARNING, NULL, 0, "no such language in the model", "%s", name);
	}
	return mask;
}

/* Takes "tag weight tag weight ...": a language of weight 4 is four times as likely as others. */
static void
take_priors(const char *s)
{
	char tag[16];
	unsigned weight;
	int used, l;

	for (; sscanf(s, " %15[^ ,] %u%n", tag, &weight, &used) == 2;
	     s += used + (s[used] == ',')) {
		l = lang_index(ask.model, tag);
		if (l == LANG_NONE || weight == 0 || weight > 1000)
			msg(MSG_WARNING, NULL, 0, "no such language, or not a weight", "%s %u", tag,
			    weight);
		else
			ask.prior[l] = -log_share(1, weight);
	}
}

/* A setting of [langtag]: languages, prior (tag, weight, ...) and what undecided sh is called. */
static void
take_setting(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	if (n < 2)
		return;
	if (strcmp(field[0], "languages") == 0 && list == NULL)
		ask.allowed = mask_of(field[1]);
	else if (strcmp(field[0], "prior") == 0)
		take_priors(field[1]);
	else if (strcmp(field[0], "undecided") == 0 && !choose_sh(ask.model, field[1]))
		msg(MSG_WARNING, file, line, "not sh, bs, hr or sr-Latn", "%s", field[1]);
}

/* Bosnian, Croatian and Serbian together are as likely at first as any other language. */
static void
share_prior(void)
{
	uint64_t left = ask.sisters & ask.allowed;
	uint64_t sisters = 0;
	size_t l;

	for (l = 0; l < lang_count(ask.model); l++)
		sisters += left >> l & 1;
	for (l = 0; l < lang_count(ask.model); l++)
		if (left >> l & 1)
			ask.prior[l] += log_share(1, sisters);
}

static void
begin(const struct stage_options *o)
{
	ask.model = lang_open();
	if (ask.model == NULL)
		msg_die("models/lang.bin: %s", strerror(errno));
	ask.allowed = LANG_ALL;
	ask.sisters = choose_sisters(ask.model);
	explain = o->explain;
	gazetteer_read(ask.model);
	if (o->conf != NULL && conf_read(o->conf, "langtag", take_setting, NULL) != 0)
		msg_die("%s: %s", o->conf, strerror(errno));
	if (list != NULL)
		ask.allowed = mask_of(list);
	share_prior();
	if (ask.allowed == 0)
		msg_die("no language of the model is left to choose from");
}

/* ---- blocks ---- */

/* What the languages of a statement say of a block in it: nine tenths of their shares of words. */
static void
prior_of(const struct blocks *b, struct ask *a)
{
	uint64_t words[LANG_MAX] = {0}, all = 0;
	size_t i, l, n = lang_count(ask.model);

	for (i = 0; i < b->n; i++) {
		if (b->list[i].lang == LANG_NONE || b->list[i].lang == LANG_SH ||
		    b->list[i].post < 70)
			continue;
		words[b->list[i].lang] += b->list[i].sum.words;
		all += b->list[i].sum.words;
	}
	*a = ask;
	for (l = 0; l < n; l++)
		a->prior[l] += log_share(9 * n * words[l] + all + 1, 10 * n * all + n);
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

/* Whether the words of s[0..n), in the language home, need the search for spans. */
static bool
is_mixed(const struct ask *a, const char *s, size_t n, int home)
{
	struct lang_sum sum = {0};

	return lead_look(a, s, n, home, &sum);
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

	if (b->guess == seems ? b->mixed : is_mixed(a, s, n, seems))
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
share_note(struct doc *d, size_t at, const uint64_t *words)
{
	struct buf v = {0};
	size_t l;

	for (l = 0; l < LANG_MAX; l++) {
		if (words[l] == 0)
			continue;
		buf_clear(&v);
		buf_addf(&v, "%s %llu", choose_tag(&ask, (int)l), (unsigned long long)words[l]);
		doc_insert(d, at++, 'M', "langshare", buf_str(&v), "", "langtag", NULL);
	}
	buf_free(&v);
}

/* The tag of a text of which each language has so many words; "" where there are none. */
static const char *
tag_of(const uint64_t *words)
{
	uint64_t all = 0;
	size_t l, best = 0;

	for (l = 0; l < LANG_MAX; l++) {
		all += words[l];
		if (words[l] > words[best])
			best = l;
	}
	if (all == 0)
		return "";
	return words[best] * 10 >= all * 9 ? choose_tag(&ask, (int)best) : "mul";
}

/* Says on standard error what a block was taken for. */
static void
explain_block(const struct rec *r, const struct block *b)
{
	fprintf(stderr, "langtag: block %s: %s %d.%02d, %llu words\n",
	    rec_get(r, "id") != NULL ? rec_get(r, "id") : "", choose_tag(&ask, b->lang),
	    b->post / 100, b->post % 100, (unsigned long long)b->sum.words);
}

/* Decides a block, knowing the statement's languages; adds its words to words. */
static void
decide_block(struct rec *r, struct block *b, const struct ask *a, uint64_t words[LANG_MAX])
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
	if (explain)
		explain_block(r, b);
}

/* Takes the words of a block, whose language guess may be; returns what it seems in by itself. */
static int
look(const struct rec *r, struct block *b, int guess)
{
	const char *s = r->text.s.data;
	size_t n = r->text.s.len;

	b->guess = guess;
	b->mixed = lead_look(&ask, s, n, guess, &b->sum);
	b->lang = choose(&ask, &b->sum, &b->post);
	return choose_index(&ask, b->lang);
}

/* Decides the blocks of a statement; adds their words by language to words. */
static void
decide(struct doc *d, struct blocks *b, uint64_t words[LANG_MAX])
{
	struct ask a;
	size_t i;

	prior_of(b, &a);
	for (i = 0; i < b->n; i++)
		decide_block(&d->rec[b->list[i].rec], &b->list[i], &a, words);
}

/* Tags the statement whose S is at index s (0: what stands before any) and ends before index to. */
static void
statement(struct doc *d, size_t s, size_t to, uint64_t words[LANG_MAX])
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
		guess = look(&d->rec[i], bl, guess);
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
print_row(struct out *out, const char *tag, int post, const char *s, size_t n)
{
	struct buf b = {0};

	buf_addf(&b, "%s\t%d.%02d\t", tag, post / 100, post % 100);
	buf_add(&b, s, n);
	buf_addc(&b, '\n');
	out_add(out, b.data, b.len);
	buf_free(&b);
}

/* Prints the spans of a line that begins at byte at of the input. */
static void
print_spans(struct out *out, const struct rec *r, int home, size_t at)
{
	struct spans spans = {0};
	struct buf b = {0};
	const char *s = r->text.s.data;
	size_t i, n = r->text.s.len;

	home = choose_index(&ask, home);
	if (is_mixed(&ask, s, n, home))
		spans_find(&ask, s, n, home, &spans);
	for (i = 0; i < spans.n; i++)
		buf_addf(&b, "%zu\t%zu\t%s\n", at + spans.list[i].off, spans.list[i].len,
		    choose_tag(&ask, spans.list[i].lang));
	out_add(out, buf_str(&b), b.len);
	buf_free(&b);
	free(spans.list);
}

/* Takes a line by itself: its words to words, and what is asked of it to out. */
static void
do_line(struct out *out, const struct rec *r, size_t at, uint64_t words[LANG_MAX])
{
	const char *s = r->text.s.data, *script;
	size_t n = r->text.s.len;
	struct lang_sum sum = {0};
	int post = 100, l;

	if (n == 0)
		return;
	address_sum(ask.model, s, n, &sum);
	l = choose(&ask, &sum, &post);
	script = sum.words > 0 ? choose_script(s, n) : "zxx";
	if (script == NULL)
		words[l] += sum.words;
	if (show_spans && script == NULL)
		print_spans(out, r, l, at);
	else if (!whole && !show_spans)
		print_row(out, script != NULL ? script : choose_tag(&ask, l),
		    script != NULL ? 100 : post, s, n);
}

/* One line for the whole text: its tag, then every language and its share of the words. */
static void
print_shares(struct out *out, const uint64_t *words)
{
	struct buf b = {0};
	uint64_t all = 0, hundredths;
	size_t l;

	for (l = 0; l < LANG_MAX; l++)
		all += words[l];
	buf_adds(&b, all == 0 ? "zxx" : tag_of(words));
	for (l = 0; l < LANG_MAX; l++) {
		if (words[l] == 0)
			continue;
		hundredths = words[l] * 100 / all;
		buf_addf(&b, "\t%s %llu.%02llu", choose_tag(&ask, (int)l),
		    (unsigned long long)hundredths / 100, (unsigned long long)hundredths % 100);
	}
	buf_addc(&b, '\n');
	out_add(out, b.data, b.len);
	buf_free(&b);
}

static void
print(struct out *out, struct doc *d)
{
	uint64_t words[LANG_MAX] = {0};
	size_t i, at = 0;

	for (i = 0; i < d->n; i++) {
		if (d->rec[i].tag != 'T')
			continue;
		do_line(out, &d->rec[i], at, words);
		at += d->rec[i].text.s.len + 1;
	}
	if (whole)
		print_shares(out, words);
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
