/*
 * detect: bytes in, the name of their encoding out.  Bytes are never changed here.
 */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "detect.h"
#include "guess.h"
#include "irregular.h"
#include "msg.h"
#include "utf8.h"

enum {
	LOOK = 65536
}; /* bytes that tell UTF-16 and binary from text */

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

void
encoding_describe(const struct encoding *e, struct buf *b)
{
	buf_adds(b, e->name);
	if (e->kind == ENC_UTF8 && e->single != NULL)
		buf_addf(b, ", %s", e->single->name);
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

static bool
bom(const char *s, size_t n, struct encoding *e)
{
	if (n >= 4 && memcmp(s, "\377\376\0\0", 4) == 0)
		*e = (struct encoding){ENC_ICONV, NULL, "utf-32le", 99, 4};
	else if (n >= 4 && memcmp(s, "\0\0\376\377", 4) == 0)
		*e = (struct encoding){ENC_ICONV, NULL, "utf-32be", 99, 4};
	else if (n >= 3 && memcmp(s, "\357\273\277", 3) == 0)
		*e = (struct encoding){ENC_UTF8, NULL, "utf-8", 99, 3};
	else if (n >= 2 && memcmp(s, "\377\376", 2) == 0)
		*e = (struct encoding){ENC_UTF16LE, NULL, "utf-16le", 99, 2};
	else if (n >= 2 && memcmp(s, "\376\377", 2) == 0)
		*e = (struct encoding){ENC_UTF16BE, NULL, "utf-16be", 99, 2};
	else
		return false;
	return true;
}

/* What the pairs of bytes of a text say, read in one byte order. */
struct pairs {
	size_t n, ascii, bad;
	size_t highs; /* different first bytes: few in any script but the East Asian */
};

static bool
sound_unit(uint32_t u)
{
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)u);

	if (u < 0x20)
		return u == '\t' || u == '\n' || u == '\r' || u == '\f';
	return c != UTF8PROC_CATEGORY_CN && c != UTF8PROC_CATEGORY_CO && c != UTF8PROC_CATEGORY_CC;
}

static struct pairs
read_pairs(const char *s, size_t n, bool big)
{
	struct pairs p = {0};
	bool high_seen[256] = {false};
	bool high = false; /* the last was a high surrogate */

	for (size_t i = 0; i + 1 < n; i += 2) {
		unsigned char a = (unsigned char)s[i + !big], b = (unsigned char)s[i + big];
		uint32_t u = (uint32_t)a << 8 | b;
		bool low = (u & 0xFC00) == 0xDC00;

		p.n++;
		p.bad += high != low || (!high && !low && (u & 0xFC00) != 0xD800 && !sound_unit(u));
		p.ascii += u < 0x7F && sound_unit(u);
		p.highs += !high_seen[a];
		high_seen[a] = true;
		high = (u & 0xFC00) == 0xD800;
	}
	return p;
}

/* Zero bytes among nothing but the letters of an 8-bit text are damage. */
static bool
eight_bit(const char *s, size_t n)
{
	size_t zero = 0, printable = 0;

	for (size_t i = 0; i < n; i++) {
		zero += s[i] == 0;
		printable += (s[i] >= 0x20 && s[i] < 0x7F) || s[i] == '\n' || s[i] == '\r';
	}
	return zero == 0 || (zero * 5 < n && printable * 5 > (n - zero) * 4);
}

/* Is the text UTF-16 without a mark?  1: big-endian, 0: little-endian, -1: it is not. */
static int
utf16_order(const char *s, size_t n)
{
	struct pairs p[2];
	bool ok[2];

	n = n > LOOK ? LOOK : n;
	if (n < 4 || eight_bit(s, n))
		return -1;
	for (int big = 0; big < 2; big++) {
		p[big] = read_pairs(s, n, big == 1);
		ok[big] = p[big].ascii > 0 && p[big].bad * 100 <= p[big].n;
	}
	if (ok[0] && ok[1])
		return p[0].highs != p[1].highs ? p[1].highs < p[0].highs : p[1].ascii > p[0].ascii;
	return ok[1] ? 1 : ok[0] ? 0 : -1;
}

size_t
detect_unit(const char *s, size_t n)
{
	struct encoding e;

	if (bom(s, n, &e))
		return e.kind == ENC_ICONV ? 4 : e.kind == ENC_UTF8 ? 1 : 2;
	return utf16_order(s, n) >= 0 ? 2 : 1;
}

const char *
detect_binary(const char *s, size_t n)
{
	const char *format = magic(s, n);
	struct encoding e;
	size_t control = 0;

	if (format != NULL)
		return format;
	n = n > LOOK ? LOOK : n;
	if ((bom(s, n, &e) && e.kind != ENC_UTF8) || utf16_order(s, n) >= 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		control +=
		    c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A;
	}
	/* Text holds a stray control character, never one in twenty. */
	return control > n / 20 && control > 2 ? "control characters" : NULL;
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
detect(const char *s, size_t n, size_t good, bool explain)
{
	const struct charmodel *m;
	struct encoding e = {0};
	struct guesses g;

	if (bom(s, n, &e))
		return e;
	switch (utf16_order(s, n)) {
	case 0:
		return (struct encoding){ENC_UTF16LE, NULL, "utf-16le", 99, 0};
	case 1:
		return (struct encoding){ENC_UTF16BE, NULL, "utf-16be", 99, 0};
	}
	if (good == n && utf8_ascii(s, n) == n)
		return (struct encoding){ENC_ASCII, NULL, "us-ascii", 99, 0};
	if (good == n || irregular_utf8(s, n))
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
