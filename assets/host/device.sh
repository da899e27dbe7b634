#!/bin/sh
# Proves that nothing uses a block device, before it is overwritten. Reads only; every look is repeated before each use.
#   prove PATH CLAIM [SERIAL]   CLAIM is the compiled assets/kernels/device-claim.c
# Prints what the device is: lines of path, device (major:minor), size (bytes), model and serial, "-" where there is none.
# Fails with one sentence that names everything that uses it, or, where SERIAL is given, both serial numbers.
# TARE_SYS and TARE_PROC name other roots than /sys and /proc.
set -eu
LC_ALL=C
export LC_ALL

sys=${TARE_SYS:-/sys}
proc=${TARE_PROC:-/proc}

# The texts may hold backslashes, which echo would take as escapes.
fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

reasons=''
refuse() {
  reasons="$reasons${reasons:+; }$1"
}

# Major and minor number of a block device, links followed; nothing where the path is none.
number_of() {
  set -- "$(stat -L -c '%F %t:%T' -- "$1" 2>/dev/null || :)"
  case $1 in
  "block special file "*) hex=${1##* } && printf '%d:%d\n' "0x${hex%:*}" "0x${hex#*:}" ;;
  esac
}

# First line of the first file that has one, without blanks around it.
first_of() {
  for file in "$@"; do
    [ -r "$file" ] || continue
    text=$(sed -n '1{s/^[[:space:]]*//;s/[[:space:]]*$//;p;}' "$file" 2>/dev/null | tr -d '\0') || text=''
    if [ -n "$text" ]; then
      printf '%s\n' "$text"
      return 0
    fi
  done
}

# What a person types: the serial number, else the name that the device's kind has instead. As in the facts.
serial_of() {
  text=''
  ! command -v lsblk >/dev/null || text=$(lsblk -d -n -o SERIAL -- "$path" 2>/dev/null | sed 's/^[[:space:]]*//;s/[[:space:]]*$//') || text=''
  if [ -n "$text" ]; then printf '%s\n' "$text"; else
    first_of "$dir/serial" "$dir/device/serial" "$dir/wwid" "$dir/device/wwid" "$dir/dm/uuid" "$dir/loop/backing_file"
  fi
}

# The device's number and those of its partitions, separated by blanks.
numbers() {
  printf '%s' "$number"
  for part in "$dir"/*/partition; do
    [ ! -e "$part" ] || printf ' %s' "$(cat "${part%/partition}/dev")"
  done
}

look_at_kind() {
  [ "$(cat "$dir/size")" -gt 0 ] || refuse "it has no size"
  [ "$(cat "$dir/ro")" = 0 ] || refuse "it is read-only"
  [ ! -e "$dir/partition" ] || refuse "it is a partition, and Tare uses whole devices only"
  parts=''
  for part in "$dir"/*/partition; do
    [ ! -e "$part" ] || parts="$parts${parts:+, }$(basename "${part%/partition}")"
  done
  [ -z "$parts" ] || refuse "it has partitions ($parts)"
}

look_at_holders() {
  for holder in "$dir"/holders/* "$dir"/*/holders/*; do
    [ -e "$holder" ] || continue
    name=$(basename "$holder")
    case $name:$(first_of "$holder/dm/uuid") in
    dm-*:LVM-*) refuse "the LVM volume $(first_of "$holder/dm/name") lies on it" ;;
    dm-*) refuse "the device-mapper device $(first_of "$holder/dm/name") ($name) lies on it" ;;
    md*) refuse "the MD RAID $name lies on it" ;;
    *) refuse "$name lies on it" ;;
    esac
  done
}

# By number, in every mount namespace that a process is in; and by the source's path, as btrfs shows a number of its own.
look_at_mounts() {
  all=$(numbers)
  table=$(cat "$proc"/[0-9]*/mountinfo 2>/dev/null | awk '{ for (i = 7; $i != "-" && i < NF; i++); print $3, $(i + 2), $5 }' | sort -u) || :
  points=$(printf '%s\n' "$table" | while read -r device source point; do
    used=no
    case " $all " in
    *" $device "*) used=yes ;;
    esac
    if [ "$used" = no ]; then
      case $source in
      /dev/*) case " $all " in *" $(number_of "$source") "*) used=yes ;; esac ;;
      esac
    fi
    [ "$used" = no ] || printf '%s\n' "$point"
  done | sort -u | head -n 5 | paste -s -d ' ' -)
  [ -z "$points" ] || refuse "it is mounted at $points"
  swaps=$(sed 1d "$proc/swaps" 2>/dev/null | while read -r area _; do
    case " $all " in *" $(number_of "$area") "*) echo "$area" ;; esac
  done) || :
  [ -z "$swaps" ] || refuse "it is used as swap"
  for file in "$sys"/block/loop*/loop/backing_file; do
    [ -r "$file" ] || continue
    loop=${file%/loop/backing_file}
    ! [ "$(number_of "$(cat "$file")")" = "$number" ] || refuse "the loop device $(basename "$loop") lies on it"
  done
}

# Whoever has it open: a guest's QEMU, a database, a program in a container.
look_at_processes() {
  open=$(find "$proc"/[0-9]*/fd -lname '/*' -exec stat -L -c '%F %t:%T %n' {} + 2>/dev/null |
    sed -n 's/^block special file //p' | while read -r hex file; do
    case " $(numbers) " in
    *" $(printf '%d:%d' "0x${hex%:*}" "0x${hex#*:}") "*)
      process=${file%/fd/*}
      echo "$(basename "$process") ($(cat "$process/comm" 2>/dev/null || echo gone))"
      ;;
    esac
  done | sort -u | head -n 5 | paste -s -d ',' - | sed 's/,/, /g')
  [ -z "$open" ] || refuse "process $open has it open"
}

# blkid and wipefs know signatures of different age and place; neither may know one.
look_at_signatures() {
  if ! command -v blkid >/dev/null; then
    refuse "blkid (util-linux), which knows the signatures of file systems, is not installed"
    return 0
  fi
  status=0
  found=$(blkid -p -o export -- "$path" 2>/dev/null) || status=$?
  type=$(printf '%s\n' "$found" | sed -n 's/^TYPE=//p')
  label=$(printf '%s\n' "$found" | sed -n 's/^LABEL=//p')
  table=$(printf '%s\n' "$found" | sed -n 's/^PTTYPE=//p')
  [ -z "$table" ] || refuse "it has a partition table ($table)"
  case $status:$type:$(printf '%s\n' "$found" | sed -n 's/^USAGE=//p') in
  0:LVM*) refuse "it is an LVM physical volume ($type)" ;;
  0:linux_raid_member:* | 0:*_raid_member:*) refuse "it is a member of a RAID ($type)" ;;
  0:swap:* | 0:swsuspend:*) refuse "it holds a swap area" ;;
  0:*:filesystem) refuse "it holds a file system ($type${label:+, labelled $label})" ;;
  0::*) [ -n "$table" ] || refuse "blkid finds something on it: $(printf '%s' "$found" | paste -s -d ' ' -)" ;;
  0:*) refuse "it holds data of the kind $type" ;;
  2:*) ;;
  8:*) refuse "blkid finds several signatures on it" ;;
  *) refuse "blkid could not look for signatures (exit status $status)" ;;
  esac
  [ "$status" -eq 2 ] && command -v wipefs >/dev/null || return 0
  found=$(wipefs --no-act --parsable -- "$path" 2>&1) || {
    refuse "wipefs could not look for signatures"
    return 0
  }
  found=$(printf '%s\n' "$found" | grep -v '^#' | cut -d , -f 4 | paste -s -d ' ' -) || :
  [ -z "$found" ] || refuse "it holds a signature ($found)"
}

# The kernel lets one only claim a device: file systems, swap, LVM, MD and bcache do, in whatever namespace they are.
look_at_claim() {
  [ -x "$claim" ] || fail "$claim, which asks the kernel who uses a device, was not compiled on this host"
  told=$("$claim" "$path" "$number" 2>&1) || refuse "$told"
}

prove() {
  path=$1 claim=$2
  [ -e "$path" ] || fail "$path does not exist"
  number=$(number_of "$path")
  [ -n "$number" ] || fail "$path is not a block device"
  dir=$sys/dev/block/$number
  [ -d "$dir" ] || fail "the kernel does not show the device $path ($number) in $sys"
  # A program that looks at a device whenever it was written to may still do so.
  ! command -v udevadm >/dev/null || udevadm settle --timeout=10 >/dev/null 2>&1 || :
  model=$(first_of "$dir/device/model")
  serial=$(serial_of)
  printf 'path %s\ndevice %s\nsize %s\nmodel %s\nserial %s\n' \
    "$path" "$number" "$(($(cat "$dir/size") * 512))" "${model:--}" "${serial:--}"
  look_at_kind
  look_at_holders
  look_at_mounts
  look_at_processes
  [ "$(cat "$dir/size")" -eq 0 ] || look_at_signatures
  [ "$(cat "$dir/size")" -eq 0 ] || look_at_claim
  [ -n "$serial" ] || refuse "it has no serial number, WWID or other name that could be confirmed"
  [ -z "$reasons" ] || fail "$path is not free, and nothing is written to it: $reasons"
  [ $# -lt 3 ] || [ "$serial" = "$3" ] ||
    fail "the serial number of $path is \"$serial\", and \"$3\" was typed: it is another device, and nothing is written to it"
}

case $1 in
prove)
  shift
  prove "$@"
  ;;
*) fail "device.sh does not know $1" ;;
esac
