#!/bin/sh
# Process 1 of one lab host: gives it its root, devices and file systems, starts its services and becomes sshd.
# usage: host.sh FOLDER LOWER REPOSITORY USERLANDS HOSTNAME PLACE...
#   FOLDER/upper holds the host's own files; FOLDER/data/PLACE what must not lie on an overlay.
#   USERLANDS is where Tare's userlands are kept between labs, named by their content; "-": this host has none.
set -eu
folder=$1 lower=$2 repository=$3 userlands=$4 hostname=$5
shift 5
root=$folder/root

mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$folder/upper,workdir=$folder/work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"

# Control groups: the host's own part of each hierarchy that this machine has.
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  mkdir "$root/sys/fs/cgroup/init"
  echo 0 >"$root/sys/fs/cgroup/init/cgroup.procs"
  for controller in $(cat "$root/sys/fs/cgroup/cgroup.controllers"); do
    echo "+$controller" >"$root/sys/fs/cgroup/cgroup.subtree_control"
  done
else
  mount -t tmpfs -o mode=755 tmpfs "$root/sys/fs/cgroup"
  while IFS=: read -r _ controllers _; do
    [ -n "$controllers" ] || continue
    mountpoint="$root/sys/fs/cgroup/${controllers#name=}"
    mkdir -p "$mountpoint"
    mount -t cgroup -o "$controllers" cgroup "$mountpoint"
  done </proc/self/cgroup
fi

mount -t tmpfs -o mode=755,size=64m tmpfs "$root/dev"
mkdir "$root/dev/net" "$root/dev/pts" "$root/dev/shm" "$root/dev/hugepages" "$root/dev/mqueue"
for device in null zero full random urandom tty kvm fuse vhost-net net/tun; do
  [ -e "/dev/$device" ] || continue
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t hugetlbfs hugetlbfs "$root/dev/hugepages"
mount -t mqueue mqueue "$root/dev/mqueue"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mkdir "$root/run/sshd" "$root/run/lock"

# Docker's layers cannot lie on an overlay, and storage that is measured should not.
for place in "$@"; do
  mkdir -p "$root/$place"
  mount --bind "$folder/data/$place" "$root/$place"
done
if [ "$userlands" != - ]; then
  mkdir -p "$root/var/lib/tare/userland"
  mount --bind "$userlands" "$root/var/lib/tare/userland"
fi
mkdir -p "$root/srv/packages"
mount --bind -o ro "$repository" "$root/srv/packages"

hostname "$hostname"
cd "$root"
mkdir -p .old
pivot_root . .old
umount -l /.old
rmdir /.old

[ ! -x /usr/local/sbin/lab-services ] || /usr/local/sbin/lab-services
exec chroot . /usr/sbin/sshd -D -e -f /etc/ssh/sshd_lab.conf
