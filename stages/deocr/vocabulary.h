/*
 * vocabulary: the distinct words of a language's texts, each looked up once: how it reads, and what
 * it may stand for; and what is known of each in the statement in hand.
 */
#ifndef DEOCR_VOCABULARY_H
#define DEOCR_VOCABULARY_H

#include "search.h"

/* A candidate as kept: its form and edits, and how it reads. */
struct choice {
	const char *form;	/* len bytes, as long as the type */
	unsigned char len, nedits;
	uint16_t edit[EDITS_MAX];
	struct reading reading;
};

struct type {
	const char *form;	/* len bytes, as lib/token writes forms */
	uint32_t len, line;	/* line: the offset of a hyphen at a line end in it, or len */
	uint32_t statement;	/* the number of the one that the next three are of */
	uint32_t count;		/* of times it stands in the statement */
	bool learned;		/* the channel has learned from it */
	const struct choice *taken;	/* what it was then taken for, or NULL */
	uint32_t times;		/* how often it was */
	enum shape shape;
	struct stem stem;
	struct reading reading;
	struct reading *other;	/* another word it may be as it stands, or NULL */
	struct choice *choice;
	size_t nchoices;
	bool searched;
};

struct vocabulary;

/* Begins a statement: nothing is known of any word in it. */
struct vocabulary *vocabulary_open(struct language *l);
/* Ends it; where the vocabulary has grown large, all words are forgotten. */
void vocabulary_close(struct vocabulary *v);
struct language *vocabulary_language(const struct vocabulary *v);
/* Sharpens the channel of the language by what was seen (channel.h). */
void vocabulary_adapt(struct vocabulary *v);
/*
 * The type of the form s[0..n); line is the offset of a hyphen at a line end in it, or n: such a
 * word is a type of its own.  The pointer lasts as long as the statement.
 */
struct type *vocabulary_get(struct vocabulary *v, const char *s, size_t n, size_t line);
/* Fills in the choices of t at the first call. */
void vocabulary_search(struct vocabulary *v, struct type *t);

/*
 * How much of the statement is strange: log2 of the thousandths of its lower-case words that are
 * not known, over 4, in hundredths.
 */
int vocabulary_noise(const struct vocabulary *v);

#endif
