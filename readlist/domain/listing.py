"""What an input file says: papers with marks, the topics they stand under, and an account of every line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from readlist.domain.metadata import Metadata
from readlist.domain.queue import Priority

if TYPE_CHECKING:
    from readlist.domain.record import Records

TopicPath = tuple[str, ...]
Mark = Literal["read", "todo"]
LINE_KINDS = ("topics", "papers", "notes", "blank", "ignored")


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper as a file names it, on line `line` (from 1).

    `mark` is what the file says of its reading: read, to be read, or nothing. `notes` are the lines that stand under
    it, as written (Markdown), less the list marker and the common indent. `key` is the citation key by which the file
    names it, `depth` the pass that it was read in (1, 2 or 3) and `finished` the day (ISO date), where the file says
    so of a paper that was read; `priority`, `summary` and `added` (ISO date or date-time) what it says of these.
    `apart` are the texts of further notes, each of which is to be a note of its own.
    """

    line: int
    metadata: Metadata
    topics: tuple[TopicPath, ...] = ()
    mark: Mark | None = None
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    key: str | None = None
    depth: int | None = None
    finished: str | None = None
    priority: Priority | None = None
    summary: str | None = None
    added: str | None = None
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicNote:
    """Text that names no paper: a note of the topic it stands under (the empty path: of the file as a whole).

    What one topic has of one `number` is one note.
    """

    line: int
    topic: TopicPath
    text: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Ignored:
    """A line that was taken for nothing, and why. `broken`: it begins what was meant to be read and could not be."""

    line: int
    text: str
    reason: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A file, read. `lines` counts the lines by kind (`LINE_KINDS`); the sum is the number of lines of the file.

    The number of lines is that of `str.split("\\n")`, less a last empty one. `topics` are all headings, in order,
    those without papers too. `records` is what the lines of the library's own JSON hold.
    """

    format: str
    topics: tuple[TopicPath, ...]
    entries: tuple[Entry, ...]
    topic_notes: tuple[TopicNote, ...]
    lines: Mapping[str, int]
    ignored: tuple[Ignored, ...] = ()
    records: Records | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a large file, read. `lines` counts the lines that it is made of; those of all pieces are the file's.

    `entries` tell their lines by the numbers of the whole file. What a later part of the file says never changes an
    earlier piece. `topics` are those that the file names apart from its papers.
    """

    entries: tuple[Entry, ...]
    lines: Mapping[str, int]
    ignored: tuple[Ignored, ...] = ()
    topics: tuple[TopicPath, ...] = ()
