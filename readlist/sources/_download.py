"""Files that are downloaded: how they are asked for, and where their bytes go until they are whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit, urlunsplit

from readlist.errors import ReadlistError
from readlist.sources._exchange import ADDRESS_HINT, Fault
from readlist.sources._web import is_loopback, without_user

HEADERS = {"Accept": "application/pdf,*/*;q=0.5", "Accept-Encoding": "identity"}

_FIRST = 1024  # bytes that are looked at before any is written
_STALE = 86_400.0  # seconds after which a part to which nothing was written is one that a killed run left


def address(url: str) -> str:
    """`url` as it is asked for: encrypted unless it is of this machine, without a user's name. "" if it cannot be."""
    try:
        parts = urlsplit(without_user(url.strip()))
        port = parts.port  # raises where it is none
        if parts.scheme == "http" and port in (None, 80) and not is_loopback(parts.hostname):
            parts = parts._replace(scheme="https", netloc=parts.hostname or "")
        local = parts.scheme == "http" and is_loopback(parts.hostname)
    except ValueError:
        return ""
    return urlunsplit(parts) if parts.hostname and (parts.scheme == "https" or local) else ""


def is_arxiv(host: str) -> bool:
    """Whether `host` is arXiv's own."""
    return host == "arxiv.org" or host.endswith(".arxiv.org")


def at_mirror(url: str, queries: str) -> str:
    """`url`; for a file of arXiv, where it is on the mirror that answers at the address `queries`, if that is one's."""
    try:
        parts, mirror = urlsplit(url), urlsplit(queries)
        if not is_arxiv(parts.hostname or "") or is_arxiv(mirror.hostname or ""):
            return url
    except ValueError:
        return url
    path = mirror.path.partition("/api/")[0] + parts.path
    return urlunsplit(parts._replace(scheme=mirror.scheme, netloc=mirror.netloc, path=path))


def sweep(folder: Path, now: float) -> None:
    """Take away what killed runs left in `folder`; `now` is in seconds since the epoch."""
    with contextlib.suppress(OSError):
        for part in folder.glob(".*.part"):
            if part.stat().st_mtime < now - _STALE:
                part.unlink(missing_ok=True)


class Part:
    """A Sink that writes beside `target`. One try's: what a try that was left behind still writes harms no other."""

    def __init__(self, target: Path, limit: int, check: Callable[[bytes], bool]) -> None:
        self.limit = limit
        self._target = target
        self._check = check
        self._path: Path | None = None
        self._out: BinaryIO | None = None
        self._first: bytes | None = b""
        self._size = 0

    def begin(self) -> None:
        with _writing(self._target):
            for folder in (self._target.parent.parent, self._target.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, path = tempfile.mkstemp(".part", f".{self._target.name}.", self._target.parent)
            self._path, self._out = Path(path), os.fdopen(handle, "wb")

    def take(self, part: bytes) -> None:
        if self._first is None:
            self._write(part)
            return
        self._first += part
        if len(self._first) >= _FIRST:
            self._look()

    def end(self) -> bytes:
        if self._first is not None:
            self._look()
        assert self._out
        with _writing(self._target):
            self._out.flush()
            os.fsync(self._out.fileno())
            self._out.close()
        return b""

    def keep(self) -> int:
        """Give the file its name; how many bytes it has."""
        assert self._path
        with _writing(self._target):
            self._path.replace(self._target)
        self._path = None
        return self._size

    def discard(self) -> None:
        """Leave nothing behind of what was not kept."""
        path, self._path = self._path, None
        with contextlib.suppress(OSError):
            if self._out:
                self._out.close()
            if path:
                path.unlink(missing_ok=True)

    def _look(self) -> None:
        first, self._first = self._first or b"", None
        if not self._check(first[:_FIRST]):
            start = first.lstrip()[:200].lower()
            html = start.startswith((b"<!doctype html", b"<html"))
            what = "a page of HTML" if html else "something else" if first.strip() else "an empty page"
            raise Fault(f"answered with {what} where a file was expected", hint=ADDRESS_HINT, counts=False)
        self._write(first)

    def _write(self, part: bytes) -> None:
        assert self._out
        with _writing(self._target):
            self._out.write(part)
        self._size += len(part)


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise ReadlistError(
            f"cannot write {target}: {fault.strerror or fault}",
            "is its folder writable, and is there room on the disk?",
        ) from fault
