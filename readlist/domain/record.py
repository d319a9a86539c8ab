"""A library, complete: what the library's own JSON says, one record for each thing in it.

A record holds what was said and done, and nothing that follows from it: no status, no rank, no newest count. Fields
are named as in the file. Times are ISO date-times with their offset, days are ISO dates.

The sections of `HISTORY` tell what was done, so that it can be taken back in the library that is made of the file,
too. They are there only for a library that is written whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from readlist.domain.metadata import Kind, Link
from readlist.domain.paper import FieldSource, Observation
from readlist.domain.queue import Priority

VERSION = 1
"""Of the shape of the file. A new key does not change it; a key that means something else does."""

NOTED_IDS = ("papers", "notes")
"""Things whose ids a person may remember: they are not given again, not even those of what is gone."""

Deeds = Literal["held", "all", "none"]
DEEDS: tuple[Deeds, ...] = ("held", "all", "none")
"""What of the log is written: the commands that hold; with what was taken back, and the taking back; or nothing.

With "held", a command that is taken back leaves the file as it was before it: nothing tells of it any more, nor of the
ids that it gave.
"""


@dataclass(frozen=True, slots=True)
class VenueRecord:
    """A venue's canonical name, and the user's own other names of it."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """A topic by its whole path, `NLP/句子表征`, each after the one above it. `focus`: the queue is narrowed to it."""

    id: int
    path: str
    aliases: tuple[str, ...] = ()
    focus: Literal[True] | None = None


@dataclass(frozen=True, slots=True)
class TagRecord:
    """A tag."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A note of a paper (in its record), else of `topic`, else of a page as a whole.

    `number` is the pass in which it was taken, `of` the id of that pass's event. `page` is the page that it was
    imported from, `imported` its text as imported: true where that is the text.
    """

    id: int
    text: str
    created: str
    topic: str | None = None
    number: Literal[1, 2, 3] | None = None
    of: int | None = None
    page: str | None = None
    imported: str | bool | None = None


@dataclass(frozen=True, slots=True)
class QueryRecord:
    """A saved query: its name, and what it stands for."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class PassRecord:
    """One reading of a paper, as an event."""

    id: int
    number: Literal[1, 2, 3]
    started: str | None = None
    finished: str | None = None
    minutes: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class LinkRecord(Link):
    """A link of a paper. Its id is what the log knows it by."""

    id: int | None = None


@dataclass(frozen=True, slots=True)
class SummaryRecord:
    """A summary, and when it was last written."""

    text: str
    changed: str


@dataclass(frozen=True, slots=True)
class FetchRecord:
    """What became of asking a service: "owed", "found" or "unknown"."""

    state: Literal["owed", "found", "unknown"]
    at: str


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper, what is known of it and what was done with it.

    Of one kind a paper may have several identifiers (two preprints that were merged): the rest are `more_identifiers`.
    `cites` are the ids of the papers in the library that it cites.
    """

    id: int
    key: str
    kind: Kind
    title: str
    added: str
    changed: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    links: tuple[LinkRecord, ...] = ()
    version: int | None = None
    withdrawn: bool | None = None
    next_pass: Literal[1, 2, 3] | None = None
    priority: Priority = "normal"
    due: str | None = None
    dropped: str | None = None
    drop_reason: str | None = None
    passes: tuple[PassRecord, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: SummaryRecord | None = None
    notes: tuple[NoteRecord, ...] = ()
    citations: tuple[Observation, ...] = ()
    tldr: str | None = None
    abstract: str | None = None
    sources: Mapping[str, FieldSource] = field(default_factory=dict)
    fetches: Mapping[str, FetchRecord] = field(default_factory=dict)
    more_identifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cites: tuple[int, ...] = ()

    def all_identifiers(self) -> tuple[tuple[str, str], ...]:
        """All of them, as pairs of scheme and value."""
        more = [(scheme, value) for scheme, values in self.more_identifiers.items() for value in values]
        return (*self.identifiers.items(), *more)


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """A name of the log: also of who wrote only papers that are gone by now."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class LogRecord:
    """A part of an entry of the log; parts that follow one another with the same id are one entry (`db/journal.py`).

    `undoes` is the entry that it took back. The counts are those of the whole entry. `papers` are the ids of the papers
    that the part concerns, by what became of them in the entry so far; `changes` are its rows, as the log has them.
    """

    id: int
    at: str
    command: str
    undoes: int | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0
    other: int = 0
    papers: Mapping[Literal["added", "changed", "removed", "passing"], tuple[int, ...]] = field(default_factory=dict)
    changes: tuple[Any, ...] = ()


Record = VenueRecord | TopicRecord | TagRecord | NoteRecord | QueryRecord | PaperRecord | AuthorRecord | LogRecord

SECTIONS: Mapping[str, type[Record]] = {
    "venues": VenueRecord,
    "topics": TopicRecord,
    "tags": TagRecord,
    "notes": NoteRecord,
    "queries": QueryRecord,
    "papers": PaperRecord,
    "authors": AuthorRecord,
    "log": LogRecord,
}
"""The parts of the file, in their order, and what they hold."""

HISTORY = ("authors", "log")
"""The parts that tell what was done."""


@dataclass(frozen=True, slots=True)
class Records:
    """All that is written to one file: `of` a section of it the records, each time anew, so that none need be kept.

    `last` is the highest id ever given of the things in `NOTED_IDS`, where all that was done is told. `logged`: the
    sections of `HISTORY` are among them.
    """

    of: Callable[[str], Iterator[Record]]
    last: Mapping[str, int] = field(default_factory=dict)
    logged: bool = False
