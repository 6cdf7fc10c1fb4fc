/*
 * stage: the frame of a stage.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "stage.h"

static const char common[] = "c:dhTtVv";
/* Options that name files, which differ from run to run, or say nothing of the result. */
static const char unsaid[] = "cdmtTvw";

/* The value of the M record: name, version and the options that bear on the result. */
static void
add_said(struct buf *said, int letter, const char *arg)
{
	if (strchr(unsaid, letter) != NULL)
		return;
	buf_addf(said, " -%c", letter);
	if (arg != NULL)
		buf_addf(said, " %s", arg);
}

static void
options(const struct stage *s, int argc, char **argv, struct stage_options *o, struct buf *said)
{
	char letters[64];
	int c;

	snprintf(letters, sizeof(letters), "%s%s", common, s->letters);
	while ((c = getopt(argc, argv, letters)) != -1) {
		switch (c) {
		case 'c':
			o->conf = optarg;
			break;
		case 'd':
			o->explain = true;
			break;
		case 'T':
			o->plain = true;
			break;
		case 't':
			o->tagged = true;
			break;
		case 'v':
			o->verbose = true;
			break;
		case 'h':
			printf("usage: emend-%s %s\n", s->name, s->synopsis);
			exit(0);
		case 'V':
			printf("emend-%s %s\n", s->name, EMEND_VERSION);
			exit(0);
		default:
			if (c == '?' || s->option == NULL)
				msg_usage(s->synopsis);
			if (!s->option(c, optarg))
				msg_die("-%c cannot be %s", c, optarg != NULL ? optarg : "used here");
		}
		add_said(said, c, strchr(letters, c)[1] == ':' ? optarg : NULL);
	}
}

/* Makes the plain text d a tagged document of its own. */
static void
tag(struct doc *d, const char *name)
{
	rec_set(doc_insert(d, 0, 'D', "1", NULL), "src", name);
	d->tagged = true;
}

static void
run_file(const struct stage *s, const char *name, struct out *out, const struct stage_options *o,
    const char *said, bool *begun)
{
	struct in *in = in_open(name);
	struct stream *st;
	struct doc d = {0};

	if (in == NULL) {
		msg(MSG_ERROR, name, 0, "cannot open", "%s", strerror(errno));
		return;
	}
	st = stream_open(in, o->plain);
	while (stream_read(st, &d) == 1) {
		if (!d.tagged && o->tagged)
			tag(&d, name);
		if (!d.failed)
			s->document(&d, o);
		if (d.tagged && !d.failed)
			doc_meta(&d, "stage", said, POST_NONE, s->name);
		if (d.tagged && !*begun)
			stream_begin(out);
		*begun = true;
		if (d.tagged || s->print == NULL)
			doc_write(out, &d);
		else
			s->print(out, &d);
	}
	if (stream_tagged(st) && !*begun)
		stream_begin(out);
	*begun = true;
	doc_free(&d);
	stream_close(st);
}

int
stage_run(const struct stage *s, int argc, char **argv)
{
	struct stage_options o = {0};
	struct buf said = {0};
	struct out *out;
	bool begun = false;

	msg_init(s->name);
	buf_addf(&said, "%s %s", s->name, EMEND_VERSION);
	options(s, argc, argv, &o, &said);
	if (s->begin != NULL)
		s->begin(&o);
	out = out_open(STDOUT_FILENO, "<stdout>");
	if (optind == argc)
		run_file(s, "-", out, &o, buf_str(&said), &begun);
	for (; optind < argc; optind++)
		run_file(s, argv[optind], out, &o, buf_str(&said), &begun);
	out_close(out);
	buf_free(&said);
	return msg_end(o.verbose);
}
