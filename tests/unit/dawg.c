/*
 * An automaton holds what was added and nothing else, numbers it in byte order, and is minimal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dawg.h"

struct built {
	struct buf edge, skip;
	struct dawg d;
};

static void
build(struct built *b, const char *const *s, size_t n)
{
	struct dawg_writer *w = dawg_new();

	*b = (struct built) {0};
	for (size_t i = 0; i < n; i++)
		assert_true(dawg_add(w, s[i], strlen(s[i])));
	assert_true(dawg_end(w, &b->edge, &b->skip, &b->d));
	b->d.edge = (const unsigned char *)b->edge.data;
	b->d.skip = (const unsigned char *)b->skip.data;
	dawg_ready(&b->d);
}

static void
built_free(struct built *b)
{
	buf_free(&b->edge);
	buf_free(&b->skip);
}

static void
numbers_go_there_and_back(void **state)
{
	static const char *const word[] = {
		"a", "an", "ant", "ants", "bat", "bats", "cat", "cats", "\xC3\xA9t\xC3\xA9"};
	size_t n = sizeof(word) / sizeof(*word);
	struct built b;
	char out[8];

	(void)state;
	build(&b, word, n);
	assert_int_equal(b.d.count, n);
	for (size_t i = 0; i < n; i++) {
		assert_true(dawg_has(&b.d, word[i], strlen(word[i])));
		assert_int_equal(dawg_index(&b.d, word[i], strlen(word[i])), i);
		assert_int_equal(dawg_string(&b.d, (long)i, out, sizeof(out)), strlen(word[i]));
		assert_memory_equal(out, word[i], strlen(word[i]));
	}
	assert_int_equal(dawg_string(&b.d, (long)n, out, sizeof(out)), 0);
	assert_int_equal(dawg_string(&b.d, -1, out, sizeof(out)), 0);
	assert_int_equal(dawg_string(&b.d, 3, out, 3), 0);
	built_free(&b);
}

static void
nothing_else_is_in_it(void **state)
{
	static const char *const word[] = {"ab", "abc", "b"};
	static const char *const other[] = {"", "a", "abcd", "ac", "bb", "c", "\xFF"};
	struct built b;

	(void)state;
	build(&b, word, 3);
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++) {
		assert_false(dawg_has(&b.d, other[i], strlen(other[i])));
		assert_int_equal(dawg_index(&b.d, other[i], strlen(other[i])), -1);
	}
	built_free(&b);
}

static void
equal_ends_are_shared(void **state)
{
	static const char *const word[] = {"bat", "bats", "cat", "cats"};
	struct built b;

	(void)state;
	build(&b, word, 4);
	assert_int_equal(b.d.nedge, 1 + 2 + 1 + 1 + 1);
	built_free(&b);
}

static void
an_empty_one_has_nothing(void **state)
{
	struct built b;

	(void)state;
	build(&b, NULL, 0);
	assert_int_equal(b.d.count, 0);
	assert_false(dawg_has(&b.d, "a", 1));
	assert_false(dawg_has(&b.d, "", 0));
	built_free(&b);
}

static void
order_and_length_are_checked(void **state)
{
	struct dawg_writer *w = dawg_new();
	struct buf edge = {0}, skip = {0};
	char s[DAWG_LONGEST + 1];
	struct dawg d;

	(void)state;
	memset(s, 'x', sizeof(s));
	assert_false(dawg_add(w, s, 0));
	assert_true(dawg_add(w, "b", 1));
	assert_true(dawg_add(w, "b", 1));
	assert_false(dawg_add(w, "a", 1));
	assert_false(dawg_add(w, "", 0));
	assert_false(dawg_add(w, s, sizeof(s)));
	assert_true(dawg_add(w, s, sizeof(s) - 1));
	assert_false(dawg_add(w, s, 3));
	assert_true(dawg_end(w, &edge, &skip, &d));
	assert_int_equal(d.count, 2);
	buf_free(&edge);
	buf_free(&skip);
}

/* 4000 strings over a small alphabet, so that much is shared: all in, and as many as there are. */
static void
a_dense_set_is_exact(void **state)
{
	struct dawg_writer *w = dawg_new();
	struct built b = {0};
	char s[13] = "";
	size_t n = 0;

	(void)state;
	for (unsigned v = 0; v < 1 << 12; v++) {
		for (int bit = 0; bit < 12; bit++)
			s[bit] = v >> (11 - bit) & 1 ? 'b' : 'a';
		if (v % 7 != 0) {
			assert_true(dawg_add(w, s, 12));
			n++;
		}
	}
	assert_true(dawg_end(w, &b.edge, &b.skip, &b.d));
	b.d.edge = (const unsigned char *)b.edge.data;
	b.d.skip = (const unsigned char *)b.skip.data;
	dawg_ready(&b.d);
	assert_int_equal(b.d.count, n);
	for (unsigned v = 0; v < 1 << 12; v++) {
		for (int bit = 0; bit < 12; bit++)
			s[bit] = v >> (11 - bit) & 1 ? 'b' : 'a';
		assert_int_equal(dawg_has(&b.d, s, 12), v % 7 != 0);
	}
	built_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_go_there_and_back),
		cmocka_unit_test(nothing_else_is_in_it),
		cmocka_unit_test(equal_ends_are_shared),
		cmocka_unit_test(an_empty_one_has_nothing),
		cmocka_unit_test(order_and_length_are_checked),
		cmocka_unit_test(a_dense_set_is_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
