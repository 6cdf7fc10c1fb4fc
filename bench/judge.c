/*
 * judge: which of the decisions of deocr are right.  In: raw and gold texts, a document a line in
 * both, and on standard input what `deocr -d -p 0` said of the raw ones, a text each.  Out: for
 * each decision "1" or "0", its kind and its features, as calibrate reads them.  A decision whose
 * words the gold text has but for a hyphen is left out: gold texts keep the hyphens of lost line
 * ends here and drop them there.
 *	judge RAW GOLD <decisions
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "align.h"
#include "io.h"
#include "msg.h"

#define FIELDS 7	/* of a decision, before its features */

/* The lines of a file. */
struct lines {
	struct buf text;
	char **line;	/* into text, ended by NUL */
	size_t n, cap;
};

/* A document, its gold text, and how their words go together. */
struct pair {
	const char *raw;
	struct words a, b;
	struct steps steps;
};

static void
lines_read(struct lines *l, const char *path)
{
	struct in *in = in_open(path);
	char *s, *end;

	if (in == NULL || in_all(in, &l->text) != 0)
		msg_die("cannot read %s", path);
	in_close(in);
	for (s = (char *)buf_str(&l->text); (end = strchr(s, '\n')) != NULL; s = end + 1) {
		*end = '\0';
		l->line = mem_more(l->line, l->n, &l->cap, sizeof(*l->line));
		l->line[l->n++] = s;
	}
}

static void
pair_set(struct pair *p, const char *raw, const char *gold)
{
	p->raw = raw;
	p->a.n = p->b.n = 0;
	words_add(&p->a, raw, strlen(raw), 0);
	words_add(&p->b, gold, strlen(gold), 0);
	align(p->a.list, p->a.n, p->b.list, p->b.n, &p->steps);
}

/* Whether the words of s are those of gold[0..n), with the hyphens or without. */
static bool
says(const struct buf *s, const struct word *gold, size_t n, int flags)
{
	struct words w = {0}, g = {0};
	size_t i;
	bool equal;

	words_add(&w, s->data, s->len, flags);
	for (i = 0; i < n; i++)
		words_add(&g, gold[i].s, gold[i].len, flags);
	equal = w.n == g.n;
	for (i = 0; equal && i < w.n; i++)
		equal = word_same(&w.list[i], &g.list[i]);
	free(w.list);
	free(g.list);
	return equal;
}

/* The verdict on len bytes at off becoming put: 1, 0, or -1 for none. */
static int
verdict(const struct pair *p, size_t off, size_t len, const char *put)
{
	size_t i, from = p->b.n, to = 0, start = off, end = off + len;
	struct buf s = {0};
	int v;

	for (i = 0; i < p->steps.n; i++) {
		const struct step *t = &p->steps.list[i];
		const struct word *first = &p->a.list[t->a], *last = first + t->na - 1;
		size_t a, b;

		if (t->na == 0)
			continue;
		a = (size_t)(first->s - p->raw);
		b = (size_t)(last->s - p->raw) + last->len;
		if (a >= off + len || b <= off)
			continue;
		start = a < start ? a : start;
		end = b > end ? b : end;
		from = t->b < from ? t->b : from;
		to = t->b + t->nb > to ? t->b + t->nb : to;
	}
	if (from >= to)
		return -1;
	buf_add(&s, p->raw + start, off - start);
	buf_adds(&s, put);
	buf_add(&s, p->raw + off + len, end - off - len);
	v = says(&s, p->b.list + from, to - from, 0) ? 1 :
	    says(&s, p->b.list + from, to - from, WORDS_NO_HYPHENS) ? -1 : 0;
	buf_free(&s);
	return v;
}

/* A decision, "= OFFSET RAW PUT KINDS POSTERIOR MADE KIND FEATURES...", TABs between. */
static void
judge(const struct pair *p, char *line)
{
	char *field[FIELDS], *s = line + 2;
	size_t i;
	int v;

	for (i = 0; i < FIELDS; i++) {
		field[i] = s;
		if ((s = strchr(s, '\t')) == NULL)
			msg_die("no decision: %s", line);
		*s++ = '\0';
	}
	v = verdict(p, strtoul(field[0], NULL, 10), strlen(field[1]), field[2]);
	if (v >= 0)
		printf("%d\t%s\t%s\n", v, field[6], s);
}

int
main(int argc, char **argv)
{
	struct lines raw = {0}, gold = {0};
	struct pair p = {0};
	struct buf line = {0};
	struct in *in;
	size_t n = 0;

	msg_init("judge");
	if (argc != 3)
		msg_die("usage: judge raw gold <decisions");
	lines_read(&raw, argv[1]);
	lines_read(&gold, argv[2]);
	if (raw.n != gold.n)
		msg_die("%zu raw texts, %zu gold ones", raw.n, gold.n);
	in = in_open("-");
	while (in_line(in, &line, NULL) > 0) {
		char *s = (char *)buf_str(&line);

		if (*s == '#') {
			if (n == raw.n)
				msg_die("more texts than the %zu given", raw.n);
			pair_set(&p, raw.line[n], gold.line[n]);
			n++;
		} else if (s[0] == '=' && s[1] == ' ') {
			judge(&p, s);
		}
	}
	in_close(in);
	return fflush(stdout) == 0 ? 0 : 2;
}
