/*
 * clean: a line of UTF-8 in, the same line out in normalization form C, without characters that
 * XML forbids or that nobody sees, ligature characters as their letters.  Letters are never
 * guessed here, words never joined.
 */
#include <string.h>

#include "clean.h"
#include "utf8.h"

/* Characters of U+0080 up to here are sound and stand for themselves in NFC, but for a few. */
#define PLAIN_END 0x300
#define MARKS_MAX 30	/* on one character (Unicode Standard Annex 15, Stream-Safe Text Format) */

static bool
zero_width(uint32_t cp)
{
	return (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060 || cp == 0xFEFF || cp == 0x180E ||
	       cp == 0x034F;
}

static bool
bidi(uint32_t cp)
{
	return cp == 0x200E || cp == 0x200F || cp == 0x061C || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

static bool
private_use(uint32_t cp)
{
	return (cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000;
}

static bool
noncharacter(uint32_t cp)
{
	return (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF);
}

/* Scripts that use joiners and direction marks in earnest: Hebrew to Myanmar, emoji. */
static bool
joining_script(uint32_t cp)
{
	return (cp >= 0x0590 && cp <= 0x109F) || (cp >= 0x1780 && cp <= 0x18AF) ||
	       (cp >= 0x2190 && cp <= 0x2BFF) || cp == 0xFE0F || (cp >= 0xFB1D && cp <= 0xFDCF) ||
	       (cp >= 0xFE70 && cp <= 0xFEFC) || cp >= 0x10000;
}

/* Ranges beyond PLAIN_END of characters that are sound and NFC whatever stands beside them. */
static const struct {
	uint32_t first, last;
} plain_ranges[] = {
    {0x0370, 0x0373},
    {0x0375, 0x037D},
    {0x0388, 0x0481},
    {0x048A, 0x058A},
    {0x05D0, 0x05EA},
    {0x0621, 0x064A},
    {0x0660, 0x066D},
    {0x0671, 0x06D3},
    {0x10A0, 0x10FF},
    {0x1E00, 0x1EFF},
    {0x2010, 0x2027},
    {0x202F, 0x205F},
    {0x20A0, 0x20BF},
    {0x2100, 0x2125},
    {0x2127, 0x2129},
    {0x212C, 0x2319},
    {0x2460, 0x27BF},
    {0x3001, 0x3029},
    {0x3041, 0x3096},
    {0x309D, 0x30FE},
    {0x3400, 0x4DB5},
    {0x4E00, 0x9FA5},
    {0xAC00, 0xD7A3},
    {0xFF01, 0xFF5E},
    {0x1F300, 0x1FAFF},
};

bool
clean_plain(uint32_t cp)
{
	size_t low = 0, high = sizeof(plain_ranges) / sizeof(plain_ranges[0]);

	if (cp < PLAIN_END)
		return (cp >= 0x20 && cp < 0x7F) || (cp >= 0xA0 && cp != 0xAD);
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cp > plain_ranges[mid].last)
			low = mid + 1;
		else if (cp < plain_ranges[mid].first)
			high = mid;
		else
			return true;
	}
	return false;
}

size_t
clean_span(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		unsigned char c = (unsigned char)s[i];
		uint32_t cp;
		size_t k;

		if (c < 0x80) {
			if ((c < 0x20 && c != '\t') || c == 0x7F)
				return i;
			i++;
			continue;
		}
		k = utf8_get(s + i, n - i, &cp);
		if (!clean_plain(cp))
			return i;
		i += k;
	}
	return i;
}

size_t
clean_lines(const char *s, size_t n)
{
	size_t i = 0;

	while ((i += clean_span(s + i, n - i)) < n && s[i] == '\n')
		i++;
	return i;
}

static const char *
ligature(uint32_t cp)
{
	static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "ſt", "st"};

	return cp >= 0xFB00 && cp <= 0xFB06 ? letters[cp - 0xFB00] : NULL;
}

/* Is there nothing but white space from byte i on? */
static bool
at_end(const struct buf *b, size_t i)
{
	while (i < b->len) {
		uint32_t cp;

		i += utf8_get(b->data + i, b->len - i, &cp);
		if (!uc_space(cp))
			return false;
	}
	return true;
}

/* Does the character before byte i, or the one at byte j, belong to a script with joiners? */
static bool
joins(const struct buf *b, size_t i, size_t j)
{
	uint32_t cp;

	if (i > 0 && utf8_back(b->data, i, &cp) > 0 && joining_script(cp))
		return true;
	return j < b->len && utf8_get(b->data + j, b->len - j, &cp) > 0 && joining_script(cp);
}

static bool
has_joining_script(const struct buf *b)
{
	for (size_t i = 0; i < b->len;) {
		uint32_t cp;

		i += utf8_get(b->data + i, b->len - i, &cp);
		if (cp != UTF8_BAD && joining_script(cp))
			return true;
	}
	return false;
}

enum verdict {
	KEEP,
	DROP,
	SPACE,
	HYPHEN
};

struct cleaner {
	struct pass p;
	struct tally *t;
	struct buf nfc; /* scratch */
	int joining; /* has_joining_script of the line; -1 while nobody asked */
	bool dropped; /* something was taken out, and a mark may have moved up to a letter */
};

/* What to do with a control character. */
static enum verdict
judge_control(uint32_t cp, struct tally *t)
{
	if (cp == '\t')
		return KEEP;
	if (cp == 0x0B || cp == 0x85) {
		t->n[TALLY_SEPARATOR]++;
		return SPACE;
	}
	t->n[cp == 0 ? TALLY_NUL : cp < 0x80 ? TALLY_CONTROL : TALLY_C1]++;
	return DROP;
}

static enum verdict
judge_soft_hyphen(const struct buf *b, size_t end, struct tally *t)
{
	if (at_end(b, end)) {
		t->n[TALLY_SOFT_HYPHEN_END]++;
		return HYPHEN;
	}
	t->n[TALLY_SOFT_HYPHEN]++;
	return DROP;
}

/* What to do with the character cp that starts where the pass is and ends at end. */
static enum verdict
judge_format(struct cleaner *c, size_t end, uint32_t cp)
{
	const struct buf *b = &c->p.from->s;

	if (zero_width(cp)) {
		if ((cp == 0x200C || cp == 0x200D) && joins(b, c->p.pos, end))
			return KEEP;
		c->t->n[TALLY_ZERO_WIDTH]++;
		return DROP;
	}
	if (bidi(cp)) {
		if (c->joining < 0)
			c->joining = has_joining_script(b);
		if (c->joining)
			return KEEP;
		c->t->n[TALLY_BIDI]++;
		return DROP;
	}
	return KEEP;
}

static enum verdict
judge(struct cleaner *c, size_t end, uint32_t cp)
{
	struct tally *t = c->t;

	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return judge_control(cp, t);
	if (cp == 0xAD)
		return judge_soft_hyphen(&c->p.from->s, end, t);
	if (cp == 0x2028 || cp == 0x2029) {
		t->n[TALLY_SEPARATOR]++;
		return SPACE;
	}
	if (noncharacter(cp)) {
		t->n[TALLY_NONCHARACTER]++;
		return DROP;
	}
	if (private_use(cp))
		t->n[TALLY_PRIVATE_USE]++;
	if (cp == 0xFFFD)
		t->n[TALLY_REPLACEMENT]++;
	return judge_format(c, end, cp);
}

/* Marks, and the vowels and finals of Hangul, compose with what stands before them. */
static bool
composes(uint32_t cp)
{
	return cp >= PLAIN_END && (uc_mark(cp) || (cp >= 0x1160 && cp <= 0x11FF));
}

/*
 * Composes the character where the pass is, of len bytes, with the marks behind it, MARKS_MAX of
 * them at most: to put more in order would take longer than they are worth.
 */
static void
compose(struct cleaner *c, size_t len)
{
	const struct buf *b = &c->p.from->s;
	size_t end = c->p.pos + len, marks = 0;

	while (end < b->len && (b->data[end] & 0x80) && marks++ < MARKS_MAX) {
		uint32_t cp;
		size_t k = utf8_get(b->data + end, b->len - end, &cp);

		if (!composes(cp) || zero_width(cp))
			break;
		end += k;
	}
	buf_clear(&c->nfc);
	if (utf8_nfc(&c->nfc, b->data + c->p.pos, end - c->p.pos)) {
		c->t->n[TALLY_NFC]++;
		pass_put(&c->p, end - c->p.pos, c->nfc.data, c->nfc.len, -1);
	} else {
		pass_keep(&c->p, end);
	}
}

static void
form_feed(struct cleaner *c, bool keep)
{
	struct pass *p = &c->p;
	struct line *to = p->to;

	c->t->n[TALLY_FORMFEED]++;
	if (keep) {
		pass_keep(p, p->pos + 1);
		return;
	}
	if (to->nformfeed++ == 0)
		to->formfeed = to->s.len;
	/* In mid-line it parted two words. */
	pass_put(p, 1, " ", to->s.len > 0 && p->pos + 1 < p->from->s.len, -1);
}

/* Passes over one character that clean_span stopped at. */
static void
clean_char(struct cleaner *c)
{
	const struct buf *b = &c->p.from->s;
	uint32_t cp;
	size_t k = utf8_get(b->data + c->p.pos, b->len - c->p.pos, &cp);
	const char *letters = ligature(cp);

	if (letters != NULL) {
		c->t->n[TALLY_LIGATURE]++;
		pass_put(&c->p, k, letters, strlen(letters), 99);
		return;
	}
	switch (judge(c, c->p.pos + k, cp)) {
	case DROP:
		c->dropped = true;
		pass_put(&c->p, k, "", 0, -1);
		break;
	case SPACE:
		pass_put(&c->p, k, " ", 1, -1);
		break;
	case HYPHEN:
		pass_put(&c->p, k, "-", 1, 99);
		break;
	case KEEP:
		compose(c, k);
	}
}

/* One pass over the line.  Returns whether something was taken out. */
static bool
clean_pass(const struct line *from, struct line *to, struct tally *t, bool keep_formfeed)
{
	struct cleaner c = {.p = pass_start(from, to), .t = t, .joining = -1};
	const struct buf *b = &from->s;

	while (c.p.pos < b->len) {
		size_t span = clean_span(b->data + c.p.pos, b->len - c.p.pos);
		uint32_t cp = 0;

		/* What stands before a mark may compose with it. */
		if (span > 0 && c.p.pos + span < b->len) {
			utf8_get(b->data + c.p.pos + span, b->len - c.p.pos - span, &cp);
			if (composes(cp) && !zero_width(cp))
				span -= utf8_back(b->data, c.p.pos + span, &cp);
		}
		pass_keep(&c.p, c.p.pos + span);
		if (c.p.pos == b->len)
			break;
		if (b->data[c.p.pos] == '\f')
			form_feed(&c, keep_formfeed);
		else
			clean_char(&c);
	}
	pass_end(&c.p);
	buf_free(&c.nfc);
	return c.dropped;
}

void
clean_line(struct line *l, struct line *spare, struct tally *t, bool keep_formfeed)
{
	struct tally again = {{0}};
	struct line swap;

	spare->nformfeed = 0;
	if (clean_pass(l, spare, t, keep_formfeed)) {
		/* A letter may have met its mark. */
		size_t formfeed = spare->formfeed, nformfeed = spare->nformfeed;

		clean_pass(spare, l, &again, true);
		t->n[TALLY_NFC] += again.n[TALLY_NFC];
		l->formfeed = formfeed;
		l->nformfeed = nformfeed;
		return;
	}
	swap = *l;
	*l = *spare;
	*spare = swap;
}
