/*
 * forms: a set of forms on the way to a lexicon, each with the flags of lexicon.h, and the
 * expansion of a dictionary into such a set.
 */
#ifndef EMEND_FORMS_H
#define EMEND_FORMS_H

#include "affix.h"
#include "token.h"

#define FORMS_MOST 20000000	/* forms a set holds at most */

struct form {
	size_t at;		/* in text */
	unsigned char len;	/* bytes, 1..255 */
	unsigned char flags;
};

struct forms {
	struct buf text;
	struct form *list;
	size_t n, cap;
	uint32_t *slot;		/* hash, an index of list plus one; 0 empty */
	size_t nslot;
};

/* Zeroed sets are empty and ready. */

/*
 * Adds s[0..n); the flags of a form that is there already: LEXICON_EXACT stays only where both
 * have it, the others where one has.  Lengths beyond 1..255 are passed over.
 */
void forms_add(struct forms *f, const char *s, size_t n, unsigned flags);
const char *form_text(const struct forms *f, const struct form *form);
void forms_sort(struct forms *f);	/* in byte order; nothing is added afterwards */
void forms_free(struct forms *f);

/*
 * Adds every form the entries of the .dic file make with the affixes, far too many of them: who
 * calls asks Hunspell_spell.  Affixes that are clitics of e are left out (l', 's), as lib/token
 * cuts them off.  Returns 0, or -1, reported.
 */
int forms_expand(struct forms *f, struct affixes *a, const struct elision *e,
    const char *dic);

#endif
