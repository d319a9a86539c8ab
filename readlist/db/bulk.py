"""Many new papers at once: the rows that `Papers.add` and `Reading.add` make one by one, written by the thousand.

For papers of which the library has nothing, neither identifier nor title, all that is written follows from what is said
of them; no row needs to be read first. In the log each of them is one record, with one checksum over all its rows
(`Journal.add_papers`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from readlist.db import fulltext
from readlist.db.journal import Journal
from readlist.db.new_rows import New, NewRows
from readlist.db.reader import CHUNK, in_chunks
from readlist.db.tables import last_id
from readlist.db.unit import Unit
from readlist.db.whole import COLUMNS
from readlist.domain.queue import Weights
from readlist.domain.titles import unique_key
from readlist.domain.words import indexed

_NAMES_KEPT = 300_000  # authors whose ids are kept in memory, some 200 bytes each
_MANY = 500  # papers from which on the connection is set up for them
# Pages that are changed again and again stay in memory, and go to the file once and not with every unit of work.
_FOR_MANY = ("pragma cache_size = -131072", "pragma wal_autocheckpoint = 16000")  # kB; pages of 4 kB


class Known:
    """What is remembered of the library from one unit of work to the next, unless somebody else has written.

    `authors` are ids by name: all that the library ever had with ids up to `highest`, and some others.
    """

    def __init__(self) -> None:
        self.authors: dict[str, int] = {}
        self.highest = 0
        self._version: int | None = None

    def changed(self, connection: sqlite3.Connection) -> bool:
        """Whether another connection has changed the library since this was asked last."""
        before = self._version
        (self._version,) = connection.execute("pragma data_version").fetchone()
        return before != self._version


class Bulk:
    """Writes new papers past the rows that the unit of work keeps, within its transaction."""

    def __init__(
        self,
        unit: Unit,
        venue: Callable[[str], tuple[str, int] | None],
        weights: Weights,
        known: Known | None = None,
    ) -> None:
        """`venue` gives the canonical name and the id of a spelling. `known` goes through all units of a command."""
        self._unit = unit
        self._venue = venue
        self._weights = weights
        self._known = known or Known()
        self._names: Names | None = None
        self._gathers = False

    def add(self, new: Sequence[New]) -> list[tuple[int, str]]:
        """Write the papers, in order; returns the id and the citation key of each.

        No two of them may have an identifier in common, nor one with the library.
        """
        said = [it.told.said for it in new]
        venues = [self._venue(it.venue) if it.venue else None for it in said]
        with self._unit.beside() as (connection, journal):
            if len(new) >= _MANY and not self._gathers:
                self._gathers = True
                fulltext.gather(connection)
                for pragma in _FOR_MANY:
                    connection.execute(pragma)
            keys = self._keys(connection, new)
            authors = self._author_ids(connection, journal, {name for it in said for name in it.authors})
            rows = NewRows(self._unit.stamp, self._unit.day, self._weights, partial(last_id, connection))
            ids = [
                rows.add(it, key, venue, [authors[name] for name in it.told.said.authors])
                for it, key, venue in zip(new, keys, venues, strict=True)
            ]
            for table, columns in COLUMNS.items():
                names = (*columns, "rank") if table == "reading" else columns
                _insert(connection, table, names, rows.tables[table])
            _write_fields(connection, rows.fields)
            journal.add_papers(rows.records)
            _write_passes(connection, journal, rows)
            self._names = self._names or Names(connection)
            fulltext.add_words(connection, _documents(ids, new, venues, self._names))
        return list(zip(ids, keys, strict=True))

    def settle(self) -> None:
        """To be called when all are added, in the same unit of work."""
        if self._gathers:
            with self._unit.beside() as (connection, _):
                fulltext.write_gathered(connection)
            self._gathers = False

    def _keys(self, connection: sqlite3.Connection, new: Sequence[New]) -> list[str]:
        wanted = [it.key or it.told.key for it in new]
        taken = {key for (key,) in in_chunks(connection, "select key from papers where key in ({})", wanted)}
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

    def _author_ids(self, connection: sqlite3.Connection, journal: Journal, names: set[str]) -> Mapping[str, int]:
        """By name: the ids of these authors, made if need be."""
        known, last = self._known, last_id(connection, "authors")
        if len(known.authors) > _NAMES_KEPT or known.highest > last or known.changed(connection):
            known.authors, known.highest = {}, 0
        unknown = sorted(name for name in names if name not in known.authors)
        if known.highest < last:  # the library has some that are not known
            asked = "select name, id from authors where name in ({})"
            known.authors.update(in_chunks(connection, asked, unknown))
            unknown = [name for name in unknown if name not in known.authors]
        rows = list(enumerate(unknown, last + 1))
        _insert(connection, "authors", ("id", "name"), rows)
        journal.add_authors(rows)
        known.authors.update((name, i) for i, name in rows)
        if known.highest == last:
            known.highest += len(rows)
        return known.authors


class Names:
    """What the full-text index holds of topics and tags."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, int], str] = {}
        self._words: dict[tuple[str, tuple[int, ...]], str] = {}

    def of(self, table: str, ids: tuple[int, ...]) -> str:
        """The words of these `tags` or `topics`."""
        if not ids:
            return ""
        found = self._words.get((table, ids))
        if found is None:
            found = indexed(fulltext.names(self._connection, table, ids, self._known))
            self._words[table, ids] = found
        return found


def _insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    if rows:
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", rows)


def _write_fields(connection: sqlite3.Connection, fields: Sequence[tuple[Any, ...]]) -> None:
    """Write who said which fields of each paper, a row each: statements of several rows take a savepoint, at which FTS5
    writes what it holds."""
    rows = [(i, name, source, at) for i, source, at, *names in fields for name in names]
    _insert(connection, "field_sources", COLUMNS["field_sources"], rows)


def _write_passes(connection: sqlite3.Connection, journal: Journal, new: NewRows) -> None:
    """Write the passes, and tell the log of each: reports of the past read there when it was finished."""
    columns = ("id", "paper_id", "number", "started", "finished", "minutes", "version")
    rows = [
        (i, paper, number, None, finished, None, version)
        for i, (paper, number, finished, version) in enumerate(new.passes, last_id(connection, "passes") + 1)
    ]
    _insert(connection, "passes", columns, rows)
    for row in rows:
        journal.add("passes", row[:1], None, dict(zip(columns, row, strict=True)))


def _documents(
    ids: Sequence[int], new: Sequence[New], venues: Sequence[tuple[str, int] | None], names: Names
) -> Iterator[fulltext.Document]:
    """What the full-text index is told of the papers, in words."""
    of_name = lru_cache(maxsize=10_000)(indexed)
    for i, it, venue in zip(ids, new, venues, strict=True):
        yield (
            i, *it.told.words, indexed(it.summary) if it.summary else "",
            indexed(fulltext.joined(text for text, _ in it.notes)) if it.notes else "",
            of_name(venue[0]) if venue else "", names.of("tags", it.tags), names.of("topics", it.topics),
        )  # fmt: skip


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
        for (value,) in in_chunks(
            connection, "select value from identifiers where scheme = ? and value in ({})", values, scheme
        )
    }


def known_titles(connection: sqlite3.Connection, folded: Sequence[str]) -> set[str]:
    """Which of these folded titles papers of the library have."""
    asked = "select folded_title from papers where folded_title in ({})"
    return {title for (title,) in in_chunks(connection, asked, folded)}
