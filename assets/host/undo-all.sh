#!/bin/sh
# Restores this host without Tare: undoes every outstanding change of the journal below /var/lib/tare/changes,
# the newest first. Run it as root:
#   sh /var/lib/tare/undo-all.sh           restores; leaves a setting that somebody else changed since, and says so
#   sh /var/lib/tare/undo-all.sh --force   restores these too, and does not mind a campaign that is measuring
#   sh /var/lib/tare/undo-all.sh --list    only shows what is outstanding
# Ends with 0 when nothing is outstanding any more.
set -euf

changes=/var/lib/tare/changes
log=$changes/log
option=${1:-}

# A change's command: its arguments are separated by NUL, its standard input is a file beside them.
# Ends with 124 where the command says, by status 3, that this host no longer offers it (xargs makes 124 of 255).
run() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  xargs -0 -x sh -c 'input=$1
    shift
    "$@" <"$input" && exit 0
    status=$?
    [ "$status" -ne 3 ] || exit 255
    exit "$status"' sh "$1.stdin" <"$1.argv"
}

say() {
  printf '%s\n' "$1"
}

open_entries() {
  [ -d "$changes" ] || return 0
  find "$changes" -mindepth 2 -maxdepth 2 -type d -name '[0-9]*-*' |
    awk -F / '{ split($NF, part, "-"); print part[1], $0 }' | sort -rn | cut -d ' ' -f 2-
}

describe() {
  sed -n 's/.*"title":"\([^"]*\)".*/\1/p' "$1/record.json"
}

close_entry() {
  name=$(basename "$1")
  campaign=$(basename "$(dirname "$1")")
  grep -q -s -F " $campaign ${name#*-} undone" "$log" ||
    printf '%s %s %s %s undone\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${name%%-*}" "$campaign" "${name#*-}" >>"$log"
  sync "$log" || sync
  rm -rf "$1"
  rmdir "$changes/$campaign" 2>/dev/null || [ -d "$changes/$campaign" ]
}

# The setting is the first line of a state; others say what belongs to it, and are nothing to be read by a person.
setting() {
  printf '%s\n' "$1" | head -n 1
}

# A setting must be the one that Tare set, where the change was applied; objects that were absent are removed.
drifted() {
  [ -e "$1/applied" ] && [ -e "$1/wanted" ] && [ "$3" != absent ] && [ "$(setting "$2")" != "$(cat "$1/wanted")" ]
}

undo() {
  entry=$1
  title=$(describe "$entry")
  before=$(cat "$entry/before")
  run "$entry/stop" || return 1
  status=0
  now=$(run "$entry/probe") || status=$?
  if [ "$status" -eq 124 ] && [ "${before%%[!a-z]*}" != absent ]; then
    close_entry "$entry"
    say "no longer offered by this host: $title"
    return 0
  fi
  [ "$status" -eq 0 ] || return 1
  if [ "$now" = "$before" ]; then
    close_entry "$entry"
    say "as before already: $title"
    return 0
  fi
  if [ "$option" != --force ] && drifted "$entry" "$now" "${before%%[!a-z]*}"; then
    say "LEFT, as it was changed since: $title; it was $(setting "$before") before Tare, and is $(setting "$now") now (--force restores it)"
    return 1
  fi
  rm -f "$entry/applied"
  sync "$entry" || sync
  number=1
  while [ -e "$entry/undo-$number.argv" ]; do
    run "$entry/undo-$number" || return 1
    number=$((number + 1))
  done
  now=$(run "$entry/probe") || return 1
  if [ "$now" != "$before" ]; then
    [ "$(setting "$now")" != "$(setting "$before")" ] || now="$(setting "$now"), but not in every part,"
    say "NOT RESTORED: $title; it was $(setting "$before") before Tare, and is $(setting "$now") now"
    return 1
  fi
  close_entry "$entry"
  say "undone: $title"
}

if [ "$option" = --list ]; then
  open_entries | while read -r entry; do say "$(basename "$(dirname "$entry")")/$(basename "$entry"): $(describe "$entry")"; done
  exit 0
fi

if [ "$option" != --force ] && [ -e /var/lib/tare/lock ] && command -v flock >/dev/null; then
  exec 9<>/var/lib/tare/lock
  flock -n 9 || {
    say "a campaign is measuring on this host; nothing was undone"
    exit 1
  }
fi

outstanding=0
for entry in $(open_entries); do
  undo "$entry" || {
    outstanding=$((outstanding + 1))
    say "still outstanding: $entry"
  }
done
[ "$outstanding" -eq 0 ]
