#!/bin/sh
# Builds the layer that the system under test has on top of the hosts' tree. Runs with its own mounts.
# usage: build-sut.sh LAYER HOST_TREE REPOSITORY PACKAGE...
set -eu
layer=$1 host_tree=$2 repository=$3
shift 3
root=$layer.root work=$layer.work

mkdir -p "$layer" "$root" "$work"
mount -t overlay overlay -o "lowerdir=$host_tree,upperdir=$layer,workdir=$work" "$root"
mount -t proc proc "$root/proc"
mkdir -p "$root/srv/packages"
mount --bind "$repository" "$root/srv/packages"
echo 'deb [trusted=yes] copy:/srv/packages ./' >"$root/etc/apt/sources.list"
# Nothing is started while it is installed.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"

export DEBIAN_FRONTEND=noninteractive
chroot "$root" apt-get -q update
chroot "$root" apt-get -q install --yes --no-install-recommends -o Dpkg::Options::=--force-unsafe-io "$@"
chroot "$root" apt-get clean
rm -rf "$root"/var/lib/apt/lists/* "$root/usr/sbin/policy-rc.d"

umount "$root/srv/packages" "$root/proc" "$root"
rmdir "$root"
rm -rf "$work"
