/*
 * ngrams: makes the word model of a language.  In: clean texts, a paragraph a line, plain or gzip,
 * each with a weight; lists of words with counts; the language's lexicon.  Out: the model as a
 * mapped file (model.h), the same bytes for the same input.  The last twentieth of each text's
 * lines is never counted: it is there to measure on.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io.h"
#include "msg.h"
#include "write.h"

#define SYNOPSIS "-l lang -o file [-n grams] [-v] [-w share:list]... weight:text..."

/* The path behind the colon of "number:path"; NULL where there is none. */
static const char *
operand_path(const char *s, char **end)
{
	const char *colon = strchr(s, ':');

	*end = NULL;
	if (colon == NULL)
		return NULL;
	strtod(s, end);
	return *end == colon ? colon + 1 : NULL;
}

/* Writes b to path whole, or not at all. */
static void
file_write(const struct buf *b, const char *path)
{
	struct buf tmp = {0};
	struct out *o;
	int fd;

	buf_addf(&tmp, "%s.tmp", path);
	fd = open(buf_str(&tmp), O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (fd < 0)
		msg_die("%s: %s", tmp.data, strerror(errno));
	o = out_open(fd, path);
	out_add(o, b->data, b->len);
	out_close(o);
	if (rename(tmp.data, path) < 0)
		msg_die("%s: %s", path, strerror(errno));
	buf_free(&tmp);
}

static void
counts_show(const struct corpus *c, const struct smooth *s, size_t bytes)
{
	size_t tokens = 0, pairs = 0, triples = 0;

	for (size_t i = 0; i < c->nrun; i++)
		tokens += c->run[i].n;
	for (size_t i = 0; i < s->pair.counts.n; i++)
		pairs += s->pair.kept[i];
	for (size_t i = 0; i < s->triple.counts.n; i++)
		triples += s->triple.kept[i];
	fprintf(stderr, "ngrams: %zu tokens, %zu lines repeated, %zu words, %u in the model; "
	    "pairs %zu of %zu, triples %zu of %zu; %zu bytes\n", tokens, c->skipped, c->nword,
	    s->size - MODEL_WORDS, pairs, s->pair.counts.n, triples, s->triple.counts.n, bytes);
}

/* What is to be made, and of what. */
struct job {
	const char *lang, *path;
	char *list[8];
	size_t nlist, most;
	bool verbose;
};

static void
texts_read(struct corpus *c, const struct job *job, const struct lexicon *l, char **text)
{
	struct elision *e = elision_open(job->lang);
	char *end;

	for (; *text != NULL; text++) {
		const char *path = operand_path(*text, &end);

		if (path == NULL)
			msg_usage(SYNOPSIS);
		if (!corpus_read(c, e, path, (uint32_t)strtoul(*text, NULL, 10)))
			msg_die("%s: cannot be used", path);
	}
	for (size_t i = 0; i < job->nlist; i++) {
		const char *path = operand_path(job->list[i], &end);

		if (path == NULL)
			msg_usage(SYNOPSIS);
		if (!corpus_list(c, l, path, strtod(job->list[i], NULL)))
			msg_die("%s: cannot be used", path);
	}
	elision_free(e);
}

static void
model_make(const struct job *job, char **text)
{
	struct lexicon *l = lexicon_open(job->lang);
	struct corpus c = {0};
	struct smooth s;
	struct buf b = {0};
	uint32_t size;

	if (l == NULL)
		msg_die("no lexicon of \"%s\": %s", job->lang, strerror(errno));
	texts_read(&c, job, l, text);
	size = corpus_number(&c, l);
	smooth_make(&s, &c, size);
	smooth_prune(&s, job->most);
	model_write(&s, &c, l, &b);
	file_write(&b, job->path);
	if (job->verbose)
		counts_show(&c, &s, b.len);
	smooth_free(&s);
	corpus_free(&c);
	lexicon_close(l);
	buf_free(&b);
}

int
main(int argc, char **argv)
{
	struct job job = {.most = 1000000};
	int c;

	msg_init("ngrams");
	while ((c = getopt(argc, argv, "l:o:n:w:vhV")) != -1)
		switch (c) {
		case 'l':
			job.lang = optarg;
			break;
		case 'o':
			job.path = optarg;
			break;
		case 'n':
			job.most = strtoul(optarg, NULL, 10);
			break;
		case 'w':
			if (job.nlist < sizeof(job.list) / sizeof(*job.list))
				job.list[job.nlist++] = optarg;
			break;
		case 'v':
			job.verbose = true;
			break;
		case 'h':
			puts("usage: ngrams " SYNOPSIS);
			return 0;
		case 'V':
			puts("emend-ngrams " EMEND_VERSION);
			return 0;
		default:
			msg_usage(SYNOPSIS);
		}
	if (job.lang == NULL || job.path == NULL || optind == argc)
		msg_usage(SYNOPSIS);
	model_make(&job, argv + optind);
	return msg_end(job.verbose);
}
