"""Bringing the tables to the newest revision: a copy first, then all steps in one transaction, then a check.

The only importer of Alembic, which costs more to load than a whole reading command takes; so it is loaded only when
the database is not at HEAD. Foreign keys are off while tables change: with them on, rebuilding a parent table would
silently delete its children.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from readlist.db.connect import (
    HEAD,
    WAIT_SECONDS,
    explaining,
    make_folder,
    open_memory,
    open_writing,
    revision,
)
from readlist.db.fulltext import rebuild
from readlist.db.new import FILE, as_text
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
    connection = open_writing(path, wait)
    copies: list[Path] = []

    def keep() -> None:
        # Nobody else writes now, and another process may have brought it up to date while this one waited.
        before = revision(connection, path)
        if before not in (None, HEAD):
            copies.append(_copy(path, before, stamp))

    try:
        with explaining(path):
            connection.execute("pragma foreign_keys = off")
            _upgrade(connection, keep)
            return copies[0] if copies else None
    except BaseException:
        for copy in copies:  # of a library that is as it was; the next attempt makes its own
            copy.unlink(missing_ok=True)
        raise
    finally:
        connection.close()


def schema() -> str:
    """What all migrations together make, as the statements of `schema.sql`: tables and indexes, then the revision."""
    with closing(open_memory()) as connection:
        _upgrade(connection)
        virtual = [
            name for (name,) in connection.execute("select name from sqlite_master where sql like '%using fts5%'")
        ]
        made = connection.execute(
            "select name, sql from sqlite_master where sql is not null and name <> 'sqlite_sequence' order by rowid"
        ).fetchall()
    # A virtual table makes its own.
    statements = [sql for name, sql in made if not any(name.startswith(f"{table}_") for table in virtual)]
    return as_text([*statements, f"INSERT INTO alembic_version VALUES ('{HEAD}')"])


def _copy(path: Path, before: str, stamp: str) -> Path:
    """Copy the library as it was last committed. What is half copied never bears the name of a copy."""
    folder = path.parent / "backups"
    target = folder / f"{path.stem}-{before}-{stamp}.db"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{before}-{stamp}-{number}.db"
    with explaining(target):
        make_folder(folder)
        beside = target.with_suffix(".part")
        try:
            beside.unlink(missing_ok=True)
            beside.touch(mode=0o600)
            with closing(sqlite3.connect(path)) as library, closing(sqlite3.connect(beside)) as copy:
                library.backup(copy)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return target


def _upgrade(connection: sqlite3.Connection, keep: Callable[[], None] = lambda: None) -> None:
    """Run the migrations in one transaction, `keep` first."""
    config = Config()
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None)
    with engine.connect() as bound:
        # After connecting, not before: SQLAlchemy's first connection looks at the server and rolls back.
        connection.execute("begin immediate")
        try:
            keep()
            # A statement first: Alembic then sees a transaction of ours under way and leaves its end to us.
            bound.exec_driver_sql("select 1")
            config.attributes["connection"] = bound
            indexed = connection.execute("select 1 from sqlite_master where name = 'fulltext'").fetchone()
            try:
                command.upgrade(config, "head")
            except DBAPIError as fault:
                raise fault.orig or fault from None
            if not indexed:
                rebuild(connection)
            if connection.execute("pragma foreign_key_check").fetchall():
                raise DatabaseError("the library could not be updated: dead references", "nothing was changed")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise
        if connection.in_transaction:
            connection.execute("commit")


if __name__ == "__main__":
    FILE.write_text(schema(), encoding="utf-8")
