#!/bin/sh
# write-file.sh PATH MODE BYTES: replaces PATH by standard input, at once and only when all of it has come.
set -eu
umask 022
path=$1
mode=$2
bytes=$3

mkdir -p -- "${path%/*}/"
umask 077
new=$path.tare-new.$$
trap 'rm -f -- "$new"' EXIT
cat >"$new"
came=$(wc -c <"$new")
if [ "$came" -ne "$bytes" ]; then
  echo "only $came of $bytes bytes came" >&2
  exit 1
fi
chmod "$mode" -- "$new"
sync -- "$new" 2>/dev/null || sync
mv -f -- "$new" "$path"
