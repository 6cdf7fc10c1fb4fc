/*
 * decode: measures encoding detection.
 *	build/bench/decode samples PLAN TEXTS OUT	cuts texts into samples, encodes them
 *	build/bench/decode score LIST ANSWERS...	prints the table
 * PLAN: group TAB encodings TAB languages, spaces between.  TEXTS holds LANG.txt, a paragraph a line.
 * OUT gets a file a sample, what it should become beside it (.want), and the list for decode -f.
 * ANSWERS is NAME=FILE: FILE a tagged stream of decode, or id TAB encoding a line of a detector,
 * whose answer is then decoded by iconv.
 */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "io.h"
#include "msg.h"
#include "utf8.h"

enum { LONG = 1000, SHORT = 80, MOST_LONG = 8, MOST_SHORT = 40, SIZES = 2, GROUPS = 64, PEERS = 8 };

/* Converts s between encodings, strictly.  Returns false where that cannot be. */
static bool
recode(const char *from, const char *to, const char *s, size_t n, struct buf *b)
{
	iconv_t cd = iconv_open(to, from);
	char *in = (char *)s, *out;
	size_t left = n, room;
	bool ok;

	buf_clear(b);
	if (cd == (iconv_t)-1)
		return false;
	buf_need(b, 4 * n + 16);
	out = b->data;
	room = b->cap;
	ok = iconv(cd, &in, &left, &out, &room) != (size_t)-1 && left == 0;
	b->len = (size_t)(out - b->data);
	iconv_close(cd);
	return ok;
}

static void
save(const char *path, const char *s, size_t n)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fwrite(s, 1, n, f) != n || fclose(f) != 0)
		msg_die("%s: %s", path, strerror(errno));
}

struct sampler {
	const char *group, *lang, *encoding, *dir;
	FILE *list;
	struct buf bytes;
	size_t kept;
};

/* Writes the sample s[0..n) if it is of use; returns whether it was. */
static bool
sample(struct sampler *sp, const char *s, size_t n, char size)
{
	struct buf path = {0};
	size_t got;

	if (utf8_ascii(s, n) == n || !recode("UTF-8", sp->encoding, s, n, &sp->bytes))
		return false;
	/* A converter that quietly replaces characters is not strict. */
	{
		struct buf back = {0};
		bool same = recode(sp->encoding, "UTF-8", sp->bytes.data, sp->bytes.len, &back) &&
		    back.len == n && memcmp(back.data, s, n) == 0;

		buf_free(&back);
		if (!same)
			return false;
	}
	buf_addf(&path, "%s/%s:%s:%s:%c:%zu", sp->dir, sp->group, sp->encoding, sp->lang, size,
	    sp->kept);
	save(buf_str(&path), sp->bytes.data, sp->bytes.len);
	got = path.len;
	buf_adds(&path, ".want");
	save(buf_str(&path), s, n);
	path.len = got;
	fprintf(sp->list, "%s%c%s%c%s%c", strrchr(buf_str(&path), '/') + 1, 0, "x", 0, buf_str(&path),
	    0);
	sp->kept++;
	buf_free(&path);
	return true;
}

/* The end of a sample of so many characters from byte i on: at a space. */
static size_t
sample_end(const struct buf *t, size_t i, size_t chars)
{
	size_t end = i, space = i;

	while (end < t->len && chars-- > 0) {
		uint32_t cp;

		if (t->data[end] == ' ' || t->data[end] == '\n')
			space = end;
		end += utf8_get(t->data + end, t->len - end, &cp);
	}
	return end == t->len ? end : space > i ? space : end;
}

static void
cut(struct sampler *sp, const struct buf *text, size_t chars, size_t most, char size)
{
	struct buf s = {0};

	sp->kept = 0;
	for (size_t i = 0; i < text->len && sp->kept < most;) {
		size_t end = sample_end(text, i, chars);

		buf_clear(&s);
		buf_add(&s, text->data + i, end - i);
		for (size_t k = 0; chars == SHORT && k < s.len; k++)
			if (s.data[k] == '\n')
				s.data[k] = ' ';
		buf_addc(&s, '\n');
		sample(sp, s.data, s.len, size);
		i = end + (end < text->len && strchr(" \n", text->data[end]) != NULL);
	}
	buf_free(&s);
}

static void
sample_plan(char *line, const char *texts, const char *out, FILE *list)
{
	char *group = strtok(line, "\t"), *encodings = strtok(NULL, "\t"),
	     *languages = strtok(NULL, "\t"), *e, *l, *s1, *s2;

	if (languages == NULL)
		return;
	for (e = strtok_r(encodings, " ", &s1); e != NULL; e = strtok_r(NULL, " ", &s1)) {
		char *again = mem_dup(languages, strlen(languages));

		for (l = strtok_r(again, " ", &s2); l != NULL; l = strtok_r(NULL, " ", &s2)) {
			struct sampler sp = {group, l, e, out, list, {0}, 0};
			struct buf path = {0}, text = {0};
			struct in *in;

			buf_addf(&path, "%s/%s.txt", texts, l);
			in = in_open(buf_str(&path));
			if (in == NULL || in_all(in, &text) < 0)
				msg_die("%s: %s", buf_str(&path), strerror(errno));
			cut(&sp, &text, LONG, MOST_LONG, 'L');
			cut(&sp, &text, SHORT, MOST_SHORT, 'S');
			in_close(in);
			buf_free(&path);
			buf_free(&text);
			buf_free(&sp.bytes);
		}
		free(again);
	}
}

static void
samples(const char *plan, const char *texts, const char *out)
{
	struct in *in = in_open(plan);
	struct buf line = {0}, path = {0};
	FILE *list;

	buf_addf(&path, "%s.list", out);
	list = fopen(buf_str(&path), "w");
	if (in == NULL || list == NULL)
		msg_die("%s: %s", plan, strerror(errno));
	while (in_line(in, &line, NULL) > 0)
		sample_plan((char *)buf_str(&line), texts, out, list);
	fclose(list);
	in_close(in);
	buf_free(&line);
	buf_free(&path);
}

/* What each sample came out as, by one peer. */
struct answer {
	char *id;
	struct buf text;	/* of decode; the encoding's name of a detector */
};

struct peer {
	const char *name;
	bool detector;
	struct answer *a;
	size_t n, cap;
};

static struct answer *
answer_add(struct peer *p, const char *id, size_t n)
{
	p->a = mem_more(p->a, p->n, &p->cap, sizeof(*p->a));
	p->a[p->n] = (struct answer){.id = mem_dup(id, n)};
	return &p->a[p->n++];
}

static void
read_answers(struct peer *p, const char *path)
{
	struct in *in = in_open(path);
	struct buf line = {0};
	struct answer *a = NULL;

	if (in == NULL)
		msg_die("%s: %s", path, strerror(errno));
	p->detector = true;	/* until the opening line of a stream says otherwise */
	while (in_line(in, &line, NULL) > 0) {
		const char *s = buf_str(&line), *tab = strchr(s, '\t');

		if (tab == NULL) {
			p->detector = false;
			continue;
		}
		if (p->detector) {
			a = answer_add(p, s, (size_t)(tab - s));
			buf_adds(&a->text, tab + 1);
		} else if (*s == 'D') {
			a = answer_add(p, s + 2, strcspn(s + 2, "\t"));
		} else if (*s == 'T' && a != NULL) {
			buf_add(&a->text, s + 2, line.len - 2);
			buf_addc(&a->text, '\n');
		}
	}
	in_close(in);
	buf_free(&line);
}

static int
answer_order(const void *a, const void *b)
{
	return strcmp(((const struct answer *)a)->id, ((const struct answer *)b)->id);
}

static bool
right(const struct peer *p, const char *id, const struct buf *raw, const struct buf *want)
{
	struct answer key = {.id = (char *)id};
	const struct answer *a = bsearch(&key, p->a, p->n, sizeof(*p->a), answer_order);
	struct buf b = {0};
	bool ok;

	if (a == NULL)
		return false;
	if (!p->detector)
		return a->text.len == want->len && memcmp(a->text.data, want->data, want->len) == 0;
	ok = recode(buf_str((struct buf *)&a->text), "UTF-8", raw->data, raw->len, &b) &&
	    b.len == want->len && memcmp(b.data, want->data, want->len) == 0;
	buf_free(&b);
	return ok;
}

struct tally {
	char *group;
	size_t n[SIZES], right[SIZES][PEERS];
};

static void
load(const char *path, const char *ending, struct buf *b)
{
	struct buf p = {0};
	struct in *in;

	buf_clear(b);
	buf_addf(&p, "%s%s", path, ending);
	in = in_open(buf_str(&p));
	if (in == NULL || in_all(in, b) < 0)
		msg_die("%s: %s", buf_str(&p), strerror(errno));
	in_close(in);
	buf_free(&p);
}

static struct tally *
tally_of(struct tally *t, size_t *n, const char *id)
{
	size_t len = strcspn(id, ":"), i;

	for (i = 0; i < *n; i++)
		if (strlen(t[i].group) == len && memcmp(t[i].group, id, len) == 0)
			return &t[i];
	if (*n == GROUPS)
		msg_die("too many groups");
	t[i].group = mem_dup(id, len);
	++*n;
	return &t[i];
}

static void
print_table(const struct tally *t, size_t n, const struct peer *p, size_t npeer)
{
	printf("%-36s %11s", "group, exact % long/lines", "n");
	for (size_t k = 0; k < npeer; k++)
		printf(" %13s", p[k].name);
	printf("\n");
	for (size_t i = 0; i < n; i++) {
		printf("%-36s %5zu/%5zu", t[i].group, t[i].n[0], t[i].n[1]);
		for (size_t k = 0; k < npeer; k++)
			printf("   %5.1f/%5.1f",
			    t[i].n[0] ? 100.0 * (double)t[i].right[0][k] / (double)t[i].n[0] : 0.0,
			    t[i].n[1] ? 100.0 * (double)t[i].right[1][k] / (double)t[i].n[1] : 0.0);
		printf("\n");
	}
}

static void
score(const char *list, int npeer, char **arg)
{
	static struct tally t[GROUPS];
	struct peer p[PEERS] = {{0}};
	struct buf raw = {0}, want = {0};
	size_t n = 0, len = 0;
	char *field[3] = {NULL};
	FILE *f = fopen(list, "r");
	size_t cap[3] = {0};

	if (f == NULL || npeer > PEERS)
		msg_die("%s: %s", list, strerror(errno));
	for (int k = 0; k < npeer; k++) {
		char *eq = strchr(arg[k], '=');

		*eq = '\0';
		p[k].name = arg[k];
		read_answers(&p[k], eq + 1);
		qsort(p[k].a, p[k].n, sizeof(*p[k].a), answer_order);
	}
	while (getdelim(&field[0], &cap[0], 0, f) > 0 && getdelim(&field[1], &cap[1], 0, f) > 0 &&
	    getdelim(&field[2], &cap[2], 0, f) > 0) {
		struct tally *of = tally_of(t, &n, field[0]);
		int size = strstr(field[0], ":S:") != NULL;

		load(field[2], "", &raw);
		load(field[2], ".want", &want);
		of->n[size]++;
		for (int k = 0; k < npeer; k++) {
			bool ok = right(&p[k], field[0], &raw, &want);

			of->right[size][k] += ok;
			if (!ok && k == 0 && getenv("FAILURES") != NULL && len++ < 4000)
				fprintf(stderr, "%s: %s\n", field[0], size ? buf_str(&want) : "\n");
		}
	}
	print_table(t, n, p, (size_t)npeer);
}

int
main(int argc, char **argv)
{
	msg_init("bench-decode");
	if (argc == 5 && strcmp(argv[1], "samples") == 0)
		samples(argv[2], argv[3], argv[4]);
	else if (argc > 3 && strcmp(argv[1], "score") == 0)
		score(argv[2], argc - 3, argv + 3);
	else
		msg_usage("samples plan texts out | score list name=answers...");
	return 0;
}
