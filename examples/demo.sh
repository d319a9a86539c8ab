#!/usr/bin/env bash
# The main job on examples/reading-list.md, in a library that is thrown away afterwards. `make demo` runs it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for name in "${!RL_@}"; do unset "$name"; done
export RL_HOME="$scratch/home" RL_CONFIG="$scratch/config.toml"
# Port 9 of this machine answers nobody: whatever asks a service fails at once instead of going out.
export RL_ARXIV_URL=http://127.0.0.1:9/api/query RL_S2_URL=http://127.0.0.1:9 RL_OPENALEX_URL=http://127.0.0.1:9 \
  RL_CROSSREF_URL=http://127.0.0.1:9
export PAGER=cat

run() {
  printf '\n$ rl'
  for word in "$@"; do
    case $word in
      *[!A-Za-z0-9_./:@=-]*) printf ' "%s"' "$word" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
  printf '\n'
  rl "$@"
}

run import examples/reading-list.md --yes
run todo --topic contrastive

first=$(rl todo --topic contrastive --limit 1 --json |
  python3 -c 'import json, sys; print(json.load(sys.stdin)["data"]["papers"][0]["key"])')
run start "$first"
run mark-read --pass 1 --minutes 25 --note "Of interest. For pass 2: the experiments, and which of the cited papers matter."
run list --topic contrastive --status todo --status reading
run show "$first"
run report
