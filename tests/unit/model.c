/*
 * A model's costs are those of a probability distribution, its words go there and back, and a text
 * is read the way it was counted.  Run on the models that are committed.
 */
#include <math.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "io.h"
#include "model.h"

static const char *const langs[] = {"en", "fr", "sq"};

enum { LANGS = sizeof(langs) / sizeof(*langs) };

static uint32_t
word(const struct model *m, const char *s)
{
	return model_word(m, s, strlen(s));
}

/* The sum of the probabilities of all that may follow w1 w2. */
static double
mass(const struct model *m, uint32_t w1, uint32_t w2)
{
	double sum = 0;

	for (uint32_t w = 0; w < model_size(m); w++)
		sum += exp2(-(double)model_cost(m, w1, w2, w) / MODEL_BIT);
	return sum;
}

static void
probabilities_add_up_to_one(void **state)
{
	(void)state;
	for (int i = 0; i < LANGS; i++) {
		struct model *m = model_open(langs[i]);
		uint32_t size;

		assert_non_null(m);
		size = (uint32_t)model_size(m);
		assert_true(fabs(mass(m, MODEL_START, MODEL_START) - 1) < 0.03);
		assert_true(fabs(mass(m, MODEL_UNKNOWN, MODEL_NUMBER) - 1) < 0.03);
		for (uint32_t w = MODEL_WORDS; w < size; w += size / 40) {
			assert_true(fabs(mass(m, MODEL_START, w) - 1) < 0.05);
			assert_true(fabs(mass(m, MODEL_PAUSE, w) - 1) < 0.05);
		}
		model_close(m);
	}
}

static void
words_go_there_and_back(void **state)
{
	(void)state;
	for (int i = 0; i < LANGS; i++) {
		struct model *m = model_open(langs[i]);
		char s[256], last[256] = "";
		size_t n, nlast = 0;

		assert_non_null(m);
		for (uint32_t w = MODEL_WORDS; w < model_size(m); w++) {
			n = model_form(m, w, s, sizeof(s));
			assert_true(n > 0);
			assert_int_equal(model_word(m, s, n), w);
			assert_true(memcmp(last, s, n < nlast ? n : nlast) <= 0);
			memcpy(last, s, n);
			nlast = n;
		}
		assert_int_equal(model_form(m, MODEL_NAME, s, sizeof(s)), 0);
		assert_int_equal(model_form(m, (uint32_t)model_size(m), s, sizeof(s)), 0);
		assert_int_equal(model_word(m, "qzxqzx", 6), MODEL_UNKNOWN);
		assert_int_equal(model_word(m, "", 0), MODEL_UNKNOWN);
		model_close(m);
	}
}

static void
steps_cost_what_runs_cost(void **state)
{
	struct model *m = model_open("fr");
	uint32_t w1 = MODEL_START, w2 = MODEL_START, w = 0, seed = 7;
	struct model_place at = model_begin();

	(void)state;
	assert_non_null(m);
	for (int i = 0; i < 200000; i++) {
		seed = seed * 1664525 + 1013904223;
		w = seed >> 29 == 0 ? MODEL_START : seed >> 8 & 1 ? seed >> 16 & 7 : seed >> 9;
		w = w < MODEL_WORDS ? w : MODEL_WORDS + w % (uint32_t)(model_size(m) - MODEL_WORDS);
		assert_int_equal(model_cost(m, w1, w2, w), model_step(m, at, w, &at));
		w1 = w == MODEL_START ? MODEL_START : w2;
		w2 = w;
	}
	model_close(m);
}

static void
what_is_said_costs_less(void **state)
{
	struct model *m = model_open("fr");

	(void)state;
	assert_non_null(m);
	assert_true(model_cost(m, word(m, "fin"), word(m, "de"), word(m, "la")) <
	    model_cost(m, word(m, "fin"), word(m, "de"), word(m, "là")));
	assert_true(model_cost(m, word(m, "contre"), word(m, "la"), word(m, "guerre")) <
	    model_cost(m, word(m, "centre"), word(m, "la"), word(m, "guerre")) + 8 * MODEL_BIT);
	assert_int_equal(model_order(m, word(m, "les"), word(m, "droits"), word(m, "de")), 3);
	assert_true(model_order(m, word(m, "la"), word(m, "de"), word(m, "les")) < 3);
	assert_true(model_capital(m, word(m, "paris")) > 200);
	assert_true(model_capital(m, word(m, "maison")) < 50);
	assert_true(model_word_cost(m, word(m, "de")) < model_word_cost(m, word(m, "maison")));
	assert_true(model_spelling(m, "ministérielle", 14, INT_MAX) <
	    model_spelling(m, "mznxstkrxelpe", 13, INT_MAX));
	assert_true(model_spelling(m, "a", 1, INT_MAX) > 0);
	model_close(m);
}

static void
signs_bound_sentences(void **state)
{
	static const struct {
		const char *sign, *before;
		bool lower_next;
		uint32_t is;
	} list[] = {
		{".", "fin", false, MODEL_START}, {".", "fin", true, MODEL_PAUSE},
		{".", "mr", false, MODEL_NONE}, {".", "j", false, MODEL_NONE},
		{"?", "quoi", false, MODEL_START}, {"!", "ah", true, MODEL_PAUSE},
		{"\xE2\x80\xA6", "et", false, MODEL_START}, {",", "et", true, MODEL_PAUSE},
		{";", "et", false, MODEL_PAUSE}, {"\xE2\x80\x94", "", false, MODEL_PAUSE},
		{"-", "et", true, MODEL_PAUSE}, {"(", "et", true, MODEL_NONE},
		{"\xC2\xBB.", "fin", false, MODEL_START}, {"*", "et", true, MODEL_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
		assert_int_equal(model_sign(list[i].sign, strlen(list[i].sign), list[i].before,
		    strlen(list[i].before), list[i].lower_next), list[i].is);
}

static void
write_down(void *ctx, uint32_t sign, const char *low, size_t n, bool capital)
{
	struct buf *b = ctx;

	if (sign == MODEL_WORDS)
		buf_addf(b, "%s%.*s ", capital ? "^" : "", (int)n, low);
	else
		buf_addc(b, sign == MODEL_START ? '.' : sign == MODEL_PAUSE ? ',' : '0');
}

static void
texts_are_read_as_they_were_counted(void **state)
{
	static const char text[] = "L\xE2\x80\x99\xC3\x89tat, (dit-il) a 20,5 % de Mr. Dupont... "
	    "et puis ; , rien !  Fin";
	struct elision *e = elision_open("fr");
	struct buf b = {0};

	(void)state;
	model_text(e, text, strlen(text), write_down, &b);
	assert_string_equal(buf_str(&b),
	    "^l' ^\xC3\xA9tat ,dit -il a 0de ^mr ^dupont ,et puis ,rien .^fin .");
	buf_clear(&b);
	model_text(e, "", 0, write_down, &b);
	model_text(e, " ... ", 5, write_down, &b);
	assert_int_equal(b.len, 0);
	buf_free(&b);
	elision_free(e);
}

/* A model cut short, or with other numbers in its head, is no model. */
static void
what_is_no_model_is_refused(void **state)
{
	char path[] = "/tmp/model-XXXXXX";
	int fd = mkstemp(path);
	char head[MODEL_HEAD] = MODEL_MAGIC;

	(void)state;
	assert_true(fd >= 0);
	assert_null(model_open_file(path));
	assert_int_equal(write(fd, head, sizeof(head)), sizeof(head));
	assert_null(model_open_file(path));
	head[8] = MODEL_VERSION;
	memset(head + 12, 0xff, 40);
	assert_int_equal(pwrite(fd, head, sizeof(head), 0), sizeof(head));
	assert_null(model_open_file(path));
	close(fd);
	unlink(path);
	assert_null(model_open("no-such-language"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probabilities_add_up_to_one),
		cmocka_unit_test(words_go_there_and_back),
		cmocka_unit_test(steps_cost_what_runs_cost),
		cmocka_unit_test(what_is_said_costs_less),
		cmocka_unit_test(signs_bound_sentences),
		cmocka_unit_test(texts_are_read_as_they_were_counted),
		cmocka_unit_test(what_is_no_model_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
