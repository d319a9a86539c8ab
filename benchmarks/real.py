"""The real papers of conferences, where their file is on this machine."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks.papers import Paper

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
_FILE = "corpus/meta/papercopilot-conference-papers.jsonl.gz"


def file() -> Path | None:
    """Where the papers are: below `../shared` of the checkout, or `$READLIST_SHARED`."""
    path = Path(os.environ.get("READLIST_SHARED") or _BESIDE) / _FILE
    return path if path.is_file() else None


def papers(path: Path) -> Iterator[Paper]:
    """The papers of the file as JSON lines say them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = json.loads(line)
            if found.get("title"):
                yield {
                    "title": found["title"],
                    "authors": [name for name in (found.get("author") or "").split(";") if name.strip()],
                    "year": found.get("year"),
                    "venue": str(found.get("venue") or "").upper(),
                    "abstract": found.get("abstract") or "",
                    "url": found.get("site") or "",
                    "tags": [],
                }
