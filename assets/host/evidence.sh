#!/bin/sh
# A snapshot of this machine for shared/evidence: counters and settings, and the processes that matter. Reads only.
#   evidence.sh NIC DEVICE PROGRAM [tree JOB | container PID | guest NAME]
# NIC: the data interface. DEVICE: a block device that the processes should have open. PROGRAM: waits up to a second
# for a process of that name, as a run that has begun may not have come to it yet. Each "-" where there is none.
# tree: the processes of a job of this machine; container: all in the pid namespace of that process; guest: its QEMU.
#
# Records as in facts.sh: <section> TAB <key> TAB <value>, `meta end` last; everything as the kernel tells it.
# It costs little even beside a process of 64 GiB: page tables are walked for walk_kb of resident memory in all, and of
# numa_maps only as many bytes are read as hold the policy, for which the kernel looks at one mapping.
# Frequencies are left to the sampler: reading them may wake CPUs on old kernels.
set -eu
LC_ALL=C
PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
tab=$(printf '\t')
nic=$1 device=$2 program=$3 selector=${4:-} selected=${5:-}
process_limit=256
thread_limit=512
walk_kb=4194304

meta() { printf 'meta\t%s\t%s\n' "$1" "$2"; }
records() { sed "s/^/file$tab/;s/:/$tab/"; }
files() { grep -as '' "$@" /dev/null | records || :; }
command_lines() { sed "s/^/command$tab$1$tab/"; }

# matching PATTERN FILE...: the lines of files that match.
matching() {
  pattern=$1
  shift
  grep -asE "$pattern" "$@" /dev/null | records || :
}

# shellcheck disable=SC2012 # one process for all links; names below /proc hold no space
links() { ls -ld "$@" 2>/dev/null | sed -n "s|^l[^/]* \(/.*\) -> \(.*\)\$|link$tab\1$tab\2|p" || :; }

machine() {
  cpus=/sys/devices/system/cpu
  matching '^(cpu|pswp(in|out) |(MemTotal|SwapTotal|AnonHugePages):)' /proc/stat /proc/vmstat /proc/meminfo
  files /proc/uptime /proc/net/dev $cpus/online $cpus/cpu[0-9]*/thermal_throttle/*_throttle_count \
    $cpus/cpufreq/policy*/scaling_governor $cpus/cpufreq/policy*/base_frequency \
    /sys/devices/system/clocksource/clocksource0/current_clocksource \
    /sys/kernel/mm/transparent_hugepage/enabled /sys/kernel/mm/transparent_hugepage/defrag \
    /sys/kernel/mm/hugepages/hugepages-*/nr_hugepages /sys/kernel/mm/hugepages/hugepages-*/free_hugepages \
    /sys/devices/system/node/node[0-9]*/hugepages/hugepages-*/nr_hugepages \
    /sys/devices/system/node/node[0-9]*/hugepages/hugepages-*/free_hugepages \
    "/sys/class/net/$nic/speed" "/sys/class/net/$nic/mtu" "/sys/class/net/$nic/carrier"
  links /proc/1/ns/net
  interrupts
}

# CPUs of the data interface's interrupts: its device's own vectors, else those of the PCI function of a virtio device.
interrupts() {
  set --
  for folder in "/sys/class/net/$nic/device/msi_irqs" "/sys/class/net/$nic/device/../msi_irqs"; do
    [ $# -eq 0 ] || break
    for vector in "$folder"/*; do
      if [ -e "/proc/irq/${vector##*/}" ]; then set -- "$@" "/proc/irq/${vector##*/}/smp_affinity_list"; fi
    done
  done
  [ $# -eq 0 ] || files "$@"
}

# The session of the job's program, and what descends from it in other sessions.
tree_members() {
  read -r session <"/var/lib/tare/jobs/$1/session" || return 0
  cat /proc/[0-9]*/stat | awk -v session="$session" '
    { id = $1; sub(/.*\) /, ""); parent[id] = $2; if ($1 != "Z") alive[id]; if ($4 == session) chosen[id] }
    END {
      do {
        more = 0
        for (id in parent) if (!(id in chosen) && (parent[id] in chosen)) { chosen[id]; more = 1 }
      } while (more)
      for (id in chosen) if (id in alive) print id
    }' | sort -n
}

container_members() {
  namespace=$(readlink "/proc/$1/ns/pid") || return 0
  namespace=$(printf %s "$namespace" | tr -dc 0-9)
  # shellcheck disable=SC2012
  ls -ld /proc/[0-9]*/ns/pid | sed -n "s|.* /proc/\([0-9]*\)/ns/pid -> pid:.$namespace.\$|\1|p" | sort -n
}

# libvirt keeps the number of a guest's QEMU.
guest_members() {
  for file in "/run/libvirt/qemu/$1.pid" "/var/run/libvirt/qemu/$1.pid"; do
    pid=
    if read -r pid <"$file" || [ -n "$pid" ]; then
      echo "$pid"
      return 0
    fi
  done
}

# Whether one of the chosen has the program's name, of which the kernel keeps 15 characters.
program_is_there() {
  for pid in $chosen; do
    name=
    { read -r name <"/proc/$pid/comm"; } 2>/dev/null || continue
    [ "$name" != "$program" ] || return 0
  done
  return 1
}

choose() {
  program=$(printf %.15s "$program")
  tries=0
  while :; do
    chosen=$({ "${selector}_members" "$selected" | head -n "$process_limit"; } 2>/dev/null)
    if [ "$program" = - ] || program_is_there || [ "$tries" -ge 20 ]; then break; fi
    tries=$((tries + 1))
    sleep 0.05
  done
}

# of_each FILE: that file of every chosen process.
of_each() { for pid in $chosen; do printf '/proc/%s/%s ' "$pid" "$1"; done; }

# The first threads of the chosen processes, as folders.
threads() {
  shown=0 all=0
  for folder in $(of_each 'task/[0-9]*'); do
    [ -d "$folder" ] || continue
    all=$((all + 1))
    [ "$shown" -lt "$thread_limit" ] || continue
    shown=$((shown + 1))
    set -- "$@" "$folder"
  done
  meta threads "$shown of $all"
  [ "$shown" -gt 0 ] || return 0
  for name in stat schedstat status; do
    list=
    for folder in "$@"; do list="$list $folder/$name"; done
    # shellcheck disable=SC2086 # paths of numbers
    case $name in
    status) matching '^Cpus_allowed_list:' $list ;;
    *) files $list ;;
    esac
  done
}

# Numbers of chosen processes whose page tables may be walked.
walked() {
  # shellcheck disable=SC2046
  awk -v left="$walk_kb" '/^Pid:/ { pid = $2 } /^VmRSS:/ && $2 <= left { left -= $2; print pid }' \
    $(of_each status) 2>/dev/null || :
}

# shellcheck disable=SC2046,SC2086 # paths of numbers
memory() {
  head -vc 64 $(of_each numa_maps) 2>/dev/null |
    awk -v tab="$tab" '/^==> / { path = $2; next } path != "" { print "file" tab path tab $0; path = "" }' || :
  small=$(walked)
  list=
  for pid in $small; do list="$list /proc/$pid/smaps_rollup"; done
  matching '^(Anonymous|AnonHugePages):' $list
  [ -d /sys/devices/system/node/node1 ] || return 0
  for pid in $small; do
    awk -v pid="$pid" -v tab="$tab" '
      {
        size = 4
        for (i = 3; i <= NF; i++) if ($i ~ /^kernelpagesize_kB=/) size = substr($i, 19)
        for (i = 3; i <= NF; i++) if ($i ~ /^N[0-9]+=/) { split(substr($i, 2), part, "="); kb[part[1]] += part[2] * size }
      }
      END { for (node in kb) print "command" tab "resident " pid tab node " " kb[node] }' "/proc/$pid/numa_maps" 2>/dev/null || :
  done
}

# shellcheck disable=SC2046 # paths of numbers
processes() {
  matching '^(Name|VmRSS|RssAnon|HugetlbPages|VmLck|VmSwap|Cpus_allowed_list|Mems_allowed_list):' $(of_each status)
  matching '^[0-9]+ [0-9]+ [0-9:]+ [^ ]+ /(data)? ' $(of_each mountinfo)
  files $(of_each cgroup)
  # One record an argument; a newline within one becomes a blank.
  grep -asz '' $(of_each cmdline) /dev/null | tr '\n\0' ' \n' | records || :
  links $(of_each ns/net)
}

# Open files of QEMU, and open block devices of any.
open_files() {
  if [ "$selector" = guest ]; then
    # shellcheck disable=SC2046
    links $(of_each 'fd/*')
  elif [ "$device" = - ]; then
    return 0
  fi
  [ "$device" = - ] || stat -L -c '%t:%T' -- "$device" 2>/dev/null | command_lines device
  # shellcheck disable=SC2046
  {
    stat -L -c '%n %F %t:%T' $(of_each 'fd/*') 2>/dev/null | grep ' block special file ' | command_lines blocks || :
    matching '^flags:' $(of_each 'fdinfo/*')
  }
}

# Before Linux 6.4 the worker of vhost is a kernel thread, since then a thread of QEMU.
vhost_workers() {
  for pid in $chosen; do
    grep -sx "vhost-$pid" /proc/[0-9]*/comm | records || :
  done
}

# What a container's own network namespace looks like from inside, and Docker's proxies, whose arguments name its address.
container_network() {
  inside=$(readlink "/proc/$selected/ns/net") || return 0
  [ "$inside" != "$(readlink /proc/1/ns/net)" ] || return 0
  nsenter "--net=/proc/$selected/ns/net" ip -o -d link show 2>/dev/null | command_lines links || :
  nsenter "--net=/proc/$selected/ns/net" ip -o -4 address show 2>/dev/null | command_lines addresses || :
  for file in $(grep -lsx docker-proxy /proc/[0-9]*/comm || :); do
    tr '\0' ' ' <"${file%comm}cmdline" 2>/dev/null | command_lines proxies || :
    echo
  done
}

exec </dev/null
meta format 1
# A program may end at any moment: its processes come first.
if [ -n "$selector" ]; then
  choose
  read -r looked _ </proc/uptime
  meta looked "$looked"
  # shellcheck disable=SC2086 # numbers
  meta chosen "$(printf '%s ' $chosen)"
  if [ -n "$chosen" ]; then
    processes
    threads
    memory
    open_files
  fi
  if [ "$selector" = container ]; then container_network; fi
  if [ "$selector" = guest ]; then vhost_workers; fi
fi
machine
read -r until _ </proc/uptime
meta until "$until"
meta end 1
