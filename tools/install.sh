#!/usr/bin/env bash
# Installs what is missing on Debian and Ubuntu, and says plainly what to do elsewhere.
#   tools/install.sh go|node|postgres|chromium ...
# Postgres: the server's programs only; no cluster is made and nothing is started, the program owns its own.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

debian() { [ -r /etc/debian_version ] && command -v apt-get >/dev/null; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    say "This needs root, and there is no sudo here. Run as root: $*"
    return 1
  fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -y -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
    -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# The package lists of a new machine are empty and those of an old one name files that are gone: refresh and try again.
apt_install() {
  local log
  log=$(mktemp)
  if apt install --no-install-recommends "$@" >"$log" 2>&1; then rm -f "$log"; return; fi
  for pause in 0 10; do
    sleep "$pause"
    if apt update >>"$log" 2>&1 && apt install --no-install-recommends "$@" >>"$log" 2>&1; then rm -f "$log"; return; fi
  done
  tail -n 20 "$log" >&2
  rm -f "$log"
  say "apt-get could not install: $*"
  return 1
}

find_initdb() {
  local dir
  for dir in "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin \
    /usr/local/opt/postgresql*/bin; do
    [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && return 0
  done
  command -v initdb >/dev/null && command -v postgres >/dev/null
}

install_postgres() {
  if find_initdb; then return; fi
  if ! debian; then
    say "PostgreSQL 15 or newer is missing. macOS: brew install postgresql@17. Fedora: dnf install postgresql-server."
    say "Or point ERP_DATABASE_URL at a server that you run."
    return 1
  fi
  say "Installing the PostgreSQL server programs (no cluster is created, nothing is started) ..."
  local off=/etc/postgresql-common/createcluster.d/erp-no-cluster.conf
  as_root sh -c "mkdir -p '${off%/*}' && echo 'create_main_cluster = false' > '$off'"
  local done=0
  apt_install postgresql || done=$?
  as_root rm -f "$off"
  return "$done"
}

find_chromium() {
  if [ -n "${CHROMIUM:-}" ]; then [ -x "$CHROMIUM" ]; return; fi
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

install_chromium() {
  if find_chromium; then return; fi
  if ! debian; then
    say "A Chromium is missing: install Chromium or Chrome, or name one in CHROMIUM."
    return 1
  fi
  say "Installing Chromium for the tests in a real browser ..."
  if [ -n "$(apt-cache policy chromium 2>/dev/null | grep -E 'Candidate: [0-9]')" ] || ! grep -qi ubuntu /etc/os-release; then
    apt_install chromium fonts-liberation
  else
    apt_install chromium-browser fonts-liberation # on Ubuntu this is the snap
  fi
}

# at_least WANTED HAVE
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

need_go() {
  if ! command -v go >/dev/null; then say "Go 1.26 or newer is missing: https://go.dev/dl/"; return 1; fi
  local have
  have=$(GOTOOLCHAIN=local go env GOVERSION)
  at_least 1.26 "${have#go}" || { say "Go 1.26 or newer is needed; this is $have: https://go.dev/dl/"; return 1; }
}

need_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    say "Node.js 20.19 or newer with npm is missing: https://nodejs.org/en/download"
    return 1
  fi
  local have
  have=$(node --version)
  at_least 20.19 "${have#v}" || { say "Node.js 20.19 or newer is needed; this is $have."; return 1; }
}

for what in "$@"; do
  case "$what" in
    go) need_go ;;
    node) need_node ;;
    postgres) install_postgres ;;
    chromium) install_chromium ;;
    *) say "tools/install.sh knows no '$what'"; exit 2 ;;
  esac
done
