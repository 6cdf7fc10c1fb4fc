/*
 * The tagged stream: what is read is written again byte for byte, and each way in which a stream
 * can be broken makes one document a failed one and leaves the next whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stream.h"

static char path[] = "/tmp/emend-stream-XXXXXX";

static int
make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int
drop_file(void **state)
{
	(void)state;
	return unlink(path);
}

static struct stream *
open_bytes(const char *p, size_t n, bool plain)
{
	FILE *f = fopen(path, "w");
	struct in *in;

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	fclose(f);
	in = in_open(path);
	assert_non_null(in);
	return stream_open(in, plain);
}

/* What stands in the file after doc_write of d. */
static void
written(struct doc *d, struct buf *b)
{
	FILE *f = fopen(path, "w");
	struct out *o = out_open(dup(fileno(f)), path);
	struct in *in;

	fclose(f);
	doc_write(o, d);
	out_close(o);
	in = in_open(path);
	buf_clear(b);
	in_all(in, b);
	in_close(in);
}

static const char whole[] =
    "D\t1\tsrc=a\\tb\\n\\\\.txt\tout=a\xFF\n"
    "M\tencoding\tutf-8\t0.99\tdecode\n"
    "S\t1\ttype=speech\n"
    "B\tp\tid=L0001\tlines=1-2\n"
    "T\tJe salue la coop\xC3\xA9ration\tici.\n"
    "N\t3\t0\there\t\tP2\n"
    "N\t12\t12\tcorr\tdiacritic\tcooperation\t0.99\tdeocr\tconjecture\n"
    "N\t25\t0\tlb\t\t2\n"
    "N\t25\t0\tstrange\tkind\t\t\tby\n"
    "B\tpb\tid=P2\tin=L0001\n"
    "T\t\n"
    "Q\tunknown\trecord\n"
    "E\t12\n";

static void
read_and_written_byte_for_byte(void **state)
{
	struct buf b = {0};
	struct doc d = {0};
	struct stream *s;

	(void)state;
	buf_adds(&b, "#emend 1\n");
	buf_adds(&b, whole);
	s = open_bytes(b.data, b.len, false);
	assert_true(stream_tagged(s));
	assert_int_equal(stream_read(s, &d), 1);
	assert_false(d.failed);
	assert_string_equal(rec_get(&d.rec[0], "src"), "a\tb\n\\.txt");
	assert_string_equal(rec_kind(&d.rec[3]), "p");
	assert_string_equal(doc_get(&d, "encoding"), "utf-8");
	written(&d, &b);
	assert_string_equal(buf_str(&b), whole);
	assert_int_equal(stream_read(s, &d), 0);
	stream_close(s);
	doc_free(&d);
	buf_free(&b);
}

static void
broken_documents_fail_alone(void **state)
{
	static const char *const broken[] = {
		"D\t1\nT\ta\n",				/* no end */
		"D\t1\nT\ta\nE\t3\n",			/* wrong count */
		"D\t1\nT\ta\nE\tx\n",
		"D\t1\nT\ta\nE\n",
		"D\t1\nTa\nE\t2\n",			/* no TAB */
		"D\t1\nT\t\xFF\nE\t2\n",		/* not UTF-8 */
		"D\t1\nN\t0\t0\tlb\nE\t2\n",		/* a note on nothing */
		"D\t1\nT\ta\nN\t0\t2\tlb\nE\t3\n",	/* out of bounds */
		"D\t1\nT\ta\nN\t9999999999999999999\t2\tlb\nE\t3\n",
		"D\t1\nT\t\xC3\xA9\nN\t1\t0\tlb\nE\t3\n",	/* within a character */
		"D\t1\nT\tab\nN\t1\t0\tlb\nN\t0\t0\tlb\nE\t4\n",	/* out of order */
		"D\t1\nT\tab\nN\t0\t0\tlb\t\t\t7\nE\t3\n",	/* a posterior that is none */
		"D\t1\nB\tp\nM\ta\tb\nE\t3\n",		/* a block without its text */
		"D\t1\nB\tp\nE\t2\n",
		"D\t1\n\nE\t2\n",			/* no record */
		"D\t1\nlower\nE\t2\n",
	};
	static const char sound[] = "D\t2\nT\tb\nE\t2\n";

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct buf b = {0};
		struct doc d = {0};
		struct stream *s;

		buf_addf(&b, "#emend 1\n%s%s", broken[i], sound);
		s = open_bytes(b.data, b.len, false);
		assert_int_equal(stream_read(s, &d), 1);
		assert_true(d.failed);
		assert_int_equal(d.n, 2);
		assert_int_equal(d.rec[1].tag, 'X');
		assert_int_equal(stream_read(s, &d), 1);
		assert_false(d.failed);
		written(&d, &b);
		assert_string_equal(buf_str(&b), sound);
		assert_int_equal(stream_read(s, &d), 0);
		stream_close(s);
		doc_free(&d);
		buf_free(&b);
	}
}

static void
plain_text_is_one_document_of_lines(void **state)
{
	struct buf b = {0};
	struct doc d = {0};
	struct stream *s = open_bytes("one\n\nthr\xFF" "e", 10, false);

	(void)state;
	assert_false(stream_tagged(s));
	assert_int_equal(stream_read(s, &d), 1);
	assert_int_equal(d.n, 3);
	assert_int_equal(d.rec[2].line, 3);
	written(&d, &b);
	assert_string_equal(buf_str(&b), "one\n\nthr\xEF\xBF\xBD" "e\n");
	assert_int_equal(stream_read(s, &d), 0);
	stream_close(s);
	s = open_bytes("#emend 1\nD\t1\n", 14, true);
	assert_int_equal(stream_read(s, &d), 1);
	assert_false(d.tagged);
	stream_close(s);
	doc_free(&d);
	buf_free(&b);
}

static void
metadata_follow_the_beginning(void **state)
{
	struct buf b = {0};
	struct doc d = {0};

	(void)state;
	doc_add(&d, 'D', "1", NULL);
	doc_add(&d, 'S', "1", NULL);
	d.tagged = true;
	doc_meta(&d, "encoding", "utf-8", 99, "decode");
	doc_meta(&d, "count", "words 3", POST_NONE, "totei");
	written(&d, &b);
	assert_string_equal(buf_str(&b), "D\t1\nM\tencoding\tutf-8\t0.99\tdecode\n"
	    "M\tcount\twords 3\t\ttotei\nS\t1\nE\t4\n");
	doc_fail(&d, "deocr", "no dictionary");
	written(&d, &b);
	assert_string_equal(buf_str(&b), "D\t1\nX\tdeocr\tno dictionary\nE\t2\n");
	doc_free(&d);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_and_written_byte_for_byte),
		cmocka_unit_test(broken_documents_fail_alone),
		cmocka_unit_test(plain_text_is_one_document_of_lines),
		cmocka_unit_test(metadata_follow_the_beginning),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("stream", tests, make_file, drop_file);
}
