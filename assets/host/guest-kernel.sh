#!/bin/sh
# Fetches the kernel that guests boot, without installing it; runs as a hook of mmdebstrap, with its apt.
#   guest-kernel.sh PACKAGE FOLDER     unpacks into FOLDER; where there is none, FOLDER/missing says why
set -eu
package=$1 folder=$2
export APT_CONFIG="${MMDEBSTRAP_APT_CONFIG:-}"

mkdir -p "$folder"
cd "$folder"
# The package names the newest kernel as its dependency; some systems ship modules apart.
apt-cache depends --recurse --important "$package" 2>&1 | grep -E '^linux-(image|modules)-[0-9]' | sort -u >names || :
if [ ! -s names ]; then
  echo "no package source offers $package" >missing
  exit 0
fi
while IFS= read -r name; do
  if ! apt-get -q -o APT::Sandbox::User=root download "$name" >&2; then
    echo "the package $name could not be fetched" >missing
    exit 0
  fi
done <names
for archive in ./*.deb; do
  dpkg-deb --extract "$archive" .
done
rm -f ./*.deb names
