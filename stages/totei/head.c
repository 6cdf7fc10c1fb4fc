/*
 * head: the TEI header, of a file or of one statement of a corpus, whose own header has the rest.
 * Everything in it comes from the archive's settings and table, from what the stages wrote into
 * the stream, or was counted while the text was written; nothing else.
 */
#include <stdlib.h>
#include <string.h>

#include "head.h"

const char *
src_name(const struct doc *d)
{
	const char *src = rec_get(&d->rec[0], "src"), *slash;

	if (src == NULL)
		return "";
	slash = strrchr(src, '/');
	return slash != NULL ? slash + 1 : src;
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
	static const char *const taken[] = {"emend", "totei", "src", "corr"};
	size_t n = strcspn(s, " ");

	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		if (strlen(taken[i]) == n && strncmp(taken[i], s, n) == 0)
			return true;

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
	for (size_t i = 0; i < h->sums->nby; i++)
		if (!stage_known(v, h->sums->by[i]))
			stage_add(v, h->sums->by[i]);
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

	xml_line(x);
	xml_start(x, "teiHeader");
	xml_attr(x, "xml:lang", "en");
	file_desc_write(h);
	if (h->share == NULL) {
		stages_find(&v, h);
		encoding_desc_write(h, &v);
	}
	lang_usage(h, langs);
	if (h->share == NULL)
		revision(h, &v);
	xml_close(x);
	stages_free(&v);
}
