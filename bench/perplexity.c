/*
 * perplexity: how well a model foretells a text.  In: a text, a paragraph a line; out: a line of
 * figures.  With -t only the last twentieth of the lines, which gen/ngrams does not count.
 *
 * tokens: words, numbers, pauses and bounds of sentences.  new: share of words the model has not,
 * names apart.  bits: the mean cost of a token, all of them.  perplexity: 2 to the mean cost of
 * those that are not new.  two, three: share of tokens foretold by a pair, by a triple.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "io.h"
#include "model.h"
#include "msg.h"

#define SYNOPSIS "-l lang [-m model] [-t] [text]"

enum { TAIL = 20 };

struct figures {
	struct model *m;
	uint32_t w1, w2;
	size_t tokens, words, fresh, names, order[4];
	double cost, known_cost;
};

static void
see(void *ctx, uint32_t sign, const char *low, size_t n, bool capital)
{
	struct figures *f = ctx;
	uint32_t w = sign;
	int cost;

	if (sign == MODEL_WORDS) {
		w = model_word(f->m, low, n);
		if (w == MODEL_UNKNOWN && capital)
			w = MODEL_NAME;
		f->words++;
		f->fresh += w == MODEL_UNKNOWN;
		f->names += w == MODEL_NAME;
	}
	cost = model_cost(f->m, f->w1, f->w2, w);
	f->tokens++;
	f->order[model_order(f->m, f->w1, f->w2, w)]++;
	f->cost += cost;
	if (w != MODEL_UNKNOWN && w != MODEL_NAME)
		f->known_cost += cost;
	f->w1 = w == MODEL_START ? MODEL_START : f->w2;
	f->w2 = w;
}

static void
text_measure(struct figures *f, const struct elision *e, const char *path, bool tail)
{
	struct in *in = in_open(path);
	struct buf all = {0};
	size_t lines = 0, line = 0, skip;

	if (in == NULL || in_all(in, &all) < 0)
		msg_die("%s: cannot be read", path);
	for (size_t i = 0; i < all.len; i++)
		lines += all.data[i] == '\n';
	skip = tail ? lines - lines / TAIL : 0;
	for (const char *s = buf_str(&all), *end; (end = strchr(s, '\n')) != NULL; s = end + 1)
		if (line++ >= skip)
			model_text(e, s, (size_t)(end - s), see, f);
	in_close(in);
	buf_free(&all);
}

int
main(int argc, char **argv)
{
	struct figures f = {.w1 = MODEL_START, .w2 = MODEL_START};
	const char *lang = NULL, *path = NULL, *text;
	struct elision *e;
	double known, n;
	bool tail = false;
	int c;

	msg_init("perplexity");
	while ((c = getopt(argc, argv, "l:m:t")) != -1)
		switch (c) {
		case 'l':
			lang = optarg;
			break;
		case 'm':
			path = optarg;
			break;
		case 't':
			tail = true;
			break;
		default:
			msg_usage(SYNOPSIS);
		}
	if (lang == NULL)
		msg_usage(SYNOPSIS);
	text = optind < argc ? argv[optind] : "-";
	f.m = path != NULL ? model_open_file(path) : model_open(lang);
	if (f.m == NULL)
		msg_die("no model of \"%s\"", lang);
	e = elision_open(lang);
	text_measure(&f, e, text, tail);
	elision_free(e);
	n = (double)f.tokens;
	known = n - (double)f.fresh - (double)f.names;
	printf("%8zu tokens  new %5.2f %%  names %5.2f %%  bits %6.3f  perplexity %7.1f  "
	    "two %4.1f %%  three %4.1f %%\n", f.tokens, 100 * (double)f.fresh / (double)f.words,
	    100 * (double)f.names / (double)f.words, f.cost / n / MODEL_BIT,
	    exp2(f.known_cost / known / MODEL_BIT), 100 * (double)f.order[2] / n,
	    100 * (double)f.order[3] / n);
	model_close(f.m);
	return msg_end(false);
}
