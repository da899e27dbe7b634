#!/bin/sh
# Makes good what this host lacks for Tare, as root. What it does stays; nothing here is undone by Tare.
#   mend.sh install PACKAGE...                 with apt; status 21: no package source offers some of them, the rest is installed
#   mend.sh start systemctl|service SERVICE    status 22: it was started and does not answer
#   mend.sh module MODULE                      until the next boot
# Prints every command with a `+` before it runs; both outputs are one.
set -eu
exec 2>&1
LC_ALL=C
DEBIAN_FRONTEND=noninteractive
# Ubuntu's needrestart would restart services that nobody named.
NEEDRESTART_MODE=l
PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL DEBIAN_FRONTEND NEEDRESTART_MODE PATH
# A service that is started here is no part of the job that starts it.
unset TARE_JOB

run() {
  printf '+ %s\n' "$*"
  "$@" </dev/null
}

offered() {
  apt-cache policy "$1" | grep -q '^ *Candidate: [^(]'
}

# The wait for the daemon is for the probe that follows; 20 s.
answers() {
  service=$1
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    case $service in
    docker) if docker version >/dev/null 2>&1; then return 0; fi ;;
    libvirtd) if virsh -q -c qemu:///system uri >/dev/null 2>&1; then return 0; fi ;;
    esac
    sleep 1
  done
  return 1
}

act=$1
shift
case $act in
install)
  # Without a network the lists that are there may do.
  run apt-get -q update || echo 'The package lists could not be renewed; those that are there are used.'
  missing=
  for package in "$@"; do
    shift
    if offered "$package"; then set -- "$@" "$package"; else missing="$missing $package"; fi
  done
  if [ $# -gt 0 ]; then
    run apt-get -q --yes --no-install-recommends --no-remove -o DPkg::Lock::Timeout=600 install "$@"
  fi
  [ -z "$missing" ] || {
    echo "No package source of this host offers:$missing"
    exit 21
  }
  ;;
start)
  manager=$1 service=$2
  if [ "$manager" = systemctl ]; then run systemctl start "$service"; else run service "$service" start; fi
  answers "$service" || {
    echo "$service was started and does not answer."
    exit 22
  }
  ;;
module)
  run modprobe "$1"
  ;;
*)
  echo "mend.sh does not know $act"
  exit 2
  ;;
esac
