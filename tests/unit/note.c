/*
 * Notes through edits: each case starts from the text "un deux trois quatre" with an lb before
 * "trois" and checks text, notes and the source form.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "note.h"

static struct text t;

static int
setup(void **state)
{
	(void)state;
	text_clear(&t);
	buf_adds(&t.s, "un deux trois quatre");
	text_note(&t, 8, 0, "lb", "", "2", POST_NONE, "", "");
	return 0;
}

static void
text_is(const char *s, const char *from)
{
	struct buf b = {0};

	assert_string_equal(buf_str(&t.s), s);
	text_source(&t, 0, t.s.len, &b);
	assert_string_equal(buf_str(&b), from);
	buf_free(&b);
}

static void
note_is(size_t i, size_t off, size_t len, const char *kind, const char *value)
{
	assert_in_range(i, 0, t.n - 1);
	assert_int_equal(t.note[i].off, off);
	assert_int_equal(t.note[i].len, len);
	assert_string_equal(t.note[i].kind, kind);
	assert_string_equal(t.note[i].value, value);
}

static void
correct_moves_what_follows(void **state)
{
	(void)state;
	assert_true(text_correct(&t, 3, 4, "DEUXIEME", 8, "char", 97, "deocr", "conjecture"));
	text_is("un DEUXIEME trois quatre", "un deux trois quatre");
	note_is(0, 3, 8, "corr", "deux");
	note_is(1, 12, 0, "lb", "2");
}

static void
correct_twice_keeps_the_first_source(void **state)
{
	(void)state;
	text_correct(&t, 3, 4, "deus", 4, "char", 97, "deocr", "");
	assert_true(text_correct(&t, 0, 7, "undeus", 6, "space", 95, "deocr", ""));
	text_is("undeus trois quatre", "un deux trois quatre");
	note_is(0, 0, 6, "corr", "un deux");
	assert_string_equal(t.note[0].type, "char space");
	assert_true(text_correct(&t, 0, 6, "un deux", 7, "space", 95, "deocr", ""));
	text_is("un deux trois quatre", "un deux trois quatre");
	assert_int_equal(t.n, 1);
}

static void
correct_never_spans_a_line_end(void **state)
{
	(void)state;
	assert_false(text_correct(&t, 3, 8, "x", 1, "space", 95, "deocr", ""));
	text_is("un deux trois quatre", "un deux trois quatre");
	assert_true(text_correct(&t, 8, 5, "TROIS", 5, "case", 95, "deocr", ""));
	note_is(0, 8, 0, "lb", "2");
	note_is(1, 8, 5, "corr", "trois");
}

static void
noise_stands_before_the_line_end_it_stood_before(void **state)
{
	(void)state;
	assert_true(text_noise(&t, 3, 5, "token", 95, "deocr"));
	text_is("un trois quatre", "un deux trois quatre");
	note_is(0, 3, 0, "noise", "deux ");
	note_is(1, 3, 0, "lb", "2");
}

static void
noise_inside_a_correction_is_in_its_source(void **state)
{
	(void)state;
	text_noise(&t, 2, 5, "token", 95, "deocr");
	assert_true(text_correct(&t, 0, 2, "UN", 2, "case", 95, "deocr", ""));
	text_is("UN trois quatre", "un deux trois quatre");
	note_is(0, 0, 2, "corr", "un");
	note_is(1, 2, 0, "noise", " deux");
}

static void
edits_in_one_pass(void **state)
{
	struct edit e[] = {
		{0, 2, "une", 3, "corr", "char", "deocr", "", 95},
		{3, 9, "x", 1, "corr", "char", "deocr", "", 95},
		{14, 6, "4", 1, "corr", "char", "deocr", "", 95},
	};
	(void)state;
	text_note(&t, 3, 17, "lang", "fr", "", 97, "langtag", "");
	assert_int_equal(text_edit(&t, e, 3), 2);
	text_is("une deux trois 4", "un deux trois quatre");
	note_is(0, 0, 3, "corr", "un");
	note_is(1, 4, 12, "lang", "");
	note_is(2, 9, 0, "lb", "2");
	note_is(3, 15, 1, "corr", "quatre");
}

static void
a_mark_or_a_cut_note_forbids(void **state)
{
	(void)state;
	text_note(&t, 3, 1, "mark", "", "L0001", POST_NONE, "", "");
	text_note(&t, 9, 6, "hi", "bold", "", POST_NONE, "", "");
	assert_false(text_correct(&t, 0, 7, "x", 1, "char", 95, "deocr", ""));
	assert_false(text_correct(&t, 8, 4, "x", 1, "char", 95, "deocr", ""));
	assert_true(text_correct(&t, 8, 7, "x", 1, "char", 95, "deocr", ""));
	text_is("un deux xuatre", "un deux trois quatre");
}

static void
cut_and_join_are_opposites(void **state)
{
	struct text tail = {0};
	(void)state;
	text_note(&t, 3, 10, "lang", "fr", "", 97, "langtag", "");
	text_correct(&t, 3, 4, "DEUX", 4, "case", 95, "deocr", "");
	assert_false(text_cut(&t, 5, &tail));
	assert_true(text_cut(&t, 8, &tail));
	text_is("un DEUX ", "un deux ");
	note_is(0, 3, 5, "lang", "");
	assert_int_equal(tail.n, 2);
	text_join(&t, "", &tail);
	text_is("un DEUX trois quatre", "un deux trois quatre");
	note_is(2, 8, 0, "lb", "2");
	text_free(&tail);
}

static void
a_repair_of_the_encoding_is_no_source_form(void **state)
{
	(void)state;
	text_note(&t, 3, 4, "corr", "encoding", "d\303\203\302\250ux", 90, "decode", "");
	text_is("un deux trois quatre", "un deux trois quatre");
	assert_true(text_correct(&t, 4, 3, "EUX", 3, "case", 95, "deocr", ""));
	text_is("un dEUX trois quatre", "un deux trois quatre");
	note_is(0, 3, 4, "corr", "d\303\203\302\250ux");
	note_is(1, 4, 3, "corr", "eux");
	assert_string_equal(t.note[1].type, "case");
	assert_true(text_correct(&t, 0, 7, "UN", 2, "case", 95, "deocr", ""));
	text_is("UN trois quatre", "un deux trois quatre");
	note_is(0, 0, 2, "corr", "un deux");
}

static void
notes_of_source_within_one_another_are_read_once(void **state)
{
	(void)state;
	text_note(&t, 3, 4, "corr", "char", "DEUX", 90, "deocr", "");
	text_note(&t, 4, 2, "corr", "char", "EU", 90, "deocr", "");
	text_note(&t, 5, 0, "noise", "token", ".", 90, "deocr", "");
	text_is("un deux trois quatre", "un DEUX trois quatre");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(correct_moves_what_follows, setup),
		cmocka_unit_test_setup(correct_twice_keeps_the_first_source, setup),
		cmocka_unit_test_setup(correct_never_spans_a_line_end, setup),
		cmocka_unit_test_setup(noise_stands_before_the_line_end_it_stood_before, setup),
		cmocka_unit_test_setup(noise_inside_a_correction_is_in_its_source, setup),
		cmocka_unit_test_setup(edits_in_one_pass, setup),
		cmocka_unit_test_setup(a_mark_or_a_cut_note_forbids, setup),
		cmocka_unit_test_setup(cut_and_join_are_opposites, setup),
		cmocka_unit_test_setup(a_repair_of_the_encoding_is_no_source_form, setup),
		cmocka_unit_test_setup(notes_of_source_within_one_another_are_read_once, setup),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("note", tests, NULL, NULL);
}
