#!/bin/sh
# Compiles one of Tare's kernels on this host: source on standard input, flags for gcc as arguments.
# usage: build-kernels.sh FOLDER NAME FLAG...   -> FOLDER/NAME, and its source as FOLDER/NAME.c
#        build-kernels.sh FOLDER NAME.sh        -> FOLDER/NAME.sh, a shell script, as it is
# Does nothing where FOLDER/NAME is there: FOLDER's name is a hash of all sources and flags.
# Exit status: 3 where gcc or the C library's headers are missing, else gcc's.
set -eu
LC_ALL=C
export LC_ALL

folder=$1
name=$2
shift 2

if [ -x "$folder/$name" ]; then
  printf 'already built: %s\n' "$folder/$name"
  exit 0
fi

# store FILE: standard input as $temporary/FILE, beside where it will be.
store() {
  umask 022
  mkdir -p -- "$folder"
  temporary=$(mktemp -d "$folder/.$name.XXXXXX")
  trap 'rm -rf -- "$temporary"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  cat >"$temporary/$1"
}

case $name in
*.sh)
  store "$name"
  chmod 0755 "$temporary/$name"
  mv -f -- "$temporary/$name" "$folder/$name"
  exit 0
  ;;
esac
if ! command -v gcc >/dev/null 2>&1; then
  printf 'gcc is not installed\n' >&2
  exit 3
fi
if ! printf '#include <stdlib.h>\n' | gcc -E -x c - >/dev/null 2>&1; then
  printf 'the headers of the C library are not installed\n' >&2
  exit 3
fi

store "$name.c"
# Libraries come last: the linker takes from a static library only what was asked for before it.
gcc "$temporary/$name.c" -o "$temporary/$name" "$@"
chmod 0644 "$temporary/$name.c"
chmod 0755 "$temporary/$name"
mv -f -- "$temporary/$name.c" "$folder/$name.c"
mv -f -- "$temporary/$name" "$folder/$name"
gcc --version | head -n 1
