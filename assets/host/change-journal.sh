#!/bin/sh
# The journal of changes on the host itself, below /var/lib/tare/changes: what is outstanding can be undone from it
# without Tare, by undo-all.sh. An entry is a folder <campaign>/<number>-<id>; the numbers count over all campaigns.
#   open <campaign> <id> <bytes> <undo-all.sh> <before> <0, or 1 and the wanted state> <command>…
#        the record, so many bytes, is on standard input
#        each command is: <number of arguments> <argument>… <0, or 1 and then its standard input>;
#        the first stops what is still being applied, the second is the probe, the others undo
#   run <campaign> <id> apply|undo <argument>…   runs a step as a process group of its own, which `stop` can find
#   stop <campaign> <id>        ends what `run` started, where it is still there (a lost link does not end it);
#        nothing more is applied then
#   applied <campaign> <id>     the change took effect
#   close <campaign> <id>       it was undone: the entry goes, a line of the log stays; it cannot be opened again
#   undoing <campaign> <id>     undo begins: its state may be any from now on
#   state <campaign> <id>       prints absent, journalled, applied or closed
#   list                        prints the open records, oldest first: "<journalled|applied> <record>"
set -euf

changes=/var/lib/tare/changes
log=$changes/log

fail() {
  echo "$1" >&2
  exit 1
}

persist() {
  sync "$@" || sync
}

# Paths of all open entries, oldest first; no name in them has blanks.
entries() {
  [ -d "$changes" ] || return 0
  find "$changes" -mindepth 2 -maxdepth 2 -type d -name '[0-9]*-*' |
    awk -F / '{ split($NF, part, "-"); print part[1], $0 }' | sort -n | cut -d ' ' -f 2-
}

# One at a time: a command that a lost link left behind may still run beside its repetition. Held to the end.
lock() {
  mkdir -p "$changes"
  exec 8>"$changes/.lock"
  flock 8
}

entry_of() {
  entries | awk -F / -v campaign="$1" -v id="$2" \
    '{ name = $NF; sub(/^[0-9]+-/, "", name); if ($(NF - 1) == campaign && name == id) print }'
}

closed() {
  [ -e "$log" ] && grep -q -F -- " $1 $2 undone" "$log"
}

state() {
  if closed "$1" "$2"; then
    echo closed
    return 0
  fi
  entry=$(entry_of "$1" "$2")
  if [ -z "$entry" ]; then
    echo absent
  elif [ -e "$entry/applied" ]; then
    echo applied
  else
    echo journalled
  fi
}

# One command as NUL-separated arguments in <name>.argv, and its standard input in <name>.stdin. A script of Tare's goes
# along, so that undo needs nothing but the entry. Prints how many parameters were taken.
write_command() {
  new=$1 entry=$2 name=$1/$3 count=$4 taken=2
  shift 4
  : >"$name.argv"
  case $1:$2 in
  sh:/*.sh)
    script=$(basename "$2")
    [ -e "$new/$script" ] || cp "$2" "$new/$script"
    printf 'sh\0%s\0' "$entry/$script" >>"$name.argv"
    shift 2
    count=$((count - 2)) taken=$((taken + 2))
    ;;
  esac
  while [ "$count" -gt 0 ]; do
    printf '%s\0' "$1" >>"$name.argv"
    shift
    count=$((count - 1)) taken=$((taken + 1))
  done
  : >"$name.stdin"
  if [ "$1" = 1 ]; then
    printf %s "$2" >"$name.stdin"
    taken=$((taken + 1))
  fi
  echo "$taken"
}

open_entry() {
  lock
  campaign=$1 id=$2 bytes=$3 undo_all=$4 before=$5
  shift 5
  case $(state "$campaign" "$id") in
  journalled | applied) return 0 ;;
  closed) fail "the change $id of campaign $campaign was undone already" ;;
  esac
  mkdir -p "$changes/$campaign"
  if ! cmp -s "$undo_all" /var/lib/tare/undo-all.sh; then
    cp "$undo_all" /var/lib/tare/undo-all.sh.new
    mv /var/lib/tare/undo-all.sh.new /var/lib/tare/undo-all.sh
  fi
  last=$( (entries; [ ! -e "$log" ] || cut -d ' ' -f 2 "$log") | sed 's|.*/||; s/-.*//' | sort -n | tail -n 1)
  # Leading zeros would make the number octal.
  last=$(printf %s "${last:-0}" | sed 's/^0*//')
  entry=$changes/$campaign/$(printf %06d $((${last:-0} + 1)))-$id
  new=$changes/$campaign/.new
  wanted=$1
  rm -rf "$new"
  mkdir "$new"
  cat >"$new/record.json"
  [ "$(wc -c <"$new/record.json")" -eq "$bytes" ] || fail "the record of change $id did not arrive whole"
  printf '%s\n' "$before" >"$new/before"
  shift
  if [ "$wanted" = 1 ]; then
    printf '%s\n' "$1" >"$new/wanted"
    shift
  fi
  number=-1
  while [ $# -gt 0 ]; do
    case $number in
    -1) name=stop ;;
    0) name=probe ;;
    *) name=undo-$number ;;
    esac
    taken=$(write_command "$new" "$entry" "$name" "$@")
    shift "$taken"
    number=$((number + 1))
  done
  find "$new" -type f -exec sync {} + || sync
  mv "$new" "$entry"
  persist "$changes/$campaign" "$changes" /var/lib/tare
  if closed "$campaign" "$id"; then
    close_entry "$campaign" "$id"
    fail "the change $id of campaign $campaign was undone meanwhile"
  fi
}

start_time() {
  sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
}

# The mark of `stop` is looked for after the process was written down, and `stop` looks the other way round:
# so either the step sees that it must not begin, or `stop` sees the step.
# Background work would read from /dev/null: descriptor 3 hands the standard input on.
run_step() {
  entry=$(entry_of "$1" "$2")
  [ -n "$entry" ] || fail "the change $2 of campaign $1 is not in the journal"
  purpose=$3
  shift 3
  exec 3<&0
  # shellcheck disable=SC2016 # expanded by the inner shell
  setsid sh -c 'entry=$1 purpose=$2
    shift 2
    echo "$$ $(sed "s/.*) //" /proc/$$/stat | cut -d " " -f 20) $(cat /proc/sys/kernel/random/boot_id)" >"$entry/process.new"
    mv "$entry/process.new" "$entry/process" || exit 1
    if [ "$purpose" = apply ] && [ -e "$entry/stopped" ]; then
      echo "the change was stopped" >&2
      exit 1
    fi
    exec "$@"' sh "$entry" "$purpose" "$@" <&3 3<&- &
  exec 3<&-
  wait $!
}

group_is_there() {
  kill -s 0 -- "-$1" 2>/dev/null
}

# A group whose leader has gone keeps the leader's number from being used again.
stop() {
  entry=$(entry_of "$1" "$2")
  [ -n "$entry" ] || return 0
  : >"$entry/stopped"
  [ -e "$entry/process" ] || return 0
  read -r process started boot <"$entry/process"
  [ "$boot" = "$(cat /proc/sys/kernel/random/boot_id)" ] || return 0
  [ ! -e "/proc/$process" ] || [ "$(start_time "$process")" = "$started" ] || return 0
  for attempt in TERM 0 0 0 0 0 0 0 0 0 KILL 0 0 0 0 0 0 0 0 0; do
    group_is_there "$process" || return 0
    kill -s "$attempt" -- "-$process" 2>/dev/null || return 0
    sleep 0.5
  done
  fail "process group $process of change $2 cannot be ended"
}

mark_applied() {
  entry=$(entry_of "$1" "$2")
  [ -n "$entry" ] || fail "the change $2 of campaign $1 is not in the journal"
  : >"$entry/applied"
  persist "$entry"
}

mark_undoing() {
  entry=$(entry_of "$1" "$2")
  [ -n "$entry" ] || return 0
  rm -f "$entry/applied"
  persist "$entry"
}

# The log line comes first: an entry that it names is undone, even where its folder is still there, and cannot be
# opened any more, even by an `open` that a lost link left running.
close_entry() {
  lock
  entry=$(entry_of "$1" "$2")
  number=$(basename "${entry:-000000}")
  closed "$1" "$2" || printf '%s %s %s %s undone\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${number%%-*}" "$1" "$2" >>"$log"
  persist "$log"
  [ -z "$entry" ] || rm -rf "$entry"
  rm -rf "$changes/$1/.new"
  [ ! -d "$changes/$1" ] || rmdir "$changes/$1" 2>/dev/null || [ -d "$changes/$1" ]
}

list() {
  entries | while read -r entry; do
    id=$(basename "$entry" | sed 's/^[0-9]*-//')
    ! closed "$(basename "$(dirname "$entry")")" "$id" || continue
    if [ -e "$entry/applied" ]; then printf 'applied '; else printf 'journalled '; fi
    tr -d '\n' <"$entry/record.json"
    echo
  done
}

command=$1
shift
case $command in
open) open_entry "$@" ;;
applied) mark_applied "$@" ;;
undoing) mark_undoing "$@" ;;
close) close_entry "$@" ;;
run) run_step "$@" ;;
stop) stop "$@" ;;
state) state "$@" ;;
list) list ;;
*) fail "change-journal.sh does not know $command" ;;
esac
