"""The one door for writes: a unit of work per command, which sees every row before and after.

Each command changes rows only through a `Unit`. The unit knows the command's name and hands every change (table, key,
row before, row after) to its journal, which writes it to the log in the same transaction; the log and the taking back
of commands hang on that, and nowhere else. Rows are inserted, updated and deleted by primary key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, create_engine, delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from readlist.db.connect import explained
from readlist.db.journal import Journal
from readlist.errors import DatabaseError

Row = Mapping[str, Any]


@dataclass(slots=True)
class Unit:
    """Writes of one command, in one transaction. `now` is the moment that the command happens at.

    `len(changes)` grows with every change, so that a caller can tell whether something changed meanwhile.
    """

    connection: Connection
    command: str
    now: datetime
    changes: Journal

    @property
    def stamp(self) -> str:
        """`now` as the library stores times."""
        return self.now.isoformat(timespec="seconds")

    @property
    def day(self) -> str:
        """The day of `now` as the library stores days."""
        return self.now.date().isoformat()

    def get(self, table: Table, *key: Any) -> Row | None:
        """The row of `table` with that primary key, as a mapping."""
        row = self.connection.execute(_get(table), _key(key)).mappings().one_or_none()
        return dict(row) if row is not None else None

    def rows(self, table: Table, **where: Any) -> list[Row]:
        """The rows of `table` in which the columns equal `where`, in order of the primary key."""
        given = {name: value for name, value in where.items() if value is not None}
        query = _rows(table, tuple(given), tuple(name for name in where if name not in given))
        return [dict(r) for r in self.connection.execute(query, given).mappings()]

    def insert(self, table: Table, **values: Any) -> int:
        """Add a row; returns its id (0 for tables without one)."""
        result = self.connection.execute(_insert(table), values)
        key = tuple(result.inserted_primary_key or ())
        after = {column.name: values.get(column.name) for column in table.columns}
        after |= dict(zip((c.name for c in table.primary_key.columns), key, strict=True))
        self.changes.add(table.name, key, None, after)
        return int(key[0]) if "id" in table.c else 0

    def update(self, table: Table, *key: Any, **values: Any) -> bool:
        """Change the row with that primary key where it differs; whether it did."""
        before = self.get(table, *key)
        if before is None or all(before[name] == value for name, value in values.items()):
            return False
        self.connection.execute(_update(table, tuple(values)), _key(key) | values)
        after = {**before, **values}
        self.changes.add(table.name, key, before, after)
        return True

    def put(self, table: Table, *key: Any, **values: Any) -> bool:
        """Make the row with that primary key hold `values`, adding it if it is not there; whether anything changed."""
        if self.get(table, *key) is not None:
            return self.update(table, *key, **values)
        names = (column.name for column in table.primary_key.columns)
        self.insert(table, **dict(zip(names, key, strict=True)), **values)
        return True

    def delete(self, table: Table, *key: Any) -> bool:
        """Remove the row with that primary key; whether it was there."""
        before = self.get(table, *key)
        if before is None:
            return False
        self.connection.execute(_delete(table), _key(key))
        self.changes.add(table.name, key, before, None)
        return True


# Statements are built once for each table and set of columns: building one costs more than running it.


def _key(key: tuple[Any, ...]) -> dict[str, Any]:
    return {f"key_{position}": value for position, value in enumerate(key)}


def _at(table: Table) -> Any:
    return and_(*(column == bindparam(f"key_{n}") for n, column in enumerate(table.primary_key.columns)))


@cache
def _get(table: Table) -> Any:
    return select(table).where(_at(table))


@cache
def _rows(table: Table, equal: tuple[str, ...], null: tuple[str, ...]) -> Any:
    conditions = [table.c[name] == bindparam(name) for name in equal] + [table.c[name].is_(None) for name in null]
    return select(table).where(*conditions).order_by(*table.primary_key.columns)


@cache
def _insert(table: Table) -> Any:
    return insert(table)


@cache
def _update(table: Table, names: tuple[str, ...]) -> Any:
    return update(table).where(_at(table)).values({name: bindparam(name) for name in names})


@cache
def _delete(table: Table) -> Any:
    return delete(table).where(_at(table))


@contextmanager
def unit_of_work(
    dbapi: sqlite3.Connection, path: Path, command: str, now: datetime, continued: int | None = None
) -> Iterator[Unit]:
    """A `Unit` whose writes are all kept at the end of the block, or, if it raises, none of them.

    `continued`: the log's entry of an earlier unit of the same run of the command.
    """
    engine = create_engine("sqlite://", creator=lambda: dbapi, poolclass=StaticPool, pool_reset_on_return=None)
    try:
        with engine.connect() as connection:
            # After connecting, not before: SQLAlchemy's first connection looks at the server and rolls back.
            dbapi.execute("begin immediate")
            try:
                journal = Journal(dbapi, command, now.isoformat(timespec="seconds"), continued)
                yield Unit(connection, command, now, journal)
                journal.flush()
                _commit(dbapi, path)
            except BaseException:
                if dbapi.in_transaction:
                    dbapi.execute("rollback")
                raise
    except sqlite3.Error as fault:
        raise explained(fault, path) from fault
    except DBAPIError as fault:
        raise explained(fault.orig if isinstance(fault.orig, Exception) else fault, path) from fault


def _commit(dbapi: sqlite3.Connection, path: Path) -> None:
    try:
        dbapi.execute("commit")
    except sqlite3.IntegrityError as fault:  # only taking back lets references wait until here
        raise DatabaseError(
            f"something in {path} refers to what would go, or would refer to what is gone", "nothing was changed"
        ) from fault
