/*
 * choose: a language out of posteriors, of a script or of counts of words.  Bosnian, Croatian and Serbian in Latin letters count as
 * one until they have won against the others; then one of them is named only if it is clearly
 * ahead of its sisters.
 */
#include <string.h>

#include "langtag.h"
#include "utf8.h"

static int undecided = LANG_SH;

uint64_t
choose_sisters(const struct lang_model *m)
{
	static const char *const tag[] = {"hr", "bs", "sr-Latn"};
	uint64_t mask = 0;
	size_t i;
	int l;

	for (i = 0; i < 3; i++)
		if ((l = lang_index(m, tag[i])) != LANG_NONE)
			mask |= (uint64_t)1 << l;
	return mask;
}

bool
choose_sh(const struct lang_model *m, const char *tag)
{
	int l = lang_index(m, tag);

	if (strcmp(tag, "sh") == 0)
		undecided = LANG_SH;
	else if (l != LANG_NONE && choose_sisters(m) >> l & 1)
		undecided = l;
	else
		return false;
	return true;
}

int
choose(const struct ask *a, const struct lang_sum *sum, int *post)
{
	uint32_t p[LANG_MAX];
	int best = lang_posteriors(a->model, sum, a->allowed, a->prior, p), first = LANG_NONE;
	uint64_t group = a->sisters & a->allowed, all = 0;
	size_t l, count = lang_count(a->model);

	*post = 0;
	if (best == LANG_NONE)
		return best;
	for (l = 0; l < count; l++) {
		if (!(group >> l & 1))
			continue;
		all += p[l];
		if (first == LANG_NONE || p[l] > p[first])
			first = (int)l;
	}
	if (first == LANG_NONE || all < p[best] || (best != first && all == p[best])) {
		*post = (int)(p[best] * 100 / 65536);
		return best;
	}
	if (p[first] * 10 >= all * 9) {
		*post = (int)(p[first] * 100 / 65536);
		return first;
	}
	*post = (int)(all * 100 / 65536);
	return undecided;
}

const char *
choose_tag(const struct ask *a, int lang)
{
	return lang == LANG_SH ? "sh" : lang_tag(a->model, (size_t)lang);
}

int
choose_index(const struct ask *a, int lang)
{
	size_t l;

	for (l = 0; lang == LANG_SH && l < lang_count(a->model); l++)
		if (a->sisters & a->allowed & (uint64_t)1 << l)
			return (int)l;
	return lang;
}

int32_t
choose_log_share(uint64_t part, uint64_t of)
{
	int32_t halves = 0;

	for (; part > 0 && part * 10 <= of * 7; part += part * 2 / 5 + 1)
		halves++;
	return -(halves * 87); /* 256 ln 1.4 = 86.1 */
}

const char *
choose_whole(const struct ask *a, const uint64_t words[LANG_MAX])
{
	uint64_t all = 0;
	size_t l, best = 0;

	for (l = 0; l < LANG_MAX; l++) {
		all += words[l];
		if (words[l] > words[best])
			best = l;
	}
	if (all == 0)
		return "";
	return words[best] * 10 >= all * 9 ? choose_tag(a, (int)best) : "mul";
}

/* Whether all of s[0..n) is below the scripts told by themselves: bytes below 0xD4. */
static bool
all_below(const char *s, size_t n)
{
	unsigned char most = 0;
	size_t i = 0, k;

	for (; n - i >= 32; i += 32)
		for (k = 0; k < 32; k++)
			most = (unsigned char)s[i + k] > most ? (unsigned char)s[i + k] : most;
	for (; i < n; i++)
		most = (unsigned char)s[i] > most ? (unsigned char)s[i] : most;
	return most < 0xD4;
}

const char *
choose_script(const char *s, size_t n)
{
	static const struct {
		uint32_t from, to;
		const char *tag;
	} script[] = {{0x0530, 0x058F, "hy"}, {0x0590, 0x05FF, "he"}, {0x0900, 0x0DFF, "und"},
	    {0x0E00, 0x0E7F, "th"}, {0x0E80, 0x109F, "und"}, {0x10A0, 0x10FF, "ka"},
	    {0x1100, 0x11FF, "ko"}, {0x1200, 0x137F, "am"}, {0x3040, 0x30FF, "ja"},
	    {0xAC00, 0xD7AF, "ko"}};
	size_t count[sizeof(script) / sizeof(script[0])] = {0}, letters = 0, i = 0, k, best = 0;
	uint32_t cp;

	if (all_below(s, n))
		return NULL;
	while (i < n) {
		if ((unsigned char)s[i] < 0xD4) { /* Latin, Greek, Cyrillic: count characters */
			letters +=
			    ((unsigned char)s[i] | 0x20) >= 'a' && (unsigned char)s[i] != 0xC2;
			i += (unsigned char)s[i] < 0xC0 || i + 1 == n ? 1 : 2;
			continue;
		}
		i += utf8_get(s + i, n - i, &cp);
		letters += cp != UTF8_BAD && uc_letter(cp);
		for (k = 0; k < sizeof(script) / sizeof(script[0]); k++)
			count[k] += cp >= script[k].from && cp <= script[k].to;
	}
	for (k = 1; k < sizeof(script) / sizeof(script[0]); k++)
		if (count[k] > count[best] || (k == 8 && count[k] > 0 && count[k] * 5 >= letters))
			best = k;
	return count[best] > 0 && count[best] * (best == 8 ? 5 : 2) >= letters ? script[best].tag
									       : NULL;
}
