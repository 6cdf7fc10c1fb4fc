/*
 * langfeat: words and their features.
 */
#include <string.h>

#include "langfeat.h"
#include "utf8.h"

enum class { OTHER, LETTER, DIGIT, APOSTROPHE, FURTHER };

#define L LETTER
#define D DIGIT
#define A APOSTROPHE
#define F FURTHER
/* What an ASCII character is; FURTHER where the bytes behind it tell. */
static const unsigned char class_ascii[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, A, 0, 0, 0, 0, 0, 0, 0, 0, D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0,
	0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0,
	0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0,
	F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F,
	F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F,
	F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F,
	F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F
};
#undef L
#undef D
#undef A
#undef F

/* The class of the character at s, its length in *len. */
static inline enum class
class_of(const char *s, size_t n, size_t *len)
{
	unsigned char c = (unsigned char)*s;
	uint32_t cp;

	*len = 1;
	if (class_ascii[c] != FURTHER)
		return (enum class)class_ascii[c];
	if (c >= 0xC3 && c <= 0xD3 && n > 1) {	/* Latin, Greek, Cyrillic: letters but for a few */
		*len = 2;
		return c == 0xC3 && ((unsigned char)s[1] | 0x20) == 0xB7 ? OTHER : LETTER;
	}
	*len = utf8_get(s, n, &cp);
	if (cp == 0x2019 || cp == 0x02BC)
		return APOSTROPHE;
	return cp != UTF8_BAD && (uc_letter(cp) || uc_mark(cp)) ? LETTER : OTHER;
}

/* The length of the word at s[0..n), which begins with a letter or digit; 0 if it has no letter. */
static size_t
word_length(const char *s, size_t n)
{
	size_t i = 0, len, chars = 0, letters = 0;
	enum class c;

	while (i < n && chars < LANG_WORD_CHARS) {
		c = class_of(s + i, n - i, &len);
		if (c == OTHER || (c == APOSTROPHE && letters == 0))
			break;
		i += len;
		chars++;
		letters += c == LETTER;
		if (c == APOSTROPHE)
			break;
	}
	return letters == 0 ? 0 : i;
}

/* Leaves out digits at either end, which say nothing of a language. */
static size_t
trim_digits(const char *s, size_t n, size_t *off)
{
	size_t from = 0;

	while (from < n && class_ascii[(unsigned char)s[from]] == DIGIT)
		from++;
	while (n > from && class_ascii[(unsigned char)s[n - 1]] == DIGIT)
		n--;
	*off += from;
	return n - from;
}

/*
 * The length of the word at s[0..n), if it is one of ASCII letters alone, with an apostrophe at
 * most; else 0, and word_length tells more.  Most words of most texts are.
 */
static inline size_t
word_ascii(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && i <= LANG_WORD_CHARS && class_ascii[(unsigned char)s[i]] == LETTER)
		i++;
	if (i < n && i < LANG_WORD_CHARS && class_ascii[(unsigned char)s[i]] == APOSTROPHE)
		return i + 1;
	return i <= LANG_WORD_CHARS && (i == n || class_ascii[(unsigned char)s[i]] == OTHER) ? i : 0;
}

/* The word at s + i, which begins with a letter or digit; see lang_word_find. */
static size_t
word_at(const char *s, size_t i, size_t n, size_t *off)
{
	size_t len = word_length(s + i, n - i);

	*off = i;
	return len == 0 ? 0 : trim_digits(s + i, len, off);
}

size_t
lang_word_find(const char *s, size_t n, size_t *off)
{
	size_t i = 0, len;
	enum class c;

	while (i < n) {
		while (i < n && class_ascii[(unsigned char)s[i]] == OTHER)
			i++;
		if (i == n)
			break;
		*off = i;
		if (class_ascii[(unsigned char)s[i]] == LETTER &&
		    (len = word_ascii(s + i, n - i)) > 0)
			return len;
		c = class_of(s + i, n - i, &len);
		if (c == OTHER || c == APOSTROPHE) {
			i += len;
			continue;
		}
		len = word_at(s, i, n, off);
		if (len > 0)
			return len;
		while (i < n && class_ascii[(unsigned char)s[i]] == DIGIT)
			i++;
	}
	return 0;
}

#define HOLE 3 /* stands for any character; 1 and 2 are the edges of a word */

/* The characters of a word, in lower case, digits as one, between edge marks. */
static size_t
word_chars(const char *s, size_t n, uint32_t c[LANG_WORD_CHARS + 2])
{
	size_t i = 0, k = 0;
	uint32_t cp;

	c[k++] = 1;
	while (i < n && k <= LANG_WORD_CHARS) {
		i += utf8_get(s + i, n - i, &cp);
		if (cp < 0x80) {
			if (cp >= 'A' && cp <= 'Z')
				cp += 'a' - 'A';
			else if (cp >= '0' && cp <= '9')
				cp = '0';
		} else if (cp == 0x2019 || cp == 0x02BC) {
			cp = '\'';
		} else {
			cp = uc_tolower(cp);
		}
		c[k++] = cp;
	}
	c[k++] = 2;
	return k;
}

/* One more character into a hash. */
static inline uint32_t
hash_more(uint32_t h, uint32_t c)
{
	h = (h ^ c) * 0x9E3779B1u;
	return h ^ h >> 15;
}

/* The hash made even over its bits (the last steps of MurmurHash3). */
static inline uint32_t
hash_end(uint32_t h)
{
	h = (h ^ h >> 16) * 0x85EBCA6Bu;
	h = (h ^ h >> 13) * 0xC2B2AE35u;
	return h ^ h >> 16;
}

static enum lang_script
script_of(const uint32_t *c, size_t n)
{
	size_t i;

	for (i = 1; i + 1 < n; i++) {
		if (c[i] < 0x250)
			continue;
		if (c[i] >= 0x400 && c[i] < 0x530)
			return LANG_CYRILLIC;
		if ((c[i] >= 0x370 && c[i] < 0x400) || (c[i] >= 0x1F00 && c[i] < 0x2000))
			return LANG_GREEK;
		if ((c[i] >= 0x600 && c[i] < 0x780) || (c[i] >= 0xFB50 && c[i] < 0xFF00))
			return LANG_ARABIC;
		return c[i] >= 0x2E80 && c[i] < 0xAC00 ? LANG_HAN : LANG_OTHER;
	}
	return LANG_LATIN;
}

/* Appends the n-grams of c[0..k) that begin with its first character. */
static void
add_grams(struct lang_feats *f, const uint32_t *c, size_t k, bool first)
{
	uint32_t h = f->script == LANG_LATIN ? 0x5EED5EEDu : 0xC0DEC0DEu;
	size_t j;

	for (j = 0; j < LANG_ORDER && j < k; j++) {
		h = hash_more(h, c[j]);
		if (j > 0 || (!first && k > 1))
			f->gram[f->n++] = hash_end(h + (uint32_t)j);
	}
}

/* Appends the two n-grams of four characters with a hole. */
static void
add_holes(struct lang_feats *f, const uint32_t c[4])
{
	uint32_t h = hash_more(f->script == LANG_LATIN ? 0x401E401Eu : 0x0E0E0E0Eu, c[0]);

	f->gram[f->n++] = hash_end(hash_more(hash_more(hash_more(h, c[1]), HOLE), c[3]));
	f->gram[f->n++] = hash_end(hash_more(hash_more(hash_more(h, HOLE), c[2]), c[3]));
}

void
lang_word_features(const char *s, size_t n, struct lang_feats *f)
{
	uint32_t c[LANG_WORD_CHARS + 2], word = 0xABCD1234u;
	size_t k = word_chars(s, n, c), i;

	f->n = 0;
	f->script = script_of(c, k);
	for (i = 0; i < k; i++)
		word = hash_more(word, c[i]);
	f->word = hash_end(word);
	if (f->script >= LANG_SINGLE)
		return;
	for (i = 0; i < k; i++) {
		add_grams(f, c + i, k - i, i == 0);
		if (k - i >= 4)
			add_holes(f, c + i);
	}
}
