// Times the start of something: runs a command and asks a TCP port until data comes.
//
//   first-answer LIMIT EVERY PIDFILE ADDRESS PORT -- PROGRAM [ARGUMENT...]
//
// LIMIT: seconds after which it asks no more. EVERY: milliseconds from one question to the next. PIDFILE: once the
// command has ended well, the end of the process whose number stands there ends the asking, or - for none.
// ADDRESS is an IPv4 address. What the command prints and its exit status are passed on. When an answer came, a last
// line tells the seconds from before the command to the answer, and to the command's own end.
//
// An answer is the line of answer.c; a proxy that accepts before anybody listens behind it gives none. A question
// stays open while the next ones are asked: a packet that was lost must not cost the second until it is sent again.
// Nor must a neighbour that was asked for its MAC address before it was up: the kernel is made to ask again at once.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if_arp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "answer-line.h"

#define QUESTIONS 64

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static struct pollfd questions[QUESTIONS];

static void give_up(struct pollfd *question) {
  if (question->fd >= 0) close(question->fd);
  question->fd = -1;
}

// The oldest question makes room for a new one.
static void ask(const struct sockaddr_in *address) {
  static unsigned next;
  struct pollfd *question = &questions[next++ % QUESTIONS];
  give_up(question);
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  if (connect(fd, (const struct sockaddr *)address, sizeof *address) < 0 && errno != EINPROGRESS) {
    close(fd);
    return;
  }
  *question = (struct pollfd){.fd = fd, .events = POLLIN};
}

// The kernel asks for a neighbour's MAC address once a second, and forgets here that it has asked. Where the address
// is no neighbour's, or this program not root's, nothing happens.
static void forget_neighbour(int fd, const struct sockaddr_in *address) {
  struct arpreq entry = {0};
  memcpy(&entry.arp_pa, address, sizeof *address);
  ((struct sockaddr_in *)&entry.arp_pa)->sin_port = 0;
  (void)ioctl(fd, SIOCDARP, &entry);
}

// Waits for at most that long; true once a question was answered.
static int answered(double seconds) {
  const long nanoseconds = seconds > 0 ? (long)(seconds * 1e9) : 0;
  const struct timespec wait = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  if (ppoll(questions, QUESTIONS, &wait, NULL) <= 0) return 0;
  for (int i = 0; i < QUESTIONS; i += 1) {
    char text[sizeof ANSWER_LINE];
    if (questions[i].fd < 0 || questions[i].revents == 0) continue;
    const ssize_t length = recv(questions[i].fd, text, sizeof text, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (length == (ssize_t)strlen(ANSWER_LINE) && memcmp(text, ANSWER_LINE, strlen(ANSWER_LINE)) == 0) {
      // The program there ends when it knows that it was heard.
      (void)!send(questions[i].fd, "\n", 1, MSG_NOSIGNAL);
      return 1;
    }
    give_up(&questions[i]);
  }
  return 0;
}

// The process whose number is in the file; 0 where there is none.
static pid_t process_in(const char *path) {
  int process = 0;
  FILE *file = fopen(path, "re");
  if (file == NULL) return 0;
  if (fscanf(file, "%d", &process) != 1) process = 0;
  fclose(file);
  return process;
}

static int exit_status(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int misused(void) {
  fprintf(stderr, "usage: first-answer LIMIT EVERY PIDFILE ADDRESS PORT -- PROGRAM [ARGUMENT...]\n");
  return 2;
}

int main(int count, char **arguments) {
  if (count < 8 || strcmp(arguments[6], "--") != 0) return misused();
  const double limit = atof(arguments[1]), every = atof(arguments[2]) / 1000;
  const char *pidfile = strcmp(arguments[3], "-") == 0 ? NULL : arguments[3];
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[5]))};
  if (limit <= 0 || every <= 0 || inet_pton(AF_INET, arguments[4], &address.sin_addr) != 1) return misused();
  for (int i = 0; i < QUESTIONS; i += 1) questions[i].fd = -1;

  const double begun = now();
  const pid_t command = fork();
  if (command < 0) {
    perror("first-answer: fork");
    return 1;
  }
  if (command == 0) {
    execvp(arguments[7], &arguments[7]);
    perror(arguments[7]);
    _exit(127);
  }

  const int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  double next = begun, answer = -1, ended = -1, looked = begun, forgot = begun;
  pid_t watched = 0;
  int status = 0;
  while (answer < 0 && now() - begun < limit) {
    if (now() - forgot > 0.01) {
      forgot = now();
      forget_neighbour(any, &address);
    }
    if (now() >= next) {
      ask(&address);
      next += every;
      // Whoever was kept from running does not catch up.
      if (next < now()) next = now();
    }
    // The command's end is looked for every millisecond, however seldom the port is asked.
    const double pause = next - now();
    if (answered(pause < 0.001 ? pause : 0.001)) answer = now();
    if (ended < 0 && waitpid(command, &status, WNOHANG) == command) {
      ended = now();
      if (exit_status(status) != 0) return exit_status(status);
      if (pidfile != NULL) watched = process_in(pidfile);
    }
    if (watched > 0 && now() - looked > 0.1) {
      looked = now();
      if (kill(watched, 0) < 0 && errno == ESRCH) break;
    }
  }
  for (int i = 0; i < QUESTIONS; i += 1) give_up(&questions[i]);
  if (ended < 0) {
    while (waitpid(command, &status, 0) < 0 && errno == EINTR) continue;
    ended = now();
  }
  if (exit_status(status) == 0 && answer >= 0)
    printf("{\"startUp\":{\"seconds\":%.6f,\"commandSeconds\":%.6f}}\n", answer - begun, ended - begun);
  return exit_status(status);
}
