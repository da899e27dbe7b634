#!/bin/sh
# Runs a program in the userland, on this host itself.
#   native-enter.sh ROOT DATA KERNELS -- PROGRAM [ARGUMENT...]
# Mounts are made in a namespace of the program's own and go with it. The userland is read-only, so that every
# run finds it as it was built; DATA is at /data, KERNELS at /opt/tare.
set -eu

if [ "$1" != --inside ]; then
  exec unshare --mount --propagation private -- sh "$0" --inside "$@"
fi
root=$2 data=$3 kernels=$4
if [ "$5" != -- ]; then
  echo "native-enter.sh: -- must stand before the program" >&2
  exit 2
fi
shift 5

mount --bind "$root" "$root"
mount --rbind /proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount --bind "$data" "$root/data"
mount --bind "$kernels" "$root/opt/tare"
mount -o remount,bind,ro "$root/opt/tare"
for folder in run tmp var/tmp; do
  mount -t tmpfs -o mode=1777 tmpfs "$root/$folder"
done
mount -o remount,bind,ro "$root"

# The same few variables as in a container; TARE_JOB is how a job finds its processes.
exec chroot "$root" /usr/bin/env -i --chdir=/data \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  HOME=/root TARE_JOB="${TARE_JOB:-}" "$@"
