/*
 * lexicon: makes the lexicon of a language.  In: hunspell dictionaries (FILE.dic and FILE.aff) and
 * the word lists dict/words/LANG.*.txt.  Out: the forms as a mapped automaton (lexicon.h).  It
 * expands the affixes itself, has every form confirmed by Hunspell_spell, and never lists a form
 * with white space in it, a compound, or an elided one that lib/token cuts in two (l'homme).
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <hunspell/hunspell.h>
#include <iconv.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dawg.h"
#include "forms.h"
#include "io.h"
#include "lexicon.h"
#include "msg.h"
#include "table.h"
#include "utf8.h"

#define SYNOPSIS "-l lang [-o file] [-v] [dictionary ...]"

/* A dictionary that is open: what judges forms, in its own encoding. */
struct judge {
	Hunhandle *hunspell;
	iconv_t encode;
	struct buf word;
};

static bool
judge_open(struct judge *j, const char *stem, const char *set)
{
	struct buf aff = {0}, dic = {0};

	buf_addf(&aff, "%s.aff", stem);
	buf_addf(&dic, "%s.dic", stem);
	*j = (struct judge) {.hunspell = Hunspell_create(buf_str(&aff), buf_str(&dic))};
	j->encode = iconv_open(set, "UTF-8");
	buf_free(&aff);
	buf_free(&dic);
	return j->hunspell != NULL && j->encode != (iconv_t)-1;
}

static void
judge_close(struct judge *j)
{
	if (j->hunspell != NULL)
		Hunspell_destroy(j->hunspell);
	if (j->encode != (iconv_t)-1)
		iconv_close(j->encode);
	buf_free(&j->word);
}

static bool
judge_accepts(struct judge *j, const char *s, size_t n)
{
	char *from = (char *)(uintptr_t)s, *to;
	size_t left = n, room = n * 4;

	buf_clear(&j->word);
	buf_need(&j->word, room + 1);
	to = j->word.data;
	iconv(j->encode, NULL, NULL, NULL, NULL);
	if (iconv(j->encode, &from, &left, &to, &room) != 0 || left > 0)
		return false;
	*to = '\0';
	return Hunspell_spell(j->hunspell, j->word.data) != 0;
}

/* Adds the forms among all that j accepts to good, apostrophes plain, composed. */
static void
forms_confirm(struct forms *good, const struct forms *all, struct judge *j)
{
	struct buf plain = {0};

	for (size_t i = 0; i < all->n; i++) {
		const struct form *f = &all->list[i];

		if (!judge_accepts(j, form_text(all, f), f->len))
			continue;
		buf_clear(&plain);
		token_form(&plain, form_text(all, f), f->len);
		forms_add(good, plain.data, plain.len, f->flags);
	}
	buf_free(&plain);
}

/* Adds the confirmed forms of the dictionary stem.dic, stem.aff. */
static void
dictionary_add(struct forms *good, const char *stem, const struct elision *e, bool verbose)
{
	struct buf path = {0};
	struct affixes *a;
	struct forms all = {0};
	struct judge j = {.encode = (iconv_t)-1};
	size_t before = good->n;

	buf_addf(&path, "%s.aff", stem);
	a = affixes_read(buf_str(&path));
	buf_clear(&path);
	buf_addf(&path, "%s.dic", stem);
	if (a == NULL || forms_expand(&all, a, e, buf_str(&path)) < 0 || !judge_open(&j, stem, a->set))
		msg_die("%s: the dictionary cannot be used", stem);
	forms_confirm(good, &all, &j);
	if (verbose)
		fprintf(stderr, "lexicon: %s: %zu forms made, %zu new ones confirmed\n", stem, all.n,
		    good->n - before);
	judge_close(&j);
	forms_free(&all);
	affixes_free(a);
	buf_free(&path);
}

/* The words of dict/words, and what tells those hunspell has not. */
struct gazetteer {
	struct forms *forms;
	const struct elision *elision;
	struct tokens tokens;
	struct buf plain;
};

static bool
has_capital(const char *s, size_t n)
{
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		i += utf8_get(s + i, n - i, &cp);
		if (uc_upper(cp))
			return true;
	}
	return false;
}

/* Every word of a name that has a capital, and a word that stands alone. */
static void
name_add(struct gazetteer *g, const char *s)
{
	size_t before = g->forms->n;

	token_cut(g->elision, s, strlen(s), &g->tokens);
	for (size_t i = 0; i < g->tokens.n; i++) {
		const struct token *t = &g->tokens.list[i];
		unsigned flags = LEXICON_GAZETTEER;

		if (t->kind != TOKEN_WORD || (g->tokens.n > 1 && !has_capital(s + t->off, t->len)))
			continue;
		buf_clear(&g->plain);
		token_form(&g->plain, s + t->off, t->len);
		forms_add(g->forms, g->plain.data, g->plain.len, flags);
		if (g->forms->n > before)
			g->forms->list[before++].flags |= LEXICON_ADDED;
	}
}

static void
names_add(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)file;
	(void)line;
	for (size_t i = 0; i < n; i++)
		name_add(ctx, field[i]);
}

/* Adds the lists dict/words/LANG.*.txt. */
static void
lists_add(struct forms *good, const struct elision *e, const char *lang)
{
	struct gazetteer g = {.forms = good, .elision = e};
	struct buf pattern = {0};
	char *folder = dict_path("words");
	glob_t list;

	buf_addf(&pattern, "%s/%s.*.txt", folder, lang);
	if (glob(buf_str(&pattern), 0, NULL, &list) == 0) {
		for (size_t i = 0; i < list.gl_pathc; i++)
			if (table_read(list.gl_pathv[i], names_add, &g) < 0)
				msg_die("%s: %s", list.gl_pathv[i], strerror(errno));
		globfree(&list);
	}
	tokens_free(&g.tokens);
	buf_free(&g.plain);
	buf_free(&pattern);
	free(folder);
}

static void
u32_put(struct buf *b, uint32_t v)
{
	for (int shift = 0; shift < 32; shift += 8)
		buf_addc(b, (char)(v >> shift & 0xff));
}

/* The file of lexicon.h, into b. */
static void
lexicon_write(struct forms *f, struct buf *b)
{
	struct dawg_writer *w = dawg_new();
	struct buf edge = {0}, skip = {0}, flagged = {0};
	struct sha256_ctx sha;
	uint8_t sum[LEXICON_PRINT / 2];
	struct dawg d;

	forms_sort(f);
	for (size_t i = 0; i < f->n; i++) {
		dawg_add(w, form_text(f, &f->list[i]), f->list[i].len);
		if (f->list[i].flags != 0)
			u32_put(&flagged, (uint32_t)i << 3 | f->list[i].flags);
	}
	if (!dawg_end(w, &edge, &skip, &d))
		msg_die("the automaton has more than %u edges", DAWG_EDGES);
	buf_add(&edge, skip.data, skip.len);
	buf_add(&edge, flagged.data, flagged.len);
	sha256_init(&sha);
	sha256_update(&sha, edge.len, (const uint8_t *)edge.data);
	sha256_digest(&sha, sizeof(sum), sum);
	buf_add(b, LEXICON_MAGIC, 8);
	u32_put(b, LEXICON_VERSION);
	u32_put(b, d.root);
	u32_put(b, d.nedge);
	u32_put(b, d.count);
	u32_put(b, (uint32_t)(flagged.len / 4));
	for (size_t i = 0; i < sizeof(sum); i++)
		buf_addf(b, "%02x", sum[i]);
	u32_put(b, 0);
	buf_add(b, edge.data, edge.len);
	buf_free(&edge);
	buf_free(&skip);
	buf_free(&flagged);
}

/* Writes b to path whole, or not at all; to standard output where path is NULL. */
static void
file_write(const struct buf *b, const char *path)
{
	struct buf tmp = {0};
	struct out *o;
	int fd = STDOUT_FILENO;

	if (path != NULL) {
		buf_addf(&tmp, "%s.tmp", path);
		fd = open(buf_str(&tmp), O_WRONLY | O_CREAT | O_TRUNC, 0666);
		if (fd < 0)
			msg_die("%s: %s", tmp.data, strerror(errno));
	}
	o = out_open(fd, path != NULL ? path : "<stdout>");
	out_add(o, b->data, b->len);
	out_close(o);
	if (path != NULL && rename(tmp.data, path) < 0)
		msg_die("%s: %s", path, strerror(errno));
	buf_free(&tmp);
}

/* Where hunspell dictionaries lie, as the name of one without ".dic". */
static const char *const places[] = {
	"/usr/share/hunspell/", "/usr/share/myspell/dicts/", "/usr/share/myspell/",
	"/usr/local/share/hunspell/", "/opt/homebrew/share/hunspell/",
};

/* The dictionary of that name (en_US) as a path without ".dic"; the caller frees it, or NULL. */
static char *
dictionary_find(const char *name)
{
	struct buf b = {0};

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		buf_clear(&b);
		buf_addf(&b, "%s%s.dic", places[i], name);
		if (access(buf_str(&b), R_OK) == 0) {
			b.len -= 4;
			buf_str(&b);
			return b.data;
		}
	}
	buf_free(&b);
	return NULL;
}

/* The dictionary of a language no table speaks of: LANG, else LANG_LANG, else the first LANG_*. */
static char *
dictionary_guess(const char *lang)
{
	struct buf b = {0};
	char *found = dictionary_find(lang);
	glob_t list;

	if (found == NULL) {
		buf_addf(&b, "%s_", lang);
		for (const char *c = lang; *c != '\0'; c++)
			buf_addc(&b, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
		found = dictionary_find(buf_str(&b));
	}
	for (size_t i = 0; found == NULL && i < sizeof(places) / sizeof(*places); i++) {
		buf_clear(&b);
		buf_addf(&b, "%s%s_*.dic", places[i], lang);
		if (glob(buf_str(&b), 0, NULL, &list) != 0)
			continue;
		found = mem_dup(list.gl_pathv[0], strlen(list.gl_pathv[0]) - 4);
		globfree(&list);
	}
	buf_free(&b);
	return found;
}

/* What is to be made, and of what. */
struct job {
	const char *lang;
	const struct elision *elision;
	struct forms *forms;
	bool verbose;
	size_t dictionaries;
};

/* A line of dict/lexicons.txt: a language and the names of its dictionaries. */
static void
dictionaries_line(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	struct job *job = ctx;

	if (strcmp(field[0], job->lang) != 0)
		return;
	for (size_t i = 1; i < n; i++) {
		char *stem = dictionary_find(field[i]);

		if (stem == NULL) {
			msg(MSG_ERROR, file, line, "dictionary is not installed", "%s", field[i]);
			continue;
		}
		dictionary_add(job->forms, stem, job->elision, job->verbose);
		job->dictionaries++;
		free(stem);
	}
}

/* Adds the dictionaries of the table, or the one that is installed for the language. */
static void
dictionaries_add(struct job *job)
{
	char *table = dict_path("lexicons.txt"), *stem;

	table_read(table, dictionaries_line, job);
	free(table);
	if (job->dictionaries > 0)
		return;
	stem = dictionary_guess(job->lang);
	if (stem == NULL)
		msg_die("no hunspell dictionary of \"%s\" is installed", job->lang);
	dictionary_add(job->forms, stem, job->elision, job->verbose);
	free(stem);
}

static void
help(void)
{
	printf("usage: lexicon " SYNOPSIS "\n"
	       "Makes the lexicon of a language from hunspell dictionaries, named without .dic;\n"
	       "without operands from those installed for the language.\n"
	       "  -l lang   the language: en, fr, sq, de...\n"
	       "  -o file   write there, not to standard output\n"
	       "  -v        say how many forms\n");
	exit(0);
}

int
main(int argc, char **argv)
{
	struct forms forms = {0};
	struct job job = {.forms = &forms};
	const char *path = NULL;
	struct elision *e;
	struct buf b = {0};
	int c;

	msg_init("lexicon");
	while ((c = getopt(argc, argv, "l:o:vhV")) != -1)
		switch (c) {
		case 'l':
			job.lang = optarg;
			break;
		case 'o':
			path = optarg;
			break;
		case 'v':
			job.verbose = true;
			break;
		case 'h':
			help();
			break;
		case 'V':
			puts("emend-lexicon " EMEND_VERSION);
			return 0;
		default:
			msg_usage(SYNOPSIS);
		}
	if (job.lang == NULL || *job.lang == '\0' || strchr(job.lang, '/') != NULL)
		msg_usage(SYNOPSIS);
	job.elision = e = elision_open(job.lang);
	for (int i = optind; i < argc; i++)
		dictionary_add(&forms, argv[i], e, job.verbose);
	if (optind == argc)
		dictionaries_add(&job);
	lists_add(&forms, e, job.lang);
	lexicon_write(&forms, &b);
	file_write(&b, path);
	if (job.verbose)
		fprintf(stderr, "lexicon: %s: %zu forms, %zu bytes\n", job.lang, forms.n, b.len);
	elision_free(e);
	forms_free(&forms);
	buf_free(&b);
	return msg_end(job.verbose);
}
