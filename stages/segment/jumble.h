/*
 * jumble: how the words of a line weigh for specks or for text.
 */
#ifndef JUMBLE_H
#define JUMBLE_H

#include "segment.h"

/* What is asked: the document and the languages it is in. */
struct asker {
	const struct seg *s;
	bool in[LANGS];
	bool misread; /* many words of its language are not known */
};

/* What the words of a line say together. */
struct verdict {
	unsigned words; /* with a letter or figure */
	unsigned strange; /* that can be none */
	unsigned parts; /* words and signs */
	unsigned longest; /* letters of a word */
	int points;
	bool text; /* one is surely a word */
};

/* Which languages the document is in; false where no dictionary knows enough of its words. */
bool languages_find(struct asker *q);
/* What the words of line i say together. */
struct verdict line_ask(const struct asker *q, size_t i);

#endif
