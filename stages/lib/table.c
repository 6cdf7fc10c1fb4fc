/*
 * table: text tables and settings, and where the files of dict/ are found.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io.h"
#include "msg.h"
#include "table.h"

enum { FIELDS = 16 };

/* The folder the running program lies in, into b; empty where the system does not tell. */
static void
program_folder(struct buf *b)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	while (n > 0 && path[n - 1] != '/')
		n--;
	if (n > 0)
		buf_add(b, path, (size_t)n);
}

char *
dict_path(const char *name)
{
	static const char *const beside[] = {"dict/", "../dict/", "../../dict/", "../../share/emend/"};
	const char *own = getenv("EMEND_DICT");
	struct buf b = {0};

	if (own != NULL && *own != '\0') {
		buf_addf(&b, "%s/%s", own, name);
		if (access(buf_str(&b), R_OK) == 0)
			return b.data;
	}
	for (size_t i = 0; i < sizeof(beside) / sizeof(*beside); i++) {
		buf_clear(&b);
		program_folder(&b);
		buf_addf(&b, "%s%s", beside[i], name);
		if (access(buf_str(&b), R_OK) == 0)
			return b.data;
	}
	buf_clear(&b);
	buf_addf(&b, "%s/%s", EMEND_SHARE, name);
	buf_str(&b);
	return b.data;
}

/* Splits line at its TABs into at most FIELDS fields; returns how many. */
static size_t
split(char *line, char *field[FIELDS])
{
	size_t n = 0;

	for (char *p = line; p != NULL && n < FIELDS;) {
		field[n++] = p;
		p = strchr(p, '\t');
		if (p != NULL)
			*p++ = '\0';
	}
	return n;
}

/* Reads a line as a string without comment and white space at the end; 0 at the end, -1. */
static int
next(struct in *in, struct buf *b, size_t *line)
{
	int got = in_line(in, b, NULL);
	char *hash;

	if (got <= 0)
		return got;
	++*line;
	buf_str(b);
	hash = b->data;
	while ((hash = strchr(hash, '#')) != NULL && hash != b->data && !strchr(" \t", hash[-1]))
		hash++;
	b->len = hash != NULL ? (size_t)(hash - b->data) : strlen(b->data);
	while (b->len > 0 && strchr(" \t\r", b->data[b->len - 1]) != NULL)
		b->len--;
	buf_str(b);
	return 1;
}

int
table_read(const char *path, table_fn *fn, void *ctx)
{
	struct in *in = in_open(path);
	struct buf b = {0};
	char *field[FIELDS];
	size_t line = 0;
	int got;

	if (in == NULL)
		return -1;
	while ((got = next(in, &b, &line)) > 0)
		if (b.len > 0)
			fn(ctx, path, line, field, split(b.data, field));
	if (got < 0)
		msg_die("%s: %s", path, in_error(in));
	buf_free(&b);
	in_close(in);
	return 0;
}

/* Cuts white space off either end of s. */
static char *
trim(char *s)
{
	char *end;

	s += strspn(s, " \t");
	end = s + strlen(s);
	while (end > s && strchr(" \t", end[-1]) != NULL)
		*--end = '\0';
	return s;
}

int
conf_read(const char *path, const char *section, table_fn *fn, void *ctx)
{
	struct in *in = in_open(path);
	struct buf b = {0};
	char *field[2], *equals;
	bool within = false;
	size_t line = 0;
	int got;

	if (in == NULL)
		return -1;
	while ((got = next(in, &b, &line)) > 0) {
		char *s = trim(b.data);
		size_t n = strlen(s);

		if (*s == '[') {
			within = n > 1 && s[n - 1] == ']' && strlen(section) == n - 2 &&
			    strncmp(s + 1, section, n - 2) == 0;
			continue;
		}
		if (!within || n == 0)
			continue;
		equals = strchr(s, '=');
		if (equals == NULL) {
			msg(MSG_WARNING, path, line, "no setting", "%s", s);
			continue;
		}
		*equals = '\0';
		field[0] = trim(s);
		field[1] = trim(equals + 1);
		fn(ctx, path, line, field, 2);
	}
	if (got < 0)
		msg_die("%s: %s", path, in_error(in));
	buf_free(&b);
	in_close(in);
	return 0;
}

const void *
map_file(const char *path, size_t *n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), saved;
	struct stat st;
	void *p;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
		close(fd);
		errno = EINVAL;
		return NULL;
	}
	*n = (size_t)st.st_size;
	p = mmap(NULL, *n, PROT_READ, MAP_SHARED, fd, 0);
	saved = errno;
	close(fd);
	errno = saved;
	return p == MAP_FAILED ? NULL : p;
}
