#!/bin/sh
# Images and containers that Tare makes. Status 3: Docker is not installed.
#   image-probe <tag>, image-import <tag> archive|tree <path>, image-remove <tag>
#   container-probe <name>, container-check <name>, container-remove <name>
set -eu

fail() {
  echo "$1" >&2
  exit 1
}

if ! command -v docker >/dev/null; then
  echo "docker is not installed" >&2
  exit 3
fi

# Listing tells "there is none" from "the daemon does not answer".
image_probe() {
  id=$(docker image ls --no-trunc --quiet --filter "reference=$1")
  if [ -n "$id" ]; then echo present; else echo absent; fi
}

container_id() {
  docker container ls --all --no-trunc --quiet --filter "name=^/$1\$"
}

container_probe() {
  id=$(container_id "$1")
  if [ -n "$id" ]; then echo "present $id"; else echo absent; fi
}

# A shell sees only the last status of a pipe: how tar ended goes through descriptor 3.
pack() {
  if tar -C "$1" --numeric-owner --one-file-system -c .; then echo whole >&3; fi
}

image_import() {
  case $2 in
  archive) docker import "$3" "$1" ;;
  tree)
    [ -d "$3" ] || fail "$3 is not a folder"
    packed=$({ pack "$3" | docker import - "$1" >&2; } 3>&1) || fail "docker import failed"
    [ "$packed" = whole ] || fail "tar could not read all of $3; the image is incomplete"
    ;;
  *) fail "docker.sh cannot import from $2" ;;
  esac
}

image_remove() {
  [ "$(image_probe "$1")" = absent ] || docker image rm "$1" >/dev/null
}

container_check() {
  [ "$(docker container inspect --format '{{.State.Running}}' "$1")" = true ] ||
    fail "the container $1 ended at once: $(docker container logs --tail 20 "$1" 2>&1)"
}

container_remove() {
  id=$(container_id "$1")
  [ -n "$id" ] || return 0
  labelled=$(docker container ls --all --no-trunc --quiet --filter "name=^/$1\$" --filter label=tare)
  [ "$labelled" = "$id" ] || fail "the container $1 was not made by Tare and is not removed"
  docker container rm --force --volumes "$id" >/dev/null
}

case $1 in
image-probe) image_probe "$2" ;;
image-import) image_import "$2" "$3" "$4" ;;
image-remove) image_remove "$2" ;;
container-probe) container_probe "$2" ;;
container-check) container_check "$2" ;;
container-remove) container_remove "$2" ;;
*) fail "docker.sh does not know $1" ;;
esac
