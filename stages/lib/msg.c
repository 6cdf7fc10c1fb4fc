/*
 * msg: messages on standard error, their counts, and the exit status.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"

enum { SHOWN = 5, KINDS = 64 };

struct kind {
	const char *name;
	size_t n;
	bool message;	/* a message, of which only SHOWN were shown; else a plain count */
};

static const char *const level_name[] = {"note", "warning", "error"};
static const char *stage = "emend";
static struct kind kinds[KINDS];
static size_t nkind;
static int status;

void
msg_init(const char *name)
{
	stage = name;
}

/* The counter of that name; the last one serves for all where the room is used up. */
static struct kind *
kind_of(const char *name, bool message)
{
	for (size_t i = 0; i < nkind; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	if (nkind == KINDS)
		return &kinds[KINDS - 1];
	kinds[nkind] = (struct kind){name, 0, message};
	return &kinds[nkind++];
}

void
msg(enum msg_level level, const char *file, size_t line, const char *message, const char *detail,
    ...)
{
	struct kind *k = kind_of(message, true);
	char text[1024] = "";
	va_list ap;

	if (level == MSG_ERROR && status == 0)
		status = 1;
	if (++k->n > SHOWN)
		return;
	flockfile(stderr);
	fprintf(stderr, "%s: ", stage);
	if (file != NULL)
		fprintf(stderr, "%s: ", file);
	if (line > 0)
		fprintf(stderr, "%zu: ", line);
	fprintf(stderr, "%s: %s", level_name[level], message);
	va_start(ap, detail);
	vsnprintf(text, sizeof(text), detail, ap);
	va_end(ap);
	fprintf(stderr, "%s%s\n", *text != '\0' ? ": " : "", text);
	funlockfile(stderr);
}

void
msg_count(const char *name, size_t n)
{
	kind_of(name, false)->n += n;
}

int
msg_end(bool verbose)
{
	for (size_t i = 0; i < nkind; i++) {
		const struct kind *k = &kinds[i];

		if (k->message && k->n > SHOWN)
			fprintf(stderr, "%s: %s: %zu times in all\n", stage, k->name, k->n);
		else if (!k->message && verbose)
			fprintf(stderr, "%s: %s: %zu\n", stage, k->name, k->n);
	}
	return status;
}

void
msg_die(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s: error: ", stage);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	_exit(2);
}

void
msg_usage(const char *synopsis)
{
	fprintf(stderr, "usage: emend-%s %s\n", stage, synopsis);
	_exit(2);
}
