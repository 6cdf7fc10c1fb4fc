/*
 * UTF-8 as RFC 3629 and table 3-7 of the Unicode standard have it, and what Unicode says of
 * characters.  The sequences of utf8tests.txt are read from ../shared, where that is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io.h"
#include "utf8.h"

static void
every_scalar_value_goes_there_and_back(void **state)
{
	char s[UTF8_MAX];
	uint32_t back;
	size_t n;

	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		n = utf8_put(s, cp);
		assert_int_equal(utf8_valid(s, n), n);
		assert_int_equal(utf8_get(s, n, &back), n);
		assert_int_equal(back, cp);
		assert_int_equal(utf8_back(s, n, &back), n);
		assert_int_equal(back, cp);
	}
}

static void
ill_formed_is_refused(void **state)
{
	static const char *const bad[] = {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF",
	    "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
	    "\xE2\x82", "\xF0\x9F\x98"};
	uint32_t cp;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(utf8_valid(bad[i], strlen(bad[i])), 0);
		assert_int_not_equal(utf8_get(bad[i], strlen(bad[i]), &cp), 0);
		assert_int_equal(cp, UTF8_BAD);
	}
	/* maximal subparts: E2 82 is one, F0 8F two */
	assert_int_equal(utf8_get("\xE2\x82", 2, &cp), 2);
	assert_int_equal(utf8_get("\xF0\x8F", 2, &cp), 1);
}

static void
valid_prefix_ends_at_the_first_bad_byte(void **state)
{
	char s[200];

	(void)state;
	memset(s, 'a', sizeof(s));
	assert_int_equal(utf8_valid(s, sizeof(s)), sizeof(s));
	for (size_t i = 0; i < sizeof(s); i++) {
		s[i] = '\xE9';
		assert_int_equal(utf8_valid(s, sizeof(s)), i);
		assert_int_equal(utf8_ascii(s, sizeof(s)), i);
		s[i] = 'a';
	}
}

static void
forms(void **state)
{
	struct buf b = {0};

	(void)state;
	assert_true(utf8_nfc(&b, "e\xCC\x81t\xC3\xA9", 6));
	assert_string_equal(buf_str(&b), "\xC3\xA9t\xC3\xA9");
	buf_clear(&b);
	assert_false(utf8_nfc(&b, "\xC3\xA9t\xC3\xA9", 5));
	buf_clear(&b);
	utf8_lower(&b, "\xC3\x89TAT \xC3\x87\xC3\x8B", 10);
	assert_string_equal(buf_str(&b), "\xC3\xA9tat \xC3\xA7\xC3\xAB");
	buf_free(&b);
	assert_int_equal(uc_base(0xEB), 'e');
	assert_int_equal(uc_base(0x1EA5), 'a');
	assert_true(uc_letter(0x153) && uc_upper(0xCB) && uc_lower(0xEB) && uc_space(0x202F));
	assert_false(uc_letter('1') || uc_space(0x200B) || uc_punct(0xE9));
	assert_true(uc_punct(0xAB) && uc_punct('-') && uc_mark(0x301) && uc_digit('7'));
}

/* Appends the bytes that hex, up to a colon, spells; "nothing" is none. */
static void
unhex(struct buf *b, const char *hex)
{
	char pair[3] = "";
	size_t n = 0;

	buf_clear(b);
	if (strncmp(hex, "nothing", 7) == 0)
		return;
	for (; *hex != '\0' && *hex != ':'; hex++) {
		if (*hex == ' ')
			continue;
		pair[n++] = *hex;
		if (n == 2) {
			buf_addc(b, (char)strtol(pair, NULL, 16));
			n = 0;
		}
	}
}

/* What a reader makes of s that takes every ill-formed part for U+FFFD. */
static void
replace_bad(struct buf *to, const char *s, size_t n)
{
	uint32_t cp;

	buf_clear(to);
	for (size_t i = 0; i < n;) {
		i += utf8_get(s + i, n - i, &cp);
		utf8_add(to, cp == UTF8_BAD ? 0xFFFD : cp);
	}
}

static void
check_sequence(const char *kind, const char *rest)
{
	static struct buf bytes, want, got;

	if (strncmp(kind, "valid:", 6) == 0) {
		buf_clear(&bytes);
		buf_adds(&bytes, rest);
	} else {
		unhex(&bytes, rest);
	}
	replace_bad(&got, bytes.data, bytes.len);
	if (*kind == 'v') {
		assert_int_equal(utf8_valid(bytes.data, bytes.len), bytes.len);
		assert_int_equal(got.len, bytes.len);
		return;
	}
	assert_true(utf8_valid(bytes.data, bytes.len) < bytes.len);
	unhex(&want, strrchr(rest, ':') + 1);
	assert_int_equal(got.len, want.len);
	assert_memory_equal(got.data, want.data, want.len);
}

static void
all_sequences_of_utf8tests(void **state)
{
	struct in *in = in_open("../shared/data/encoding/utf8tests.txt");
	struct buf line = {0};
	size_t n = 0;

	(void)state;
	if (in == NULL) {
		/* cmocka's skip() says "not ok" to prove. */
		print_message("# ../shared is not there\n");
		return;
	}
	while (in_line(in, &line, NULL) > 0) {
		const char *s = buf_str(&line), *kind = strchr(s, ':');

		if (*s < '0' || *s > '9' || kind == NULL)
			continue;
		for (kind++; *kind == ' ';)
			kind++;
		check_sequence(kind, strchr(kind, ':') + 1);
		n++;
	}
	assert_true(n >= 216);
	in_close(in);
	buf_free(&line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scalar_value_goes_there_and_back),
		cmocka_unit_test(ill_formed_is_refused),
		cmocka_unit_test(valid_prefix_ends_at_the_first_bad_byte),
		cmocka_unit_test(forms),
		cmocka_unit_test(all_sequences_of_utf8tests),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
