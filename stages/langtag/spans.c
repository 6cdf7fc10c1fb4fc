/*
 * spans: the foreign words inside a block.  Each word is in one of the languages allowed; the
 * best path through them (Viterbi) pays for every change of language, less where the text shows
 * a seam: quotes, brackets, dashes, wide gaps.  A run of words off the block's own language is a
 * span when it is long and sure enough.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "langtag.h"
#include "utf8.h"

#define CHUNK 8192	/* words decided at once: bounds the memory of a huge block */

/* A word on the path. */
struct step {
	size_t off, len;
	uint64_t stay;		/* bit l: the best way to l comes from l, not from best */
	int best;		/* the best language before it */
	bool name;		/* begins with a capital, not at the start of a sentence */
	int lang;
};

struct path {
	struct step *step;
	size_t n;
	int32_t value[LANG_MAX];	/* of the best way to each language, in the model's units */
	size_t nlang;
	uint64_t allowed;
};

/* What a change of language costs before a word, seen from the bytes in the gap, in weights. */
static int32_t
change_cost(const char *gap, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strchr("\"()[]{}<>:;|/", gap[i]) != NULL || (unsigned char)gap[i] >= 0x80 ||
		    (i > 1 && gap[i] == ' ' && gap[i - 1] == ' '))
			return 250;
	return 400;
}

static int
best_of(const struct path *p)
{
	size_t l;
	int best = LANG_NONE;

	for (l = 0; l < p->nlang; l++)
		if (p->allowed >> l & 1 && (best == LANG_NONE || p->value[l] > p->value[best]))
			best = (int)l;
	return best;
}

/* Extends every way by the word w. */
static void
path_step(struct path *p, const struct lang_word *w, int32_t change, int weight)
{
	struct step *st = &p->step[p->n++];
	int32_t from;
	size_t l;

	st->off = w->off;
	st->len = w->len;
	st->best = best_of(p);
	st->stay = 0;
	from = p->value[st->best] - change;
	for (l = 0; l < p->nlang; l++) {
		if (p->value[l] >= from)
			st->stay |= (uint64_t)1 << l;
		else
			p->value[l] = from;
		p->value[l] += w->score[l] * weight / 4;
	}
}

/* Walks the best way back and writes each word's language. */
static void
path_back(struct path *p)
{
	int l = best_of(p);
	size_t i;

	for (i = p->n; i > 0; i--) {
		p->step[i - 1].lang = l;
		if (!(p->step[i - 1].stay >> l & 1))
			l = p->step[i - 1].best;
	}
}

static bool
begins_upper(const char *s, size_t n)
{
	uint32_t cp;

	return utf8_get(s, n, &cp) > 0 && uc_upper(cp);
}

/* Adds the run of words from..to, if it is enough to be a span. */
static void
span_add(struct lang_model *m, const char *s, const struct path *p, size_t from, size_t to,
    int home, struct spans *spans)
{
	struct lang_sum sum = {0};
	struct span *sp;
	const struct step *first = &p->step[from], *last = &p->step[to - 1];
	size_t i, plain = 0;
	int post, lang = first->lang;
	uint64_t two = (uint64_t)1 << lang | (uint64_t)1 << home;

	for (i = from; i < to; i++) {
		plain += !p->step[i].name;
		lang_add(m, s + p->step[i].off, p->step[i].len, &sum);
	}
	if (to - from < 2 || plain == 0 || lang_best(m, &sum, two, &post) != lang || post < 90)
		return;
	spans->list = mem_more(spans->list, spans->n, &spans->cap, sizeof(*spans->list));
	sp = &spans->list[spans->n++];
	sp->off = first->off;
	sp->len = last->off + last->len - first->off;
	sp->lang = lang;
	sp->post = post;
}

/* The spans of a chunk of words. */
static void
path_spans(struct lang_model *m, const char *s, struct path *p, int home, struct spans *spans)
{
	size_t i, from = 0;

	if (p->n == 0)
		return;
	path_back(p);
	for (i = 1; i <= p->n; i++) {
		if (i < p->n && p->step[i].lang == p->step[from].lang)
			continue;
		if (p->step[from].lang != home)
			span_add(m, s, p, from, i, home, spans);
		from = i;
	}
	p->n = 0;
}

void
spans_find(struct lang_model *m, const char *s, size_t n, int home, uint64_t allowed,
    const int32_t *prior, struct spans *spans)
{
	struct path p = { .nlang = lang_count(m), .allowed = allowed };
	struct lang_word w = {0};
	size_t l, end = 0, gap;
	bool name;

	p.step = mem_alloc(CHUNK * sizeof(*p.step));
	for (l = 0; l < p.nlang; l++)
		p.value[l] = prior != NULL ? prior[l] : 0;
	while (lang_next(m, s, n, &w)) {
		gap = w.off - end;
		name = begins_upper(s + w.off, w.len) && gap > 0 && memchr(s + end, '.', gap) == NULL;
		p.step[p.n].name = name;
		path_step(&p, &w, change_cost(s + end, gap), name ? 1 : 4);
		end = w.off + w.len;
		if (p.n == CHUNK)
			path_spans(m, s, &p, home, spans);
	}
	path_spans(m, s, &p, home, spans);
	free(p.step);
}
