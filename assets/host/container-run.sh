#!/bin/sh
# Runs a program in a container so that it can be ended from outside: /usr/local/lib/tare/run PROGRAM [ARGUMENT...]
# A program that `docker exec` started outlives its client, and one that overwrites its environment (redis does)
# cannot be told by it. This shell keeps the job's mark, and passes the end on to its whole process group.
set -u

# SIGTERM to all, SIGKILL when the program has ended or after 3 s; this shell goes with them.
end_group() {
  trap '' TERM
  kill -s TERM 0
  (sleep 3 && kill -s KILL 0) &
  wait "$program"
  kill -s KILL 0
}

trap end_group TERM
# Without this, a program in the background would read from nowhere.
exec 3<&0
"$@" <&3 3<&- &
program=$!
exec 3<&- </dev/null
wait "$program"
