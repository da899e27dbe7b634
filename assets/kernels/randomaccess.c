// RandomAccess after HPC Challenge: updates of words at random places of a large table, in billions a second (GUP/s).
// hpcc:  each thread makes its own part of the random sequence, in 128 streams, all of them in one parallel region.
// paper: as Felter et al. ran it in 2014: one parallel region for each 128 updates, so that the cost of starting and ending
//        regions is measured with the memory's; one thread initialises the table.
// Threads update without locks, as HPC Challenge allows: up to 1 % of the table may be wrong; with more it exits with 1.
//
// usage: randomaccess --variant hpcc|paper --table-log2 K [--updates U] [--threads T] [--pages madvise|default]
//        The table has 2^K words of 8 bytes; updates are by default four times as many.
#define _GNU_SOURCE
#include <getopt.h>
#include <omp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "cache.h"
#include "options.h"
#include "pages.h"

enum { STREAMS = 128, MAX_TABLE_LOG2 = 44 };
static const double tolerance = 0.01;

static uint64_t *table, mask;

// HPC Challenge's sequence: a(0) = 1, a(k + 1) = x a(k), polynomials over two elements modulo x^64 + x^2 + x + 1.
static inline uint64_t next(uint64_t random) { return (random << 1) ^ ((int64_t)random < 0 ? 7u : 0u); }

// a(k) by square and multiply; over two elements a square is the sum of the squares of its terms.
static uint64_t element(uint64_t k) {
    uint64_t squares[64], square = 1;
    for (int bit = 0; bit < 64; bit++) {
        squares[bit] = square;
        square = next(next(square));
    }
    uint64_t value = 1;
    for (int i = 63; i >= 0; i--) {
        uint64_t squared = 0;
        for (int bit = 0; bit < 64; bit++)
            if (value >> bit & 1) squared ^= squares[bit];
        value = k >> i & 1 ? next(squared) : squared;
    }
    return value;
}

static inline uint64_t update(uint64_t random) {
    random = next(random);
    table[random & mask] ^= random;
    return random;
}

static void run_hpcc(uint64_t updates) {
#pragma omp parallel
    {
        const uint64_t threads = (uint64_t)omp_get_num_threads(), thread = (uint64_t)omp_get_thread_num();
        const uint64_t share = updates / threads, first = thread * share;
        const uint64_t last = thread + 1 == threads ? updates : first + share, length = (last - first) / STREAMS;
        uint64_t random[STREAMS];
        for (uint64_t j = 0; j < STREAMS; j++) random[j] = element(first + j * length);
        for (uint64_t i = 0; i < length; i++)
            for (int j = 0; j < STREAMS; j++) random[j] = update(random[j]);
        // What 128 does not divide.
        uint64_t rest = element(first + STREAMS * length);
        for (uint64_t i = first + STREAMS * length; i < last; i++) rest = update(rest);
    }
}

static void run_paper(uint64_t updates) {
    const uint64_t length = updates / STREAMS;
    uint64_t random[STREAMS];
    for (uint64_t j = 0; j < STREAMS; j++) random[j] = element(j * length);
    for (uint64_t i = 0; i < length; i++) {
#pragma omp parallel for
        for (int j = 0; j < STREAMS; j++) random[j] = update(random[j]);
    }
}

static void fill(uint64_t words, bool parallel) {
    // Each thread touches first what lies in its own part, so that pages are spread over the NUMA nodes of the threads.
#pragma omp parallel for schedule(static) if (parallel)
    for (uint64_t i = 0; i < words; i++) table[i] = i;
}

// The same updates once more, each at once and alone, restore every word that was right; counts those that are not.
static uint64_t count_errors(uint64_t words, uint64_t updates) {
#pragma omp parallel
    {
        const uint64_t threads = (uint64_t)omp_get_num_threads(), thread = (uint64_t)omp_get_thread_num();
        const uint64_t share = updates / threads, first = thread * share;
        const uint64_t last = thread + 1 == threads ? updates : first + share;
        uint64_t random = element(first);
        for (uint64_t i = first; i < last; i++) {
            random = next(random);
#pragma omp atomic
            table[random & mask] ^= random;
        }
    }
    uint64_t errors = 0;
#pragma omp parallel for schedule(static) reduction(+ : errors)
    for (uint64_t i = 0; i < words; i++) errors += table[i] != i;
    return errors;
}

int main(int argc, char **argv) {
    int table_log2 = 0, threads = 0;
    uint64_t updates = 0;
    bool paper = false, advise = true, usable = true;
    const char *variant = NULL;
    static const struct option options[] = {{"variant", required_argument, NULL, 'v'},
                                            {"table-log2", required_argument, NULL, 'k'},
                                            {"updates", required_argument, NULL, 'u'},
                                            {"threads", required_argument, NULL, 't'},
                                            {"pages", required_argument, NULL, 'p'},
                                            {NULL, 0, NULL, 0}};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'v' && (!strcmp(optarg, "hpcc") || !strcmp(optarg, "paper"))) variant = optarg;
        else if (option == 'k') table_log2 = (int)number(optarg, "table-log2", 8, MAX_TABLE_LOG2);
        else if (option == 'u') updates = (uint64_t)number(optarg, "updates", STREAMS, INT64_C(1) << 50);
        else if (option == 't') threads = (int)number(optarg, "threads", 1, 65536);
        else if (option == 'p' && (!strcmp(optarg, "madvise") || !strcmp(optarg, "default"))) advise = optarg[0] == 'm';
        else usable = false;
    }
    if (!usable || variant == NULL || table_log2 == 0 || optind != argc) {
        fputs("usage: randomaccess --variant hpcc|paper --table-log2 K [--updates U] [--threads T]\n"
              "                    [--pages madvise|default]\n",
              stderr);
        return 2;
    }
    paper = variant[0] == 'p';
    if (threads > 0) {
        omp_set_dynamic(0);
        omp_set_num_threads(threads);
    }
    const uint64_t words = UINT64_C(1) << table_log2;
    if (updates == 0) updates = 4 * words;
    // The paper's loop leaves out what 128 does not divide.
    if (paper) updates -= updates % STREAMS;
    const double bytes = (double)words * sizeof *table;
    mask = words - 1;
    table = allocate(words * sizeof *table, advise);
    fill(words, !paper);
    int running = 0;
#pragma omp parallel
#pragma omp single
    running = omp_get_num_threads();

    printf("RandomAccess of Tare, 8-byte words, variant %s\n", variant);
    printf("Table: 2^%d words (%.1f MiB)\n", table_log2, bytes / mebibyte);
    printf("Updates: %llu\n", (unsigned long long)updates);
    printf("Threads: %d\n", running);
    printf("Parallel regions: %llu\n", paper ? (unsigned long long)(updates / STREAMS) : 1);
    printf("Last-level cache: %.0f bytes\n", last_level_cache());
    print_huge_pages(bytes, advise);

    const double start = omp_get_wtime();
    if (paper) run_paper(updates);
    else run_hpcc(updates);
    const double seconds = omp_get_wtime() - start;
    printf("Time: %.9f s\n", seconds);
    printf("Rate: %.9f GUP/s\n", (double)updates / seconds / 1e9);

    const uint64_t errors = count_errors(words, updates);
    const bool ok = (double)errors <= tolerance * (double)words;
    printf("Errors: %llu of %llu words\n", (unsigned long long)errors, (unsigned long long)words);
    puts(ok ? "Table Validates" : "Table Does Not Validate");
    return ok ? 0 : 1;
}
