"""Files that the user asked for: written whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_AT_ONCE = 100  # pieces, which are papers, of a kB or two


def blocks(pieces: Iterable[str]) -> Iterator[str]:
    """A text in larger pieces: each write has its price."""
    left = iter(pieces)
    while some := [*islice(left, _AT_ONCE)]:
        yield "".join(some)


def write_file(file: str, pieces: Iterable[str], encoding: str = "utf-8") -> None:
    """Write the file beside and rename it, so that a fault leaves an older one whole. Raises ReadlistError.

    A link stays a link, and the file keeps its permissions. What is no file (a pipe, /dev/stdout) is written into,
    since it cannot be replaced.
    """
    import shutil

    from readlist.errors import ReadlistError, UsageError
    from readlist.services.pages_in import at_home

    if not file.strip():
        raise UsageError("the name of the file is empty", "name one, or leave the option out")
    named = at_home(file)
    path = Path(os.path.realpath(named))  # where a link leads, so that it stays a link
    beside = path.parent / f".{path.name}.{os.getpid()}"
    try:
        if path.is_dir():
            raise ReadlistError(f"cannot write {file or path}: it is a folder", "name a file in it")
        known = path.exists()
        target = named if named.exists() and not named.is_file() else beside
        with target.open("w", encoding=encoding, newline="") as out:
            out.writelines(blocks(pieces))
        if target is beside:
            if known:
                shutil.copymode(path, beside)
            beside.replace(path)
    except BrokenPipeError:  # who read it has what it wanted
        raise
    except OSError as fault:
        hint = "make room, or write elsewhere" if fault.errno in _NO_ROOM else "check its folder"
        raise ReadlistError(f"cannot write {file}: {fault.strerror}", hint) from fault
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
