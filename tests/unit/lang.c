/*
 * Unit tests of lang: words, sums, posteriors, and that what is remembered changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang.h"
#include "langrow.h"

static struct lang_model *model;

static int
set_up(void **state)
{
	(void)state;
	setenv("EMEND_DICT", "dict", 0);
	model = lang_open();
	return model == NULL ? -1 : 0;
}

static int
tear_down(void **state)
{
	(void)state;
	lang_close(model);
	return 0;
}

static void
assert_words(const char *text, const char *want)
{
	char got[256] = "";
	size_t at = 0, off, n, len = strlen(text);

	while ((n = lang_word_find(text + at, len - at, &off)) > 0) {
		strncat(got, text + at + off, n);
		strcat(got, "|");
		at += off + n;
	}
	assert_string_equal(got, want);
}

static void
test_words(void **state)
{
	(void)state;
	assert_words("", "");
	assert_words("12 34, 5.6", "");
	assert_words("Le chat, l'eau; 3e", "Le|chat|l'|eau|e|");
	assert_words("c1el 157-t\xC3\xABs", "c1el|t\xC3\xABs|");
	assert_words("\xD0\xB4\xD0\xB0 \xE2\x80\x94 \xC3\x97", "\xD0\xB4\xD0\xB0|");
	assert_words("a\xFF"
		     "b\xC3",
	    "a|b|");
	assert_words("aaaaaaaaaabbbbbbbbbbccccccccccdddd", "aaaaaaaaaabbbbbbbbbbccccccccccdd|dd|");
}

/* A text's sum is the sum of its words', whatever was scored before. */
static void
test_sums(void **state)
{
	const char *text = "La paix est possible et nous la voulons";
	struct lang_sum whole = {0}, parts = {0};

	(void)state;
	lang_add(model, text, strlen(text), &whole);
	lang_add(model, text, 7, &parts);
	lang_add(model, text + 7, strlen(text) - 7, &parts);
	assert_memory_equal(&whole, &parts, sizeof(whole));
	assert_int_equal(whole.words, 8);
}

static void
test_best(void **state)
{
	static const struct {
		const char *tag, *text;
	} line[] = {{"en", "The members of the council have met again this week."},
	    {"fr", "Les membres du conseil se sont de nouveau réunis cette semaine."},
	    {"sq", "Anëtarët e këshillit u mblodhën përsëri këtë javë."},
	    {"zh", "安理会成员本周再次开会。"}, {"el", "Τα μέλη του συμβουλίου."}};
	struct lang_sum sum;
	uint32_t p[LANG_MAX], all;
	size_t i, l;
	int best;

	(void)state;
	for (i = 0; i < sizeof(line) / sizeof(line[0]); i++) {
		sum = (struct lang_sum){0};
		lang_add(model, line[i].text, strlen(line[i].text), &sum);
		best = lang_posteriors(model, &sum, LANG_ALL, NULL, p);
		assert_int_equal(best, lang_index(model, line[i].tag));
		assert_true(p[best] > 32768);
		for (all = 0, l = 0; l < lang_count(model); l++)
			all += p[l];
		assert_in_range(all, 65536 - LANG_MAX, 65536);
	}
}

/* Rows say the squares that come nearest to what was put into them, each n-gram its own. */
static void
test_rows(void **state)
{
	static const double put[] = {-60, -49, -3, -0.2, 0, 0.3, 2, 10, 49, 60};
	static const int16_t want[] = {-49, -49, -4, 0, 0, 1, 1, 9, 49, 49};
	unsigned char row[2 * LANG_ROW_BYTES + LANG_ROW_READ] = {0};
	struct lang_feats f = {.script = LANG_LATIN, .n = 3, .gram = {0, UINT32_MAX, 0}};
	int16_t score[LANG_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < 10; i++)
		row[i / 2] |= (unsigned char)(lang_nibble(put[i]) << (i % 2 * 4));
	row[2 * LANG_ROW_BYTES - 1] = (unsigned char)(lang_nibble(4) << 4);
	lang_rows_sum(row, 2, &f, score);
	for (i = 0; i < 10; i++)
		assert_int_equal(score[i], 2 * want[i]);
	assert_int_equal(score[2 * LANG_ROW_BYTES - 1], 4);
	f.script = LANG_CYRILLIC;
	lang_rows_sum(row, 2, &f, score);
	assert_int_equal(score[0], 0);
	assert_int_equal(score[LANG_COLUMN(LANG_CYRILLIC)], 2 * want[0]);
	assert_int_equal(score[LANG_COLUMNS_ALL - 1], 2 * want[7] + 4);
}

static void
test_features(void **state)
{
	struct lang_feats f, g;

	(void)state;
	lang_word_features("Ab", 2, &f);
	assert_int_equal(f.script, LANG_LATIN);
	assert_int_equal(f.n, 10); /* a b ^a ab b$ ^ab ab$ ^ab$, and ^ab$ with two holes */
	lang_word_features("aB", 2, &g);
	assert_int_equal(f.word, g.word);
	assert_memory_equal(f.gram, g.gram, f.n * sizeof(*f.gram));
	lang_word_features("a\xD0\xB4", 3, &f);
	assert_int_equal(f.script, LANG_CYRILLIC);
	assert_int_not_equal(f.gram[0], g.gram[0]);
	lang_word_features("\xCE\xB1\xCE\xB2", 4, &f);
	assert_int_equal(f.script, LANG_GREEK);
	assert_int_equal(f.n, 0);
	lang_word_features("aaaaaaaaaabbbbbbbbbbccccccccccdd", 32, &f);
	assert_in_range(f.n, 200, LANG_GRAMS);
}

/* Words asked for again, after many others that take their places, score what they did. */
static void
test_remembered(void **state)
{
	static const char text[] =
	    "La paix \xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 "
	    "incomprehensibilities antidisestablishmentarianism a a a a a a a a "
	    "a a a a a a a a fin";
	struct lang_sum before = {0}, between = {0}, after = {0};
	char word[16];
	int i;

	(void)state;
	lang_add(model, text, sizeof(text) - 1, &before);
	for (i = 0; i < 100000; i++) {
		snprintf(word, sizeof(word), "w%dx", i);
		lang_add(model, word, strlen(word), &between);
	}
	lang_add(model, text, sizeof(text) - 1, &after);
	assert_memory_equal(&before, &after, sizeof(before));
	assert_int_equal(before.words, 22);
}

static bool
has_x(const char *s, size_t n)
{
	return memchr(s, 'x', n) != NULL;
}

static void
test_marks(void **state)
{
	static const char text[] = "six ne nix six nexxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx un";
	static const bool want[] = {true, false, true, true, true, true, false};
	struct lang_word word[LANG_BATCH];
	size_t at = 0, n, i;

	(void)state;
	lang_mark(model, has_x);
	n = lang_words(model, text, sizeof(text) - 1, &at, word);
	assert_int_equal(n, sizeof(want) / sizeof(want[0]));
	for (i = 0; i < n; i++)
		assert_int_equal(word[i].marked, want[i]);
	assert_int_equal(lang_words(model, text, sizeof(text) - 1, &at, word), 0);
}

static void
test_nothing(void **state)
{
	struct lang_sum sum = {0};
	uint32_t p[LANG_MAX];

	(void)state;
	lang_add(model, "12 \xFF\xFE -", 7, &sum);
	assert_int_equal(lang_posteriors(model, &sum, LANG_ALL, NULL, p), LANG_NONE);
	assert_int_equal(p[0], 0);
	lang_add(model, "words", 5, &sum);
	assert_int_equal(lang_posteriors(model, &sum, 0, NULL, p), LANG_NONE);
	assert_int_equal(lang_index(model, "xx"), LANG_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_features),
	    cmocka_unit_test(test_sums),
	    cmocka_unit_test(test_best),
	    cmocka_unit_test(test_remembered),
	    cmocka_unit_test(test_marks),
	    cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
