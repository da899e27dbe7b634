#!/bin/busybox sh
# First process of a guest: loads the drivers, mounts the disk, lays in what the session brought, and hands over.
b=/bin/busybox

stop() {
  echo "tare: $1"
  $b poweroff -f
}

$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev
for module in /modules/*.ko; do
  $b insmod "$module" || stop "the driver $module cannot be loaded"
done
tries=0
while [ ! -b /dev/vda ]; do
  tries=$((tries + 1))
  [ "$tries" -le 300 ] || stop "there is no disk /dev/vda"
  $b sleep 0.1
done
$b mount -t ext4 /dev/vda /root || stop "the disk cannot be mounted"

$b mkdir -p /root/usr/local/lib/tare /root/root/.ssh /root/opt/tare
$b cp /tare/guest-init /root/usr/local/lib/tare/guest-init
$b cp -a /tare/kernels/. /root/opt/tare/
$b cp /tare/keys/host /root/etc/ssh/tare_host_key
$b cp /tare/keys/authorized_keys /root/root/.ssh/authorized_keys
$b chown -R 0:0 /root/root/.ssh /root/etc/ssh/tare_host_key
$b chmod 700 /root/root /root/root/.ssh
$b chmod 600 /root/etc/ssh/tare_host_key /root/root/.ssh/authorized_keys

$b umount /proc
$b umount /sys
$b mount --move /dev /root/dev
exec $b switch_root /root /usr/local/lib/tare/guest-init
