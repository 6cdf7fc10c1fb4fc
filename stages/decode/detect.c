/*
 * detect: bytes in, the name of their encoding out.  Bytes are never changed here.
 */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "detect.h"
#include "guess.h"
#include "msg.h"
#include "utf8.h"

bool
encoding_named(const char *name, struct encoding *e)
{
	static const struct {
		const char *name;
		enum encoding_kind kind;
	} unicode[] = {{"utf-8", ENC_UTF8}, {"utf8", ENC_UTF8}, {"us-ascii", ENC_UTF8},
	    {"ascii", ENC_UTF8}, {"utf-16le", ENC_UTF16LE}, {"utf-16be", ENC_UTF16BE}};
	iconv_t cd;

	*e = (struct encoding){.name = name, .post = 99};
	for (size_t i = 0; i < sizeof(unicode) / sizeof(unicode[0]); i++)
		if (strcasecmp(name, unicode[i].name) == 0) {
			e->kind = unicode[i].kind;
			return true;
		}
	e->single = charset_find(name);
	if (e->single != NULL) {
		e->kind = ENC_SINGLE;
		e->name = e->single->name;
		return true;
	}
	cd = iconv_open("UTF-8", name);
	if (cd == (iconv_t)-1)
		return false;
	iconv_close(cd);
	e->kind = ENC_ICONV;
	return true;
}

static const char *
magic(const char *s, size_t n)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *name;
	} formats[] = {
	    {"%PDF-", 5, "PDF"},
	    {"PK\003\004", 4, "ZIP or an office document"},
	    {"\320\317\021\340\241\261\032\341", 8, "an old office document"},
	    {"\211PNG\r\n\032\n", 8, "PNG"},
	    {"\377\330\377", 3, "JPEG"},
	    {"GIF8", 4, "GIF"},
	    {"II*\0", 4, "TIFF"},
	    {"MM\0*", 4, "TIFF"},
	    {"\177ELF", 4, "ELF"},
	    {"BZh", 3, "bzip2"},
	    {"\3757zXZ\0", 6, "xz"},
	    {"(\265/\375", 4, "zstd"},
	    {"7z\274\257\047\034", 6, "7-Zip"},
	    {"AT&TFORM", 8, "DjVu"},
	    {"\312\376\272\276", 4, "Java or Mach-O"},
	    {"SQLite format 3", 15, "SQLite"},
	    {"{\\rtf", 5, "RTF"},
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (n >= formats[i].n && memcmp(s, formats[i].bytes, formats[i].n) == 0)
			return formats[i].name;
	return NULL;
}

/* Which half of the byte pairs is zero: 0 the first (big-endian), 1 the second, -1 neither. */
static int
zero_half(const char *s, size_t n)
{
	size_t zero[2] = {0, 0};

	for (size_t i = 0; i + 1 < n; i += 2) {
		zero[0] += s[i] == 0;
		zero[1] += s[i + 1] == 0;
	}
	for (int h = 0; h < 2; h++)
		if (zero[h] > n / 2 * 4 / 10 && zero[!h] * 20 < zero[h])
			return h;
	return -1;
}

const char *
detect_binary(const char *s, size_t n)
{
	const char *format = magic(s, n);
	size_t control = 0;

	if (format != NULL)
		return format;
	if (n > 65536)
		n = 65536;
	if ((n >= 2 && (memcmp(s, "\377\376", 2) == 0 || memcmp(s, "\376\377", 2) == 0)) ||
	    zero_half(s, n) >= 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		control +=
		    c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A;
	}
	/* Text holds a stray control character, never one in twenty. */
	return control > n / 20 && control > 2 ? "control characters" : NULL;
}

static bool
bom(const char *s, size_t n, struct encoding *e)
{
	if (n >= 3 && memcmp(s, "\357\273\277", 3) == 0)
		*e = (struct encoding){ENC_UTF8, NULL, "utf-8", 99, 3};
	else if (n >= 2 && memcmp(s, "\377\376", 2) == 0)
		*e = (struct encoding){ENC_UTF16LE, NULL, "utf-16le", 99, 2};
	else if (n >= 2 && memcmp(s, "\376\377", 2) == 0)
		*e = (struct encoding){ENC_UTF16BE, NULL, "utf-16be", 99, 2};
	else
		return false;
	return true;
}

static void
guess_explain(const struct charmodel *m, const struct guesses *g)
{
	for (size_t i = 0; i < g->n; i++)
		fprintf(stderr, "decode: %s%s, language %s: %.1f bits\n", g->best[i].single->name,
		    g->best[i].utf8 ? " beside utf-8" : "", charmodel_lang(m, g->best[i].lang),
		    g->best[i].bits);
}

struct encoding
detect(const char *s, size_t n, bool explain)
{
	const struct charmodel *m;
	struct encoding e = {0};
	struct guesses g;
	int half;

	if (bom(s, n, &e))
		return e;
	half = zero_half(s, n);
	if (half == 0)
		return (struct encoding){ENC_UTF16BE, NULL, "utf-16be", 99, 0};
	if (half == 1)
		return (struct encoding){ENC_UTF16LE, NULL, "utf-16le", 99, 0};
	if (utf8_ascii(s, n) == n)
		return (struct encoding){ENC_ASCII, NULL, "us-ascii", 99, 0};
	if (utf8_valid(s, n) == n)
		return (struct encoding){ENC_UTF8, NULL, "utf-8", 99, 0};
	m = charmodel_open();
	if (m == NULL)
		msg_die("no character model: %s", strerror(errno));
	g = guess_encoding(m, s, n);
	if (explain)
		guess_explain(m, &g);
	return (struct encoding){
	    .kind = g.best[0].utf8 ? ENC_UTF8 : ENC_SINGLE,
	    .single = g.best[0].single,
	    .name = g.best[0].utf8 ? "utf-8" : g.best[0].single->name,
	    .post = g.post,
	};
}
