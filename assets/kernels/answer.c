// Answers on a TCP port, so that the start of an environment can be timed from outside: answer PORT
//
// Every connection gets one line. The first that says a byte back has read it, and the program ends;
// connections that were given up before are passed over. Nobody who asks within ten minutes: it ends, too.
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define LINE "tare\n"

static int failed(const char *what) {
  perror(what);
  return 1;
}

// Whether the other side says that it has read the line.
static int was_heard(int connection) {
  const struct timeval patience = {.tv_sec = 2};
  char byte;
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return send(connection, LINE, strlen(LINE), MSG_NOSIGNAL) == (ssize_t)strlen(LINE) &&
         recv(connection, &byte, 1, 0) == 1;
}

int main(int count, char **arguments) {
  const int port = count == 2 ? atoi(arguments[1]) : 0;
  if (port < 1 || port > 65535) {
    fprintf(stderr, "usage: answer PORT\n");
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
  for (;;) {
    const int connection = accept(listener, NULL, NULL);
    if (connection < 0) return failed("answer: accept");
    const int heard = was_heard(connection);
    close(connection);
    if (heard) return 0;
  }
}
