/*
 * languages: how many words of a document are in which language, and what languages are called.
 */
#include <stdlib.h>
#include <string.h>

#include "table.h"
#include "totei.h"
#include "utf8.h"

/* ---- names: dict/languages.tsv ---- */

struct name {
	char *code, *name;
};

static struct {
	struct name *name;
	size_t n, cap;
	bool read;
} names;

static void
add_name(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	(void)file;
	(void)line;
	if (n < 2)
		return;
	names.name = mem_more(names.name, names.n, &names.cap, sizeof(*names.name));
	names.name[names.n].code = mem_dup(field[0], strlen(field[0]));
	names.name[names.n++].name = mem_dup(field[1], strlen(field[1]));
}

const char *
language_name(const char *code)
{
	size_t main = strcspn(code, "-");

	if (!names.read) {
		char *path = dict_path("languages.tsv");

		table_read(path, add_name, NULL);
		free(path);
		names.read = true;
	}
	for (size_t i = 0; i < names.n; i++)
		if (strcmp(names.name[i].code, code) == 0)
			return names.name[i].name;
	for (size_t i = 0; i < names.n; i++)
		if (strlen(names.name[i].code) == main &&
		    strncmp(names.name[i].code, code, main) == 0)
			return names.name[i].name;
	return code;
}

/* ---- shares ---- */

static void
add_words(struct shares *s, const char *lang, size_t n)
{
	size_t i = 0;

	while (i < s->n && strcmp(s->share[i].lang, lang) != 0)
		i++;
	if (i == s->n) {
		s->share = mem_more(s->share, s->n, &s->cap, sizeof(*s->share));
		s->share[s->n++] = (struct share){mem_dup(lang, strlen(lang)), 0};
	}
	s->share[i].n += n;
}

/* The words of a text: runs without white space that hold a letter or a figure. */
static size_t
count_words(const char *s, size_t n)
{
	size_t words = 0, len;
	bool word = false;
	uint32_t cp;

	for (size_t i = 0; i < n; i += len) {
		len = utf8_get(s + i, n - i, &cp);
		if (uc_space(cp)) {
			words += word;
			word = false;
		} else if (!word) {
			word = uc_letter(cp) || uc_digit(cp);
		}
	}
	return words + word;
}

/* Adds the words of a block, those of its outermost lang notes to their languages. */
static size_t
count_block(struct shares *s, const struct block *b, const char *lang)
{
	const struct text *t = &b->rec->text;
	size_t all = count_words(t->s.data, t->s.len), foreign = 0, reach = 0;

	for (size_t i = text_find(t, 0, "lang"); i < t->n; i = text_find(t, i + 1, "lang")) {
		const struct note *n = &t->note[i];
		size_t words;

		if (n->off < reach || n->len == 0)
			continue;
		reach = n->off + n->len;
		words = count_words(t->s.data + n->off, n->len);
		add_words(s, n->type, words);
		foreign += words;
	}
	add_words(s, b->lang != NULL ? b->lang : lang, all > foreign ? all - foreign : 0);
	return all;
}

/* Whether the words of a block are its author's, not of the page around. */
static bool
is_text(const struct block *b)
{
	return strcmp(b->element, "fw") != 0 && strcmp(b->element, "pb") != 0;
}

static size_t
count_blocks(struct shares *s, const struct tree *t, const struct node *n, const char *lang)
{
	size_t words = 0;

	if (n->part == PART_BLOCK)
		words =
		    is_text(&t->block[n->block]) ? count_block(s, &t->block[n->block], lang) : 0;
	else if (n->lang != NULL)
		lang = n->lang;
	for (const struct node *c = n->first; c != NULL; c = c->next)
		words += count_blocks(s, t, c, lang);
	return words;
}

size_t
shares_count(struct shares *s, const struct tree *t, const struct node *share)
{
	size_t statement = share == NULL || share->part == PART_BODY ? 0 : share->statement,
	       words = 0;

	if (share == NULL || share->part == PART_STATEMENT)
		words = count_blocks(s, t, share != NULL ? share : t->body, t->lang);
	else
		for (const struct node *c = share->first; c != NULL; c = c->next)
			if (c->part != PART_STATEMENT)
				words += count_blocks(s, t, c, t->lang);
	for (size_t i = 0; i < t->nblock; i++) {
		const struct block *b = &t->block[i];

		if (b->host != NONE && is_text(b) && (share == NULL || b->statement == statement))
			words += count_block(s, b, b->lang != NULL ? b->lang :
			    t->block[b->host].lang != NULL ? t->block[b->host].lang : t->lang);
	}
	return words;
}

void
shares_free(struct shares *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->share[i].lang);
	free(s->share);
	*s = (struct shares){0};
}
