"""Where things are: the folder of everything that `make bench` makes, and the programs that it starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH = Path(os.environ.get("BENCH_DIR") or ROOT / ".bench").resolve()
RESULTS = BENCH / "results"
PYTHON = Path(sys.executable)
RL = PYTHON.parent / "rl"
FLOORS = Path(__file__).parent / "floors"


def data(size: str, kind: str) -> Path:
    """The file of the library of this size: `jsonl` or `bib`."""
    return BENCH / "data" / f"{size}.{kind}"


def library(size: str) -> Path:
    """The data folder of rl's library of this size."""
    return BENCH / "rl" / size


def peer_library(peer: str, size: str) -> Path:
    """Where a peer keeps its library of this size."""
    return BENCH / "peers" / peer / size


def environment(**more: str) -> dict[str, str]:
    """What commands find in their environment: little, so that it is the same for everyone."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    kept.setdefault("LANG", "C.UTF-8")
    return {**kept, "HOME": str(BENCH / "home"), "TERM": "xterm-256color", **more}
