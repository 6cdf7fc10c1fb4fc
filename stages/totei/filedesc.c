/*
 * filedesc: what the header says of the file and its source.  It comes from the archive's settings
 * and table, or was found by a stage and is marked so; nothing is invented.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "head.h"

/* What the archive's table says of the source (n 0) or of its statement n. */
static const char *
table(const struct head *h, size_t n, const char *column)
{
	return metadata_get(h->meta, rec_get(&h->d->rec[0], "src"), h->sha256, n, column);
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

/* The number of a statement, 0 where it has none. */
static size_t
number(const struct node *n)
{
	return n->rec->nfield > 0 ? strtoull(n->rec->field[0], NULL, 10) : 0;
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

/* The statement that a title can be of: the header's own, or the only one. */
static const struct node *
title_statement(const struct head *h)
{
	const struct node *n = h->t->body->first;

	if (h->share != NULL)
		return h->share->part == PART_STATEMENT ? h->share : NULL;
	while (n != NULL && n->part != PART_STATEMENT)
		n = n->next;
	return h->t->nstatement == 1 ? n : NULL;
}

static void
title_write(const struct head *h)
{
	const struct node *statement = title_statement(h);
	const char *title, *resp = NULL;
	struct buf name = {0};

	title = h->share == NULL ? table(h, 0, "title") : NULL;
	if (title == NULL && statement != NULL)
		title = fact(h, statement->rec, number(statement), "title", &resp);
	if (title == NULL) {
		resp = NULL;
		name_show(&name, src_name(h->d));
		if (h->share != NULL && statement != NULL)
			buf_addf(&name, ", statement %zu", number(statement));
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
resp_stmt(struct xml *x, const char *what, const char *who, bool software)
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
		resp_stmt(h->x, h->set->resp[i].what != NULL ? h->set->resp[i].what :
		    "responsible for the edition", h->set->resp[i].who, false);
	resp_stmt(h->x,
	    "encoding repair, segmentation, language identification, OCR correction and "
	    "TEI encoding, unattended",
	    "emend " EMEND_VERSION, true);
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
	if (h->share == NULL)
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
	xml_element(
	    h->x, "publisher", h->set->publisher != NULL ? h->set->publisher : "not stated");
	if (date == NULL && epoch_date(day))
		date = day;
	if (date != NULL)
		date_write(h->x, date, NULL);
	idno(h->x, "shelfmark", shelfmark != NULL ? shelfmark : h->set->shelfmark);
	idno(h->x, "URL", table(h, 0, "url"));
	availability(h);
	xml_close(h->x);
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
	const char *who = fact(h, s, n, "speaker", &resp),
		   *role = fact(h, s, n, "role", &role_resp);

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
	size_t n = number(node);
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

/* Whether n is a statement that this header speaks of. */
static bool
is_shown(const struct head *h, const struct node *n)
{
	return n->part == PART_STATEMENT && (h->share == NULL || h->share == n);
}

/* Whether the archive or emend know anything of some statement. */
static bool
any_facts(const struct head *h)
{
	for (const struct node *n = h->t->body->first; n != NULL; n = n->next)
		if (is_shown(h, n) && n->from != NONE && number(n) > 0 &&
		    has_facts(h, n->rec, number(n)))
			return true;
	return false;
}

static void
source_desc(const struct head *h)
{
	const char *bytes = doc_get(h->d, "bytes");
	struct buf name = {0};

	name_show(&name, src_name(h->d));
	xml_line(h->x);
	xml_start(h->x, "sourceDesc");
	xml_line(h->x);
	xml_start(h->x, "bibl");
	if (h->share == NULL)
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
	if (h->share == NULL)
		idno(h->x, "sha256-reduced", doc_get(h->d, "sha256-reduced"));
	xml_close(h->x);
	if (any_facts(h)) {
		xml_line(h->x);
		xml_start(h->x, "listBibl");
		for (const struct node *n = h->t->body->first; n != NULL; n = n->next)
			if (is_shown(h, n))
				statement_bibl(h, n);
		xml_close(h->x);
	}
	xml_close(h->x);
	buf_free(&name);
}

void
file_desc_write(const struct head *h)
{
	xml_line(h->x);
	xml_start(h->x, "fileDesc");
	title_stmt(h);
	extent(h);
	publication(h);
	source_desc(h);
	xml_close(h->x);
}
