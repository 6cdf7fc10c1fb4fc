/*
 * Parts of deocr: a channel reads its tables and is sharpened by what it saw and no further; a
 * search finds what was on the page; the lines of a plain text come back as they went.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "model.h"
#include "plain.h"
#include "search.h"

/* --- channel --- */

static void
file_write(const char *folder, const char *name, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

/* A channel of two tables of our own. */
static struct channel *
channel_own(void)
{
	char folder[] = "/tmp/emend-unit-XXXXXX", path[256];
	const char *own = getenv("EMEND_DICT");
	char *before = own != NULL ? strdup(own) : NULL;
	struct channel *c;

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/confusions", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	file_write(path, "common.tsv", "# TRUE\tREAD\tBITS\n*sub\t16\nm\trn\t8\nl\tI\t9\nl'\tI'\t5\n");
	file_write(path, "xx.tsv", "m\trn\t6\n*sub\t15\n");
	assert_int_equal(setenv("EMEND_DICT", folder, 1), 0);
	c = channel_open("xx");
	if (before != NULL)
		setenv("EMEND_DICT", before, 1);
	else
		unsetenv("EMEND_DICT");
	free(before);
	snprintf(path, sizeof(path), "rm -r %s", folder);
	assert_int_equal(system(path), 0);
	return c;
}

static size_t
rule(const struct channel *c, const char *was, const char *read)
{
	size_t i;

	for (i = RULE_CLASSES; i < c->n; i++)
		if (strcmp(c->rule[i].was, was) == 0 && strcmp(c->rule[i].read, read) == 0)
			return i;
	fail_msg("no rule %s", read);
	return 0;
}

static void
channel_free(struct channel *c)
{
	free(c->rule);
	free(c);
}

static void
tables_of_the_language_win(void **state)
{
	struct channel *c = channel_own();

	(void)state;
	assert_int_equal(c->n, RULE_CLASSES + 3);
	assert_int_equal(c->rule[rule(c, "m", "rn")].prior, 6 * MODEL_BIT);
	assert_int_equal(c->rule[RULE_SUB].prior, 15 * MODEL_BIT);
	assert_int_equal(c->rule[rule(c, "l", "I")].cost, 9 * MODEL_BIT);
	assert_int_equal(c->first['r'] + 1, c->first['r' + 1]);
	assert_int_equal(c->first['I'] + 2, c->first['I' + 1]);
	assert_int_equal(c->first['z'], c->first['z' + 1]);
	channel_free(c);
}

static void
three_words_sharpen_a_rule(void **state)
{
	struct channel *c = channel_own();
	size_t rn = rule(c, "m", "rn"), i;
	int few;

	(void)state;
	channel_seen(c, rn);
	channel_seen(c, rn);
	assert_false(channel_believes(c, rn));
	channel_seen(c, rn);
	assert_true(channel_believes(c, rn));
	channel_adapt(c, rn, 1000);
	assert_true(c->rule[rn].cost <= c->rule[rn].prior);
	channel_adapt(c, rn, 10);
	few = c->rule[rn].cost;
	assert_true(few < c->rule[rn].prior && few > 0);
	for (i = 0; i < 5; i++)
		channel_seen(c, rn);
	channel_adapt(c, rn, 10);
	assert_true(c->rule[rn].cost < few);
	channel_reset(c);
	assert_int_equal(c->rule[rn].cost, c->rule[rn].prior);
	assert_false(channel_believes(c, rn));
	channel_free(c);
}

static void
a_clitic_tells_of_its_letter(void **state)
{
	struct channel *c = channel_own();
	size_t letter = rule(c, "l", "I"), clitic = rule(c, "l'", "I'"), i;

	(void)state;
	for (i = 0; i < 3; i++)
		channel_seen(c, clitic);
	assert_true(channel_believes(c, letter));
	assert_true(channel_applies(c, letter, "bal", 3));
	assert_false(channel_applies(c, letter, "bas", 3));
	assert_false(channel_applies(c, RULE_LOST, "bas", 3));
	assert_true(channel_applies(c, RULE_LOST, "b\xc3\xa9", 3));
	channel_free(c);
}

/* --- search --- */

static void
search_finds(const char *lang, const char *scanned, const char *page)
{
	const struct language *l = language_get(lang);
	struct candidate list[CANDIDATES_MAX];
	size_t n, i, len = strlen(scanned);
	struct reading r;

	if (l->lexicon == NULL)
		skip();
	language_read(l, scanned, len, false, &r);
	n = search(l, scanned, len, len, &r, list);
	assert_true(n <= CANDIDATES_MAX);
	for (i = 0; i < n; i++)
		if (list[i].len == strlen(page) && memcmp(list[i].form, page, list[i].len) == 0)
			break;
	if (i == n)
		fail_msg("%s: not found for %s among %zu", page, scanned, n);
	for (i = 1; i < n; i++)
		assert_true(list[i - 1].rank <= list[i].rank);
	for (i = 0; i < n; i++)
		assert_true(list[i].nedits <= EDITS_MAX && list[i].cost >= 0);
}

static void
words_behind_strings(void **state)
{
	static const char *const case_[][3] = {{"en", "cornmittee", "committee"},
		{"en", "govemment", "government"}, {"en", "fir~t", "first"},
		{"en", "rep0rt", "report"}, {"en", "ofthe", "of the"}, {"en", "Cornmittee", "Committee"},
		{"en", "COMM1TTEE", "COMMITTEE"}, {"fr", "cooperation", "coop\xc3\xa9ration"},
		{"fr", "I'homme", "l'homme"}, {"fr", "lamati\xc3\xa8re", "la mati\xc3\xa8re"},
		{"sq", "shtepive", "sht\xc3\xabpive"}};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(case_) / sizeof(*case_); i++)
		search_finds(case_[i][0], case_[i][1], case_[i][2]);
}

static void
nothing_behind_long_or_empty_strings(void **state)
{
	const struct language *l = language_get("en");
	struct candidate list[CANDIDATES_MAX];
	struct reading r = {.n = 0};
	char s[4096];

	(void)state;
	if (l->lexicon == NULL)
		skip();
	memset(s, 'a', sizeof(s));
	assert_int_equal(search(l, s, sizeof(s), sizeof(s), &r, list), 0);
	assert_int_equal(search(l, s, 0, 0, &r, list), 0);
}

/* --- plain --- */

static void
doc_lines(struct doc *d, const char *const *line, size_t n)
{
	size_t i;

	memset(d, 0, sizeof(*d));
	for (i = 0; i < n; i++)
		buf_adds(&doc_add(d, 'T', NULL)->text.s, line[i]);
}

static void
lines_are(struct doc *d, const char *const *line, size_t n)
{
	size_t i;

	assert_int_equal(d->n, n);
	for (i = 0; i < n; i++)
		assert_string_equal(buf_str(&d->rec[i].text.s), line[i]);
}

static void
lines_come_back(void **state)
{
	static const char *const line[] = {"", " A word and a hy-", "phen, 1999-", "2001 and", "", "",
		"the next", "x"};
	size_t n = sizeof(line) / sizeof(*line);
	struct paragraphs p = {0};
	struct doc d;

	(void)state;
	doc_lines(&d, line, n);
	paragraphs_join(&p, &d);
	assert_int_equal(p.n, 2);
	assert_string_equal(buf_str(&p.list[0].text.s), " A word and a hy-phen, 1999- 2001 and");
	assert_string_equal(buf_str(&p.list[1].text.s), "the next x");
	paragraphs_part(&p, &d);
	lines_are(&d, line, n);
	paragraphs_free(&p);
	doc_free(&d);
}

static void
a_joined_word_stands_on_the_first_line(void **state)
{
	static const char *const line[] = {"a hy-", "phen", "", "is", "", "here", "", "alone"};
	static const char *const want[] = {"a hyphen", "", "", "is", "", "here", "", "alone"};
	size_t n = sizeof(line) / sizeof(*line);
	struct paragraphs p = {0};
	struct doc d;

	(void)state;
	doc_lines(&d, line, n);
	paragraphs_join(&p, &d);
	text_splice(&p.list[0].text, 4, 1, "", 0);
	paragraphs_part(&p, &d);
	lines_are(&d, want, n);
	paragraphs_free(&p);
	doc_free(&d);
}

static void
double_spaced_lines_are_one_paragraph(void **state)
{
	static const char *const line[] = {"one", "", "two", "", "three", "", "four", "", "five", "", "",
		"six", "", "seven"};
	struct paragraphs p = {0};
	struct doc d;

	(void)state;
	doc_lines(&d, line, sizeof(line) / sizeof(*line));
	paragraphs_join(&p, &d);
	assert_int_equal(p.n, 2);
	assert_string_equal(buf_str(&p.list[0].text.s), "one two three four five");
	paragraphs_free(&p);
	doc_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_of_the_language_win),
		cmocka_unit_test(three_words_sharpen_a_rule),
		cmocka_unit_test(a_clitic_tells_of_its_letter),
		cmocka_unit_test(words_behind_strings),
		cmocka_unit_test(nothing_behind_long_or_empty_strings),
		cmocka_unit_test(lines_come_back),
		cmocka_unit_test(a_joined_word_stands_on_the_first_line),
		cmocka_unit_test(double_spaced_lines_are_one_paragraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
