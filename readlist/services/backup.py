"""Safe copies of the library, and putting one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from readlist.db import copies
from readlist.db.connect import WAIT_SECONDS, is_made
from readlist.errors import InputError, NotFound, ReadlistError


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a library: where it is, and how many papers it has."""

    path: Path
    papers: int


def backup(library: Path, now: datetime, target: Path | None) -> Copy:
    """Copy the library to `target`, else into `backups/` beside it under the time. No file is overwritten."""
    if not is_made(library):
        raise NotFound(f"there is no library at {library} yet", "`rl add` or `rl import` makes one")
    path = target or _unused(library, now)
    if path.is_dir():
        path = path / _unused(library, now).name
    if path.exists():
        raise ReadlistError(f"{path} is there already", "name another file, or move it away")
    copies.copy_to(library, path)
    return Copy(path, copies.check(path))


def look(source: Path) -> Copy:
    """The copy at `source`. Raises InputError or DatabaseError if it is none."""
    if not source.is_file():
        raise InputError(f"there is no file {source}", "check its name", str(source))
    return Copy(source, copies.check(source))


def restore(library: Path, now: datetime, source: Path) -> Copy | None:
    """Make the library what the copy `source` is; the copy of it that was made before (None: there was none)."""
    if library.exists() and source.resolve() == library.resolve():
        raise InputError(f"{source} is the library itself", "name a copy of it", str(source))
    kept = backup(library, now, None) if is_made(library) else None
    copies.put_back(source, library, WAIT_SECONDS)
    return kept


def _unused(library: Path, now: datetime) -> Path:
    stem = f"{library.stem}-{now:%Y%m%d-%H%M%S}"
    folder = library.parent / "backups"
    names = (folder / f"{stem}{f'-{n}' if n > 1 else ''}.db" for n in range(1, 10_000))
    return next(path for path in names if not path.exists())
