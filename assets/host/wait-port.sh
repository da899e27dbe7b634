#!/bin/bash
# wait-port.sh ADDRESS PORT SECONDS: succeeds when a TCP connection is accepted, status 1 when none was in time.
# Needs bash for /dev/tcp, so that no tool has to be installed on the load generator.
set -u
address=$1 port=$2 deadline=$((SECONDS + $3))
while [ "$SECONDS" -le "$deadline" ]; do
  # A firewall that drops packets would keep one attempt waiting for two minutes.
  # shellcheck disable=SC2016 # expanded by the inner shell
  if timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$address" "$port" 2>/dev/null; then exit 0; fi
  sleep 0.05
done
exit 1
