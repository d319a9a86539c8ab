"""The rows of new papers, by table, as they follow from what is said of them: no row needs to be read for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from readlist.db.fulltext import joined
from readlist.db.papers import cleaned
from readlist.db.whole import COLUMNS, checksum_of_text
from readlist.domain.dates import day_of
from readlist.domain.merging import improvements_of_new
from readlist.domain.metadata import Link, Metadata
from readlist.domain.passes import Pass, Status, status
from readlist.domain.queue import Weights, rank
from readlist.domain.text import fold, one_line
from readlist.domain.titles import citation_key
from readlist.domain.words import indexed


class Told(NamedTuple):
    """What is said of a paper as it is stored, and what follows from that alone: the folded title, the citation key
    that it would like, and its title, authors and texts as the full-text index has them."""

    said: Metadata
    folded: str
    key: str
    words: tuple[str, str, str]


def told(said: Metadata) -> Told:
    """`said`, made ready to be written; whoever takes in many papers has that done in another process."""
    said = cleaned(said)
    title = said.title or ""
    return Told(
        said,
        fold(title),
        citation_key(title, said.authors, said.year),
        (indexed(title), indexed("\n".join(said.authors)), indexed(joined((said.abstract, said.tldr)))),
    )


class New(NamedTuple):
    """A paper that the library does not have: what is said of it (it has a title), and what its reader does with it.

    `topics` and `tags` are ids; `notes` are texts with the page that each is from; `owed` names the services to ask.
    `read` is a pass that was finished, and the day (None: nobody knows).
    """

    told: Told
    key: str | None = None
    added: str | None = None
    next_pass: int | None = None
    priority: str = "normal"
    summary: str | None = None
    topics: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    owed: tuple[str, ...] = ()
    read: tuple[int, str | None] | None = None


class NewRows:
    """Makes the rows of papers one after the other. `last` are the highest ids so far of papers, links and notes.

    `tables` has them in the order of their columns, those of `reading` with their rank behind. Of `field_sources`,
    the largest, `fields` has one tuple a paper: id, source, moment, and the names of the fields. `records` is what the
    log is told: id, checksum of all rows, title. `passes` are (paper, number, finished, version).
    """

    def __init__(self, stamp: str, day: str, weights: Weights, last: Callable[[str], int]) -> None:
        self.tables: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        self.fields: list[tuple[Any, ...]] = []
        self.records: list[tuple[int, int, str]] = []
        self.passes: list[tuple[int, int, str | None, int | None]] = []
        self._texts: list[str] = []  # of the paper under way: its rows by table as the checksum is taken of them
        self._stamp = stamp
        self._day = day
        self._paper, self._links, self._notes = (last(table) for table in ("papers", "links", "notes"))

        @lru_cache(maxsize=10_000)
        def ranked(priority: str, next_pass: int | None, citations: int | None, added: str) -> float:
            on = day_of(added)
            assert on is not None
            return rank(priority, False, next_pass, citations, on, weights=weights)

        self._ranked = ranked

    def add(self, it: New, key: str, venue: tuple[str, int] | None, authors: Sequence[int]) -> int:
        """The rows of the paper `it`; returns its id."""
        said = it.told.said
        stamp, source, title = self._stamp, said.source, said.title or ""
        self._paper = i = self._paper + 1
        facts = improvements_of_new(said, venue[0] if venue else None)
        added = it.added or stamp
        if it.read:
            number, finished = it.read
            self.passes.append((i, number, finished, said.version if finished else None))
        state = _status(it.read[0] if it.read else None, it.next_pass)
        row = (
            i, key, said.kind or "paper", title, it.told.folded, facts.get("year"), facts.get("published"),
            venue[1] if venue else None, facts.get("url"), said.citations, said.version,
            1 if said.withdrawn else None, stamp,
        )  # fmt: skip
        self.tables["papers"].append(row)
        reading = (i, state, it.next_pass, it.priority, None, None, None, added, int(state == "todo"))
        self.tables["reading"].append((*reading, self._ranked(it.priority, it.next_pass, said.citations, added[:10])))
        self._texts = [f"('papers', [{row!r}])", f"('reading', [{reading!r}])"]
        if said.abstract or said.tldr:
            self._put("texts", [(i, said.abstract or None, said.tldr or None)])
        if authors:
            self._put("paper_authors", [(i, position, author) for position, author in enumerate(authors)])
        if said.identifiers:
            self._put("identifiers", sorted((scheme, value, i) for scheme, value in said.identifiers.items()))
        names = _said(tuple(facts), said.kind is not None, bool(said.withdrawn))
        self.fields.append((i, source, stamp, *names))
        self._texts.append(_fields_as_text(names, source, stamp) % ((i,) * len(names)))
        if said.links:
            rows = [
                (self._links + number, i, link.rel, link.url, one_line(link.text))
                for number, link in enumerate(_first_of_each(said.links), 1)
            ]
            self._links += len(rows)
            self._put("links", rows)
        if said.citations is not None:
            self._put("observations", [(i, source, self._day, said.citations, said.influential)])
        if it.owed:
            self._put("fetches", [(i, name, "owed", stamp) for name in sorted(it.owed)])
        if it.topics:
            self._put("paper_topics", [(topic, i) for topic in sorted(it.topics)])
        if it.tags:
            self._put("paper_tags", [(tag, i) for tag in sorted(it.tags)])
        if it.notes:
            notes = [
                (self._notes + number, i, None, None, None, text, stamp, page, text)
                for number, (text, page) in enumerate(it.notes, 1)
            ]
            self._notes += len(notes)
            self._put("notes", notes)
        if it.summary:
            self._put("summaries", [(i, it.summary, stamp)])
        self.records.append((i, checksum_of_text(self._texts), title))
        return i

    def _put(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        self.tables[table] += rows
        self._texts.append(f"('{table}', {rows!r})")


@lru_cache(maxsize=1024)
def _fields_as_text(names: tuple[str, ...], source: str, stamp: str) -> str:
    """What `_put` adds for the rows of `field_sources`, with a %d for each id of the paper."""
    rows = ", ".join(f"(%d, {name!r}, {source!r}, {stamp!r})" for name in names)
    return f"('field_sources', [{rows}])"


@lru_cache(maxsize=64)
def _status(read: int | None, next_pass: int | None) -> Status:
    return status((Pass(read, None, None, None),) if read else (), next_pass, False)


@lru_cache(maxsize=1024)
def _said(facts: tuple[str, ...], kind: bool, withdrawn: bool) -> tuple[str, ...]:
    """The fields of which somebody said something."""
    return tuple(sorted({"title", *facts, *(("kind",) if kind else ()), *(("withdrawn",) if withdrawn else ())}))


def _first_of_each(links: Iterable[Link]) -> Iterable[Link]:
    """The links without those whose address an earlier one has."""
    first: dict[str, Link] = {}
    for link in links:
        first.setdefault(link.url, link)
    return first.values()
