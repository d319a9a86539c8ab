"""Libraries for tests: opened in a folder of the test's own, filled, and looked at as SQLite sees them."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from readlist.db.library import Library, Work
from readlist.domain.metadata import Metadata

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))
TODAY = NOW.date()


@contextmanager
def library_at(
    path: Path, now: datetime = NOW, wait: float = 0.05, told: Callable[[str], None] = lambda message: None
) -> Iterator[Library]:
    library = Library(path, lambda: now, told, wait)
    try:
        yield library
    finally:
        library.close()


def add(work: Work, title: str, next_pass: int | None = 1, **said: object) -> int:
    paper_id = work.papers.add(Metadata("page", title=title, **said))  # type: ignore[arg-type]
    work.reading.add(paper_id, next_pass)
    return paper_id


def make(path: Path, *titles: str) -> None:
    """A library at `path` with these papers, closed, with nothing in its write-ahead log."""
    with library_at(path) as library, library.write("add") as work:
        for title in titles:
            add(work, title)


def dump(connection: sqlite3.Connection) -> list[str]:
    """All rows and tables, but not the log, not the counters of ids, which never go back, and not the full-text index,
    which is the same words in other pieces."""
    left_out = re.compile(r'sqlite_sequence|fulltext|^INSERT INTO "log(_parts|_papers)?"')
    return [line for line in connection.iterdump() if not left_out.search(line)]


def dump_file(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return dump(connection)


def titles(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [title for (title,) in connection.execute("select title from papers order by id")]
