/*
 * encodingdesc: what the header says of how the text was made: the programs, the policy, what is
 * tagged and how often, prefixes and the kinds of correction.
 */
#include <stdlib.h>
#include <string.h>

#include "head.h"

/* The editorial policy, as every header states it. */
static const char changes_text[] =
    "Not reviewed by a person. A change is a choice of sic and corr, with the probability "
    "in cert, the stage in resp and its kinds in ana; a doubt is a choice of two unclear, "
    "the reading of the source first, or one unclear without a proposal; noise is kept in "
    "surplus. Nothing was deleted. Names and figures were not changed but for their "
    "spaces, or where the result stands in an authority list or the gazetteer.";

static const char silent_text[] =
    "Runs of spaces became one space, and empty lines were dropped. Source reading, white "
    "space removed, blocks in the order of source, gives the reduced text whose SHA-256 "
    "stands in the source description.";

static const char spaced_text[] =
    "Letter-spaced words are closed up in choice: orig keeps them, reg closes them.";

static const char repairs_text[] =
    "Repairs of the encoding are marked in choice: orig has the characters received, reg "
    "those that the source had.";

static const char hyphens_text[] =
    "All hyphens at line ends are kept: in pc force=\"weak\" before lb break=\"no\" where "
    "the hyphen only broke the word, plain before lb break=\"no\" where it belongs to the "
    "word, before lb break=\"maybe\" where that was not decided.";

static const char reading_order_text[] =
    "Blocks stand in reading order where the evidence is strong; join type=\"sourceOrder\" "
    "in standOff lists the order found. ";

static const char ranges_text[] =
    "Whatever interrupts a paragraph stands in it at the place, and its source has one "
    "range of lines for each stretch of its text between.";

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
		xml_textf(h->x, "%s%.*s:%s", first ? " Counts: " : ", ", (int)n, r->field[1],
		    r->field[1] + n);
		first = false;
	}
	if (!first)
		xml_texts(h->x, ".");
	for (size_t i = 0; i < h->d->n; i++) {
		const struct rec *r = &h->d->rec[i];
		const char *space;

		if (!meta_by(r, "model", name) || (space = strrchr(r->field[1], ' ')) == NULL)
			continue;
		xml_textf(h->x, " Data: %.*s ", (int)(space - r->field[1]), r->field[1]);
		xml_start(h->x, "idno");
		xml_attr(h->x, "type", strlen(space + 1) == 64 ? "sha256" : "fingerprint");
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
		xml_textf(h->x, " Blocks: %zu.", s->blocks);
	if (strcmp(g->name, "deocr") == 0)
		xml_textf(h->x,
		    " Changes: %zu, doubts: %zu, pieces of noise: %zu, letter-spaced lines "
		    "closed up: %zu.",
		    s->corr, s->doubt, s->noise, s->spaced);
	if (strcmp(g->name, "totei") == 0)
		xml_textf(h->x, " Valid against the schema of what emend writes, part of TEI P5%s.",
		    doc_get(h->d, "sha256-reduced") != NULL ?
		    "; its source reading is that of the source" : "");
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
	xml_element(h->x, "p", changes_text);
	if (doc_get(h->d, "calibration") != NULL)
		xml_element(h->x, "p", doc_get(h->d, "calibration"));
	xml_close(h->x);
}

static void
segmentation(const struct head *h)
{
	xml_line(h->x);
	xml_start(h->x, "segmentation");
	xml_line(h->x);
	xml_start(h->x, "p");
	xml_texts(h->x, "One div type=\"statement\" for each statement found. ");
	xml_texts(h->x, h->keep ? "Blocks stand in the order of the source. "
				: reading_order_text);
	xml_texts(h->x, ranges_text);
	xml_end(h->x);
	xml_close(h->x);
}

static void
editorial(const struct head *h)
{
	struct xml *x = h->x;

	xml_line(x);
	xml_start(x, "editorialDecl");
	correction(h);
	policy(x, "normalization", "method", "silent", silent_text);
	if (h->sums->spaced > 0)
		policy(x, "normalization", "method", "markup", spaced_text);
	if (h->sums->encoding > 0)
		policy(x, "normalization", "method", "markup", repairs_text);
	policy(x, "hyphenation", "eol", "all", hyphens_text);
	segmentation(h);
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

	uri_escape(&b, src_name(h->d));
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
	    {"space", "words run together or torn apart"},
	    {"diacritic", "a diacritic lost or wrong"}, {"hyphen", "a hyphen lost or added"},
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

void
encoding_desc_write(const struct head *h, const struct stages *v)
{
	xml_line(h->x);
	xml_start(h->x, "encodingDesc");
	app_info(h, v);
	editorial(h);
	tags_decl(h);
	prefixes(h);
	taxonomy(h->x);
	xml_close(h->x);
}
