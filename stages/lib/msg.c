/*
 * msg: messages on standard error, their counts, and the exit status.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"

enum { SHOWN = 5, KINDS = 64, LINE = 8192 };

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

/* A line in the making; what is too long is cut. */
struct line {
	char s[LINE];
	size_t n;
};

static void
line_addv(struct line *l, const char *fmt, va_list ap)
{
	size_t room = sizeof(l->s) - 1 - l->n;	/* one is for the LF */
	int n = vsnprintf(l->s + l->n, room, fmt, ap);

	if (n > 0)
		l->n += (size_t)n < room ? (size_t)n : room - 1;
}

__attribute__((format(printf, 2, 3))) static void
line_add(struct line *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line_addv(l, fmt, ap);
	va_end(ap);
}

/* Writes it in one piece, so that what the stages of a pipeline say does not mix. */
static void
line_end(struct line *l)
{
	l->s[l->n++] = '\n';
	fwrite(l->s, 1, l->n, stderr);
}

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
	struct line l = {.n = 0};
	size_t said;
	va_list ap;

	if (level == MSG_ERROR && status == 0)
		status = 1;
	if (++k->n > SHOWN)
		return;
	line_add(&l, "%s: ", stage);
	if (file != NULL)
		line_add(&l, "%s: ", file);
	if (line > 0)
		line_add(&l, "%zu: ", line);
	line_add(&l, "%s: %s", level_name[level], message);
	said = l.n;
	line_add(&l, ": ");
	va_start(ap, detail);
	line_addv(&l, detail, ap);
	va_end(ap);
	if (l.n == said + 2)
		l.n = said;	/* the detail is empty */
	line_end(&l);
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
	struct line l = {.n = 0};
	va_list ap;

	line_add(&l, "%s: error: ", stage);
	va_start(ap, fmt);
	line_addv(&l, fmt, ap);
	va_end(ap);
	line_end(&l);
	_exit(2);
}

void
msg_usage(const char *synopsis)
{
	fprintf(stderr, "usage: emend-%s %s\n", stage, synopsis);
	_exit(2);
}
