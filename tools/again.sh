#!/usr/bin/env bash
# Runs a command that uses the network, and once more after a pause when it fails.
set -u
"$@" && exit 0
printf 'Failed, trying once more: %s\n' "$*" >&2
sleep 5
exec "$@"
