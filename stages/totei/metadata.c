/*
 * metadata: the archive's table, one source or statement a line, and the same table made of what
 * the stages found.  Fields stand between TABs, escaped as in the stream; the first line names the
 * columns, of which path or sha256 says the source, statement the statement in it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "totei.h"

static const char *const columns[] = {"path", "sha256", "statement", "title", "speaker", "role",
    "country", "date", "place", "event", "symbol", "genre", "licence", "shelfmark", "url"};

enum { COLUMNS = sizeof(columns) / sizeof(*columns), PATH = 0, SHA256 = 1, STATEMENT = 2 };

struct row {
	char *field[COLUMNS];	/* "" where the table has none */
	size_t n;		/* the statement, 0: the source */
	size_t line;
};

struct metadata {
	struct row *row;	/* by hash, else by the last part of the path, then by line */
	size_t n, cap;
};

static const char *
last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* What a row is found by: its hash, where it has no path. */
static const char *
key_of(const struct row *r)
{
	return *r->field[PATH] != '\0' ? last_part(r->field[PATH]) : r->field[SHA256];
}

static int
row_cmp(const void *a, const void *b)
{
	const struct row *r = a, *q = b;
	int c = strcmp(key_of(r), key_of(q));

	return c != 0 ? c : r->line < q->line ? -1 : r->line > q->line;
}

/* Undoes the escapes of a field in place. */
static void
unescape(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++, to++) {
		*to = *s;
		if (*s != '\\' || s[1] == '\0' || strchr("tnr\\", s[1]) == NULL)
			continue;
		s++;
		*to = *s == 't' ? '\t' : *s == 'n' ? '\n' : *s == 'r' ? '\r' : '\\';
	}
	*to = '\0';
}

/* Cuts the next field off *s; NULL behind the last. */
static char *
cut(char **s)
{
	char *field = *s, *tab;

	if (field == NULL)
		return NULL;
	tab = strchr(field, '\t');
	if (tab != NULL)
		*tab++ = '\0';
	*s = tab;
	unescape(field);
	return field;
}

/* Reads the line of names into which, the column each field goes to (COLUMNS: none). */
static size_t
read_names(const char *path, char *s, size_t *which, size_t most)
{
	size_t n = 0, known = 0;
	char *name;

	while ((name = cut(&s)) != NULL && n < most) {
		size_t c = 0;

		while (c < COLUMNS && strcmp(columns[c], name) != 0)
			c++;
		if (c == COLUMNS)
			msg(MSG_WARNING, path, 1, "unknown column", "%s", name);
		known |= c == PATH || c == SHA256;
		which[n++] = c;
	}
	if (!known)
		msg_die("%s: the first line names no column path or sha256", path);
	return n;
}

static void
read_row(struct metadata *m, char *s, const size_t *which, size_t n, size_t line)
{
	struct row r = {.line = line};
	char *field;

	for (size_t i = 0; i < n && (field = cut(&s)) != NULL; i++)
		if (which[i] < COLUMNS && r.field[which[i]] == NULL)
			r.field[which[i]] = mem_dup(field, strlen(field));
	for (size_t i = 0; i < COLUMNS; i++)
		if (r.field[i] == NULL)
			r.field[i] = mem_dup("", 0);
	r.n = strtoull(r.field[STATEMENT], NULL, 10);
	m->row = mem_more(m->row, m->n, &m->cap, sizeof(*m->row));
	m->row[m->n++] = r;
}

struct metadata *
metadata_read(const char *path)
{
	struct metadata *m = mem_alloc(sizeof(*m));
	struct in *in = in_open(path);
	struct buf b = {0};
	size_t which[64], n = 0, line = 0;
	int got;

	if (in == NULL)
		msg_die("%s: %s", path, strerror(errno));
	*m = (struct metadata){0};
	while ((got = in_line(in, &b, NULL)) > 0) {
		line++;
		if (b.len > 0 && b.data[b.len - 1] == '\r')
			b.len--;
		buf_str(&b);
		if (b.len == 0 || b.data[0] == '#')
			continue;
		if (n == 0)
			n = read_names(path, b.data, which, 64);
		else
			read_row(m, b.data, which, n, line);
	}
	if (got < 0)
		msg_die("%s: %s", path, in_error(in));
	buf_free(&b);
	in_close(in);
	if (m->n > 0)
		qsort(m->row, m->n, sizeof(*m->row), row_cmp);
	return m;
}

/* Whether the row's path is src or the end of it, at a slash. */
static bool
same_path(const char *path, const char *src)
{
	size_t n = strlen(path), all = strlen(src);

	return n <= all && strcmp(src + all - n, path) == 0 &&
	       (n == all || src[all - n - 1] == '/');
}

/* The field of the first row with that key that says something of the source. */
static const char *
look(const struct metadata *m, const char *key, const char *src, size_t n, size_t column)
{
	size_t low = 0, high = m->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(key_of(&m->row[mid]), key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < m->n && strcmp(key_of(&m->row[low]), key) == 0; low++) {
		const struct row *r = &m->row[low];

		if (r->n == n && *r->field[column] != '\0' &&
		    (*r->field[PATH] == '\0' || same_path(r->field[PATH], src)))
			return r->field[column];
	}
	return NULL;
}

const char *
metadata_get(const struct metadata *m, const char *src, const char *sha256, size_t n,
    const char *column)
{
	const char *found = NULL;
	size_t c = 0;

	if (m == NULL)
		return NULL;
	while (c < COLUMNS && strcmp(columns[c], column) != 0)
		c++;
	if (c == COLUMNS)
		return NULL;
	if (src != NULL)
		found = look(m, last_part(src), src, n, c);
	if (found == NULL && sha256 != NULL)
		found = look(m, sha256, "", n, c);
	return found;
}

void
metadata_free(struct metadata *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->n; i++)
		for (size_t c = 0; c < COLUMNS; c++)
			free(m->row[i].field[c]);
	free(m->row);
	free(m);
}

const char *
metadata_head(void)
{
	return "path\tsha256\tstatement\ttitle\tspeaker\trole\tcountry\tdate\tplace\tevent\t"
	       "symbol\tgenre\tlicence\tshelfmark\turl\n";
}

/* Appends the row of statement n, whose M records begin at record i. */
static void
found_row(const struct doc *d, size_t i, const char *n, struct buf *b)
{
	const char *src = rec_get(&d->rec[0], "src"), *sha256 = doc_get(d, "sha256");

	field_escape(b, src != NULL ? src : "");
	buf_addf(b, "\t%s\t%s", sha256 != NULL ? sha256 : "", n);
	for (size_t c = STATEMENT + 1; c < COLUMNS; c++) {
		buf_addc(b, '\t');
		for (size_t k = i; k < d->n && d->rec[k].tag == 'M'; k++) {
			if (d->rec[k].nfield < 2 || strcmp(d->rec[k].field[0], columns[c]) != 0)
				continue;
			field_escape(b, d->rec[k].field[1]);
			break;
		}
	}
	buf_addc(b, '\n');
}

void
metadata_found(const struct doc *d, struct buf *b)
{
	for (size_t i = 1; i < d->n; i++)
		if (d->rec[i].tag == 'S')
			found_row(d, i + 1, d->rec[i].nfield > 0 ? d->rec[i].field[0] : "", b);
}
