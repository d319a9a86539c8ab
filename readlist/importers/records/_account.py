"""The account of a bibliography's lines: those of its records, blank ones, and what was passed over, with the reason.

All lines of a record that was read count as papers, its notes' too; blank lines count as blank wherever they stand.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import overload

from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing, Piece, TopicPath
from readlist.domain.text import one_line
from readlist.domain.topics import DEEPEST

_OPEN, _TAKEN, _PASSED, _HELD = range(4)
_SHOWN = 200
_SMALL = 10_000_000  # characters of a text that is not too large to be held twice
OUTSIDE = "stands in no record"
WHITE = "\ufeff \t\r\f\v"
"""What a blank line may consist of."""


class Lines(Sequence[str]):
    """The lines of a text, without their ends, each made when it is asked for: a large text is not held twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = array("Q", [0])
        self._starts.extend(found.end() for found in re.finditer("\n", text))
        if self._starts[-1] < len(text):  # the last line has no end
            self._starts.append(len(text) + 1)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        return self._text[self._starts[at] : self._starts[at + 1] - 1].rstrip("\r")


class Account:
    """Tells for every line of a text what became of it.

    `lines` are the lines, without their ends; `text` has the same lines, divided by `\\n`.
    """

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff")
        # Where lines end with a carriage return alone (old Macintosh), an editor still shows lines, and so do we;
        # the contract's count of lines knows one.
        end = self.text.find("\n")
        self._one = end in (-1, len(self.text) - 1) and "\r" in self.text.rstrip("\r\n")
        if self._one:
            self.text = self.text.removesuffix("\n").rstrip("\r").replace("\r", "\n")
        self.lines = Lines(self.text)
        self._states = bytearray(len(self.lines))
        self._ignored: list[Ignored] = []

    def take(self, first: int, last: int) -> None:
        """Lines `first` to `last` (from 1, both included) belong to a record that was read."""
        self._set(_TAKEN, first, last)

    def ignore(self, first: int, last: int, reason: str, *, broken: bool = False) -> None:
        """Lines `first` to `last` were passed over; the first of them is shown. `broken`: they could not be read."""
        self._set(_PASSED, first, last)
        self._ignored.append(Ignored(first, one_line(self.lines[first - 1][: 2 * _SHOWN])[:_SHOWN], reason, broken))

    def hold(self, first: int, last: int) -> None:
        """Lines `first` to `last` are not counted yet: what becomes of them is known only further on in the file."""
        self._set(_HELD, first, last)

    def _set(self, state: int, first: int, last: int) -> None:
        last = min(last, len(self._states))  # what ends with the text ends before the empty line behind it
        self._states[first - 1 : last] = bytes((state,)) * (last - first + 1)

    def frame(self, pattern: re.Pattern[str]) -> None:
        """Lines of no record that are wholly of `pattern` hold the records together: they count as papers."""
        for at, (line, state) in enumerate(zip(self.lines, self._states, strict=True)):
            if state == _OPEN and pattern.fullmatch(line):
                self._states[at] = _TAKEN

    def listing(self, format_: str, entries: Iterable[Entry]) -> Listing:
        """The whole, after every record was taken or ignored; what is left over stands in no record."""
        return collected(format_, (self.piece(entries),))

    def piece(self, entries: Iterable[Entry], above: int = 0) -> Piece:
        """The text as a piece of a file in which `above` lines stand before it."""
        blank = papers = passed = 0
        before = None
        lines = self.text.split("\n") if len(self.text) < _SMALL else self.lines
        for number, (line, state) in enumerate(zip(lines, self._states, strict=False), start=1):
            if state == _HELD:
                continue
            if not line.strip(WHITE):
                blank += 1
            elif state == _TAKEN:
                papers += 1
            else:
                passed += 1
                if state == _OPEN and before != number - 1:
                    self._ignored.append(Ignored(number, one_line(line[: 2 * _SHOWN])[:_SHOWN], OUTSIDE))
                if state == _OPEN:
                    before = number
        read = tuple(entries)
        if self._one:
            blank, papers, passed = 0, int(bool(read)), int(not read)
        counts = dict.fromkeys(LINE_KINDS, 0) | {"papers": papers, "blank": blank, "ignored": passed}
        ignored = sorted(self._ignored, key=lambda it: it.line)
        return Piece(read, counts, tuple(replace(it, line=it.line + above) if above else it for it in ignored))


def collected(format_: str, pieces: Iterable[Piece]) -> Listing:
    """All pieces of a file as one listing."""
    counts = dict.fromkeys(LINE_KINDS, 0)
    entries: list[Entry] = []
    ignored: list[Ignored] = []
    topics: dict[TopicPath, None] = {}
    for piece in pieces:
        topics |= dict.fromkeys(piece.topics)
        entries += piece.entries
        ignored += piece.ignored
        for kind, number in piece.lines.items():
            counts[kind] += number
    entries.sort(key=lambda it: it.line)
    ignored.sort(key=lambda it: it.line)
    named = tuple(dict.fromkeys((*topics, *_topics(entries))))
    return Listing(format_, named, tuple(entries), (), counts, tuple(ignored))


def _topics(entries: Iterable[Entry]) -> tuple[tuple[str, ...], ...]:
    """All topics that entries stand under, each after those above it."""
    paths = dict.fromkeys(path for entry in entries for path in entry.topics)
    return tuple(dict.fromkeys(path[:depth] for path in paths for depth in range(1, min(len(path), DEEPEST) + 1)))
