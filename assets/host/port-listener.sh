#!/bin/sh
# port-listener.sh FOLDER SECONDS PROTOCOL/PORT/ADDRESS...: listens with assets/kernels/port-listener.c of that folder.
# As root, so that it can name the process that holds a port.
set -eu
folder=$1
shift
exec "$folder/port-listener" "$@"
