/*
 * xml: XML written through libxml2's writer into a buffer of our own.  The writer checks no
 * characters and escapes more than it must, so both are done here: what XML forbids is an error
 * that the caller asks for at the end, and nothing else can go wrong but memory.
 */
#ifndef TOTEI_XML_H
#define TOTEI_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

struct xml;

struct xml *xml_new(void);
void xml_free(struct xml *x);
/* Empties x for the next document. */
void xml_clear(struct xml *x);

/* name is a constant string in all of these. */
void xml_start(struct xml *x, const char *name);
void xml_end(struct xml *x);
/* Ends an element whose content stands on lines of its own. */
void xml_close(struct xml *x);
/* An attribute of the element just started; NULL writes none. */
void xml_attr(struct xml *x, const char *name, const char *value);
void xml_attrf(struct xml *x, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void xml_text(struct xml *x, const char *s, size_t n);
void xml_texts(struct xml *x, const char *s);
void xml_textf(struct xml *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A whole element with text on a line of its own. */
void xml_element(struct xml *x, const char *name, const char *text);
/* A new line, indented as deep as elements are open (and base, of xml_base, more). */
void xml_line(struct xml *x);
void xml_base(struct xml *x, size_t base);
/* Bytes as they are: markup made by another xml. */
void xml_raw(struct xml *x, const char *s, size_t n);

/* What was written so far; every element must be ended.  Valid until x changes. */
const struct buf *xml_bytes(struct xml *x);
/* Moves what was written into b, an empty buffer. */
void xml_take(struct xml *x, struct buf *b);
/* What was wrong with the text, or NULL. */
const char *xml_error(const struct xml *x);
/* Whether elements from here on are left out of the count. */
void xml_uncounted(struct xml *x, bool uncounted);
/* The elements written, in order of name: *name and the count of the i-th; 0 behind the last. */
size_t xml_usage(struct xml *x, size_t i, const char **name);

#endif
