/*
 * score: how good a correction is.  In: a raw text, its correction and the gold text.  Out: one
 * line with the share of errors fixed (recall), the share of changes that are right (precision),
 * sound words broken per 1000 (harm) and the word error rate before and after, the first three
 * with 95 % bootstrap intervals.  It never counts by anything but this:
 *
 * Words are what stands between white space in NFC, edge punctuation split off, case kept; a
 * token of punctuation alone is no word (with -p it is, and so is what was split off).  The three
 * texts are aligned pairwise at least cost: a word replaced, lost, added, split or merged is one
 * error.  A gold word is sound where the raw text has it, fixed where the corrected text has it
 * and the raw text had not, broken where it is the other way round.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "align.h"
#include "msg.h"

#define UNIT_WORDS 100	/* gold words to a unit of the bootstrap in a text of one piece */
#define RESAMPLES 1000

/* Counts of one unit, a line or a stretch, of the bootstrap. */
struct counts {
	double gold, sound, broken, errors, fixed, changes, right, before, after;
};

struct unit_list {
	struct counts *list;
	size_t n, cap;
};

static bool details, missed;
static int flags;	/* what counts as a word */

/* --- judgement --- */

/* The three texts of one piece and what is known of each word of them. */
struct piece {
	const struct word *raw, *cor, *gold;
	size_t nraw, ncor, ngold;
	bool *raw_good, *cor_good;	/* the word stands in the gold text */
	bool *gold_raw, *gold_cor;	/* the gold word stands there */
	bool *raw_gone;			/* a change took the raw word away, or made it good */
	size_t *gold_at;		/* of a corrected word: the gold word it stands at */
};

static bool
all(const bool *flag, size_t from, size_t n)
{
	size_t i;

	for (i = from; i < from + n; i++)
		if (!flag[i])
			return false;
	return true;
}

static void
show(const char *what, const struct word *a, size_t na, const struct word *b, size_t nb)
{
	size_t i;

	printf("%s\t", what);
	for (i = 0; i < na; i++)
		printf("%s%.*s", i ? " " : "", (int)a[i].len, a[i].s);
	fputs("\t", stdout);
	for (i = 0; i < nb; i++)
		printf("%s%.*s", i ? " " : "", (int)b[i].len, b[i].s);
}

/* The gold words around that one, for reading a detail in its place. */
static void
show_gold(const struct piece *p, size_t at)
{
	size_t i = at > 3 ? at - 3 : 0;

	fputs("\t", stdout);
	for (; i < p->ngold && i < at + 5; i++)
		printf(i == at ? " [%.*s]" : " %.*s", (int)p->gold[i].len, p->gold[i].s);
	putchar('\n');
}

static void
judge_change(struct piece *p, const struct step *s, struct counts *c)
{
	bool right, sound = all(p->raw_good, s->a, s->na);
	size_t i, at;

	right = all(p->cor_good, s->b, s->nb) && !(sound && s->na > 0);
	c->changes++;
	c->right += right;
	for (i = s->a; right && i < s->a + s->na; i++)
		p->raw_gone[i] = true;
	if (!details)
		return;
	at = p->ncor ? p->gold_at[s->b < p->ncor ? s->b : p->ncor - 1] : 0;
	show(right ? "right" : sound && s->na ? "harm" : "wrong", p->raw + s->a, s->na,
	    p->cor + s->b, s->nb);
	show_gold(p, at);
}

static void
judge_error(const struct piece *p, const struct step *s, struct counts *c)
{
	bool fixed = s->nb ? all(p->gold_cor, s->b, s->nb) : all(p->raw_gone, s->a, s->na);

	c->errors++;
	c->fixed += fixed;
	if (missed && !fixed) {
		show("missed", p->raw + s->a, s->na, p->gold + s->b, s->nb);
		show_gold(p, s->b);
	}
}

static struct counts *
unit_of(struct unit_list *u, size_t base, size_t gold)
{
	size_t i = base + (flags & WORDS_LINES ? 0 : gold / UNIT_WORDS);

	while (u->n <= i) {
		u->list = mem_more(u->list, u->n, &u->cap, sizeof(*u->list));
		memset(&u->list[u->n++], 0, sizeof(*u->list));
	}
	return &u->list[i];
}

/* Fills good and gold_has from an alignment with the gold text; returns nothing it does not know. */
static void
mark_good(const struct steps *s, bool *good, bool *gold_has)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		if (!s->list[i].same)
			continue;
		good[s->list[i].a] = true;
		gold_has[s->list[i].b] = true;
	}
}

static void *
zeroed(size_t n, size_t size)
{
	void *p = mem_alloc((n + 1) * size);

	memset(p, 0, (n + 1) * size);
	return p;
}

static void
judge(struct piece *p, struct unit_list *u)
{
	struct steps rg = {0}, cg = {0}, rc = {0};
	size_t i, k, base = u->n;

	align(p->raw, p->nraw, p->gold, p->ngold, &rg);
	align(p->cor, p->ncor, p->gold, p->ngold, &cg);
	align(p->raw, p->nraw, p->cor, p->ncor, &rc);
	mark_good(&rg, p->raw_good, p->gold_raw);
	mark_good(&cg, p->cor_good, p->gold_cor);
	unit_of(u, base, 0);
	for (i = 0; i < cg.n; i++) {
		for (k = 0; k < cg.list[i].na; k++)
			p->gold_at[cg.list[i].a + k] = cg.list[i].b;
		unit_of(u, base, cg.list[i].b)->after += !cg.list[i].same;
	}
	for (i = 0; i < rc.n; i++)
		if (!rc.list[i].same)
			judge_change(p, &rc.list[i],
			    unit_of(u, base, p->ncor ? p->gold_at[rc.list[i].b < p->ncor ?
			    rc.list[i].b : p->ncor - 1] : 0));
	for (i = 0; i < rg.n; i++) {
		unit_of(u, base, rg.list[i].b)->before += !rg.list[i].same;
		if (!rg.list[i].same)
			judge_error(p, &rg.list[i], unit_of(u, base, rg.list[i].b));
	}
	for (i = 0; i < p->ngold; i++) {
		struct counts *c = unit_of(u, base, i);

		c->gold++;
		c->sound += p->gold_raw[i];
		c->broken += p->gold_raw[i] && !p->gold_cor[i];
	}
	free(rg.list);
	free(cg.list);
	free(rc.list);
}

static void
judge_piece(const struct words *raw, const size_t *r, const struct words *cor, const size_t *c,
    const struct words *gold, const size_t *g, struct unit_list *u)
{
	struct piece p = {.raw = raw->list + r[0], .nraw = r[1] - r[0],
		.cor = cor->list + c[0], .ncor = c[1] - c[0],
		.gold = gold->list + g[0], .ngold = g[1] - g[0]};

	p.raw_good = zeroed(p.nraw, sizeof(bool));
	p.raw_gone = zeroed(p.nraw, sizeof(bool));
	p.cor_good = zeroed(p.ncor, sizeof(bool));
	p.gold_at = zeroed(p.ncor, sizeof(size_t));
	p.gold_raw = zeroed(p.ngold, sizeof(bool));
	p.gold_cor = zeroed(p.ngold, sizeof(bool));
	judge(&p, u);
	free(p.raw_good);
	free(p.raw_gone);
	free(p.cor_good);
	free(p.gold_at);
	free(p.gold_raw);
	free(p.gold_cor);
}

/* Moves at[0..2) on to the words of that line, or all of them where lines do not matter. */
static bool
next_piece(const struct words *w, size_t *at, size_t line)
{
	at[0] = at[1];
	while (at[1] < w->n && (!(flags & WORDS_LINES) || w->list[at[1]].unit <= line))
		at[1]++;
	return at[1] < w->n;
}

/* --- figures --- */

enum { RECALL, PRECISION, HARM, BEFORE, AFTER, FIGURES };

static void
figures(const struct counts *c, double f[FIGURES])
{
	f[RECALL] = c->errors > 0 ? c->fixed / c->errors : 0;
	f[PRECISION] = c->changes > 0 ? c->right / c->changes : 1;
	f[HARM] = c->sound > 0 ? 1000 * c->broken / c->sound : 0;
	f[BEFORE] = c->gold > 0 ? c->before / c->gold : 0;
	f[AFTER] = c->gold > 0 ? c->after / c->gold : 0;
}

static void
add(struct counts *sum, const struct counts *c)
{
	sum->gold += c->gold;
	sum->sound += c->sound;
	sum->broken += c->broken;
	sum->errors += c->errors;
	sum->fixed += c->fixed;
	sum->changes += c->changes;
	sum->right += c->right;
	sum->before += c->before;
	sum->after += c->after;
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The middle 95 % of each figure over resamples of the units, drawn by a fixed generator. */
static void
bootstrap(const struct unit_list *u, double low[FIGURES], double high[FIGURES])
{
	static double drawn[FIGURES][RESAMPLES];
	uint64_t state = 1;
	size_t i, k;

	for (i = 0; i < RESAMPLES; i++) {
		struct counts sum = {0};
		double f[FIGURES];

		for (k = 0; k < u->n; k++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			add(&sum, &u->list[(state >> 33) % u->n]);
		}
		figures(&sum, f);
		for (k = 0; k < FIGURES; k++)
			drawn[k][i] = f[k];
	}
	for (k = 0; k < FIGURES; k++) {
		qsort(drawn[k], RESAMPLES, sizeof(double), by_value);
		low[k] = drawn[k][RESAMPLES * 25 / 1000];
		high[k] = drawn[k][RESAMPLES * 975 / 1000 - 1];
	}
}

static void
report(const char *name, const struct unit_list *u)
{
	double f[FIGURES], low[FIGURES], high[FIGURES];
	struct counts sum = {0};
	size_t i;

	for (i = 0; i < u->n; i++)
		add(&sum, &u->list[i]);
	figures(&sum, f);
	bootstrap(u, low, high);
	printf("%-22s %7.0f %6.0f %6.0f  %.3f [%.3f-%.3f]  %.3f [%.3f-%.3f]  %5.2f [%.2f-%.2f]  "
	    "%.4f %.4f %+6.1f%%\n", name, sum.gold, sum.errors, sum.changes,
	    f[RECALL], low[RECALL], high[RECALL], f[PRECISION], low[PRECISION], high[PRECISION],
	    f[HARM], low[HARM], high[HARM], f[BEFORE], f[AFTER],
	    f[BEFORE] > 0 ? 100 * (f[AFTER] / f[BEFORE] - 1) : 0.0);
}

static _Noreturn void
usage(void)
{
	fputs("usage: score [-dHlmpy] [-n name] raw corrected gold\n", stderr);
	exit(2);
}

int
main(int argc, char **argv)
{
	struct words raw = {0}, cor = {0}, gold = {0};
	struct unit_list u = {0};
	size_t r[2] = {0}, c[2] = {0}, g[2] = {0}, line;
	const char *name = "";
	bool more = true, head = false;
	int opt;

	msg_init("score");
	while ((opt = getopt(argc, argv, "dHlmn:py")) != -1) {
		switch (opt) {
		case 'd': details = true; break;
		case 'H': head = true; break;
		case 'l': flags |= WORDS_LINES; break;
		case 'm': missed = true; break;
		case 'n': name = optarg; break;
		case 'p': flags |= WORDS_PUNCT; break;
		case 'y': flags |= WORDS_NO_HYPHENS; break;
		default: usage();
		}
	}
	if (head)
		printf("%-22s %7s %6s %6s  %-19s  %-19s  %-17s  %-21s\n", "", "words", "errors",
		    "made", "recall", "precision", "harm/1000", "WER");
	if (argc == optind && head)
		return 0;
	if (argc - optind != 3)
		usage();
	words_read(&raw, argv[optind], flags);
	words_read(&cor, argv[optind + 1], flags);
	words_read(&gold, argv[optind + 2], flags);
	for (line = 0; more; line++) {
		more = next_piece(&raw, r, line);
		more |= next_piece(&cor, c, line);
		more |= next_piece(&gold, g, line);
		judge_piece(&raw, r, &cor, c, &gold, g, &u);
	}
	report(name, &u);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 2;
}
