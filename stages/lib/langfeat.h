/*
 * langfeat: the cut of a text into words and of a word into features, as the language model
 * (lang.h) and its trainer (stages/gen/langmodel) both need it.  Nobody else does.
 */
#ifndef EMEND_LANGFEAT_H
#define EMEND_LANGFEAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LANG_WORD_CHARS 32 /* a longer run of letters is cut into words of this length */
#define LANG_GRAMS 240 /* of a word, at most */
#define LANG_ORDER 5 /* characters in the longest n-gram */

/*
 * The script of a word: that of its first letter beyond the Latin ones.  Languages of the scripts
 * before LANG_SINGLE are told by n-grams; the others by the script alone.
 */
enum lang_script {
	LANG_LATIN,
	LANG_CYRILLIC,
	LANG_SINGLE,
	LANG_GREEK = LANG_SINGLE,
	LANG_ARABIC,
	LANG_HAN,
	LANG_OTHER,
	LANG_SCRIPTS
};

struct lang_feats {
	enum lang_script script;
	uint32_t word; /* hash of the word as a whole */
	size_t n; /* n-grams */
	uint32_t gram[LANG_GRAMS]; /* their hashes */
};

/*
 * Finds the first word of s[0..n): a run of letters and marks, digits between them included;
 * an apostrophe ends it and belongs to it.  Returns its length and puts its place in *off; 0
 * when there is none.
 */
size_t lang_word_find(const char *s, size_t n, size_t *off);
/*
 * The features of the word s[0..n), case folded: its n-grams, edges marked, and those of four
 * characters with a hole for one of the inner two, which a misread letter does not change.
 */
void lang_word_features(const char *s, size_t n, struct lang_feats *f);

#endif
