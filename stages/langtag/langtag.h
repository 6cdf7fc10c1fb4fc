/*
 * langtag: what its files share.  Log-odds are in 1/256 of a nat.
 */
#ifndef LANGTAG_H
#define LANGTAG_H

#include "lang.h"
#include "stream.h"

#define NAT 256
#define WORD_MOST 9 /* nats that one word says against a language, at most */
#define LANG_SH 39 /* Bosnian, Croatian or Serbian, undecided: an index no model uses */

/* A run of words in another language than the block's. */
struct span {
	size_t off, len;
	int lang;
	int post; /* hundredths */
};

struct spans {
	struct span *list; /* owned; zeroed is empty and ready */
	size_t n, cap;
};

/* What is asked of a text: the languages it may be in, and what each has for it at first. */
struct ask {
	struct lang_model *model;
	uint64_t allowed;
	uint64_t sisters; /* choose_sisters */
	int32_t prior[LANG_MAX];
	bool explain; /* on standard error, what each block was taken for */
};

/* choose.c: Bosnian, Croatian and Serbian in Latin letters, which are one until they have won. */
uint64_t choose_sisters(const struct lang_model *m);
/* The language that sum speaks for, or LANG_NONE; *post, hundredths. */
int choose(const struct ask *a, const struct lang_sum *sum, int *post);
/* The tag of what choose returned. */
const char *choose_tag(const struct ask *a, int lang);
/* The language of the model nearest to it. */
int choose_index(const struct ask *a, int lang);
/* Takes the choice for undecided Bosnian, Croatian or Serbian: "bs", "hr", "sr-Latn" or "sh". */
bool choose_sh(const struct lang_model *m, const char *tag);
/* The logarithm of part out of whole, to a half. */
int32_t choose_log_share(uint64_t part, uint64_t of);
/* The tag of a text of which each language has so many words; "" where there are none. */
const char *choose_whole(const struct ask *a, const uint64_t words[LANG_MAX]);
/* The language of s[0..n) that its script alone tells, where the model has none of that script. */
const char *choose_script(const char *s, size_t n);

/* gazetteer.c: phrases whose language is known, and those that are nobody's (dict/langtag). */
#define GAZ_NONE (-1)
#define GAZ_NEUTRAL (-2)
void gazetteer_read(struct lang_model *m);
/*
 * The longest phrase of the gazetteer that begins with the word first: its language or
 * GAZ_NEUTRAL and its end in *end, or GAZ_NONE.
 */
int gazetteer_find(const char *s, size_t n, const struct lang_word *first, size_t *end);

/*
 * address.c: words that are part of the address of a page, a file or a person, which is in no
 * language.  chunk is the state between the words of a text, zero at first.
 */
struct chunk {
	size_t end;
	bool address;
};
/* Whether s[0..n) may have an address in it. */
bool address_any(const char *s, size_t n);
bool address_is(struct chunk *chunk, const char *s, size_t n, const struct lang_word *w);
/* Leaves words in addresses out; returns how many are left. */
size_t address_drop(
    struct chunk *chunk, const char *s, size_t n, struct lang_word word[LANG_BATCH], size_t count);
/* Adds the words of s[0..n) that are in no address. */
void address_sum(struct lang_model *m, const char *s, size_t n, struct lang_sum *sum);

/* faint.c: whether the words of s[0..n), taken in order, are names or broken and so say little. */
struct faint {
	const char *s;
	size_t n, end; /* end: of the last word asked about */
	bool capitals; /* most words begin with a capital: then it tells no name */
	bool title; /* that word may be a title or an initial */
	bool name; /* it was written as names are */
};
void faint_begin(struct faint *f, const char *s, size_t n);
void faint_rewind(struct faint *f); /* to the text's first word */
bool faint_is(struct faint *f, const struct lang_word *w);
/* Passes over a word that nobody asks about. */
void faint_pass(struct faint *f, const struct lang_word *w);

/*
 * lead.c: whether some words of s[0..n), which is in the language home, may be in another.  Adds
 * the words that are in no address to sum.
 */
bool lead_look(const struct ask *a, const char *s, size_t n, int home, struct lang_sum *sum);

bool lead_any(const struct ask *a, const char *s, size_t n, int home); /* as above, no sum */

/*
 * spans.c: the spans of s[0..n) that are in other languages than the text's own.  home is what it
 * seems as a whole; returns what most of its words are in, which may be another.
 */
int spans_find(const struct ask *a, const char *s, size_t n, int home, struct spans *spans);

/* statement.c: tags the blocks, statements and spans of a document, and itself. */
void statement_document(const struct ask *a, struct doc *d);

/* plain.c: prints the languages of a plain text's lines, or their shares, or the spans. */
enum plain_form {
	PLAIN_LINES,
	PLAIN_SHARES,
	PLAIN_SPANS
};
void plain_print(const struct ask *a, enum plain_form form, struct out *out, const struct doc *d);

#endif
