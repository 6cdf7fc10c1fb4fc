/*
 * totei: blocks and notes in, valid TEI P5 out, as a file each (-o) or on standard output.  It
 * never writes a file that is not whole, valid, and proved to hold the whole text of its source.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "totei.h"

static const char synopsis[] = "[-hOTvVz] [-c conf] [-E] [-m table] [-M found] [-o dir] [file ...]";

static struct {
	const char *conf, *dir, *table, *found;
	bool keep, plain, verbose, gzip, encoding_notes;
	struct buf given;	/* as said in the header: without paths */
} opt;

/* What lasts as long as the program. */
struct job {
	struct settings set;
	struct metadata *meta;
	struct checker *checker;
	struct maker maker;
	struct out *out;
	int found;	/* descriptor of -M, or -1 */
	size_t written;	/* documents on standard output */
	bool failed;	/* a document did */
	bool lost;	/* a write did */
};

/* The folder, the path in the stream, what the file adds to it and the ending; b is cleared. */
static const char *
output_path(const struct doc *d, const char *suffix, struct buf *b)
{
	const char *out = d->n > 0 ? rec_get(&d->rec[0], "out") : NULL;

	buf_clear(b);
	buf_addf(b, "%s/%s%s%s", opt.dir, out != NULL ? out : "", suffix,
	    opt.gzip ? ".xml.gz" : ".xml");
	return buf_str(b);
}

/* Appends what the stages found to -M, in one write. */
static void
write_found(struct job *j, const struct doc *d)
{
	struct buf b = {0};

	if (j->found < 0)
		return;
	metadata_found(d, &b);
	if (b.len > 0 && write(j->found, b.data, b.len) != (ssize_t)b.len) {
		msg(MSG_ERROR, opt.found, 0, "cannot write", "%s", strerror(errno));
		j->lost = true;
	}
	buf_free(&b);
}

/* Whether a write failed because of this document's path, and not for all that are to come. */
static bool
path_at_fault(int error)
{
	return error == ENAMETOOLONG || error == EISDIR || error == ENOTDIR || error == EEXIST ||
	    error == ENOTEMPTY || error == ELOOP;
}

/* Writes all files of e below the folder, or none. */
static void
save_all(struct job *j, const struct doc *d, struct edition *e)
{
	struct buf path = {0};
	size_t i = 0;

	while (i < e->n && save(output_path(d, e->file[i].suffix, &path),
	    e->n == 1 ? &e->whole : &e->file[i].bytes, opt.gzip) == 0)
		i++;
	if (i < e->n) {
		e->error = strerror(errno);
		j->lost |= !path_at_fault(errno);
		while (i > 0)
			unlink(output_path(d, e->file[--i].suffix, &path));
	}
	buf_free(&path);
}

/* Gives the TEI out; what goes wrong is e's error. */
static void
give_out(struct job *j, const struct doc *d, struct edition *e)
{
	const char *out = rec_get(&d->rec[0], "out");

	if (opt.dir == NULL && j->written++ > 0)
		e->error = "several documents on standard output: use -o";
	else if (opt.dir == NULL && e->n > 1)
		e->error = "a file a statement: use -o";
	else if (opt.dir == NULL)
		out_add(j->out, e->whole.data, e->whole.len);
	else if (out == NULL || !path_sound(out))
		e->error = "its output path is empty, absolute or leads out of the folder";
	else
		save_all(j, d, e);
}

/* Why a document failed before it came here. */
static const char *
failure(const struct doc *d, struct buf *b)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->rec[i].tag == 'X') {
			buf_clear(b);
			buf_addf(b, "%s: %s", d->rec[i].nfield > 0 ? d->rec[i].field[0] : "?",
			    d->rec[i].nfield > 1 ? d->rec[i].field[1] : "");
			return buf_str(b);
		}
	return "failed";
}

/* One line on standard output: id, status, path, words, corrections, reason. */
static void
acknowledge(struct job *j, const struct doc *d, const struct edition *e)
{
	struct buf b = {0}, path = {0};

	if (d->n > 0 && d->rec[0].nfield > 0)
		field_escape(&b, d->rec[0].field[0]);
	buf_addf(&b, "\t%s\t", e->error != NULL ? "failed" : "done");
	field_escape(&b, output_path(d, "", &path));
	buf_addf(&b, "\t%zu\t%zu", e->error != NULL ? 0 : e->sums.words,
	    e->error != NULL ? 0 : e->sums.corr);
	if (e->error != NULL) {
		buf_addc(&b, '\t');
		field_escape(&b, e->error);
	}
	buf_addc(&b, '\n');
	out_add(j->out, b.data, b.len);
	out_flush(j->out);
	buf_free(&b);
	buf_free(&path);
}

/* Makes the TEI of d, checks it and gives it out. */
static void
edit(struct job *j, struct doc *d, struct edition *e)
{
	const char *sha256 = doc_get(d, "sha256-reduced");
	struct tree t = {0};

	if (sha256 == NULL)
		msg(MSG_WARNING, rec_get(&d->rec[0], "src"), 0, "no sha256-reduced in the stream",
		    "the source reading is not compared");
	plain_blocks(d);
	tree_make(&t, d, opt.keep);
	edition_make(e, &j->maker, d, &t);
	if (e->error == NULL)
		e->error = checker_run(j->checker, &e->whole, sha256);
	if (e->error == NULL)
		give_out(j, d, e);
	if (e->error == NULL)
		write_found(j, d);
	tree_free(&t);
}

static void
work(struct job *j, struct doc *d, const char *name)
{
	const char *src = d->n > 0 && d->rec[0].tag == 'D' ? rec_get(&d->rec[0], "src") : NULL;
	struct edition e = {0};
	struct buf why = {0};

	if (!d->failed && !d->tagged)
		plain_wrap(d, name);
	if (d->failed)
		e.error = failure(d, &why);
	else
		edit(j, d, &e);
	j->failed |= e.error != NULL;
	/* With -o the acknowledgement says it. */
	if (opt.dir != NULL)
		acknowledge(j, d, &e);
	else if (e.error != NULL)
		msg(MSG_ERROR, src != NULL ? src : name, 0, "not written", "%s", e.error);
	msg_count("documents", e.error == NULL);
	msg_count("words", e.sums.words);
	msg_count("corrections", e.sums.corr);
	edition_free(&e);
	buf_free(&why);
}

static void
work_file(struct job *j, const char *path)
{
	struct in *in = in_open(path);
	struct doc d = {0};
	struct stream *s;
	char *name;

	if (in == NULL) {
		msg(MSG_ERROR, path, 0, "cannot read", "%s", strerror(errno));
		return;
	}
	name = mem_dup(in_name(in), strlen(in_name(in)));
	s = stream_open(in, opt.plain);
	while (stream_read(s, &d) > 0) {
		if (!d.tagged && strcmp(in_error(in), "no error") != 0)
			doc_fail(&d, "stream", in_error(in));
		if (d.tagged || opt.dir == NULL)
			work(j, &d, name);
		else if (d.n > 0)
			msg(MSG_ERROR, name, 0, "plain text names no file to write",
			    "leave out -o, or begin with emend-decode -t");
	}
	stream_close(s);
	doc_free(&d);
	free(name);
}

static void
open_found(struct job *j)
{
	off_t end;

	j->found = -1;
	if (opt.found == NULL)
		return;
	j->found = open(opt.found, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (j->found < 0 || (end = lseek(j->found, 0, SEEK_END)) < 0)
		msg_die("%s: %s", opt.found, strerror(errno));
	if (end == 0 && write(j->found, metadata_head(), strlen(metadata_head())) < 0)
		msg_die("%s: cannot write: %s", opt.found, strerror(errno));
}

static void
job_open(struct job *j)
{
	if (opt.conf != NULL)
		settings_read(&j->set, opt.conf);
	if (opt.table != NULL)
		j->meta = metadata_read(opt.table);
	if (!settings_ready(&j->set))
		msg(MSG_NOTE, opt.conf, 0, "no publisher and availability under [archive]",
		    "the files are not ready to be deposited");
	open_found(j);
	j->checker = checker_open();
	j->maker = (struct maker){xml_new(), xml_new(), &j->set, j->meta, buf_str(&opt.given),
	    opt.keep, opt.encoding_notes, opt.gzip};
	j->out = out_open(STDOUT_FILENO, "<stdout>");
}

static void
job_close(struct job *j)
{
	out_close(j->out);
	if (j->found >= 0 && close(j->found) < 0)
		msg_die("%s: cannot write: %s", opt.found, strerror(errno));
	xml_free(j->maker.head);
	xml_free(j->maker.text);
	checker_close(j->checker);
	metadata_free(j->meta);
	settings_free(&j->set);
	buf_free(&opt.given);
}

static void
options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "c:EhM:m:Oo:TvVz")) != -1) {
		if (strchr("EO", c) != NULL)
			buf_addf(&opt.given, "%s-%c", opt.given.len > 0 ? " " : "", c);
		switch (c) {
		case 'c':
			opt.conf = optarg;
			break;
		case 'E':
			opt.encoding_notes = true;
			break;
		case 'h':
			printf("usage: emend-totei %s\n", synopsis);
			exit(0);
		case 'M':
			opt.found = optarg;
			break;
		case 'm':
			opt.table = optarg;
			break;
		case 'O':
			opt.keep = true;
			break;
		case 'o':
			opt.dir = optarg;
			break;
		case 'T':
			opt.plain = true;
			break;
		case 'v':
			opt.verbose = true;
			break;
		case 'V':
			puts("emend-totei " EMEND_VERSION);
			exit(0);
		case 'z':
			opt.gzip = true;
			break;
		default:
			msg_usage(synopsis);
		}
	}
}

int
main(int argc, char **argv)
{
	struct job j = {0};
	int status;

	msg_init("totei");
	options(argc, argv);
	job_open(&j);
	if (optind == argc)
		work_file(&j, "-");
	for (; optind < argc; optind++)
		work_file(&j, argv[optind]);
	status = msg_end(opt.verbose);
	job_close(&j);
	return j.lost ? 2 : j.failed && status == 0 ? 1 : status;
}
