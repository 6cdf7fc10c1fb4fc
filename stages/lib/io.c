/*
 * io: checked input and output.  zlib reads plain files and gzip alike.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "io.h"
#include "msg.h"

enum { CHUNK = 256 * 1024 };

struct in {
	gzFile gz;
	char *name;
	char *data;		/* CHUNK bytes, of which from..to are not yet taken */
	size_t from, to;
	const char *error;	/* owned */
	bool end;
};

struct out {
	int fd;
	char *name;
	struct buf b;
};

struct in *
in_open(const char *path)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	struct in *in;

	if (fd < 0)
		return NULL;
	in = mem_alloc(sizeof(*in));
	*in = (struct in){.gz = gzdopen(fd, "r")};
	if (in->gz == NULL)
		msg_die("out of memory (zlib)");
	gzbuffer(in->gz, CHUNK / 2);
	if (standard)
		path = "<stdin>";
	in->name = mem_dup(path, strlen(path));
	in->data = mem_alloc(CHUNK);
	return in;
}

/* Keeps what went wrong; zlib gives file errors as errno. */
static void
set_error(struct in *in)
{
	int code;
	const char *why = gzerror(in->gz, &code);

	if (code == Z_ERRNO)
		why = strerror(errno);
	else if (code == Z_BUF_ERROR)
		why = "gzip data ends too early";
	else if (strchr(why, ':') != NULL)
		why = strrchr(why, ':') + 2;
	in->error = mem_dup(why, strlen(why));
	in->end = true;
}

/* Reads at most n bytes to p past the buffer. */
static ssize_t
in_fill(struct in *in, void *p, size_t n)
{
	int got, code;

	if (in->end)
		return in->error != NULL ? -1 : 0;
	got = gzread(in->gz, p, (unsigned)(n < CHUNK ? n : CHUNK));
	if (got > 0)
		return got;
	gzerror(in->gz, &code);
	in->end = true;
	if (got == 0 && code == Z_OK)
		return 0;
	set_error(in);
	return -1;
}

ssize_t
in_read(struct in *in, void *p, size_t n)
{
	size_t have = in->to - in->from;

	if (have == 0)
		return in_fill(in, p, n);
	if (n > have)
		n = have;
	memcpy(p, in->data + in->from, n);
	in->from += n;
	return (ssize_t)n;
}

/* Refills an empty buffer. */
static int
in_more(struct in *in)
{
	ssize_t got = in_fill(in, in->data, CHUNK);

	in->from = 0;
	in->to = got > 0 ? (size_t)got : 0;
	return got < 0 ? -1 : got > 0;
}

int
in_line(struct in *in, struct buf *b, bool *ended)
{
	char *p, *lf;
	size_t n;
	int got;

	buf_clear(b);
	for (;;) {
		if (in->from == in->to) {
			got = in_more(in);
			if (ended != NULL)
				*ended = false;
			if (got <= 0)
				return got < 0 ? -1 : b->len > 0;
		}
		p = in->data + in->from;
		n = in->to - in->from;
		lf = memchr(p, '\n', n);
		if (lf != NULL)
			n = (size_t)(lf - p);
		buf_add(b, p, n);
		in->from += n;
		if (lf != NULL) {
			in->from++;
			if (ended != NULL)
				*ended = true;
			return 1;
		}
	}
}

int
in_all(struct in *in, struct buf *b)
{
	ssize_t got;

	do {
		buf_need(b, CHUNK);
		got = in_read(in, b->data + b->len, b->cap - b->len);
		if (got > 0)
			b->len += (size_t)got;
	} while (got > 0);
	return (int)got;
}

size_t
in_peek(struct in *in, const char **p, size_t n)
{
	ssize_t got = 1;

	if (n > CHUNK)
		n = CHUNK;
	if (in->to - in->from < n) {
		memmove(in->data, in->data + in->from, in->to - in->from);
		in->to -= in->from;
		in->from = 0;
		while (in->to < n && got > 0) {
			got = in_fill(in, in->data + in->to, CHUNK - in->to);
			if (got > 0)
				in->to += (size_t)got;
		}
	}
	*p = in->data + in->from;
	return in->to - in->from < n ? in->to - in->from : n;
}

const char *
in_error(const struct in *in)
{
	return in->error != NULL ? in->error : "no error";
}

const char *
in_name(const struct in *in)
{
	return in->name;
}

void
in_close(struct in *in)
{
	if (in == NULL)
		return;
	gzclose(in->gz);
	free((char *)in->error);
	free(in->name);
	free(in->data);
	free(in);
}

struct out *
out_open(int fd, const char *name)
{
	struct out *o = mem_alloc(sizeof(*o));

	*o = (struct out){.fd = fd, .name = mem_dup(name, strlen(name))};
	return o;
}

static void
write_all(struct out *o, const char *p, size_t n)
{
	ssize_t done;

	while (n > 0) {
		done = write(o->fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			msg_die("%s: cannot write: %s", o->name, strerror(errno));
		p += done;
		n -= (size_t)done;
	}
}

void
out_flush(struct out *o)
{
	write_all(o, o->b.data, o->b.len);
	buf_clear(&o->b);
}

void
out_add(struct out *o, const void *p, size_t n)
{
	if (o->b.len + n > CHUNK)
		out_flush(o);
	if (n >= CHUNK)
		write_all(o, p, n);
	else
		buf_add(&o->b, p, n);
}

struct buf *
out_buf(struct out *o)
{
	if (o->b.len > CHUNK)
		out_flush(o);
	return &o->b;
}

void
out_adds(struct out *o, const char *s)
{
	out_add(o, s, strlen(s));
}

void
out_addc(struct out *o, char c)
{
	out_add(o, &c, 1);
}

void
out_close(struct out *o)
{
	out_flush(o);
	if (close(o->fd) < 0)
		msg_die("%s: cannot write: %s", o->name, strerror(errno));
	buf_free(&o->b);
	free(o->name);
	free(o);
}
