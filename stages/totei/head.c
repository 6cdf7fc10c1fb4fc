/*
 * head: the TEI header.  Everything in it comes from the archive's settings and table, from what
 * the stages wrote into the stream, or was counted while the text was written; nothing else.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "totei.h"

/* A stage that worked on the document. */
struct stage {
	char *name, *version, *options;
	int rank;	/* its place in the pipeline */
};

struct stages {
	struct stage *s;
	size_t n, cap;
};

static const char *
d_src(const struct head *h)
{
	const char *src = rec_get(&h->d->rec[0], "src");

	return src != NULL ? src : "";
}

/* The name of the source without its folders, which differ from run to run. */
static const char *
src_name(const struct head *h)
{
	const char *slash = strrchr(d_src(h), '/');

	return slash != NULL ? slash + 1 : d_src(h);
}

/* What the archive's table says of the source (n 0) or of its statement n. */
static const char *
table(const struct head *h, size_t n, const char *column)
{
	return metadata_get(h->meta, d_src(h), doc_get(h->d, "sha256"), n, column);
}

/* An element on a line of its own where there is something to say. */
static void
element(const struct head *h, const char *name, const char *text)
{
	if (text != NULL)
		xml_element(h->x, name, text);
}

/* Digits of s[from..from+n) as a number, -1 where they are none. */
static int
digits(const char *s, size_t from, size_t n)
{
	int v = 0;

	for (size_t i = from; i < from + n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + s[i] - '0';
	}
	return v;
}

/* Whether s is a date of ISO 8601, YYYY, YYYY-MM or YYYY-MM-DD, that there is. */
static bool
iso_date(const char *s)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	size_t n = strlen(s);
	int year, month, day, last;

	if ((n != 4 && n != 7 && n != 10) || (year = digits(s, 0, 4)) < 1)
		return false;
	if (n == 4)
		return true;
	month = s[4] == '-' ? digits(s, 5, 2) : -1;
	if (month < 1 || month > 12 || n == 7)
		return month >= 1 && month <= 12;
	day = s[7] == '-' ? digits(s, 8, 2) : -1;
	last = days[month - 1];
	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		last = 29;
	return day >= 1 && day <= last;
}

static void
date_write(struct xml *x, const char *text, const char *resp)
{
	xml_line(x);
	xml_start(x, "date");
	if (iso_date(text))
		xml_attr(x, "when", text);
	xml_attr(x, "resp", resp);
	xml_texts(x, text);
	xml_end(x);
}

/* The day of SOURCE_DATE_EPOCH; false where it is not set. */
static bool
epoch_date(char day[11])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t t;
	struct tm tm;

	if (epoch == NULL || *epoch < '0' || *epoch > '9')
		return false;
	t = (time_t)strtoll(epoch, NULL, 10);
	return gmtime_r(&t, &tm) != NULL && tm.tm_year >= 70 && tm.tm_year < 8000 &&
	    strftime(day, 11, "%Y-%m-%d", &tm) == 10;
}

/* ---- the stages ---- */

static int
rank_of(const char *name)
{
	static const char *const order[] = {"decode", "segment", "langtag", "deocr", "totei"};
	int i = 0;

	while (i < 5 && strcmp(order[i], name) != 0)
		i++;
	return i == 5 ? 7 : i == 4 ? 9 : 2 * i;
}

static void
stage_add(struct stages *v, const char *s)
{
	size_t name = strcspn(s, " "), version = strcspn(s + name + (s[name] != '\0'), " ");
	const char *rest = s + name + (s[name] != '\0') + version;
	struct stage *g;

	v->s = mem_more(v->s, v->n, &v->cap, sizeof(*v->s));
	g = &v->s[v->n++];
	g->name = mem_dup(s, name);
	g->version = mem_dup(rest - version, version);
	g->options = mem_dup(rest, strlen(rest));
	if (*g->options == ' ')
		memmove(g->options, g->options + 1, strlen(g->options));
	g->rank = rank_of(g->name);
	for (; g > v->s && g[-1].rank > g->rank; g--) {
		struct stage t = g[-1];

		g[-1] = *g;
		*g = t;
	}
}

/* Whether one of that name is known already: its id must be one in the document. */
static bool
stage_known(const struct stages *v, const char *s)
{
	size_t n = strcspn(s, " ");

	for (size_t i = 0; i < v->n; i++)
		if (strlen(v->s[i].name) == n && strncmp(v->s[i].name, s, n) == 0)
			return true;
	return false;
}

static void
stages_find(struct stages *v, const struct head *h)
{
	struct buf own = {0};

	for (size_t i = 0; i < h->d->n; i++) {
		const struct rec *r = &h->d->rec[i];

		if (r->tag == 'M' && r->nfield > 1 && strcmp(r->field[0], "stage") == 0 &&
		    !stage_known(v, r->field[1]))
			stage_add(v, r->field[1]);
	}
	buf_addf(&own, "totei " EMEND_VERSION "%s%s", *h->options != '\0' ? " " : "", h->options);
	stage_add(v, buf_str(&own));
	buf_free(&own);
}

static void
stages_free(struct stages *v)
{
	for (size_t i = 0; i < v->n; i++) {
		free(v->s[i].name);
		free(v->s[i].version);
		free(v->s[i].options);
	}
	free(v->s);
}

/* ---- fileDesc ---- */

/* What emend found of that key: of the document, or of its only statement. */
static const char *
found(const struct head *h, const char *key)
{
	return h->sums->statements <= 1 ? doc_get(h->d, key) : NULL;
}

static void
title_write(const struct head *h)
{
	const char *title = table(h, 0, "title"), *resp = NULL;
	struct buf name = {0};

	if (title == NULL && h->sums->statements <= 1)
		title = table(h, 1, "title");
	if (title == NULL) {
		title = found(h, "title");
		resp = title != NULL ? "#emend" : NULL;
	}
	if (title == NULL) {
		name_show(&name, src_name(h));
		title = buf_str(&name);
	}
	xml_line(h->x);
	xml_start(h->x, "title");
	xml_attr(h->x, "resp", resp);
	if (h->set->title != NULL)
		xml_textf(h->x, "%s: ", h->set->title);
	xml_texts(h->x, title);
	xml_end(h->x);
	buf_free(&name);
}

static void
resp_write(struct xml *x, const char *what, const char *who, bool software)
{
	xml_line(x);
	xml_start(x, "respStmt");
	xml_element(x, "resp", what);
	xml_line(x);
	xml_start(x, "name");
	if (software) {
		xml_attr(x, "type", "software");
		xml_attr(x, "ref", "#emend");
	}
	xml_texts(x, who);
	xml_end(x);
	xml_close(x);
}

static void
title_stmt(const struct head *h)
{
	xml_line(h->x);
	xml_start(h->x, "titleStmt");
	title_write(h);
	for (size_t i = 0; i < h->set->nresp; i++)
		resp_write(h->x, h->set->resp[i].what != NULL ? h->set->resp[i].what :
		    "responsible for the edition", h->set->resp[i].who, false);
	resp_write(h->x, "encoding repair, segmentation, language identification, OCR correction and "
	    "TEI encoding, unattended", "emend " EMEND_VERSION, true);
	xml_close(h->x);
	if (h->set->edition == NULL)
		return;
	xml_line(h->x);
	xml_start(h->x, "editionStmt");
	xml_element(h->x, "edition", h->set->edition);
	xml_close(h->x);
}

static void
measure(struct xml *x, const char *unit, size_t n, const char *one, const char *more)
{
	xml_line(x);
	xml_start(x, "measure");
	xml_attr(x, "unit", unit);
	xml_attrf(x, "quantity", "%zu", n);
	xml_textf(x, "%zu %s", n, n == 1 ? one : more);
	xml_end(x);
}

static void
extent(const struct head *h)
{
	xml_line(h->x);
	xml_start(h->x, "extent");
	measure(h->x, "statements", h->sums->statements, "statement", "statements");
	if (h->sums->pages > 0)
		measure(h->x, "pages", h->sums->pages, "page", "pages");
	measure(h->x, "words", h->sums->words, "word", "words");
	xml_close(h->x);
}

static void
availability(const struct head *h)
{
	const char *own = table(h, 0, "licence"), *licence = own != NULL ? own : h->set->licence;
	const char *target = own == NULL ? h->set->licence_target : NULL;

	xml_line(h->x);
	xml_start(h->x, "availability");
	xml_attr(h->x, "status", h->set->availability != NULL ? h->set->availability : "unknown");
	if (licence != NULL || target != NULL) {
		xml_line(h->x);
		xml_start(h->x, "licence");
		xml_attr(h->x, "target", target);
		xml_texts(h->x, licence != NULL ? licence : target);
		xml_end(h->x);
	} else {
		xml_element(h->x, "p", settings_ready(h->set) ? "As the archive states it."
		    : "Not stated: this file is not ready to be deposited.");
	}
	xml_close(h->x);
}

static void
idno(struct xml *x, const char *type, const char *text)
{
	if (text == NULL)
		return;
	xml_line(x);
	xml_start(x, "idno");
	xml_attr(x, "type", type);
	xml_texts(x, text);
	xml_end(x);
}

static void
publication(const struct head *h)
{
	const char *shelfmark = table(h, 0, "shelfmark"), *date = h->set->date;
	char day[11];

	xml_line(h->x);
	xml_start(h->x, "publicationStmt");
	xml_element(h->x, "publisher", h->set->publisher != NULL ? h->set->publisher : "not stated");
	if (date == NULL && epoch_date(day))
		date = day;
	if (date != NULL)
		date_write(h->x, date, NULL);
	idno(h->x, "shelfmark", shelfmark != NULL ? shelfmark : h->set->shelfmark);
	idno(h->x, "URL", table(h, 0, "url"));
	availability(h);
	xml_close(h->x);
}

/* One fact of statement n: from the table, else what emend found, marked so. */
static const char *
fact(const struct head *h, const struct rec *s, size_t n, const char *key, const char **resp)
{
	const char *said = table(h, n, key);

	*resp = NULL;
	if (said != NULL)
		return said;
	*resp = "#emend";
	for (const struct rec *r = s + 1; r < h->d->rec + h->d->n && r->tag == 'M'; r++)
		if (r->nfield > 1 && strcmp(r->field[0], key) == 0 && *r->field[1] != '\0')
			return r->field[1];
	return NULL;
}

static bool
has_facts(const struct head *h, const struct rec *s, size_t n)
{
	static const char *const keys[] = {"title", "speaker", "role", "country", "date", "place",
	    "event", "symbol", "genre", "shelfmark", "url"};
	const char *resp;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (fact(h, s, n, keys[i], &resp) != NULL)
			return true;
	return false;
}

static void
author(const struct head *h, const struct rec *s, size_t n)
{
	const char *resp, *role_resp;
	const char *who = fact(h, s, n, "speaker", &resp), *role = fact(h, s, n, "role", &role_resp);

	if (who == NULL)
		return;
	xml_line(h->x);
	xml_start(h->x, "author");
	xml_attr(h->x, "resp", resp);
	xml_texts(h->x, who);
	if (role != NULL) {
		xml_texts(h->x, ", ");
		xml_start(h->x, "roleName");
		xml_attr(h->x, "resp", role_resp);
		xml_texts(h->x, role);
		xml_end(h->x);
	}
	xml_end(h->x);
}

/* What is known of one statement, said of its div. */
static void
statement_bibl(const struct head *h, const struct node *node)
{
	static const struct {
		const char *key, *element, *type;
	} rest[] = {{"country", "country", NULL}, {"place", "placeName", NULL},
	    {"event", "name", "event"}, {"symbol", "idno", "UN-symbol"},
	    {"shelfmark", "idno", "shelfmark"}, {"url", "idno", "URL"}, {"genre", "term", "genre"}};
	const struct rec *s = node->rec;
	size_t n = s->nfield > 0 ? strtoull(s->field[0], NULL, 10) : 0;
	const char *text, *resp;

	if (node->from == NONE || n == 0 || !has_facts(h, s, n))
		return;
	xml_line(h->x);
	xml_start(h->x, "bibl");
	xml_attrf(h->x, "corresp", "#%s-S%04zu", h->t->handle, node->from + 1);
	if ((text = fact(h, s, n, "title", &resp)) != NULL) {
		xml_line(h->x);
		xml_start(h->x, "title");
		xml_attr(h->x, "resp", resp);
		xml_texts(h->x, text);
		xml_end(h->x);
	}
	author(h, s, n);
	if ((text = fact(h, s, n, "date", &resp)) != NULL)
		date_write(h->x, text, resp);
	for (size_t i = 0; i < sizeof(rest) / sizeof(*rest); i++) {
		if ((text = fact(h, s, n, rest[i].key, &resp)) == NULL)
			continue;
		xml_line(h->x);
		xml_start(h->x, rest[i].element);
		xml_attr(h->x, "type", rest[i].type);
		xml_attr(h->x, "resp", resp);
		xml_texts(h->x, text);
		xml_end(h->x);
	}
	xml_close(h->x);
}

/* Whether the archive or emend know anything of some statement. */
static bool
any_facts(const struct head *h)
{
	for (const struct node *n = h->t->body->first; n != NULL; n = n->next)
		if (n->part == PART_STATEMENT && n->from != NONE && n->rec->nfield > 0 &&
		    has_facts(h, n->rec, strtoull(n->rec->field[0], NULL, 10)))
			return true;
	return false;
}

static void
source_desc(const struct head *h)
{
	const char *bytes = doc_get(h->d, "bytes");
	struct buf name = {0};

	name_show(&name, src_name(h));
	xml_line(h->x);
	xml_start(h->x, "sourceDesc");
	xml_line(h->x);
	xml_start(h->x, "bibl");
	xml_attr(h->x, "xml:id", "src");
	if (h->set->repository != NULL) {
		xml_line(h->x);
		xml_start(h->x, "msIdentifier");
		xml_element(h->x, "repository", h->set->repository);
		xml_close(h->x);
	}
	idno(h->x, "filename", buf_str(&name));
	if (bytes != NULL) {
		xml_line(h->x);
		xml_start(h->x, "extent");
		measure(h->x, "byte", strtoull(bytes, NULL, 10), "byte", "bytes");
		xml_close(h->x);
	}
	idno(h->x, "sha256", doc_get(h->d, "sha256"));
	idno(h->x, "sha256-reduced", doc_get(h->d, "sha256-reduced"));
	xml_close(h->x);
	if (any_facts(h)) {
		xml_line(h->x);
		xml_start(h->x, "listBibl");
		for (const struct node *n = h->t->body->first; n != NULL; n = n->next)
			if (n->part == PART_STATEMENT)
				statement_bibl(h, n);
		xml_close(h->x);
	}
	xml_close(h->x);
	buf_free(&name);
}

/* ---- encodingDesc ---- */

static const char *
stage_label(const char *name)
{
	static const char *const labels[][2] = {{"decode", "encoding repair"},
	    {"segment", "pages, statements, blocks and reading order"},
	    {"langtag", "language identification"}, {"deocr", "OCR correction"},
	    {"totei", "TEI writer"}};

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (strcmp(labels[i][0], name) == 0)
			return labels[i][1];
	return name;
}

/* Whether record r is an M of that key by that stage. */
static bool
meta_by(const struct rec *r, const char *key, const char *by)
{
	return r->tag == 'M' && r->nfield > 3 && strcmp(r->field[0], key) == 0 &&
	    strcmp(r->field[3], by) == 0;
}

/* The counts and models that the stage named, as sentences. */
static void
stage_facts(const struct head *h, const char *name)
{
	const char *encoding = doc_get(h->d, "encoding");
	bool first = true;

	if (strcmp(name, "decode") == 0 && encoding != NULL)
		xml_textf(h->x, " Encoding of the source: %s.", encoding);
	for (size_t i = 0; i < h->d->n; i++) {
		const struct rec *r = &h->d->rec[i];
		size_t n;

		if (!meta_by(r, "count", name))
			continue;
		n = strlen(r->field[1]) - strlen(strrchr(r->field[1], ' ') != NULL ?
		    strrchr(r->field[1], ' ') : "");
		xml_textf(h->x, "%s%.*s:%s", first ? " " : ", ", (int)n, r->field[1], r->field[1] + n);
		first = false;
	}
	if (!first)
		xml_texts(h->x, ".");
	for (size_t i = 0; i < h->d->n; i++) {
		const struct rec *r = &h->d->rec[i];
		const char *space;

		if (!meta_by(r, "model", name) || (space = strrchr(r->field[1], ' ')) == NULL)
			continue;
		xml_textf(h->x, " %.*s ", (int)(space - r->field[1]), r->field[1]);
		xml_start(h->x, "idno");
		xml_attr(h->x, "type", "fingerprint");
		xml_texts(h->x, space + 1);
		xml_end(h->x);
		xml_texts(h->x, ".");
	}
}

static void
stage_text(const struct head *h, const struct stage *g)
{
	const struct sums *s = h->sums;

	if (*g->options == '\0')
		xml_texts(h->x, "No options.");
	else
		xml_textf(h->x, "Options: %s.", g->options);
	if (strcmp(g->name, "segment") == 0)
		xml_textf(h->x, " Statements: %zu, blocks: %zu.", s->statements, s->blocks);
	if (strcmp(g->name, "deocr") == 0)
		xml_textf(h->x, " Changes: %zu, doubts: %zu, pieces of noise: %zu, letter-spaced lines "
		    "closed up: %zu.", s->corr, s->doubt, s->noise, s->spaced);
	if (strcmp(g->name, "totei") == 0)
		xml_texts(h->x, " Valid against the schema of what emend writes, part of TEI P5; the "
		    "source reading was compared with the source.");
	stage_facts(h, g->name);
}

static void
application(struct xml *x, const char *ident, const char *version, const char *id,
    const char *label)
{
	bool plain = *version >= '0' && *version <= '9' && strspn(version, "0123456789.") ==
	    strlen(version);

	xml_line(x);
	xml_start(x, "application");
	xml_attr(x, "ident", ident);
	xml_attr(x, "version", plain ? version : "0");
	xml_attr(x, "xml:id", id);
	xml_element(x, "label", label);
	xml_line(x);
	xml_start(x, "p");
}

static void
app_info(const struct head *h, const struct stages *v)
{
	struct xml *x = h->x;
	struct buf ident = {0};

	xml_line(x);
	xml_start(x, "appInfo");
	application(x, "emend", EMEND_VERSION, "emend", "emend");
	for (size_t i = 0; i < v->n; i++)
		xml_textf(x, "%s%s%s%s", i > 0 ? " | " : "", v->s[i].name,
		    *v->s[i].options != '\0' ? " " : "", v->s[i].options);
	xml_texts(x, ".");
	xml_end(x);
	xml_close(x);
	for (size_t i = 0; i < v->n; i++) {
		buf_clear(&ident);
		buf_addf(&ident, "emend-%s", v->s[i].name);
		application(x, buf_str(&ident), v->s[i].version, v->s[i].name,
		    stage_label(v->s[i].name));
		stage_text(h, &v->s[i]);
		xml_end(x);
		xml_close(x);
	}
	buf_free(&ident);
	xml_close(x);
}

/* An element around one paragraph, with an attribute or two. */
static void
policy(struct xml *x, const char *name, const char *key, const char *value, const char *text)
{
	xml_line(x);
	xml_start(x, name);
	xml_attr(x, key, value);
	xml_element(x, "p", text);
	xml_close(x);
}

static void
correction(const struct head *h)
{
	xml_line(h->x);
	xml_start(h->x, "correction");
	xml_attr(h->x, "method", "markup");
	xml_attr(h->x, "status", "low");
	xml_element(h->x, "p", "Not reviewed by a person. A change is a choice of sic and corr, with the "
	    "probability in cert, the stage in resp and its kinds in ana; a doubt is a choice of two "
	    "unclear, the reading of the source first, or one unclear without a proposal; noise is kept "
	    "in surplus. Nothing was deleted. Names and figures were not changed but for their spaces, "
	    "or where the result stands in an authority list or the gazetteer.");
	element(h, "p", doc_get(h->d, "calibration"));
	xml_close(h->x);
}

static void
editorial(const struct head *h)
{
	struct xml *x = h->x;

	xml_line(x);
	xml_start(x, "editorialDecl");
	correction(h);
	policy(x, "normalization", "method", "silent", "Runs of spaces became one space, and empty lines "
	    "were dropped. Source reading, white space removed, blocks in the order of source, gives the "
	    "reduced text whose SHA-256 stands in the source description.");
	if (h->sums->spaced > 0)
		policy(x, "normalization", "method", "markup", "Letter-spaced words are closed up in "
		    "choice: orig keeps them, reg closes them.");
	if (h->sums->encoding > 0)
		policy(x, "normalization", "method", "markup", "Repairs of the encoding are marked in "
		    "choice: orig has the characters received, reg those that the source had.");
	policy(x, "hyphenation", "eol", "all", "All hyphens at line ends are kept: in pc force=\"weak\" "
	    "before lb break=\"no\" where the hyphen only broke the word, plain before lb break=\"no\" "
	    "where it belongs to the word, before lb break=\"maybe\" where that was not decided.");
	policy(x, "segmentation", NULL, NULL, "One div type=\"statement\" for each statement found. "
	    "Blocks stand in reading order where the evidence is strong; join type=\"sourceOrder\" in "
	    "standOff lists the order found. Whatever interrupts a paragraph stands in it at the place, "
	    "and its source has one range of lines for each stretch of its text between.");
	xml_close(x);
}

static void
tags_decl(const struct head *h)
{
	const char *name;
	size_t n;

	xml_line(h->x);
	xml_start(h->x, "tagsDecl");
	xml_attr(h->x, "partial", "false");
	xml_line(h->x);
	xml_start(h->x, "namespace");
	xml_attr(h->x, "name", "http://www.tei-c.org/ns/1.0");
	for (size_t i = 0; (n = xml_usage(h->text, i, &name)) > 0; i++) {
		xml_line(h->x);
		xml_start(h->x, "tagUsage");
		xml_attr(h->x, "gi", name);
		xml_attrf(h->x, "occurs", "%zu", n);
		xml_end(h->x);
	}
	xml_close(h->x);
	xml_close(h->x);
}

static void
prefix(struct xml *x, const char *ident, const char *pattern, const char *text)
{
	xml_line(x);
	xml_start(x, "prefixDef");
	xml_attr(x, "ident", ident);
	xml_attr(x, "matchPattern", "(.+)");
	xml_attr(x, "replacementPattern", pattern);
	xml_element(x, "p", text);
	xml_close(x);
}

static void
prefixes(const struct head *h)
{
	struct buf b = {0};

	uri_escape(&b, src_name(h));
	buf_adds(&b, "#$1");
	xml_line(h->x);
	xml_start(h->x, "listPrefixDef");
	prefix(h->x, "src", buf_str(&b),
	    "Lines of the source file, counted from 0, the end exclusive (RFC 5147).");
	prefix(h->x, "un", "https://undocs.org/$1", "United Nations document symbols.");
	xml_close(h->x);
	buf_free(&b);
}

static void
taxonomy(struct xml *x)
{
	static const char *const category[][2] = {{"char", "characters misread"},
	    {"space", "words run together or torn apart"}, {"diacritic", "a diacritic lost or wrong"},
	    {"hyphen", "a hyphen lost or added"},
	    {"realword", "a word of the language, but the wrong one"},
	    {"punct", "punctuation added, lost or misread"},
	    {"case", "capital for small letter or the reverse"}};

	xml_line(x);
	xml_start(x, "classDecl");
	xml_line(x);
	xml_start(x, "taxonomy");
	xml_attr(x, "xml:id", "corr");
	for (size_t i = 0; i < sizeof(category) / sizeof(*category); i++) {
		xml_line(x);
		xml_start(x, "category");
		xml_attrf(x, "xml:id", "corr.%s", category[i][0]);
		xml_start(x, "catDesc");
		xml_texts(x, category[i][1]);
		xml_end(x);
		xml_end(x);
	}
	xml_close(x);
	xml_close(x);
}

/* ---- profileDesc, revisionDesc ---- */

static int
share_cmp(const void *a, const void *b)
{
	const struct share *s = a, *q = b;

	if (s->n != q->n)
		return s->n > q->n ? -1 : 1;
	return strcmp(s->lang, q->lang);
}

/* Whole percents that add up to a hundred: what is left goes to the largest remainders. */
static void
percents(const struct shares *v, size_t total, size_t *percent)
{
	size_t left = 100, best;

	for (size_t i = 0; i < v->n; i++) {
		percent[i] = v->share[i].n * 100 / total;
		left -= percent[i];
	}
	for (; left > 0; left--) {
		best = 0;
		for (size_t i = 1; i < v->n; i++)
			if (percent[i] > 0 && (v->share[i].n * 100 + total - percent[i] * total) >
			    (v->share[best].n * 100 + total - percent[best] * total))
				best = i;
		percent[best]++;
	}
}

static void
lang_usage(const struct head *h, struct shares *v)
{
	size_t total = 0, *percent;

	for (size_t i = 0; i < v->n; i++)
		total += v->share[i].n;
	if (total == 0)
		return;
	qsort(v->share, v->n, sizeof(*v->share), share_cmp);
	percent = mem_alloc(v->n * sizeof(*percent));
	percents(v, total, percent);
	xml_line(h->x);
	xml_start(h->x, "profileDesc");
	xml_line(h->x);
	xml_start(h->x, "langUsage");
	for (size_t i = 0; i < v->n && v->share[i].n > 0; i++) {
		xml_line(h->x);
		xml_start(h->x, "language");
		xml_attr(h->x, "ident", v->share[i].lang);
		if (percent[i] > 0)
			xml_attrf(h->x, "usage", "%zu", percent[i]);
		xml_texts(h->x, language_name(v->share[i].lang));
		if (percent[i] == 0)
			xml_texts(h->x, ", less than one percent");
		xml_end(h->x);
	}
	xml_close(h->x);
	xml_close(h->x);
	free(percent);
}

static void
change_text(const struct head *h, const char *name)
{
	const struct sums *s = h->sums;

	if (strcmp(name, "deocr") == 0)
		xml_textf(h->x, "%zu readings changed, %zu doubts and %zu pieces of noise marked.",
		    s->corr, s->doubt, s->noise);
	else if (strcmp(name, "langtag") == 0)
		xml_texts(h->x, "Languages tagged.");
	else if (strcmp(name, "segment") == 0)
		xml_texts(h->x, "Pages, statements and blocks found.");
	else if (strcmp(name, "decode") == 0)
		xml_texts(h->x, "Encoding found and repaired.");
	else if (strcmp(name, "totei") == 0)
		xml_texts(h->x, "TEI written.");
	else
		xml_textf(h->x, "%s done.", name);
}

static void
revision(const struct head *h, const struct stages *v)
{
	xml_line(h->x);
	xml_start(h->x, "revisionDesc");
	xml_attr(h->x, "status", "unreviewed");
	for (size_t i = v->n; i > 0; i--) {
		xml_line(h->x);
		xml_start(h->x, "change");
		xml_attrf(h->x, "n", "%zu", i);
		xml_attrf(h->x, "who", "#%s", v->s[i - 1].name);
		change_text(h, v->s[i - 1].name);
		xml_end(h->x);
	}
	xml_close(h->x);
}

void
head_write(const struct head *h, struct shares *langs)
{
	struct stages v = {0};
	struct xml *x = h->x;

	stages_find(&v, h);
	xml_line(x);
	xml_start(x, "teiHeader");
	xml_attr(x, "xml:lang", "en");
	xml_line(x);
	xml_start(x, "fileDesc");
	title_stmt(h);
	extent(h);
	publication(h);
	source_desc(h);
	xml_close(x);
	xml_line(x);
	xml_start(x, "encodingDesc");
	app_info(h, &v);
	editorial(h);
	tags_decl(h);
	prefixes(h);
	taxonomy(x);
	xml_close(x);
	lang_usage(h, langs);
	revision(h, &v);
	xml_close(x);
	stages_free(&v);
}
