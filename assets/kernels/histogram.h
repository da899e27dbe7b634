// Log-linear histogram of times: exact below 128 ns, then 128 buckets an octave (each at most 1/128 wide), up to 2^40 ns.
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { SUB = 128, SUB_BITS = 7, OCTAVES = 34, BUCKETS = SUB * OCTAVES };

typedef struct {
    uint64_t count, sum, least, most;
    uint64_t buckets[BUCKETS];
} histogram;

static unsigned bucket_of(uint64_t ns) {
    if (ns < SUB) return (unsigned)ns;
    const unsigned octave = 63u - (unsigned)__builtin_clzll(ns);
    const unsigned index = (octave - SUB_BITS + 1) * SUB + (unsigned)((ns >> (octave - SUB_BITS)) & (SUB - 1));
    return index < BUCKETS ? index : BUCKETS - 1;
}

// Middle of a bucket, the value that stands for all in it.
static double bucket_middle(unsigned index) {
    if (index < SUB) return index;
    const unsigned octave = index / SUB + SUB_BITS - 1;
    const uint64_t width = UINT64_C(1) << (octave - SUB_BITS);
    return (double)((UINT64_C(1) << octave) + (uint64_t)(index % SUB) * width) + (double)(width - 1) / 2;
}

static void record(histogram *h, uint64_t ns) {
    if (h->count == 0 || ns < h->least) h->least = ns;
    if (ns > h->most) h->most = ns;
    h->count++;
    h->sum += ns;
    h->buckets[bucket_of(ns)]++;
}

// As a member of a JSON object; `total` counts what happened outside of the measured time too.
static void print_histogram(const char *name, const histogram *h, uint64_t total) {
    printf("\"%s\":{\"count\":%" PRIu64 ",\"total\":%" PRIu64 ",\"sumNs\":%" PRIu64 ",\"minNs\":%" PRIu64
           ",\"maxNs\":%" PRIu64 ",\"buckets\":[",
           name, h->count, total, h->sum, h->least, h->most);
    bool first = true;
    for (unsigned i = 0; i < BUCKETS; i++) {
        if (h->buckets[i] == 0) continue;
        printf("%s[%.1f,%" PRIu64 "]", first ? "" : ",", bucket_middle(i), h->buckets[i]);
        first = false;
    }
    printf("]}");
}
