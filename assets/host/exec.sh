#!/bin/sh
# Reads a program's arguments from standard input and becomes that program; the rest of the input is the program's own.
# First line: how many arguments. Then one line each, in which \n is a newline and \\ a backslash.
# "tare-begin" marks where the login shell's own noise ends; the number is the process that becomes the program.
set -eu
LC_ALL=C
PATH=${PATH:-/usr/local/bin:/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH
printf '\ntare-begin %s\n' "$$"
printf '\ntare-begin %s\n' "$$" >&2

IFS= read -r count
set --
while [ "$#" -lt "$count" ]; do
  IFS= read -r line
  # The dot keeps newlines at an argument's end, which $(...) would drop.
  argument=$(printf '%b.' "$line")
  set -- "$@" "${argument%.}"
done
exec "$@"
