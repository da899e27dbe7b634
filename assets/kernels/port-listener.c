// Listens on ports for a while, so that another machine can try whether it reaches them:
//
//   port-listener SECONDS PROTOCOL/PORT/ADDRESS...
//
// PROTOCOL is tcp or udp; ADDRESS an IPv4 or IPv6 address of this machine, or * for all of them. Each TCP connection gets
// the line of answer-line.h, each datagram that is this line is answered by it without its end. Before that one line a port is
// printed, and "ready" when all are:
//
//   listening tcp/6379
//   taken tcp/6379 812 redis-server    with the process that holds it; "- -" where it cannot be seen
//   failed tcp/6379 Cannot assign requested address
//
// Ends by itself after SECONDS, whatever happens to who started it. Nothing but the sockets is touched.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "answer-line.h"

#define PORTS 128

// Inode of a socket that is bound to the port in one of the kernel's tables: a listener of TCP, any of UDP; 0 for none.
static unsigned long inode_in(const char *path, int port, int any_state) {
  char line[512];
  unsigned long found = 0;
  FILE *table = fopen(path, "re");
  if (table == NULL) return 0;
  while (found == 0 && fgets(line, sizeof line, table) != NULL) {
    unsigned local, state;
    unsigned long inode;
    if (sscanf(line, "%*d: %*[0-9A-F]:%x %*s %x %*s %*s %*s %*s %*s %lu", &local, &state, &inode) != 3) continue;
    if ((int)local == port && (any_state || state == 0x0a)) found = inode;
  }
  fclose(table);
  return found;
}

// Number of the process that has the socket open; 0 where none can be seen.
static int process_of(unsigned long inode) {
  char wanted[64], path[300], target[64];
  int found = 0;
  snprintf(wanted, sizeof wanted, "socket:[%lu]", inode);
  DIR *processes = opendir("/proc");
  if (processes == NULL) return 0;
  for (struct dirent *process; found == 0 && (process = readdir(processes)) != NULL;) {
    if (!isdigit((unsigned char)process->d_name[0])) continue;
    snprintf(path, sizeof path, "/proc/%s/fd", process->d_name);
    DIR *files = opendir(path);
    if (files == NULL) continue;
    for (struct dirent *file; found == 0 && (file = readdir(files)) != NULL;) {
      const ssize_t length = readlinkat(dirfd(files), file->d_name, target, sizeof target - 1);
      if (length <= 0) continue;
      target[length] = '\0';
      if (strcmp(target, wanted) == 0) found = atoi(process->d_name);
    }
    closedir(files);
  }
  closedir(processes);
  return found;
}

static void tell_taken(const char *protocol, int port) {
  const int udp = strcmp(protocol, "udp") == 0;
  unsigned long inode = inode_in(udp ? "/proc/net/udp" : "/proc/net/tcp", port, udp);
  if (inode == 0) inode = inode_in(udp ? "/proc/net/udp6" : "/proc/net/tcp6", port, udp);
  const int process = inode == 0 ? 0 : process_of(inode);
  char path[64], name[64] = "";
  if (process != 0) {
    snprintf(path, sizeof path, "/proc/%d/comm", process);
    FILE *comm = fopen(path, "re");
    if (comm != NULL) {
      if (fgets(name, sizeof name, comm) == NULL) name[0] = '\0';
      fclose(comm);
      name[strcspn(name, "\n")] = '\0';
    }
  }
  if (name[0] == '\0') printf("taken %s/%d - -\n", protocol, port);
  else printf("taken %s/%d %d %s\n", protocol, port, process, name);
}

// The address as the kernel takes it; its length, 0 where it is none. "*" is both families, or IPv4 where that is all.
static socklen_t socket_address(const char *text, int port, struct sockaddr_storage *address) {
  struct sockaddr_in *four = (struct sockaddr_in *)address;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;
  memset(address, 0, sizeof *address);
  if (strcmp(text, "*") == 0) {
    const int probe = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    text = probe < 0 ? "0.0.0.0" : "::";
    if (probe >= 0) close(probe);
  }
  if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)port);
    return sizeof *four;
  }
  if (inet_pton(AF_INET6, text, &six->sin6_addr) != 1) return 0;
  six->sin6_family = AF_INET6;
  six->sin6_port = htons((uint16_t)port);
  return sizeof *six;
}

// The socket; -1 where the port cannot be had, which is printed.
static int listen_on(const char *protocol, int port, const char *text) {
  struct sockaddr_storage address;
  const socklen_t length = socket_address(text, port, &address);
  const int tcp = strcmp(protocol, "tcp") == 0, yes = 1, no = 0;
  errno = EADDRNOTAVAIL;
  const int fd = length == 0 ? -1 : socket(address.ss_family, (tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  // Connections of before that linger (TIME_WAIT) do not hold a port; for UDP the option would share it with its holder.
  if (fd >= 0 && tcp) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (fd >= 0 && address.ss_family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
  if (fd >= 0 && bind(fd, (const struct sockaddr *)&address, length) == 0 && (!tcp || listen(fd, 16) == 0)) {
    printf("listening %s/%d\n", protocol, port);
    return fd;
  }
  if (errno == EADDRINUSE) tell_taken(protocol, port);
  else printf("failed %s/%d %s\n", protocol, port, strerror(errno));
  if (fd >= 0) close(fd);
  return -1;
}

static void serve(int fd, int tcp) {
  if (tcp) {
    const int connection = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0) return;
    (void)!send(connection, ANSWER_LINE, strlen(ANSWER_LINE), MSG_NOSIGNAL);
    close(connection);
    return;
  }
  char datagram[64];
  struct sockaddr_storage from;
  socklen_t length = sizeof from;
  const ssize_t bytes = recvfrom(fd, datagram, sizeof datagram, 0, (struct sockaddr *)&from, &length);
  // Nothing else, and not with the same: two that answer each other (a forged sender is enough) would never end.
  if ((size_t)bytes == strlen(ANSWER_LINE) && memcmp(datagram, ANSWER_LINE, (size_t)bytes) == 0)
    (void)!sendto(fd, datagram, (size_t)bytes - 1, MSG_NOSIGNAL, (const struct sockaddr *)&from, length);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int main(int count, char **arguments) {
  static struct pollfd sockets[PORTS];
  static int tcp[PORTS];
  const int seconds = count >= 2 ? atoi(arguments[1]) : 0;
  if (seconds < 1 || seconds > 600 || count < 3 || count - 2 > PORTS) {
    fprintf(stderr, "usage: port-listener SECONDS PROTOCOL/PORT/ADDRESS... (at most %d)\n", PORTS);
    return 2;
  }
  // Should the loop below ever hang.
  alarm((unsigned)seconds + 5);
  setvbuf(stdout, NULL, _IOLBF, 0);
  const double deadline = now() + seconds;
  int open = 0;
  for (int i = 2; i < count; i += 1) {
    char protocol[4], address[64];
    int port;
    if (sscanf(arguments[i], "%3[a-z]/%d/%63[0-9a-fA-F:.*]", protocol, &port, address) != 3 || port < 1 || port > 65535 ||
        (strcmp(protocol, "tcp") != 0 && strcmp(protocol, "udp") != 0)) {
      fprintf(stderr, "port-listener: %s is not PROTOCOL/PORT/ADDRESS\n", arguments[i]);
      return 2;
    }
    const int fd = listen_on(protocol, port, address);
    if (fd < 0) continue;
    tcp[open] = strcmp(protocol, "tcp") == 0;
    sockets[open++] = (struct pollfd){.fd = fd, .events = POLLIN};
  }
  printf("ready\n");
  for (double left; open > 0 && (left = deadline - now()) > 0;) {
    if (poll(sockets, (nfds_t)open, (int)(left * 1000) + 1) <= 0) continue;
    for (int i = 0; i < open; i += 1)
      if (sockets[i].revents != 0) serve(sockets[i].fd, tcp[i]);
  }
  return 0;
}
