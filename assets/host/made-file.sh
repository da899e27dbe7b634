#!/bin/sh
# Files and folders that Tare makes: a claim is written first, so that nothing else is ever removed.
#   probe <path>            prints absent, unfinished or present
#   claim <folder> <path>   before it is made; fails where something stands there
#   finish <folder> <path>  after it was made
#   remove <folder> <path>  removes what was claimed
set -eu

claims=/var/lib/tare/made

fail() {
  echo "$1" >&2
  exit 1
}

claim_of() {
  echo "$claims/$(printf %s "$1" | sha256sum | cut -d ' ' -f 1)"
}

exists() {
  [ -e "$1" ] || [ -L "$1" ]
}

write_claim() {
  printf '%s\n%s\n' "$2" "$3" >"$1.new"
  mv "$1.new" "$1"
  sync "$1" "$claims" || sync
}

# The folder that holds the path must really be the allowed folder or below it, links followed.
require_inside() {
  parent=$(realpath -e "$(dirname "$2")") || fail "$(dirname "$2") does not exist"
  allowed=$(realpath -e "$1") || fail "$1 does not exist"
  case $parent/ in
  "$allowed"/*) ;;
  *) fail "$2 is not below $1: refused" ;;
  esac
}

probe() {
  claim=$(claim_of "$1")
  if [ ! -e "$claim" ]; then
    if exists "$1"; then echo present; else echo absent; fi
  elif [ "$(sed -n 2p "$claim")" = made ] && exists "$1"; then
    echo present
  else
    echo unfinished
  fi
}

claim() {
  case $2 in
  /var/lib/tare/*) mkdir -p "$(dirname "$2")" ;;
  esac
  require_inside "$1" "$2"
  ! exists "$2" || fail "$2 exists already and is not replaced"
  mkdir -p "$claims"
  write_claim "$(claim_of "$2")" "$2" making
}

finish() {
  require_inside "$1" "$2"
  exists "$2" || fail "$2 was not made by the commands that should make it"
  claim=$(claim_of "$2")
  [ -e "$claim" ] || fail "$2 was not claimed by Tare"
  write_claim "$claim" "$2" made
}

remove() {
  claim=$(claim_of "$2")
  if [ ! -e "$claim" ]; then
    ! exists "$2" || fail "$2 was not made by Tare and is not removed"
    return 0
  fi
  if exists "$2"; then
    require_inside "$1" "$2"
    rm -rf --one-file-system -- "$2"
  fi
  rm -f "$claim"
  sync "$claims" || sync
  rmdir "$claims" 2>/dev/null || :
}

case $1 in
probe) probe "$2" ;;
claim) claim "$2" "$3" ;;
finish) finish "$2" "$3" ;;
remove) remove "$2" "$3" ;;
*) fail "made-file.sh does not know $1" ;;
esac
