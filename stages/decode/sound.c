/*
 * sound: UTF-8 in, the length of what is sound beyond question out, at some gigabytes a second.
 * What it stops at may be sound as well: others look at it closely.
 */
#include <string.h>

#include "charmodel.h"
#include "clean.h"
#include "misread.h"
#include "sound.h"
#include "utf8.h"

enum {
	END = 0x2600, /* characters from here on have no kind of their own */
	BYTES = 160, /* characters of a reading: 80..FF, and C1 controls that have no byte */
	LEADS = 512, /* different characters that lead a sequence in some reading */
	TAILS = 1024 /* that follow in one */
};

/* What a character must not stand beside. */
enum kind {
	STOP, /* to be cleaned, or lost: always a second look */
	FREE, /* nothing */
	CAPITAL, /* a small letter before it */
	SYMBOL, /* a letter before it and a small one behind */
	EDGE /* a small letter */
};

static struct {
	bool ready;
	unsigned char kind[END];
	uint16_t lead[END], tail[END]; /* their numbers, 0 for none */
	uint16_t leads, tails;
	unsigned char pair[LEADS][TAILS / 8];
} t;

/* Signs that no text has beside a letter, but misread letters are often taken for. */
static bool
edge(uint32_t cp)
{
	return (cp >= 0x02C6 && cp <= 0x02DD) || cp == 0x2021 || cp == 0x2030 || cp == 0xA4 ||
	       cp == 0xA2 || cp == 0xA5 || cp == 0xA6 || cp == 0xA8 || cp == 0xAC || cp == 0xAF ||
	       cp == 0xB1 || cp == 0xB6 || cp == 0xB8 || (cp >= 0x2202 && cp <= 0x25FF);
}

/* Signs that stand between letters, or a symbol of some language's. */
static bool
common(uint32_t cp)
{
	return cp == 0xA0 || cp == 0xB7 || cp == 0xB4 || (cp >= 0x2010 && cp <= 0x2015) ||
	       cp == 0x2019 || cp == 0x2026 || cp == 0x202F;
}

static enum kind
kind_of(uint32_t cp)
{
	if (!clean_plain(cp))
		return STOP;
	if (cm_letter(cp))
		return uc_upper(cp) ? CAPITAL : FREE;
	if (uc_digit(cp) || uc_mark(cp) || common(cp))
		return FREE;
	return edge(cp) ? EDGE : SYMBOL;
}

/* Letters that two bytes make, in the languages that are likely to be misread. */
static bool
plausible(const struct reading *r, uint32_t cp)
{
	static const uint32_t ranges[][2] = {{0xA0, 0x17F}, {0x1A0, 0x1A1}, {0x1AF, 0x1B0},
	    {0x218, 0x21B}, {0x386, 0x3CE}, {0x400, 0x45F}, {0x490, 0x491}, {0x5D0, 0x5EA},
	    {0x621, 0x64A}};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (cp >= ranges[i][0] && cp <= ranges[i][1])
			return true;
	return cp >= 0x80 && reading_byte(r, cp) != 0;
}

/* Can the bytes a and b begin a character that a text would have? */
static bool
begins(const struct reading *r, unsigned a, unsigned b)
{
	if (a < 0xE0)
		return plausible(r, (a & 0x1F) << 6 | (b & 0x3F));
	if (a == 0xE2)
		return b <= 0x82 || (b >= 0x84 && b <= 0x8F) || (b >= 0x94 && b <= 0x9E);
	return (a == 0xE1 && b >= 0xB8 && b <= 0xBB) || (a == 0xEF && b >= 0xAC) ||
	       (a == 0xF0 && b == 0x9F);
}

static uint16_t
number(uint16_t *table, uint32_t cp, uint16_t *count, uint16_t most)
{
	if (table[cp] == 0 && *count + 1 < most)
		table[cp] = ++*count;
	return table[cp];
}

/* The characters of a reading whose bytes are from..to; returns how many. */
static size_t
members(const struct reading *r, unsigned from, unsigned to, uint32_t *cp)
{
	size_t n = 0;

	for (uint32_t c = 0x80; c < END; c++)
		if (r->byte[c] >= from && r->byte[c] <= to)
			cp[n++] = c;
	return n;
}

static void
add_reading(const struct reading *r)
{
	uint32_t lead[BYTES], tail[BYTES];
	size_t leads = members(r, 0xC2, 0xF0, lead), tails = members(r, 0x80, 0xBF, tail);

	for (size_t i = 0; i < leads; i++)
		for (size_t j = 0; j < tails; j++) {
			uint16_t x, y;

			if (!begins(r, r->byte[lead[i]], r->byte[tail[j]]))
				continue;
			x = number(t.lead, lead[i], &t.leads, LEADS);
			y = number(t.tail, tail[j], &t.tails, TAILS);
			t.pair[x][y / 8] |= (unsigned char)(1 << y % 8);
		}
}

static void
prepare(void)
{
	const struct reading *r;

	for (uint32_t cp = 0x80; cp < END; cp++)
		t.kind[cp] = (unsigned char)kind_of(cp);
	for (size_t i = 0; (r = reading_at(i)) != NULL; i++)
		add_reading(r);
	t.ready = true;
}

bool
sound_pair(uint32_t a, uint32_t b)
{
	unsigned y;

	if (!t.ready)
		prepare();
	if (a >= END || b >= END || t.lead[a] == 0 || t.tail[b] == 0)
		return false;
	y = t.tail[b];
	return t.pair[t.lead[a]][y / 8] >> y % 8 & 1;
}

static bool
small(uint32_t cp)
{
	return cp < 0x80 ? cp >= 'a' && cp <= 'z' : uc_lower(cp);
}

static uint32_t
char_at(const char *s, size_t n, size_t i)
{
	uint32_t cp = ' ';

	if (i < n)
		utf8_get(s + i, n - i, &cp);
	return cp;
}

/* A lead whose tail was taken for a space, or lost. */
static bool
bereft(uint32_t cp, uint32_t before, uint32_t behind)
{
	if (behind == '?' || behind == 0xFFFD)
		return t.lead[cp] != 0 && uc_upper(cp);
	if (behind != ' ' && behind != '\n')
		return false;
	return cp == 0xC3 || (cp == 0xC2 && !uc_upper(before)) ||
	       ((cp == 0xC5 || cp == 0x102 || cp == 0x393) && small(before));
}

/* Does cp stand where it should, between these neighbours? */
static bool
stands_well(uint32_t before, uint32_t cp, uint32_t behind)
{
	enum kind k = cp < END ? t.kind[cp] : clean_plain(cp) ? FREE : STOP;

	if (k == STOP || behind == 0xFFFD ||
	    (cp < END && t.lead[cp] != 0 && bereft(cp, before, behind)))
		return false;
	if (behind >= 0x80 && sound_pair(cp, behind))
		return false;
	if (k == CAPITAL)
		return !small(before);
	if (k == SYMBOL)
		return !(cm_letter(before) && small(behind));
	if (k == EDGE)
		return !small(before) && !small(behind);
	return true;
}

bool
sound_chars(const uint32_t *cp, size_t n)
{
	if (!t.ready)
		prepare();
	for (size_t i = 0; i < n; i++)
		if (cp[i] >= 0x80 &&
		    !stands_well(i > 0 ? cp[i - 1] : ' ', cp[i], i + 1 < n ? cp[i + 1] : ' '))
			return false;
	return true;
}

size_t
sound_span(const char *s, size_t n)
{
	size_t i = 0;

	for (;;) {
		uint32_t cp, before = ' ';
		size_t k;

		i += utf8_printable(s + i, n - i);
		if (i == n)
			return n;
		if ((s[i] & 0x80) == 0) {
			if (s[i] != '\n' && s[i] != '\t')
				return i;
			i++;
			continue;
		}
		if (!t.ready)
			prepare();
		k = utf8_get(s + i, n - i, &cp);
		/* The commonest: a small letter before ASCII. */
		if (cp < END && t.kind[cp] == FREE && i + k < n && (s[i + k] & 0x80) == 0) {
			i += k;
			continue;
		}
		if (i > 0)
			utf8_back(s, i, &before);
		if (!stands_well(before, cp, char_at(s, n, i + k)))
			return i;
		i += k;
	}
}

size_t
sound_ascii(const char *s, size_t n)
{
	size_t i = 0;

	while ((i += utf8_printable(s + i, n - i)) < n && (s[i] == '\n' || s[i] == '\t'))
		i++;
	return i;
}

size_t
sound_question(const char *s, size_t n)
{
	const char *q = memchr(s, '?', n);

	while (q != NULL) {
		size_t i = (size_t)(q - s);
		uint32_t before = ' ';

		if (i > 0)
			utf8_back(s, i, &before);
		if (cm_letter(before) && cm_letter(char_at(s, n, i + 1)))
			return i;
		q = memchr(q + 1, '?', n - i - 1);
	}
	return n;
}
