"""Safe copies of the library, and putting one back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from readlist.db import copies
from readlist.db.connect import WAIT_SECONDS, is_made
from readlist.errors import DatabaseError, InputError, NewerDatabase, NotFound, ReadlistError

_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a database while it is open


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a library: where it is, and how many papers it has."""

    path: Path
    papers: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What `restore` did: where what was there before is kept (None: nothing was there), and whether it is damaged."""

    kept: Path | None
    damaged: bool = False


def backup(library: Path, now: datetime, target: Path | None) -> Copy:
    """Copy the library to `target`, else into `backups/` beside it under the time. No file is overwritten."""
    if not is_made(library):
        raise NotFound(f"there is no library at {library} yet", "`rl add` or `rl import` makes one")
    path = target or _unused(library, now)
    if path.is_dir():
        path = path / _unused(library, now).name
    if path.exists():
        raise ReadlistError(f"{path} is there already", "name another file, or move it away")
    try:
        copies.copy_to(library, path)
        return Copy(path, copies.check(path))
    except DatabaseError as fault:
        if not _tells_of_damage(fault):
            raise
        path.unlink(missing_ok=True)
        raise DatabaseError(f"{library} is damaged, and cannot be copied", _REMEDY) from fault
    finally:
        for end in _BESIDE:  # a copy is one file
            path.with_name(path.name + end).unlink(missing_ok=True)


_REMEDY = "`rl restore FILE` puts an earlier copy in its place, and keeps the damaged one"


def look(source: Path) -> Copy:
    """The copy at `source`. Raises InputError or DatabaseError if it is none."""
    if not source.is_file():
        what = "is a folder" if source.is_dir() else "is not there"
        raise InputError(f"{source} {what}", "name a copy that `rl backup` made", str(source))
    try:
        return Copy(source, copies.check(source))
    except DatabaseError as fault:
        fault.hint = fault.hint if isinstance(fault, NewerDatabase) else "name a copy that `rl backup` made"
        raise


def papers_in(library: Path) -> int | None:
    """How many papers the library has; None if it is damaged, so that nobody knows."""
    try:
        return copies.check(library)
    except DatabaseError as fault:
        if not _tells_of_damage(fault):
            raise
        return None


def restore(library: Path, now: datetime, source: Path) -> Restored:
    """Make the library what the copy `source` is. What it was before is kept in `backups/`, damaged or not."""
    if library.exists() and source.resolve() == library.resolve():
        raise InputError(f"{source} is the library itself", "name a copy of it", str(source))
    if not is_made(library):
        copies.put_back(source, library, WAIT_SECONDS)
        return Restored(None)
    try:
        kept = backup(library, now, None).path
    except DatabaseError as fault:
        if not _tells_of_damage(fault):
            raise
        return Restored(_replace(library, now, source), damaged=True)
    copies.put_back(source, library, WAIT_SECONDS)
    return Restored(kept)


def _replace(library: Path, now: datetime, source: Path) -> Path:
    """Put the copy in the place of a file that SQLite does not read; where that file is now."""
    place = library.resolve()
    new = place.with_name(f".{place.name}.restored")
    copies.copy_to(source, new)
    kept = _unused(library, now, "damaged-")
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    for end in (*_BESIDE, ""):  # they belong together
        there = place.with_name(place.name + end)
        if there.exists():
            shutil.move(there, kept.with_name(kept.name + end))
    new.replace(place)
    return kept


def _tells_of_damage(fault: DatabaseError) -> bool:
    return "damaged" in fault.message


def _unused(library: Path, now: datetime, what: str = "") -> Path:
    stem = f"{library.stem}-{what}{now:%Y%m%d-%H%M%S}"
    folder = library.parent / "backups"
    names = (folder / f"{stem}{f'-{n}' if n > 1 else ''}.db" for n in range(1, 10_000))
    return next(path for path in names if not path.exists())
