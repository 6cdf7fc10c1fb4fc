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

#include <nettle/sha2.h>

#include "clean.h"
#include "convert.h"
#include "detect.h"
#include "io.h"
#include "line.h"
#include "mend.h"
#include "msg.h"
#include "source.h"
#include "stream.h"
#include "tally.h"
#include "utf8.h"

static const char synopsis[] = "[-hntTvV] [-d] [-e encoding] [-f list] [file ...]";

static struct {
	bool tagged, plain, nothing, verbose, explain;
	const char *encoding, *list;
	struct encoding forced;
} opt;

/* A document on its way through. */
struct job {
	const char *id, *out, *src;
	struct out *to;
	struct encoding encoding;
	size_t line, records; /* written so far; records for the E */
	struct tally tally;
	struct mender *mender;
	struct sha256_ctx reduced;
	struct line current, spare;
};

/* Writes a record of these fields, escaped; the last argument is NULL. */
static void
put_record(struct job *j, char tag, const char *const *field)
{
	struct buf b = {0};

	buf_addc(&b, tag);
	for (; *field != NULL; field++) {
		buf_addc(&b, '\t');
		field_escape(&b, *field);
	}
	buf_addc(&b, '\n');
	out_add(j->to, b.data, b.len);
	buf_free(&b);
	j->records++;
}

static void
put_meta(struct job *j, const char *key, const char *value, const char *post)
{
	put_record(j, 'M', (const char *const[]){key, value, post, "decode", NULL});
}

static void
put_number(struct job *j, const char *key, const char *name, size_t n)
{
	struct buf b = {0};

	buf_addf(&b, "%s%s%zu", name, *name != '\0' ? " " : "", n);
	put_meta(j, key, buf_str(&b), "");
	buf_free(&b);
}

/* Writes one note; off, len, what kind of note it is. */
static void
put_note(struct job *j, size_t off, size_t len, const char *kind, const char *type,
    const char *value, int post)
{
	struct buf b = {0};

	buf_addf(&b, "N\t%zu\t%zu\t%s\t%s\t", off, len, kind, type);
	field_escape(&b, value);
	if (post >= 0)
		buf_addf(&b, "\t%d.%02d\tdecode\t\n", post / 100, post % 100);
	else
		buf_adds(&b, "\t\tdecode\t\n");
	out_add(j->to, b.data, b.len);
	buf_free(&b);
	j->records++;
}

static void
put_notes(struct job *j, const struct line *l)
{
	bool formfeed = l->nformfeed > 0;
	struct buf src = {0};

	for (size_t i = 0; i < l->n; i++) {
		const struct change *c = &l->change[i];

		if (formfeed && l->formfeed <= c->off) {
			put_note(j, l->formfeed, 0, "ff", "", "", -1);
			formfeed = false;
		}
		buf_clear(&src);
		buf_add(&src, l->source.data + c->src, c->nsrc);
		put_note(j, c->off, c->len, "corr", "encoding", buf_str(&src), c->post);
	}
	if (formfeed)
		put_note(j, l->formfeed, 0, "ff", "", "", -1);
	buf_free(&src);
}

/* Adds what of s[0..n) is not white space to the reduced sum. */
static void
add_reduced(struct job *j, const char *s, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t k = utf8_get(s + i, n - i, &cp);

		if (uc_space(cp)) {
			sha256_update(&j->reduced, i - from, (const uint8_t *)s + from);
			from = i + k;
		}
		i += k;
	}
	sha256_update(&j->reduced, n - from, (const uint8_t *)s + from);
}

static void
put_tagged(struct job *j, const char *s, size_t n)
{
	out_add(j->to, "T\t", 2);
	out_add(j->to, s, n);
	out_addc(j->to, '\n');
	j->records++;
	add_reduced(j, s, n);
}

/* Cleans and writes the line s[0..n); ended: a line end follows it in the source. */
static void
put_line(struct job *j, const char *s, size_t n, bool ended)
{
	struct line *l = &j->current;

	line_clear(l);
	l->noted = opt.tagged;
	buf_add(&l->s, s, n);
	if (!opt.nothing && mend_span(s, n) < n)
		mend_line(j->mender, l, &j->spare, &j->tally);
	clean_line(l, &j->spare, &j->tally, !opt.tagged);
	if (opt.tagged) {
		put_tagged(j, l->s.data, l->s.len);
		put_notes(j, l);
	} else {
		out_add(j->to, l->s.data, l->s.len);
		if (ended)
			out_addc(j->to, '\n');
	}
}

/* The end of the line at s: at its LF, CR or CRLF, or n; *next is where the next line starts. */
static size_t
line_end(const char *s, size_t n, size_t *next, struct tally *t)
{
	const char *lf = memchr(s, '\n', n);
	size_t end = lf != NULL ? (size_t)(lf - s) : n;
	const char *cr = memchr(s, '\r', end);

	if (cr != NULL) {
		end = (size_t)(cr - s);
		t->n[TALLY_CR]++;
		*next = end + 1 + (end + 1 < n && s[end + 1] == '\n');
		return end;
	}
	*next = end + (end < n);
	return end;
}

static void
put_text(struct job *j, const char *s, size_t n)
{
	while (n > 0) {
		size_t next, end = line_end(s, n, &next, &j->tally);

		j->line++;
		if (opt.tagged && clean_span(s, end) == end && (opt.nothing || mend_span(s, end) == end))
			put_tagged(j, s, end);
		else
			put_line(j, s, end, next > end);
		s += next;
		n -= next;
	}
}

static void
put_window(struct job *j, const struct buf *raw, bool first)
{
	struct buf text = {0};
	size_t skip = 0;

	if (first) {
		j->encoding = opt.encoding != NULL ? opt.forced : detect(raw->data, raw->len, opt.explain);
		skip = j->encoding.bom;
	}
	convert(&j->encoding, raw->data + skip, raw->len - skip, &text, &j->tally);
	mender_expect(j->mender, text.data, text.len);
	put_text(j, text.data, text.len);
	buf_free(&text);
}

static void
put_sums(struct job *j, struct source *s)
{
	char hex[65];

	put_number(j, "bytes", "", source_bytes(s));
	source_sha256(s, hex);
	put_meta(j, "sha256", hex, "");
}

static void
put_end(struct job *j)
{
	unsigned char sum[SHA256_DIGEST_SIZE];
	char hex[65];
	struct buf b = {0};

	buf_addf(&b, "%d.%02d", j->encoding.post / 100, j->encoding.post % 100);
	put_meta(j, "encoding", j->encoding.name, buf_str(&b));
	buf_clear(&b);
	put_number(j, "lines", "", j->line);
	sha256_digest(&j->reduced, sizeof(sum), sum);
	for (size_t i = 0; i < sizeof(sum); i++)
		snprintf(hex + 2 * i, 3, "%02x", sum[i]);
	put_meta(j, "sha256-reduced", hex, "");
	for (int k = 0; k < TALLY_KINDS; k++)
		if (j->tally.n[k] > 0)
			put_number(j, "count", tally_name(k), j->tally.n[k]);
	buf_addf(&b, "decode %s%s%s%s%s", EMEND_VERSION, opt.tagged ? " -t" : "",
	    opt.nothing ? " -n" : "", opt.encoding != NULL ? " -e " : "",
	    opt.encoding != NULL ? opt.encoding : "");
	put_meta(j, "stage", buf_str(&b), "");
	buf_free(&b);
}

/* Reports that the document failed, in the stream too. */
static void
job_fail(struct job *j, const char *reason, const char *detail)
{
	struct buf b = {0};

	msg(MSG_ERROR, j->src, 0, reason, "%s", detail);
	buf_addf(&b, "%s: %s", reason, detail);
	if (opt.tagged)
		put_record(j, 'X', (const char *const[]){"decode", buf_str(&b), NULL});
	buf_free(&b);
}

/* Is this a tagged stream already? */
static bool
tagged_already(const struct buf *raw)
{
	return !opt.plain && opt.list == NULL && raw->len >= 7 &&
	       memcmp(raw->data, "#emend ", 7) == 0;
}

/* The windows of a source, one after the other.  Returns false where the document failed. */
static bool
job_windows(struct job *j, struct source *s)
{
	struct buf raw = {0};
	bool first = true, sums = false, as_is = false;
	int got;

	while ((got = source_window(s, &raw)) > 0) {
		if (first) {
			const char *binary =
			    opt.encoding != NULL ? NULL : detect_binary(raw.data, raw.len);

			if (binary != NULL) {
				job_fail(j, "binary, not text", binary);
				buf_free(&raw);
				return false;
			}
			as_is = !opt.tagged && tagged_already(&raw);
			sums = opt.tagged && source_ended(s);
			if (sums)
				put_sums(j, s);
		}
		if (as_is)
			out_add(j->to, raw.data, raw.len);
		else
			put_window(j, &raw, first);
		first = false;
	}
	buf_free(&raw);
	if (got < 0) {
		job_fail(j, "cannot read", source_error(s));
		return false;
	}
	if (opt.tagged && !sums)
		put_sums(j, s);
	return true;
}

static void
job_run(struct job *j)
{
	struct source *s = source_open(j->src, opt.tagged);
	struct buf out = {0}, src = {0};

	j->encoding = (struct encoding){ENC_ASCII, NULL, "us-ascii", 99, 0};
	sha256_init(&j->reduced);
	j->mender = mender_open(opt.explain);
	if (opt.tagged) {
		buf_addf(&out, "out=%s", j->out);
		buf_addf(&src, "src=%s", j->src);
		put_record(
		    j, 'D', (const char *const[]){j->id, buf_str(&src), buf_str(&out), NULL});
	}
	if (s == NULL)
		job_fail(j, "cannot open", strerror(errno));
	else if (job_windows(j, s) && opt.tagged)
		put_end(j);
	if (s != NULL)
		source_close(s);
	if (opt.tagged) {
		char e[32];

		snprintf(e, sizeof(e), "E\t%zu\n", j->records);
		out_adds(j->to, e);
	}
	for (int k = 0; k < TALLY_KINDS; k++)
		if (j->tally.n[k] > 0)
			msg_count(tally_name(k), j->tally.n[k]);
	mender_close(j->mender);
	line_free(&j->current);
	line_free(&j->spare);
	buf_free(&out);
	buf_free(&src);
}

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
		job_run(&(struct job){.id = id, .out = out, .src = path[i], .to = o});
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
run_list(struct out *o, const char *list)
{
	struct in *in = in_open(list);
	struct buf f[3] = {{0}};

	if (in == NULL)
		msg_die("%s: cannot open: %s", list, strerror(errno));
	while (list_next(in, &f[0])) {
		if (!list_next(in, &f[1]) || !list_next(in, &f[2]))
			msg_die("%s: not three strings a document", in_name(in));
		job_run(&(struct job){
		    .id = buf_str(&f[0]), .out = buf_str(&f[1]), .src = buf_str(&f[2]), .to = o});
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
			opt.explain = true;
			break;
		case 'e':
			opt.encoding = optarg;
			break;
		case 'f':
			opt.list = optarg;
			break;
		case 'n':
			opt.nothing = true;
			break;
		case 't':
			opt.tagged = true;
			break;
		case 'T':
			opt.plain = true;
			break;
		case 'v':
			opt.verbose = true;
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
	if (opt.encoding != NULL && !encoding_named(opt.encoding, &opt.forced))
		msg_die("no encoding is known by the name %s", opt.encoding);
	if (opt.list != NULL && (optind < argc || !opt.tagged))
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
	if (opt.tagged)
		stream_begin(o);
	if (opt.list != NULL)
		run_list(o, opt.list);
	else if (optind == argc)
		run_operands(o, 1, standard);
	else
		run_operands(o, argc - optind, argv + optind);
	out_close(o);
	return msg_end(opt.verbose);
}
