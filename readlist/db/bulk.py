"""Many new papers at once: the rows that `Papers.add` and `Reading.add` make one by one, written by the thousand.

For papers of which the library has nothing, neither identifier nor title, all that is written follows from what is said
of them; no row needs to be read first. In the log each of them is one record, with one checksum over all its rows
(`Journal.add_papers`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readlist.db import fulltext
from readlist.db.papers import cleaned, version_of
from readlist.db.reader import CHUNK
from readlist.db.unit import Unit
from readlist.db.whole import COLUMNS, whole_checksum
from readlist.domain.dates import day_of
from readlist.domain.merging import improvements_of_new
from readlist.domain.metadata import Link, Metadata
from readlist.domain.passes import Pass, status
from readlist.domain.queue import Weights, rank
from readlist.domain.text import fold, one_line
from readlist.domain.titles import citation_key, unique_key

_NAMES_KEPT = 200_000  # authors whose ids are kept in memory


@dataclass(frozen=True, slots=True)
class New:
    """A paper that the library does not have: what is said of it (it has a title), and what its reader does with it.

    `topics` and `tags` are ids; `notes` are texts with the page that each is from; `owed` names the services to ask.
    `read` is a pass that was finished, and the day (None: nobody knows).
    """

    said: Metadata
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


class Bulk:
    """Writes new papers past the rows that the unit of work keeps, within its transaction."""

    def __init__(self, unit: Unit, venue: Callable[[str], tuple[str, int] | None], weights: Weights) -> None:
        """`venue` gives the canonical name and the id of a spelling."""
        self._unit = unit
        self._venue = venue
        self._weights = weights
        self._authors: dict[str, int] = {}
        self._names: Names | None = None

    def add(self, new: Sequence[New]) -> list[tuple[int, str]]:
        """Write the papers, in order; returns the id and the citation key of each.

        No two of them may have an identifier in common, nor one with the library.
        """
        told = [cleaned(it.said) for it in new]
        venues = [self._venue(said.venue) if said.venue else None for said in told]
        with self._unit.beside() as (connection, journal):
            keys = self._keys(connection, new, told)
            authors = self._author_ids(connection, journal.add, {name for said in told for name in said.authors})
            rows = _Rows(self._unit.stamp, self._unit.day, self._weights, connection)
            made = [
                rows.add(it, said, key, venue, [authors[name] for name in said.authors])
                for it, said, key, venue in zip(new, told, keys, venues, strict=True)
            ]
            for table, columns in COLUMNS.items():
                extra = ("rank",) if table == "reading" else ()
                names = (*columns, *extra)
                connection.executemany(
                    f"insert into {table} ({', '.join(names)}) values ({', '.join('?' * len(names))})",
                    rows.tables[table],
                )
            names_of = self._names or Names(connection)
            self._names = names_of
            fulltext.add_documents(connection, rows.documents(new, told, venues, names_of))
            journal.add_papers(rows.records)
            rows.write_passes(journal.add)
        return made

    def _keys(self, connection: sqlite3.Connection, new: Sequence[New], told: Sequence[Metadata]) -> list[str]:
        wanted = [
            it.key or citation_key(said.title or "", said.authors, said.year)
            for it, said in zip(new, told, strict=True)
        ]
        taken = {key for (key,) in _in_chunks(connection, "select key from papers where key in ({})", wanted)}
        keys = []
        for key in wanted:
            if key in taken:
                key = unique_key(
                    key,
                    lambda it: (
                        it in taken
                        or connection.execute("select 1 from papers where key = ?", (it,)).fetchone() is not None
                    ),
                )
            taken.add(key)
            keys.append(key)
        return keys

    def _author_ids(
        self, connection: sqlite3.Connection, log: Callable[..., None], names: set[str]
    ) -> Mapping[str, int]:
        """By name: the ids of these authors, made if need be."""
        if len(self._authors) > _NAMES_KEPT:
            self._authors = {}
        unknown = [name for name in names if name not in self._authors]
        self._authors.update(_in_chunks(connection, "select name, id from authors where name in ({})", unknown))
        made = sorted(name for name in unknown if name not in self._authors)
        last = _last_id(connection, "authors")
        rows = [(last + number, name) for number, name in enumerate(made, 1)]
        connection.executemany("insert into authors (id, name) values (?, ?)", rows)
        for i, name in rows:
            self._authors[name] = i
            log("authors", (i,), None, {"id": i, "name": name})
        return self._authors


class Names:
    """The names of topics and tags, by id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, int], str] = {}

    def of(self, table: str, ids: Iterable[int]) -> str:
        """What the full-text index holds of these topics or tags."""
        return fulltext.names(self._connection, table, ids, self._known)


class _Rows:
    """The rows of new papers, by table, in the order of `COLUMNS`."""

    def __init__(self, stamp: str, day: str, weights: Weights, connection: sqlite3.Connection) -> None:
        self.tables: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        self.records: list[tuple[int, int, str]] = []  # id, checksum, title
        self._stamp = stamp
        self._day = day
        self._weights = weights
        self._last = _last_id(connection, "papers")
        self._links = _last_id(connection, "links")
        self._notes = _last_id(connection, "notes")
        self._passes: list[tuple[int, int, str | None, int | None]] = []  # paper, number, finished, version
        self._connection = connection

    def write_passes(self, log: Callable[..., None]) -> None:
        """Write the passes, and tell the log of each: reports of the past read there when it was finished."""
        last = _last_id(self._connection, "passes")
        names = ("id", "paper_id", "number", "started", "finished", "minutes", "version")
        rows = [
            (last + number, paper, of, None, finished, None, version)
            for number, (paper, of, finished, version) in enumerate(self._passes, 1)
        ]
        self._connection.executemany(
            f"insert into passes ({', '.join(names)}) values ({', '.join('?' * len(names))})", rows
        )
        for row in rows:
            log("passes", row[:1], None, dict(zip(names, row, strict=True)))

    def add(
        self, it: New, said: Metadata, key: str, venue: tuple[str, int] | None, authors: Sequence[int]
    ) -> tuple[int, str]:
        stamp, source, title = self._stamp, said.source, said.title or ""
        self._last = i = self._last + 1
        facts = improvements_of_new(said, venue[0] if venue else None)
        version = version_of(said)
        added = it.added or stamp
        events: tuple[Pass, ...] = ()
        if it.read:
            number, finished = it.read
            events = (Pass(number, None, finished, None),)
            self._passes.append((i, number, finished, version.get("version") if finished else None))
        state = status(events, it.next_pass, False)
        day = day_of(added)
        assert day is not None
        mine: dict[str, list[tuple[Any, ...]]] = {
            "papers": [(
                i, key, said.kind or "paper", title, fold(title), facts.get("year"), facts.get("published"),
                venue[1] if venue else None, facts.get("url"), said.citations, version.get("version"),
                version.get("withdrawn"), stamp,
            )],
            "reading": [(i, state, it.next_pass, it.priority, None, None, None, added, int(state == "todo"))],
        }  # fmt: skip
        if said.abstract or said.tldr:
            mine["texts"] = [(i, said.abstract or None, said.tldr or None)]
        if authors:
            mine["paper_authors"] = [(i, position, author) for position, author in enumerate(authors)]
        if said.identifiers:
            mine["identifiers"] = sorted((scheme, value, i) for scheme, value in said.identifiers.items())
        fields = {"title", *(("kind",) if said.kind else ()), *facts, *(("withdrawn",) if said.withdrawn else ())}
        mine["field_sources"] = [(i, name, source, stamp) for name in sorted(fields)]
        if said.links:
            mine["links"] = [
                (self._links + number, i, link.rel, link.url, one_line(link.text))
                for number, link in enumerate(_first_of_each(said.links), 1)
            ]
            self._links += len(mine["links"])
        if said.citations is not None:
            mine["observations"] = [(i, source, self._day, said.citations, said.influential)]
        if it.owed:
            mine["fetches"] = [(i, name, "owed", stamp) for name in sorted(it.owed)]
        if it.topics:
            mine["paper_topics"] = [(topic, i) for topic in sorted(it.topics)]
        if it.tags:
            mine["paper_tags"] = [(tag, i) for tag in sorted(it.tags)]
        if it.notes:
            mine["notes"] = [
                (self._notes + number, i, None, None, None, text, stamp, page, text)
                for number, (text, page) in enumerate(it.notes, 1)
            ]
            self._notes += len(mine["notes"])
        if it.summary:
            mine["summaries"] = [(i, it.summary, stamp)]
        self.records.append((i, whole_checksum(mine), title))
        tables = self.tables
        for table, rows in mine.items():
            tables[table] += rows
        row = tables["reading"].pop()
        tables["reading"].append(
            (*row, rank(it.priority, False, it.next_pass, said.citations, day, weights=self._weights))
        )
        return i, key

    def documents(
        self, new: Sequence[New], told: Sequence[Metadata], venues: Sequence[tuple[str, int] | None], names: Names
    ) -> Iterator[tuple[Any, ...]]:
        """What the full-text index is told of the papers."""
        for (i, _, title), it, said, venue in zip(self.records, new, told, venues, strict=True):
            yield (
                i, title, fulltext.joined(said.authors), fulltext.joined((said.abstract, said.tldr)), it.summary or "",
                fulltext.joined(text for text, _ in it.notes), venue[0] if venue else "",
                names.of("tags", it.tags), names.of("topics", it.topics),
            )  # fmt: skip


def _first_of_each(links: Iterable[Link]) -> Iterable[Link]:
    """The links without those whose address an earlier one has."""
    first: dict[str, Link] = {}
    for link in links:
        first.setdefault(link.url, link)
    return first.values()


def counts_of(connection: sqlite3.Connection, papers: Sequence[int]) -> tuple[int, int, int, int]:
    """Of these papers: how many wait to be read, are only listed, are to be asked of a service, have no identifier."""
    counts = [0, 0, 0, 0]
    for start in range(0, len(papers), CHUNK):
        chunk = papers[start : start + CHUNK]
        row = connection.execute(
            "select sum(r.next_pass is not null and r.dropped is null), sum(r.status = 'listed'), "
            "sum(exists (select 1 from fetches f where f.paper_id = r.paper_id and f.state = 'owed')), "
            "sum(p.kind in ('paper', 'thesis', 'book') "
            "and not exists (select 1 from identifiers i where i.paper_id = r.paper_id)) "
            f"from reading r join papers p on p.id = r.paper_id where r.paper_id in ({','.join('?' * len(chunk))})",
            chunk,
        ).fetchone()
        counts = [before + (more or 0) for before, more in zip(counts, row, strict=True)]
    return counts[0], counts[1], counts[2], counts[3]


def known_identifiers(connection: sqlite3.Connection, wanted: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these identifiers the library has."""
    by_scheme: dict[str, list[str]] = {}
    for scheme, value in wanted:
        by_scheme.setdefault(scheme, []).append(value)
    return {
        (scheme, value)
        for scheme, values in by_scheme.items()
        for (value,) in _in_chunks(
            connection, "select value from identifiers where scheme = ? and value in ({})", values, scheme
        )
    }


def known_titles(connection: sqlite3.Connection, folded: Sequence[str]) -> set[str]:
    """Which of these folded titles papers of the library have."""
    asked = "select folded_title from papers where folded_title in ({})"
    return {title for (title,) in _in_chunks(connection, asked, folded)}


def _in_chunks(
    connection: sqlite3.Connection, sql: str, values: Sequence[str], *first: str
) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK]
        yield from connection.execute(sql.format(",".join("?" * len(chunk))), (*first, *chunk))


def _last_id(connection: sqlite3.Connection, table: str) -> int:
    row = connection.execute("select seq from sqlite_sequence where name = ?", (table,)).fetchone()
    return int(row[0]) if row else 0
