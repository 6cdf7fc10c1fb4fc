/*
 * decode: bytes of any encoding in, damaged or mixed, plain or gzip; clean UTF-8 out, line for
 * line, plain or as a tagged stream.  Never joins or splits lines or words, never guesses lost
 * letters silently, never touches sound text.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "document.h"
#include "msg.h"
#include "stream.h"

static const char synopsis[] = "[-dhntTvV] [-e encoding] [-f list] [file ...]";

static struct settings set;
static bool verbose;
static const char *list;

/* The base name of path without .gz and .txt. */
static char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash != NULL ? slash + 1 : path;
	size_t n = strlen(base);

	if (strcmp(path, "-") == 0)
		return mem_dup("stdin", 5);
	if (n > 3 && strcmp(base + n - 3, ".gz") == 0)
		n -= 3;
	if (n > 4 && memcmp(base + n - 4, ".txt", 4) == 0)
		n -= 4;
	return mem_dup(base, n);
}

static void
run_operands(struct out *o, int n, char **path)
{
	for (int i = 0; i < n; i++) {
		char id[16];
		char *out = base_name(path[i]);

		snprintf(id, sizeof(id), "%d", i + 1);
		document_decode(&set, id, out, path[i], o);
		free(out);
	}
}

/* The next NUL-terminated string of in.  Returns false at the end. */
static bool
list_next(struct in *in, struct buf *b)
{
	ssize_t n;
	char c;

	buf_clear(b);
	while ((n = in_read(in, &c, 1)) > 0) {
		if (c == '\0')
			return true;
		buf_addc(b, c);
	}
	if (n < 0)
		msg_die("%s: cannot read: %s", in_name(in), in_error(in));
	return b->len > 0;
}

static void
run_list(struct out *o)
{
	struct in *in = in_open(list);
	struct buf f[3] = {{0}};

	if (in == NULL)
		msg_die("%s: cannot open: %s", list, strerror(errno));
	while (list_next(in, &f[0])) {
		if (!list_next(in, &f[1]) || !list_next(in, &f[2]))
			msg_die("%s: not three strings a document", in_name(in));
		document_decode(&set, buf_str(&f[0]), buf_str(&f[1]), buf_str(&f[2]), o);
		out_flush(o);
	}
	for (int i = 0; i < 3; i++)
		buf_free(&f[i]);
	in_close(in);
}

static void
options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "de:f:hntTvV")) != -1)
		switch (c) {
		case 'd':
			set.explain = true;
			break;
		case 'e':
			set.forced = optarg;
			break;
		case 'f':
			list = optarg;
			set.listed = true;
			break;
		case 'n':
			set.nothing = true;
			break;
		case 't':
			set.tagged = true;
			break;
		case 'T':
			set.plain = true;
			break;
		case 'v':
			verbose = true;
			break;
		case 'h':
			printf("usage: emend-decode %s\n", synopsis);
			exit(0);
		case 'V':
			printf("emend-decode %s\n", EMEND_VERSION);
			exit(0);
		default:
			msg_usage(synopsis);
		}
	if (set.forced != NULL && !encoding_named(set.forced, &set.encoding))
		msg_die("no encoding is known by the name %s", set.forced);
	if (list != NULL && (optind < argc || !set.tagged))
		msg_usage(synopsis);
}

int
main(int argc, char **argv)
{
	static char *standard[] = {"-"};
	struct out *o;

	msg_init("decode");
	options(argc, argv);
	o = out_open(STDOUT_FILENO, "<stdout>");
	if (set.tagged)
		stream_begin(o);
	if (list != NULL)
		run_list(o);
	else if (optind == argc)
		run_operands(o, 1, standard);
	else
		run_operands(o, argc - optind, argv + optind);
	out_close(o);
	return msg_end(verbose);
}
