#!/bin/sh
# Makes the folder of a guest: disk, kernel, initrd with the session's keys and kernels, and the key to log in with.
#   guest-files.sh USERLAND KERNELS FOLDER raw|qcow2
#   guest-files.sh USERLAND base raw|qcow2     makes only the disk that the guests' disks are copied from
set -eu
umask 077
disk_size=32G
userland=$1

fail() {
  echo "$1" >&2
  exit 1
}

[ ! -e "$userland/guest/missing" ] || fail "No guest can be made of this userland: $(cat "$userland/guest/missing")"
[ -e "$userland/guest/initrd" ] || fail "$userland is not a complete userland"

# The base lies beside the userland that it is made of; whoever comes second waits for it.
make_base() {
  base=$userland/guest/base.$1
  [ ! -e "$base" ] || return 0
  exec 9>"$userland/guest/lock"
  flock 9
  if [ ! -e "$userland/guest/base.raw" ]; then
    rm -f "$userland/guest/base.tmp"
    truncate -s "$disk_size" "$userland/guest/base.tmp"
    # Nothing is left for the guest's kernel to initialise in the background while it is measured.
    mke2fs -q -F -t ext4 -L tare -N 131072 -J size=64 -E lazy_itable_init=0,lazy_journal_init=0,nodiscard \
      -d "$userland/root" "$userland/guest/base.tmp"
    mv "$userland/guest/base.tmp" "$userland/guest/base.raw"
  fi
  if [ "$1" = qcow2 ] && [ ! -e "$base" ]; then
    qemu-img convert -f raw -O qcow2 "$userland/guest/base.raw" "$base.tmp"
    mv "$base.tmp" "$base"
  fi
  flock -u 9
}

if [ "$2" = base ]; then
  make_base "$3"
  exit 0
fi
kernels=$2 folder=$3 format=$4
make_base "$format"

# QEMU's own account must get to the disk: Tare's folders let it pass, and let it list nothing.
parent=${folder%/*}
while case $parent in /var/lib/tare*) true ;; *) false ;; esac; do
  chmod a+x "$parent"
  parent=${parent%/*}
done
mkdir -m 0711 "$folder"
mkdir "$folder/keys" "$folder/seed" "$folder/seed/tare" "$folder/seed/tare/keys" "$folder/seed/tare/kernels"
ssh-keygen -q -t ed25519 -N '' -C tare -f "$folder/keys/client"
ssh-keygen -q -t ed25519 -N '' -C tare-guest -f "$folder/keys/host"
cp "$folder/keys/client.pub" "$folder/seed/tare/keys/authorized_keys"
mv "$folder/keys/host" "$folder/seed/tare/keys/host"
cp -R "$kernels/." "$folder/seed/tare/kernels/"
chmod -R go+rX "$folder/seed/tare/kernels"
(cd "$folder/seed" && find tare | "$userland/root/bin/busybox" cpio -o -H newc 2>/dev/null | gzip) >"$folder/seed.gz"
cat "$userland/guest/initrd" "$folder/seed.gz" >"$folder/initrd"
rm -rf "$folder/seed" "$folder/seed.gz"
cp "$userland/guest/vmlinuz" "$folder/vmlinuz"
cp --reflink=auto --sparse=always "$userland/guest/base.$format" "$folder/disk.$format"
# On disk before the guest starts, so that no writing back falls into a run.
sync "$folder/disk.$format"
