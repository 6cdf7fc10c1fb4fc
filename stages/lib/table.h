/*
 * table: the text tables of dict/ and the settings of pipeline.conf.  A table has one fact a
 * line, fields between TABs; # at the start or behind white space begins a comment; a setting is
 * key = value under a [section].
 * A line that cannot be used is reported with the table's file and line, and left out.
 */
#ifndef EMEND_TABLE_H
#define EMEND_TABLE_H

#include <stddef.h>

/* Called for each fact: file and line are for messages, field[0..n) are valid during the call. */
typedef void table_fn(void *ctx, const char *file, size_t line, char **field, size_t n);

/*
 * The full path of a file below dict/: $EMEND_DICT, else dict/ beside the folder the running
 * program lies in, else PREFIX/share/emend.  The caller frees it.
 */
char *dict_path(const char *name);
/* Reads the table at path.  Returns 0, or -1 with errno set when it cannot be opened. */
int table_read(const char *path, table_fn *fn, void *ctx);
/*
 * Reads the settings of one section of the file at path; fn gets field[0] the key, field[1] the
 * value.  Returns 0, or -1 with errno set.
 */
int conf_read(const char *path, const char *section, table_fn *fn, void *ctx);

/*
 * Maps the file at path for reading, *n its length in bytes; NULL with errno set.  The mapping
 * lasts until the program ends.
 */
const void *map_file(const char *path, size_t *n);

#endif
