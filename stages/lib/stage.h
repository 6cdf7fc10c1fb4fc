/*
 * stage: what every stage that reads documents and passes them on does around its work: options,
 * operands, streams in and out, plain or tagged, failed documents passed through, the M record
 * that says which stage this was, messages and the exit status.
 */
#ifndef EMEND_STAGE_H
#define EMEND_STAGE_H

#include "stream.h"

/* The options every stage has: -c CONF, -d, -h, -T, -t, -V, -v. */
struct stage_options {
	const char *conf;	/* the settings file, or NULL */
	bool explain;		/* -d */
	bool plain;		/* -T */
	bool tagged;		/* -t */
	bool verbose;		/* -v */
};

struct stage {
	const char *name;	/* "deocr" for emend-deocr */
	const char *synopsis;
	const char *letters;	/* getopt letters of its own: "l:p:", or "" */
	/* Takes one of them; returns false where arg cannot be used.  NULL where letters is "". */
	bool (*option)(int letter, const char *arg);
	/* Once, after the options; NULL where there is nothing to prepare. */
	void (*begin)(const struct stage_options *o);
	/* Works on a document that has not failed. */
	void (*document)(struct doc *d, const struct stage_options *o);
	/* Writes what is not tagged; NULL for doc_write. */
	void (*print)(struct out *out, struct doc *d);
};

/* Runs the stage as its main function does; returns the exit status. */
int stage_run(const struct stage *s, int argc, char **argv);

#endif
