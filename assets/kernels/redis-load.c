// A closed-loop load on a Redis server: mixed GET and SET, pipelined, over many connections, in one thread with epoll.
// Each connection keeps `pipeline` requests under way: as soon as replies come, as many new requests go out.
// A latency is the time from handing a request to the socket until its reply was read. Whole histograms are printed as JSON.
//
// usage: redis-load --host H --port P --keys K [--fill] [--clients C] [--pipeline D] [--seconds S] [--warm-up S]
//                   [--get-share 0..1] [--value-bytes MEAN] [--seed N]
// --fill writes every key once, checks that the server holds them, and measures nothing.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "histogram.h"

enum { MAX_PIPELINE = 1024, MAX_VALUE = 8192, REPLY_SPACE = 65536, STALL_SECONDS = 10 };

typedef enum { GET, SET } kind;

typedef struct {
    uint64_t sent_at, key;
    kind kind;
} request;

typedef struct {
    int fd;
    uint32_t events;
    // Ring of the requests under way, oldest first.
    request *ring;
    unsigned first, under_way;
    // Requests not yet taken by the socket.
    char *out;
    size_t out_from, out_to, out_space;
    // Replies not yet read to their end.
    char *in;
    size_t in_used, in_space;
} connection;

static struct {
    const char *host, *port;
    uint64_t keys, seed;
    unsigned clients, pipeline;
    double seconds, warm_up, get_share;
    unsigned value_bytes;
    bool fill;
} setting = {.clients = 1, .pipeline = 1, .seconds = 1, .get_share = 0.5, .value_bytes = 50, .seed = 1};

// Requests answered, by kind; their latencies count while the measurement lasts.
static histogram latencies[2];
static uint64_t answered[2], misses, errors, filled, random_state;
static uint64_t count_from = UINT64_MAX, count_until, send_until;
static char first_error[128];
static char payload[MAX_VALUE];

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("redis-load: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

// SplitMix64 (Steele, Lea, Flood 2014).
static uint64_t mix(uint64_t x) {
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t next_random(void) { return mix(random_state += UINT64_C(0x9e3779b97f4a7c15)); }

static uint64_t below(uint64_t limit) { return (uint64_t)(((unsigned __int128)next_random() * limit) >> 64); }

// A key's value always has the same length, uniform over 1 .. 2 * mean - 1, so that a reply can be checked.
static unsigned value_length(uint64_t key) {
    return 1 + (unsigned)(mix(key + 1) % (2 * (uint64_t)setting.value_bytes - 1));
}

static void append_request(connection *c, request r) {
    const unsigned length = value_length(r.key);
    const size_t need = 128 + length;
    if (c->out_to + need > c->out_space) {
        if (c->out_from > 0) memmove(c->out, c->out + c->out_from, c->out_to - c->out_from);
        c->out_to -= c->out_from;
        c->out_from = 0;
        if (c->out_to + need > c->out_space) {
            c->out_space = 2 * (c->out_to + need);
            c->out = realloc(c->out, c->out_space);
            if (c->out == NULL) fail("out of memory");
        }
    }
    char *at = c->out + c->out_to;
    int used;
    if (r.kind == GET) used = sprintf(at, "*2\r\n$3\r\nGET\r\n$10\r\n%010" PRIu64 "\r\n", r.key);
    else {
        used = sprintf(at, "*3\r\n$3\r\nSET\r\n$10\r\n%010" PRIu64 "\r\n$%u\r\n", r.key, length);
        memcpy(at + used, payload, length);
        memcpy(at + used + length, "\r\n", 2);
        used += (int)length + 2;
    }
    c->out_to += (size_t)used;
    c->ring[(c->first + c->under_way++) % setting.pipeline] = r;
}

// Tops the connection up to its pipeline depth.
static void queue_requests(connection *c, uint64_t now) {
    while (c->under_way < setting.pipeline) {
        if (setting.fill) {
            if (filled == setting.keys) return;
            append_request(c, (request){.sent_at = now, .key = filled++, .kind = SET});
        } else {
            if (now >= send_until) return;
            const double draw = (double)(next_random() >> 11) * 0x1p-53;
            const kind kind = draw < setting.get_share ? GET : SET;
            append_request(c, (request){.sent_at = now, .key = below(setting.keys), .kind = kind});
        }
    }
}

static void watch(int epoll, connection *c, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = c};
    if (epoll_ctl(epoll, operation, c->fd, &event) != 0) fail("epoll_ctl: %s", strerror(errno));
    c->events = events;
}

// Hands to the socket what it takes; the rest waits until it can be written.
static void flush_requests(int epoll, connection *c) {
    while (c->out_from < c->out_to) {
        const ssize_t done = send(c->fd, c->out + c->out_from, c->out_to - c->out_from, MSG_NOSIGNAL);
        if (done > 0) c->out_from += (size_t)done;
        else if (done < 0 && errno == EINTR) continue;
        else if (done < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
        else fail("write to %s:%s: %s", setting.host, setting.port, strerror(errno));
    }
    if (c->out_from == c->out_to) c->out_from = c->out_to = 0;
    const uint32_t events = c->out_to > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN;
    if (events != c->events) watch(epoll, c, EPOLL_CTL_MOD, events);
}

// Length of the whole reply at `text`, or 0 where its end has not come yet. `*body` is its first line's number (bulk: the length).
static size_t reply_length(const char *text, size_t used, long *body) {
    const char *end = memmem(text, used, "\r\n", 2);
    if (end == NULL) {
        if (used > 4096) fail("the server does not speak the Redis protocol");
        return 0;
    }
    const size_t line = (size_t)(end - text) + 2;
    *body = 0;
    if (text[0] == '+' || text[0] == '-' || text[0] == ':') return line;
    if (text[0] != '$') fail("the server does not speak the Redis protocol (a reply starts with byte %d)", text[0]);
    char *stop = NULL;
    *body = strtol(text + 1, &stop, 10);
    if (stop != end || *body < -1 || *body > MAX_VALUE) fail("the server announced a value of unusable length");
    if (*body < 0) return line;
    const size_t whole = line + (size_t)*body + 2;
    return used >= whole ? whole : 0;
}

static void take_replies(connection *c, uint64_t now) {
    size_t at = 0;
    while (c->under_way > 0 && at < c->in_used) {
        long body = 0;
        const char *text = c->in + at;
        const size_t length = reply_length(text, c->in_used - at, &body);
        if (length == 0) break;
        at += length;
        const request r = c->ring[c->first];
        c->first = (c->first + 1) % setting.pipeline;
        c->under_way--;
        const bool counted = now >= count_from && now < count_until;
        answered[r.kind]++;
        if (text[0] == '-') {
            if (errors++ == 0) snprintf(first_error, sizeof first_error, "%.*s", (int)(length - 3), text + 1);
            continue;
        }
        if ((r.kind == GET) != (text[0] == '$')) fail("a reply does not belong to its request");
        if (r.kind == GET && body >= 0 && (unsigned long)body != value_length(r.key))
            fail("key %010" PRIu64 " holds %ld bytes instead of %u", r.key, body, value_length(r.key));
        if (!counted) continue;
        if (r.kind == GET && body < 0) misses++;
        record(&latencies[r.kind], now - r.sent_at);
    }
    if (c->under_way == 0 && at < c->in_used) fail("the server sent more replies than there were requests");
    memmove(c->in, c->in + at, c->in_used - at);
    c->in_used -= at;
}

static void receive(connection *c) {
    const ssize_t got = recv(c->fd, c->in + c->in_used, c->in_space - c->in_used, 0);
    if (got == 0) fail("%s:%s closed the connection", setting.host, setting.port);
    if (got < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return;
        fail("read from %s:%s: %s", setting.host, setting.port, strerror(errno));
    }
    c->in_used += (size_t)got;
    take_replies(c, now_ns());
}

static int connect_to_server(void) {
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    const int error = getaddrinfo(setting.host, setting.port, &hints, &found);
    if (error != 0) fail("%s: %s", setting.host, gai_strerror(error));
    int fd = -1, reason = 0;
    for (const struct addrinfo *each = found; each != NULL && fd < 0; each = each->ai_next) {
        fd = socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd >= 0 && connect(fd, each->ai_addr, each->ai_addrlen) != 0) {
            reason = errno;
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    if (fd < 0) fail("connect to %s:%s: %s", setting.host, setting.port, strerror(reason));
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static connection *open_connections(int epoll) {
    connection *all = calloc(setting.clients, sizeof *all);
    if (all == NULL) fail("out of memory");
    for (unsigned i = 0; i < setting.clients; i++) {
        connection *c = &all[i];
        c->fd = connect_to_server();
        fcntl(c->fd, F_SETFL, fcntl(c->fd, F_GETFL) | O_NONBLOCK);
        c->ring = calloc(setting.pipeline, sizeof *c->ring);
        c->in_space = REPLY_SPACE;
        c->in = malloc(c->in_space);
        if (c->ring == NULL || c->in == NULL) fail("out of memory");
        watch(epoll, c, EPOLL_CTL_ADD, EPOLLIN);
    }
    return all;
}

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// Number of keys that the server holds, asked over a connection of its own.
static uint64_t keys_on_server(void) {
    const int fd = connect_to_server();
    static const char question[] = "*1\r\n$6\r\nDBSIZE\r\n";
    if (send(fd, question, sizeof question - 1, MSG_NOSIGNAL) != (ssize_t)sizeof question - 1) fail("DBSIZE: not sent");
    char answer[64];
    size_t used = 0;
    while (used == 0 || answer[used - 1] != '\n') {
        const ssize_t got = recv(fd, answer + used, sizeof answer - 1 - used, 0);
        if (got <= 0) fail("DBSIZE: no answer");
        used += (size_t)got;
    }
    answer[used] = '\0';
    close(fd);
    if (answer[0] != ':') fail("DBSIZE: %s", answer);
    return strtoull(answer + 1, NULL, 10);
}

static double real(const char *text, const char *option, double least, double most) {
    char *end = NULL;
    const double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= least && value <= most)) {
        fprintf(stderr, "redis-load: --%s must be %g to %g, not \"%s\"\n", option, least, most, text);
        exit(2);
    }
    return value;
}

static void read_options(int argc, char **argv) {
    static const struct option options[] = {
        {"host", required_argument, NULL, 'h'},      {"port", required_argument, NULL, 'p'},
        {"keys", required_argument, NULL, 'k'},      {"fill", no_argument, NULL, 'f'},
        {"clients", required_argument, NULL, 'c'},   {"pipeline", required_argument, NULL, 'd'},
        {"seconds", required_argument, NULL, 's'},   {"warm-up", required_argument, NULL, 'w'},
        {"get-share", required_argument, NULL, 'g'}, {"value-bytes", required_argument, NULL, 'v'},
        {"seed", required_argument, NULL, 'r'},      {NULL, 0, NULL, 0}};
    bool usable = true;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) switch (option) {
        case 'h': setting.host = optarg; break;
        case 'p': setting.port = optarg; break;
        case 'k': setting.keys = (uint64_t)real(optarg, "keys", 1, 9999999999.0); break;
        case 'f': setting.fill = true; break;
        case 'c': setting.clients = (unsigned)real(optarg, "clients", 1, 10000); break;
        case 'd': setting.pipeline = (unsigned)real(optarg, "pipeline", 1, MAX_PIPELINE); break;
        case 's': setting.seconds = real(optarg, "seconds", 0.001, 86400); break;
        case 'w': setting.warm_up = real(optarg, "warm-up", 0, 86400); break;
        case 'g': setting.get_share = real(optarg, "get-share", 0, 1); break;
        case 'v': setting.value_bytes = (unsigned)real(optarg, "value-bytes", 1, MAX_VALUE / 2); break;
        case 'r': setting.seed = (uint64_t)real(optarg, "seed", 0, 9007199254740992.0); break;
        default: usable = false;
        }
    if (usable && optind == argc && setting.host != NULL && setting.port != NULL && setting.keys > 0) return;
    fputs("usage: redis-load --host H --port P --keys K [--fill] [--clients C] [--pipeline D] [--seconds S]\n"
          "                  [--warm-up S] [--get-share 0..1] [--value-bytes MEAN] [--seed N]\n",
          stderr);
    exit(2);
}

int main(int argc, char **argv) {
    read_options(argc, argv);
    memset(payload, 'x', sizeof payload);
    random_state = mix(setting.seed);
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) fail("epoll_create1: %s", strerror(errno));
    connection *all = open_connections(epoll);

    const uint64_t start = now_ns();
    if (!setting.fill) {
        count_from = start + (uint64_t)(setting.warm_up * 1e9);
        count_until = send_until = count_from + (uint64_t)(setting.seconds * 1e9);
    }
    for (unsigned i = 0; i < setting.clients; i++) {
        queue_requests(&all[i], now_ns());
        flush_requests(epoll, &all[i]);
    }
    double cpu_before = cpu_seconds(), cpu_after = -1;
    bool counting = false;
    for (;;) {
        unsigned busy = 0;
        for (unsigned i = 0; i < setting.clients; i++) busy += all[i].under_way > 0;
        if (busy == 0) break;
        struct epoll_event events[256];
        const int ready = epoll_wait(epoll, events, 256, STALL_SECONDS * 1000);
        if (ready < 0 && errno != EINTR) fail("epoll_wait: %s", strerror(errno));
        if (ready == 0) fail("no reply from %s:%s for %d s", setting.host, setting.port, (int)STALL_SECONDS);
        for (int i = 0; i < ready; i++) {
            connection *c = events[i].data.ptr;
            if (events[i].events & ~(uint32_t)EPOLLOUT) receive(c);
            queue_requests(c, now_ns());
            flush_requests(epoll, c);
        }
        const uint64_t now = now_ns();
        if (!counting && now >= count_from) counting = true, cpu_before = cpu_seconds();
        if (counting && cpu_after < 0 && now >= count_until) cpu_after = cpu_seconds();
    }
    const double elapsed = (double)(now_ns() - start) / 1e9;

    if (setting.fill) {
        if (errors > 0) fail("%" PRIu64 " of %" PRIu64 " keys were refused: %s", errors, setting.keys, first_error);
        const uint64_t held = keys_on_server();
        if (held < setting.keys) fail("the server holds %" PRIu64 " keys instead of %" PRIu64, held, setting.keys);
        printf("{\"tool\":\"redis-load\",\"filled\":%" PRIu64 ",\"seconds\":%.6f}\n", setting.keys, elapsed);
        return 0;
    }
    if (cpu_after < 0) cpu_after = cpu_seconds();
    printf("{\"tool\":\"redis-load\",\"version\":1,\"clients\":%u,\"pipeline\":%u,\"seconds\":%.6f,\"warmUpSeconds\":%.6f,"
           "\"getShare\":%g,\"keys\":%" PRIu64 ",\"valueBytes\":%u,\"errors\":%" PRIu64 ",\"misses\":%" PRIu64
           ",\"cpuShare\":%.4f,",
           setting.clients, setting.pipeline, setting.seconds, setting.warm_up, setting.get_share, setting.keys,
           setting.value_bytes, errors, misses, (cpu_after - cpu_before) / setting.seconds);
    print_histogram("get", &latencies[GET], answered[GET]);
    printf(",");
    print_histogram("set", &latencies[SET], answered[SET]);
    printf("}\n");
    return 0;
}
