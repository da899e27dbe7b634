#!/bin/sh
# Makes guest/vmlinuz and guest/initrd in a userland's folder, or guest/missing, which says why there are none.
#   guest-parts.sh FOLDER
# The kernel is in FOLDER/kernel (unpacked packages) or in the userland itself. Runs with mounts of its own.
set -eu
folder=$1
scripts=${0%/*}
root=$folder/root guest=$folder/guest tree=$folder/kernel

mkdir -p "$guest" "$root/data" "$root/opt/tare" "$root/proc" "$root/sys" "$root/dev" "$root/run" "$root/var/tmp" "$root/tmp"
# Keys are each guest's own, a name server would be this host's.
rm -f "$root"/etc/ssh/ssh_host_*_key "$root"/etc/ssh/ssh_host_*_key.pub "$root/etc/machine-id" "$root/etc/hostname"
rm -f "$root/etc/resolv.conf"
: >"$root/etc/resolv.conf"
printf '127.0.0.1 localhost tare-guest\n::1 localhost\n' >"$root/etc/hosts"
mkdir -p "$root/usr/local/lib/tare"
cp "$scripts/container-run.sh" "$root/usr/local/lib/tare/run"
chmod 755 "$root/usr/local/lib/tare/run"
if command -v dpkg-query >/dev/null && [ -d "$root/var/lib/dpkg" ]; then
  dpkg-query --admindir="$root/var/lib/dpkg" --show >"$folder/packages.txt"
fi

missing() {
  echo "$1" >"$guest/missing"
  echo "No guest can be made of this userland: $1" >&2
  exit 0
}

[ ! -e "$tree/missing" ] || missing "$(cat "$tree/missing")"
[ -d "$tree" ] || tree=$root
image=$(find "$tree/boot" -name 'vmlinuz-*' 2>/dev/null | sort -V | tail -n 1)
[ -n "$image" ] || missing "there is no kernel in it (/boot/vmlinuz-*)"
busybox=$root/bin/busybox
[ -x "$busybox" ] || missing "busybox-static is not in it"
[ -x "$root/usr/sbin/sshd" ] || missing "openssh-server is not in it"
version=${image##*/vmlinuz-}
# Where /lib is a link to /usr/lib, packages may hold either.
[ -e "$tree/lib/modules" ] || ln -s usr/lib "$tree/lib"

initrd=$folder/initrd.tmp
rm -rf "$initrd"
mkdir -p "$initrd/bin" "$initrd/modules" "$initrd/proc" "$initrd/sys" "$initrd/dev" "$initrd/root" "$initrd/tare"
cp "$busybox" "$initrd/bin/busybox"
cp "$scripts/guest-initrd.sh" "$initrd/init"
cp "$scripts/guest-init.sh" "$initrd/tare/guest-init"
chmod 755 "$initrd/init" "$initrd/tare/guest-init"

# The userland's own kmod tells which modules are built in, and in which order the others go.
mkdir -p "$root/mnt"
mount --bind "$tree" "$root/mnt"
chroot "$root" depmod -b /mnt "$version"
number=100
for module in virtio_pci virtio_blk virtio_net virtio_console virtio_rng ext4; do
  chroot "$root" modprobe --dirname /mnt --set-version "$version" --ignore-install --show-depends "$module" ||
    [ "$module" = virtio_console ] || [ "$module" = virtio_rng ]
done >"$initrd.list"
umount "$root/mnt"
sed -n 's|^insmod /mnt/\([^ ]*\).*|\1|p' "$initrd.list" | awk '!seen[$0]++' >"$initrd.modules"
while IFS= read -r path; do
  number=$((number + 1))
  name=${path##*/}
  target=$initrd/modules/$number-${name%%.ko*}.ko
  case $name in
  *.ko) cp "$tree/$path" "$target" ;;
  *.xz) "$busybox" xz -dc "$tree/$path" >"$target" ;;
  *.zst) zstd -q -dc "$tree/$path" >"$target" ;;
  *.gz) "$busybox" gzip -dc "$tree/$path" >"$target" ;;
  esac
done <"$initrd.modules"
rm -f "$initrd.list" "$initrd.modules"

(cd "$initrd" && find . | "$busybox" cpio -o -H newc | gzip -9) >"$guest/initrd"
rm -rf "$initrd"
cp "$image" "$guest/vmlinuz"
echo "$version" >"$guest/version"
