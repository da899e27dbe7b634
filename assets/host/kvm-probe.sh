#!/bin/sh
# Runs the guest of kvm-probe.S, to learn whether guests really run here; changes nothing, leaves nothing behind.
# Arguments: accelerator (kvm or tcg), CPU model (host, max, …), time limit in seconds.
# Prints one word: absent (no /dev/kvm), no-qemu, no-timeout, other-machine (not x86-64), or "ended STATUS"
# (85: guest code ran to its end; 124 or 137: time limit); then what QEMU said.
set -eu
accelerator=$1
model=$2
limit=$3
PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH

answer() {
  printf '%s\n' "$1"
  exit 0
}

case $(uname -m) in
x86_64) ;;
*) answer other-machine ;;
esac
if [ "$accelerator" = kvm ] && ! [ -e /dev/kvm ]; then answer absent; fi
qemu=$(command -v qemu-system-x86_64 || command -v /usr/libexec/qemu-kvm) || answer no-qemu
command -v timeout >/dev/null || answer no-timeout

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 143' HUP INT TERM

# kvm-probe.S assembled, as octal bytes.
code() {
  printf '\372\061\300\216\300\046\146\307\006\000\020\003\040\000\000\046\146\307\006\000\040\003\060\000'
  printf '\000\046\146\307\006\000\060\203\000\000\000\056\146\017\001\026\230\000\017\040\340\146\203\310'
  printf '\040\017\042\340\146\270\000\020\000\000\017\042\330\146\271\200\000\000\300\017\062\146\015\000'
  printf '\001\000\000\017\060\017\040\300\146\015\001\000\000\200\017\042\300\146\352\141\000\017\000\010'
  printf '\000\276\350\003\000\000\061\300\017\242\211\064\045\000\200\000\000\377\316\165\361\203\074\045'
  printf '\000\200\000\000\001\165\004\260\052\346\364\364\353\375\146\220\000\000\000\000\000\000\000\000'
  printf '\377\377\000\000\000\233\257\000\017\000\210\000\017\000'
}

# A firmware image of 64 KiB: the code, zeros, and at the reset vector a far jump to f000:0000.
{
  code
  dd if=/dev/zero bs=$((65536 - 16 - $(code | wc -c))) count=1 2>/dev/null
  printf '\352\000\000\000\360'
  dd if=/dev/zero bs=11 count=1 2>/dev/null
} >"$folder/firmware"

# Where KVM is broken QEMU may abort: no core file. Where it hangs: SIGKILL follows, since SIGTERM may not reach it.
# shellcheck disable=SC3045 # not POSIX, but every sh of a Linux host has it
ulimit -c 0
status=0
timeout -k 2 "$limit" "$qemu" -machine q35 -accel "$accelerator" -cpu "$model" -m 16 -nodefaults -no-user-config \
  -display none -no-reboot -bios "$folder/firmware" -device isa-debug-exit,iobase=0xf4,iosize=4 \
  </dev/null >"$folder/said" 2>&1 || status=$?
printf 'ended %s\n' "$status"
head -c 2000 "$folder/said"
