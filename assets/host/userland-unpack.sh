#!/bin/sh
# Unpacks an archive that the user named as the userland.
#   userland-unpack.sh sum ARCHIVE     prints its SHA-256
#   userland-unpack.sh FOLDER ARCHIVE SHA256
# FOLDER appears when it is complete. Status 20: a tool is missing; 21: too little space; 23: not the archive it was.
set -eu
umask 022
if [ "${1:-}" = sum ]; then
  [ -f "$2" ] || { echo "there is no file $2" >&2; exit 1; }
  sum=$(sha256sum <"$2")
  echo "${sum%% *}"
  exit 0
fi
if [ "${1:-}" != --inside ]; then
  exec unshare --mount --propagation private -- sh "$0" --inside "$@"
fi
shift
folder=$1 archive=$2 sum=$3
scripts=${0%/*}
work=$folder.tmp

fail() {
  echo "$2" >&2
  exit "$1"
}

mkdir -p -m 0700 "${folder%/*}"
for tool in tar flock; do
  command -v "$tool" >/dev/null || fail 20 "$tool is not installed"
done
exec 9>"$folder.lock"
flock 9
if [ -e "$folder" ]; then
  echo "The userland is there already."
  exit 0
fi
rm -rf --one-file-system -- "$work"
size_mib=$(($(stat -Lc %s -- "$archive") / 1048576))
free_mib=$(df -Pk "${folder%/*}" | awk 'NR == 2 { print int($4 / 1024) }')
[ "$free_mib" -ge "$size_mib" ] || fail 21 "${folder%/*} has $free_mib MiB free; $archive alone has $size_mib MiB"
[ "$(sha256sum <"$archive" | cut -d ' ' -f 1)" = "$sum" ] || fail 23 "$archive changed while it was looked at"
mkdir -m 0700 "$work"
mkdir "$work/root"
echo "Unpacking $archive"
tar --numeric-owner --xattrs -C "$work/root" -x -f "$archive"
[ -x "$work/root/bin/sh" ] || fail 23 "$archive holds no root file system: there is no /bin/sh in it"

echo "Making the guest's kernel and first file system"
sh "$scripts/guest-parts.sh" "$work"
sync -f "$work"
mv "$work" "$folder"
