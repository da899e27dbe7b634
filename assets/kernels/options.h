// Whole numbers of the command line; anything else ends the program with status 2.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static long long number(const char *text, const char *option, long long least, long long most) {
    char *end = NULL;
    errno = 0;
    const long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < least || value > most) {
        fprintf(stderr, "%s: --%s must be %lld to %lld, not \"%s\"\n", program_invocation_short_name, option, least, most,
                text);
        exit(2);
    }
    return value;
}
