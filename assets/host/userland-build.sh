#!/bin/sh
# Builds the userland: a root file system of this host's own release, from this host's own package sources.
#   userland-build.sh FOLDER RELEASE PACKAGES(comma-separated) KERNEL_PACKAGE COMPONENT
# COMPONENT is added to the sources for this build alone ('' adds none).
# FOLDER appears when it is complete, never before.
# Status 20: a tool is missing; 21: too little space; 22: no package source.
set -eu
umask 022

# A namespace of its own: what is mounted while building is gone when this ends, however it ends.
if [ "${1:-}" != --inside ]; then
  exec unshare --mount --propagation private -- sh "$0" --inside "$@"
fi
shift
folder=$1 release=$2 packages=$3 kernel=$4 component=$5
scripts=${0%/*}
work=$folder.tmp
needed_mib=2048

fail() {
  echo "$2" >&2
  exit "$1"
}

mkdir -p -m 0700 "${folder%/*}"
for tool in mmdebstrap apt-get flock; do
  command -v "$tool" >/dev/null || fail 20 "$tool is not installed"
done
# Whoever comes second waits, and finds it built.
exec 9>"$folder.lock"
flock 9
if [ -e "$folder" ]; then
  echo "The userland is there already."
  exit 0
fi
rm -rf --one-file-system -- "$work"
free_mib=$(df -Pk "${folder%/*}" | awk 'NR == 2 { print int($4 / 1024) }')
[ "$free_mib" -ge "$needed_mib" ] ||
  fail 21 "${folder%/*} has $free_mib MiB free; the userland needs $needed_mib MiB"
mkdir -m 0700 "$work"

sh "$scripts/apt-sources.sh" copy "$work/sources" "$release" "$component"
# How this host reaches its sources (proxies, retries, dates) holds for the build too.
apt-config dump | grep -E '^Acquire::(https?|ftp|Retries|Check-|AllowInsecure|AllowWeak)' >"$work/apt.conf" || :

set -- --mode=root --variant=minbase --format=directory "--include=$packages" \
  --aptopt='APT::Install-Recommends "false"' "--aptopt=$work/apt.conf" --dpkgopt=force-unsafe-io \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' \
  --customize-hook='sh "$TARE_DOWNLOAD" "$TARE_KERNEL" "$TARE_WORK/kernel"'
if apt-get indextargets --no-release-info --format '$(REPO_URI)' 'Created-By: Packages' | grep -q '^file:' &&
  [ -d /usr/share/mmdebstrap/hooks/file-mirror-automount ]; then
  set -- "$@" --hook-dir=/usr/share/mmdebstrap/hooks/file-mirror-automount
fi
set -- "$@" "$release" "$work/root"
for source in "$work"/sources/*; do
  set -- "$@" "$source"
done
TARE_DOWNLOAD=$scripts/guest-kernel.sh TARE_KERNEL=$kernel TARE_WORK=$work DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
  mmdebstrap "$@"

echo "Making the guest's kernel and first file system"
sh "$scripts/guest-parts.sh" "$work"
rm -rf "$work/kernel" "$work/sources" "$work/apt.conf"
sync -f "$work"
mv "$work" "$folder"
