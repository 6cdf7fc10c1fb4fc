/*
 * check: whether bytes are a TEI that may be given out.  They are parsed once; the tree is held
 * against the schema of what emend writes and read back into the source text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>

#include "msg.h"
#include "reading.h"
#include "totei.h"

struct checker {
	xmlRelaxNGPtr schema;
	xmlRelaxNGValidCtxtPtr valid;
	struct reading *reading;
	struct buf why;
};

/* Keeps the first complaint of libxml2. */
static void
complain(void *ctx, xmlErrorPtr e)
{
	struct checker *c = ctx;

	if (c->why.len > 0 || e->message == NULL)
		return;
	buf_addf(&c->why, "line %d: %s", e->line, e->message);
	while (c->why.len > 0 && c->why.data[c->why.len - 1] == '\n')
		c->why.len--;
}

struct checker *
checker_open(void)
{
	struct checker *c = mem_alloc(sizeof(*c));
	static const char rng[] =
#include "emend_rng.h"
	    ;
	xmlRelaxNGParserCtxtPtr parser;

	*c = (struct checker){.reading = reading_new()};
	parser = xmlRelaxNGNewMemParserCtxt(rng, sizeof(rng) - 1);
	if (parser == NULL)
		msg_die("out of memory (schema)");
	xmlRelaxNGSetParserStructuredErrors(parser, complain, c);
	c->schema = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	if (c->schema == NULL)
		msg_die("emend.rng is no schema: %s", buf_str(&c->why));
	c->valid = xmlRelaxNGNewValidCtxt(c->schema);
	if (c->valid == NULL)
		msg_die("out of memory (schema)");
	xmlRelaxNGSetValidStructuredErrors(c->valid, complain, c);
	return c;
}

void
checker_close(struct checker *c)
{
	xmlRelaxNGFreeValidCtxt(c->valid);
	xmlRelaxNGFree(c->schema);
	reading_free(c->reading);
	buf_free(&c->why);
	free(c);
	xmlCleanupParser();
}

/* The value of an attribute without a namespace; the parser made it one text node. */
static const char *
attribute(const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
		if (a->ns == NULL && strcmp((const char *)a->name, name) == 0)
			return a->children != NULL ? (const char *)a->children->content : "";
	return NULL;
}

/* Feeds the reading with the tree, in document order and without recursion. */
static void
read_tree(struct reading *r, const xmlNode *n)
{
	const xmlNode *root = n;

	while (n != NULL) {
		if (n->type == XML_ELEMENT_NODE) {
			reading_start(r, (const char *)n->name, attribute(n, "source"),
			    attribute(n, "type"));
			if (n->children != NULL) {
				n = n->children;
				continue;
			}
			reading_end(r);
		} else if (n->content != NULL && n->type == XML_TEXT_NODE) {
			reading_text(r, (const char *)n->content, strlen((const char *)n->content));
		}
		while (n->next == NULL && n != root) {
			n = n->parent;
			reading_end(r);
		}
		if (n == root)
			return;
		n = n->next;
	}
}

static void
check_reading(struct checker *c, xmlDocPtr doc, const char *sha256)
{
	char hex[SHA256_HEX];
	const struct buf *b;

	reading_clear(c->reading);
	read_tree(c->reading, xmlDocGetRootElement(doc));
	b = reading_done(c->reading);
	sha256_hex(hex, b->data, b->len);
	if (reading_error(c->reading) != NULL)
		buf_adds(&c->why, reading_error(c->reading));
	else if (sha256 != NULL && strcmp(sha256, hex) != 0)
		buf_adds(&c->why, "its source reading is not what decode made of the source");
}

/* The tree of the bytes; NULL, and why, where they are no XML. */
static xmlDocPtr
parse(struct checker *c, const struct buf *b)
{
	xmlParserCtxtPtr parser;
	xmlDocPtr doc;

	if (b->len > 1u << 30) {
		buf_adds(&c->why, "too large to be checked");
		return NULL;
	}
	parser = xmlCreateMemoryParserCtxt(b->data, (int)b->len);
	if (parser == NULL)
		msg_die("out of memory (XML parser)");
	xmlCtxtUseOptions(parser, XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOERROR |
	    XML_PARSE_NOWARNING | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES);
	/* Ids are unique by the tree's own check; libxml2's table slows down with their number. */
	parser->loadsubset |= XML_SKIP_IDS;
	xmlParseDocument(parser);
	doc = parser->myDoc;
	if (!parser->wellFormed || doc == NULL) {
		buf_adds(&c->why, "no XML");
		if (parser->lastError.message != NULL)
			buf_addf(&c->why, ": line %d: %s", parser->lastError.line,
			    parser->lastError.message);
		xmlFreeDoc(doc);
		doc = NULL;
	}
	xmlFreeParserCtxt(parser);
	return doc;
}

const char *
checker_run(struct checker *c, const struct buf *b, const char *sha256)
{
	xmlDocPtr doc;

	buf_clear(&c->why);
	doc = parse(c, b);
	if (doc != NULL) {
		if (xmlRelaxNGValidateDoc(c->valid, doc) != 0 && c->why.len == 0)
			buf_adds(&c->why, "not valid");
		if (c->why.len == 0)
			check_reading(c, doc, sha256);
		xmlFreeDoc(doc);
	}
	return c->why.len > 0 ? buf_str(&c->why) : NULL;
}
