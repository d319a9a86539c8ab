"""The list of papers that was shown last, so that a number picked from it means the paper that stood there.

It is kept in a small file beside the database, for a service may answer in another order today, or not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from readlist.domain.metadata import Metadata
from readlist.domain.text import fold, one_line
from readlist.errors import NotFound, UsageError

Around = Literal["refs", "cited-by", "recommend"]


@dataclass(frozen=True, slots=True)
class Related:
    """A paper of a list. `number` is its place in it, from 1; `influential`: the citation is, as the service says."""

    number: int
    said: Metadata
    influential: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list: around which papers of the library (`topic`: the one they were chosen by), in which order, how much.

    `limit` papers are shown, 0 is all and None the usual number; `deep`: all are looked at before they are sorted.
    """

    around: Around
    papers: tuple[int, ...]
    topic: str | None = None
    sort: str | None = None
    limit: int | None = None
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as it was shown on `day` (ISO date), the first of `total` papers that were sorted.

    `next` is the offset of what the service has beyond these, None if that was all. `elided`: the publisher does not
    let it show them.
    """

    wanted: Wanted
    day: str
    papers: tuple[Related, ...] = ()
    total: int = 0
    next: int | None = None
    elided: bool = False


def chosen(texts: Sequence[str], papers: Sequence[Related], known: Sequence[bool]) -> list[Related]:
    """The papers of a list that `3,7`, `3-5` and `all` name, each once; `all` are those not `known` yet.

    Raises UsageError for what is no number, NotFound for a number that the list does not have.
    """
    picked: dict[int, Related] = {}
    for part in (part for text in texts for part in re.split(r"[,，\s]+", text.strip())):
        found = re.fullmatch(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", part)
        if part.casefold() == "all":
            picked |= {it.number: it for it, there in zip(papers, known, strict=True) if not there}
            continue
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if first > last:
            raise UsageError(f"--add cannot be {one_line(part)!r}", "numbers of the list: 3,7 or 3-5, or all")
        if first < 1 or last > len(papers):
            wrong = first if not 1 <= first <= len(papers) else last
            raise NotFound(
                f"the list has no number {wrong}",
                f"it goes from 1 to {len(papers)}; a longer one is shown with --limit" if papers else "it is empty",
                ref=part,
            )
        picked |= {number: papers[number - 1] for number in range(first, last + 1)}
    return list(picked.values())


class Memory:
    """The lists shown last, for the library in `database`."""

    _LISTS = 20
    _PAPERS = 10_000  # of all lists together; the newest is kept whole
    _LARGEST = 50_000_000  # bytes; a file beyond that is not ours

    def __init__(self, database: Path) -> None:
        self._file = database.with_name(database.name + ".shown")

    def recall(self, wanted: Wanted) -> Shown | None:
        """The list as it was shown, if it was; None if another order or length is wanted than was shown."""
        for shown in self._read():
            was = shown.wanted
            if _about(was) == _about(wanted):
                same = wanted.sort in (None, was.sort) and wanted.limit in (None, was.limit)
                return shown if same and was.deep >= wanted.deep else None
        return None

    def remember(self, shown: Shown) -> None:
        """Keep what is shown now. Where the folder cannot be written to, nothing happens: it is a comfort."""
        kept, room = [shown], self._PAPERS - len(shown.papers)
        for other in self._read():
            room -= len(other.papers)
            if _about(other.wanted) != _about(shown.wanted) and room >= 0 and len(kept) < self._LISTS:
                kept.append(other)
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(_lists().dump_json(kept))
            beside.replace(self._file)
        except (OSError, ValueError):
            beside.unlink(missing_ok=True)

    def _read(self) -> list[Shown]:
        """The lists, the newest first; none if the file is not there, not whole or not ours."""
        try:
            if self._file.stat().st_size > self._LARGEST:
                return []
            read: list[Shown] = _lists().validate_json(self._file.read_bytes())
        except (OSError, ValueError):
            return []
        return read


def _about(wanted: Wanted) -> tuple[str, object]:
    return wanted.around, fold(wanted.topic) if wanted.topic else sorted(wanted.papers)


@cache
def _lists() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(list[Shown])
