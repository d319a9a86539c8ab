"""Plain SQL over the DBAPI connection: what all views read through."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

CHUNK = 500
"""Ids in one query; SQLite's smallest limit on variables is 999."""


def in_chunks(
    connection: sqlite3.Connection, sql: str, values: Sequence[str], *first: str
) -> Iterator[tuple[Any, ...]]:
    """The rows of `sql`, asked as often as needed with some of `values` in the place of {}, after `first`."""
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK]
        yield from connection.execute(sql.format(",".join("?" * len(chunk))), (*first, *chunk)).fetchall()


class Reader:
    """Asks the library; never writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Within the block all questions are answered from one state of the library, whoever writes meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("begin")
        try:
            yield
        finally:
            self._connection.execute("commit")

    def _all(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: Any) -> Any:
        row = self._connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def _grouped(self, sql: str, ids: Sequence[int], make: Callable[[tuple[Any, ...]], T]) -> Mapping[int, list[T]]:
        groups: dict[int, list[T]] = defaultdict(list)
        for row in self._all(sql, *ids):
            groups[row[0]].append(make(row))
        return groups
