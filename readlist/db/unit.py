"""The one door for writes: a unit of work per command, which sees every row before and after.

Each command changes rows only through a `Unit`. It keeps the rows that it has read and changed in memory, and writes
the changes together: a command that takes in ten thousand papers asks and writes each row once, however often it comes
back to it. Whoever asks by SQL (`Unit.connection`) finds everything written. The unit hands every change (table, key,
row before, row after) to its journal, which writes it to the log in the same transaction; the log and the taking back
of commands hang on that, and nowhere else. Rows are inserted, updated and deleted by primary key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from readlist.db.connect import explained
from readlist.db.fulltext import TABLES, Index
from readlist.db.journal import Journal
from readlist.db.tables import Key, Row, Shape, Table, last_id
from readlist.errors import DatabaseError

_WAITING = 2000  # changed rows that wait to be written together
_KEPT = 20_000  # rows kept in memory


class Unit:
    """Writes of one command, in one transaction. `now` is the moment that the command happens at.

    `altered` grows with every change, so that a caller can tell whether something changed meanwhile.
    """

    def __init__(self, connection: sqlite3.Connection, command: str, now: datetime, journal: Journal) -> None:
        self.command = command
        self.now = now
        self.stamp = now.isoformat(timespec="seconds")  # `now` as the library stores times
        self.day = now.date().isoformat()  # its day as the library stores days
        self.altered = 0
        self._connection = connection
        self._journal = journal
        self._tables: dict[str, _Table] = {}
        self._new_papers: set[int] = set()  # of which the database holds nothing yet
        self._waiting = 0
        self._kept = 0
        self._logs = True
        self.index = Index(connection)

    @property
    def connection(self) -> sqlite3.Connection:
        """The database with all changes so far. Reading only: what is written past the unit is in no log."""
        self.flush()
        return self._connection

    @property
    def changes(self) -> Journal:
        """The journal with all changes so far."""
        self.flush()
        return self._journal

    def get(self, table: Table, *key: Any) -> Row | None:
        """The row of `table` with that primary key."""
        rows = self._table(table)
        if key in rows.known:
            return rows.known[key]
        self._make_room()
        row = None
        if rows.paper_at is None or key[rows.paper_at] not in self._new_papers:
            found = self._connection.execute(rows.shape.get, key).fetchone()
            row = rows.shape.row(found) if found else None
        rows.known[key] = row
        self._kept += 1
        return row

    def rows(self, table: Table, **where: Any) -> list[Row]:
        """The rows of `table` in which the columns equal `where`, in order of the primary key."""
        self._make_room()
        rows = self._table(table)
        found: dict[Key, Row] = {}
        if where.get("paper_id") not in self._new_papers:
            for values in self._connection.execute(rows.shape.rows(tuple(where)), tuple(where.values())):
                row = rows.shape.row(values)
                found[rows.shape.key_of(row)] = row
            for key in found.keys() & rows.before.keys():
                del found[key]
            rows.known |= found
            self._kept += len(found)
        for key in rows.waiting_at(where):
            changed = rows.known[key]
            if changed is not None and all(changed[name] == value for name, value in where.items()):
                found[key] = changed
        return [found[key] for key in sorted(found)] if len(found) > 1 else list(found.values())

    def insert(self, table: Table, **values: Any) -> int:
        """Add a row; returns its id (0 for tables without one)."""
        rows = self._table(table)
        shape = rows.shape
        given = 0
        if shape.has_id:
            values["id"] = given = rows.next_id(self._connection, values.get("id"))
        row = {name: values.pop(name, None) for name in shape.columns}
        if values:
            raise TypeError(f"{table} has no {', '.join(values)}")
        self._change(rows, shape.key_of(row), None, row)
        if table == "papers":
            self._new_papers.add(given)
        return given

    def update(self, table: Table, *key: Any, **values: Any) -> bool:
        """Change the row with that primary key where it differs; whether it did."""
        before = self.get(table, *key)
        if before is None:
            return False
        differs = [name for name, value in values.items() if before[name] != value]
        if not differs:
            return False
        rows = self._table(table)
        self._change(rows, key, before, {**before, **values})
        if not rows.shape.unique.isdisjoint(differs):
            self.flush()  # of two rows that follow one another at a place, the first has to leave it first
        return True

    def put(self, table: Table, *key: Any, **values: Any) -> bool:
        """Make the row with that primary key hold `values`, adding it if it is not there; whether anything changed."""
        if self.get(table, *key) is not None:
            return self.update(table, *key, **values)
        self.insert(table, **dict(zip(self._table(table).shape.key, key, strict=True)), **values)
        return True

    def delete(self, table: Table, *key: Any) -> bool:
        """Remove the row with that primary key; whether it was there."""
        before = self.get(table, *key)
        if before is None:
            return False
        self._change(self._table(table), key, before, None)
        return True

    def delete_rows(self, table: Table, **where: Any) -> None:
        """Remove the rows of `table` in which the columns equal `where`."""
        for row in self.rows(table, **where):
            self.delete(table, *self._table(table).shape.key_of(row))

    def reserve(self, table: Table, last: int) -> None:
        """Give no id up to `last` to a new row."""
        connection = self.connection
        if last_id(connection, table) < last:
            connection.execute("delete from sqlite_sequence where name = ?", (table,))
            connection.execute("insert into sqlite_sequence (name, seq) values (?, ?)", (table, last))
        self._table(table).forget_ids()

    def ever(self, table: Table) -> bool:
        """Whether the table has rows, or ever had."""
        return self._table(table).last_id(self._connection) > 0

    def flush(self) -> None:
        """Write what waits to the database, and note it in the journal."""
        if not self._waiting:
            return
        self._waiting = 0
        changed = [rows for rows in self._tables.values() if rows.before]
        self.index.before(
            (rows.shape.table, key, before, rows.known[key])
            for rows in changed
            if rows.shape.table in TABLES
            for key, before in rows.before.items()
        )
        # Rows refer to one another both ways; what matters is that all fits in the end. Of a unique value the row that
        # gives it up is written before the one that gets it.
        self._connection.execute("pragma defer_foreign_keys = on")
        for write in (_Table.delete, _Table.update, _Table.insert):
            for rows in changed:
                write(rows, self._connection)
        for rows in changed:
            for key, before in rows.before.items() if self._logs else ():
                self._journal.add(rows.shape.table, key, before, rows.known[key])
            rows.written()
        self._new_papers.clear()
        self.index.written()

    @contextmanager
    def unlogged(self) -> Iterator[None]:
        """Within the block nothing that changes gets into the log: for a library that is made with its log."""
        self.flush()
        self._logs = False
        try:
            yield
            self.flush()
        finally:
            self._logs = True

    @contextmanager
    def beside(self) -> Iterator[tuple[sqlite3.Connection, Journal]]:
        """Within the block rows may be written past the unit, which knows none of them; the journal is told of them."""
        self.flush()
        before = len(self._journal)
        yield self._connection, self._journal
        self.altered += len(self._journal) - before
        self.forget()
        for rows in self._tables.values():
            rows.forget_ids()

    def forget(self) -> None:
        """Forget what was read: rows may be others now. Nothing may wait to be written."""
        assert not self._waiting
        for rows in self._tables.values():
            rows.known.clear()
        self._kept = 0

    def _make_room(self) -> None:
        if self._kept > _KEPT:
            self.flush()
            self.forget()

    def _table(self, table: Table) -> _Table:
        rows = self._tables.get(table)
        if rows is None:
            rows = self._tables[table] = _Table(Shape(self._connection, table))
        return rows

    def _change(self, rows: _Table, key: Key, before: Row | None, after: Row | None) -> None:
        self.altered += 1
        if key not in rows.before:
            # Written before the new row joins, so that what belongs together waits together.
            if self._waiting >= _WAITING:
                self.flush()
            rows.before[key] = before
            self._waiting += 1
            self._kept += 1
        rows.hold(key, before, after)


class _Table:
    """The rows of one table as the unit has them: `known` as they are now (None: no such row); of those that wait to be
    written, `before` has them as the database does."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.known: dict[Key, Row | None] = {}
        self.before: dict[Key, Row | None] = {}
        self.paper_at = shape.key.index("paper_id") if "paper_id" in shape.key else None
        self._of_paper = "paper_id" in shape.columns
        self._last_id: int | None = None
        # Rows that wait, by the values of columns that were asked for.
        self._by: dict[tuple[str, ...], dict[Key, dict[Key, None]]] = {}

    def hold(self, key: Key, before: Row | None, after: Row | None) -> None:
        self.known[key] = after
        for names, places in self._by.items():
            if before is not None:
                places.get(tuple([before[name] for name in names]), {}).pop(key, None)
            if after is not None:
                places.setdefault(tuple([after[name] for name in names]), {})[key] = None

    def waiting_at(self, where: Row) -> list[Key]:
        """The keys of the rows that wait and may have these values."""
        if not self.before:
            return []
        names = ("paper_id",) if "paper_id" in where else tuple(where)
        places = self._by.get(names)
        if places is None:
            places = self._by[names] = {}
            for key in self.before:
                row = self.known[key]
                if row is not None:
                    places.setdefault(tuple([row[name] for name in names]), {})[key] = None
        return list(places.get(tuple([where[name] for name in names]), ()))

    def next_id(self, connection: sqlite3.Connection, wanted: int | None) -> int:
        """`wanted`, or an id that no row of the table ever had."""
        last = self.last_id(connection)
        given = last + 1 if wanted is None else wanted
        self._last_id = max(last, given)
        return given

    def last_id(self, connection: sqlite3.Connection) -> int:
        """The highest id that a row of the table ever had; 0 if none had."""
        if self._last_id is None:
            self._last_id = last_id(connection, self.shape.table)
        return self._last_id

    def forget_ids(self) -> None:
        self._last_id = None

    def delete(self, connection: sqlite3.Connection) -> None:
        gone = [key for key, before in self.before.items() if before is not None and self.known[key] is None]
        if gone:
            connection.executemany(self.shape.delete, gone)

    def update(self, connection: sqlite3.Connection) -> None:
        by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for key, before in self.before.items():
            after = self.known[key]
            if before is not None and after is not None:
                names = tuple([name for name in self.shape.columns if before[name] != after[name]])
                if names:
                    by_columns.setdefault(names, []).append((*[after[name] for name in names], *key))
        for names, values in by_columns.items():
            connection.executemany(self.shape.update(names), values)

    def insert(self, connection: sqlite3.Connection) -> None:
        new = [
            tuple(row.values())
            for key, before in self.before.items()
            if before is None and (row := self.known[key]) is not None
        ]
        if new:
            connection.executemany(self.shape.insert, new)

    def written(self) -> None:
        self.before.clear()
        self._by.clear()


@contextmanager
def unit_of_work(
    dbapi: sqlite3.Connection, path: Path, command: str, now: datetime, continued: int | None = None
) -> Iterator[Unit]:
    """A `Unit` whose writes are all kept at the end of the block, or, if it raises, none of them.

    `continued`: the log's entry of an earlier unit of the same run of the command.
    """
    try:
        dbapi.execute("begin immediate")
        try:
            unit = Unit(dbapi, command, now, Journal(dbapi, command, now.isoformat(timespec="seconds"), continued))
            yield unit
            unit.changes.flush()
            unit.index.settle()
            _commit(dbapi, path)
        except BaseException:
            if dbapi.in_transaction:
                dbapi.execute("rollback")
            raise
    except sqlite3.Error as fault:
        raise explained(fault, path) from fault


def _commit(dbapi: sqlite3.Connection, path: Path) -> None:
    try:
        dbapi.execute("commit")
    except sqlite3.IntegrityError as fault:
        raise DatabaseError(
            f"something in {path} refers to what would go, or would refer to what is gone", "nothing was changed"
        ) from fault
