#!/usr/bin/env bash
# Makes the next pair of migration files of a module: tools/new-migration.sh MODULE WHAT_IT_DOES
set -euo pipefail
module=${1:-} what=${2:-}
if [ -z "$module" ] || ! [[ "$what" =~ ^[a-z0-9_]+$ ]]; then
  echo 'Usage: make migrate-new module=asset name=add_colour' >&2
  exit 2
fi
folder=migrations/$module
[ -d "$folder" ] || { echo "There is no $folder." >&2; exit 2; }
last=$(find "$folder" -name '[0-9][0-9][0-9][0-9]_*.up.sql' -printf '%f\n' | sort | tail -n 1 | cut -c1-4)
next=$(printf '%04d' $((10#${last:-0} + 1)))
printf -- '-- Runs as the owner of the schema, in one transaction. Grant what the program may do: GRANT SELECT, INSERT ON t TO {{rw}};\n' \
  >"$folder/${next}_$what.up.sql"
printf -- '-- Takes back %s_%s.\n' "$next" "$what" >"$folder/${next}_$what.down.sql"
printf '%s\n' "$folder/${next}_$what.up.sql" "$folder/${next}_$what.down.sql"
