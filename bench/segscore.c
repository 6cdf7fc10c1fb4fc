/*
 * segscore: how well emend-segment found the structure of documents.  In: pairs of a gold
 * structure and a tagged stream; out: a table of precision and recall.
 *
 *	segscore [-l] NAME GOLD STREAM [GOLD STREAM ...]
 *
 * A gold structure has one record a line, fields between TABs, lines counted from 1:
 *	S	FROM-TO	TYPE			a statement
 *	B	KIND	LINES	[in=LINE] [loose=yes]	a block, in reading order; LINES as in stream(5); loose:
 *						its kind and bounds are a matter of taste, not scored
 *	P	LINE	[cue=none]		a page begins before this line; cue: nothing shows it
 *	F	LINE	NOTELINE		a mark on this line calls the note that begins there
 *	N	LINE				specks
 * Measured are
 *	pages		lines before which a page begins (the first of a document left out)
 *	bounds		pairs of lines, neighbours in the source, that lie in different blocks
 *	kinds		blocks with their first line and kind
 *	ties		footnote marks with their notes
 *	statements	first lines of statements (the first left out); types: of all statements
 *	noise		speck lines
 *	moves		pairs of blocks that stand against the order of the source
 *	tau		Kendall's, of the order of the blocks that interrupt no other
 * With -l what differs is listed.
 */
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "stream.h"

#define MAXLINE 100000

enum what {
	PAGES,
	BOUNDS,
	KINDS,
	TIES,
	STATEMENTS,
	TYPES,
	NOISE,
	MOVES,
	NWHAT
};

static const char *const name[NWHAT] = {
    "pages", "bounds", "kinds", "ties", "statements", "types", "noise", "moves"};

struct counts {
	size_t right, found, gold;
};

struct unit {
	char *kind;
	size_t first;
	bool inner;
};

/* A structure, of the gold or of the stream. */
struct structure {
	size_t *block; /* of each line: its block, counted from 1; 0: none */
	bool *loose; /* of each line: kind and bounds are not scored */
	struct unit *unit;
	size_t nunit, capunit;
	char **fact[NWHAT];
	size_t nfact[NWHAT], capfact[NWHAT];
};

static void
fact_add(struct structure *s, enum what w, const char *fmt, const char *a, size_t x, size_t y)
{
	char *text = NULL;
	struct buf b = {0};

	s->fact[w] = mem_more(s->fact[w], s->nfact[w], &s->capfact[w], sizeof(char *));
	if (fmt != NULL)
		buf_addf(&b, "%s ", fmt);
	if (a != NULL)
		buf_addf(&b, "%s ", a);
	buf_addf(&b, "%zu", x);
	if (y > 0)
		buf_addf(&b, " %zu", y);
	text = mem_dup(b.data, b.len);
	buf_free(&b);
	s->fact[w][s->nfact[w]++] = text;
}

/* Notes the lines of LINES as those of a block; returns the first. */
static size_t
lines_put(struct structure *s, const char *lines, size_t block)
{
	size_t first = 0, a, b;
	char *end;

	for (;; lines = end + 1) {
		a = b = strtoul(lines, &end, 10);
		if (*end == '-')
			b = strtoul(end + 1, &end, 10);
		if (first == 0)
			first = a;
		for (; a <= b && a < MAXLINE; a++)
			s->block[a] = block;
		if (*end != ',')
			return first;
	}
}

static void
unit_add(struct structure *s, const char *kind, const char *lines, bool inner)
{
	size_t first;

	s->unit = mem_more(s->unit, s->nunit, &s->capunit, sizeof(*s->unit));
	first = lines_put(s, lines, s->nunit + 1);
	s->unit[s->nunit++] = (struct unit){mem_dup(kind, strlen(kind)), first, inner};
	if (strcmp(kind, "noise") == 0)
		fact_add(s, NOISE, NULL, NULL, first, 0);
	else
		fact_add(s, KINDS, NULL, kind, first, 0);
}

static void
gold_record(struct structure *s, char **f, size_t n)
{
	bool inner = false, loose = false;

	if (f[0][0] == 'S' && n >= 3) {
		fact_add(s, TYPES, NULL, f[2], strtoul(f[1], NULL, 10), 0);
		fact_add(s, STATEMENTS, NULL, NULL, strtoul(f[1], NULL, 10), 0);
	} else if (f[0][0] == 'B' && n >= 3) {
		for (size_t i = 3; i < n; i++)
			inner |= strncmp(f[i], "in=", 3) == 0;
		for (size_t i = 3; i < n; i++)
			loose |= strcmp(f[i], "loose=yes") == 0;
		unit_add(s, f[1], f[2], inner);
		for (size_t i = 1; loose && i < MAXLINE; i++)
			s->loose[i] |= s->block[i] == s->nunit;
	} else if (f[0][0] == 'P' && n >= 2 && (n < 3 || strcmp(f[2], "cue=none") != 0)) {
		fact_add(s, PAGES, NULL, NULL, strtoul(f[1], NULL, 10), 0);
	} else if (f[0][0] == 'F' && n >= 3) {
		fact_add(s, TIES, NULL, NULL, strtoul(f[1], NULL, 10), strtoul(f[2], NULL, 10));
	} else if (f[0][0] == 'N' && n >= 2) {
		size_t line = strtoul(f[1], NULL, 10);
		if (line < MAXLINE && s->block[line] == 0)
			unit_add(s, "noise", f[1], true);
	}
}

static void
gold_read(struct structure *s, const char *path)
{
	struct in *in = in_open(path);
	struct buf b = {0};
	char *f[8];
	size_t n;

	if (in == NULL)
		msg_die("cannot open %s", path);
	while (in_line(in, &b, NULL) == 1) {
		char *p = (char *)(void *)buf_str(&b);
		n = 0;
		if (b.len == 0 || p[0] == '#')
			continue;
		for (p = strtok(p, "\t"); p != NULL && n < 8; p = strtok(NULL, "\t"))
			f[n++] = p;
		if (n > 0)
			gold_record(s, f, n);
	}
	buf_free(&b);
	in_close(in);
}

/* The source line that byte off of the block's text stands in. */
static size_t
line_at(const struct rec *r, size_t off)
{
	size_t line = strtoul(rec_get(r, "lines"), NULL, 10);

	for (size_t i = 0; i < r->text.n && r->text.note[i].off <= off; i++)
		if (strcmp(r->text.note[i].kind, "lb") == 0)
			line = strtoul(r->text.note[i].value, NULL, 10);
	return line;
}

static void
stream_facts(struct structure *s, const char *path)
{
	struct in *in = in_open(path);
	struct stream *st;
	struct doc d = {0};

	if (in == NULL)
		msg_die("cannot open %s", path);
	st = stream_open(in, false);
	if (stream_read(st, &d) != 1 || d.failed)
		msg_die("%s: no whole document", path);
	for (size_t i = 0; i < d.n; i++) {
		struct rec *r = &d.rec[i];

		if (r->tag == 'S') {
			size_t from = strtoul(rec_get(r, "lines"), NULL, 10);
			fact_add(s, TYPES, NULL, rec_get(r, "type"), from, 0);
			fact_add(s, STATEMENTS, NULL, NULL, from, 0);
		}
		if (r->tag != 'B')
			continue;
		if (strcmp(rec_kind(r), "pb") == 0) {
			fact_add(s, PAGES, NULL, NULL, strtoul(rec_get(r, "line"), NULL, 10), 0);
			continue;
		}
		if (rec_get(r, "cont") != NULL)
			lines_put(s, rec_get(r, "lines"),
			    s->block[strtoul(rec_get(r, "cont") + 1, NULL, 10)]);
		else
			unit_add(s, rec_kind(r), rec_get(r, "lines"), rec_get(r, "in") != NULL);
		for (size_t k = 0; k < r->text.n; k++)
			if (strcmp(r->text.note[k].kind, "mark") == 0)
				fact_add(s, TIES, NULL, NULL, line_at(r, r->text.note[k].off),
				    strtoul(r->text.note[k].value + 1, NULL, 10));
	}
	doc_free(&d);
	stream_close(st);
}

static void
bounds(struct structure *s, const bool *loose)
{
	size_t last = 0;

	for (size_t i = 1; i < MAXLINE; i++) {
		if (s->block[i] == 0)
			continue;
		if (last != 0 && s->block[last] != s->block[i] && !loose[last] && !loose[i])
			fact_add(s, BOUNDS, NULL, NULL, i, 0);
		last = i;
	}
}

/* The place of the block of each line in the order of those that interrupt none, from 1. */
static void
places(const struct structure *s, const struct structure *gold, size_t *place)
{
	size_t n = 0;

	for (size_t i = 0; i < gold->nunit; i++)
		place[i] = 0;
	for (size_t i = 0; i < s->nunit; i++) {
		size_t b = s->block[s->unit[i].first];
		(void)b;
		n++;
		for (size_t k = 0; k < gold->nunit; k++)
			if (place[k] == 0 && s->block[gold->unit[k].first] == i + 1)
				place[k] = n;
	}
}

/* Pairs of blocks in order, out of order, and the pairs turned against the source. */
static void
order(struct structure *gold, struct structure *found, struct counts *moves, size_t *same,
    size_t *other)
{
	size_t *place = mem_alloc((gold->nunit + 1) * sizeof(*place));

	places(found, gold, place);
	for (size_t i = 0; i < gold->nunit; i++)
		for (size_t k = i + 1; k < gold->nunit; k++) {
			const struct unit *a = &gold->unit[i], *b = &gold->unit[k];
			bool turned = a->first > b->first, f;

			if (a->inner || b->inner || place[i] == 0 || place[k] == 0 ||
			    place[i] == place[k])
				continue;
			f = place[i] > place[k];
			*(f ? other : same) += 1;
			moves->gold += turned;
			moves->found += turned != f;
			moves->right += turned && !f;
		}
	free(place);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Drops the fact that holds line: pages and statements of the first line go without saying. */
static void
drop_first(struct structure *s, enum what w, const char *line)
{
	for (size_t i = 0; i < s->nfact[w]; i++)
		if (strcmp(s->fact[w][i], line) == 0) {
			free(s->fact[w][i]);
			s->fact[w][i] = s->fact[w][--s->nfact[w]];
			return;
		}
}

/* Drops the kinds of blocks that begin on a loose line. */
static void
drop_loose(struct structure *s, const bool *loose)
{
	size_t out = 0;

	for (size_t i = 0; i < s->nfact[KINDS]; i++) {
		char *fact = s->fact[KINDS][i];

		if (loose[strtoul(strchr(fact, ' '), NULL, 10)])
			free(fact);
		else
			s->fact[KINDS][out++] = fact;
	}
	s->nfact[KINDS] = out;
}

static void
compare(struct structure *g, struct structure *f, enum what w, struct counts *c, const char *list)
{
	size_t i = 0, k = 0;
	int d;

	qsort(g->fact[w], g->nfact[w], sizeof(char *), by_text);
	qsort(f->fact[w], f->nfact[w], sizeof(char *), by_text);
	c->gold += g->nfact[w];
	c->found += f->nfact[w];
	while (i < g->nfact[w] || k < f->nfact[w]) {
		d = i == g->nfact[w]   ? 1
		    : k == f->nfact[w] ? -1
				       : strcmp(g->fact[w][i], f->fact[w][k]);
		c->right += d == 0;
		if (d != 0 && list != NULL)
			printf("%s: %s: %s %s\n", list, name[w], d < 0 ? "missed" : "wrong",
			    d < 0 ? g->fact[w][i] : f->fact[w][k]);
		i += d <= 0;
		k += d >= 0;
	}
}

static void
structure_free(struct structure *s)
{
	for (size_t w = 0; w < NWHAT; w++) {
		for (size_t i = 0; i < s->nfact[w]; i++)
			free(s->fact[w][i]);
		free(s->fact[w]);
	}
	for (size_t i = 0; i < s->nunit; i++)
		free(s->unit[i].kind);
	free(s->unit);
	free(s->block);
	free(s->loose);
}

static void
score(
    const char *gold, const char *stream, struct counts *c, size_t *same, size_t *other, bool list)
{
	struct structure g = {0}, f = {0};
	char first[24];
	size_t i;

	g.loose = calloc(MAXLINE, sizeof(bool));
	g.block = calloc(MAXLINE, sizeof(size_t));
	f.block = calloc(MAXLINE, sizeof(size_t));
	gold_read(&g, gold);
	stream_facts(&f, stream);
	for (i = 1; i < MAXLINE - 1 && g.block[i] == 0 && f.block[i] == 0; i++)
		;
	snprintf(first, sizeof(first), "%zu", i);
	for (i = PAGES; i <= STATEMENTS; i++)
		if (i == PAGES || i == STATEMENTS) {
			drop_first(&g, i, first);
			drop_first(&f, i, first);
		}
	bounds(&g, g.loose);
	bounds(&f, g.loose);
	drop_loose(&g, g.loose);
	drop_loose(&f, g.loose);
	for (i = 0; i < MOVES; i++)
		compare(&g, &f, i, &c[i], list ? gold : NULL);
	order(&g, &f, &c[MOVES], same, other);
	structure_free(&g);
	structure_free(&f);
}

static void
percent(size_t a, size_t b)
{
	if (b == 0)
		printf("  %6s", "-");
	else
		printf("  %6.3f", (double)a / (double)b);
}

int
main(int argc, char **argv)
{
	struct counts c[NWHAT] = {0};
	size_t same = 0, other = 0;
	bool list = argc > 1 && strcmp(argv[1], "-l") == 0;

	msg_init("segscore");
	argv += list;
	argc -= list;
	if (argc < 4 || argc % 2 != 0)
		msg_usage("[-l] name gold stream [gold stream ...]");
	for (int i = 2; i < argc; i += 2)
		score(argv[i], argv[i + 1], c, &same, &other, list);
	printf(
	    "%-24s %6s %6s %6s  %6s  %6s\n", argv[1], "gold", "found", "right", "prec.", "recall");
	for (size_t i = 0; i < NWHAT; i++) {
		printf("%-24s %6zu %6zu %6zu", name[i], c[i].gold, c[i].found, c[i].right);
		percent(c[i].right, c[i].found);
		percent(c[i].right, c[i].gold);
		putchar('\n');
	}
	if (same + other > 0)
		printf("%-24s %37.3f\n", "tau of the order",
		    ((double)same - (double)other) / (double)(same + other));
	return msg_end(false);
}
