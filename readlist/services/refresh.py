"""Keeping the library right: asking again for what has grown old, and telling what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from readlist.db.library import Library
from readlist.domain.paper import Paper
from readlist.domain.venues import PREPRINT
from readlist.services.fetch import Fetched, Progress, ask
from readlist.sources import Source

FALLBACK_AT_MOST = 50
"""Papers in one run for which a service that takes one look-up a paper is asked: what is left waits for the next."""


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
    fallbacks: Callable[[], Sequence[Source]],
    wanted: dict[str, list[int]],
    now: datetime,
    progress: Progress = lambda name, done, total: None,
) -> Refreshed:
    """Ask the `sources` for what is `wanted` of each, then each of `fallbacks` for what the one it stands in for
    did not answer."""
    ids = sorted({i for papers in wanted.values() for i in papers})
    before = {paper.id: paper for paper in library.views.papers(ids, now.date())}
    fetched = ask(library, sources, wanted, "refresh", progress)
    for spare in fallbacks() if ids else ():
        answered = set(fetched.found_by.get(spare.fallback_for or "", ()))
        left = [i for i in wanted.get(spare.fallback_for or "", ()) if i not in answered]
        asked = {spare.name: left[:FALLBACK_AT_MOST]}
        fetched = fetched.and_then(ask(library, (spare,), asked, "refresh", progress))
    after = library.views.papers(ids, now.date())
    news = tuple(_news((before[paper.id], paper) for paper in after))
    moved = [
        Moved(paper, old.citations.count, paper.citations.count)
        for paper in after
        for old in (before[paper.id],)
        if old.citations and paper.citations and old.citations.count != paper.citations.count
    ]
    moved.sort(key=lambda it: -abs(it.after - it.before))
    return Refreshed(tuple(ids), fetched, news, tuple(moved))


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
            news.append(News(new, "withdrawn", "withdrawn by its authors"))
    return news
