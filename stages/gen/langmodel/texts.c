/*
 * texts: what the model is trained on: languages, their running text and vocabularies.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io.h"
#include "langmodel.h"
#include "msg.h"
#include "table.h"
#include "utf8.h"

struct language lang[LANG_MAX];
size_t nlang;

static void
take_language(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	if (nlang == LANG_MAX)
		msg_die("more than %d languages", LANG_MAX);
	if (n < 2) {
		msg(MSG_WARNING, file, line, "no script", "%s", field[0]);
		return;
	}
	lang[nlang].latin = strcmp(field[1], "Latn") == 0;
	if (lang[nlang].latin != (nlang < LANG_COLUMN(LANG_CYRILLIC)))
		msg_die("%s:%zu: not %d languages of the Latin script first", file, line,
		    LANG_COLUMN(LANG_CYRILLIC));
	lang[nlang++].tag = mem_dup(field[0], strlen(field[0]));
}

static uint32_t
hash_word(const char *s, size_t n)
{
	uint32_t h = 0x811C9DC5u;

	while (n-- > 0)
		h = (h ^ (unsigned char)*s++) * 0x01000193u;
	return h ^ h >> 15;
}

/* The place of a word in the hash table, or where it would stand. */
static uint32_t *
find_word(const struct language *l, const char *s, size_t n)
{
	size_t i = hash_word(s, n) & (l->nslot - 1);
	const struct word *w;

	for (;; i = (i + 1) & (l->nslot - 1)) {
		if (l->slot[i] == 0)
			return &l->slot[i];
		w = &l->vocab[l->slot[i] - 1];
		if (w->len == n && memcmp(l->words.data + w->off, s, n) == 0)
			return &l->slot[i];
	}
}

/* Doubles the hash table. */
static void
grow_words(struct language *l)
{
	size_t i;

	free(l->slot);
	l->nslot = l->nslot == 0 ? 65536 : l->nslot * 2;
	l->slot = mem_alloc(l->nslot * sizeof(*l->slot));
	memset(l->slot, 0, l->nslot * sizeof(*l->slot));
	for (i = 0; i < l->nvocab; i++)
		*find_word(l, l->words.data + l->vocab[i].off, l->vocab[i].len) = (uint32_t)i + 1;
}

static void
add_word(struct language *l, const char *s, size_t n, double count)
{
	static struct buf low;
	size_t off;
	uint32_t *slot;
	struct word *w;

	if (lang_word_find(s, n, &off) != n || off != 0 || (!l->latin && (unsigned char)*s < 0x80))
		return;
	buf_clear(&low);
	utf8_lower(&low, s, n);
	if (l->nvocab * 2 >= l->nslot)
		grow_words(l);
	slot = find_word(l, low.data, low.len);
	if (*slot != 0) {
		l->vocab[*slot - 1].count += count;
		return;
	}
	l->vocab = mem_more(l->vocab, l->nvocab, &l->capvocab, sizeof(*l->vocab));
	w = &l->vocab[l->nvocab++];
	w->off = (uint32_t)l->words.len;
	w->len = (uint32_t)low.len;
	w->count = count;
	buf_add(&l->words, low.data, low.len);
	*slot = (uint32_t)l->nvocab;
}

/* Opens DIR/TAG.END; NULL when it is not there. */
static struct in *
open_part(const char *dir, const char *tag, const char *end)
{
	struct buf path = {0};
	struct in *in;

	buf_addf(&path, "%s/%s.%s", dir, tag, end);
	in = in_open(buf_str(&path));
	buf_free(&path);
	return in;
}

static void
read_words(struct language *l, const char *dir, const char *end)
{
	struct in *in = open_part(dir, l->tag, end);
	struct buf line = {0};
	char *space;
	double count;

	if (in == NULL)
		return;
	while (in_line(in, &line, NULL) == 1) {
		space = strchr(buf_str(&line), ' ');
		count = space != NULL ? strtod(space + 1, NULL) : 1;
		add_word(
		    l, line.data, space != NULL ? (size_t)(space - line.data) : line.len, count);
	}
	in_close(in);
	buf_free(&line);
}

/* Counts the words of the text. */
static void
count_text(struct language *l)
{
	size_t at = 0, off, n;

	while ((n = lang_word_find(l->text.data + at, l->text.len - at, &off)) > 0) {
		add_word(l, l->text.data + at + off, n, 1);
		at += off + n;
		l->tokens++;
	}
}

static void
read_text(struct language *l, const char *dir)
{
	struct in *in = open_part(dir, l->tag, "txt");

	if (in == NULL)
		return;
	if (in_all(in, &l->text) != 0)
		msg_die("%s.txt: %s", l->tag, in_error(in));
	in_close(in);
	count_text(l);
}

/* The logarithm of a word's share of the text of a language. */
static double
log_share(const struct language *l, const char *s, size_t n)
{
	uint32_t i = *find_word(l, s, n);

	return log(((i == 0 ? 0 : l->vocab[i - 1].count) + 0.5) / ((double)l->tokens + 1));
}

/*
 * Whether the line s[0..n) is rather English than in language l: what is not translated in a
 * translation is.  In another script, a third of the words in Latin letters is enough.
 */
static bool
line_english(const struct language *l, const char *s, size_t n)
{
	static struct buf low;
	size_t at = 0, off, k, words = 0, latin = 0;
	double odds = 0;

	while ((k = lang_word_find(s + at, n - at, &off)) > 0) {
		words++;
		latin += (unsigned char)s[at + off] < 0x80;
		if (l->latin) {
			buf_clear(&low);
			utf8_lower(&low, s + at + off, k);
			odds += log_share(&lang[0], low.data, low.len) -
				log_share(l, low.data, low.len);
		}
		at += off + k;
	}
	return l->latin ? odds > 0 : latin * 3 > words;
}

/* Leaves English lines out of the text and counts again. */
static void
clean_text(struct language *l)
{
	struct buf kept = {0};
	size_t at = 0, n;
	const char *end;

	for (; at < l->text.len; at += n) {
		end = memchr(l->text.data + at, '\n', l->text.len - at);
		n = end == NULL ? l->text.len - at : (size_t)(end - l->text.data) - at + 1;
		if (!line_english(l, l->text.data + at, n))
			buf_add(&kept, l->text.data + at, n);
	}
	buf_free(&l->text);
	l->text = kept;
	memset(l->slot, 0, l->nslot * sizeof(*l->slot));
	buf_clear(&l->words);
	l->nvocab = l->tokens = 0;
	count_text(l);
}

/* Sums the weights up: the root of the count, so that rare words are learnt too. */
static void
vocab_close(struct language *l)
{
	size_t i;
	double sum = 0;

	free(l->slot);
	for (i = 0; i < l->nvocab; i++)
		l->vocab[i].sum = sum += sqrt(l->vocab[i].count);
}

static void
read_language(struct language *l, const char *dir)
{
	if (l != &lang[0] && l->text.len > 0)
		clean_text(l);
	read_words(l, dir, "freq");
	read_words(l, dir, "list");
	vocab_close(l);
	if (l->nvocab == 0)
		msg_die("%s: no words of %s", dir, l->tag);
	fprintf(stderr, "%s: %zu bytes of text, %zu words\n", l->tag, l->text.len, l->nvocab);
}

void
texts_read(const char *folder)
{
	char *path = dict_path("langtag/languages.txt");
	size_t i;

	if (table_read(path, take_language, NULL) != 0)
		msg_die("%s: %s", path, strerror(errno));
	free(path);
	for (i = 0; i < nlang; i++)
		read_text(&lang[i], folder);
	for (i = nlang; i-- > 0;) /* English, which the others are cleaned by, last */
		read_language(&lang[i], folder);
}
