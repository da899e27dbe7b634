#!/bin/bash
# reach-ports.sh ADDRESS SECONDS PROTOCOL/PORT...: tries to reach Tare's listener (assets/kernels/port-listener.c) on each
# port, all at once, and prints a line for each:
#   tcp/6379 ok | refused | silent | unreachable | other | failed MESSAGE
# silent: no answer within SECONDS. other: somebody answered who is not the listener.
# Needs bash for /dev/tcp and /dev/udp, so that no tool has to be installed on the load generator.
set -u
LC_ALL=C
export LC_ALL
address=$1 seconds=$2
shift 2

# The inner shell ends with 10 where the answer is another's. Of a datagram bash reads one byte and drops the rest.
# shellcheck disable=SC2016 # expanded by the inner shell
attempt='
exec 3<>"/dev/$1/$0/$2" || exit 1
if [ "$1" = tcp ]; then
  echo connected
  IFS= read -r line <&3
  [ "$line" = tare ] || exit 10
  exit 0
fi
while printf "tare\n" >&3; do
  if IFS= read -r -n 1 -t 0.5 first <&3; then
    [ "$first" = t ] || exit 10
    exit 0
  elif [ $? -le 128 ]; then
    exit 1
  fi
done
exit 1'

try() {
  said=$(timeout "$seconds" bash -c "$attempt" "$address" "${1%%/*}" "${1#*/}" 2>&1)
  case $?:$said in
  0:*) echo "$1 ok" ;;
  10:* | 124:*connected*) echo "$1 other" ;;
  *"onnection refused"*) echo "$1 refused" ;;
  *"o route to host"* | *"etwork is unreachable"*) echo "$1 unreachable" ;;
  124:*) echo "$1 silent" ;;
  *) echo "$1 failed $(printf '%s' "$said" | tail -n 1)" ;;
  esac
}

for port in "$@"; do
  try "$port" &
done
wait
