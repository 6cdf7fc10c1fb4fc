/*
 * faint: words that say little of the language around them.  Likely names: those with a capital
 * where no sentence begins, in a text that does not write most words so, and what stands between
 * the parts of a name (von der, dos, al).  What a scan has broken:
 * words with digits in them or with signs at their edges that no text has there.
 */
#include <string.h>

#include "langfeat.h"
#include "langtag.h"
#include "utf8.h"

#define TITLE_BYTES 4 /* behind so short a word with a capital a full stop ends no sentence: Mrs. */
#define PARTICLE_BYTES 5
#define LOOKED_AT 200 /* words that tell how a text uses capitals */

static bool
begins_upper(const char *s, size_t n)
{
	uint32_t cp;

	if ((unsigned char)*s < 0x80)
		return *s >= 'A' && *s <= 'Z';
	return utf8_get(s, n, &cp) > 0 && uc_upper(cp);
}

/* Whether three quarters of the first words begin with a capital. */
static bool
mostly_capitals(const char *s, size_t n)
{
	size_t words = 0, upper = 0;
	const char *end = s + n;

	while (words < LOOKED_AT) {
		while (s < end && *s == ' ')
			s++;
		if (s == end)
			break;
		words++;
		upper += begins_upper(s, (size_t)(end - s));
		s = memchr(s, ' ', (size_t)(end - s));
		if (s == NULL)
			break;
	}
	return upper * 4 >= words * 3;
}

void
faint_rewind(struct faint *f)
{
	f->end = 0;
	f->title = f->name = false;
}

void
faint_begin(struct faint *f, const char *s, size_t n)
{
	f->s = s;
	f->n = n;
	faint_rewind(f);
	f->capitals = n > 0 && mostly_capitals(s, n);
}

/* Whether the word at s + off, n bytes long, is one that names have between their parts. */
static bool
is_particle(const char *s, size_t off, size_t n)
{
	static const char *const particle[] = {"af", "al", "am", "an", "as", "ash", "av", "ben",
	    "bin", "d'", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
	    "e", "el", "ez", "ibn", "la", "le", "sur", "ter", "upon", "van", "von", "y", "zu",
	    "zum", "zur"};
	size_t i;

	for (i = 0; i < sizeof(particle) / sizeof(particle[0]); i++)
		if (particle[i][0] == s[off] && strncmp(particle[i], s + off, n) == 0 &&
		    particle[i][n] == '\0')
			return true;
	return false;
}

/* Whether the word at off has a hyphen on either side (Aix-les-Bains). */
static bool
is_hyphened(const struct faint *f, size_t off, size_t len)
{
	return off > 0 && f->s[off - 1] == '-' && off + len < f->n && f->s[off + len] == '-';
}

/* Whether the word, which follows a name, and at most another one join it to the next. */
static bool
is_joint(const struct faint *f, const struct lang_word *w)
{
	size_t off = w->off, len = w->len, gap, words;

	for (words = 0; words < 2 && len <= PARTICLE_BYTES; words++) {
		if (!is_particle(f->s, off, len) && !is_hyphened(f, off, len))
			return false;
		off += len;
		len = lang_word_find(f->s + off, f->n - off, &gap);
		off += gap;
		if (len == 0 || gap > 1)
			return false;
		if (begins_upper(f->s + off, len))
			return true;
	}
	return false;
}

/* Whether the word is written as names are; the gap before it begins at byte from. */
static bool
is_name(const struct faint *f, const struct lang_word *w, size_t from)
{
	size_t i;

	if (f->capitals || from == 0 || w->off == from ||
	    !begins_upper(f->s + w->off, f->n - w->off))
		return false;
	for (i = from; i < w->off && !f->title; i++)
		if (f->s[i] == '.')
			return false;
	return true;
}

/* Signs that break a word: always, or only where a letter follows at once beyond them. */
enum {
	NO_BREAK,
	BREAK,
	BREAK_BETWEEN
};
static const unsigned char breaks[256] = {['~'] = BREAK,
    ['^'] = BREAK,
    ['|'] = BREAK,
    ['\\'] = BREAK,
    ['{'] = BREAK,
    ['}'] = BREAK,
    ['='] = BREAK,
    ['+'] = BREAK,
    ['#'] = BREAK,
    [':'] = BREAK_BETWEEN,
    ['.'] = BREAK_BETWEEN,
    [','] = BREAK_BETWEEN,
    [';'] = BREAK_BETWEEN,
    ['!'] = BREAK_BETWEEN,
    ['?'] = BREAK_BETWEEN,
    ['"'] = BREAK_BETWEEN};

/* Whether the sign at byte i, at an edge of a word, has broken it; beyond is what follows it. */
static inline bool
is_break(const struct faint *f, size_t i, size_t beyond)
{
	unsigned char sign = breaks[(unsigned char)f->s[i]];

	return sign == BREAK || (sign == BREAK_BETWEEN && beyond < f->n &&
				    (f->s[beyond] | 0x20) >= 'a' && (f->s[beyond] | 0x20) <= 'z');
}

static bool
is_broken(const struct faint *f, const struct lang_word *w)
{
	size_t end = w->off + w->len;

	if (w->off > 0 && is_break(f, w->off - 1, w->off - 2))
		return true;
	if (end < f->n && is_break(f, end, end + 1))
		return true;
	return w->digits;
}

void
faint_pass(struct faint *f, const struct lang_word *w)
{
	f->end = w->off + w->len;
	f->title = w->len <= TITLE_BYTES && begins_upper(f->s + w->off, w->len);
	f->name = false;
}

bool
faint_is(struct faint *f, const struct lang_word *w)
{
	bool name = is_name(f, w, f->end) || ((f->name || f->title) && is_joint(f, w));
	bool faint = name || is_broken(f, w);

	faint_pass(f, w);
	f->name = name;
	return faint;
}
