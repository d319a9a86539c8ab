"""python -m benchmarks [--sizes "1000 10000"] [--rows todo,search] [--rounds 5] [--doc] [--list]"""

from __future__ import annotations

import argparse
import compileall
import sys
import time

from benchmarks import document, libraries, machine, pages, recall, sizes
from benchmarks.measure import Launcher
from benchmarks.places import BENCH, ROOT
from benchmarks.rows import named
from benchmarks.run import keep, run


def main() -> int:
    """Measure what is asked for, then write the document."""
    asked = _arguments()
    if asked.list:
        for row in named(asked.rows):
            print(f"{row.name:20} {row.title}")
        return 0
    if not asked.doc:
        _measure(asked)
    for path in document.write():
        print(path)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--sizes", default="", help="libraries, as 1000,10000,real; all without it")
    parser.add_argument("--rows", default="", help="parts of the names of rows, as todo,search; all without it")
    parser.add_argument("--rounds", type=int, default=0, help="at most so many rounds a row")
    parser.add_argument("--doc", action="store_true", help="measure nothing, write docs/benchmarks.md of what is kept")
    parser.add_argument("--list", action="store_true", help="the rows there are")
    asked = parser.parse_args()
    asked.sizes = asked.sizes.replace(",", " ").split() or list(libraries.SIZES)
    if unknown := set(asked.sizes) - set(libraries.SIZES):
        parser.error(f"no library of this size: {' '.join(sorted(unknown))} (there are {' '.join(libraries.SIZES)})")
    return asked


def _measure(asked: argparse.Namespace) -> None:
    begun = time.monotonic()
    BENCH.mkdir(parents=True, exist_ok=True)
    (BENCH / "home").mkdir(exist_ok=True)
    compileall.compile_dir(ROOT / "readlist", quiet=1)
    libraries.discard_stale()
    with Launcher() as launcher:
        for row in named(asked.rows):
            if not any({claim.size, claim.base_size or claim.size} <= set(asked.sizes) for claim in row.claims):
                continue
            sys.stderr.write(f"{time.monotonic() - begun:6.0f} s  {row.name}\n")
            result = run(launcher, row, asked.sizes, asked.rounds or None)
            keep(result)
            for claim in result["claims"]:
                sys.stderr.write(f"          {document.sentence(claim)}\n")
        for extra in (recall, sizes, pages):
            if not asked.rows or extra.NAME in asked.rows:
                sys.stderr.write(f"{time.monotonic() - begun:6.0f} s  {extra.NAME}\n")
                result = extra.measure(launcher, asked.sizes)
                keep(result)
                if "fault" in result:
                    sys.stderr.write(f"          {result['fault']}\n")
    keep(machine.described())
    sys.stderr.write(f"{time.monotonic() - begun:6.0f} s  done\n")


if __name__ == "__main__":
    raise SystemExit(main())
