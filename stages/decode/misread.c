/*
 * misread: characters back to the bytes they were read from.  See misread.h.
 */
#include <string.h>

#include "misread.h"

enum {
	MOST = 32
};

/*
 * ISO-8859-1 is in windows-1252, whose C1 controls stand for themselves.  The bits say how often
 * each is met, as against windows-1252.
 */
static const struct {
	const char *name;
	int bits;
} mistakes[] = {
    {"windows-1252", 0},
    {"iso-8859-15", 4},
    {"macintosh", 4},
    {"windows-1250", 4},
    {"windows-1251", 4},
    {"ibm850", 5},
    {"ibm437", 5},
    {"windows-1253", 6},
    {"windows-1254", 6},
    {"iso-8859-2", 6},
    {"windows-1257", 7},
    {"windows-1255", 8},
    {"ibm852", 8},
    {"ibm866", 8},
    {"koi8-r", 8},
};

#define NMISTAKES (sizeof(mistakes) / sizeof(mistakes[0]))

static struct reading readings[MOST];
static size_t nreading;

const struct reading *
reading_of(const char *name)
{
	const struct charset *cs = charset_find(name);
	struct reading *r;

	for (size_t i = 0; i < nreading; i++)
		if (readings[i].cs == cs)
			return &readings[i];
	if (cs == NULL || nreading == MOST)
		return NULL;
	r = &readings[nreading++];
	r->cs = cs;
	for (unsigned b = 0x80; b < 0xA0; b++)
		r->byte[b] = (unsigned char)b;
	for (unsigned i = 0; i < 128; i++)
		if (cs->upper[i] != 0 && cs->upper[i] < READING_END)
			r->byte[cs->upper[i]] = (unsigned char)(0x80 + i);
	return r;
}

const struct reading *
reading_at(size_t i)
{
	static struct reading *known[NMISTAKES];

	if (i >= NMISTAKES)
		return NULL;
	if (known[i] == NULL) {
		known[i] = (struct reading *)reading_of(mistakes[i].name);
		known[i]->prior = mistakes[i].bits;
	}
	return known[i];
}

unsigned
reading_far_byte(const struct reading *r, uint32_t cp)
{
	if ((cp == 0xFB01 || cp == 0xFB02) && strcmp(r->cs->name, "macintosh") == 0)
		return cp - 0xFB01 + 0xDE;
	return 0;
}
