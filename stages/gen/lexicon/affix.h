/*
 * affix: the rules of a hunspell dictionary (its .aff file, hunspell(5)) as far as they make
 * forms: prefixes and suffixes with their conditions and the flags they carry on.  What only
 * suggests, compounds or converts is passed over; Hunspell_spell judges every form in the end.
 */
#ifndef EMEND_AFFIX_H
#define EMEND_AFFIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

#define FLAG_VALUES 0x110000u	/* a flag is less */
#define FLAG_NONE FLAG_VALUES

struct flags {
	uint32_t *list;		/* owned */
	size_t n;
};

struct rule {
	char *strip, *add, *cond;	/* owned strings, UTF-8; cond "." always fits */
	size_t nstrip, nadd;
	struct flags more;		/* what may follow */
	bool clitic;			/* what it adds is cut off as one; for who expands */
};

struct affix {
	uint32_t flag;
	bool prefix, cross;	/* cross: goes with affixes of the other side */
	struct rule *rule;
	size_t n, cap;
};

enum flag_form { FLAG_CHAR, FLAG_LONG, FLAG_NUM, FLAG_UTF8 };

struct affixes {
	char set[64];		/* the encoding, "ISO8859-1" unless SET says another */
	bool utf8;
	enum flag_form form;
	struct flags *alias;	/* AF: flags by number, from 1 */
	size_t nalias, capalias;
	struct affix *list;	/* sorted by flag */
	size_t n, cap;
	uint32_t keep_case, forbidden;	/* FLAG_NONE where there is no such flag */
};

/* Reads the .aff file at path; NULL, reported, where it cannot be read. */
struct affixes *affixes_read(const char *path);
void affixes_free(struct affixes *a);
/* The flags written as s[0..n); the caller frees list. */
struct flags flags_parse(const struct affixes *a, const char *s, size_t n);
bool flags_have(const struct flags *f, uint32_t flag);
/* How many affixes have that flag (two: a prefix and a suffix); the first into *first. */
size_t affix_find(const struct affixes *a, uint32_t flag, const struct affix **first);
/* Does the rule's condition hold, and is there what it strips, at that side of s[0..n)? */
bool rule_fits(const struct rule *r, bool prefix, const char *s, size_t n);
/*
 * Appends the whole file at path to b in UTF-8, without a byte order mark, from the encoding set;
 * a line that is not in it is reported and left empty.  Returns 0, or -1, reported.
 */
int text_read(const char *path, const char *set, struct buf *b);

#endif
