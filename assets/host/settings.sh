#!/bin/sh
# Looks at and sets kernel settings: settings.sh <what>-probe … prints the state, settings.sh <what>-set … makes it so.
# Status 3: this host does not offer the setting. TARE_SYS and TARE_PROC name other roots than /sys and /proc.
set -eu

sys=${TARE_SYS:-/sys}
proc=${TARE_PROC:-/proc}

unavailable() {
  echo "not available on this host: $1" >&2
  exit 3
}

fail() {
  echo "$1" >&2
  exit 1
}

# One word where all policies agree, else policy0=… policy1=…
governor_probe() {
  same='' differ='' all=''
  for file in "$sys"/devices/system/cpu/cpufreq/policy*/scaling_governor; do
    [ -r "$file" ] || unavailable "$sys/devices/system/cpu/cpufreq"
    governor=$(cat "$file")
    policy=$(basename "$(dirname "$file")")
    all="$all${all:+ }$policy=$governor"
    [ -z "$same" ] || [ "$same" = "$governor" ] || differ=yes
    same=$governor
  done
  if [ -n "$differ" ]; then echo "$all"; else echo "$same"; fi
}

governor_set() {
  for file in "$sys"/devices/system/cpu/cpufreq/policy*/scaling_governor; do
    [ -w "$file" ] || unavailable "$sys/devices/system/cpu/cpufreq"
    policy=$(basename "$(dirname "$file")")
    governor=$1
    case $1 in
    *=*) governor=$(printf '%s\n' "$1" | tr ' ' '\n' | sed -n "s/^$policy=//p") ;;
    esac
    [ -n "$governor" ] || fail "no governor is known for $policy"
    [ "$(cat "$file")" = "$governor" ] || echo "$governor" >"$file" ||
      fail "$policy refuses $governor; it offers: $(cat "$(dirname "$file")/scaling_available_governors")"
  done
}

thp_file() {
  file=$sys/kernel/mm/transparent_hugepage/$1
  [ -r "$file" ] || unavailable "$file"
}

huge_pages_file() {
  case $2 in
  all) file=$sys/kernel/mm/hugepages/hugepages-${1}kB/nr_hugepages ;;
  *) file=$sys/devices/system/node/node$2/hugepages/hugepages-${1}kB/nr_hugepages ;;
  esac
  [ -r "$file" ] || unavailable "$file"
}

# The number; of the whole host, where it has several NUMA nodes, a line `node0 NUMBER` for each follows.
huge_pages_probe() {
  huge_pages_file "$1" "$2"
  cat "$file"
  size=$1 place=$2
  set -- "$sys"/devices/system/node/node[0-9]*/hugepages/hugepages-"$size"kB/nr_hugepages
  [ "$place" = all ] && [ $# -gt 1 ] || return 0
  for pool in "$@"; do
    node=${pool#"$sys"/devices/system/node/}
    printf '%s %s\n' "${node%%/*}" "$(cat "$pool")"
  done
}

# Takes a number, or what the probe printed. Memory is compacted once where the kernel finds too few free ranges.
huge_pages_set() {
  huge_pages_file "$1" "$2"
  count=$(printf '%s\n' "$3" | head -n 1)
  echo "$count" >"$file"
  if [ "$(cat "$file")" -lt "$count" ]; then
    echo 1 >"$proc/sys/vm/compact_memory" || echo "memory could not be compacted" >&2
    echo "$count" >"$file"
  fi
  now=$(cat "$file")
  [ "$now" -ge "$count" ] || fail "the kernel reserved $now of $count huge pages of $1 KiB: too little free memory in one piece"
  [ "$now" -eq "$count" ] || fail "$now huge pages of $1 KiB are left where $count were wanted: they are in use"
  printf '%s\n' "$3" | sed 1d | while read -r node pages; do
    pool=$sys/devices/system/node/$node/hugepages/hugepages-${1}kB/nr_hugepages
    [ "$(cat "$pool")" = "$pages" ] || echo "$pages" >"$pool"
    now=$(cat "$pool")
    [ "$now" -eq "$pages" ] || fail "$now huge pages of $1 KiB are on $node where $pages were wanted"
  done
}

# Numbers of an interface's interrupts in $irqs: its device's own vectors, else those of the PCI function that a virtio device
# is on, else those that bear its name (virtio over MMIO). Above a PCI device is a bridge, whose vectors are not the interface's.
irqs_of() {
  case $1 in '' | .* | */*) fail "\"$1\" is no name of an interface" ;; esac
  device=$sys/class/net/$1/device
  irqs=
  for folder in "$device/msi_irqs" "$device/../msi_irqs"; do
    [ -z "$irqs" ] || break
    for vector in "$folder"/*; do
      if [ -e "$proc/irq/${vector##*/}/smp_affinity_list" ]; then irqs="$irqs ${vector##*/}"; fi
    done
  done
  if [ -z "$irqs" ] && [ -e "$device" ]; then
    names="$1 $(basename "$(readlink -f "$device")")"
    irqs=$(tr ',' ' ' <"$proc/interrupts" | awk -v names="$names" '
      BEGIN { split(names, name, " ") }
      /^ *[0-9]+:/ {
        for (field = 2; field <= NF; field++)
          for (i in name)
            if ($field == name[i] || index($field, name[i] "-") == 1 || index($field, name[i] "@") == 1 ||
              index($field, name[i] ".") == 1) { sub(":", "", $1); print $1; next }
      }')
  fi
  # shellcheck disable=SC2086 # numbers
  irqs=$(printf '%s\n' $irqs | sort -nu)
  [ -n "$irqs" ] || unavailable "interrupts of the interface $1"
}

# The CPU list where all interrupts have the same, else IRQ=CPUS of each.
irq_probe() {
  irqs_of "$1"
  same='' differ='' all=''
  for irq in $irqs; do
    cpus=$(cat "$proc/irq/$irq/smp_affinity_list")
    all="$all${all:+ }$irq=$cpus"
    [ -z "$same" ] || [ "$same" = "$cpus" ] || differ=yes
    same=$cpus
  done
  if [ -n "$differ" ]; then echo "$all"; else echo "$same"; fi
}

# An interrupt that the state does not name came later (the interface was set up anew), and stays as it is.
irq_set() {
  irqs_of "$1"
  for irq in $irqs; do
    cpus=$2
    case $2 in
    *=*) cpus=$(printf '%s\n' "$2" | tr ' ' '\n' | sed -n "s/^$irq=//p") ;;
    esac
    file=$proc/irq/$irq/smp_affinity_list
    [ -n "$cpus" ] || continue
    [ "$(cat "$file")" = "$cpus" ] || echo "$cpus" >"$file" ||
      fail "the kernel does not let interrupt $irq of $1 go to CPUs $cpus"
  done
}

sysctl_file() {
  file=$proc/sys/$(printf %s "$1" | tr . /)
  [ -r "$file" ] || unavailable "$1"
}

# Of these pairs only one is in force, and setting one clears the other: undo could not bring that back.
sysctl_refuse_pair() {
  case $1 in
  vm.dirty_ratio) pair=vm.dirty_bytes ;;
  vm.dirty_background_ratio) pair=vm.dirty_background_bytes ;;
  vm.dirty_bytes) pair=vm.dirty_ratio ;;
  vm.dirty_background_bytes) pair=vm.dirty_background_ratio ;;
  *) return 0 ;;
  esac
  [ "$(cat "$proc/sys/$(printf %s "$pair" | tr . /)")" = 0 ] || fail "$pair is in force; setting $1 would clear it for good"
}

case $1 in
governor-probe) governor_probe ;;
governor-set) governor_set "$2" ;;
thp-probe)
  thp_file "$2"
  sed 's/.*\[\(.*\)\].*/\1/' "$file"
  ;;
thp-set)
  thp_file "$2"
  echo "$3" >"$file"
  ;;
huge-pages-probe) huge_pages_probe "$2" "$3" ;;
huge-pages-set) huge_pages_set "$2" "$3" "$4" ;;
irq-probe) irq_probe "$2" ;;
irq-set) irq_set "$2" "$3" ;;
sysctl-probe)
  sysctl_file "$2"
  tr '\t' ' ' <"$file" | tr -s ' '
  ;;
sysctl-set)
  sysctl_file "$2"
  sysctl_refuse_pair "$2"
  printf '%s\n' "$3" >"$file"
  ;;
drop-caches-probe) [ -w "$proc/sys/vm/drop_caches" ] || unavailable vm.drop_caches ;;
drop-caches)
  sync
  echo 3 >"$proc/sys/vm/drop_caches"
  ;;
*) fail "settings.sh does not know $1" ;;
esac
