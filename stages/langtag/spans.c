/*
 * spans: the foreign words inside a block.  Each word is in one of the languages allowed; the
 * best path through them (Viterbi) pays for leaving the block's own language and less for coming
 * back, both less where the text shows a seam: ends of sentences, quotes, brackets, dashes, wide
 * gaps.  A name or a broken word weighs little.  A run of words off the block's own language is a
 * span when it is long and sure enough.
 * The costs were tuned on corpus/spans/tune.tsv (bench/eval-langtag.sh).
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "langtag.h"

#define CHUNK 8192 /* words decided at once, whole batches: bounds the memory of a huge block */
#define LEAVE (14 * NAT / 3) /* cost of a change to another language */
#define LEAVE_SEAM (4 * NAT)
#define RETURN (2 * NAT)
#define RETURN_SEAM (NAT / 2)
#define JOINED (4 * NAT) /* more, between what a hyphen or an apostrophe joins */
#define MOST (WORD_MOST * NAT)
#define FEW 4 /* fewer words leave a text the language it seems in */
#define BARRED (1 << 26) /* against a language that is not allowed */
#define SURE (7 * NAT) /* what a span has to have over the block's language */

/* Where a change of language may be: in running text, at a seam, inside of what is written as one. */
enum gap {
	RUNNING,
	SEAM,
	JOINT,
	GAPS
};

/* A word on the path. */
struct step {
	size_t off, len;
	int8_t moved[LANG_MAX]; /* the best way to each language comes from best, not from itself */
	int best; /* the best language before it */
	int lang;
	int known; /* language by the gazetteer, or GAZ_NONE */
	bool faint; /* faint.c */
	bool quoted; /* between quotes or brackets */
	int16_t ahead[LANG_MAX]; /* each language's odds against the word's best one */
};

struct path {
	const struct ask *ask;
	const char *s;
	size_t n;
	int home;
	struct step *step;
	size_t steps;
	size_t nlang;
	int32_t value[LANG_MAX]; /* of the best way to each language */
	int32_t cost[GAPS][LANG_MAX]; /* of a change to it */
	int32_t barred[LANG_MAX]; /* BARRED for languages not allowed */
	struct faint faint;
	bool quoted;
	size_t known_end; /* of the gazetteer's phrase the path is in */
	int known;
	struct chunk chunk;
};

/* What the gap s[0..n) before a word is. */
static enum gap
gap_of(const char *s, size_t n)
{
	size_t i;

	if (n == 0 || (n == 1 && *s == '-'))
		return JOINT;
	for (i = 0; i < n; i++)
		if (memchr("\"()[]{}<>:;|/,.!?", s[i], 17) != NULL || (unsigned char)s[i] >= 0x80 ||
		    (i > 0 && s[i] == ' ' && s[i - 1] == ' '))
			return SEAM;
	return RUNNING;
}

/* Whether the word behind the gap s[0..n) is between quotes or brackets; was: the one before it. */
static bool
gap_quoted(const char *s, size_t n, bool was)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '(' || s[i] == ')')
			was = s[i] == '(';
		else if (s[i] == '"')
			was = !was;
		else if ((i + 1 < n && (memcmp(s + i, "\xC2\xAB", 2) == 0 ||
					   memcmp(s + i, "\xC2\xBB", 2) == 0)) ||
			 (i + 2 < n && memcmp(s + i, "\xE2\x80", 2) == 0 &&
			     (unsigned char)s[i + 2] >= 0x9C && (unsigned char)s[i + 2] <= 0x9F))
			was = !was;
	}
	return was;
}

/*
 * What the word says of each language, at most MOST against any; faint words say half of it.  The
 * loops here and in path_extend run to LANG_MAX so that the compiler makes vectors of them;
 * languages not allowed have a value nothing overcomes.
 */
static void
step_odds(struct path *p, struct step *st, const struct lang_word *w)
{
	int32_t worth = lang_worth(p->ask->model, w->feats);
	int32_t most = INT32_MIN / 2, odds[LANG_MAX];
	size_t l;

	if (st->known != GAZ_NONE) {
		for (l = 0; l < LANG_MAX; l++)
			st->ahead[l] = st->known == GAZ_NEUTRAL || (int)l == st->known ? 0 : -MOST;
		return;
	}
	for (l = 0; l < LANG_MAX; l++) {
		odds[l] = (w->score[l] * worth >> 8) - p->barred[l];
		most = odds[l] > most ? odds[l] : most;
	}
	for (l = 0; l < LANG_MAX; l++) {
		odds[l] -= most;
		odds[l] = odds[l] < -MOST ? -MOST : odds[l];
		st->ahead[l] = (int16_t)(st->faint ? odds[l] / 2 : odds[l]);
	}
}

static int
best_of(const struct path *p)
{
	size_t l;
	int best = p->home;

	for (l = 0; l < LANG_MAX; l++)
		if (best == LANG_NONE || p->value[l] > p->value[best])
			best = (int)l;
	return best;
}

/* Extends every way by a word behind such a gap. */
static void
path_extend(struct path *p, struct step *st, enum gap gap)
{
	const int32_t *cost = p->cost[gap];
	int32_t top, from, stay;
	size_t l;

	st->best = best_of(p);
	top = p->value[st->best];
	for (l = 0; l < LANG_MAX; l++) {
		from = top - cost[l];
		stay = p->value[l];
		st->moved[l] = stay < from;
		p->value[l] = (stay < from ? from : stay) + st->ahead[l];
	}
}

/* Walks the best way back and writes each word's language. */
static void
path_back(struct path *p)
{
	int l = best_of(p);
	size_t i;

	for (i = p->steps; i > 0; i--) {
		p->step[i - 1].lang = l;
		if (p->step[i - 1].moved[l])
			l = p->step[i - 1].best;
	}
}

/* Which of Bosnian, Croatian and Serbian the words from..to are in, LANG_SH if undecided. */
static int
span_sister(const struct path *p, size_t from, size_t to, int lang)
{
	struct lang_sum sum = {0};
	size_t i;
	int sister, post;

	for (i = from; i < to; i++)
		lang_add(p->ask->model, p->s + p->step[i].off, p->step[i].len, &sum);
	sister = choose(p->ask, &sum, &post);
	return sister == LANG_SH ? sister : lang;
}

/* Adds the run of words from..to, if it is enough to be a span. */
static void
span_add(struct path *p, size_t from, size_t to, struct spans *spans)
{
	const struct step *first = &p->step[from], *last = &p->step[to - 1];
	struct span sp = {.off = first->off, .lang = first->lang};
	size_t i, plain = 0, known = 0;
	int64_t lead = 0;
	int ahead;

	for (i = from; i < to; i++) {
		ahead = p->step[i].ahead[first->lang] - p->step[i].ahead[p->home];
		plain += !p->step[i].faint && ahead > 0;
		known += p->step[i].known >= 0;
		lead += ahead;
	}
	if (known == 0 && (to - from < 2 || plain == 0 || lead < SURE))
		return;
	sp.len = last->off + last->len - first->off;
	if (known == 0 && p->ask->sisters >> sp.lang & 1)
		sp.lang = span_sister(p, from, to, sp.lang);
	sp.post = lead > 9 * NAT ? 99 : lead > 8 * NAT ? 97 : 95;
	spans->list = mem_more(spans->list, spans->n, &spans->cap, sizeof(*spans->list));
	spans->list[spans->n++] = sp;
}

/* Adds the spans of a chunk of words. */
static void
path_spans(struct path *p, struct spans *spans)
{
	size_t i, from = 0;

	if (p->steps == 0)
		return;
	path_back(p);
	for (i = 1; i <= p->steps; i++) {
		if (i < p->steps && p->step[i].lang == p->step[from].lang)
			continue;
		if (p->step[from].lang != p->home)
			span_add(p, from, i, spans);
		from = i;
	}
}

/* Whether a word tells of the language of the text it stands in: no name, and not quoted. */
static bool
step_tells(const struct step *st)
{
	return !st->faint && !st->quoted && st->known != GAZ_NEUTRAL;
}

/*
 * The language of the first word that tells; where the first three of the text do, that of the
 * second and third, if they agree.
 */
static int
path_first(const struct path *p)
{
	const struct step *st = p->step;
	size_t i = 0;

	if (p->steps > 2 && step_tells(&st[0]) && step_tells(&st[1]) && step_tells(&st[2]) &&
	    st[1].lang == st[2].lang)
		return st[1].lang;
	while (i < p->steps && !step_tells(&st[i]))
		i++;
	return st[i < p->steps ? i : 0].lang;
}

/*
 * The language a text is in as the path has it: that of the first words, if a quarter of all are
 * in it; otherwise that of most.  Words that do not tell count a quarter.
 */
static int
path_home(const struct path *p)
{
	size_t words[LANG_MAX] = {0}, i, all = 0, weight;
	int best = path_first(p);

	for (i = 0; i < p->steps; i++) {
		weight = step_tells(&p->step[i]) ? 4 : 1;
		words[p->step[i].lang] += weight;
		all += weight;
	}
	if (words[best] * 4 >= all)
		return best;
	for (i = 0; i < p->steps; i++)
		if (words[p->step[i].lang] > words[best])
			best = p->step[i].lang;
	return best;
}

/* Takes the next word on the path. */
static void
path_word(struct path *p, const struct lang_word *w)
{
	struct step *st = &p->step[p->steps++];
	size_t end = p->faint.end;

	if (w->off >= p->known_end)
		p->known = gazetteer_find(p->s, p->n, w, &p->known_end);
	st->off = w->off;
	st->len = w->len;
	st->known = address_is(&p->chunk, p->s, p->n, w) ? GAZ_NEUTRAL : p->known;
	st->faint = faint_is(&p->faint, w);
	st->quoted = p->quoted = gap_quoted(p->s + end, w->off - end, p->quoted);
	step_odds(p, st, w);
	path_extend(p, st, gap_of(p->s + end, w->off - end));
}

/* Whether the best way is not all in the language home. */
static bool
path_mixed(struct path *p, int home)
{
	size_t i;

	path_back(p);
	for (i = 0; i < p->steps; i++)
		if (p->step[i].lang != home)
			return true;
	return false;
}

/* Sets what the ways are worth before the first word, and what changes cost. */
static void
path_begin(struct path *p)
{
	int32_t running = LEAVE, seam = LEAVE_SEAM, prior;
	size_t l;

	if (p->home == LANG_NONE) {
		running = (LEAVE + RETURN) / 2;
		seam = (LEAVE_SEAM + RETURN_SEAM) / 2;
	}
	for (l = 0; l < LANG_MAX; l++) {
		prior = p->ask->prior[l];
		p->barred[l] = l < p->nlang && p->ask->allowed >> l & 1 ? 0 : BARRED;
		p->cost[RUNNING][l] = running - prior / 3 + p->barred[l];
		p->cost[SEAM][l] = seam - prior / 3 + p->barred[l];
		p->value[l] =
		    (p->home == LANG_NONE ? prior : prior / 3 - LEAVE_SEAM) - p->barred[l];
	}
	if (p->home != LANG_NONE) {
		p->cost[RUNNING][p->home] = RETURN;
		p->cost[SEAM][p->home] = RETURN_SEAM;
		p->value[p->home] = 0;
	}
	for (l = 0; l < LANG_MAX; l++)
		p->cost[JOINT][l] = p->cost[RUNNING][l] + JOINED;
}

/* Takes up to CHUNK words from byte *at on; returns whether there may be more. */
static bool
path_run(struct path *p, size_t *at)
{
	struct lang_word word[LANG_BATCH];
	size_t i, count;

	p->steps = 0;
	p->known_end = 0;
	p->quoted = false;
	p->chunk = (struct chunk){0};
	path_begin(p);
	while (p->steps < CHUNK) {
		count = lang_words(p->ask->model, p->s, p->n, at, word);
		for (i = 0; i < count; i++)
			path_word(p, &word[i]);
		if (count < LANG_BATCH)
			return false;
	}
	return true;
}

int
spans_find(const struct ask *a, const char *s, size_t n, int home, struct spans *spans)
{
	struct path p = {
	    .ask = a, .s = s, .n = n, .home = LANG_NONE, .nlang = lang_count(a->model)};
	size_t at = 0;
	bool more, mixed;

	p.step = mem_alloc((n / 2 < CHUNK ? n / 2 + 1 : CHUNK) * sizeof(*p.step));
	faint_begin(&p.faint, s, n);
	more = path_run(&p, &at);
	mixed = more || path_mixed(&p, home);
	p.home = mixed && !more && p.steps >= FEW ? path_home(&p) : home;
	if (mixed) {
		at = 0;
		faint_rewind(&p.faint);
		do {
			more = path_run(&p, &at);
			path_spans(&p, spans);
		} while (more);
	}
	free(p.step);
	return p.home;
}
