"""Files of the user's on their way in: found, measured and read, before anybody knows what is in them."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from readlist import importers
from readlist.domain import identifiers
from readlist.domain.text import one_line
from readlist.errors import InputError, UsageError
from readlist.importers import Streaming
from readlist.services.decoding import decoded

LARGEST = 200_000_000
"""Bytes of a file. A bibliography of a hundred thousand entries with abstracts has 150 MB."""

STREAMED = 4_000_000
"""Bytes from which on a bibliography is read piece by piece, of any size."""

LARGEST_PAGE = 20_000_000
"""Characters of a page. Ten years of notes are one million; what is larger by far was not written by hand."""

LONGEST_LINE = 20_000_000
"""Bytes of a line. JSON may stand on one line; what is longer by far is no text, and is not read to its end."""

_BLOCK = 1 << 20
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Page:
    """A file's text. `name` is what the user calls it; `home` tells it from other pages, this time and the next.

    `format` is what the user says that it is, of `importers.BY_NAME`; None: its content tells.
    """

    name: str
    home: str
    text: str
    encoding: str = "utf-8"
    format: str | None = None


@dataclass(slots=True)
class Stream:
    """A large bibliography, which is read piece by piece. `done` of its `size` bytes are read so far."""

    name: str
    home: str
    path: Path
    size: int
    importer: Streaming
    done: int = 0

    def blocks(self) -> Iterator[str]:
        """The text, from its beginning. Raises InputError where it is no UTF-8."""
        self.done = 0
        decode = codecs.getincrementaldecoder("utf-8-sig")()
        shown = one_line(self.name)
        try:
            with self.path.open("rb") as file:
                for raw in _within(shown, iter(lambda: file.read(_BLOCK), b""), None):
                    self.done += len(raw)
                    yield decode.decode(raw).replace("\r\n", "\n")
                yield decode.decode(b"", final=True)
        except UnicodeDecodeError as fault:
            where = f"after {self.done // 1_000_000} MB"
            raise InputError(
                f"{shown} is not UTF-8 {where} ({fault.reason})", "save it as UTF-8, and take it in again", self.name
            ) from fault
        except OSError as fault:
            raise InputError(f"cannot read {shown}: {fault.strerror}", "", self.name) from fault

    def fingerprint(self, how: str) -> str:
        """Tells the file, as it is, and `how` it is taken in, from others."""
        from hashlib import sha256

        with self.path.open("rb") as file:
            return sha256(f"{self.size} {how} ".encode() + file.read(_BLOCK)).hexdigest()


def checked_format(name: str | None) -> str | None:
    """`name` if it is a format that a file can be said to be of; raises UsageError naming those there are."""
    if name is not None and name not in importers.BY_NAME:
        from readlist.domain.nearest import choices

        raise UsageError(f"--format cannot be {one_line(name)!r}", choices(name, importers.BY_NAME))
    return name


def read_stream(path: str, format: str | None = None) -> Stream | None:
    """The file `path` if it is a large bibliography in UTF-8 that can be read piece by piece."""
    file = at_home(path)
    try:
        size = file.stat().st_size
        if path == "-" or size < STREAMED or not file.is_file():
            return None
        with file.open("rb") as opened:
            head = codecs.getincrementaldecoder("utf-8-sig")().decode(opened.read(_HEAD))
    except (OSError, ValueError):
        return None
    importer = importers.streaming(head, format)
    return Stream(path, str(file.absolute()), file, size, importer) if importer else None


def at_home(path: str) -> Path:
    """`path` with `~` filled in; that of a user there is not stays as it is, and no such file will be found."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises RuntimeError there


def read_page(path: str, stdin: bytes | None = None, format: str | None = None) -> Page:
    """The text of the file `path`, or of the standard input for `-`. Raises InputError for what is no text."""
    if path == "-":
        from hashlib import sha256

        whole = stdin or b""
        raw = _measured("the standard input", (whole[at : at + _BLOCK] for at in range(0, len(whole), _BLOCK)))
        it = decoded("the standard input", raw)
        return Page("-", f"-{sha256(raw).hexdigest()}", it.text, it.encoding, format)
    file = at_home(path)
    shown = one_line(path)
    if not shown:  # of an unset variable; as a path it would be the folder one is in
        raise InputError("the name of the file is empty", "name a file, or - for the standard input", path)
    try:
        if file.is_dir():
            raise InputError(f"{shown} is a folder", "name the files in it", path)
        with file.open("rb") as stream:
            raw = _measured(shown, iter(lambda: stream.read(_BLOCK), b""))
    except (FileNotFoundError, ValueError):  # a name with a NUL in it is no file's
        hint = _SAVE_IT if identifiers.is_address(path) else "check its name"
        raise InputError(f"there is no file {shown}", hint, path) from None
    except OSError as fault:
        raise InputError(f"cannot read {shown}: {fault.strerror}", "check its permissions", path) from fault
    it = decoded(shown, raw)
    return Page(path, str(file.absolute()), it.text, it.encoding, format)


_SAVE_IT = "save the page and import the file, or `rl import -` with the page on the standard input; a paper: rl add"


def _measured(name: str, blocks: Iterable[bytes]) -> bytes:
    """The blocks (of at most `_BLOCK` bytes) together. Raises InputError as soon as they, or a line, are too much."""
    whole = io.BytesIO()  # joining a list of blocks would hold all of them twice
    for block in _within(name, blocks):
        whole.write(block)
    return whole.getvalue()


def _within(name: str, blocks: Iterable[bytes], largest: int | None = LARGEST) -> Iterator[bytes]:
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
        if largest is not None and size > largest:
            raise InputError(f"{name} has more than {largest // 1_000_000} MB: too large", "take it in in parts", name)
        line += block.count(b"\n")
        length = length + len(block) if end < 0 else len(block) - block.rfind(b"\n") - 1
        yield block
