// Answers on a TCP port, so that the start of an environment can be timed from outside: answer PORT [announce]
//
// With "announce" a datagram goes to the default gateway first, which learns by it who is here:
// Docker's bridge has asked in vain before the container was up, and would ask again only after a second.
// Every connection gets one line. The first that says a byte back has read it, and the program ends;
// connections that were given up before are passed over. Nobody who asks within ten minutes: it ends, too.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "answer-line.h"

static int failed(const char *what) {
  perror(what);
  return 1;
}

// The default gateway of /proc/net/route; 0.0.0.0 where there is none.
static struct in_addr default_gateway(void) {
  struct in_addr gateway = {0};
  char line[256];
  FILE *routes = fopen("/proc/net/route", "re");
  if (routes == NULL) return gateway;
  while (fgets(line, sizeof line, routes) != NULL) {
    unsigned destination, next;
    if (sscanf(line, "%*s %x %x", &destination, &next) != 2 || destination != 0 || next == 0) continue;
    gateway.s_addr = next;
    break;
  }
  fclose(routes);
  return gateway;
}

// To the discard port: only that a packet goes there matters.
static void announce(void) {
  const struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = default_gateway()};
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0) return;
  if (to.sin_addr.s_addr != 0) (void)!sendto(fd, "", 0, 0, (const struct sockaddr *)&to, sizeof to);
  close(fd);
}

// Whether the other side says that it has read the line.
static int was_heard(int connection) {
  const struct timeval patience = {.tv_sec = 2};
  char byte;
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return send(connection, ANSWER_LINE, strlen(ANSWER_LINE), MSG_NOSIGNAL) == (ssize_t)strlen(ANSWER_LINE) &&
         recv(connection, &byte, 1, 0) == 1;
}

int main(int count, char **arguments) {
  const int port = count >= 2 ? atoi(arguments[1]) : 0;
  if (port < 1 || port > 65535) {
    fprintf(stderr, "usage: answer PORT [announce]\n");
    return 2;
  }
  alarm(600);
  const struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  const int yes = 1;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (listener < 0) return failed("answer: socket");
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (const struct sockaddr *)&address, sizeof address) < 0) return failed("answer: bind");
  if (listen(listener, 128) < 0) return failed("answer: listen");
  if (count == 3 && strcmp(arguments[2], "announce") == 0) announce();
  for (;;) {
    const int connection = accept(listener, NULL, NULL);
    // A question that was given up before it was taken.
    if (connection < 0 && (errno == ECONNABORTED || errno == EPROTO || errno == EINTR)) continue;
    if (connection < 0) return failed("answer: accept");
    const int heard = was_heard(connection);
    close(connection);
    if (heard) return 0;
  }
}
