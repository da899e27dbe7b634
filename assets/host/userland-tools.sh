#!/bin/sh
# Prints which of the named programs a userland does not hold, one a line.
#   userland-tools.sh ROOT PROGRAM...     a PROGRAM is a name, or a path inside the userland
set -eu
root=$1
shift
for program in "$@"; do
  found=
  case $program in
  */*) if [ -x "$root/$program" ] || [ -L "$root/$program" ]; then found=yes; fi ;;
  esac
  for folder in usr/local/sbin usr/local/bin usr/sbin usr/bin sbin bin; do
    # A link may be absolute, and then leads out of the tree: that it is there is enough.
    if [ -x "$root/$folder/$program" ] || [ -L "$root/$folder/$program" ]; then found=yes; fi
  done
  [ -n "$found" ] || printf '%s\n' "$program"
done
