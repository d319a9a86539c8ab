#!/usr/bin/env bash
# Builds the wheel, installs it where the checkout cannot be seen, and runs the main job there.
# usage: tests/wheel_test.sh PYTHON   (a Python that has `build`)
set -euo pipefail
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$checkout"
builder=${1:-.venv/bin/python}
venv=$checkout/.wheel-venv
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "wheel-test: $*" >&2
  exit 1
}

export PIP_CONSTRAINT="$checkout/constraints.txt" PIP_BUILD_CONSTRAINT="$checkout/constraints.txt" PIP_DISABLE_PIP_VERSION_CHECK=1
"$builder" -m build --wheel --outdir "$scratch/dist" . >"$scratch/build.log" 2>&1 ||
  { cat "$scratch/build.log" >&2; fail "the wheel could not be built"; }
wheels=("$scratch"/dist/readlist-*.whl)
[[ ${#wheels[@]} == 1 && -f ${wheels[0]} ]] || fail "expected one wheel, got: ${wheels[*]}"

# The dependencies stay from run to run, the wheel is installed anew.
stamp=$venv/.dependencies
wanted=$(cat constraints.txt pyproject.toml)
if [[ ! -f $stamp || $(<"$stamp") != "$wanted" ]]; then
  "$builder" -m venv --clear "$venv"
  "$venv/bin/python" -m pip install -qq -c constraints.txt "${wheels[0]}"
  printf '%s\n' "$wanted" >"$stamp"
else
  "$venv/bin/python" -m pip install -qq --force-reinstall --no-deps "${wheels[0]}"
fi
"$venv/bin/python" -m pip check >/dev/null || fail "the wheel's dependencies do not fit together"

mkdir "$scratch/home" "$scratch/work"
cp examples/reading-list.md "$scratch/work/page.md"
cd "$scratch/work"
clean=(env -i "PATH=/usr/bin:/bin" "HOME=$scratch/home" "RL_HOME=$scratch/home/rl" "RL_CONFIG=$scratch/home/config.toml"
  LC_ALL=C.UTF-8 RL_ARXIV_URL=http://127.0.0.1:9/api/query RL_S2_URL=http://127.0.0.1:9 RL_OPENALEX_URL=http://127.0.0.1:9
  RL_CROSSREF_URL=http://127.0.0.1:9)
rl=("${clean[@]}" "$venv/bin/rl")

where=$("${clean[@]}" "$venv/bin/python" -c 'import readlist; print(readlist.__file__)')
[[ $where == "$venv"/* ]] || fail "readlist was imported from $where, not from the wheel"
version=$("${rl[@]}" --version)
[[ $version == *[0-9].[0-9]* ]] || fail "rl --version printed: $version"
[[ $("${clean[@]}" "$venv/bin/readlist" --version) == "$version" ]] || fail "rl and readlist are not the same program"

"${rl[@]}" import page.md --yes >import.log 2>&1 || { cat import.log >&2; fail "rl import failed"; }
"${rl[@]}" todo --topic contrastive --json >todo.json
"$venv/bin/python" - todo.json <<'PY'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    answer = json.load(file)
papers = answer["data"]["papers"]
if answer["status"] != "ok" or len(papers) < 5:
    sys.exit(f"wheel-test: rl todo --topic contrastive listed {len(papers)} papers")
PY
"${rl[@]}" report >report.md
[[ $(head -c 1 report.md) == "#" ]] || fail "the weekly report does not start with a heading: $(head -n 1 report.md)"
echo "wheel-test: ${wheels[0]##*/} works outside the checkout"
