/*
 * reduced: text in, the sum of what of it is not white space out.
 */
#include "reduced.h"
#include "utf8.h"

/* Small pieces are gathered: to sum up each costs more than to copy it. */
enum {
	ENOUGH = 1 << 16
};

void
reduced_init(struct reduced *r)
{
	*r = (struct reduced){0};
	sha256_init(&r->sha);
}

/* The length of the longest prefix of s[0..n) without white space. */
static size_t
visible(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		uint32_t cp = (unsigned char)s[i];
		size_t k = 1;

		if (cp >= 0x80)
			k = utf8_get(s + i, n - i, &cp);
		if (cp <= ' ' || (cp >= 0x80 && uc_space(cp)))
			break;
		i += k;
	}
	return i;
}

void
reduced_add(struct reduced *r, const char *s, size_t n)
{
	while (n > 0) {
		size_t k = visible(s, n);
		uint32_t space;

		buf_add(&r->ahead, s, k);
		k += utf8_get(s + k, n - k, &space);
		s += k;
		n -= k;
	}
	if (r->ahead.len >= ENOUGH) {
		sha256_update(&r->sha, r->ahead.len, (const uint8_t *)r->ahead.data);
		buf_clear(&r->ahead);
	}
}

void
reduced_end(struct reduced *r, char hex[SHA256_HEX])
{
	unsigned char sum[SHA256_DIGEST_SIZE];

	sha256_update(&r->sha, r->ahead.len, (const uint8_t *)r->ahead.data);
	sha256_digest(&r->sha, sizeof(sum), sum);
	base16_encode_update(hex, sizeof(sum), sum);
	hex[SHA256_HEX - 1] = '\0';
}

void
reduced_free(struct reduced *r)
{
	buf_free(&r->ahead);
}
