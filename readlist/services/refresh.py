"""Keeping the library right: asking again for what has grown old, and telling what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from readlist.db.library import Library
from readlist.domain.merging import trust
from readlist.domain.paper import Paper
from readlist.domain.venues import PREPRINT
from readlist.services.fetch import Fetched, Progress, Spares, ask_all
from readlist.sources import Source


@dataclass(frozen=True, slots=True)
class News:
    """Something that became of a paper: `kind` is "published", "version" or "withdrawn"; `text` says it in words."""

    paper: Paper
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A citation count that changed since it was last seen."""

    paper: Paper
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: the papers asked for, and what is new of them."""

    papers: tuple[int, ...]
    fetched: Fetched
    news: tuple[News, ...]
    moved: tuple[Moved, ...]


def of_papers(sources: Sequence[Source], ids: Sequence[int]) -> dict[str, list[int]]:
    """Ask every service for these papers."""
    return {source.name: list(ids) for source in sources}


def of_stale(library: Library, sources: Sequence[Source], now: datetime, age: timedelta) -> dict[str, list[int]]:
    """Ask every service for the papers that it was not asked for within `age`."""
    views = library.views
    moment = (now - age).isoformat(timespec="seconds")
    known = set(views.identified())
    return {
        source.name: sorted(
            {*views.asked_before(source.name, moment), *(known - views.fetched_from(source.name))} & known
        )
        for source in sources
    }


def refresh(
    library: Library,
    sources: Sequence[Source],
    spares: Spares,
    wanted: dict[str, list[int]],
    now: datetime,
    progress: Progress = lambda name, done, total: None,
) -> Refreshed:
    """Ask the `sources` for what is `wanted` of each, then the `spares`; tell what became of the papers."""
    ids = sorted({i for papers in wanted.values() for i in papers})
    before = {paper.id: paper for paper in library.views.papers(ids, now.date())}
    counts_before = library.views.counts(ids)
    fetched = ask_all(library, sources, spares, wanted, "refresh", progress)
    after = library.views.papers(ids, now.date())
    news = tuple(_news((before[paper.id], paper) for paper in after))
    published = [it.paper.id for it in news if it.kind == "published"]
    guesses = {paper.id: paper.guess for paper in library.views.papers(published, now.date(), whole=True)}
    news = tuple(replace(it, text=it.text + guesses[it.paper.id]) if it.kind == "published" else it for it in news)
    counted = library.views.counts(ids)
    moved = [
        Moved(paper, *move)
        for paper in after
        if (move := _move(counts_before[paper.id], counted[paper.id])) is not None
    ]
    moved.sort(key=lambda it: -abs(it.after - it.before))
    return Refreshed(tuple(ids), fetched, news, tuple(moved))


def _move(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[int, int] | None:
    """How a citation count moved, by who counts: two services differ, and their difference is no movement.

    What a page said is compared with the first count of a service.
    """
    first = before.get("page") if before.keys() <= {"page"} else None
    for observer in sorted(after, key=trust, reverse=True):
        old = before.get(observer, first)
        if old is not None and old != after[observer]:
            return old, after[observer]
    return None


def _news(pairs: Iterable[tuple[Paper, Paper]]) -> list[News]:
    news = []
    for old, new in pairs:
        if new.venue not in (None, PREPRINT) and old.venue in (None, PREPRINT) and not old.pending:
            where = " ".join(str(part) for part in (new.venue, new.year) if part)
            news.append(News(new, "published", f"published: {where}"))
        if new.version and old.version and new.version > old.version:
            read = max((event.version or 0 for event in new.passes), default=0)
            since = f" since you read v{read}" if read else f" after v{old.version}"
            news.append(News(new, "version", f"v{new.version}{since}"))
        if new.withdrawn and not old.withdrawn:
            news.append(News(new, "withdrawn", "withdrawn or retracted"))
    return news
