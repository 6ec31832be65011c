#!/usr/bin/env bash
# Debian's Chromium for `npm run test:browser`, where none is here. As root, or with sudo.
set -eu
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null; then
    printf 'there is %s\n' "$(command -v "$name")"
    exit 0
  fi
done
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}
export DEBIAN_FRONTEND=noninteractive
as_root apt-get update -qq
as_root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
