"""Taking back what an entry of the log tells, if all of it is found as the command left it; else nothing is changed.

Doing it again is the same: taking back the entry that took it back. What follows from rows (status, counts) stands in
rows itself, and comes back with them; but not the rank, which follows from the settings, too, and is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from readlist.db.changes import Change, decoded
from readlist.db.fulltext import Index
from readlist.db.journal import DERIVED, Journal, Row, checksum, plain, stated
from readlist.db.ranks import Ranks, settle_ranks
from readlist.db.whole import COLUMNS, rows_of, whole_checksum
from readlist.errors import ReadlistError

# The log of an rl before tables 0003 has ranks in its checksums: those that its weights made.
_FIRST_WEIGHTS: Mapping[str, float] = {
    "high": 6.0, "low": -3.0, "reading": 4.0, "begun": 1.0, "citations": 1.0, "growth": 0.0, "cited": 0.0, "focus": 0.0,
    "age": 0.01, "due": 12.0,
}  # fmt: skip


class Altered(ReadlistError):
    """A row is not as the command left it, so that what the command did cannot be taken back."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "nothing was changed; `rl log` shows what rl itself did")


def take_back(connection: sqlite3.Connection, journal: Journal, entry: int, index: Index) -> None:
    """Put every row that the entry of the log changed back as it was. Raises Altered if one is not as it was left."""
    parts = [i for (i,) in connection.execute("select id from log_parts where log_id = ? order by id desc", (entry,))]
    tables: dict[str, _Rows] = {}
    papers: set[int] = set()
    # Rows refer to one another both ways; what matters is that all fits in the end.
    connection.execute("pragma defer_foreign_keys = on")
    journal.begin(entry)
    for part in parts:
        (stored,) = connection.execute("select changes from log_parts where id = ?", (part,)).fetchone()
        changes = [_stated(change) for change in decoded(stored)]
        whole = COLUMNS if any(change.whole for change in changes) else ()
        for name in {*(change.table for change in changes), *whole} - set(tables):
            tables[name] = _Rows(connection, journal, name)
        try:
            _reverse(changes, tables, index)
        except sqlite3.IntegrityError as fault:
            raise Altered("something else has the place of what would come back") from fault
        for change in changes:
            papers |= {*change.papers, *(change.key if change.table == "cites" else ())}
    settle_ranks(connection, papers)


def _stated(change: Change) -> Change:
    """The change as the log tells it by now: older entries have ranks, too."""
    if change.table not in DERIVED:
        return change
    before, after = (row and stated(change.table, row) for row in (change.before, change.after))
    return replace(change, before=before, after=after)


def _reverse(changes: list[Change], tables: Mapping[str, _Rows], index: Index) -> None:
    """Take back one part. All is looked at first; then rows go before others come, so that no two are in each
    other's way, whatever the order in which they once changed."""
    going: list[tuple[_Rows, Row]] = []
    changing: list[tuple[_Rows, Row, Row]] = []
    coming: list[tuple[_Rows, Row]] = []
    for change in changes:
        rows = tables[change.table]
        if change.whole:
            if change.table == "papers":
                going += _whole(change, tables)
            continue
        there = rows.get(change.key)
        if change.before is None:
            if there is None or change.left not in set(rows.checksums(there)):
                raise _altered(change, there)
            going.append((rows, there))
        elif change.after is None:
            if there is not None:
                raise _altered(change, there)
            coming.append((rows, {**dict.fromkeys(rows.columns), **DERIVED.get(change.table, {}), **change.before}))
        else:
            if there is None or any(plain(there.get(name)) != plain(v) for name, v in change.after.items()):
                raise _altered(change, there)
            as_before = {**there, **change.before}
            if rows.unique & change.before.keys():
                going.append((rows, there))
                coming.append((rows, as_before))
            else:
                changing.append((rows, there, as_before))
    index.before((rows.table, rows.key_of(row), row, None) for rows, row in going)
    index.before((rows.table, rows.key_of(row), row, was) for rows, row, was in changing)
    index.before((rows.table, rows.key_of(row), None, row) for rows, row in coming)
    for rows, row in going:
        rows.delete(row)
    for rows, row, was in changing:
        rows.update(row, was)
    for rows, row in coming:
        rows.insert(row)
    index.written()


def _whole(change: Change, tables: Mapping[str, _Rows]) -> Iterator[tuple[_Rows, Row]]:
    """All rows of a paper that came with them."""
    papers = tables["papers"]
    found = dict(rows_of(papers.connection, change.key[0]))
    if whole_checksum(found) != change.left:
        raise _altered(change, papers.get(change.key))
    for table, own in found.items():
        rows = tables[table]
        for values in own:
            named = dict(zip(COLUMNS[table], values, strict=True))
            there = rows.get(tuple(named[name] for name in rows.keys))
            assert there is not None
            yield rows, there


class _Rows:
    """The rows of one table, by primary key, every change noted in the journal."""

    def __init__(self, connection: sqlite3.Connection, journal: Journal, table: str) -> None:
        self.connection = connection
        self._journal = journal
        self.table = table
        about = connection.execute(f'pragma table_info("{table}")').fetchall()
        self.columns = [name for _, name, *_ in about]
        self.keys = [name for _, name, *_ in sorted((row for row in about if row[5]), key=lambda row: row[5])]
        self._where = " and ".join(f'"{name}" = ?' for name in self.keys)
        indexes = connection.execute(f'pragma index_list("{table}")').fetchall()
        self.unique = {
            name
            for _, index, unique, *_ in indexes
            if unique
            for _, _, name in connection.execute(f'pragma index_info("{index}")')
        }

    def get(self, key: tuple[Any, ...]) -> Row | None:
        row = self.connection.execute(f'select * from "{self.table}" where {self._where}', key).fetchone()
        return dict(zip(self.columns, row, strict=True)) if row else None

    def checksums(self, row: Row) -> Iterator[int]:
        """The checksums that the log may have of a row that is as it was left."""
        yield checksum(stated(self.table, row))
        if self.table == "reading":
            paper = row["paper_id"]
            yield checksum({**row, "rank": Ranks(self.connection).ranks([paper], _FIRST_WEIGHTS).get(paper)})

    def delete(self, row: Row) -> None:
        key = self.key_of(row)
        self.connection.execute(f'delete from "{self.table}" where {self._where}', key)
        self._journal.add(self.table, key, row, None)

    def update(self, row: Row, was: Row) -> None:
        key = self.key_of(row)
        names = [name for name in was if was[name] != row[name]]
        if not names:  # all that changed is what follows from elsewhere
            return
        to = ", ".join(f'"{name}" = ?' for name in names)
        self.connection.execute(
            f'update "{self.table}" set {to} where {self._where}', (*(was[name] for name in names), *key)
        )
        self._journal.add(self.table, key, row, was)

    def insert(self, row: Row) -> None:
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        self.connection.execute(f'insert into "{self.table}" ({names}) values ({marks})', tuple(row.values()))
        self._journal.add(self.table, self.key_of(row), None, row)

    def key_of(self, row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in self.keys)


_THINGS: Mapping[str, str] = {
    "papers": "the record",
    "paper_authors": "the authors",
    "identifiers": "an identifier",
    "texts": "the abstract",
    "links": "a link",
    "observations": "a citation count",
    "field_sources": "a field",
    "cites": "what it cites",
    "fetches": "the state of fetching",
    "reading": "the status",
    "passes": "a pass",
    "notes": "a note",
    "summaries": "the summary",
    "paper_topics": "the topics",
    "paper_tags": "the tags",
    "topics": "a topic",
    "focus": "the focus",
    "queries": "a saved query",
    "topic_aliases": "an alias of a topic",
    "tags": "a tag",
    "venues": "a venue",
    "venue_aliases": "an alias of a venue",
    "authors": "an author",
}


def _altered(change: Change, there: Row | None) -> Altered:
    paper = change.key[0] if change.table == "papers" else change.paper
    thing = _THINGS.get(change.table, change.table) + (f" of #{paper}" if paper is not None else "")
    if change.after is None:
        return Altered(f"{thing} is there again")
    return Altered(f"{thing} is gone" if there is None else f"{thing} was changed since, by something else than rl")
