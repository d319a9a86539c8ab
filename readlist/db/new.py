"""Making a new library from `schema.sql`, what all migrations together make: neither Alembic nor SQLAlchemy is loaded.

`make schema` writes that file anew after a change of the migrations; a test compares both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from readlist.db.connect import WAIT_SECONDS, explaining, open_memory, open_writing, revision

FILE = Path(__file__).with_name("schema.sql")
_BETWEEN = ";\n\n"


def create(path: Path, wait: float = WAIT_SECONDS) -> None:
    """Make the library at `path`, for its owner alone, all of it or nothing; what another process made meanwhile stays.

    `wait` is how many seconds that other one is waited for.
    """
    connection = open_writing(path, wait)
    try:
        with explaining(path):
            connection.execute("begin immediate")
            try:
                if revision(connection, path) is None:
                    _make(connection)
                connection.execute("commit")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback")
                raise
    finally:
        connection.close()


def in_memory() -> sqlite3.Connection:
    """An empty library in memory, for commands that read where there is none yet."""
    connection = open_memory()
    connection.execute("begin")
    _make(connection)
    connection.execute("commit")
    return connection


def as_text(statements: Sequence[str]) -> str:
    """The statements as `schema.sql` holds them."""
    return _BETWEEN.join([*statements, ""]).rstrip("\n") + "\n"


def _make(connection: sqlite3.Connection) -> None:
    for statement in FILE.read_text(encoding="utf-8").rstrip(";\n").split(_BETWEEN):
        connection.execute(statement)
