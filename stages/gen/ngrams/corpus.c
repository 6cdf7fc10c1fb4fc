/*
 * corpus: cuts texts into the tokens models count, and numbers their words.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "corpus.h"
#include "io.h"
#include "msg.h"
#include "utf8.h"

enum {
	REPEATED = 40,	/* bytes of a line that counts once however often it stands there */
	KNOWN = 2,	/* occurrences of a word of the lexicon to be in the model */
	STRANGE = 6,	/* of another word */
};

#define UNIT 1024	/* weight of one occurrence in a text of weight 1 */

const char *
word_text(const struct corpus *c, const struct word *w)
{
	return c->text.data + w->at;
}

static uint64_t
text_hash(const char *s, size_t n)
{
	uint64_t h = n;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001B3u;
	h *= 0x9E3779B97F4A7C15u;
	return h ^ h >> 32;
}

static void
words_rehash(struct corpus *c)
{
	free(c->slot);
	c->nslot = c->nslot == 0 ? 1 << 16 : c->nslot * 2;
	c->slot = mem_alloc(c->nslot * sizeof(*c->slot));
	memset(c->slot, 0, c->nslot * sizeof(*c->slot));
	for (size_t w = 0; w < c->nword; w++) {
		size_t i = text_hash(word_text(c, &c->word[w]), c->word[w].len) & (c->nslot - 1);

		while (c->slot[i] != 0)
			i = (i + 1) & (c->nslot - 1);
		c->slot[i] = (uint32_t)w + 1;
	}
}

/* The number of the word s[0..n), a new one where it is not there. */
static uint32_t
word_number(struct corpus *c, const char *s, size_t n)
{
	size_t i;

	if (c->nword * 2 >= c->nslot)
		words_rehash(c);
	i = text_hash(s, n) & (c->nslot - 1);
	for (; c->slot[i] != 0; i = (i + 1) & (c->nslot - 1)) {
		const struct word *w = &c->word[c->slot[i] - 1];

		if (w->len == n && memcmp(word_text(c, w), s, n) == 0)
			return c->slot[i] - 1;
	}
	c->word = mem_more(c->word, c->nword, &c->capword, sizeof(*c->word));
	c->word[c->nword] = (struct word) {.at = c->text.len, .len = (uint32_t)n};
	buf_add(&c->text, s, n);
	c->slot[i] = (uint32_t)++c->nword;
	return c->slot[i] - 1;
}

/* Did the line stand there before?  From now on it did. */
static bool
line_repeats(struct corpus *c, const char *s, size_t n)
{
	uint64_t h = text_hash(s, n) | 1;
	size_t i;

	if (n <= REPEATED)
		return false;
	if (c->nline * 2 >= c->capline) {
		uint64_t *old = c->line;
		size_t nold = c->capline;

		c->capline = nold == 0 ? 1 << 16 : nold * 2;
		c->line = mem_alloc(c->capline * sizeof(*c->line));
		memset(c->line, 0, c->capline * sizeof(*c->line));
		for (size_t k = 0; k < nold; k++) {
			if (old[k] == 0)
				continue;
			for (i = old[k] >> 8 & (c->capline - 1); c->line[i] != 0;)
				i = (i + 1) & (c->capline - 1);
			c->line[i] = old[k];
		}
		free(old);
	}
	for (i = h >> 8 & (c->capline - 1); c->line[i] != 0; i = (i + 1) & (c->capline - 1))
		if (c->line[i] == h)
			return true;
	c->line[i] = h;
	c->nline++;
	return false;
}

/* What the model sees of a text goes into this. */
struct sink {
	struct corpus *corpus;
	struct text_run *run;
};

static void
token_add(void *ctx, uint32_t sign, const char *low, size_t n, bool capital)
{
	struct sink *k = ctx;
	struct text_run *r = k->run;
	bool inside = r->n > 0 && r->token[r->n - 1] != MODEL_START;
	uint32_t token = sign;

	if (sign == MODEL_WORDS && n <= LEXICON_LONGEST) {
		uint32_t number = word_number(k->corpus, low, n);
		struct word *w = &k->corpus->word[number];

		w->count++;
		w->weight += (uint64_t)r->weight * UNIT;
		w->inside += inside;
		w->capital += inside && capital;
		token = (number + MODEL_WORDS) | (capital ? RUN_CAPITAL : 0);
	} else if (sign == MODEL_WORDS) {
		token = MODEL_UNKNOWN;
	}
	r->token = mem_more(r->token, r->n, &r->cap, sizeof(*r->token));
	r->token[r->n++] = token;
}

/* How many lines the text has; -1, reported, where it cannot be read. */
static long
lines_count(const char *path)
{
	struct in *in = in_open(path);
	struct buf b = {0};
	long n = 0;
	int got = -1;

	if (in != NULL)
		while ((got = in_line(in, &b, NULL)) > 0)
			n++;
	if (got < 0)
		msg(MSG_ERROR, path, 0, "cannot be read", "%s",
		    in != NULL ? in_error(in) : strerror(errno));
	if (in != NULL)
		in_close(in);
	buf_free(&b);
	return got < 0 ? -1 : n;
}

bool
corpus_read(struct corpus *c, const struct elision *e, const char *path, uint32_t weight)
{
	struct sink sink = {.corpus = c};
	struct buf b = {0};
	struct in *in;
	long lines = lines_count(path);

	if (lines < 0 || (in = in_open(path)) == NULL)
		return false;
	c->run = mem_more(c->run, c->nrun, &c->caprun, sizeof(*c->run));
	sink.run = &c->run[c->nrun++];
	*sink.run = (struct text_run) {.weight = weight};
	for (long i = 0; i < lines - lines / TAIL && in_line(in, &b, NULL) > 0; i++) {
		if (utf8_valid(b.data, b.len) != b.len)
			msg(MSG_WARNING, path, (size_t)i + 1, "line is no UTF-8", "%s", "");
		else if (line_repeats(c, b.data, b.len))
			c->skipped++;
		else
			model_text(e, b.data, b.len, token_add, &sink);
	}
	in_close(in);
	buf_free(&b);
	return true;
}

/* A word of a list, once its weight is known. */
struct listed {
	uint32_t word;
	uint64_t count;
};

bool
corpus_list(struct corpus *c, const struct lexicon *l, const char *path, double share)
{
	struct in *in = in_open(path);
	struct listed *list = NULL;
	size_t n = 0, cap = 0;
	uint64_t total = 0, all = 0;
	struct buf b = {0};

	if (in == NULL) {
		msg(MSG_ERROR, path, 0, "cannot be read", "%s", strerror(errno));
		return false;
	}
	while (in_line(in, &b, NULL) > 0) {
		size_t len = strcspn(buf_str(&b), " \t");
		uint64_t count = strtoull(b.data + len, NULL, 10);

		if (count < LISTED || len == 0 || !lexicon_has(l, b.data, len))
			continue;
		list = mem_more(list, n, &cap, sizeof(*list));
		list[n++] = (struct listed) {word_number(c, b.data, len), count};
		total += count;
	}
	for (size_t i = 0; i < c->nword; i++)
		all += c->word[i].weight;
	for (size_t i = 0; i < n; i++) {
		struct word *w = &c->word[list[i].word];

		w->weight += (uint64_t)((double)all * share * (double)list[i].count / (double)total);
		w->count += KNOWN;
	}
	in_close(in);
	free(list);
	buf_free(&b);
	return true;
}

/* What by_text looks into; qsort hands on no context. */
static const struct corpus *sorted;

static int
by_text(const void *a, const void *b)
{
	const struct word *x = &sorted->word[*(const uint32_t *)a];
	const struct word *y = &sorted->word[*(const uint32_t *)b];
	size_t n = x->len < y->len ? x->len : y->len;
	int order = memcmp(word_text(sorted, x), word_text(sorted, y), n);

	return order != 0 ? order : (int)x->len - (int)y->len;
}

/* Is s a word of the lexicon, in lower case or as a name? */
static bool
is_listed(const struct lexicon *l, const char *s, size_t n)
{
	struct buf name = {0};
	bool known = lexicon_has(l, s, n);
	uint32_t cp;
	size_t len = utf8_get(s, n, &cp);

	if (!known) {
		utf8_add(&name, uc_toupper(cp));
		buf_add(&name, s + len, n - len);
		known = lexicon_has(l, name.data, name.len);
	}
	buf_free(&name);
	return known;
}

/* The words that go into the model, sorted. */
static uint32_t *
words_choose(struct corpus *c, const struct lexicon *l, size_t *n)
{
	uint32_t *list = mem_alloc((c->nword + 1) * sizeof(*list)), least = KNOWN;

	do {
		*n = 0;
		for (size_t i = 0; i < c->nword; i++) {
			const struct word *w = &c->word[i];
			const char *s = word_text(c, w);

			if (w->count >= least + STRANGE - KNOWN ||
			    (w->count >= least && is_listed(l, s, w->len)))
				list[(*n)++] = (uint32_t)i;
		}
		least++;
	} while (*n + MODEL_WORDS > 1u << MODEL_ID_BITS);
	sorted = c;
	qsort(list, *n, sizeof(*list), by_text);
	return list;
}

uint32_t
corpus_number(struct corpus *c, const struct lexicon *l)
{
	size_t n;
	uint32_t *list = words_choose(c, l, &n);

	for (size_t i = 0; i < n; i++)
		c->word[list[i]].id = MODEL_WORDS + (uint32_t)i;
	free(list);
	for (size_t i = 0; i < c->nrun; i++)
		for (size_t k = 0; k < c->run[i].n; k++) {
			uint32_t *token = &c->run[i].token[k], plain = *token & ~RUN_CAPITAL;

			if (plain >= MODEL_WORDS) {
				uint32_t id = c->word[plain - MODEL_WORDS].id;

				if (id == MODEL_UNKNOWN && *token != plain)
					id = MODEL_NAME;
				plain = id;
			}
			*token = plain;
		}
	return MODEL_WORDS + (uint32_t)n;
}

void
corpus_free(struct corpus *c)
{
	for (size_t i = 0; i < c->nrun; i++)
		free(c->run[i].token);
	free(c->run);
	free(c->word);
	free(c->slot);
	free(c->line);
	buf_free(&c->text);
	*c = (struct corpus) {0};
}
