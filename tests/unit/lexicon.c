/*
 * A lexicon says what hunspell says, of the dictionaries it was made from: of every stem, and of
 * forms near to those it has.  A language whose dictionary or lexicon is not there is passed over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <hunspell/hunspell.h>
#include <iconv.h>

#include "buf.h"
#include "io.h"
#include "lexicon.h"
#include "token.h"
#include "utf8.h"

#define PLACE "/usr/share/hunspell/"
#define NEAR 100000	/* near forms tried for a language */

/* One dictionary. */
struct judge {
	const char *name;
	Hunhandle *hunspell;
	iconv_t encode, decode;
};

struct language {
	const char *lang;
	struct judge judge[2];
	size_t n;
	struct lexicon *lexicon;
	struct elision *elision;
};

/* s[0..n) through cd into b as a string; false where it does not go. */
static bool
convert(iconv_t cd, const char *s, size_t n, struct buf *b)
{
	char *from = (char *)(uintptr_t)s, *to;
	size_t left = n, room = n * 4;

	buf_clear(b);
	buf_need(b, room + 1);
	to = b->data;
	if (iconv(cd, &from, &left, &to, &room) != 0 || left > 0) {
		iconv(cd, NULL, NULL, NULL, NULL);
		return false;
	}
	b->len = (size_t)(to - b->data);
	buf_str(b);
	return true;
}

static bool
open_all(struct language *l)
{
	l->lexicon = lexicon_open(l->lang);
	l->elision = elision_open(l->lang);
	for (l->n = 0; l->n < 2 && l->judge[l->n].name != NULL; l->n++) {
		struct judge *j = &l->judge[l->n];
		struct buf aff = {0}, dic = {0};
		struct in *in;

		buf_addf(&aff, PLACE "%s.aff", j->name);
		buf_addf(&dic, PLACE "%s.dic", j->name);
		in = in_open(buf_str(&dic));
		if (in != NULL) {
			in_close(in);
			j->hunspell = Hunspell_create(buf_str(&aff), buf_str(&dic));
			j->encode = iconv_open(Hunspell_get_dic_encoding(j->hunspell), "UTF-8");
			j->decode = iconv_open("UTF-8", Hunspell_get_dic_encoding(j->hunspell));
		}
		buf_free(&aff);
		buf_free(&dic);
		if (in == NULL)
			return false;
	}
	return l->lexicon != NULL;
}

static void
close_all(struct language *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->judge[i].hunspell != NULL) {
			Hunspell_destroy(l->judge[i].hunspell);
			iconv_close(l->judge[i].encode);
			iconv_close(l->judge[i].decode);
		}
	if (l->lexicon != NULL)
		lexicon_close(l->lexicon);
	elision_free(l->elision);
}

static bool
hunspell_knows(struct language *l, const char *s, size_t n)
{
	struct buf word = {0};
	bool known = false;

	for (size_t i = 0; i < l->n && !known; i++)
		known = convert(l->judge[i].encode, s, n, &word) &&
		    Hunspell_spell(l->judge[i].hunspell, word.data) != 0;
	buf_free(&word);
	return known;
}

/* Every stem of the .dic that hunspell accepts is a form. */
static void
stems_are_forms(struct language *l, struct judge *j)
{
	struct buf path = {0}, line = {0}, word = {0};
	struct in *in;

	buf_addf(&path, PLACE "%s.dic", j->name);
	in = in_open(buf_str(&path));
	assert_non_null(in);
	in_line(in, &line, NULL);
	while (in_line(in, &line, NULL) > 0) {
		size_t n = strcspn(buf_str(&line), "/\t\r");

		if (memchr(line.data, ' ', n) != NULL)
			n = (size_t)((char *)memchr(line.data, ' ', n) - line.data);
		if (!convert(j->decode, line.data, n, &word) || !hunspell_knows(l, word.data, word.len))
			continue;
		buf_clear(&line);
		token_form(&line, word.data, word.len);
		if (!lexicon_has(l->lexicon, line.data, line.len))
			fail_msg("%s: %s is no form", j->name, buf_str(&line));
	}
	in_close(in);
	buf_free(&path);
	buf_free(&line);
	buf_free(&word);
}

static uint32_t
draw(uint64_t *seed, size_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((*seed >> 33) % below);
}

/* Another letter: one of the form itself or of this line. */
static uint32_t
letter(uint64_t *seed)
{
	static const uint32_t letters[] = {
		'a', 'e', 'i', 'o', 'u', 's', 't', 'n', 'r', 'l', 'm', 0xE9, 0xE8, 0xEA, 0xE7, 0xEB};

	return letters[draw(seed, sizeof(letters) / sizeof(*letters))];
}

/* Appends s changed in one place: a letter left out, put in, exchanged, turned; or the case. */
static void
near(uint64_t *seed, const char *s, size_t n, struct buf *b)
{
	size_t at = draw(seed, utf8_count(s, n)), k = 0;
	uint32_t how = draw(seed, 7), cp, next;

	for (size_t i = 0; i < n; k++) {
		i += utf8_get(s + i, n - i, &cp);
		if (how == 4)
			cp = uc_toupper(cp);
		else if (how == 5 && k == 0)
			cp = uc_toupper(cp);
		else if (k == at && how == 6)
			cp = uc_toupper(cp);
		if (k == at && how == 0)
			continue;
		if (k == at && how == 1)
			utf8_add(b, letter(seed));
		if (k == at && how == 2)
			cp = letter(seed);
		if (k == at && how == 3 && i < n) {
			i += utf8_get(s + i, n - i, &next);
			utf8_add(b, next);
		}
		utf8_add(b, cp);
	}
}

/* Is it of the kind where hunspell does more than look up: digits, what it breaks words at? */
static bool
is_beyond(struct language *l, const char *s, size_t n, struct tokens *t)
{
	for (size_t i = 0; i < n; i++)
		if ((s[i] >= '0' && s[i] <= '9') || s[i] == '-' || s[i] == '.' ||
		    (s[i] == '\'' && (i == 0 || i + 1 == n)))
			return true;
	token_cut(l->elision, s, n, t);
	return t->n != 1 || t->list[0].len != n || t->list[0].kind != TOKEN_WORD;
}

/*
 * The lexicon may know a little more than hunspell: CAPITALS of mixed forms (CDS, where hunspell
 * has CDs alone), Bar where there is a unit bar beside the noun.  It never knows less.
 */
static void
near_forms_agree(struct language *l)
{
	uint64_t seed = 20170115;
	struct buf b = {0};
	struct tokens t = {0};
	size_t known = 0, more = 0;

	for (size_t i = 0; i < NEAR; i++) {
		char s[LEXICON_LONGEST];
		size_t n = lexicon_form(l->lexicon, draw(&seed, lexicon_count(l->lexicon)), s, sizeof(s));
		long index = lexicon_index(l->lexicon, s, n);
		bool has;

		buf_clear(&b);
		near(&seed, s, n, &b);
		if (lexicon_flags(l->lexicon, index) & LEXICON_ADDED || is_beyond(l, b.data, b.len, &t))
			continue;
		has = lexicon_knows(l->lexicon, b.data, b.len);
		known += has;
		if (has == hunspell_knows(l, b.data, b.len))
			continue;
		if (!has)
			fail_msg("%s: %s is not known", l->lang, buf_str(&b));
		index = lexicon_index(l->lexicon, b.data, b.len);
		more += index < 0 || !(lexicon_flags(l->lexicon, index) & LEXICON_ADDED);
	}
	assert_true(more <= NEAR / 10000);
	assert_true(known > NEAR / 10 && known < NEAR);
	tokens_free(&t);
	buf_free(&b);
}

static void
agree(struct language *l)
{
	if (open_all(l)) {
		for (size_t i = 0; i < l->n; i++)
			stems_are_forms(l, &l->judge[i]);
		near_forms_agree(l);
	} else {
		print_message("%s: no dictionary or no lexicon here\n", l->lang);
	}
	close_all(l);
}

static void
english_agrees(void **state)
{
	struct language l = {.lang = "en", .judge = {{.name = "en_US"}, {.name = "en_GB"}}};

	(void)state;
	agree(&l);
}

static void
french_agrees(void **state)
{
	struct language l = {.lang = "fr", .judge = {{.name = "fr"}}};

	(void)state;
	agree(&l);
}

static void
albanian_agrees(void **state)
{
	struct language l = {.lang = "sq", .judge = {{.name = "sq_AL"}}};

	(void)state;
	agree(&l);
}

/* The walk by edges finds the forms in the order of their numbers. */
static void
walk(const struct lexicon *l, uint32_t node, struct buf *b, long from, size_t *left)
{
	const struct dawg *d = lexicon_forms(l);

	if (*left == 0)
		return;
	if (dawg_final(node)) {
		assert_int_equal(lexicon_index(l, b->data, b->len), from++);
		--*left;
	}
	for (uint32_t e = dawg_edge(node); e != 0; e = dawg_next(d, e)) {
		buf_addc(b, (char)dawg_byte(d, e));
		assert_int_equal(dawg_to(d, e), dawg_step(d, node, dawg_byte(d, e)));
		walk(l, dawg_to(d, e), b, from + dawg_u32(d->skip, e), left);
		b->len--;
	}
}

static void
edges_lead_to_all_forms(void **state)
{
	struct lexicon *l = lexicon_open("fr");
	struct buf b = {0};
	size_t left;

	(void)state;
	if (l == NULL)
		skip();
	left = lexicon_count(l) + 1;
	walk(l, lexicon_forms(l)->root, &b, 0, &left);
	assert_int_equal(left, 1);
	assert_int_equal(strlen(lexicon_fingerprint(l)), LEXICON_PRINT);
	lexicon_close(l);
	buf_free(&b);
}

static void
what_is_no_lexicon_is_refused(void **state)
{
	(void)state;
	assert_null(lexicon_open_file("/dev/null"));
	assert_null(lexicon_open_file("stages/lib/lexicon.h"));
	assert_null(lexicon_open("no-such-language"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_agrees),
		cmocka_unit_test(french_agrees),
		cmocka_unit_test(albanian_agrees),
		cmocka_unit_test(edges_lead_to_all_forms),
		cmocka_unit_test(what_is_no_lexicon_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
