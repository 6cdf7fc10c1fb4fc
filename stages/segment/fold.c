/*
 * fold: text made comparable in spite of misread letters, lost accents and torn spaces.  Letters
 * and digits only, lower case, without diacritics; what scans take for one another is merged:
 * i l 1 | !, o 0, c e, m rn.  Both sides of a comparison are folded.
 */
#include "segment.h"
#include "utf8.h"

static uint32_t
merge(uint32_t cp)
{
	switch (cp) {
	case 'l':
	case '1':
	case '|':
	case '!':
	case 0x131:
		return 'i';
	case '0':
		return 'o';
	case 'c':
	case 0x20AC:
		return 'e';
	}
	return cp;
}

void
fold(struct buf *out, const char *s, size_t n)
{
	char *o;
	size_t i = 0;
	uint32_t cp;

	/* what is left of a character is never longer than it was, but for a few letters */
	buf_need(out, n + UTF8_MAX);
	while (i < n) {
		if ((unsigned char)s[i] < 0x80) {
			cp = (unsigned char)s[i++];
			if (cp >= 'A' && cp <= 'Z')
				cp += 32;
		} else {
			i += utf8_get(s + i, n - i, &cp);
			cp = uc_tolower(uc_base(cp));
		}
		cp = merge(cp);
		o = out->data + out->len;
		if (cp < 0x80) {
			if (!((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9')))
				continue;
			if (cp == 'n' && out->len > 0 && o[-1] == 'r') {
				o[-1] = 'm';
			} else {
				*o = (char)cp;
				out->len++;
			}
		} else if (uc_letter(cp) || uc_digit(cp)) {
			utf8_add(out, cp);
			buf_need(out, n - i + UTF8_MAX);
		}
	}
}
