#!/bin/sh
# Detached jobs: they outlive the connection and the controller, and are found again by their id.
# job.sh start ID LIMIT_SECONDS USER STDIN_BYTES PROGRAM [ARGUMENT...]   USER "-": root
# job.sh start-output ID OUT_OFFSET ERR_OFFSET LIMIT_SECONDS …   what `start` does, then what `output` does
# job.sh state ID      prints: absent | running OUT ERR | ended OUT ERR STATUS REASON START END
#                      | died OUT ERR - died START LAST (the last sign of life)
# job.sh output ID OUT_OFFSET ERR_OFFSET   both outputs from these bytes on, until the job ends or stdin closes; then
#                      two zero bytes, "tare-state " and what `state` prints, on standard output
# job.sh read ID stdout|stderr OFFSET
# job.sh cancel ID     then prints what `state` prints
# job.sh remove ID | remove-ended PREFIX | list
# Files of a job: job (its limit), pid (runner's pid, start time, boot id), session (the program's session),
# alive (a fifo that the runner, and nobody else, holds open), heartbeat, stdin, stdout, stderr,
# reason (why it is being ended), end.
set -eu
umask 077
jobs=/var/lib/tare/jobs
self=$0

fail() {
  echo "job.sh: $2" >&2
  exit "$1"
}

job_folder() {
  case /$1/ in
    */../* | */./* | *//*) fail 2 "not a job id: $1" ;;
  esac
  folder=$jobs/$1
}

boot_id() { cat /proc/sys/kernel/random/boot_id; }

# Field 22 of stat, nothing for a zombie; the name in parentheses before it may hold spaces.
start_time() { sed -n 's/.*) \([^ZX]\)/\1/p' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

runner_lives() {
  [ -e "$folder/pid" ] || return 1
  read -r pid start boot <"$folder/pid"
  [ "$boot" = "$(boot_id)" ] && [ "$(start_time "$pid")" = "$start" ]
}

size() { if [ -e "$1" ]; then wc -c <"$1"; else echo 0; fi; }

# All processes of the job: those in the program's session, and those that left it but kept the environment.
# The session's number is trusted only while the runner lives; later it may be another's.
members() {
  if runner_lives && [ -e "$folder/session" ]; then
    cat /proc/[0-9]*/stat 2>/dev/null |
      awk -v session="$(cat "$folder/session")" '{ id = $1; sub(/.*\) /, ""); if ($4 == session && $1 != "Z") print id }'
  fi
  for file in $(grep -alF "TARE_JOB=:$id:" /proc/[0-9]*/environ 2>/dev/null || :); do
    file=${file#/proc/}
    echo "${file%/environ}"
  done
}

signal_members() {
  for member in $(members); do
    kill -s "$1" "$member" 2>/dev/null || :
  done
}

# SIGTERM, then SIGKILL after 5 s; returns when nothing is left.
end_members() {
  signal_members TERM
  killing_from=$(($(date +%s) + 5))
  while [ -n "$(members)" ]; do
    [ "$(date +%s)" -lt "$killing_from" ] || signal_members KILL
    sleep 0.1
  done
}

print_state() {
  [ -d "$folder" ] || { echo absent; return; }
  if [ ! -e "$folder/end" ]; then
    # A folder without a pid is a start under way, or one that was killed half-way.
    if runner_lives; then state=running
    elif [ ! -e "$folder/pid" ] && [ $(($(date +%s) - $(stat -c %Y "$folder"))) -lt 10 ]; then state=running
    else state=died
    fi
  fi
  if [ -e "$folder/end" ]; then
    echo "ended $(size "$folder/stdout") $(size "$folder/stderr") $(cat "$folder/end")"
  elif [ "$state" = died ]; then
    begun=$(stat -c %Y "$folder/job" 2>/dev/null || stat -c %Y "$folder")
    last=$(cat "$folder/heartbeat" 2>/dev/null || echo "$begun")
    echo "died $(size "$folder/stdout") $(size "$folder/stderr") - died $begun $last"
  else
    echo "$state $(size "$folder/stdout") $(size "$folder/stderr")"
  fi
}

# Becomes the runner; in a scope of its own where logind would end it with the login session.
become_runner() {
  if grep -q '/session-[^/]*\.scope' /proc/self/cgroup && command -v systemd-run >/dev/null &&
    busctl get-property org.freedesktop.login1 /org/freedesktop/login1 \
      org.freedesktop.login1.Manager KillUserProcesses 2>/dev/null | grep -q true; then
    exec setsid systemd-run --quiet --scope --collect --slice=system.slice -- "$@"
  else
    exec setsid "$@"
  fi
}

start_job() {
  limit=$1 user=$2 bytes=$3
  shift 3
  if [ -d "$folder" ]; then
    # What was meant for the program must not be taken for a sign that the reader is gone.
    head -c "$bytes" >/dev/null
  else
    # Open to all: the hypervisor's own account reads images beside the jobs.
    [ -d "${jobs%/*}" ] || (umask 022 && mkdir -p "${jobs%/*}")
    mkdir -p "$jobs"
    incoming=$jobs/.incoming.$$
    trap 'rm -f "$incoming"' EXIT
    head -c "$bytes" >"$incoming"
    # A link lost half-way must not start a program on half of its input.
    [ "$(size "$incoming")" -eq "$bytes" ] || fail 1 "standard input came incomplete"
    mkdir -p "${folder%/*}"
    # mkdir is the lock: of two starts of one id, one gets past it.
    if mkdir "$folder" 2>/dev/null; then
      echo "$limit" >"$folder/job"
      mkfifo "$folder/alive"
      mv "$incoming" "$folder/stdin"
      # Redirected before the call: a shell keeps copies of what it redirects for a function, and so the channel open.
      (
        exec </dev/null >/dev/null 2>&1
        become_runner sh "$self" run "$id" "$limit" "$user" "$@"
      ) &
    fi
  fi
  waited=0
  while [ ! -e "$folder/pid" ] && [ ! -e "$folder/end" ] && [ "$waited" -lt 100 ]; do
    sleep 0.05
    waited=$((waited + 1))
  done
  [ -d "$folder" ] || fail 1 "the job's folder could not be made: $folder"
}

run_job() {
  limit=$1 user=$2
  shift 2
  echo "$$ $(start_time $$) $(boot_id)" >"$folder/pid.new"
  : >"$folder/stdout"
  : >"$folder/stderr"
  exec 8<>"$folder/alive"
  setsid sh "$self" watch "$id" "$limit" "$$" </dev/null >/dev/null 2>&1 8>&- &
  watch=$!
  mv "$folder/pid.new" "$folder/pid"
  status=0
  started=$(date +%s.%N)
  # The program has a session apart from the runner's, so that what ends the one never hits the other.
  setsid sh "$self" enter "$id" "$user" "$@" <"$folder/stdin" >"$folder/stdout" 2>"$folder/stderr" 8>&- || status=$?
  ended=$(date +%s.%N)
  # What ended the job is written before its processes are signalled; what it left running is ended with it.
  reason=exited
  [ ! -e "$folder/reason" ] || { reason=$(cat "$folder/reason"); end_members; }
  echo "$status $reason $started $ended" >"$folder/end.new"
  sync "$folder/end.new" 2>/dev/null || sync
  mv "$folder/end.new" "$folder/end"
  kill -s KILL -- "-$watch" 2>/dev/null || :
}

enter_job() {
  user=$1
  shift
  echo "$$" >"$folder/session"
  TARE_JOB=":$id:"
  export TARE_JOB
  [ "$user" = - ] || exec setpriv --reuid "$user" --regid "$(id -g "$user")" --init-groups -- "$@"
  exec "$@"
}

# Heartbeat, and the time limit: kept here, on the host, whether or not anyone is connected.
watch_job() {
  limit=$1 runner=$2
  begun=$(date +%s)
  while [ "$(start_time "$runner")" ]; do
    date +%s >"$folder/heartbeat"
    left=$((limit - $(date +%s) + begun))
    if [ "$left" -le 0 ]; then
      echo time-limit >"$folder/reason"
      end_members
      return
    fi
    [ "$left" -le 5 ] || left=5
    sleep "$left"
  done
}

# "tare-output" opens both streams: what sudo had to say comes before it. Then come the job's bytes, and its state, which
# saves whoever follows a journey.
send_output() {
  [ -e "$folder/stderr" ] || fail 4 "the job has no output"
  exec 3<&0 </dev/null
  echo tare-output
  echo tare-output >&2
  if ! runner_lives; then
    tail -c "+$(($1 + 1))" "$folder/stdout"
    tail -c "+$(($2 + 1))" "$folder/stderr" >&2
    printf '\0\0tare-state '
    print_state
    return
  fi
  # Ends when the runner does, however that happens: the kernel then closes its end of the fifo.
  (IFS= read -r _ <"$folder/alive" || :) >/dev/null 2>&1 3<&- &
  waiter=$!
  # -s 0.1 is how often tail looks whether the waiter lives; data is seen at once, through inotify.
  tail -c "+$(($1 + 1))" -s 0.1 --pid="$waiter" -f "$folder/stdout" 2>/dev/null 3<&- &
  out=$!
  tail -c "+$(($2 + 1))" -s 0.1 --pid="$waiter" -f "$folder/stderr" >&2 2>/dev/null 3<&- &
  err=$!
  exec 2>/dev/null
  # When the reader closes its end, the tails end at once, not at the next byte.
  (IFS= read -r _ <&3 || :; kill "$out" "$err" "$waiter") >/dev/null &
  reader=$!
  exec 3<&-
  # A fifo that has no writer any more would never open.
  runner_lives || kill "$waiter" || :
  wait "$waiter" || :
  wait "$out" || :
  wait "$err" || :
  kill "$reader" || :
  printf '\0\0tare-state '
  print_state
}

act=$1
if [ "$act" = list ]; then
  [ -d "$jobs" ] || exit 0
  cd "$jobs"
  find . -type f -name job | sed 's|^\./||; s|/job$||'
  exit 0
fi
if [ "$act" = remove-ended ]; then
  [ -d "$jobs" ] || exit 0
  cd "$jobs"
  find . -type f -name end | sed 's|^\./||; s|/end$||' | while IFS= read -r id; do
    case $id in "$2"*) rm -rf "${jobs:?}/$id" ;; esac
  done
  find . -mindepth 1 -maxdepth 1 -type d -empty -delete
  exit 0
fi
id=$2
shift 2
job_folder "$id"
case $act in
  start) start_job "$@" ;;
  start-output)
    from_out=$1 from_err=$2
    shift 2
    start_job "$@"
    send_output "$from_out" "$from_err"
    ;;
  run) run_job "$@" ;;
  enter) enter_job "$@" ;;
  watch) watch_job "$@" ;;
  state) print_state ;;
  output) send_output "$@" ;;
  read) tail -c "+$(($2 + 1))" "$folder/$1" ;;
  cancel)
    [ -d "$folder" ] || { print_state; exit 0; }
    [ -e "$folder/end" ] || echo cancelled >"$folder/reason"
    end_members
    # The runner writes the end once its program is gone; a program that was just about to start is met here.
    while [ ! -e "$folder/end" ] && runner_lives; do
      end_members
      sleep 0.05
    done
    print_state
    ;;
  remove)
    [ -d "$folder" ] || exit 0
    if [ ! -e "$folder/end" ] && runner_lives; then fail 5 "the job runs"; fi
    rm -rf "$folder"
    [ "${folder%/*}" = "$jobs" ] || rmdir "${folder%/*}" 2>/dev/null || :
    ;;
  *) fail 2 "unknown act: $act" ;;
esac
