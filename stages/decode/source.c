/*
 * source: a file, plain or gzip, in; windows of its bytes out, with the sums of the file as it lies
 * there.  Bytes are never changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "io.h"
#include "source.h"

enum {
	STEP = 1 << 20
};

struct source {
	struct in *in;
	bool hashed, raw_known, ended;
	size_t bytes;
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

/* Behind the last LF of b, or its end where it has none. */
static size_t
last_line_end(const struct buf *b)
{
	size_t i = b->len;

	while (i > 0 && b->data[i - 1] != '\n')
		i--;
	return i > 0 ? i : b->len;
}

int
source_window(struct source *s, struct buf *b)
{
	ssize_t n = 1;
	size_t cut;

	buf_clear(b);
	if (s->ended)
		return 0;
	buf_add(b, s->rest.data, s->rest.len);
	buf_clear(&s->rest);
	/* One byte more than a window tells whether the file ends with it. */
	while (b->len <= SOURCE_WINDOW && n > 0) {
		buf_need(b, STEP);
		n = in_read(s->in, b->data + b->len, STEP);
		if (n > 0 && s->hashed && !s->raw_known) {
			sha256_update(&s->sha, (size_t)n, (unsigned char *)b->data + b->len);
			s->bytes += (size_t)n;
		}
		b->len += n > 0 ? (size_t)n : 0;
	}
	if (n < 0)
		return -1;
	if (n == 0) {
		s->ended = true;
		return b->len > 0;
	}
	cut = last_line_end(b);
	buf_add(&s->rest, b->data + cut, b->len - cut);
	b->len = cut;
	return 1;
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
	for (size_t i = 0; i < sizeof(sum); i++) {
		hex[2 * i] = "0123456789abcdef"[sum[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[sum[i] & 15];
	}
	hex[64] = '\0';
}

void
source_close(struct source *s)
{
	in_close(s->in);
	buf_free(&s->rest);
	free(s);
}
