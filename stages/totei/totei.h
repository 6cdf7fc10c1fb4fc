/*
 * totei: what its files share.  A document goes through them in this order: plain (bare lines to
 * blocks), tree (blocks to divisions, lists, openers...), body (the text), head (the TEI header),
 * check (valid and nothing lost), save (a file under its final name).
 */
#ifndef TOTEI_H
#define TOTEI_H

#include <stdbool.h>
#include <stddef.h>

#include "stream.h"
#include "xml.h"

#define NONE ((size_t)-1)

/* ---- settings.c: what the archive says ---- */

/* [archive] of pipeline.conf; NULL where nothing is set. */
struct settings {
	char *title;		/* put before every title */
	char *publisher, *licence, *licence_target, *availability;
	char *repository, *edition, *date, *shelfmark;
	char *split;		/* "statement" or NULL: one file a source */
	struct {
		char *what, *who;
	} *resp;
	size_t nresp, capresp;
};

void settings_read(struct settings *s, const char *path);
/* Whether a file may be deposited: a publisher and an availability are given. */
bool settings_ready(const struct settings *s);
void settings_free(struct settings *s);

/* ---- metadata.c: the archive's table, and what emend found ---- */

struct metadata;

struct metadata *metadata_read(const char *path);
/*
 * What the table says in that column of the source (by path or SHA-256) and of its statement n
 * (0: of the source as a whole); NULL where it says nothing.
 */
const char *metadata_get(const struct metadata *m, const char *src, const char *sha256, size_t n,
    const char *column);
void metadata_free(struct metadata *m);
/* Appends to b the lines of metadata.auto.tsv for d: what its stages found. */
void metadata_found(const struct doc *d, struct buf *b);
/* The line that names the columns. */
const char *metadata_head(void);

/* ---- plain.c ---- */

/* Gives a plain document a D and what else the stages write; src names it. */
void plain_wrap(struct doc *d, const char *src);
/* Makes blocks of bare T records: each run of lines without an empty one a paragraph. */
void plain_blocks(struct doc *d);

/* ---- tree.c: the plan of the text ---- */

enum part {
	PART_BODY,
	PART_STATEMENT,
	PART_MAIN,	/* what stands before an annex and ends in a closer of its own */
	PART_ANNEX,
	PART_SECTION,
	PART_OPENER,
	PART_CLOSER,
	PART_LIST,
	PART_SPEECH,
	PART_BLOCK,
};

/* What a block does to the divisions around it. */
enum role {
	ROLE_BODY,	/* text as it goes */
	ROLE_BESIDE,	/* stands around the text and may stand anywhere */
	ROLE_HEAD,
	ROLE_ITEM,
	ROLE_SPEAKER,
	ROLE_TOP,	/* opens a statement */
	ROLE_BOTTOM,	/* closes one */
	ROLE_EITHER,	/* opens or closes one */
};

/* What a kind of block becomes. */
struct kind {
	const char *name;	/* of the stream */
	enum role role;
	const char *element, *type, *place;
};

struct block {
	struct rec *rec;
	const char *id;
	const struct kind *kind;
	const char *element;	/* as it will be written, where it stands */
	const char *type;
	const char *place;	/* on the page, or NULL */
	const char *lang;	/* NULL: says nothing */
	size_t statement;	/* from 1; 0 before the first */
	size_t host;		/* the block it interrupts, or NONE */
	size_t next, prev;	/* the block its text goes on in, or comes from, or NONE */
	size_t from, to;	/* its source lines, from 0, end exclusive; from NONE: none */
	bool in_line; /* a line of specks that stands in its host as one of its lines */
	bool written;
};

struct node {
	enum part part;
	struct rec *rec;	/* the S of a statement, the B that began an annex or section */
	size_t block;		/* of PART_BLOCK */
	size_t statement;	/* of PART_STATEMENT, from 1 */
	struct node *parent, *first, *last, *next;
	size_t from, to;	/* as of a block */
	const char *lang; /* the language all of it is in, or the one it says; NULL: neutral */
	bool body; /* a division that has text or divisions: it takes no head any more */
};

struct tree {
	struct block *block;
	size_t nblock, capblock;
	size_t *by_id;		/* indices of blocks, sorted by id */
	struct node *body;
	size_t nstatement;
	struct chunk *chunk;	/* the nodes' memory */
	char *handle;		/* of all xml:id */
	const char *lang;	/* of the text: "mul", "und" or one */
	const char *error;	/* why the document cannot be written, or NULL */
};

/* Plans d; keep: blocks in the order of the source (-O).  d must outlive the tree. */
void tree_make(struct tree *t, struct doc *d, bool keep);
void tree_free(struct tree *t);
/* Whether s is a language tag of BCP 47, roughly: letters and digits in runs of 1 to 8. */
bool lang_sound(const char *s);
/* The block of that id, or NONE. */
size_t tree_find(const struct tree *t, const char *id);

/* ---- measure.c ---- */

/* Sets the lines and languages of all nodes, and of the text; no two statements begin on one line. */
void tree_measure(struct tree *t, const struct doc *d);

/* ---- blocks.c ---- */

/* Fills t->block and its index of ids; each block is told which one it stands in. */
void blocks_make(struct tree *t, struct doc *d, bool keep);
/* The language a record says; NULL where it says none, or none that is a tag. */
const char *rec_lang(const struct rec *r);
/* The first source line of a record by its key lines, from 0, and the end of the last. */
void rec_span(const struct rec *r, size_t *from, size_t *to);

/* ---- order.c ---- */

/* Puts the blocks of each statement in the order of their first source lines. */
void order_sort(struct tree *t);

/* ---- ids.c ---- */

/* The handle of a source: f, its name made an XML name and cut, the first digits of its hash. */
char *handle_make(const char *src, const char *sha256);
/* Whether s can stand behind the handle in an xml:id. */
bool id_sound(const char *s);
/* Appends name with all bytes percent-encoded but those of a relative URI's path. */
void uri_escape(struct buf *b, const char *name);
/* Appends name; one that XML or UTF-8 cannot hold with its odd bytes, and %, as %XX. */
void name_show(struct buf *b, const char *name);

/* ---- lines.c: source lines ---- */

struct range {
	size_t from, to;	/* from 0, end exclusive */
};

struct ranges {
	struct range *r;
	size_t n, cap;
};

/* Reads "97-98,106-111", counted from 1. */
void ranges_parse(struct ranges *v, const char *lines);
/*
 * The ranges of block i: one for each stretch of its text between what interrupts it.  Those that
 * its key lines gives where they are as many, else taken from its lb notes.
 */
void ranges_of(struct ranges *v, const struct tree *t, size_t i);
void ranges_free(struct ranges *v);

/* ---- symbols.c ---- */

/*
 * Adds a note "symbol" over each United Nations document symbol in the blocks of d, its target as
 * the value; the type is "own" where the block is a running head or the like, "ref" elsewhere.
 */
void symbols_mark_all(struct doc *d, const struct tree *t);

/* ---- inline.c, body.c: the text ---- */

enum { MAKERS = 16 };

/* What was counted while the text was written. */
struct sums {
	size_t words, pages, statements, blocks;
	size_t corr, doubt, noise, spaced, encoding;
	const char *by[MAKERS]; /* stages that a resp names; the strings are the document's */
	size_t nby;
};

struct body {
	struct xml *x;
	struct tree *t;
	struct sums *sums;
	bool encoding_notes;
};

/*
 * Writes a text element and the standOff, if any: of the whole (share NULL), of a statement, or,
 * where share is the body, of what stands before the first.
 */
void body_write(struct body *b, const struct doc *d, const struct node *share);
/* Writes block i; lang is the language around it. */
void block_write(struct body *b, size_t i, const char *lang);
/* Writes standOff, where blocks were moved or an order is proposed. */
void order_write(const struct body *b, const struct doc *d, const struct node *share);
/* Writes the specks of block i, a line of them, without the block around. */
void specks_write(struct body *b, size_t i, const char *lang);
/* Writes bytes from..to of the text of block i with their notes. */
void inline_write(struct body *b, size_t i, size_t from, size_t to, const char *lang);
/* Writes @resp, which names the stage of that name; more than MAKERS of them are not named. */
void resp_write(struct body *b, const char *by);
/* Writes @source of these ranges. */
void source_write(struct xml *x, const struct ranges *v);

/* ---- languages.c ---- */

/* Words by language, of one document. */
struct shares {
	struct share {
		char *lang;
		size_t n;
	} *share;
	size_t n, cap;
};

/* Words that are not of the page around, by language, of such a share; returns how many in all. */
size_t shares_count(struct shares *s, const struct tree *t, const struct node *share);
void shares_free(struct shares *s);
/* The English name of a language; its code where dict/languages.tsv has none. */
const char *language_name(const char *code);

/* ---- head.c ---- */

struct head {
	struct xml *x;
	struct xml *text;	/* for the usage of its elements */
	const struct node *share;	/* NULL, or what of the document this header is of */
	struct doc *d;
	const struct tree *t;
	const struct settings *set;
	const struct metadata *meta;
	const struct sums *sums;
	const char *sha256;	/* of the source, or NULL */
	const char *options;	/* of totei, as given */
	bool keep;		/* the order of the source was kept */
};

void head_write(const struct head *h, struct shares *langs);

/* ---- edition.c ---- */

/* The TEI of a document: its files, and all of it in one, to be checked. */
struct edition {
	struct buf whole;
	struct edition_file {
		char *suffix;	/* to the path of the document: "", "-S0063" */
		struct buf bytes;	/* empty where it is the only one: the whole */
	} *file;
	size_t n, cap;
	struct sums sums;
	const char *error;	/* why there is none, or NULL */
};

/* What editions are made with, beside the document. */
struct maker {
	struct xml *head, *text;
	const struct settings *set;
	const struct metadata *meta;
	const char *options;	/* of totei, as given */
	bool keep, encoding_notes, gzip;
};

void edition_make(struct edition *e, const struct maker *m, struct doc *d, struct tree *t);
void edition_free(struct edition *e);

/* ---- check.c ---- */

struct checker;

/* Compiles the schema, once a process. */
struct checker *checker_open(void);
/*
 * Whether the bytes are valid and their source reading has that SHA-256 (NULL: not asked).
 * Returns NULL, or what is wrong, valid until the next call.
 */
const char *checker_run(struct checker *c, const struct buf *b, const char *sha256);
void checker_close(struct checker *c);

/* ---- save.c ---- */

/* Whether out may be written below a folder: relative, no "..", not empty. */
bool path_sound(const char *out);
/*
 * Writes b to dir/out plus .xml, or .xml.gz, folders made as needed: a temporary file beside it,
 * synced, then renamed.  Returns 0, or -1 with errno set and nothing left.
 */
int save(const char *path, const struct buf *b, bool gzip);

#endif
