/*
 * charmodel: counts a character model from text.  In: a folder of LANG.txt, a string a line, and
 * LANG.count, word TAB count.  Out: the model that lib/charmodel reads.  It keeps no text.
 *	build/gen/charmodel DIR FILE
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "charmodel.h"
#include "io.h"
#include "msg.h"
#include "utf8.h"

/* What is no letter is counted in lines this long: labels of programs end in an ellipsis. */
enum { PROSE = 80 };
/* The letters that each language has in the pool of its group. */
enum { POOL = 1000000 };

static const struct {
	const char *langs;
	size_t rows;	/* rows of trigrams to keep */
} plan[CM_GROUPS] = {
    {"af br ca cs cy da de en eo es et eu fi fr ga gd gl hu is it lt lv nb nl nn oc pl pt ro sh sk sl "
     "sq sv tr vi",
	16000},
    {"be bg mk ru sr uk", 6000},
    {"el", 3000},
    {"ar fa", 4000},
    {"he", 2000},
};

/* Rows with letters beyond ASCII tell encodings apart: they are kept for a tenth of the count. */
static const double beyond_ascii = 10;
/* A letter that a language never has, in bits. */
static const double never = 20;
/* The share of foreign words: of any language of the script. */
static const double foreign = 1.0 / 64;
/* A trigram that has no row, over what its last two letters say, in bits. */
static const double unseen = 1.5;
/* Quotes and dashes beyond ASCII over what was counted, in bits: tales have more of them. */
static const double less_talk = 2;
/* A no-break space over a plain one, in bits. */
static const double hard_space = 4;

struct lang {
	char name[9];
	size_t group;
	double letters;		/* counted */
	float *tri;		/* nsym^3, by group */
	float *bi, *uni;	/* sums over it */
};

struct group {
	size_t nsym;
	uint32_t sym[CM_SYMBOLS];
	size_t nlang;
	struct lang lang[CM_LANGS];
};

static struct group groups[CM_GROUPS];
static unsigned char symbol[CM_END];		/* of a letter, in its group */
static double seen[CM_END];			/* how often a letter is used, share of its language */
static double beside[0x10000][CM_SIDES][CM_SIDES];	/* what is no letter */
static double cases[CM_CASES][2];

typedef void line_fn(struct lang *l, const uint32_t *cp, size_t n, double weight);

static void
read_chars(const char *s, size_t n, uint32_t **cp, size_t *count, size_t *cap)
{
	*count = 0;
	for (size_t i = 0; i < n;) {
		*cp = mem_more(*cp, *count, cap, sizeof(**cp));
		i += utf8_get(s + i, n - i, &(*cp)[(*count)++]);
	}
}

static void
read_file(struct lang *l, const char *dir, const char *ending, line_fn *fn)
{
	struct buf path = {0}, line = {0};
	uint32_t *cp = NULL;
	size_t n, cap = 0;
	struct in *in;

	buf_addf(&path, "%s/%s.%s", dir, l->name, ending);
	in = in_open(buf_str(&path));
	if (in == NULL && strcmp(ending, "txt") == 0)
		msg_die("%s: %s", buf_str(&path), strerror(errno));
	while (in != NULL && in_line(in, &line, NULL) > 0) {
		const char *tab = memchr(line.data, '\t', line.len);
		size_t len = tab != NULL ? (size_t)(tab - line.data) : line.len;
		double weight = tab != NULL ? sqrt(fmin(atof(buf_str(&line) + len + 1), 1e4)) : 1;

		if (utf8_valid(line.data, len) < len)
			continue;
		read_chars(line.data, len, &cp, &n, &cap);
		fn(l, cp, n, weight);
	}
	in_close(in);
	buf_free(&path);
	buf_free(&line);
	free(cp);
}

/* First reading: which letters there are, capitals, and what stands between. */
static void
count_marks(struct lang *l, const uint32_t *cp, size_t n, double weight)
{
	enum cm_case state = CM_START;

	for (size_t i = 0; i < n; i++) {
		if (cm_letter(cp[i])) {
			uint32_t low = uc_tolower(cp[i]);

			if (low < CM_END && cm_group(low) == (int)l->group)
				seen[low] += weight;
			if (l->group <= 2)
				cases[state][uc_upper(cp[i])] += weight;
			l->letters += weight;
		} else if (cp[i] < 0x10000 && n >= PROSE) {
			enum cm_side a = i > 0 ? cm_side(cp[i - 1]) : CM_SPACE;
			enum cm_side b = i + 1 < n ? cm_side(cp[i + 1]) : CM_SPACE;

			beside[cp[i]][a][b] += weight;
		}
		state = cm_case_next(state, cp[i]);
	}
}

/* The letters of a group: those that make up at least one in a million of its text. */
static void
choose_letters(struct group *g, size_t number)
{
	double all = 0;

	for (uint32_t c = 0; c < CM_END; c++)
		if (cm_group(c) == (int)number)
			all += seen[c];
	g->nsym = CM_FIRST_LETTER;
	for (uint32_t c = 0; c < CM_END; c++)
		if (cm_group(c) == (int)number && seen[c] > all / 1e6 && g->nsym < CM_SYMBOLS) {
			symbol[c] = (unsigned char)g->nsym;
			g->sym[g->nsym++] = c;
		}
	fprintf(stderr, "group %zu: %zu symbols\n", number, g->nsym);
}

static unsigned
symbol_of(const struct lang *l, uint32_t cp, unsigned before)
{
	uint32_t low = uc_tolower(cp);

	if (low < CM_END && symbol[low] != 0 && cm_group(low) == (int)l->group)
		return symbol[low];
	if (cp >= '0' && cp <= '9')
		return CM_DIGIT;
	return before >= CM_FIRST_LETTER && cm_apostrophe(cp) ? CM_APOSTROPHE : CM_BOUNDARY;
}

static void
count_letters(struct lang *l, const uint32_t *cp, size_t n, double weight)
{
	size_t nsym = groups[l->group].nsym;
	unsigned a = CM_BOUNDARY, b = CM_BOUNDARY;

	for (size_t i = 0; i <= n; i++) {
		unsigned c = i < n ? symbol_of(l, cp[i], b) : CM_BOUNDARY;

		if (c >= CM_APOSTROPHE || b >= CM_APOSTROPHE)
			l->tri[(a * nsym + b) * nsym + c] += (float)weight;
		a = c == CM_BOUNDARY ? CM_BOUNDARY : b;
		b = c;
	}
}

/* Chances of a language: of a letter, of one behind another, of one behind two. */
struct chances {
	size_t nsym;
	double *uni, *bi;
	const float *tri;
	double *two, *twotypes;	/* how often two stand, and before how many */
};

static struct chances
chances_make(const struct lang *l, size_t nsym)
{
	struct chances h = {.nsym = nsym, .tri = l->tri};
	double all = 0, *one = calloc(nsym, sizeof(double)), *onetypes = calloc(nsym, sizeof(double));

	h.uni = calloc(nsym, sizeof(double));
	h.bi = calloc(nsym * nsym, sizeof(double));
	h.two = calloc(nsym * nsym, sizeof(double));
	h.twotypes = calloc(nsym * nsym, sizeof(double));
	for (size_t i = 0; i < nsym * nsym * nsym; i++) {
		size_t ab = i / nsym, b = ab % nsym, c = i % nsym;

		h.two[ab] += l->tri[i];
		h.twotypes[ab] += l->tri[i] > 0;
		h.bi[b * nsym + c] += l->tri[i];
		h.uni[c] += l->tri[i];
		one[b] += l->tri[i];
		all += l->tri[i];
	}
	for (size_t i = 0; i < nsym * nsym; i++)
		onetypes[i / nsym] += h.bi[i] > 0;
	for (size_t c = 0; c < nsym; c++)
		h.uni[c] = (h.uni[c] / all + exp2(-never)) / (1 + (double)nsym * exp2(-never));
	for (size_t i = 0; i < nsym * nsym; i++) {
		size_t b = i / nsym, c = i % nsym;

		h.bi[i] = (h.bi[i] + (onetypes[b] + 1) * h.uni[c]) / (one[b] + onetypes[b] + 1);
	}
	free(one);
	free(onetypes);
	return h;
}

/* All languages of a group as one, each of the same weight. */
static struct lang
pool_make(const struct group *g)
{
	size_t n = g->nsym * g->nsym * g->nsym;
	struct lang pool = {.tri = calloc(n, sizeof(float))};

	for (size_t l = 0; l < g->nlang; l++) {
		double sum = 0;

		for (size_t i = 0; i < n; i++)
			sum += g->lang[l].tri[i];
		for (size_t i = 0; i < n; i++)
			pool.tri[i] += (float)(g->lang[l].tri[i] / sum * POOL);
	}
	return pool;
}

static void
chances_free(struct chances *h)
{
	free(h->uni);
	free(h->bi);
	free(h->two);
	free(h->twotypes);
}

static unsigned char
cost_of(double bits)
{
	double c = floor(bits * CM_BIT + 0.5);

	return (unsigned char)(c < 0 ? 0 : c > 255 ? 255 : c);
}

static double
tri_chance(const struct chances *h, size_t i)
{
	size_t ab = i / h->nsym, bc = i % (h->nsym * h->nsym);
	double t = h->twotypes[ab] + 1;

	return (h->tri[i] + t * h->bi[bc]) / (h->two[ab] + t);
}

/* Bits of trigram i, of a pair behind any other letter, of a letter behind none it ever follows. */
static double
tri_bits(const struct chances *h, const struct chances *pool, size_t i)
{
	return -log2((1 - foreign) * tri_chance(h, i) + foreign * tri_chance(pool, i));
}

static double
pair_bits(const struct chances *h, const struct chances *pool, size_t bc)
{
	return -log2((1 - foreign) * h->bi[bc] + foreign * pool->bi[bc]) + unseen;
}

static double
single_bits(const struct chances *h, const struct chances *pool, size_t c)
{
	return -log2((1 - foreign) * h->uni[c] + foreign * pool->uni[c]) + 2 * unseen;
}

struct worth {
	double bits;
	uint32_t tri;
};

static int
worth_order(const void *a, const void *b)
{
	const struct worth *x = a, *y = b;

	if (x->bits != y->bits)
		return x->bits > y->bits ? -1 : 1;
	return x->tri < y->tri ? -1 : x->tri > y->tri;
}

static bool
ascii_symbol(const struct group *g, size_t s)
{
	return s < CM_FIRST_LETTER || g->sym[s] < 0x80;
}

/* Marks in keep the trigrams whose rows say most that their pairs do not. */
static void
choose_rows(const struct group *g, const struct chances *h, const struct chances *pool, size_t rows,
    bool *keep)
{
	size_t n = g->nsym, all = n * n * n, m = 0;
	struct worth *w = mem_alloc(all * sizeof(*w));

	for (size_t i = 0; i < all; i++) {
		double bits = 0;

		for (size_t l = 0; l < g->nlang; l++) {
			if (h[l].tri[i] == 0)
				continue;
			bits += h[l].tri[i] / g->lang[l].letters *
			    fabs(pair_bits(&h[l], pool, i % (n * n)) - tri_bits(&h[l], pool, i));
		}
		if (bits == 0)
			continue;
		if (!ascii_symbol(g, i % n) || !ascii_symbol(g, i / n % n) ||
		    !ascii_symbol(g, i / n / n))
			bits *= beyond_ascii;
		w[m++] = (struct worth){bits, (uint32_t)i};
	}
	qsort(w, m, sizeof(*w), worth_order);
	fprintf(stderr, "%zu trigrams, %zu kept\n", m, m < rows ? m : rows);
	for (size_t i = 0; i < m && i < rows; i++)
		keep[w[i].tri] = true;
	free(w);
}

static void
add16(struct buf *b, unsigned v)
{
	buf_addc(b, (char)(v & 0xFF));
	buf_addc(b, (char)(v >> 8));
}

static void
add32(struct buf *b, uint32_t v)
{
	add16(b, v & 0xFFFF);
	add16(b, v >> 16);
}

static void
write_row(const struct group *g, struct buf *left, struct buf *row, unsigned a, const double *bits)
{
	buf_addc(left, (char)a);
	for (size_t l = 0; l < g->nlang; l++)
		buf_addc(row, (char)cost_of(bits[l]));
}

static bool
pair_seen(const struct group *g, size_t bc)
{
	size_t n2 = g->nsym * g->nsym;

	for (size_t l = 0; l < g->nlang; l++)
		for (size_t a = 0; a < g->nsym; a++)
			if (g->lang[l].tri[a * n2 + bc] > 0)
				return true;
	return false;
}

/*
 * The rows: for every letter one for pairs that never stand; for every pair (b, c) those of its
 * trigrams that are kept, then one for all others.
 */
static void
write_rows(const struct group *g, const struct chances *h, const struct chances *pool,
    const bool *keep, struct buf *start, struct buf *left, struct buf *row)
{
	size_t n = g->nsym;
	double bits[CM_LANGS];

	for (size_t c = 0; c < n; c++) {
		for (size_t l = 0; l < g->nlang; l++)
			bits[l] = single_bits(&h[l], pool, c);
		write_row(g, left, row, CM_ANY, bits);
	}
	for (size_t bc = 0; bc < n * n; bc++) {
		if (!pair_seen(g, bc)) {
			add32(start, (uint32_t)(bc % n));
			continue;
		}
		add32(start, (uint32_t)left->len);
		for (size_t a = 0; a < n; a++) {
			if (!keep[a * n * n + bc])
				continue;
			for (size_t l = 0; l < g->nlang; l++)
				bits[l] = tri_bits(&h[l], pool, a * n * n + bc);
			write_row(g, left, row, (unsigned)a, bits);
		}
		for (size_t l = 0; l < g->nlang; l++)
			bits[l] = pair_bits(&h[l], pool, bc);
		write_row(g, left, row, CM_ANY, bits);
	}
}

static void
write_group(struct buf *out, const struct group *g, size_t rows)
{
	struct chances h[CM_LANGS], all;
	struct lang pool = pool_make(g);
	struct buf start = {0}, left = {0}, row = {0};
	bool *keep = calloc(g->nsym * g->nsym * g->nsym, sizeof(*keep));

	for (size_t l = 0; l < g->nlang; l++)
		h[l] = chances_make(&g->lang[l], g->nsym);
	all = chances_make(&pool, g->nsym);
	choose_rows(g, h, &all, rows, keep);
	write_rows(g, h, &all, keep, &start, &left, &row);
	add16(out, (unsigned)g->nlang);
	add16(out, (unsigned)g->nsym);
	add32(out, (uint32_t)left.len);
	for (size_t l = 0; l < g->nlang; l++)
		buf_add(out, g->lang[l].name, 8);
	for (size_t s = 0; s < g->nsym; s++)
		add16(out, s < CM_FIRST_LETTER ? 0 : g->sym[s]);
	buf_add(out, start.data, start.len);
	buf_add(out, left.data, left.len);
	buf_add(out, row.data, row.len);
	for (size_t l = 0; l < g->nlang; l++)
		chances_free(&h[l]);
	chances_free(&all);
	free(pool.tri);
	free(keep);
	buf_free(&start);
	buf_free(&left);
	buf_free(&row);
}

/*
 * Bits of the mark c between neighbours i, of which all marks together were counted so often.  That
 * an apostrophe stands behind a letter the trigrams say: here only which of the two it is.
 */
static double
mark_bits(size_t c, size_t i, double share, double between)
{
	double bits;

	if (cm_apostrophe((uint32_t)c) && i / CM_SIDES == CM_LETTERS) {
		double straight = (&beside['\''][0][0])[i], curly = (&beside[0x2019][0][0])[i];

		return -log2(((c == '\'' ? straight : curly) + 20) / (straight + curly + 40));
	}
	bits = -log2(((&beside[c][0][0])[i] + 20 * share) / (between + 20));
	if (c == 0xA0 || c == 0x202F)
		return fmin(bits, mark_bits(' ', i, share, between) + hard_space);
	return bits + (c > 0x80 ? less_talk : 0);
}

/* What is no letter, by how often it stands between its two neighbours. */
static void
write_members(struct buf *out, struct buf *list, size_t *count)
{
	double between[CM_SIDES][CM_SIDES] = {{0}}, all = 0;

	for (size_t c = 0; c < 0x10000; c++)
		for (size_t i = 0; i < CM_SIDES * CM_SIDES; i++) {
			(&between[0][0])[i] += (&beside[c][0][0])[i];
			all += (&beside[c][0][0])[i];
		}
	for (size_t c = 0; c < CM_END; c++) {
		double sum = 0;

		for (size_t i = 0; i < CM_SIDES * CM_SIDES; i++)
			sum += (&beside[c][0][0])[i];
		if (sum < 10 || c < 0x20 || (c >= 0x7F && c < 0xA0) || uc_mark((uint32_t)c))
			continue;
		add16(list, (unsigned)c);
		for (size_t i = 0; i < CM_SIDES * CM_SIDES; i++)
			buf_addc(list, (char)cost_of(mark_bits(c, i, sum / all, (&between[0][0])[i])));
		++*count;
	}
	add16(out, (unsigned)*count);
}

static void
write_cases(struct buf *out)
{
	for (size_t s = 0; s < CM_CASES; s++)
		for (size_t up = 0; up < 2; up++)
			buf_addc(out, (char)cost_of(-log2((cases[s][up] + 1) /
						 (cases[s][0] + cases[s][1] + 2))));
}

static void
count_group(size_t i, const char *dir)
{
	struct group *g = &groups[i];
	const char *p = plan[i].langs;

	while (*p != '\0') {
		size_t n = strcspn(p, " ");
		struct lang *l = &g->lang[g->nlang++];

		memcpy(l->name, p, n);
		l->group = i;
		read_file(l, dir, "txt", count_marks);
		read_file(l, dir, "count", count_marks);
		p += n + (p[n] == ' ');
	}
	choose_letters(g, i);
	for (size_t l = 0; l < g->nlang; l++) {
		g->lang[l].tri = calloc(g->nsym * g->nsym * g->nsym, sizeof(float));
		read_file(&g->lang[l], dir, "txt", count_letters);
		read_file(&g->lang[l], dir, "count", count_letters);
	}
}

int
main(int argc, char **argv)
{
	struct buf head = {0}, members = {0}, body = {0};
	size_t count = 0;
	FILE *f;

	msg_init("charmodel");
	if (argc != 3)
		msg_usage("dir file");
	for (size_t i = 0; i < CM_GROUPS; i++) {
		count_group(i, argv[1]);
		write_group(&body, &groups[i], plan[i].rows);
		for (size_t l = 0; l < groups[i].nlang; l++)
			free(groups[i].lang[l].tri);
	}
	buf_adds(&head, "emend-cm");
	write_members(&head, &members, &count);
	add16(&head, CM_GROUPS);
	write_cases(&members);
	f = fopen(argv[2], "w");
	if (f == NULL)
		msg_die("%s: %s", argv[2], strerror(errno));
	fwrite(head.data, 1, head.len, f);
	fwrite(members.data, 1, members.len, f);
	fwrite(body.data, 1, body.len, f);
	if (fclose(f) != 0)
		msg_die("%s: %s", argv[2], strerror(errno));
	fprintf(stderr, "%zu members, %zu bytes\n", count, head.len + members.len + body.len);
	return 0;
}
