/*
 * lookup: how many words a second the lexicon, the model and hunspell look up, processor time, on
 * the words of a text as they stand there.
 *	lookup LANG DICTIONARY TEXT	dictionary: a path without .aff and .dic
 */
#include <hunspell/hunspell.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "io.h"
#include "lexicon.h"
#include "model.h"
#include "msg.h"
#include "utf8.h"

enum { ROUNDS = 5, SHARE = 20 };	/* rounds over the text; hunspell is given one word in SHARE */

struct words {
	struct buf text;	/* the words, NUL behind each */
	size_t *at;
	uint32_t *id;		/* as the model knows them */
	size_t n, cap, capid;
};

static void
words_read(struct words *w, const struct elision *e, const struct model *m, const char *path)
{
	struct in *in = in_open(path);
	struct buf line = {0}, low = {0};
	struct tokens t = {0};

	if (in == NULL)
		msg_die("%s: cannot be read", path);
	while (in_line(in, &line, NULL) > 0) {
		token_cut(e, line.data, line.len, &t);
		for (size_t i = 0; i < t.n; i++) {
			if (t.list[i].kind != TOKEN_WORD)
				continue;
			w->at = mem_more(w->at, w->n, &w->cap, sizeof(*w->at));
			w->id = mem_more(w->id, w->n, &w->capid, sizeof(*w->id));
			w->at[w->n] = w->text.len;
			token_form(&w->text, line.data + t.list[i].off, t.list[i].len);
			buf_clear(&low);
			utf8_lower(&low, w->text.data + w->at[w->n], w->text.len - w->at[w->n]);
			w->id[w->n++] = model_word(m, low.data, low.len);
			buf_addc(&w->text, '\0');
		}
	}
	in_close(in);
	buf_free(&line);
	buf_free(&low);
	tokens_free(&t);
}

/* How long lexicon and model take to open, once they were read. */
static void
opening(const char *lang)
{
	clock_t from = clock();

	for (int i = 0; i < 100; i++) {
		lexicon_close(lexicon_open(lang));
		model_close(model_open(lang));
	}
	printf("%-28s %8.2f ms\n", "lexicon and model open in",
	    (double)(clock() - from) / CLOCKS_PER_SEC * 10);
}

static void
report(const char *what, clock_t from, size_t lookups, size_t sum, double *rate)
{
	double seconds = (double)(clock() - from) / CLOCKS_PER_SEC;

	*rate = (double)lookups / (seconds > 0 ? seconds : 1e-9) / 1e6;
	printf("%-28s %8.2f million a second   (%zu)\n", what, *rate, sum);
}

int
main(int argc, char **argv)
{
	struct words w = {0};
	struct buf aff = {0}, dic = {0};
	struct lexicon *l;
	struct elision *e;
	struct model *m;
	Hunhandle *h;
	double ours, theirs;
	size_t sum = 0;
	clock_t from;

	msg_init("lookup");
	if (argc != 4)
		msg_usage("lang dictionary text");
	if ((l = lexicon_open(argv[1])) == NULL || (m = model_open(argv[1])) == NULL)
		msg_die("no lexicon or model of \"%s\"", argv[1]);
	e = elision_open(argv[1]);
	opening(argv[1]);
	words_read(&w, e, m, argv[3]);
	from = clock();
	for (int r = 0; r < ROUNDS; r++)
		for (size_t i = 0; i < w.n; i++)
			sum += lexicon_knows(l, w.text.data + w.at[i], strlen(w.text.data + w.at[i]));
	report("lexicon_knows", from, w.n * ROUNDS, sum, &ours);
	sum = 0;
	from = clock();
	for (int r = 0; r < ROUNDS; r++)
		for (size_t i = 2; i < w.n; i++)
			sum += (size_t)model_cost(m, w.id[i - 2], w.id[i - 1], w.id[i]);
	report("model_cost", from, w.n * ROUNDS, sum, &theirs);
	sum = 0;
	from = clock();
	for (int r = 0; r < ROUNDS; r++) {
		struct model_place at = model_begin();

		for (size_t i = 0; i < w.n; i++)
			sum += (size_t)model_step(m, at, w.id[i], &at);
	}
	report("model_step", from, w.n * ROUNDS, sum, &theirs);
	buf_addf(&aff, "%s.aff", argv[2]);
	buf_addf(&dic, "%s.dic", argv[2]);
	h = Hunspell_create(buf_str(&aff), buf_str(&dic));
	sum = 0;
	from = clock();
	for (size_t i = 0; i < w.n; i += SHARE)
		sum += Hunspell_spell(h, w.text.data + w.at[i]) != 0;
	report("Hunspell_spell", from, w.n / SHARE, sum, &theirs);
	printf("lexicon_knows is %.1f times as fast as Hunspell_spell\n", ours / theirs);
	Hunspell_destroy(h);
	elision_free(e);
	return msg_end(false);
}
