"""The account of a bibliography's lines: those of its records, blank ones, and what was passed over, with the reason.

All lines of a record that was read count as papers, its notes' too; blank lines count as blank wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing
from readlist.domain.text import one_line
from readlist.domain.topics import DEEPEST

_OPEN, _TAKEN, _PASSED = range(3)
_SHOWN = 200
OUTSIDE = "stands in no record"


class Account:
    """Tells for every line of a text what became of it. `lines` are the lines, without their ends."""

    def __init__(self, text: str) -> None:
        self.lines = text.removeprefix("\ufeff").split("\n")
        if self.lines[-1] == "":
            self.lines.pop()
        # Where lines end with a carriage return alone (old Macintosh), an editor still shows lines, and so do we;
        # the contract's count of lines knows one.
        self._one = len(self.lines) == 1 and "\r" in self.lines[0].rstrip("\r")
        if self._one:
            self.lines = self.lines[0].rstrip("\r").split("\r")
        else:
            self.lines = [line.rstrip("\r") for line in self.lines]
        self._states = bytearray(len(self.lines))
        self._ignored: list[Ignored] = []

    def take(self, first: int, last: int) -> None:
        """Lines `first` to `last` (from 1, both included) belong to a record that was read."""
        self._states[first - 1 : last] = bytes((_TAKEN,)) * (last - first + 1)

    def ignore(self, first: int, last: int, reason: str, *, broken: bool = False) -> None:
        """Lines `first` to `last` were passed over; the first of them is shown. `broken`: they could not be read."""
        self._states[first - 1 : last] = bytes((_PASSED,)) * (last - first + 1)
        self._ignored.append(Ignored(first, one_line(self.lines[first - 1][: 2 * _SHOWN])[:_SHOWN], reason, broken))

    def frame(self, pattern: re.Pattern[str]) -> None:
        """Lines of no record that are wholly of `pattern` hold the records together: they count as papers."""
        for at, (line, state) in enumerate(zip(self.lines, self._states, strict=True)):
            if state == _OPEN and pattern.fullmatch(line):
                self._states[at] = _TAKEN

    def listing(self, format_: str, entries: Iterable[Entry]) -> Listing:
        """The whole, after every record was taken or ignored; what is left over stands in no record."""
        counts = dict.fromkeys(LINE_KINDS, 0)
        before = None
        for number, (line, state) in enumerate(zip(self.lines, self._states, strict=True), start=1):
            if not line.strip("\ufeff \t\r\f\v"):
                kind = "blank"
            else:
                kind = "papers" if state == _TAKEN else "ignored"
                if state == _OPEN and before != number - 1:
                    self._ignored.append(Ignored(number, one_line(line[: 2 * _SHOWN])[:_SHOWN], OUTSIDE))
                if state == _OPEN:
                    before = number
            counts[kind] += 1
        read = tuple(entries)
        if self._one:
            counts = {**dict.fromkeys(LINE_KINDS, 0), "papers" if read else "ignored": 1}
        ignored = tuple(sorted(self._ignored, key=lambda it: it.line))
        return Listing(format_, _topics(read), read, (), counts, ignored)


def _topics(entries: Iterable[Entry]) -> tuple[tuple[str, ...], ...]:
    """All topics that entries stand under, each after those above it."""
    paths = dict.fromkeys(path for entry in entries for path in entry.topics)
    return tuple(dict.fromkeys(path[:depth] for path in paths for depth in range(1, min(len(path), DEEPEST) + 1)))
