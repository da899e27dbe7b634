#!/bin/sh
# Runs a command and times the way from its start to the first answer on a port of what it starts.
#   start-up.sh KERNELS LIMIT EVERY PIDFILE ADDRESS PORT -- PROGRAM [ARGUMENT...]     as assets/kernels/first-answer.c
# Where first-answer is not among the kernels the command runs all the same, only untimed.
set -eu
first_answer=$1/first-answer
shift
if [ -x "$first_answer" ]; then exec "$first_answer" "$@"; fi
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
