"""A large file, read ahead in a process of its own: reading and writing have a processor each.

The other process is a copy of this one. It reads and says what it finds through a pipe, some pieces ahead, and ends
with this one, however that ends: who writes into a pipe that nobody reads is told so.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from typing import Any, BinaryIO, NoReturn

from readlist.db.new_rows import Told, told
from readlist.domain.listing import Entry, Ignored, Piece
from readlist.domain.metadata import Link, Metadata
from readlist.domain.text import one_line
from readlist.errors import InputError
from readlist.services.pages_in import Stream

_AHEAD = 16  # pieces
_LENGTH = 8  # bytes that tell how long what follows is


Read = tuple[Piece, list[Told]]
"""A piece of a file, and what follows from each of its entries alone."""


@contextmanager
def reading(stream: Stream) -> Iterator[Iterator[Read]]:
    """Within the block, what `stream` says, piece by piece, as its importer gives it; `stream.done` follows.

    Raises InputError, while it is read, as the importer does.
    """
    started = _start(stream)
    if started is None:
        yield _of_this(stream)
        return
    child, receiving = started
    try:
        with os.fdopen(receiving, "rb") as pipe:
            yield _of_another(stream, pipe)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _start(stream: Stream) -> tuple[int, int] | None:
    """A process that reads `stream`, and where to hear of it; None where there can be none or it would not help."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:  # elsewhere a process cannot safely be copied
        return None
    receiving, sending = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no memory for it, or too many processes
        os.close(receiving)
        os.close(sending)
        return None
    if child == 0:
        _read(stream, receiving, sending)
    os.close(sending)
    return child, receiving


def _of_this(stream: Stream) -> Iterator[Read]:
    for piece in stream.importer.pieces(stream.blocks()):
        yield piece, [told(entry.metadata) for entry in piece.entries]


def _of_another(stream: Stream, pipe: BinaryIO) -> Iterator[Read]:
    while (said := _received(pipe)) is not None:
        what, stream.done, *rest = said
        if what == "fault":
            raise InputError(*rest)
        if what == "bug":
            raise RuntimeError(f"reading {one_line(stream.name)} failed:\n{rest[0]}")
        if what == "end":
            return
        yield _piece(rest)
    raise InputError(
        f"reading {one_line(stream.name)} was broken off", "what was read is kept; take it in again", stream.name
    )


def _received(pipe: BinaryIO) -> Any:
    """The next thing that the other process says; None if it has gone."""
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "little")
    said = pipe.read(length)
    return marshal.loads(said) if len(said) == length else None  # noqa: S302 - from our own process


# -- in the other process ----------------------------------------------------------------------------------------------


def _read(stream: Stream, receiving: int, sending: int) -> NoReturn:
    """Read all, and end the process; nothing that this one has open is closed, and no output of it is written."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.close(receiving)
        _say(stream, sending)
    finally:
        os._exit(0)


def _say(stream: Stream, sending: int) -> None:
    import traceback
    from queue import Queue
    from threading import Thread

    waiting: Queue[bytes] = Queue(_AHEAD)

    def write() -> None:
        try:
            while said := waiting.get():
                rest = memoryview(len(said).to_bytes(_LENGTH, "little") + said)
                while rest:
                    rest = rest[os.write(sending, rest) :]
        except OSError:
            os._exit(0)

    writer = Thread(target=write)
    writer.start()
    last: tuple[Any, ...]
    try:
        for piece, ready in _of_this(stream):
            waiting.put(marshal.dumps(("piece", stream.done, *_plain(piece, ready))))
        last = ("end", stream.done)
    except InputError as fault:
        last = ("fault", stream.done, fault.message, fault.hint, fault.ref)
    except BaseException:  # noqa: BLE001 - handed over to the process that waits
        last = ("bug", stream.done, traceback.format_exc())
    waiting.put(marshal.dumps(last))
    waiting.put(b"")
    writer.join()


# -- pieces as plain values --------------------------------------------------------------------------------------------

_of_entry, _of_metadata, _of_link, _of_ignored = (
    attrgetter(*(it.name for it in fields(shape))) for shape in (Entry, Metadata, Link, Ignored)
)


def _plain(piece: Piece, ready: list[Told]) -> tuple[Any, ...]:
    return (
        [(*it[1:], *_plain_entry(entry, it.said)) for entry, it in zip(piece.entries, ready, strict=True)],
        dict(piece.lines),
        [_of_ignored(it) for it in piece.ignored],
        piece.topics,
    )


def _piece(said: list[Any]) -> Read:
    plain, lines, ignored, topics = said
    entries: list[Entry] = []
    ready: list[Told] = []
    for folded, key, words, *rest in plain:
        entry = _entry(*rest)
        entries.append(entry)
        ready.append(Told(entry.metadata, folded, key, words))
    return Piece(tuple(entries), lines, tuple([Ignored(*it) for it in ignored]), topics), ready


def _plain_entry(entry: Entry, metadata: Metadata) -> tuple[Any, ...]:
    line, _, *more = _of_entry(entry)
    source, kind, title, authors, year, published, venue, identifiers, url, links, *rest = _of_metadata(metadata)
    links = tuple(map(_of_link, links))
    return (
        line,
        (source, kind, title, authors, year, published, venue, dict(identifiers), url, links, *rest),
        *more,
    )


def _entry(line: int, metadata: tuple[Any, ...], *more: Any) -> Entry:
    links = metadata[_LINKS]
    if links:
        metadata = (*metadata[:_LINKS], tuple([Link(*it) for it in links]), *metadata[_LINKS + 1 :])
    return Entry(line, Metadata(*metadata), *more)


_LINKS = [it.name for it in fields(Metadata)].index("links")
