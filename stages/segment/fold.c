/*
 * fold: text made comparable in spite of misread letters, lost accents and torn spaces.  Letters
 * and digits only, lower case, without diacritics; what scans take for one another is merged:
 * i l 1 | !, o 0, c e, m rn.  Both sides of a comparison are folded.
 */
#include "segment.h"
#include "utf8.h"

/* What the characters from 0x20 to 0x7F become; a space: they are left out. */
static const char folded[] = " i              "
			     "oi23456789      "
			     " abedefghijkimno"
			     "pqrstuvwxyz     "
			     " abedefghijkimno"
			     "pqrstuvwxyz i   ";

static uint32_t
ascii(uint32_t cp)
{
	return cp < 0x20 ? ' ' : (uint32_t)folded[cp - 0x20];
}

/* A letter beyond ASCII without its diacritics, in lower case. */
static uint32_t
merge(uint32_t cp)
{
	cp = uc_tolower(uc_base(cp));
	if (cp < 0x80)
		return ascii(cp);
	return cp == 0x131 ? 'i' : cp == 0x20AC ? 'e' : cp;
}

void
fold(struct buf *out, const char *s, size_t n)
{
	char *o;
	size_t i = 0;
	uint32_t cp;

	/* what is left of a character is never longer than it was, but for a few letters */
	buf_need(out, n + UTF8_MAX);
	o = out->data + out->len;
	while (i < n) {
		if ((unsigned char)s[i] < 0x80) {
			cp = ascii((unsigned char)s[i++]);
		} else {
			i += utf8_get(s + i, n - i, &cp);
			cp = merge(cp);
		}
		if (cp == ' ')
			continue;
		if (cp == 'n' && o > out->data && o[-1] == 'r') {
			o[-1] = 'm';
		} else if (cp < 0x80) {
			*o++ = (char)cp;
		} else if (uc_letter(cp) || uc_digit(cp)) {
			out->len = (size_t)(o - out->data);
			utf8_add(out, cp);
			buf_need(out, n - i + UTF8_MAX);
			o = out->data + out->len;
		}
	}
	out->len = (size_t)(o - out->data);
}
