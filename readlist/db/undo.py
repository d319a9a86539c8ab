"""Taking back what an entry of the log tells, if all of it is found as the command left it; else nothing is changed.

Doing it again is the same: taking back the entry that took it back. Whatever follows from rows (status, rank, counts)
stands in rows itself, and comes back with them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from readlist.db.journal import Change, Journal, Row, checksum, decoded, plain
from readlist.errors import ReadlistError


class Altered(ReadlistError):
    """A row is not as the command left it, so that what the command did cannot be taken back."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "nothing was changed; `rl log` shows what rl itself did")


def take_back(connection: sqlite3.Connection, journal: Journal, entry: int) -> None:
    """Put every row that the entry of the log changed back as it was. Raises Altered if one is not as it was left."""
    parts = [i for (i,) in connection.execute("select id from log_parts where log_id = ? order by id desc", (entry,))]
    tables: dict[str, _Rows] = {}
    # Rows refer to one another both ways; what matters is that all fits in the end.
    connection.execute("pragma defer_foreign_keys = on")
    journal.begin(entry)
    for part in parts:
        (stored,) = connection.execute("select changes from log_parts where id = ?", (part,)).fetchone()
        changes = decoded(stored)
        for name in {change.table for change in changes} - set(tables):
            tables[name] = _Rows(connection, journal, name)
        try:
            _reverse(changes, tables)
        except sqlite3.IntegrityError as fault:
            raise Altered("something else has the place of what would come back") from fault


def _reverse(changes: list[Change], tables: Mapping[str, _Rows]) -> None:
    """Take back one part. All is looked at first; then rows go before others come, so that no two are in each
    other's way, whatever the order in which they once changed."""
    going: list[tuple[_Rows, Row]] = []
    changing: list[tuple[_Rows, Row, Row]] = []
    coming: list[tuple[_Rows, Row]] = []
    for change in changes:
        rows = tables[change.table]
        there = rows.get(change.key)
        if change.before is None:
            if there is None or checksum(there) != change.left:
                raise _altered(change, there)
            going.append((rows, there))
        elif change.after is None:
            if there is not None:
                raise _altered(change, there)
            coming.append((rows, dict.fromkeys(rows.columns) | dict(change.before)))
        else:
            if there is None or any(plain(there.get(name)) != plain(v) for name, v in change.after.items()):
                raise _altered(change, there)
            as_before = {**there, **change.before}
            if rows.unique & change.before.keys():
                going.append((rows, there))
                coming.append((rows, as_before))
            else:
                changing.append((rows, there, as_before))
    for rows, row in going:
        rows.delete(row)
    for rows, row, was in changing:
        rows.update(row, was)
    for rows, row in coming:
        rows.insert(row)


class _Rows:
    """The rows of one table, by primary key, every change noted in the journal."""

    def __init__(self, connection: sqlite3.Connection, journal: Journal, table: str) -> None:
        self._connection = connection
        self._journal = journal
        self._table = table
        about = connection.execute(f'pragma table_info("{table}")').fetchall()
        self.columns = [name for _, name, *_ in about]
        self._keys = [name for _, name, *_ in sorted((row for row in about if row[5]), key=lambda row: row[5])]
        self._where = " and ".join(f'"{name}" = ?' for name in self._keys)
        indexes = connection.execute(f'pragma index_list("{table}")').fetchall()
        self.unique = {
            name
            for _, index, unique, *_ in indexes
            if unique
            for _, _, name in connection.execute(f'pragma index_info("{index}")')
        }

    def get(self, key: tuple[Any, ...]) -> Row | None:
        row = self._connection.execute(f'select * from "{self._table}" where {self._where}', key).fetchone()
        return dict(zip(self.columns, row, strict=True)) if row else None

    def delete(self, row: Row) -> None:
        key = self._key(row)
        self._connection.execute(f'delete from "{self._table}" where {self._where}', key)
        self._journal.add(self._table, key, row, None)

    def update(self, row: Row, was: Row) -> None:
        key = self._key(row)
        names = [name for name in was if was[name] != row[name]]
        to = ", ".join(f'"{name}" = ?' for name in names)
        self._connection.execute(
            f'update "{self._table}" set {to} where {self._where}', (*(was[name] for name in names), *key)
        )
        self._journal.add(self._table, key, row, was)

    def insert(self, row: Row) -> None:
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        self._connection.execute(f'insert into "{self._table}" ({names}) values ({marks})', tuple(row.values()))
        self._journal.add(self._table, self._key(row), None, row)

    def _key(self, row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in self._keys)


_THINGS: Mapping[str, str] = {
    "papers": "the record",
    "paper_authors": "the authors",
    "identifiers": "an identifier",
    "texts": "the abstract",
    "links": "a link",
    "observations": "a citation count",
    "field_sources": "a field",
    "fetches": "the state of fetching",
    "reading": "the status",
    "passes": "a pass",
    "notes": "a note",
    "summaries": "the summary",
    "paper_topics": "the topics",
    "paper_tags": "the tags",
    "topics": "a topic",
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
