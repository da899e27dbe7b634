#!/bin/sh
# Process 1 of a guest: file systems, the addresses from the kernel's command line, then sshd, which also reaps orphans.
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

# tare.nic=MAC,ADDRESS/PREFIX,GATEWAY: the interface is known by its MAC, as the order of devices is QEMU's choice.
configure_interface() {
  mac=${1%%,*} gateway=${1##*,} address=${1#*,} nic=''
  address=${address%,*}
  for folder in /sys/class/net/*; do
    if [ "$(cat "$folder/address")" = "$mac" ]; then nic=${folder##*/}; fi
  done
  [ -n "$nic" ] || stop "there is no network interface $mac"
  ip address add "$address" dev "$nic" || stop "the address $address cannot be set"
  # The link comes up with an announcement to the neighbours, which need not ask in vain for a second more.
  echo 1 >"/proc/sys/net/ipv4/conf/$nic/arp_notify"
  ip link set "$nic" up || stop "the interface $nic cannot be started"
  [ -z "$gateway" ] || ip route add default via "$gateway" || stop "the gateway $gateway cannot be set"
  addresses="$addresses $address"
}

addresses='' answer=''
ip link set lo up
for word in $(cat /proc/cmdline); do
  case $word in
  tare.hostname=*) hostname "${word#*=}" ;;
  tare.answer=*) answer=${word#*=} ;;
  tare.nic=*) configure_interface "${word#*=}" ;;
  esac
done
# Before all else that could wait: the start of the guest is timed by it.
if [ -x /opt/tare/answer ]; then /opt/tare/answer "$answer" </dev/null & fi

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
echo "tare: the guest is up,$addresses"
exec /usr/sbin/sshd -D -e -f /etc/ssh/tare_sshd_config
