#!/usr/bin/env bash
# Runs a generator and fails when it changes the files: tools/unchanged.sh FILE ... -- COMMAND ...
set -euo pipefail
files=()
while [ "$1" != -- ]; do files+=("$1"); shift; done
shift
before=$(cksum "${files[@]}")
"$@"
if [ "$before" != "$(cksum "${files[@]}")" ]; then
  echo "Generated files were out of date and have been made again: ${files[*]}. Look at the difference and commit it." >&2
  exit 1
fi
