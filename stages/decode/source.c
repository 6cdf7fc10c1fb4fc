/*
 * source: a file, plain or gzip, in; windows of its bytes out, with the sums of the file as it lies
 * there.  Bytes are never changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nettle/base16.h>
#include <nettle/sha2.h>

#include "detect.h"
#include "io.h"
#include "source.h"

enum {
	STEP = 1 << 20,
	LARGE = 1 << 22
};

struct source {
	struct in *in;
	bool hashed, raw_known, ended;
	size_t bytes;
	size_t size; /* of a regular file; the text is larger where it is packed */
	size_t unit; /* bytes of a code unit, 0 before the first window; windows hold whole ones */
	struct sha256_ctx sha;
	struct buf rest; /* read, but of the next window */
};

/* The sums of a file that can be read twice. */
static int
hash_file(struct source *s, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	unsigned char *p;
	ssize_t n;

	if (fd < 0)
		return -1;
	p = mem_alloc(STEP);
	while ((n = read(fd, p, STEP)) > 0) {
		sha256_update(&s->sha, (size_t)n, p);
		s->bytes += (size_t)n;
	}
	free(p);
	if (n < 0) {
		int e = errno;

		close(fd);
		errno = e;
		return -1;
	}
	s->raw_known = true;
	return close(fd);
}

struct source *
source_open(const char *path, bool hashed)
{
	struct source *s = mem_alloc(sizeof(*s));
	struct stat st;

	*s = (struct source){.hashed = hashed};
	sha256_init(&s->sha);
	if (strcmp(path, "-") != 0) {
		if (stat(path, &st) < 0)
			goto fail;
		if (S_ISDIR(st.st_mode)) {
			errno = EISDIR;
			goto fail;
		}
		s->size = S_ISREG(st.st_mode) ? (size_t)st.st_size : 0;
		if (hashed && S_ISREG(st.st_mode) && hash_file(s, path) < 0)
			goto fail;
	}
	s->in = in_open(path);
	if (s->in != NULL)
		return s;
fail:
	free(s);
	return NULL;
}

/* Reads up to n more bytes to b.  Returns 1, 0 at the end, -1 on an error. */
static int
read_more(struct source *s, struct buf *b, size_t n)
{
	size_t most = b->len + n;
	ssize_t got = 1;

	while (b->len < most && got > 0) {
		buf_need(b, STEP);
		got = in_read(s->in, b->data + b->len, STEP);
		if (got > 0 && s->hashed && !s->raw_known) {
			sha256_update(&s->sha, (size_t)got, (unsigned char *)b->data + b->len);
			s->bytes += (size_t)got;
		}
		b->len += got > 0 ? (size_t)got : 0;
	}
	return got > 0 ? 1 : (int)got;
}

/* Do the n bytes at s, a unit of UTF-16 or UTF-32 in either order, make LF? */
static bool
wide_line_feed(const char *s, size_t n)
{
	size_t zero = 0;

	for (size_t i = 0; i < n; i++)
		zero += s[i] == 0;
	return zero == n - 1 && (s[0] == '\n' || s[n - 1] == '\n');
}

/* Behind the last LF of b, or the last CR where it has no LF; 0 where it has neither. */
static size_t
last_line_end(const struct source *s, const struct buf *b)
{
	size_t i = b->len;

	if (s->unit > 1) {
		for (i -= i % s->unit; i > 0 && !wide_line_feed(b->data + i - s->unit, s->unit);)
			i -= s->unit;
		return i;
	}
	while (i > 0 && b->data[i - 1] != '\n')
		i--;
	if (i == 0)
		for (i = b->len - 1; i > 0 && b->data[i - 1] != '\r';)
			i--;
	return i;
}

/*
 * Makes room for n bytes in an empty b, in large pages where the system has them: to take the small
 * ones one by one costs as much as to read the file.
 */
static void
make_room(struct buf *b, size_t n)
{
	buf_need(b, n);
#ifdef MADV_HUGEPAGE
	if (n >= LARGE) {
		uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), at = (uintptr_t)b->data;
		uintptr_t from = (at + page - 1) / page * page, to = (at + b->cap) / page * page;

		madvise(b->data + (from - at), to - from, MADV_HUGEPAGE);
	}
#endif
}

int
source_window(struct source *s, struct buf *b)
{
	int more = 1;
	size_t cut = 0;

	buf_clear(b);
	if (s->ended)
		return 0;
	make_room(b, (s->size < SOURCE_WINDOW ? s->size : SOURCE_WINDOW) + STEP + 1);
	buf_add(b, s->rest.data, s->rest.len);
	buf_clear(&s->rest);
	/* One byte more than a window tells whether the file ends with it; a line is never cut. */
	while (more > 0 && cut == 0) {
		more = read_more(s, b, SOURCE_WINDOW + 1 - (b->len <= SOURCE_WINDOW ? b->len : 0));
		if (s->unit == 0)
			s->unit = detect_unit(b->data, b->len);
		cut = more > 0 ? last_line_end(s, b) : b->len;
	}
	if (more < 0)
		return -1;
	s->ended = more == 0;
	buf_add(&s->rest, b->data + cut, b->len - cut);
	b->len = cut;
	return b->len > 0;
}

bool
source_ended(const struct source *s)
{
	return s->ended;
}

const char *
source_error(const struct source *s)
{
	return in_error(s->in);
}

const char *
source_name(const struct source *s)
{
	return in_name(s->in);
}

size_t
source_bytes(const struct source *s)
{
	return s->bytes;
}

void
source_sha256(struct source *s, char hex[65])
{
	unsigned char sum[SHA256_DIGEST_SIZE];

	sha256_digest(&s->sha, sizeof(sum), sum);
	base16_encode_update(hex, sizeof(sum), sum);
	hex[BASE16_ENCODE_LENGTH(SHA256_DIGEST_SIZE)] = '\0';
}

void
source_close(struct source *s)
{
	in_close(s->in);
	buf_free(&s->rest);
	free(s);
}
