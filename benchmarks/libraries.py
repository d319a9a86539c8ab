"""The libraries of every size: made once, kept until what they are made of changes."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks import papers, real
from benchmarks.measure import Command, Launcher
from benchmarks.places import BENCH, RL, ROOT, data, library

SIZES = ("1000", "10000", "100000", "1000000", "real")
"""`real`: the papers of conferences, where their file is."""


class Missing(Exception):
    """A library cannot be made; says why."""


def discard_stale() -> None:
    """Remove what was made by another generator, or has tables of another revision."""
    text = b"".join(path.read_bytes() for path in (ROOT / "benchmarks").glob("*.py") if path.stem in _MAKERS)
    tables = b"".join(path.read_bytes() for path in sorted((ROOT / "migrations" / "versions").glob("*.py")))
    for folders, source in ((("data", "peers", "rl"), text), (("rl",), text + tables)):
        mark = BENCH / f"{folders[0]}.made-by"
        found = hashlib.sha256(source).hexdigest()
        if not mark.exists() or mark.read_text() != found:
            for folder in folders:
                shutil.rmtree(BENCH / folder, ignore_errors=True)
            BENCH.mkdir(parents=True, exist_ok=True)
            mark.write_text(found)


_MAKERS = ("papers", "words", "real")


def file(size: str, kind: str) -> Path:
    """The papers of this size as `jsonl` or `bib`, written if they are not there."""
    path = data(size, kind)
    if not path.exists():
        sys.stderr.write(f"writing {path.name} …\n")
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        write = papers.write_json_lines if kind == "jsonl" else papers.write_bibtex
        write(_papers(size), part)
        part.rename(path)
    return path


@cache
def count(size: str) -> int:
    """How many papers there are in it."""
    if size != "real":
        return int(size)
    with file(size, "jsonl").open("rb") as lines:
        return sum(1 for _ in lines)


def _papers(size: str) -> Iterator[papers.Paper]:
    if size != "real":
        return papers.papers(int(size))
    path = real.file()
    if path is None:
        raise Missing("the file of real papers is not on this machine (../shared, or READLIST_SHARED)")
    return real.papers(path)


def taking_in(size: str, kind: str = "jsonl") -> Command:
    """How rl takes them into a new library, which is kept as the one of this size if there is none."""
    return Command(
        (str(RL), "import", "-q", str(file(size, kind))),
        env={"RL_HOME": "{fresh}"}, papers=count(size), keep=library(size) if kind == "jsonl" else None,
    )  # fmt: skip


def rl(launcher: Launcher, size: str) -> Path:
    """The data folder of rl's library of this size, filled if it is not there."""
    if not library(size).exists():
        sys.stderr.write(f"rl takes in {count(size):,} papers …\n")
        run = launcher.run(taking_in(size))
        if run.fault:
            raise Missing(f"rl import failed: {run.fault}")
    return library(size)
