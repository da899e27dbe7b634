// LINPACK: solves A x = b for a dense random matrix of doubles by LU factorisation with partial pivoting, LAPACK's dgetrf
// and dgetrs, several times in one start. Prints the rate and the residual of each trial; exits with 1 when one is too large.
// LAPACK is opened at run time: neither its headers nor a library are needed where this is compiled, and a library that
// adapts to the CPU that it sees (OpenBLAS) is the one of the environment. dlopen needs a dynamic C library.
//
// usage: linpack --order N [--leading-dimension N] [--trials T] [--warm-up W] [--threads T] [--pages madvise|default]
//                [--library FILE]
#define _GNU_SOURCE
#include <dlfcn.h>
#include <float.h>
#include <getopt.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__aarch64__)
#include <sys/auxv.h>
#endif
#include "options.h"
#include "pages.h"

enum { MAX_ORDER = 1000000, MAX_TRIALS = 100000, MAX_THREADS = 4096 };
// HPL's: a solution is right while its normalised residual is below this.
static const double residual_limit = 16.0;

// Fortran's interface of LAPACK, with 4-byte integers. The last argument is the hidden length of `trans`.
typedef void (*factorise)(const int *m, const int *n, double *a, const int *lda, int *pivots, int *info);
typedef void (*substitute)(const char *trans, const int *n, const int *right_sides, const double *a, const int *lda,
                           const int *pivots, double *b, const int *ldb, int *info, size_t trans_length);

static struct {
    int order, leading_dimension, trials, warm_up, threads;
    bool advise;
    const char *library;
} setting = {.trials = 1, .advise = true};

static factorise dgetrf;
static substitute dgetrs;
// Column j begins at a + j * leading_dimension. Before a trial x is b; the solution replaces it.
static double *a, *x, *residual_of_row, *sum_of_row;
static int *pivots;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("linpack: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// Uniform over [-0.5, 0.5), by its index alone (SplitMix64 of Steele, Lea, Flood 2014): the matrix need not be kept for the
// residual, and any thread can make any part of it.
static inline double random_element(uint64_t index) {
    uint64_t z = (index + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    return (double)(z >> 11) * 0x1p-53 - 0.5;
}

static double matrix(int row, int column) { return random_element((uint64_t)column * (uint64_t)setting.order + (uint64_t)row); }

static double right_side(int row) { return matrix(row, setting.order); }

typedef struct {
    pthread_t thread;
    void (*work)(int from, int to);
    int from, to;
} share;

static void *run_share(void *argument) {
    const share *own = argument;
    own->work(own->from, own->to);
    return NULL;
}

// Splits 0 .. order - 1 over the threads.
static void in_parallel(void (*work)(int from, int to)) {
    static share shares[MAX_THREADS];
    for (int i = 0; i < setting.threads; i++) {
        const int from = (int)((long long)setting.order * i / setting.threads);
        const int to = (int)((long long)setting.order * (i + 1) / setting.threads);
        shares[i] = (share){.work = work, .from = from, .to = to};
        const int error = pthread_create(&shares[i].thread, NULL, run_share, &shares[i]);
        if (error != 0) fail("cannot start a thread: %s", strerror(error));
    }
    for (int i = 0; i < setting.threads; i++) pthread_join(shares[i].thread, NULL);
}

static void fill_columns(int from, int to) {
    for (int column = from; column < to; column++) {
        double *entries = a + (size_t)column * (size_t)setting.leading_dimension;
        for (int row = 0; row < setting.order; row++) entries[row] = matrix(row, column);
        x[column] = right_side(column);
    }
}

// b - A x and the sums of |A|, row by row.
static void check_rows(int from, int to) {
    for (int row = from; row < to; row++) {
        residual_of_row[row] = right_side(row);
        sum_of_row[row] = 0;
    }
    for (int column = 0; column < setting.order; column++)
        for (int row = from; row < to; row++) {
            const double entry = matrix(row, column);
            residual_of_row[row] -= entry * x[column];
            sum_of_row[row] += fabs(entry);
        }
}

// NaN where one of them is.
static double largest(const double *values) {
    double most = 0;
    for (int i = 0; i < setting.order; i++) {
        if (isnan(values[i])) return NAN;
        most = fmax(most, fabs(values[i]));
    }
    return most;
}

// ||Ax - b|| / (eps (||A|| ||x|| + ||b||) n) in the maximum norm, eps = 2^-53, as HPL defines it.
static double normalised_residual(void) {
    in_parallel(check_rows);
    double b = 0;
    for (int row = 0; row < setting.order; row++) b = fmax(b, fabs(right_side(row)));
    const double scale = DBL_EPSILON / 2 * (largest(sum_of_row) * largest(x) + b) * setting.order;
    return largest(residual_of_row) / scale;
}

// Seconds that factorisation and substitution take.
static double solve(void) {
    const int *n = &setting.order, *lda = &setting.leading_dimension, one = 1;
    int factor_info = 0, solve_info = 0;
    const double start = now();
    dgetrf(n, n, a, lda, pivots, &factor_info);
    if (factor_info == 0) dgetrs("N", n, &one, a, lda, pivots, x, n, &solve_info, 1);
    const double seconds = now() - start;
    if (factor_info != 0) fail("dgetrf ended with info %d", factor_info);
    if (solve_info != 0) fail("dgetrs ended with info %d", solve_info);
    return seconds;
}

static void *open_library(void) {
    static const char *const usual[] = {"libopenblas.so.0", "liblapack.so.3"};
    if (setting.library != NULL) {
        void *library = dlopen(setting.library, RTLD_NOW | RTLD_LOCAL);
        if (library == NULL) fail("%s", dlerror());
        return library;
    }
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        void *library = dlopen(usual[i], RTLD_NOW | RTLD_LOCAL);
        if (library != NULL) return library;
    }
    fail("neither %s nor %s can be opened; install OpenBLAS (Debian: libopenblas0-pthread)", usual[0], usual[1]);
}

// A function's address by name; ISO C has no conversion from dlsym's result.
static bool find(void *library, const char *name, void *function) {
    void *address = dlsym(library, name);
    memcpy(function, &address, sizeof address);
    return address != NULL;
}

// Opens LAPACK, tells it the number of threads, and prints what it is.
static void use_library(void) {
    void *library = open_library();
    if (!find(library, "dgetrf_", &dgetrf) || !find(library, "dgetrs_", &dgetrs)) fail("%s", dlerror());
    Dl_info found;
    char path[PATH_MAX];
    void *address;
    memcpy(&address, &dgetrf, sizeof address);
    const bool known = dladdr(address, &found) != 0 && realpath(found.dli_fname, path) != NULL;
    printf("Library: %s\n", known ? path : "unknown");

    char *(*config)(void) = NULL, *(*core)(void) = NULL;
    if (find(library, "openblas_get_config", &config)) {
        if (strstr(config(), "USE64BITINT") != NULL) fail("%s has 8-byte integers; one with 4-byte integers is needed", path);
        printf("Configuration: %s\n", config());
    }
    if (find(library, "openblas_get_corename", &core)) printf("Core type: %s\n", core());
    void (*set_threads)(int) = NULL;
    int (*get_threads)(void) = NULL;
    if (find(library, "openblas_set_num_threads", &set_threads) && find(library, "openblas_get_num_threads", &get_threads)) {
        set_threads(setting.threads);
        printf("Threads: %d\n", get_threads());
    } else printf("Threads: unknown\n");
}

// The vector instructions that the processor offers and the kernel lets programs use: what the library chooses by.
static void print_cpu_flags(void) {
    fputs("CPU flags:", stdout);
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("sse2")) fputs(" sse2", stdout);
    if (__builtin_cpu_supports("avx")) fputs(" avx", stdout);
    if (__builtin_cpu_supports("avx2")) fputs(" avx2", stdout);
    if (__builtin_cpu_supports("fma")) fputs(" fma", stdout);
    if (__builtin_cpu_supports("avx512f")) fputs(" avx512f", stdout);
#elif defined(__aarch64__)
    const unsigned long capabilities = getauxval(AT_HWCAP);
    if (capabilities & HWCAP_ASIMD) fputs(" asimd", stdout);
    if (capabilities & HWCAP_SVE) fputs(" sve", stdout);
#endif
    fputc('\n', stdout);
}

static void read_options(int argc, char **argv) {
    static const struct option options[] = {{"order", required_argument, NULL, 'n'},
                                            {"leading-dimension", required_argument, NULL, 'l'},
                                            {"trials", required_argument, NULL, 'r'},
                                            {"warm-up", required_argument, NULL, 'w'},
                                            {"threads", required_argument, NULL, 't'},
                                            {"pages", required_argument, NULL, 'p'},
                                            {"library", required_argument, NULL, 'b'},
                                            {NULL, 0, NULL, 0}};
    bool usable = true;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'n') setting.order = (int)number(optarg, "order", 1, MAX_ORDER);
        else if (option == 'l') setting.leading_dimension = (int)number(optarg, "leading-dimension", 1, 2 * MAX_ORDER);
        else if (option == 'r') setting.trials = (int)number(optarg, "trials", 1, MAX_TRIALS);
        else if (option == 'w') setting.warm_up = (int)number(optarg, "warm-up", 0, MAX_TRIALS);
        else if (option == 't') setting.threads = (int)number(optarg, "threads", 1, MAX_THREADS);
        else if (option == 'p' && (!strcmp(optarg, "madvise") || !strcmp(optarg, "default"))) setting.advise = optarg[0] == 'm';
        else if (option == 'b') setting.library = optarg;
        else usable = false;
    }
    if (setting.leading_dimension == 0) setting.leading_dimension = setting.order;
    cpu_set_t cpus;
    if (setting.threads == 0) setting.threads = sched_getaffinity(0, sizeof cpus, &cpus) == 0 ? CPU_COUNT(&cpus) : 1;
    if (usable && optind == argc && setting.order > 0 && setting.leading_dimension >= setting.order) return;
    fputs("usage: linpack --order N [--leading-dimension N] [--trials T] [--warm-up W] [--threads T]\n"
          "               [--pages madvise|default] [--library FILE]; the leading dimension is at least the order\n",
          stderr);
    exit(2);
}

int main(int argc, char **argv) {
    read_options(argc, argv);
    const double n = setting.order;
    const size_t rows = (size_t)setting.order, bytes = rows * (size_t)setting.leading_dimension * sizeof(double);
    puts("LINPACK of Tare, 8-byte doubles");
    use_library();
    print_cpu_flags();
    a = allocate(bytes, setting.advise);
    x = allocate(rows * sizeof(double), false);
    residual_of_row = allocate(rows * sizeof(double), false);
    sum_of_row = allocate(rows * sizeof(double), false);
    pivots = allocate(rows * sizeof(int), false);

    // The operations that LINPACK counts, whatever the library really does (Dongarra, Luszczek, Petitet 2003).
    const double operations = 2.0 / 3.0 * n * n * n + 2.0 * n * n;
    bool ok = true;
    for (int trial = 1 - setting.warm_up; trial <= setting.trials; trial++) {
        in_parallel(fill_columns);
        if (trial == 1 - setting.warm_up) {
            printf("Order: %d\n", setting.order);
            printf("Leading dimension: %d (%.1f MiB)\n", setting.leading_dimension, (double)bytes / mebibyte);
            printf("Trials: %d, after %d for warm-up\n", setting.trials, setting.warm_up);
            print_huge_pages((double)bytes, setting.advise);
            printf("Trial          Time (s)  Rate (GFLOP/s)  Residual (norm)\n");
        }
        const double seconds = solve(), residual = normalised_residual();
        char name[16] = "warm-up";
        if (trial > 0) snprintf(name, sizeof name, "%d", trial);
        printf("%-8s %14.9f %15.4f %16.6e\n", name, seconds, operations / seconds / 1e9, residual);
        fflush(stdout);
        ok = ok && residual < residual_limit;
    }
    puts(ok ? "Solutions Validate" : "Solutions Do Not Validate");
    return ok ? 0 : 1;
}
