"""Bringing the tables to the newest revision: a copy first, then all steps in one transaction, then a check.

The only importer of Alembic, which costs more to load than a whole reading command takes; so it is loaded only when
the database is not at HEAD. Foreign keys are off while tables change: with them on, rebuilding a parent table would
silently delete its children.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from readlist.db.connect import (
    HEAD,
    WAIT_SECONDS,
    explaining,
    is_made,
    make_folder,
    open_memory,
    open_writing,
    revision,
)
from readlist.errors import DatabaseError


def scripts() -> Path:
    """The folder of the migrations: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def migrate(path: Path, stamp: str, wait: float = WAIT_SECONDS) -> Path | None:
    """Bring the library at `path` to HEAD, making it if need be.

    Before an older library is changed it is copied to `backups/` beside it, named with its revision and `stamp` (a
    time, as digits); the copy's path is returned. A failure leaves the library as it was.
    """
    new = not is_made(path)
    connection = open_writing(path, wait)
    try:
        with explaining(path):
            connection.execute("pragma foreign_keys = off")
            # The copy reads a committed state, so it is made before the transaction; HEAD is looked at again inside.
            before = revision(connection, path)
            copy = None if new or before in (None, HEAD) else _copy(connection, path, before, stamp)
            _upgrade(connection)
            return copy
    finally:
        connection.close()


def in_memory() -> sqlite3.Connection:
    """An empty library in memory, for commands that read where there is none yet."""
    connection = open_memory()
    _upgrade(connection)
    return connection


def _copy(connection: sqlite3.Connection, path: Path, before: str, stamp: str) -> Path:
    folder = path.parent / "backups"
    make_folder(folder)
    target = folder / f"{path.stem}-{before}-{stamp}.db"
    target.touch(mode=0o600)
    with sqlite3.connect(target) as copy:
        connection.backup(copy)
    copy.close()
    return target


def _upgrade(connection: sqlite3.Connection) -> None:
    """Run the migrations in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None)
    with engine.connect() as bound:
        # After connecting, not before: SQLAlchemy's first connection looks at the server and rolls back.
        connection.execute("begin immediate")
        try:
            # A statement first: Alembic then sees a transaction of ours under way and leaves its end to us.
            bound.exec_driver_sql("select 1")
            config.attributes["connection"] = bound
            command.upgrade(config, "head")
            if connection.execute("pragma foreign_key_check").fetchall():
                raise DatabaseError("the library could not be updated: dead references", "nothing was changed")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise
        if connection.in_transaction:
            connection.execute("commit")
