/*
 * segment: what its passes share.  A document is a list of lines that are not white; each pass
 * reads what the ones before found and adds to it:
 *
 *	document.c  the passes, in order
 *	line.c      source lines, cleaned
 *	measure.c   and measured
 *	fold.c      text folded so that misread letters compare equal
 *	phrase.c    the tables of dict/segment
 *	match.c     how a text is held against them
 *	cue.c       what the words of a short line say
 *	salute.c    salutations and thanks
 *	speaker.c   who speaks next
 *	date.c      dates on a line
 *	title.c     titles by how they are put together
 *	mark.c      bullets, numbers and letters that open an item
 *	speck.c     lines that are specks, not text
 *	debris.c    lines of specks that were read as letters
 *	jumble.c    how their words weigh
 *	layout.c    line pitch and measure of each stretch
 *	foot.c      footnotes below their rules
 *	call.c      what may be footnote marks
 *	bare.c      footnotes without a rule
 *	page.c      where pages begin
 *	boiler.c    web boilerplate, printers' notices
 *	furniture.c what stands at the edges of pages
 *	printed.c   numbers printed there
 *	runhead.c   running heads
 *	continue.c  whether a line goes on with a block
 *	block.c     lines to blocks
 *	kind.c      what each block is
 *	head.c      what the blocks at the head of a statement are
 *	ending.c    what the blocks at the end of a statement are
 *	follow.c    how well one block follows another
 *	arrange.c   orders that the blocks of a page may have
 *	order.c     reading order of each page
 *	join.c      paragraphs over page ends
 *	statement.c where statements begin
 *	type.c      of which type they are
 *	meta.c      what can be read off a statement
 *	tie.c       footnote marks to their notes
 *	number.c    page numbers that printed ones confirm
 *	texts.c     the text of a block out of its lines
 *	words.c     the words of the document, for letter-spaced lines
 *	emit.c      the tagged stream out of it
 */
#ifndef SEGMENT_H
#define SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream.h"

#define NONE ((size_t)-1)
#define LANGS 3 /* languages whose words segment knows: segment_langs */
#define WIDE 512 /* the measure where each line is a paragraph */

/* What a line is, as far as it can be told from the line and its neighbours. */
enum role {
	ROLE_BODY,
	ROLE_SPECK,
	ROLE_RULE,
	ROLE_NOTE, /* first line of a footnote */
	ROLE_NOTEGO, /* a footnote goes on */
	ROLE_PAGENUM,
	ROLE_HEADER,
	ROLE_FOOTER,
	ROLE_WEB,
	ROLE_RESIDUE,
};

/* How the text of a line ends, closing quotes, brackets and footnote marks left aside. */
enum ending {
	END_WORD,
	END_COMMA,
	END_SEMI,
	END_COLON,
	END_STOP,
	END_HYPHEN,
	END_DASH
};

/* How it begins, opening quotes left aside. */
enum opening {
	OPEN_OTHER,
	OPEN_LOWER,
	OPEN_UPPER,
	OPEN_DIGIT
};

/* What the words of a short line say. */
enum {
	CUE_SALUTE = 1 << 0,
	CUE_THANKS = 1 << 1,
	CUE_CLOSE = 1 << 2,
	CUE_TITLE = 1 << 3,
	CUE_PRESS = 1 << 4,
	CUE_MINUTES = 1 << 5,
	CUE_LETTER = 1 << 6,
	CUE_ORGAN = 1 << 7,
	CUE_ADOPTED = 1 << 8,
	CUE_RESOLUTION = 1 << 9,
	CUE_ANNEX = 1 << 10,
	CUE_ADDRESSEE = 1 << 11,
	CUE_DATE = 1 << 12,
	CUE_SPEAKER = 1 << 13,
	CUE_SECTION = 1 << 14,
	CUE_SYMBOL = 1 << 15,
	CUE_CAPS = 1 << 16,
	CUE_SUPER = 1 << 17, /* the th of 67th, on a line of its own */
	CUE_GRATEFUL = 1 << 18, /* begins as thanks do */
	CUE_WEB = 1 << 19,
	CUE_FOOTER = 1 << 20,
	CUE_RESIDUE = 1 << 21,
	CUE_LABEL = 1 << 23, /* "Subject: ..." */
	CUE_WEBHEAD = 1 << 22, /* boilerplate of the head of a web page, not of its foot */
};

/* A line that titles a statement, of whatever type. */
#define CUE_TITLES (CUE_TITLE | CUE_RESOLUTION | CUE_PRESS | CUE_MINUTES)

/* A bullet, number or letter that opens a line. */
enum mark_kind {
	MARK_NONE,
	MARK_BULLET,
	MARK_NUMBER,
	MARK_LETTER,
	MARK_ROMAN
};

struct mark {
	enum mark_kind kind;
	unsigned len; /* bytes, the space behind not counted */
	unsigned value; /* 12 of "12.", 2 of "(b)", 4 of "IV." */
	bool paren; /* brackets, not a full stop */
	bool upper;
	bool dash; /* an em or en dash: may open direct speech */
};

extern const char *const segment_langs[LANGS];

struct lexicon;

struct line {
	struct text *text; /* cleaned: no white space at either end, single within */
	const struct text *raw; /* as the source has it; the document's, until emit */
	size_t no; /* source line, counted from 1 */
	unsigned gap; /* white lines before it */
	unsigned empty; /* longest run of them that hold not even a space */
	unsigned indent; /* columns of white space before it */
	unsigned width; /* characters */
	unsigned words; /* that have a letter or figure */
	unsigned letters, uppers, digits;
	unsigned wide; /* runs of two spaces or more within */
	unsigned rift; /* the longest of them */
	enum ending end;
	enum opening open;
	struct mark mark;
	uint32_t cue;
	bool leader; /* a row of dots that leads to a page number in a contents list */
	bool starred; /* it has a star or a raised figure */
	bool calls; /* its sentence ends in ! ? or ... */
	bool ff; /* a form feed before it */
	bool spaced; /* letter-spaced: most words are single letters */
	bool brk; /* a page begins here */
	enum role role;
	unsigned post; /* of that role, in hundredths */
	unsigned pitch; /* white lines between lines of one paragraph here */
	unsigned measure; /* characters a full line has here */
	bool parted; /* paragraphs are set apart by more than the pitch here */
	size_t page; /* counted from 0 */
};

enum kind {
	K_P,
	K_HEAD,
	K_ITEM,
	K_NOTE,
	K_SALUTE,
	K_SALUTATION,
	K_DATELINE,
	K_CLOSING,
	K_SIGNED,
	K_ADDRESS,
	K_SPEAKER,
	K_LETTERHEAD,
	K_HEADER,
	K_FOOTER,
	K_PAGENUM,
	K_RULE,
	K_WEB,
	K_RESIDUE,
	K_NOISE,
	K_PB,
};

/* What stands in a block: lines of its own and the blocks that interrupt it, in order. */
struct piece {
	bool block;
	size_t i;
	size_t next;
};

struct block {
	enum kind kind;
	size_t page; /* counted from 0 */
	size_t first, last; /* pieces, NONE for a pb */
	size_t line; /* its first line, of a pb the line behind it */
	size_t end; /* its last line */
	size_t in; /* the block it interrupts, or NONE */
	size_t cont; /* the block whose text it goes on with, or NONE */
	uint32_t cue; /* of its first line */
	unsigned lines, words;
	struct mark mark;
	unsigned depth; /* of an item */
	unsigned post;
	unsigned annex; /* 1: an annex begins here; 2: a section */
	bool called; /* a note that some mark calls */
	bool ff; /* a pb that a form feed made */
	unsigned number; /* of a pb: the confirmed number; 0: none */
};

/* A page that was put in another order, or is proposed to be. */
struct moved {
	size_t page;
	const char *how; /* reversed, rotated... */
	unsigned post;
	bool done;
};

enum type {
	TYPE_LETTER,
	TYPE_RESOLUTION,
	TYPE_SPEECH,
	TYPE_PRESS,
	TYPE_MINUTES,
	TYPE_OTHER
};

struct statement {
	size_t first; /* of the blocks in reading order */
	size_t end; /* behind the last */
	enum type type;
	unsigned post;
};

struct seg {
	struct doc *doc;
	struct line *line;
	size_t nline, capline;
	struct piece *piece;
	size_t npiece, cappiece;
	struct block *block; /* in the order they were made */
	size_t nblock, capblock;
	size_t *order; /* top blocks in reading order */
	size_t norder, caporder;
	struct statement *stat;
	size_t nstat, capstat;
	size_t npage;
	struct moved *moved; /* pages whose order was changed, or might be */
	size_t nmoved, capmoved;
	bool source_order; /* option -O */
	bool explain; /* option -d */
	struct phrases *phrases;
	struct lexicon *const *lexicon; /* LANGS of them; NULL where there is none */
	struct words *words; /* of the document, made when first asked for */
	size_t untied; /* footnote marks without a note */
};

/* What does not change from document to document. */
struct settings {
	struct phrases *phrases;
	struct lexicon *lexicon[LANGS];
	bool source_order, explain;
};

/* document.c: reads the tables and maps the dictionaries; segments one document. */
void settings_open(struct settings *set);
void settings_close(struct settings *set);
void document_segment(struct doc *d, const struct settings *set);

/* line.c */
void lines_read(struct seg *s);
void lines_free(struct seg *s);
/* The text of line i. */
const char *line_text(const struct seg *s, size_t i, size_t *n);

/* measure.c: counts what the passes ask for; one letter words make a line letter-spaced. */
void line_measure(struct line *l, const char *s, size_t n);
/* The value of a superscript figure, or -1. */
int raised_digit(uint32_t cp);

/* fold.c: letters and digits only, lower case, no diacritics, look-alikes merged. */
void fold(struct buf *out, const char *s, size_t n);

/* cue.c */
void cues_find(struct seg *s);
size_t honorific(const struct seg *s, const char *p, size_t n);

/* date.c: a line that is a date; what it says, 0 where it does not, and where its first figure or month is. */
struct date {
	unsigned year, month, day;
	size_t at;
};
bool is_date(const struct seg *s, const struct line *l);
struct date date_read(const struct seg *s, const char *p, size_t n);

/* title.c: the title of a statement by its parts; a headline that quotes somebody. */
bool is_speech_title(const struct seg *s, const struct line *l);
bool is_quote_title(const struct line *l);

/* mark.c */
struct mark mark_read(const char *s, size_t n);
/* The value of the roman figures s[0..n), large or small, or 0. */
unsigned roman(const char *s, size_t n);
/* Takes from lines the letters with a stop - "a." - that no others count on from. */
void marks_settle(struct seg *s);

/* boiler.c: the mark of a page that goes on overleaf. */
bool goes_overleaf(const char *p, size_t n);
/* speck.c, layout.c, foot.c, page.c */
unsigned speck_score(const struct seg *s, size_t i);
void specks_find(struct seg *s);
void crumbs_find(struct seg *s);
void debris_find(struct seg *s); /* debris.c */
void layout_find(struct seg *s);
/* Whether b surely goes on with the paragraph of a: small letter, no sentence ended. */
bool running(const struct line *a, const struct line *b);
void foot_find(struct seg *s);
/* bare.c: notes without a rule. */
void bare_find(struct seg *s);
/*
 * The length of a note's label at the head of a line - 12, 12., (12), [12], ¹² or * - or 0; *value is
 * its number, 0 for stars.
 */
size_t note_label(const char *s, size_t n, unsigned *value);
void pages_find(struct seg *s);
unsigned page_number(const struct seg *s, size_t i, unsigned *of);
bool is_symbol(const char *s, size_t n);

/* block.c */
void blocks_make(struct seg *s);
size_t block_add(struct seg *s, enum kind kind, size_t line);
void block_line(struct seg *s, size_t b, size_t line);
void block_put(struct seg *s, size_t b, size_t inner); /* inner interrupts b */
void block_absorb(struct seg *s, size_t into, size_t b); /* appends all of b to it and empties b */
/* Whether line b goes on with a block that begins with line f and ends, so far, with line a. */
bool line_continues(const struct seg *s, size_t f, size_t a, size_t b, bool over);
/* A block of running text, not of a few words. */
bool is_prose(const struct seg *s, const struct block *b);
/* A block of the text itself, not of what stands around it. */
bool is_body(const struct block *b);

void kinds_find(struct seg *s);
void order_find(struct seg *s);
/* Joins paragraphs over page ends; turned[page]: the page was put in another order. */
void join(struct seg *s, const bool *turned);
void statements_find(struct seg *s);
void ties_find(struct seg *s);
void numbers_find(struct seg *s);
/* Adds what can be read off statement n to d as M records. */
void meta_add(const struct seg *s, size_t n, struct doc *d);
void emit(struct seg *s);

#endif
