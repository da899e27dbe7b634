#!/bin/sh
# Process 1 of a guest: file systems, the address from the kernel's command line, then sshd, which also reaps orphans.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

stop() {
  echo "tare: $1"
  sync
  busybox poweroff -f
}

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mkdir -p /dev/pts /dev/shm /dev/hugepages
mount -t devpts -o gid=5,mode=620 devpts /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount -t tmpfs -o mode=755 tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t hugetlbfs hugetlbfs /dev/hugepages || echo "tare: this kernel has no huge pages"
mkdir -p /run/sshd /run/lock
[ -e /dev/fd ] || ln -s /proc/self/fd /dev/fd

address='' gateway=''
for word in $(cat /proc/cmdline); do
  case $word in
  tare.address=*) address=${word#*=} ;;
  tare.gateway=*) gateway=${word#*=} ;;
  tare.hostname=*) hostname "${word#*=}" ;;
  esac
done
ip link set lo up
ip link set eth0 up || stop "there is no network interface eth0"
ip address add "$address" dev eth0 || stop "the address $address cannot be set"
[ -z "$gateway" ] || ip route add default via "$gateway" || stop "the gateway $gateway cannot be set"

# The limit that a container has; programs that want it raise theirs up to it.
ulimit -H -n 1048576 || echo "tare: the limit of open files stays at $(ulimit -H -n)"

cat >/etc/ssh/tare_sshd_config <<'END'
Port 22
HostKey /etc/ssh/tare_host_key
PidFile /run/sshd.pid
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
MaxStartups 100
MaxSessions 64
Subsystem sftp internal-sftp
END
echo "tare: the guest is up, $address"
exec /usr/sbin/sshd -D -e -f /etc/ssh/tare_sshd_config
