/*
 * The source reading: what is read of choices, and how pieces are put in the order of their lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reading.h"

static struct reading *r;

static int
setup(void **state)
{
	(void)state;
	r = reading_new();
	reading_start(r, "TEI", NULL, NULL);
	reading_start(r, "text", NULL, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	reading_free(r);
	return 0;
}

static void
element(const char *name, const char *source, const char *type, const char *text)
{
	reading_start(r, name, source, type);
	reading_text(r, text, strlen(text));
	reading_end(r);
}

static void
text(const char *s)
{
	reading_text(r, s, strlen(s));
}

static void
reads(const char *want)
{
	const struct buf *b;

	reading_end(r);
	reading_end(r);
	b = reading_done(r);
	assert_int_equal(b->len, strlen(want));
	assert_memory_equal(b->data, want, b->len);
}

static void
one_reading_of_a_choice(void **state)
{
	(void)state;
	reading_start(r, "p", "src:line=0,1", NULL);
	reading_start(r, "choice", NULL, NULL);
	element("sic", NULL, NULL, "a ");
	element("corr", NULL, NULL, "X");
	reading_end(r);
	reading_start(r, "choice", NULL, NULL);
	element("unclear", NULL, NULL, "b");
	element("unclear", NULL, NULL, "X");
	reading_end(r);
	reading_start(r, "choice", NULL, NULL);
	element("orig", NULL, NULL, "c");
	element("reg", NULL, "letterspacing", "X");
	reading_end(r);
	reading_start(r, "choice", NULL, NULL);
	element("orig", NULL, NULL, "X");
	element("reg", NULL, "encoding", "d");
	reading_end(r);
	element("unclear", NULL, NULL, "e");
	element("surplus", NULL, NULL, "f");
	reading_end(r);
	reads("abcdef");
	assert_null(reading_error(r));
}

static void
choices_within_a_choice(void **state)
{
	(void)state;
	reading_start(r, "p", "src:line=0,1", NULL);
	reading_start(r, "choice", NULL, NULL);
	reading_start(r, "unclear", NULL, NULL);
	reading_start(r, "choice", NULL, NULL);
	element("sic", NULL, NULL, "a");
	element("corr", NULL, NULL, "X");
	reading_end(r);
	reading_end(r);
	reading_start(r, "unclear", NULL, NULL);
	element("hi", NULL, NULL, "X");
	reading_end(r);
	reading_end(r);
	reading_end(r);
	reads("a");
}

static void
stretches_between_interruptions(void **state)
{
	(void)state;
	reading_start(r, "p", "src:line=0,2 src:line=5,6 src:line=1,2", NULL);
	text("a");
	element("note", "src:line=3,4", NULL, "d");
	reading_start(r, "pb", NULL, NULL);
	reading_end(r);
	element("fw", "src:line=2,3", NULL, "c");
	text(" \n ");
	element("hi", NULL, NULL, "f");
	reading_start(r, "pb", NULL, NULL);
	reading_end(r);
	text("b");
	reading_end(r);
	element("p", "src:line=4,5", NULL, "e");
	reads("abcdef");
	assert_null(reading_error(r));
	assert_int_equal(reading_line(r, 0), 1);
	assert_int_equal(reading_line(r, 5), 6);
}

static void
pieces_of_one_line_stay_in_order(void **state)
{
	(void)state;
	element("p", "src:line=1,3", NULL, "b");
	element("speaker", "src:line=0,1", NULL, "a");
	element("p", "src:line=1,2", NULL, "c");
	reads("abc");
}

static void
text_without_a_source_is_an_error(void **state)
{
	(void)state;
	text("x");
	reads("x");
	assert_non_null(reading_error(r));
}

static void
too_few_ranges_are_an_error(void **state)
{
	(void)state;
	reading_start(r, "p", "src:line=0,1", NULL);
	text("a");
	element("note", "src:line=1,2", NULL, "b");
	text("c");
	reading_end(r);
	reads("acb");
	assert_non_null(reading_error(r));
}

static void
what_stands_off_is_not_read(void **state)
{
	(void)state;
	element("p", "src:line=0,1", NULL, "a\xc2\xa0\xe3\x80\x80\t");
	reading_end(r);
	element("standOff", NULL, NULL, "X");
	reading_start(r, "text", NULL, NULL);
	element("p", "src:line=1,2", NULL, "b");
	reads("ab");
}

static void
reduce_leaves_out_white_space_alone(void **state)
{
	struct buf b = {0};

	(void)state;
	reduce(&b, " a\xe2\x80\x8b\xe2\x80\xa8""b\x0b\xc2\x85.", 13);
	assert_string_equal(buf_str(&b), "a\xe2\x80\x8b""b.");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_reading_of_a_choice, setup, teardown),
		cmocka_unit_test_setup_teardown(choices_within_a_choice, setup, teardown),
		cmocka_unit_test_setup_teardown(stretches_between_interruptions, setup, teardown),
		cmocka_unit_test_setup_teardown(pieces_of_one_line_stay_in_order, setup, teardown),
		cmocka_unit_test_setup_teardown(text_without_a_source_is_an_error, setup, teardown),
		cmocka_unit_test_setup_teardown(too_few_ranges_are_an_error, setup, teardown),
		cmocka_unit_test_setup_teardown(what_stands_off_is_not_read, setup, teardown),
		cmocka_unit_test(reduce_leaves_out_white_space_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("reading", tests, NULL, NULL);
}
