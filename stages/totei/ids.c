/*
 * ids: names for XML out of the names of files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "totei.h"
#include "utf8.h"

enum { NAME_BYTES = 12, HASH_DIGITS = 8 };

static bool
ascii_name(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The last component of a path without .gz and what stands behind its last dot. */
static void
stem(const char *src, const char **name, size_t *n)
{
	const char *slash = strrchr(src, '/'), *dot;

	*name = slash != NULL && slash[1] != '\0' ? slash + 1 : src;
	*n = strlen(*name);
	if (*n > 3 && strcmp(*name + *n - 3, ".gz") == 0)
		*n -= 3;
	for (dot = *name + *n; dot > *name + 1 && dot[-1] != '.';)
		dot--;
	if (dot > *name + 1)
		*n = (size_t)(dot - *name) - 1;
}

char *
handle_make(const char *src, const char *sha256)
{
	char handle[NAME_BYTES + HASH_DIGITS + 4] = "f";
	size_t n, at = 1;
	const char *name;

	stem(src, &name, &n);
	for (size_t i = 0; i < n && at <= NAME_BYTES; i++) {
		bool letter = ascii_name((unsigned char)name[i]);

		if (letter || (at > 1 && handle[at - 1] != '_'))
			handle[at++] = letter ? name[i] : '_';
	}
	while (at > 1 && handle[at - 1] == '_')
		at--;
	if (sha256 != NULL && *sha256 != '\0') {
		if (at > 1)
			handle[at++] = '_';
		for (size_t i = 0; i < HASH_DIGITS && ascii_name((unsigned char)sha256[i]); i++)
			handle[at++] = sha256[i];
	}
	return mem_dup(handle, at);
}

bool
id_sound(const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n; i++)
		if (!ascii_name((unsigned char)s[i]) && strchr("._-", s[i]) == NULL)
			return false;
	return n > 0;
}

void
uri_escape(struct buf *b, const char *name)
{
	for (; *name != '\0'; name++) {
		unsigned char c = (unsigned char)*name;

		if (ascii_name(c) || strchr("/._-~", c) != NULL)
			buf_addc(b, *name);
		else
			buf_addf(b, "%%%02X", c);
	}
}

void
name_show(struct buf *b, const char *name)
{
	size_t n = strlen(name);
	bool odd = utf8_valid(name, n) != n;

	for (size_t i = 0; i < n && !odd; i++)
		odd = (unsigned char)name[i] < ' ' || strncmp(name + i, "\xEF\xBF\xBE", 3) == 0 ||
		    strncmp(name + i, "\xEF\xBF\xBF", 3) == 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)name[i];

		if (odd && (c < ' ' || c >= 0x7F || c == '%'))
			buf_addf(b, "%%%02X", c);
		else
			buf_addc(b, name[i]);
	}
}
