/*
 * misread: clean text as a scanner might have read it, for fitting what deocr makes of its
 * evidence.  In: texts, a paragraph a line; of each only the last lines, which the models do not
 * know.  Out: a tagged stream, a document a page, and beside it their clean text, a line each.
 * Each page has a scanner of its own: how often it errs, which confusions of dict/confusions it
 * favours, whether it loses spaces, breaks words, drops diacritics or the ends of lines.
 *	misread LANG PAGES GOLD TEXT... >stream
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io.h"
#include "msg.h"
#include "table.h"
#include "utf8.h"

#define TAIL 20		/* one line in so many, the last ones, is held out of a model */
#define PAGE 300	/* words of a page at least */
#define LONGEST 600	/* words of it at most */
#define SIDES_MAX 3	/* characters of the true side of a confusion */
#define LIKES 3		/* bits by which a scanner may favour a confusion */
#define HABITS 3	/* confusions that it makes again and again */
#define HABIT 6		/* bits by which */
#define BREAKS 6	/* characters of a word that a line end may break */

struct confusion {
	char *was, *read;	/* owned */
	double share, now;	/* how often, at any scanner; at this one */
};

struct text {
	char **line;	/* owned */
	size_t n, cap;
};

/* What a scanner does, as shares of characters. */
struct scanner {
	double confuse, slip, speck, space, join, broken, bare;
};

static struct {
	struct confusion *list;
	size_t n, cap;
} confusions;

static uint64_t state = 1;

/* A number in [0, 1), the next of a fixed sequence. */
static double
chance(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (double)(state >> 40) / (1 << 24);
}

static double
between(double low, double high)
{
	return low + (high - low) * chance();
}

static void
confusion_add(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	(void)file;
	(void)line;
	if (n != 3 || utf8_count(field[0], strlen(field[0])) > SIDES_MAX)
		return;
	confusions.list = mem_more(confusions.list, confusions.n, &confusions.cap,
	    sizeof(*confusions.list));
	confusions.list[confusions.n++] = (struct confusion){mem_dup(field[0], strlen(field[0])),
	    mem_dup(field[1], strlen(field[1])), exp2(-strtod(field[2], NULL)), 0};
}

static void
confusions_read(const char *name)
{
	struct buf path = {0};
	char *full;

	buf_addf(&path, "confusions/%s.tsv", name);
	full = dict_path(buf_str(&path));
	if (table_read(full, confusion_add, NULL) != 0)
		msg_die("no confusions of %s", name);
	free(full);
	buf_free(&path);
}

static void
text_read(struct text *t, const char *path)
{
	struct in *in = in_open(path);
	struct buf line = {0};
	size_t n = 0, i;

	if (in == NULL)
		msg_die("cannot read %s", path);
	while (in_line(in, &line, NULL) > 0) {
		t->line = mem_more(t->line, n, &t->cap, sizeof(*t->line));
		t->line[n++] = mem_dup(line.data, line.len);
	}
	for (i = 0; i < n - n / TAIL; i++)
		free(t->line[i]);
	t->n = n / TAIL;
	if (t->n == 0)
		msg_die("%s: too short", path);
	memmove(t->line, t->line + i, t->n * sizeof(*t->line));
	in_close(in);
	buf_free(&line);
}

/* Lines from anywhere in the text until they make a page. */
static void
page_take(const struct text *t, struct buf *page)
{
	size_t i = (size_t)(chance() * (double)t->n), words = 0, at;

	buf_clear(page);
	for (; words < PAGE; i = (i + 1) % t->n) {
		const char *s = t->line[i];

		while (words < LONGEST && *(s += strspn(s, " \t\r")) != '\0') {
			size_t len = strcspn(s, " \t\r");

			if (page->len > 0)
				buf_addc(page, ' ');
			buf_add(page, s, len);
			s += len;
			words++;
		}
	}
	for (at = 0; at < page->len; at++)
		if ((unsigned char)page->data[at] < ' ')
			page->data[at] = ' ';
}

static struct scanner
scanner_make(void)
{
	struct scanner s = {0};
	double errs = exp2(between(-9, -3.6));
	size_t i;

	for (i = 0; i < confusions.n; i++)
		confusions.list[i].now = confusions.list[i].share * exp2(between(-LIKES, LIKES));
	for (i = 0; i < HABITS; i++)
		confusions.list[(size_t)(chance() * (double)confusions.n)].now *=
		    exp2(between(0, HABIT));
	s.confuse = 30 * errs;
	s.slip = 0.45 * errs;
	s.speck = chance() < 0.3 ? exp2(between(-10, -6)) : 0;
	s.space = chance() < 0.5 ? exp2(between(-9, -5)) : exp2(-12);
	s.join = chance() < 0.4 ? exp2(between(-9, -4.5)) : exp2(-11);
	s.broken = chance() < 0.6 ? 0.1 : 0;
	s.bare = chance() < 0.2 ? between(0.5, 1) : 0;
	return s;
}

static const char *
any_of(const char *const *list, size_t n)
{
	return list[(size_t)(chance() * (double)n)];
}

/* A slip that no table has: another letter, none, one too many, a sign. */
static void
slip(const char *s, size_t len, struct buf *out)
{
	static const char *const letters[] = {"e", "t", "a", "o", "i", "n", "s", "r", "h", "l", "d", "c",
		"u", "m", "f", "p", "g", "w", "y", "b", "v", "k", "x", "q", "j", "z", "é", "E", "T", "I"};
	static const char *const signs[] = {".", ",", ";", ":", "-", "'", "*", "^", "!", "1", "0", "8", "4",
		"•"};
	double x = chance();

	if (x < 0.25)
		return;
	if (x < 0.6) {
		buf_adds(out, any_of(letters, sizeof(letters) / sizeof(*letters)));
	} else if (x < 0.7) {
		buf_adds(out, any_of(signs, sizeof(signs) / sizeof(*signs)));
	} else {
		buf_add(out, s, len);
		buf_adds(out, x < 0.85 ? any_of(letters, sizeof(letters) / sizeof(*letters)) :
		    any_of(signs, sizeof(signs) / sizeof(*signs)));
	}
}

/* A speck on the letter s[0..len), or behind it. */
static void
speck(const char *s, size_t len, struct buf *out)
{
	static const char *const specks[] = {"~", "~", "~", "$", "^", ".", "'", "·"};

	if (chance() < 0.3)
		buf_add(out, s, len);
	buf_adds(out, any_of(specks, sizeof(specks) / sizeof(*specks)));
}

/* The confusion that befalls s[0..n) at this scanner, or NULL. */
static const struct confusion *
befalls(const struct scanner *sc, const char *s, size_t n)
{
	double x = chance();
	size_t i;

	for (i = 0; i < confusions.n; i++) {
		const struct confusion *c = &confusions.list[i];
		size_t len = strlen(c->was);

		if (len > n || memcmp(s, c->was, len) != 0)
			continue;
		x -= c->now * sc->confuse;
		if (x < 0)
			return c;
	}
	return NULL;
}

/* How many letters go on at s. */
static size_t
letters_ahead(const char *s, size_t n)
{
	size_t i = 0, count = 0, len;
	uint32_t cp;

	for (; i < n; i += len, count++) {
		len = utf8_get(s + i, n - i, &cp);
		if (!uc_letter(cp))
			break;
	}
	return count;
}

/* One character of the page, or what a confusion takes at once; returns its bytes. */
static size_t
read_character(const struct scanner *sc, const char *s, size_t n, struct buf *out)
{
	uint32_t cp, next;
	size_t len = utf8_get(s, n, &cp);
	const struct confusion *c;

	if (cp == ' ') {
		if (chance() >= sc->join)
			buf_addc(out, ' ');
		return len;
	}
	if ((c = befalls(sc, s, n)) != NULL) {
		buf_adds(out, c->read);
		return strlen(c->was);
	}
	if (uc_letter(cp) && chance() < sc->slip)
		slip(s, len, out);
	else if (uc_letter(cp) && chance() < sc->speck)
		speck(s, len, out);
	else if (uc_base(cp) != cp && chance() < sc->bare)
		utf8_add(out, uc_base(cp));
	else
		buf_add(out, s, len);
	if (len < n && uc_letter(cp)) {
		utf8_get(s + len, n - len, &next);
		if (uc_letter(next) && chance() < sc->space)
			buf_addc(out, ' ');
	}
	return len;
}

static void
page_read(const struct scanner *sc, const struct buf *page, struct buf *out)
{
	size_t i = 0, ahead, left = 0, hyphen = 0;

	buf_clear(out);
	while (i < page->len) {
		ahead = letters_ahead(page->data + i, page->len - i);
		if (left == 0 && ahead >= BREAKS && chance() < sc->broken)
			hyphen = 2 + (size_t)(chance() * (double)(ahead - 4));
		left = ahead;
		i += read_character(sc, page->data + i, page->len - i, out);
		if (hyphen > 0 && --hyphen == 0)
			buf_addc(out, '-');
	}
}

int
main(int argc, char **argv)
{
	struct buf page = {0}, out = {0};
	struct text *text;
	FILE *gold;
	int i, ntexts = argc - 4, pages;

	msg_init("misread");
	if (ntexts < 1 || (pages = atoi(argv[2])) < 1)
		msg_die("usage: misread lang pages gold text... >stream");
	confusions_read("common");
	confusions_read(argv[1]);
	text = mem_alloc((size_t)ntexts * sizeof(*text));
	memset(text, 0, (size_t)ntexts * sizeof(*text));
	for (i = 0; i < ntexts; i++)
		text_read(&text[i], argv[4 + i]);
	if ((gold = fopen(argv[3], "w")) == NULL)
		msg_die("cannot write %s", argv[3]);
	puts("#emend 1");
	for (i = 0; i < pages; i++) {
		struct scanner sc = scanner_make();

		page_take(&text[i % ntexts], &page);
		page_read(&sc, &page, &out);
		fprintf(gold, "%s\n", buf_str(&page));
		printf("D\t%d\tsrc=%d\tlang=%s\nS\t1\nB\tp\tid=L0001\tlines=1\nT\t%s\nE\t4\n", i, i,
		    argv[1], buf_str(&out));
	}
	return fclose(gold) == 0 && fflush(stdout) == 0 ? 0 : 2;
}
