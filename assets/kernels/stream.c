// STREAM after McCalpin: sustained memory bandwidth of COPY, SCALE, ADD and TRIAD over three arrays of doubles.
// Prints the original's table (GB/s = 1e9 bytes a second, seconds) and exits with 1 when the arrays do not hold what they must.
//
// usage: stream --elements N [--repetitions R] [--threads T] [--pages madvise|default]
#define _GNU_SOURCE
#include <getopt.h>
#include <math.h>
#include <omp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "cache.h"
#include "options.h"
#include "pages.h"

// With q = sqrt(2) - 1 one pass over the four kernels leaves `a` as it was (2q + q^2 = 1): no overflow, however many repetitions.
static const double scalar = 0.41421356237309504880;

enum kernel { COPY, SCALE, ADD, TRIAD, KERNELS };
static const struct {
    const char *name;
    double bytes_per_element;
} kernels[KERNELS] = {{"Copy", 16}, {"Scale", 16}, {"Add", 24}, {"Triad", 24}};

static double *restrict a, *restrict b, *restrict c;

static void run(enum kernel kernel, size_t n) {
    switch (kernel) {
    case COPY:
#pragma omp parallel for schedule(static)
        for (size_t i = 0; i < n; i++) c[i] = a[i];
        break;
    case SCALE:
#pragma omp parallel for schedule(static)
        for (size_t i = 0; i < n; i++) b[i] = scalar * c[i];
        break;
    case ADD:
#pragma omp parallel for schedule(static)
        for (size_t i = 0; i < n; i++) c[i] = a[i] + b[i];
        break;
    case TRIAD:
#pragma omp parallel for schedule(static)
        for (size_t i = 0; i < n; i++) a[i] = b[i] + scalar * c[i];
        break;
    case KERNELS: break;
    }
}

// Each thread touches first what it will work on, so that its pages come from its own NUMA node.
static void fill(size_t n) {
#pragma omp parallel for schedule(static)
    for (size_t i = 0; i < n; i++) {
        a[i] = 1.0;
        b[i] = 2.0;
        c[i] = 0.0;
    }
}

// What one element of each array must hold in the end, against the mean deviation of all of them.
static bool validate(size_t n, long repetitions) {
    double ea = 1.0, eb = 2.0, ec = 0.0;
    for (long k = 0; k < repetitions; k++) {
        ec = ea;
        eb = scalar * ec;
        ec = ea + eb;
        ea = eb + scalar * ec;
    }
    double da = 0, db = 0, dc = 0;
#pragma omp parallel for schedule(static) reduction(+ : da, db, dc)
    for (size_t i = 0; i < n; i++) {
        da += fabs(a[i] - ea);
        db += fabs(b[i] - eb);
        dc += fabs(c[i] - ec);
    }
    const double limit = 1e-13 * (double)n;
    // Written so that a NaN fails.
    const bool ok = da <= limit * fabs(ea) && db <= limit * fabs(eb) && dc <= limit * fabs(ec);
    printf("Mean deviation: a %.3e, b %.3e, c %.3e\n", da / (double)n, db / (double)n, dc / (double)n);
    return ok;
}

int main(int argc, char **argv) {
    size_t n = 0;
    long repetitions = 10;
    int threads = 0;
    bool advise = true;
    static const struct option options[] = {{"elements", required_argument, NULL, 'n'},
                                            {"repetitions", required_argument, NULL, 'r'},
                                            {"threads", required_argument, NULL, 't'},
                                            {"pages", required_argument, NULL, 'p'},
                                            {NULL, 0, NULL, 0}};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'n') n = (size_t)number(optarg, "elements", 1, INT64_C(1) << 44);
        else if (option == 'r') repetitions = (long)number(optarg, "repetitions", 2, 100000);
        else if (option == 't') threads = (int)number(optarg, "threads", 1, 65536);
        else if (option == 'p' && (!strcmp(optarg, "madvise") || !strcmp(optarg, "default"))) advise = optarg[0] == 'm';
        else n = 0, optind = argc + 1;
    }
    if (n == 0 || optind != argc) {
        fputs("usage: stream --elements N [--repetitions R] [--threads T] [--pages madvise|default]\n", stderr);
        return 2;
    }
    if (threads > 0) {
        omp_set_dynamic(0);
        omp_set_num_threads(threads);
    }
    a = allocate(n * sizeof(double), advise);
    b = allocate(n * sizeof(double), advise);
    c = allocate(n * sizeof(double), advise);
    fill(n);
    int running = 0;
#pragma omp parallel
#pragma omp single
    running = omp_get_num_threads();

    const double array = (double)n * sizeof(double);
    printf("STREAM of Tare, 8-byte doubles\n");
    printf("Array elements: %zu (%.1f MiB an array, %.1f MiB in all)\n", n, array / mebibyte, 3 * array / mebibyte);
    printf("Repetitions: %ld, the first not counted\n", repetitions);
    printf("Threads: %d\n", running);
    printf("Last-level cache: %.0f bytes\n", last_level_cache());
    print_huge_pages(3 * array, advise);

    double sum[KERNELS] = {0}, least[KERNELS], most[KERNELS] = {0};
    for (int k = 0; k < KERNELS; k++) least[k] = INFINITY;
    for (long repetition = 0; repetition < repetitions; repetition++) {
        for (int k = 0; k < KERNELS; k++) {
            const double start = omp_get_wtime();
            run((enum kernel)k, n);
            const double seconds = omp_get_wtime() - start;
            if (repetition == 0) continue;
            sum[k] += seconds;
            least[k] = fmin(least[k], seconds);
            most[k] = fmax(most[k], seconds);
        }
    }
    printf("Function      Rate (GB/s)   Avg time     Min time     Max time\n");
    for (int k = 0; k < KERNELS; k++)
        printf("%s:%*s%12.4f  %11.9f  %11.9f  %11.9f\n", kernels[k].name, (int)(8 - strlen(kernels[k].name)), "",
               kernels[k].bytes_per_element * (double)n / least[k] / 1e9, sum[k] / (double)(repetitions - 1), least[k],
               most[k]);
    const bool ok = validate(n, repetitions);
    puts(ok ? "Solution Validates" : "Solution Does Not Validate");
    return ok ? 0 : 1;
}
