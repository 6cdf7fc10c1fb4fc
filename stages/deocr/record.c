/*
 * record: collects fingerprints and counts, and writes them as M records.  Files are read for
 * their fingerprints once a run; those of lexicon and model stand in the files themselves.
 */
#include <stdlib.h>
#include <string.h>

#include "io.h"
#include "msg.h"
#include "reading.h"
#include "record.h"
#include "table.h"

/* A language, and whether the document has it. */
struct knowledge {
	const struct language *l;
	char tables[SHA256_HEX];	/* of its tables in dict/, one after the other */
	struct buf measured;		/* what its posteriors were worth, a sentence, or empty */
	bool used;
};

static const char *const tally_names[TALLIES] = {"corrections", "char", "space", "diacritic",
	"hyphen", "realword", "punct", "case", "hyphens taken out at line ends", "specks", "doubts",
	"blocks without dictionary"};

/* Appends the file at path to b; false where there is none. */
static bool
file_add(struct buf *b, const char *path)
{
	struct in *in = in_open(path);
	bool good = in != NULL && in_all(in, b) == 0;

	if (in != NULL)
		in_close(in);
	return good;
}

/* Appends the table dict/FOLDER/NAME.EXT. */
static bool
table_add(struct buf *b, const char *folder, const char *name, const char *ext)
{
	struct buf file = {0};
	char *path;
	bool good;

	buf_addf(&file, "%s/%s.%s", folder, name, ext);
	path = dict_path(buf_str(&file));
	good = file_add(b, path);
	free(path);
	buf_free(&file);
	return good;
}

static void
tables_fingerprint(const char *lang, char hex[SHA256_HEX])
{
	struct buf all = {0};

	table_add(&all, "elision", lang, "txt");
	table_add(&all, "prefixes", lang, "txt");
	table_add(&all, "years", lang, "txt");
	table_add(&all, "archaic", lang, "tsv");
	table_add(&all, "confusions", "common", "tsv");
	table_add(&all, "confusions", lang, "tsv");
	if (!table_add(&all, "calibration", lang, "tsv"))
		table_add(&all, "calibration", "common", "tsv");
	sha256_hex(hex, all.data, all.len);
	buf_free(&all);
}

/* A line of calibration/measured.tsv: language, text, from, to, changes, share right. */
static void
measured_add(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	struct knowledge *k = ctx;
	struct buf *b = &k->measured;
	char *end;
	double share = n == 6 ? strtod(field[5], &end) : -1;

	if (n != 6 || *end != '\0' || !(share >= 0 && share <= 1)) {
		msg(MSG_WARNING, file, line, "no measure of posteriors", "%s", field[0]);
		return;
	}
	if (strcmp(field[0], k->l->tag) != 0)
		return;
	if (b->len == 0)
		buf_addf(b, " Right of 100 proposals in %s, measured on %s: %.0f with a posterior of",
		    field[0], field[1], share * 100);
	else
		buf_addf(b, ", %.0f of", share * 100);
	buf_addf(b, " %s to %s", field[2], field[3]);
}

static void
measured_read(struct knowledge *k)
{
	char *path = dict_path("calibration/measured.tsv");

	table_read(path, measured_add, k);
	if (k->measured.len > 0)
		buf_addc(&k->measured, '.');
	free(path);
}

void
record_words(struct record *r, const char *path)
{
	struct buf all = {0};
	char hex[SHA256_HEX];

	if (strcmp(path, "-") != 0 && file_add(&all, path)) {
		sha256_hex(hex, all.data, all.len);
		buf_addf(&r->words, "%s\n", hex);
	}
	buf_free(&all);
}

void
record_language(struct record *r, const struct language *l)
{
	size_t i;

	if (l->lexicon == NULL) {
		r->tally[TALLY_SPEECHLESS]++;
		return;
	}
	for (i = 0; i < r->n && strcmp(r->known[i].l->tag, l->tag) < 0; i++)
		;
	if (i == r->n || r->known[i].l != l) {
		r->known = mem_more(r->known, r->n, &r->cap, sizeof(*r->known));
		memmove(&r->known[i + 1], &r->known[i], (r->n++ - i) * sizeof(*r->known));
		r->known[i] = (struct knowledge){.l = l};
		tables_fingerprint(l->tag, r->known[i].tables);
		measured_read(&r->known[i]);
	}
	r->known[i].used = true;
}

void
record_text(struct record *r, const struct text *t)
{
	size_t i;
	int k;

	for (i = 0; i < t->n; i++) {
		const struct note *n = &t->note[i];

		if (strcmp(n->by, "deocr") != 0)
			continue;
		r->tally[TALLY_LINES] += strcmp(n->kind, "hyphen") == 0;
		r->tally[TALLY_SPECKS] += strcmp(n->kind, "noise") == 0;
		r->tally[TALLY_DOUBTS] += strcmp(n->kind, "doubt") == 0;
		if (strcmp(n->kind, "corr") != 0)
			continue;
		r->tally[TALLY_CORRECTIONS]++;
		for (k = TALLY_CHAR; k <= TALLY_CASE; k++)
			r->tally[k] += strstr(n->type, tally_names[k]) != NULL;
	}
}

static void
model_write(struct doc *d, const char *what, const char *name, const char *print)
{
	struct buf b = {0};

	buf_addf(&b, "%s%s%s %s", what, *name != '\0' ? " " : "", name, print);
	doc_meta(d, "model", buf_str(&b), POST_NONE, "deocr");
	buf_free(&b);
}

static void
models_write(struct record *r, struct doc *d)
{
	char *line = r->words.len > 0 ? (char *)buf_str(&r->words) : NULL, *end;
	size_t i;

	for (i = 0; i < r->n; i++) {
		struct knowledge *k = &r->known[i];

		if (!k->used)
			continue;
		model_write(d, "dictionary", k->l->tag, lexicon_fingerprint(k->l->lexicon));
		if (k->l->model != NULL)
			model_write(d, "model", k->l->tag, model_fingerprint(k->l->model));
		model_write(d, "tables", k->l->tag, k->tables);
	}
	for (; line != NULL && (end = strchr(line, '\n')) != NULL; line = end + 1) {
		char hex[SHA256_HEX] = "";

		memcpy(hex, line, (size_t)(end - line));
		model_write(d, "words", "accepted", hex);
	}
}

/* Corrections and doubts are notes, which whoever reads the stream can count. */
static void
counts_write(struct record *r, struct doc *d)
{
	struct buf b = {0};
	int k;

	for (k = 0; k < TALLIES; k++) {
		if (r->tally[k] == 0)
			continue;
		msg_count(tally_names[k], r->tally[k]);
		buf_clear(&b);
		buf_addf(&b, "%s %zu", tally_names[k], r->tally[k]);
		if (d->tagged && k != TALLY_CORRECTIONS && k != TALLY_DOUBTS)
			doc_meta(d, "count", buf_str(&b), POST_NONE, "deocr");
	}
	buf_free(&b);
}

/* The policy, as a sentence for the header. */
static void
policy_write(const struct record *r, struct doc *d, const struct settings *set)
{
	struct buf b = {0};
	size_t i;

	buf_addf(&b, "No change was made with a posterior below %d.%02d", set->threshold / 100,
	    set->threshold % 100);
	if (set->doubt < set->threshold)
		buf_addf(&b, "; what lies between 0.%02d and that is a doubt", set->doubt);
	buf_addc(&b, '.');
	for (i = 0; i < r->n; i++)
		if (r->known[i].used)
			buf_add(&b, r->known[i].measured.data, r->known[i].measured.len);
	doc_meta(d, "calibration", buf_str(&b), POST_NONE, "deocr");
	buf_free(&b);
}

void
record_write(struct record *r, struct doc *d, const struct settings *set)
{
	size_t i;

	if (d->tagged) {
		models_write(r, d);
		policy_write(r, d, set);
	}
	counts_write(r, d);
	for (i = 0; i < r->n; i++)
		r->known[i].used = false;
	memset(r->tally, 0, sizeof(r->tally));
}

void
record_free(struct record *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		buf_free(&r->known[i].measured);
	free(r->known);
	buf_free(&r->words);
	memset(r, 0, sizeof(*r));
}
