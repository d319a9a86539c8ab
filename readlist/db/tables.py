"""What the rows of each table are made of, as the library itself tells it, and the statements that write them.

Writing needs no more of a table than the names of its columns and keys. `db/schema.py` says much more, for migrations
and tests, but with SQLAlchemy, which takes longer to load than most commands take to run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

Table = Literal[
    "authors",
    "cites",
    "fetches",
    "field_sources",
    "focus",
    "identifiers",
    "imports",
    "links",
    "notes",
    "observations",
    "paper_authors",
    "paper_tags",
    "paper_topics",
    "papers",
    "passes",
    "queries",
    "reading",
    "summaries",
    "tags",
    "texts",
    "topic_aliases",
    "topics",
    "venue_aliases",
    "venues",
]
"""The tables of facts: what commands change, and the log tells of."""

Key = tuple[Any, ...]
"""The values of a row's primary key."""
Row = Mapping[str, Any]


def last_id(connection: sqlite3.Connection, table: str) -> int:
    """The highest id that a row of the table ever had; 0 if none had."""
    row = connection.execute("select seq from sqlite_sequence where name = ?", (table,)).fetchone()
    return int(row[0]) if row else 0


class Shape:
    """A table's columns and primary key, and the columns (without those of the key) whose values are unique."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self.table = table
        about = connection.execute(f'pragma table_info("{table}")').fetchall()
        self.columns = tuple(name for _, name, *_ in about)
        self.key = tuple(name for _, name, *_ in sorted((row for row in about if row[5]), key=lambda row: row[5]))
        self.has_id = self.key == ("id",)
        at = " and ".join(f'"{name}" = ?' for name in self.key)
        self.select = f'select * from "{table}"'
        self.get = f"{self.select} where {at}"
        self.delete = f'delete from "{table}" where {at}'
        self._at = at
        self._updates: dict[tuple[str, ...], str] = {}
        self._rows: dict[tuple[str, ...], str] = {}

    @cached_property
    def unique(self) -> frozenset[str]:
        return frozenset(
            name
            for _, index, unique, origin, *_ in self._connection.execute(f'pragma index_list("{self.table}")')
            if unique and origin != "pk"
            for _, _, name in self._connection.execute(f'pragma index_info("{index}")')
        )

    @cached_property
    def insert(self) -> str:
        names, marks = ", ".join(f'"{name}"' for name in self.columns), ", ".join("?" * len(self.columns))
        return f'insert into "{self.table}" ({names}) values ({marks})'

    def update(self, names: tuple[str, ...]) -> str:
        """The statement that sets these columns of the row with a key: their values, then the key's."""
        if names not in self._updates:
            to = ", ".join(f'"{name}" = ?' for name in names)
            self._updates[names] = f'update "{self.table}" set {to} where {self._at}'
        return self._updates[names]

    def rows(self, names: tuple[str, ...]) -> str:
        """The query for the rows in which these columns equal given values, which may be null."""
        if names not in self._rows:
            where = " and ".join(f'"{name}" is ?' for name in names)
            self._rows[names] = f"{self.select} where {where}" if names else self.select
        return self._rows[names]

    def row(self, values: tuple[Any, ...]) -> Row:
        """The values of all columns as a row."""
        return dict(zip(self.columns, values, strict=True))

    def key_of(self, row: Row) -> Key:
        return tuple([row[name] for name in self.key])
