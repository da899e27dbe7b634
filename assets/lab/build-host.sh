#!/bin/sh
# Builds the tree of both hosts from the package repository. Runs with its own mounts.
# usage: build-host.sh TARGET REPOSITORY RELEASE PACKAGES(comma-separated) EXCLUDED...
set -eu
target=$1 repository=$2 release=$3 packages=$4
shift 4

for pattern in "$@"; do
  set -- "$@" "--dpkgopt=path-exclude=$pattern"
  shift
done

mmdebstrap --mode=root --variant=minbase --format=directory --include="$packages" \
  --aptopt='APT::Install-Recommends "false"' --dpkgopt=force-unsafe-io "$@" \
  --customize-hook='chroot "$1" useradd --create-home --shell /bin/bash --password "*" bench' \
  --customize-hook='chroot "$1" useradd --create-home --shell /bin/bash --password "*" plain' \
  "$release" "$target" "deb [trusted=yes] copy:$repository ./"

# Keys are each lab's own; a resolver would be this machine's.
rm -f "$target"/etc/ssh/ssh_host_* "$target/etc/resolv.conf" "$target/etc/machine-id"
: >"$target/etc/resolv.conf"
