/*
 * measure: what a line is like - its letters, words and figures, how its text ends and begins, whether it is
 * letter-spaced.  In: the cleaned text of a line; out: the rest of struct line that does not depend on others.
 */
#include <string.h>

#include "segment.h"
#include "utf8.h"

int
raised_digit(uint32_t cp)
{
	if (cp == 0xB9)
		return 1;
	if (cp == 0xB2 || cp == 0xB3)
		return (int)cp - 0xB0;
	return cp == 0x2070 || (cp >= 0x2074 && cp <= 0x2079) ? (int)cp - 0x2070 : -1;
}

static bool
is_closer(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == '}' || cp == 0x2019 ||
	       cp == 0x201D || cp == 0xBB || cp == 0x201C || cp == 0x203A || cp == '*' || cp == '_';
}

/*
 * Where the text of a line ends: before tokens of punctuation only, as specks at the end of a line
 * are.  A dash, and a stop set apart as in French, belong to the text.
 */
static size_t
text_end(const char *s, size_t n)
{
	size_t i, from;
	uint32_t cp;
	bool specks = false;

	for (; n > 0; n = i, specks = true) {
		for (from = n; from > 0 && s[from - 1] != ' '; from--)
			;
		if (from == 0)
			break;
		for (i = from; i < n;) {
			i += utf8_get(s + i, n - i, &cp);
			if (!uc_punct(cp))
				return n;
		}
		if (n - from == 1
			? strchr(".;:!?-", s[from]) != NULL && !(specks && s[from] == '.') &&
			      (s[from] != '.' || from < 2 || strchr(",;:", s[from - 2]) == NULL)
			: (cp == 0x2013 || cp == 0x2014 || cp == 0xBB || s[from] == '.' ||
			      s[from] == '-'))
			break;
		i = from - 1;
	}
	return n;
}

/*
 * A footnote mark at the end is left aside: digits glued behind a stop or a bracket, as in
 * "Persons,2", in brackets, "Persons.[2]", or raised.
 */
static size_t
before_mark(const char *s, size_t n)
{
	size_t i = n, k;
	uint32_t cp;
	bool bracket = n > 2 && (s[n - 1] == ']' || s[n - 1] == ')');

	for (i -= bracket; i > 0 && i + 4 > n; i -= k) {
		k = utf8_back(s, i, &cp);
		if (!(cp >= '0' && cp <= '9') && raised_digit(cp) < 0)
			break;
	}
	if (bracket && (i + 1 == n || i < 2 || s[i - 1] != (s[n - 1] == ']' ? '[' : '(')))
		return n;
	i -= bracket;
	if (i < 2 || i == n || strchr(",.;:!?)", s[i - 1]) == NULL ||
	    (s[i - 2] >= '0' && s[i - 2] <= '9'))
		return n;
	return i;
}

static enum ending
ending_of(uint32_t cp, uint32_t before)
{
	switch (cp) {
	case '.':
	case '!':
	case '?':
	case 0x2026:
		return END_STOP;
	case ',':
		return END_COMMA;
	case ';':
		return END_SEMI;
	case ':':
		return END_COLON;
	case '-':
	case 0x2010:
	case 0xAD:
		return uc_letter(before) || uc_digit(before) || uc_mark(before) ? END_HYPHEN
										: END_DASH;
	case 0x2013:
	case 0x2014:
		return END_DASH;
	default:
		return END_WORD;
	}
}

/* *calls: the sentence ends in ! or ? or dots, behind which small letters may follow. */
static enum ending
ending(const char *s, size_t n, bool *calls)
{
	size_t i = before_mark(s, text_end(s, n));
	uint32_t cp = 0, before = ' ';

	while (i > 0) {
		i -= utf8_back(s, i, &cp);
		if (!is_closer(cp) && cp != ' ' && cp != 0xA0)
			break;
	}
	if (i > 0)
		utf8_back(s, i, &before);
	*calls = cp == '!' || cp == '?' || cp == 0x2026 || (cp == '.' && before == '.');
	return ending_of(cp, before);
}

/* Quotes, brackets and specks before the first letter or figure say nothing. */
static enum opening
opening(const char *s, size_t n)
{
	size_t i = 0;
	uint32_t cp;

	while (i < n && i < 24) {
		i += utf8_get(s + i, n - i, &cp);
		if (uc_upper(cp))
			return OPEN_UPPER;
		if (uc_letter(cp))
			return OPEN_LOWER;
		if (uc_digit(cp))
			return OPEN_DIGIT;
		if (!uc_punct(cp) && !uc_space(cp))
			return OPEN_OTHER;
	}
	return OPEN_OTHER;
}

/* Counts what the passes ask for; one letter words make a line letter-spaced. */
void
line_measure(struct line *l, const char *s, size_t n)
{
	size_t i = 0, word = 0, single = 0, before = 0;
	uint32_t cp;

	while (i < n) {
		if (s[i] >= 'a' && s[i] <= 'z') {
			i++;
			word++;
			l->letters++;
			l->width++;
			continue;
		}
		i += utf8_get(s + i, n - i, &cp);
		l->width++;
		if (cp == ' ' || cp == 0xA0) {
			single += word == 1;
			l->words += l->letters + l->digits > before;
			before = l->letters + l->digits;
			word = 0;
			continue;
		}
		word++;
		if (uc_letter(cp)) {
			l->letters++;
			l->uppers += uc_upper(cp);
		} else {
			l->digits += uc_digit(cp);
			l->starred |= cp == '*' || raised_digit(cp) >= 0;
		}
	}
	single += word == 1;
	l->words += l->letters + l->digits > before;
	l->spaced = l->words >= 5 && single * 4 >= l->words * 3 &&
		    l->letters * 10 >= (size_t)l->width * 4 && l->uppers * 10 >= l->letters * 9;
	l->end = ending(s, n, &l->calls);
	l->mark = mark_read(s, n);
	l->open = opening(s + l->mark.len, n - l->mark.len);
}
