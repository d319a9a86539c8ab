"""What is given back: the papers of an export, with the topics that they stand under."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from readlist.domain.paper import Paper

if TYPE_CHECKING:
    from readlist.domain.listing import TopicPath
    from readlist.domain.metadata import Kind, Link
    from readlist.domain.paper import Note, Observation
    from readlist.domain.passes import Pass, Status
    from readlist.domain.queue import Priority
    from readlist.domain.record import Records


class Shelved(NamedTuple):
    """What exporters write of a paper, named as in `Paper`: made by the thousand, so a tuple.

    Of a shelf of bibliographies what stands behind `notes` is left out.
    """

    id: int
    key: str
    kind: Kind
    title: str
    year: int | None
    published: str | None
    url: str | None
    venue: str | None
    abstract: str | None
    summary: str | None
    authors: Sequence[str] = ()
    identifiers: Mapping[str, str] = {}
    tags: Sequence[str] = ()
    links: Sequence[Link] = ()
    notes: Sequence[Note] = ()
    status: Status = "listed"
    next_pass: int | None = None
    priority: Priority = "normal"
    due: str | None = None
    drop_reason: str | None = None
    added: str = ""
    changed: str = ""
    citations: Observation | None = None
    passes: Sequence[Pass] = ()
    topics: Sequence[str] = ()


AnyPaper = Paper | Shelved
"""A paper as exporters take it."""


def _none() -> Records:
    from readlist.domain.record import Records

    return Records(lambda section: iter(()))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Papers with all that the library knows of them, in the order in which they are to be written.

    `papers` may read them as it is gone through, so going through it once is cheap, and keeping all of it is not.
    `topics` are all topics of the library in the order of the tree, each before those below it; `topic_notes` are the
    notes of the topics that have any, and under the empty path those of pages as a whole. `whole`: nothing was left
    out, so topics without papers belong to the shelf too. `today` is the day of the export. `records` are the same
    papers, and what they hang on, with every fact that the library has of them.
    """

    papers: Sequence[AnyPaper]
    topics: tuple[TopicPath, ...]
    today: date
    topic_notes: Mapping[TopicPath, tuple[str, ...]] = field(default_factory=dict)
    whole: bool = True
    records: Callable[[], Records] = _none
