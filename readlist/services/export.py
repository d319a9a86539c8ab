"""Giving the library back: which papers, in which format, as text that is made while it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, overload

from readlist import exporters
from readlist.db.exported import of_one_state, shelved
from readlist.db.views import Views
from readlist.domain.shelf import Shelf, Shelved
from readlist.errors import UsageError
from readlist.services.listing import Wanted, order_of, to_filter

if TYPE_CHECKING:
    from readlist.domain.listing import TopicPath
    from readlist.domain.record import Deeds, Records
    from readlist.domain.topics import Forest, Topic

DEFAULT = "markdown"


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written: its format, how many papers, and the text in pieces, which can be gone through once."""

    format: str
    papers: int
    pieces: Iterator[str]


class Papers(Sequence[Shelved]):
    """The papers with these ids, in this order, read from the library as they are gone through.

    `whole`: with what bibliographies do not tell. `tell` hears how many have been read, and of how many.
    """

    def __init__(
        self,
        views: Views,
        ids: Sequence[int],
        whole: bool = True,
        tell: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self._views = views
        self._ids = ids
        self._whole = whole
        self._tell = tell

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Shelved: ...
    @overload
    def __getitem__(self, index: slice) -> Papers: ...
    def __getitem__(self, index: int | slice) -> Shelved | Papers:
        if isinstance(index, slice):
            return Papers(self._views, self._ids[index], self._whole, self._tell)
        return next(iter(Papers(self._views, [self._ids[index]], self._whole)))

    def __iter__(self) -> Iterator[Shelved]:
        done = 0
        for papers in shelved(self._views, self._ids, self._whole):
            yield from papers
            done += len(papers)
            self._tell(done, len(self._ids))


_PLAIN = (".txt", ".text")  # endings of what has no format to speak of


def format_for(name: str | None, file: str | None) -> str:
    """The format that `--format` names; else the one that the ending of `file` means; without an ending the default.

    A page under the name `papers.xlsx` would be of no use to anybody, so an ending that means nothing here is refused.
    """
    if name is not None and name not in exporters.FORMATS:
        from readlist.domain.nearest import choices

        raise UsageError(f"--format cannot be {name!r}", choices(name, exporters.FORMATS))
    meant = name or (exporters.format_of(file) if file else None)
    ending = "" if meant or file is None else Path(file).suffix.casefold()
    if ending.removeprefix(".").isalpha() and ending not in _PLAIN:
        raise UsageError(f"no format has the ending {ending}", f"say which: --format {', '.join(exporters.FORMATS)}")
    return meant or DEFAULT


def deeds_for(name: str | None, format: str) -> Deeds | None:
    """What of the log `--log` asks for."""
    if name is None:
        return None
    if format != "json":
        raise UsageError(f"{format} has no place for the log", "--format json has")
    from readlist.domain.record import DEEDS

    found = next((one for one in DEEDS if one == name), None)
    if found is None:
        from readlist.domain.nearest import choices

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
    shelf = shelf_of(views, wanted, today, format in exporters.BY_KEY, tell, deeds or "held")
    if deeds is not None and deeds != "none" and not shelf.whole:
        raise UsageError("the log is of the whole library", "leave out what selects papers, or --log")
    return Export(format, len(shelf.papers), of_one_state(views, exporters.load(format).write(shelf)))


def shelf_of(
    views: Views,
    wanted: Wanted,
    today: date,
    bibliography: bool = False,
    tell: Callable[[int, int], None] = lambda done, total: None,
    deeds: Deeds = "held",
) -> Shelf:
    """The papers that `wanted` asks for, with the topics of the library.

    In order of their ids, those of a bibliography of their keys, unless `wanted` names another order.
    """
    sort, limit = order_of(wanted, "key" if bibliography else "id", 0)
    asked = to_filter(wanted, today, views)
    chosen = views.ids(asked, sort, limit, today)
    forest = views.forest()
    topics = list(_in_order(forest, None))
    notes: dict[TopicPath, tuple[str, ...]] = {(): tuple(views.topic_notes(None))}
    notes |= {forest.names(topic): tuple(views.topic_notes(topic.id)) for topic in topics}
    whole = not asked.terms and limit is None

    def complete() -> Records:
        from readlist.db.records import records

        return records(views, chosen, whole, tell, deeds)

    return Shelf(
        Papers(views, chosen, not bibliography, tell),
        tuple(forest.names(topic) for topic in topics),
        today,
        {path: texts for path, texts in notes.items() if texts},
        whole=whole,
        records=complete,
    )


def _in_order(forest: Forest, above: int | None) -> Iterator[Topic]:
    """The topics of the tree, each before those below it, sisters in the order in which they were made."""
    for topic in forest.children(above):
        yield topic
        yield from _in_order(forest, topic.id)
