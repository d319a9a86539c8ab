"""Giving the library back: which papers, in which format, as text that is made while it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from readlist import exporters
from readlist.db.records import of_one_state, records
from readlist.db.views import Views
from readlist.domain.listing import TopicPath
from readlist.domain.nearest import choices
from readlist.domain.paper import Paper
from readlist.domain.record import DEEDS, Deeds
from readlist.domain.shelf import Shelf
from readlist.domain.topics import Forest, Topic
from readlist.errors import UsageError
from readlist.services.listing import Wanted, order_of, to_filter

DEFAULT = "markdown"
_AT_ONCE = 500  # papers that are in memory together


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written: its format, how many papers, and the text in pieces, which can be gone through once."""

    format: str
    papers: int
    pieces: Iterator[str]


class Papers(Sequence[Paper]):
    """The papers with these ids, in this order, read whole from the library as they are gone through.

    `tell` hears how many have been read, and of how many.
    """

    def __init__(
        self, views: Views, ids: Sequence[int], today: date, tell: Callable[[int, int], None] = lambda done, total: None
    ) -> None:
        self._views = views
        self._ids = ids
        self._today = today
        self._tell = tell

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Paper: ...
    @overload
    def __getitem__(self, index: slice) -> Papers: ...
    def __getitem__(self, index: int | slice) -> Paper | Papers:
        if isinstance(index, slice):
            return Papers(self._views, self._ids[index], self._today, self._tell)
        return self._views.paper(self._ids[index], self._today)

    def __iter__(self) -> Iterator[Paper]:
        for start in range(0, len(self._ids), _AT_ONCE):
            chunk = self._ids[start : start + _AT_ONCE]
            yield from self._views.papers(chunk, self._today, whole=True)
            self._tell(start + len(chunk), len(self._ids))


def format_for(name: str | None, file: str | None) -> str:
    """The format that `--format` names; else the one that the ending of `file` means; else the default."""
    if name is not None and name not in exporters.FORMATS:
        raise UsageError(f"--format cannot be {name!r}", choices(name, exporters.FORMATS))
    return name or (exporters.format_of(file) if file else None) or DEFAULT


def deeds_for(name: str | None, format: str) -> Deeds | None:
    """What of the log `--log` asks for."""
    if name is None:
        return None
    if format != "json":
        raise UsageError(f"{format} has no place for the log", "--format json has")
    found = next((one for one in DEEDS if one == name), None)
    if found is None:
        raise UsageError(f"--log cannot be {name!r}", choices(name, DEEDS))
    return found


def export(
    views: Views,
    wanted: Wanted,
    today: date,
    format: str,
    tell: Callable[[int, int], None] = lambda done, total: None,
    deeds: Deeds | None = None,
) -> Export:
    """The papers that `wanted` asks for, in `format`. Papers are read as the pieces are asked for.

    `deeds` says what of the log is written with a whole library in JSON: one of `DEEDS`, "held" unless said.
    """
    sort = "key" if format in exporters.BY_KEY else "id"
    shelf = shelf_of(views, wanted, today, sort, tell, deeds or "held")
    if deeds is not None and deeds != "none" and not shelf.whole:
        raise UsageError("the log is of the whole library", "leave out what selects papers, or --log")
    return Export(format, len(shelf.papers), of_one_state(views, exporters.load(format).write(shelf)))


def shelf_of(
    views: Views,
    wanted: Wanted,
    today: date,
    sort: str = "id",
    tell: Callable[[int, int], None] = lambda done, total: None,
    deeds: Deeds = "held",
) -> Shelf:
    """The papers that `wanted` asks for, in order of `sort` unless it names another, with the topics of the library."""
    sort, limit = order_of(wanted, sort, 0)
    asked = to_filter(wanted, today)
    chosen = views.ids(asked, sort, limit, today)
    forest = views.forest()
    topics = list(_in_order(forest, None))
    notes: dict[TopicPath, tuple[str, ...]] = {(): tuple(views.topic_notes(None))}
    notes |= {forest.names(topic): tuple(views.topic_notes(topic.id)) for topic in topics}
    whole = not asked.terms and limit is None
    return Shelf(
        Papers(views, chosen, today, tell),
        tuple(forest.names(topic) for topic in topics),
        today,
        {path: texts for path, texts in notes.items() if texts},
        whole=whole,
        records=lambda: records(views, chosen, whole, tell, deeds),
    )


def _in_order(forest: Forest, above: int | None) -> Iterator[Topic]:
    """The topics of the tree, each before those below it, sisters in the order in which they were made."""
    for topic in forest.children(above):
        yield topic
        yield from _in_order(forest, topic.id)
