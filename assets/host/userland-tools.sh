#!/bin/sh
# Prints which of the named programs a userland does not hold, one a line.
#   userland-tools.sh ROOT PROGRAM...     a PROGRAM is a name, or a path inside the userland;
#                                         of NAME|NAME any one will do
set -eu
root=$1
shift

holds() {
  program=$1
  case $program in
  */*) if [ -x "$root/$program" ] || [ -L "$root/$program" ]; then return 0; fi ;;
  esac
  for folder in usr/local/sbin usr/local/bin usr/sbin usr/bin sbin bin; do
    # A link may be absolute, and then leads out of the tree: that it is there is enough.
    if [ -x "$root/$folder/$program" ] || [ -L "$root/$folder/$program" ]; then return 0; fi
  done
  return 1
}

for programs in "$@"; do
  found=
  rest=$programs\|
  while [ -n "$rest" ]; do
    if holds "${rest%%|*}"; then found=yes; fi
    rest=${rest#*|}
  done
  [ -n "$found" ] || printf '%s\n' "$programs"
done
