/*
 * entity: a line in, the same with the characters that its references name out.  A reference that
 * was itself written with one (&amp;eacute;) is resolved to the end.  Unknown names stay.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "charset.h"
#include "entity.h"
#include "msg.h"
#include "table.h"
#include "utf8.h"

enum {
	NAME = 10, /* bytes of a name, at most */
	NAMES = 300,
	ENOUGH = 3, /* references that show a text was HTML */
	STRAY = 20 /* for each other ampersand there are so many of them at least */
};

struct name {
	char s[NAME + 1];
	uint32_t cp;
};

static struct name names[NAMES];
static size_t nname;

static int
name_order(const void *a, const void *b)
{
	return strcmp(((const struct name *)a)->s, ((const struct name *)b)->s);
}

static void
name_add(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	if (n != 2 || strlen(field[0]) > NAME || nname == NAMES) {
		msg(MSG_WARNING, file, line, "not a name and a code point", "%s", field[0]);
		return;
	}
	strcpy(names[nname].s, field[0]);
	names[nname++].cp = (uint32_t)strtoul(field[1], NULL, 16);
}

static void
names_read(void)
{
	char *path = dict_path("entities.txt");

	if (table_read(path, name_add, NULL) < 0)
		msg_die("%s: %s", path, strerror(errno));
	qsort(names, nname, sizeof(names[0]), name_order);
	free(path);
}

static uint32_t
named(const char *s, size_t n)
{
	struct name key = {.cp = 0};
	const struct name *found;

	if (n == 0 || n > NAME)
		return 0;
	memcpy(key.s, s, n);
	if (nname == 0)
		names_read();
	found = bsearch(&key, names, nname, sizeof(names[0]), name_order);
	return found != NULL ? found->cp : 0;
}

/* The character of a number, in windows-1252 where it is that of a control, as browsers read it. */
static uint32_t
numbered(const char *s, size_t n)
{
	bool hex = n > 0 && (*s | 0x20) == 'x';
	char digits[NAME + 1] = "", *end;
	unsigned long cp;

	s += hex;
	n -= hex;
	if (n == 0 || n > NAME || strspn(s, hex ? "0123456789abcdefABCDEF" : "0123456789") < n)
		return 0;
	memcpy(digits, s, n);
	cp = strtoul(digits, &end, hex ? 16 : 10);
	if (cp >= 0x80 && cp < 0xA0)
		return charset_find("windows-1252")->upper[cp - 0x80];
	return cp < 0x20 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000) ? 0 : (uint32_t)cp;
}

/* Reads a reference behind its ampersand.  Returns its length, with the character in *cp, or 0. */
static size_t
reference_body(const char *s, size_t n, uint32_t *cp)
{
	const char *semicolon = memchr(s, ';', n < NAME + 3 ? n : NAME + 3);
	size_t len;

	if (semicolon == NULL || semicolon == s)
		return 0;
	len = (size_t)(semicolon - s);
	*cp = *s == '#' ? numbered(s + 1, len - 1) : named(s, len);
	return *cp != 0 ? len + 1 : 0;
}

/* Reads the reference at s, an ampersand; where it is one to an ampersand, what that begins too. */
static size_t
reference(const char *s, size_t n, uint32_t *cp)
{
	size_t len = 1, more;
	uint32_t next;

	if ((more = reference_body(s + 1, n - 1, cp)) == 0)
		return 0;
	for (len += more; *cp == '&' && (more = reference_body(s + len, n - len, &next)) > 0;
	     len += more)
		*cp = next;
	return len;
}

bool
entity_shown(const char *s, size_t n)
{
	const char *end = s + n, *p = s;
	size_t known = 0, stray = 0;

	while ((p = memchr(p, '&', (size_t)(end - p))) != NULL) {
		uint32_t cp;
		size_t len = reference(p, (size_t)(end - p), &cp);

		++*(len > 0 ? &known : &stray);
		p += len > 0 ? len : 1;
	}
	return known >= ENOUGH && stray * STRAY <= known;
}

void
entity_line(struct line *l, struct line *spare, struct tally *t)
{
	struct pass to = pass_start(l, spare);
	struct line swap;

	while (to.pos < l->s.len) {
		const char *p = memchr(l->s.data + to.pos, '&', l->s.len - to.pos);
		char s[UTF8_MAX];
		uint32_t cp;
		size_t len;

		if (p == NULL)
			break;
		pass_keep(&to, (size_t)(p - l->s.data));
		len = reference(p, l->s.len - to.pos, &cp);
		if (len == 0) {
			pass_keep(&to, to.pos + 1);
			continue;
		}
		t->n[TALLY_ENTITY]++;
		pass_put(&to, len, s, utf8_put(s, cp), 99);
	}
	pass_end(&to);
	swap = *l;
	*l = *spare;
	*spare = swap;
}
