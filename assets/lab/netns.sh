#!/bin/sh
# Adds or removes a network namespace, and with the last one the mount that `ip netns` needs, where a lab made it.
# usage: netns.sh add NAME PERMIT | netns.sh remove NAME
#   PERMIT: file that must be there, as the lab's starter may have been killed and its lab cleaned meanwhile
set -eu
mark=/run/tare/netns-mount
mkdir -p /run/tare
exec 9>/run/tare/netns.lock
flock 9

case $1 in
add)
  [ -e "$3" ]
  mountpoint -q /run/netns || : >"$mark"
  exec ip netns add "$2"
  ;;
remove)
  if [ -e "/run/netns/$2" ]; then ip netns delete "$2"; fi
  if [ -e "$mark" ] && [ -z "$(ls /run/netns)" ]; then
    umount /run/netns
    rmdir /run/netns
    rm "$mark"
  fi
  ;;
esac
