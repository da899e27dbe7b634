#!/bin/sh
# Guests that Tare makes through libvirt. Status 3: libvirt's virsh is not installed.
#   probe <name>; define <name>, the domain XML on standard input; start <name>; remove <name>
set -eu

fail() {
  echo "$1" >&2
  exit 1
}

if ! command -v virsh >/dev/null; then
  echo "virsh is not installed" >&2
  exit 3
fi

virsh() {
  command virsh --quiet --connect qemu:///system "$@"
}

# Listing tells "there is none" from "libvirt does not answer".
defined() {
  names=$(virsh list --all --name) || fail "libvirt does not answer"
  printf '%s\n' "$names" | grep -Fxq -- "$1"
}

running() {
  names=$(virsh list --name) || fail "libvirt does not answer"
  printf '%s\n' "$names" | grep -Fxq -- "$1"
}

probe() {
  if defined "$1"; then echo "present $(virsh domuuid "$1")"; else echo absent; fi
}

define() {
  ! defined "$1" || fail "the guest $1 is defined already"
  virsh define /dev/stdin
}

# Destroy may race with a guest that powers off by itself; what counts is that it no longer runs.
remove() {
  defined "$1" || return 0
  if running "$1"; then virsh destroy "$1" || ! running "$1" || fail "the guest $1 cannot be stopped"; fi
  virsh undefine "$1" --managed-save --snapshots-metadata --checkpoints-metadata --nvram
}

case $1 in
probe) probe "$2" ;;
define) define "$2" ;;
start) virsh start "$2" ;;
remove) remove "$2" ;;
*) fail "guest.sh does not know $1" ;;
esac
