/*
 * icu: names of files in, a line each; "base name TAB encoding" out, as ICU's detector says.
 */
#include <stdio.h>
#include <string.h>

#include <unicode/ucsdet.h>

int
main(void)
{
	static char name[4096], data[1 << 20];

	while (fgets(name, sizeof(name), stdin) != NULL) {
		UErrorCode err = U_ZERO_ERROR;
		UCharsetDetector *d = ucsdet_open(&err);
		const UCharsetMatch *m;
		const char *base;
		size_t n;
		FILE *f;

		name[strcspn(name, "\n")] = '\0';
		base = strrchr(name, '/') != NULL ? strrchr(name, '/') + 1 : name;
		f = fopen(name, "r");
		if (f == NULL)
			continue;
		n = fread(data, 1, sizeof(data), f);
		fclose(f);
		ucsdet_setText(d, data, (int32_t)n, &err);
		m = ucsdet_detect(d, &err);
		printf("%s\t%s\n", base, m != NULL ? ucsdet_getName(m, &err) : "unknown");
		ucsdet_close(d);
	}
	return 0;
}
