#!/bin/sh
# Prints what this machine is, for shared/facts/parse-facts.ts. Reads only, decides nothing, needs no argument.
#
# One record a line: <section> TAB <key> TAB <value>; the value is the rest of the line, as it was found.
#   meta     format (first line), end (last line: proves that nothing was cut off), and single values
#   file     key = path; one record for each line of the file
#   path     key = a path that exists
#   link     key = path of a symbolic link, value = its target
#   command  key = name; one record for each line that the command printed
#   tool     key = program; value = first line of its version, empty where it prints none
# What is missing on this machine has no record. Programs that are missing cost records, never the whole.
# Works with any POSIX shell; grep and sed make it quick, and where they are missing the shell reads alone.
set -eu
LC_ALL=C
PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
tab=$(printf '\t')
newline='
'

has() { command -v "$1" >/dev/null 2>&1; }
meta() { printf 'meta\t%s\t%s\n' "$1" "$2"; }

bulk=
if has grep && has sed; then bulk=yes; fi
limit=
if has timeout; then limit='timeout -k 1 5'; fi

# files PATH...: the contents of many files with two processes, however many CPUs there are.
files() {
  if [ -n "$bulk" ]; then
    grep -as '' "$@" /dev/null | sed "s/^/file$tab/;s/:/$tab/" || :
    return 0
  fi
  for file in "$@"; do
    if ! [ -f "$file" ] || ! [ -r "$file" ]; then continue; fi
    { while IFS= read -r line || [ -n "$line" ]; do printf 'file\t%s\t%s\n' "$file" "$line"; done <"$file"; } 2>/dev/null || :
  done
}

# prefix SECTION KEY: every line of standard input as a record.
prefix() { while IFS= read -r line || [ -n "$line" ]; do printf '%s\t%s\t%s\n' "$1" "$2" "$line"; done; }

paths() {
  for path in "$@"; do
    if [ -e "$path" ] || [ -L "$path" ]; then printf 'path\t%s\t\n' "$path"; fi
  done
}

links() {
  if [ -n "$bulk" ] && has ls; then
    # shellcheck disable=SC2012 # one process for all links; names below /sys hold no space
    ls -ld "$@" 2>/dev/null | sed -n "s|^l[^/]* \(/.*\) -> \(.*\)\$|link$tab\1$tab\2|p" || :
  fi
}

# command_lines KEY PROGRAM ARGUMENT...: what a command prints; nothing where it is missing or fails.
command_lines() {
  key=$1
  shift
  has "$1" || return 0
  # shellcheck disable=SC2086 # two words, or none
  { $limit "$@" 2>/dev/null </dev/null || :; } | prefix command "$key"
}

# tool NAME PROGRAM ARGUMENT...: the first line of a version; runs beside the others, so it writes its record at once.
tool() {
  name=$1
  shift
  has "$1" || return 0
  # shellcheck disable=SC2086
  text=$($limit "$@" 2>&1 </dev/null || :)
  text=${text#"$newline"}
  printf 'tool\t%s\t%s\n' "$name" "${text%%"$newline"*}"
}

# The time as the kernel tells it: boot plus uptime.
without_date() {
  boot=
  while read -r key value _; do if [ "$key" = btime ]; then boot=$value; fi; done </proc/stat || :
  read -r uptime _ </proc/uptime || :
  if [ -n "$boot" ]; then meta takenAtSeconds $((boot + ${uptime%%.*})); fi
} 2>/dev/null

identity() {
  if has date; then meta takenAt "$(date -u +%Y-%m-%dT%H:%M:%SZ)"; else without_date; fi
  if has uname; then meta architecture "$(uname -m)"; fi
  # Under sudo the account that logged in is the one that counts.
  if [ -n "${SUDO_UID-}" ]; then
    meta user "${SUDO_USER-}"
    meta uid "$SUDO_UID"
    meta sudo yes
  elif has id; then
    uid=$(id -u)
    meta user "$(id -un 2>/dev/null || printf %s "$uid")"
    meta uid "$uid"
    # shellcheck disable=SC2086
    if [ "$uid" != 0 ] && has sudo && $limit sudo -n true >/dev/null 2>&1 </dev/null; then meta sudo yes; fi
  fi
  files /proc/sys/kernel/arch /proc/sys/kernel/hostname /proc/sys/kernel/random/boot_id /proc/sys/kernel/osrelease \
    /proc/sys/kernel/version /proc/cmdline /proc/1/comm /etc/os-release /proc/self/status \
    /proc/self/mountinfo /proc/swaps /proc/meminfo
  paths /dev/kvm /dev/vhost-net /run/libvirt/libvirt-sock /run/libvirt/virtqemud-sock /run/docker.sock \
    /.dockerenv /run/.containerenv /usr/share/libvirt/cpu_map/x86_[A-Z]*.xml
  paths /usr/include/stdlib.h
  if [ -r /dev/kvm ] && [ -w /dev/kvm ]; then meta kvmAccess yes; fi
}

processor() {
  if [ -n "$bulk" ] && has sort; then
    grep -aE '^(processor|vendor_id|cpu family|model|model name|stepping|microcode|flags|Features|CPU [a-z]+)[[:space:]]*:' \
      /proc/cpuinfo 2>/dev/null | sort -u | sed "s|^|file$tab/proc/cpuinfo$tab|" || :
    # Only guests pay for lscpu, which is slow on large machines: the vendor of the hypervisor is in CPUID alone.
    if has lscpu && grep -qs '^flags.* hypervisor' /proc/cpuinfo; then
      command_lines lscpu lscpu | grep 'Hypervisor vendor' || :
    fi
  else
    files /proc/cpuinfo
  fi
  cpus=/sys/devices/system/cpu
  for attribute in core_id physical_package_id thread_siblings_list; do
    files $cpus/cpu[0-9]*/topology/$attribute
  done
  for attribute in level type size shared_cpu_list; do
    files $cpus/cpu[0-9]*/cache/index[0-9]*/$attribute
  done
  files $cpus/online $cpus/isolated $cpus/smt/control $cpus/vulnerabilities/* $cpus/intel_pstate/no_turbo \
    $cpus/cpufreq/boost $cpus/cpufreq/policy*/boost \
    /sys/devices/system/clocksource/clocksource0/current_clocksource \
    /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name /sys/hypervisor/type
  for attribute in affected_cpus scaling_driver scaling_governor scaling_min_freq scaling_max_freq; do
    files $cpus/cpufreq/policy*/$attribute
  done
}

memory() {
  # How large the blocks of /proc/buddyinfo are is told in base pages.
  if has getconf; then meta pageBytes "$(getconf PAGESIZE)"; fi
  files /proc/buddyinfo /sys/devices/system/node/node[0-9]*/cpulist /sys/devices/system/node/node[0-9]*/meminfo \
    /sys/kernel/mm/transparent_hugepage/enabled /sys/kernel/mm/transparent_hugepage/defrag \
    /sys/kernel/mm/hugepages/hugepages-*/*r_hugepages /sys/kernel/mm/hugepages/hugepages-*/free_hugepages \
    /sys/devices/system/node/node[0-9]*/hugepages/hugepages-*/*_hugepages
  # Reading vm.stat_refresh does work, and the two keys are secrets or noise.
  set --
  for file in /proc/sys/net/ipv4/tcp_* /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/ip_local_port_range \
    /proc/sys/net/core/* /proc/sys/net/bridge/* /proc/sys/net/netfilter/nf_conntrack_max /proc/sys/vm/* \
    /proc/sys/kernel/numa_balancing /proc/sys/kernel/sched_* /proc/sys/kernel/randomize_va_space \
    /proc/sys/kernel/nmi_watchdog /proc/sys/fs/aio-max-nr; do
    case $file in
    */stat_refresh | */compact_memory | */tcp_fastopen_key | */netdev_rss_key) ;;
    *) set -- "$@" "$file" ;;
    esac
  done
  files "$@"
}

network() {
  nics=/sys/class/net
  files /proc/net/dev /proc/net/if_inet6 /proc/net/route /proc/net/fib_trie
  for attribute in address mtu operstate speed duplex uevent flags; do
    files $nics/*/$attribute
  done
  files $nics/*/device/numa_node $nics/*/device/../numa_node
  links $nics/*/device $nics/*/device/driver $nics/*/master
  paths $nics/*/bridge $nics/*/queues/* $nics/*/device/msi_irqs/* $nics/*/device/../msi_irqs/*
  command_lines addresses ip -o address show
  if has ethtool; then
    for nic in "$nics"/*/queues; do
      nic=${nic%/queues}
      nic=${nic##*/}
      [ -d "$nics/$nic" ] || continue
      command_lines "ethtool -i $nic" ethtool -i "$nic"
      command_lines "ethtool -k $nic" ethtool -k "$nic"
    done
  fi
  files /proc/irq/[0-9]*/smp_affinity_list /proc/irq/[0-9]*/effective_affinity_list
  # The counts are left out: only what an interrupt belongs to matters.
  if [ -n "$bulk" ]; then
    sed -n "s/^ *\([0-9][0-9]*\): [ 0-9]* \(.*\)\$/command${tab}interrupts$tab\1 \2/p" /proc/interrupts 2>/dev/null || :
  fi
}

blocks() {
  disks=/sys/block
  for attribute in dev size; do
    files $disks/*/$attribute $disks/*/*/$attribute
  done
  files $disks/*/*/partition $disks/*/queue/rotational $disks/*/queue/scheduler $disks/*/serial \
    $disks/*/device/serial $disks/*/device/model $disks/*/device/vendor $disks/*/dm/name \
    $disks/*/wwid $disks/*/device/wwid $disks/*/dm/uuid $disks/*/loop/backing_file
  # The node is that of the adapter: an NVMe controller's device, or some way up from a SCSI disk.
  up=device
  set -- $disks/*/device/device/numa_node
  for _ in 0 1 2 3 4 5 6; do
    set -- "$@" $disks/*/$up/numa_node
    up=$up/..
  done
  files "$@"
  paths $disks/*/holders/* $disks/*/*/holders/*
  command_lines lsblk lsblk -J -b -o NAME,SERIAL,MODEL,FSTYPE
  folder=/var/lib/tare
  while [ ! -d "$folder" ] && [ -n "$folder" ]; do folder=${folder%/*}; done
  command_lines df df -Pk "${folder:-/}"
}

daemons() {
  if [ -n "$bulk" ]; then
    # A process may end while it is looked at, hence no error where its files are gone.
    for comm in $(grep -lsE '^(dockerd|libvirtd|virtqemud|irqbalance)$' /proc/[0-9]*/comm || :); do
      process=${comm%/comm}
      # More than one number: it runs in a container on this machine and is not this machine's own.
      grep -qs '^NSpid:[[:space:]]*[0-9]*$' "$process/status" || continue
      files "$comm"
      if grep -qs '^dockerd$' "$comm" && has tr; then
        { tr '\0' '\n' <"$process/cmdline"; } 2>/dev/null | prefix command dockerd || :
      fi
    done
  fi
  # Of Docker's settings only this one: others may be secrets, such as a proxy's password.
  if [ -n "$bulk" ] && [ -r /etc/docker/daemon.json ]; then
    sed -n "s|.*\(\"userland-proxy\"[[:space:]]*:[[:space:]]*[a-z]*\).*|file$tab/etc/docker/daemon.json$tab{\1}|p" \
      /etc/docker/daemon.json || :
  fi
}

# mmdebstrap takes a quarter of a second to tell its version: its source is read instead.
mmdebstrap_version() {
  if has mmdebstrap; then
    tool mmdebstrap sed -n "s/^our \$VERSION = '\(.*\)'.*/mmdebstrap \1/p" "$(command -v mmdebstrap)"
  fi
}

# These programs take some milliseconds each, so they run side by side; each writes whole lines.
versions() {
  {
    command_lines docker docker info --format \
      '{{json .ServerVersion}}{{"\n"}}{{json .Driver}}{{"\n"}}{{json .CgroupDriver}}' &
    tool gcc gcc --version &
    tool fio fio --version &
    tool nuttcp nuttcp -V &
    tool redis-server redis-server --version &
    tool redis-benchmark redis-benchmark --version &
    tool netperf netperf -V &
    tool sysbench sysbench --version &
    tool mariadbd mariadbd --version &
    tool mysqld mysqld --version &
    tool numactl numactl --version &
    tool docker docker --version &
    tool virsh virsh --version &
    tool qemu-system-x86_64 qemu-system-x86_64 --version &
    tool qemu-system-aarch64 qemu-system-aarch64 --version &
    tool qemu-kvm /usr/libexec/qemu-kvm --version &
    tool qemu-img qemu-img --version &
    tool mke2fs mke2fs -V &
    tool cpio cpio --version &
    mmdebstrap_version &
    tool debootstrap debootstrap --version &
    tool ethtool ethtool --version &
    tool iproute2 ip -V &
    tool taskset taskset --version &
    tool flock flock --version &
    tool setsid setsid --version &
    wait
  } | while IFS= read -r line; do printf '%s\n' "$line"; done
}

meta format 1
identity
processor
memory
network
blocks
daemons
versions
meta end 1
