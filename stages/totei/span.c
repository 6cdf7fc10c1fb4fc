/*
 * span: what a note becomes in TEI: a change, a doubt, a language, something set off, the mark of a
 * footnote, a symbol, specks.  It writes the elements around the text, not the text.
 */
#include <string.h>

#include "span.h"

bool
note_has_type(const struct note *n, const char *type)
{
	const char *s = n->type;
	size_t len = strlen(type), run;

	for (; *s != '\0'; s += run + (s[run] == ' ')) {
		run = strcspn(s, " ");
		if (run == len && strncmp(s, type, len) == 0)
			return true;
	}
	return false;
}

/* A certainty is never quite 1. */
static void
cert_write(struct xml *x, int post)
{
	if (post != POST_NONE)
		xml_attrf(x, "cert", "0.%02d", post > 99 ? 99 : post);
}

static void
evidence_write(struct xml *x, const struct note *n)
{
	if (strcmp(n->why, "conjecture") == 0 || strcmp(n->why, "internal") == 0 ||
	    strcmp(n->why, "external") == 0)
		xml_attr(x, "evidence", n->why);
}

/* @ana: the kinds of a correction that the header's taxonomy has. */
static void
ana_write(struct xml *x, const struct note *n)
{
	static const char *const kinds[] = {"char", "space", "diacritic", "hyphen", "realword",
	    "punct", "case"};
	struct buf b = {0};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (note_has_type(n, kinds[i]))
			buf_addf(&b, "%s#corr.%s", b.len > 0 ? " " : "", kinds[i]);
	if (b.len > 0)
		xml_attr(x, "ana", buf_str(&b));
	buf_free(&b);
}

static void
reading_write(struct xml *x, const char *element, const char *source)
{
	xml_start(x, element);
	xml_texts(x, source);
	xml_end(x);
}

/* choice, its first reading and the start of its second, which holds the text. */
static void
corr_open(struct body *b, const struct note *n, enum span span)
{
	struct xml *x = b->x;

	xml_start(x, "choice");
	reading_write(x, span == SPAN_CORR ? "sic" : "orig", n->value);
	xml_start(x, span == SPAN_CORR ? "corr" : "reg");
	if (span != SPAN_CORR)
		xml_attr(x, "type", span == SPAN_SPACED ? "letterspacing" : "encoding");
	resp_write(b, n->by);
	cert_write(x, n->post);
	if (span != SPAN_CORR)
		return;
	evidence_write(x, n);
	ana_write(x, n);
}

static void
doubt_open(struct xml *x, const struct note *n, enum span span)
{
	if (span == SPAN_DOUBT)
		xml_start(x, "choice");
	xml_start(x, "unclear");
	if (span == SPAN_UNCLEAR)
		xml_attr(x, "reason", "ocr");
	else if (n->type[0] == '0' && n->type[1] == '.' && strlen(n->type) == 4)
		xml_attr(x, "cert", n->type);
}

static void
mark_open(struct body *b, const struct note *n)
{
	struct xml *x = b->x;

	xml_start(x, "ref");
	xml_attr(x, "type", "noteAnchor");
	if (tree_find(b->t, n->value) != NONE)
		xml_attrf(x, "target", "#%s-%s", b->t->handle, n->value);
}

static void
symbol_open(struct xml *x, const struct note *n)
{
	if (strcmp(n->type, "own") == 0) {
		xml_start(x, "idno");
		xml_attr(x, "type", "UN-symbol");
		return;
	}
	xml_start(x, "ref");
	xml_attrf(x, "target", "un:%s", n->value);
}

static void
count(struct sums *s, enum span span)
{
	s->corr += span == SPAN_CORR;
	s->spaced += span == SPAN_SPACED;
	s->encoding += span == SPAN_ENCODING;
	s->doubt += span == SPAN_DOUBT || span == SPAN_UNCLEAR;
}

static void
hi_open(struct xml *x, const char *rend)
{
	xml_start(x, "hi");
	xml_attr(x, "rend", *rend != '\0' ? rend : NULL);
}

void
span_start(struct body *b, const struct note *n, enum span span)
{
	count(b->sums, span);
	switch (span) {
	case SPAN_CORR:
	case SPAN_SPACED:
	case SPAN_ENCODING:
		corr_open(b, n, span);
		break;
	case SPAN_DOUBT:
	case SPAN_UNCLEAR:
		doubt_open(b->x, n, span);
		break;
	case SPAN_MARK:
		mark_open(b, n);
		break;
	case SPAN_SYMBOL:
		symbol_open(b->x, n);
		break;
	case SPAN_LANG:
		xml_start(b->x, "foreign");
		xml_attr(b->x, "xml:lang", n->type);
		break;
	case SPAN_AROUND:
		hi_open(b->x, "letterspaced");
		break;
	default:
		hi_open(b->x, n->type);
	}
}

/* The second reading of a doubt: what is proposed. */
static void
proposal_write(struct body *b, const struct note *n)
{
	xml_start(b->x, "unclear");
	cert_write(b->x, n->post);
	if (strcmp(n->why, "internal") == 0 || strcmp(n->why, "external") == 0) {
		resp_write(b, n->by);
		evidence_write(b->x, n);
	}
	xml_texts(b->x, n->value);
	xml_end(b->x);
}

void
span_end(struct body *b, const struct note *n, enum span span)
{
	xml_end(b->x);
	if (span == SPAN_DOUBT)
		proposal_write(b, n);
	if (span == SPAN_CORR || span == SPAN_SPACED || span == SPAN_ENCODING || span == SPAN_DOUBT)
		xml_end(b->x);
}

void
noise_write(struct body *b, const struct note *n)
{
	xml_start(b->x, "surplus");
	xml_attr(b->x, "reason", "ocr-noise");
	cert_write(b->x, n->post);
	resp_write(b, n->by);
	xml_texts(b->x, n->value);
	xml_end(b->x);
	b->sums->noise++;
}
