"""Opening the library's file: who may see it, how it is read, how a write begins and ends, and what can go wrong.

Reading opens the file read-only; nothing a reading command does can change it. Writing takes SQLite's write lock at
once (BEGIN IMMEDIATE), so that a command either sees and changes one state of the library or waits for its turn.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from readlist.errors import DatabaseError, NewerDatabase

REVISIONS = ("0001", "0002", "0003", "0004")
"""All revisions of the library's tables, in order. The last is the one this program works with."""
HEAD = REVISIONS[-1]

WAIT_SECONDS = 5.0
"""How long a command waits for another one that is writing."""

_TURNS = 100
_SMALLEST_PAGE = 512  # bytes of SQLite's smallest page, so of the smallest database


def is_made(path: Path) -> bool:
    """Whether there is a library at `path`. A file of no bytes is what a kill at the first start leaves: none.

    Raises DatabaseError where nobody may look: a library that is out of reach is no empty one.
    """
    try:
        return path.stat().st_size > 0
    except PermissionError as fault:
        raise explained(fault, path) from fault
    except OSError:
        return False


def open_reading(path: Path, wait: float = WAIT_SECONDS) -> sqlite3.Connection:
    """A read-only connection to the library at `path`, which must exist. `wait`: seconds for another's write."""
    with explaining(path):
        _look(path)
    try:
        with _opened(f"file:{quote(str(path))}?mode=ro", wait) as connection:
            connection.execute("pragma query_only = 1")
            revision(connection, path)
    except sqlite3.OperationalError as fault:
        # SQLite cannot make its shared-memory file in a folder that may not be written to. With nothing in the
        # write-ahead log the file alone is the whole library, and may be read as it stands.
        log = path.with_name(path.name + "-wal")
        if is_made(log):
            raise explained(fault, path) from fault
        try:
            with _opened(f"file:{quote(str(path))}?mode=ro&immutable=1", wait) as connection:
                revision(connection, path)
        except sqlite3.Error as again:
            raise explained(again, path) from again
    except sqlite3.Error as fault:
        raise explained(fault, path) from fault
    return connection


def open_writing(path: Path, wait: float = WAIT_SECONDS) -> sqlite3.Connection:
    """A connection that may write to the library at `path`; folder and file are made for their owner alone.

    A database that is not to be touched (another program's, a newer one) is refused before anything is done to it.
    """
    with explaining(path):
        make_folder(path.parent)
        if not path.exists():
            path.touch(mode=0o600)
        _look(path)
        with _opened(f"file:{quote(str(path))}?mode=rw", wait) as connection:
            revision(connection, path)
            _use_wal(connection)
            connection.execute("pragma synchronous = normal")
            connection.execute("pragma foreign_keys = on")
        return connection


def open_memory() -> sqlite3.Connection:
    """An empty database in memory."""
    return _connect(":memory:", WAIT_SECONDS)


def make_folder(folder: Path) -> None:
    """Make the data folder for its owner alone; a folder that is there already keeps its mode."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log, which readers do not wait for.

    SQLite does not wait for its turn here, as it does elsewhere, when several commands make the library at once.
    """
    for _ in range(_TURNS):
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault):
                raise
        connection.execute("begin immediate")  # waits, and gives up when it is another's for too long
        connection.execute("rollback")
        time.sleep(0.01)
    connection.execute("pragma journal_mode = wal")


def _look(path: Path) -> None:
    """Refuses what SQLite would misunderstand: a folder; a scrap of text, which it takes for empty and overwrites."""
    if path.is_dir():
        raise sqlite3.OperationalError("unable to open a folder")
    if is_made(path) and path.stat().st_size < _SMALLEST_PAGE:
        raise sqlite3.DatabaseError("file is not a database")


@contextmanager
def _opened(uri: str, wait: float) -> Iterator[sqlite3.Connection]:
    """A new connection, which stays open unless the block fails."""
    connection = _connect(uri, wait)
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def _connect(uri: str, wait: float) -> sqlite3.Connection:
    # isolation_level=None: Python's own BEGINs would leave half-applied DDL behind a failed migration.
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=wait, check_same_thread=False)


def revision(connection: sqlite3.Connection, path: Path) -> str | None:
    """The revision of the database, None if it is empty. Refuses what is newer, or is no library of rl."""
    has = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    if "alembic_version" not in has or "papers" not in has:
        if has:
            raise DatabaseError(
                f"{path} is a database of another program", "point RL_DATABASE_URL or RL_HOME somewhere else"
            )
        return None
    row = connection.execute("select version_num from alembic_version").fetchone()
    if row is None:
        return None
    if row[0] not in REVISIONS:
        raise NewerDatabase(
            f"{path} was made by a newer rl (tables {row[0]}; this one knows {HEAD}); it was not touched",
            "update readlist: pip install -U readlist",
        )
    return str(row[0])


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turns what SQLite or the file system says into a sentence for the user."""
    try:
        yield
    except (sqlite3.Error, OSError) as fault:
        raise explained(fault, path) from fault


_RESTORE = "`rl restore FILE` puts a copy in its place, one from {home}/backups or your own"

# What SQLite says -> what it means to the user: (sentence, hint). The first that is contained decides.
_FAULTS = (
    ("locked", "another rl is writing to {path}", "nothing was changed; try again when it has finished"),
    ("busy", "another rl is writing to {path}", "nothing was changed; try again when it has finished"),
    ("full", "the disk with {path} is full", "nothing was changed; make room and try again"),
    ("no space", "the disk with {path} is full", "nothing was changed; make room and try again"),
    ("readonly", "{path} may not be written to", "nothing was changed; check the permissions of file and folder"),
    ("read-only", "{path} may not be written to", "nothing was changed; check the permissions of file and folder"),
    ("permission denied", "no permission for {path}", "check the owner and the mode of file and folder"),
    (
        "not a database",
        "{path} is not a database, or is damaged",
        _RESTORE,
    ),
    ("malformed", "{path} is damaged", _RESTORE),
    ("disk i/o", "the disk with {path} does not answer", "nothing was changed; check the disk"),
    ("unable to open", "cannot open {path}", "check that the folder exists and may be written to"),
)


def explained(fault: Exception, path: Path) -> DatabaseError:
    """The error to show for a fault of SQLite or of the file system at `path`."""
    said = str(fault).lower()
    for sign, sentence, hint in _FAULTS:
        if sign in said:
            return DatabaseError(sentence.format(path=path), hint.format(home=path.parent))
    return DatabaseError(f"the library {path} failed: {fault}", "nothing was changed")
