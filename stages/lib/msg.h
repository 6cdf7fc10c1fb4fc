/*
 * msg: what a stage has to say, on standard error, as
 *	stage: file:line: level: message: detail
 * and the exit status, which only rises: 0 all passed on, 1 some input could not be handled,
 * 2 usage, or nothing can be trusted.
 */
#ifndef EMEND_MSG_H
#define EMEND_MSG_H

#include <stdbool.h>
#include <stddef.h>

enum msg_level { MSG_NOTE, MSG_WARNING, MSG_ERROR };

/* Names the program; first of all calls. */
void msg_init(const char *stage);
/*
 * Reports message, a constant string, with a detail that may be empty.  file may be NULL, line 0.
 * Of one message the first five are shown, the rest only counted.  An error raises the status to 1.
 */
void msg(enum msg_level level, const char *file, size_t line, const char *message,
    const char *detail, ...) __attribute__((format(printf, 5, 6)));
/* Adds n to a named count, for -v; name is a constant string. */
void msg_count(const char *name, size_t n);
/* Prints what was left unshown; with verbose, the counts too.  Returns the exit status. */
int msg_end(bool verbose);
/* Says why and ends the program with status 2. */
_Noreturn void msg_die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Prints "usage: emend-stage" and synopsis, ends with status 2. */
_Noreturn void msg_usage(const char *synopsis);

#endif
