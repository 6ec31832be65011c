#!/usr/bin/env bash
# Debian's python3-jsonschema for test/json-schema, where it is missing. As root, or with sudo.
set -eu
if /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then exit 0; fi
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}
export DEBIAN_FRONTEND=noninteractive
as_root apt-get update -qq
as_root apt-get install -y -qq --no-install-recommends python3-jsonschema
