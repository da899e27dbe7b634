// Memory for large arrays, in transparent huge pages where they are asked for, and how much of it really lies in them.
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static const size_t huge_page = (size_t)2 << 20;
static const double mebibyte = 1048576.0;

static void *allocate(size_t bytes, bool advise) {
    void *memory = NULL;
    const int error = posix_memalign(&memory, huge_page, bytes);
    if (error != 0) {
        fprintf(stderr, "%s: cannot allocate %zu bytes: %s\n", program_invocation_short_name, bytes, strerror(error));
        exit(1);
    }
    if (advise && madvise(memory, bytes, MADV_HUGEPAGE) != 0)
        fprintf(stderr, "%s: madvise(MADV_HUGEPAGE): %s\n", program_invocation_short_name, strerror(errno));
    return memory;
}

// Bytes of this process that really lie in transparent huge pages; -1 where the kernel does not tell.
static double huge_bytes(void) {
    FILE *file = fopen("/proc/self/smaps_rollup", "r");
    if (file == NULL) return -1;
    char line[256];
    long long kib = -1;
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "AnonHugePages: %lld kB", &kib) == 1) break;
    fclose(file);
    return kib < 0 ? -1 : (double)kib * 1024;
}

// To be called when the memory has been written and nothing else has been allocated.
static void print_huge_pages(double bytes, bool advise) {
    const double huge = huge_bytes();
    const char *pages = advise ? "madvise" : "default";
    if (huge < 0) printf("Huge pages: unknown of %.1f MiB (%s)\n", bytes / mebibyte, pages);
    else printf("Huge pages: %.1f of %.1f MiB (%s)\n", huge / mebibyte, bytes / mebibyte, pages);
}
