/*
 * head: what the files that write the header share.
 */
#ifndef TOTEI_HEAD_H
#define TOTEI_HEAD_H

#include "totei.h"

/* A stage that worked on the document. */
struct stage {
	char *name, *version, *options;
	int rank;	/* its place in the pipeline */
};

/* All of them, the order of the pipeline. */
struct stages {
	struct stage *s;
	size_t n, cap;
};

/* The name of the source without its folders, which differ from run to run. */
const char *src_name(const struct doc *d);
void file_desc_write(const struct head *h);
void encoding_desc_write(const struct head *h, const struct stages *v);

#endif
