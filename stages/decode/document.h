/*
 * document: a source made clean text, from its bytes to what is written.
 */
#ifndef EMEND_DOCUMENT_H
#define EMEND_DOCUMENT_H

#include <stdbool.h>

#include "detect.h"
#include "io.h"

struct settings {
	bool tagged; /* write a tagged stream */
	bool plain; /* the input is text even if it looks like a tagged stream */
	bool listed; /* the input is named by a list: it is text */
	bool nothing; /* repair nothing */
	bool explain;
	const char *forced; /* the encoding's name as it was given, NULL where none was */
	struct encoding encoding; /* and the encoding */
};

/*
 * Reads the source src and writes it to o.  What cannot be read is reported, and in a tagged stream
 * marked; the exit status tells.
 */
void document_decode(
    const struct settings *set, const char *id, const char *out, const char *src, struct out *o);

#endif
