/*
 * guess: the languages of the paragraphs of a plain text.
 */
#ifndef DEOCR_GUESS_H
#define DEOCR_GUESS_H

#include "plain.h"

/*
 * Sets the language of each paragraph to the tag it is likeliest in; of one that leaves doubt, to
 * that of the whole text; NULL where the text has no word.  Tags last as long as the program.
 */
void guess_languages(struct paragraphs *p);

#endif
