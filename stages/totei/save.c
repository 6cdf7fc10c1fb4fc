/*
 * save: bytes to a file that is either whole under its final name or not there at all.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "msg.h"
#include "totei.h"

enum { GZIP_LEVEL = 6, GZIP_WINDOW = 15 + 16 };

bool
path_sound(const char *out)
{
	size_t n;

	if (*out == '\0' || *out == '/')
		return false;
	for (; *out != '\0'; out += n + (out[n] == '/')) {
		n = strcspn(out, "/");
		if (n == 0 || (n == 1 && *out == '.') || (n == 2 && strncmp(out, "..", 2) == 0) ||
		    (out[n] == '/' && out[n + 1] == '\0'))
			return false;
	}
	return true;
}

/* Makes the folders that path lies in. */
static int
make_folders(char *path)
{
	for (char *p = strchr(path + 1, '/'); p != NULL; p = strchr(p + 1, '/')) {
		int made;

		*p = '\0';
		made = mkdir(path, 0777);
		*p = '/';
		if (made < 0 && errno != EEXIST)
			return -1;
	}
	return 0;
}

/* The bytes of b as gzip, the same for the same bytes: no name, no time. */
static void
compress_bytes(const struct buf *b, struct buf *z)
{
	z_stream s = {0};
	size_t done = 0, part;
	int end;

	if (deflateInit2(&s, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		msg_die("out of memory (gzip)");
	do {
		part = b->len - done < 1u << 30 ? b->len - done : 1u << 30;
		s.next_in = (Bytef *)b->data + done;
		s.avail_in = (uInt)part;
		done += part;
		do {
			buf_need(z, 1 << 16);
			s.next_out = (Bytef *)z->data + z->len;
			s.avail_out = 1 << 16;
			end = deflate(&s, done == b->len ? Z_FINISH : Z_NO_FLUSH);
			z->len += (1 << 16) - s.avail_out;
		} while (s.avail_out == 0);
	} while (end != Z_STREAM_END);
	deflateEnd(&s);
}

static int
write_all(int fd, const struct buf *b)
{
	for (size_t at = 0; at < b->len;) {
		ssize_t n = write(fd, b->data + at, b->len - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		at += (size_t)n;
	}
	return 0;
}

/* The mode that open would give a file. */
static mode_t
file_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* Writes b to the open temporary file and gives it its name. */
static int
commit(int fd, const char *temporary, const char *path, const struct buf *b)
{
	if (write_all(fd, b) < 0 || fchmod(fd, file_mode()) < 0 || fsync(fd) < 0) {
		int saved = errno;

		close(fd);
		errno = saved;
		return -1;
	}
	if (close(fd) < 0)
		return -1;
	return rename(temporary, path);
}

int
save(const char *path, const struct buf *b, bool gzip)
{
	const char *slash = strrchr(path, '/');
	struct buf name = {0}, z = {0};
	int fd, result = -1, saved;

	buf_add(&name, path, slash != NULL ? (size_t)(slash - path) + 1 : 0);
	buf_adds(&name, ".emend-XXXXXX");
	buf_str(&name);
	if (gzip)
		compress_bytes(b, &z);
	if (make_folders(name.data) == 0 && (fd = mkstemp(name.data)) >= 0) {
		result = commit(fd, name.data, path, gzip ? &z : b);
		saved = errno;
		if (result < 0)
			unlink(name.data);
		errno = saved;
	}
	saved = errno;
	buf_free(&name);
	buf_free(&z);
	errno = saved;
	return result;
}
