#!/bin/sh
# This host's own package sources of one release, with a component added where the main one stands.
#   apt-sources.sh copy FOLDER RELEASE COMPONENT         copies of the source files; COMPONENT '' adds none
#   apt-sources.sh offered RELEASE COMPONENT PACKAGE...  a line for each PACKAGE that they offer: `PACKAGE`, or
#                                                        `PACKAGE COMPONENT` where only the added component has it
# Nothing of this host is changed: apt works with lists of its own, which are removed.
# Status 22: no package source of this host offers the release.
set -eu
umask 022

# A line `deb … main` (one-line format) or a field `Components: … main` (deb822).
add_component='
  component != "" && ($1 == "deb" || tolower($1) == "components:") {
    main = 0
    there = 0
    sub(/[[:space:]]+#.*$/, "")
    for (field = 2; field <= NF; field++) {
      if ($field == "main") main = 1
      if ($field == component) there = 1
    }
    if (main && !there) $0 = $0 " " component
  }
  { print }'

# In a shell of its own. Source files that carry the release; a flat repository ("./") carries whatever it holds.
copy() (
  folder=$1 release=$2 component=$3 number=0
  mkdir -p "$folder"
  apt-get indextargets --no-release-info --format '$(RELEASE) $(SOURCESENTRY)' 'Created-By: Packages' |
    awk -v release="$release" '
      $1 == release || index($1, release "-") == 1 || $1 ~ /\/$/ { sub(/:[0-9]+$/, "", $2); print $2 }' |
    sort -u | while IFS= read -r source; do
      number=$((number + 1))
      awk -v component="$component" "$add_component" "$source" >"$folder/$number-${source##*/}"
    done
  for file in "$folder"/*; do
    [ ! -e "$file" ] || exit 0
  done
  echo "no package source of this host in /etc/apt offers $release" >&2
  exit 22
)

# apt_of SOURCES PROGRAM ARGUMENT...: with these sources, and nothing else of this host's lists and packages.
apt_of() {
  sources=$work/$1 program=$2
  shift 2
  "$program" -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$sources" \
    -o "Dir::State::lists=$work/lists" -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" \
    -o APT::Sandbox::User=root -o Debug::NoLocking=true "$@"
}

# A name that another package only mentions has no version.
offers() {
  apt_of "$1" apt-cache show "$2" 2>/dev/null | grep -q '^Version: '
}

offered() {
  release=$1 component=$2
  shift 2
  work=$(mktemp -d)
  trap 'rm -rf -- "$work"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
  : >"$work/status"
  copy "$work/own" "$release" ''
  apt_of own apt-get update >&2
  missing=
  for package in "$@"; do
    if offers own "$package"; then
      printf '%s\n' "$package"
    else
      missing="$missing $package"
    fi
  done
  [ -n "$component" ] && [ -n "$missing" ] || return 0
  copy "$work/more" "$release" "$component"
  ! diff -rq "$work/own" "$work/more" >/dev/null || return 0
  # A mirror may lack the component: then there is no more than before.
  apt_of more apt-get update >&2 || return 0
  for package in $missing; do
    if offers more "$package"; then printf '%s %s\n' "$package" "$component"; fi
  done
}

act=$1
shift
case $act in
copy) copy "$@" ;;
offered) offered "$@" ;;
*)
  echo "apt-sources.sh does not know $act" >&2
  exit 2
  ;;
esac
