/*
 * langtext: running text out of the files that software comes with in many languages.  In: names
 * of files, one a line; their kind is told by the name's ending: .mo (message catalogues), .ftl,
 * .properties, .dtd (Mozilla's), .html, .page (marked up), anything below man/ a manual page,
 * anything else plain.  Out: lines of text, markup, placeholders and white space at the edges
 * taken off.  It never tells languages apart.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io.h"
#include "msg.h"
#include "utf8.h"

static struct out *out;

/* The length of the printf directive at s, or 0. */
static size_t
directive(const char *s, size_t n)
{
	size_t i = 1;

	if (n < 2 || s[0] != '%')
		return 0;
	while (i < n && i < 12 && strchr("0123456789$.-+#'lhzj*", s[i]) != NULL)
		i++;
	return i < n && strchr("sdiucxXfgqSn%L", s[i]) != NULL ? i + 1 : i;
}

/* The length of the character reference at s, or 1: an ampersand alone marks a key. */
static size_t
reference(const char *s, size_t n)
{
	size_t i = 1;

	while (i < n && i < 10 &&
	       (((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z') || (s[i] >= '0' && s[i] <= '9') ||
		   s[i] == '#'))
		i++;
	return i > 1 && i < n && s[i] == ';' ? i + 1 : 1;
}

/* The length of what is markup at s, or 0; *into is what stands for it. */
static size_t
unmark(const char *s, size_t n, const char **into)
{
	const char *end = NULL;
	size_t len;

	*into = "";
	switch (s[0]) {
	case '<':
	case '{':
		end = memchr(s, s[0] == '<' ? '>' : '}', n);
		return end == NULL ? 1 : (size_t)(end - s) + 1;
	case '&':
		len = reference(s, n);
		if (len > 1)
			*into =
			    strncmp(s, "&apos;", 6) == 0 || strncmp(s, "&#39;", 5) == 0 ? "'" : " ";
		return len;
	case '_':
	case '~':
		return 1;
	case '\\':
		*into = " ";
		return n > 1 ? 2 : 1;
	case '%':
		*into = " ";
		return directive(s, n);
	}
	return 0;
}

/* Writes a line, cleaned; nothing where too little is left. */
static void
put_line(const char *s, size_t n)
{
	static struct buf b;
	const char *into;
	size_t i = 0, len;

	buf_clear(&b);
	while (i < n) {
		len = unmark(s + i, n - i, &into);
		if (len > 0) {
			buf_adds(&b, into);
			i += len;
		} else {
			buf_addc(&b, (unsigned char)s[i] < 0x20 ? ' ' : s[i]);
			i++;
		}
	}
	while (b.len > 0 && b.data[b.len - 1] == ' ')
		b.len--;
	for (i = 0; i < b.len && b.data[i] == ' '; i++)
		continue;
	if (b.len - i < 2 || utf8_valid(b.data, b.len) != b.len)
		return;
	out_add(out, b.data + i, b.len - i);
	out_addc(out, '\n');
}

static void
each_line(const char *s, size_t n, void (*fn)(const char *, size_t))
{
	const char *end;
	size_t len;

	while (n > 0) {
		end = memchr(s, '\n', n);
		len = end == NULL ? n : (size_t)(end - s);
		fn(s, len);
		len += end != NULL;
		s += len;
		n -= len;
	}
}

static uint32_t
le32(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* One entry of a catalogue's table of strings at s[at]: false where it lies outside. */
static bool
mo_string(const char *s, size_t n, uint64_t at, const char **p, size_t *len)
{
	if (at + 8 > n)
		return false;
	*len = le32(s + at);
	if ((uint64_t)le32(s + at + 4) + *len > n)
		return false;
	*p = s + le32(s + at + 4);
	return true;
}

/* A message catalogue: what the messages are translated to, where that differs from them. */
static void
do_mo(const char *s, size_t n)
{
	const char *from, *to;
	size_t nfrom, nto, part, len;
	uint32_t i;

	if (n < 28 || le32(s) != 0x950412deu)
		return;
	for (i = 0; i < le32(s + 8); i++) {
		if (!mo_string(s, n, (uint64_t)le32(s + 12) + 8 * (uint64_t)i, &from, &nfrom) ||
		    !mo_string(s, n, (uint64_t)le32(s + 16) + 8 * (uint64_t)i, &to, &nto))
			return;
		if (nfrom == 0 || (nfrom == nto && memcmp(from, to, nto) == 0))
			continue;
		for (part = 0; part < nto; part += len + 1) {
			len = strnlen(to + part, nto - part);
			each_line(to + part, len, put_line);
		}
	}
}

/* Whether one of the names, between spaces, is the tag at s[0..n). */
static bool
tag_in(const char *s, size_t n, const char *names)
{
	char name[16] = " ";
	size_t len = 0;

	while (len < n && len < 12 && strchr(" >/\n", s[len]) == NULL)
		len++;
	memcpy(name + 1, s, len);
	name[len + 1] = ' ';
	name[len + 2] = '\0';
	return strstr(names, name) != NULL;
}

/* The length of the element at s up to its end tag, if it holds no text; else 0. */
static size_t
skip_element(const char *s, size_t n)
{
	size_t i, len = 0;

	if (n < 3 || !tag_in(s + 1, n - 1, " script style code pre cmd input screen "))
		return 0;
	while (1 + len < n && strchr(" >/\n", s[1 + len]) == NULL)
		len++;
	for (i = len; i + len + 2 < n; i++)
		if (s[i] == '<' && s[i + 1] == '/' && memcmp(s + i + 2, s + 1, len) == 0)
			return i;
	return 0;
}

static void
do_markup(const char *s, size_t n)
{
	static const char inl[] =
	    " a b i em strong span u font sub sup tt link gui guiseq key keyseq "
	    "app file var acronym abbr ";
	struct buf b = {0};
	const char *end, *name;
	size_t i = 0, skip;

	while (i < n) {
		if (s[i] != '<') {
			buf_addc(&b, s[i] == '\n' ? ' ' : s[i]);
			i++;
			continue;
		}
		skip = skip_element(s + i, n - i);
		i += skip;
		if (skip > 0)
			buf_addc(&b, ' ');
		name = s + i + 1 + (i + 1 < n && s[i + 1] == '/');
		if (!tag_in(name, n - (size_t)(name - s), inl)) {
			put_line(b.data, b.len);
			buf_clear(&b);
		}
		end = memchr(s + i, '>', n - i);
		i = end == NULL ? n : (size_t)(end - s) + 1;
	}
	put_line(b.data, b.len);
	buf_free(&b);
}

/* A line of .ftl or .properties: what stands behind the equals sign, or goes on from there. */
static void
put_value(const char *s, size_t n)
{
	const char *eq;

	if (n == 0 || strchr("#!-[/", s[0]) != NULL)
		return;
	eq = memchr(s, '=', n);
	if (s[0] == ' ' && eq == NULL)
		put_line(s, n);
	else if (eq != NULL)
		put_line(eq + 1, n - (size_t)(eq + 1 - s));
}

/* A line of a .dtd: what stands between the first two quotes. */
static void
put_entity(const char *s, size_t n)
{
	const char *from = memchr(s, '"', n), *to;

	if (from == NULL || n < 8 || memcmp(s, "<!ENTITY", 8) != 0)
		return;
	to = memchr(from + 1, '"', n - (size_t)(from + 1 - s));
	if (to != NULL)
		put_line(from + 1, (size_t)(to - from - 1));
}

/* A line of a manual page: requests and escapes left out. */
static void
put_roff(const char *s, size_t n)
{
	struct buf b = {0};
	size_t i = 0;

	if (n == 0 || s[0] == '.' || s[0] == '\'')
		return;
	while (i < n) {
		if (s[i] != '\\' || i + 1 >= n) {
			buf_addc(&b, s[i++]);
			continue;
		}
		if (s[i + 1] == '-')
			buf_addc(&b, '-');
		if (s[i + 1] == 'f')
			i += i + 2 < n && s[i + 2] == '(' ? 5 : 3;
		else
			i += s[i + 1] == '(' ? 4 : 2;
	}
	put_line(b.data, b.len);
	buf_free(&b);
}

static bool
ends(const char *name, const char *with)
{
	size_t n = strlen(name), k = strlen(with);

	return n >= k && strcmp(name + n - k, with) == 0;
}

static void
do_file(const char *name)
{
	struct in *in = in_open(name);
	struct buf b = {0};

	if (in == NULL || in_all(in, &b) != 0)
		msg(MSG_WARNING, name, 0, "cannot read", "%s", in ? in_error(in) : strerror(errno));
	else if (ends(name, ".mo"))
		do_mo(b.data, b.len);
	else if (ends(name, ".html") || ends(name, ".page"))
		do_markup(b.data, b.len);
	else if (ends(name, ".ftl") || ends(name, ".properties"))
		each_line(b.data, b.len, put_value);
	else if (ends(name, ".dtd"))
		each_line(b.data, b.len, put_entity);
	else
		each_line(b.data, b.len, strstr(name, "/man/") != NULL ? put_roff : put_line);
	if (in != NULL)
		in_close(in);
	buf_free(&b);
}

int
main(int argc, char **argv)
{
	struct in *in;
	struct buf line = {0};

	msg_init("langtext");
	if (argc > 2)
		msg_usage("[LIST]");
	in = in_open(argc == 2 ? argv[1] : "-");
	if (in == NULL)
		msg_die("%s: %s", argv[1], strerror(errno));
	out = out_open(STDOUT_FILENO, "<stdout>");
	while (in_line(in, &line, NULL) == 1)
		do_file(buf_str(&line));
	in_close(in);
	buf_free(&line);
	out_close(out);
	return msg_end(false);
}
