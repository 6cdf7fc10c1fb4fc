/*
 * statement: what a statement begins with, as statement.c and type.c share it.
 */
#ifndef STATEMENT_H
#define STATEMENT_H

#include "segment.h"

/* What the head of a statement shows before its first prose. */
struct head {
	unsigned letter, salutes;
	unsigned lead; /* blocks before the first that shows anything */
	bool title, organ, date, speaker, annex, any;
	bool dated; /* salutations behind a date: as letters begin */
	bool address; /* begins as a salutation does, but another head follows: an addressee */
};

/* Reads what stands from block i of seg.order on. */
struct head opening_read(const struct seg *s, size_t i);
/* type.c */
void type_find(const struct seg *s, struct statement *t);

#endif
