"""Files of the user's on their way in: found, measured and read, before anybody knows what is in them."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from readlist.domain.text import one_line
from readlist.errors import InputError
from readlist.services.decoding import decoded

LARGEST = 200_000_000
"""Bytes of a file. A bibliography of a hundred thousand entries with abstracts has 150 MB."""

LARGEST_PAGE = 20_000_000
"""Characters of a page. Ten years of notes are one million; what is larger by far was not written by hand."""

LONGEST_LINE = 20_000_000
"""Bytes of a line. JSON may stand on one line; what is longer by far is no text, and is not read to its end."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Page:
    """A file's text. `name` is what the user calls it; `home` tells it from other pages, this time and the next."""

    name: str
    home: str
    text: str
    encoding: str = "utf-8"


def at_home(path: str) -> Path:
    """`path` with `~` filled in; that of a user there is not stays as it is, and no such file will be found."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises RuntimeError there


def read_page(path: str, stdin: bytes | None = None) -> Page:
    """The text of the file `path`, or of the standard input for `-`. Raises InputError for what is no text."""
    if path == "-":
        whole = stdin or b""
        raw = _measured("the standard input", (whole[at : at + _BLOCK] for at in range(0, len(whole), _BLOCK)))
        it = decoded("the standard input", raw)
        return Page("-", f"-{hashlib.sha256(raw).hexdigest()}", it.text, it.encoding)
    file = at_home(path)
    shown = one_line(path)
    try:
        if file.is_dir():
            raise InputError(f"{shown} is a folder", "name the files in it", path)
        with file.open("rb") as stream:
            raw = _measured(shown, iter(lambda: stream.read(_BLOCK), b""))
    except (FileNotFoundError, ValueError):  # a name with a NUL in it is no file's
        raise InputError(f"there is no file {shown}", "check its name", path) from None
    except OSError as fault:
        raise InputError(f"cannot read {shown}: {fault.strerror}", "check its permissions", path) from fault
    it = decoded(shown, raw)
    return Page(path, str(file.absolute()), it.text, it.encoding)


def _measured(name: str, blocks: Iterable[bytes]) -> bytes:
    """The blocks (of at most `_BLOCK` bytes) together. Raises InputError as soon as they, or a line, are too much."""
    whole = io.BytesIO()  # joining a list of blocks would hold all of them twice
    for block in _within(name, blocks):
        whole.write(block)
    return whole.getvalue()


def _within(name: str, blocks: Iterable[bytes]) -> Iterator[bytes]:
    size, line, length = 0, 1, 0  # `length` of the line that goes on
    for block in blocks:
        size += len(block)
        end = block.find(b"\n")
        if length + (end if end >= 0 else len(block)) > LONGEST_LINE:
            raise InputError(
                f"{name}:{line}: a line of more than {LONGEST_LINE // 1_000_000} MB",
                "break it into lines, or take the file in in parts",
                name,
            )
        if size > LARGEST:
            raise InputError(f"{name} has more than {LARGEST // 1_000_000} MB: too large", "take it in in parts", name)
        line += block.count(b"\n")
        length = length + len(block) if end < 0 else len(block) - block.rfind(b"\n") - 1
        yield block
