"""Whole copies of the library: made while others read and write, put back in one step."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from readlist.db.connect import explaining, make_folder, open_reading, open_writing, revision
from readlist.errors import DatabaseError


def copy_to(source: Path, target: Path) -> None:
    """Copy the library as it was last committed, for its owner alone. What is half copied never bears the name."""
    with explaining(target):
        make_folder(target.parent)
        beside = target.with_name(f".{target.name}.part")
        try:
            beside.unlink(missing_ok=True)
            beside.touch(mode=0o600)
            with closing(open_reading(source)) as library, closing(sqlite3.connect(beside)) as copy:
                library.backup(copy)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


def check(path: Path) -> int:
    """How many papers the library at `path` has. Raises DatabaseError for what is none, or is not whole."""
    with closing(open_reading(path)) as library, explaining(path):
        if revision(library, path) is None:
            raise DatabaseError(f"{path} is empty", "it is no copy of a library")
        found = library.execute("pragma quick_check(1)").fetchone()
        if found[0] != "ok":
            raise DatabaseError(f"{path} is damaged: {found[0]}", "take another copy")
        return int(library.execute("select count(*) from papers").fetchone()[0])


def put_back(source: Path, library: Path, wait: float) -> None:
    """Make the library what `source` is. Others see either the old one or the new one."""
    with closing(open_reading(source)) as copy, closing(open_writing(library, wait)) as kept, explaining(library):
        copy.backup(kept)
