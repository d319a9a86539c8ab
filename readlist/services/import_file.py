"""Taking in pages: every paper once, marks merged upwards, nothing of the user's text lost.

All files of a command are one unit of work, but for large bibliographies: these are read and taken in piece by piece,
each piece a unit, so that they need no more memory the larger they are; and what was taken in when the command was
broken off is passed over when it is run again. A paper named several times, on one page or on several, is one paper. A
page that is imported again changes only what it says anew.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readlist import importers
from readlist.db.bulk import counts_of
from readlist.db.library import Library, Work
from readlist.db.new_rows import Told
from readlist.domain.listing import Entry, Ignored, Listing, TopicPath
from readlist.domain.passes import checked_pass
from readlist.domain.text import one_line
from readlist.domain.topics import parse_path
from readlist.errors import InputError, UsageError
from readlist.services.pages_in import LARGEST_PAGE, Page, Stream
from readlist.services.taking_in import Options, Taker
from readlist.services.tally import Tally

if TYPE_CHECKING:
    from readlist.services.fetch import Progress
    from readlist.services.reading_ahead import Read
    from readlist.sources.named import Refers


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What was made of one file, and the encoding that it was in."""

    name: str
    listing: Listing
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `papers` are the ids of all papers named, in order; `failed` is what could not be read.

    Of the papers `waiting` are in the queue and `listed` neither there nor read, a service is to be asked for
    `to_fetch`, and `to_find` are known by their title alone. `renamed` are keys of a file that could not be kept, as
    another paper has them or they cannot name one, with those that their papers got. `restored`: a library came whole,
    with its log.
    """

    created: int
    merged: int
    unchanged: int
    papers: Sequence[int]
    waiting: int
    files: tuple[FileAccount, ...]
    failed: tuple[InputError, ...] = ()
    dry_run: bool = False
    to_fetch: int = 0
    to_find: int = 0
    renamed: tuple[tuple[str, str], ...] = ()
    listed: int = 0
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """What files say, each with its home (`Page.home`), and what could not be read. Their text is not kept.

    `streams` are large ones, which are read while they are taken in.
    """

    files: tuple[FileAccount, ...]
    homes: tuple[str, ...]
    streams: tuple[Stream, ...] = ()
    failed: tuple[InputError, ...] = ()


class _DryRun(Exception):
    """Ends a unit of work whose writes are not wanted."""


def _silent(what: str, done: int, total: int) -> None:
    pass


def import_pages(
    library: Library,
    services: Sequence[Refers],
    pages: Iterable[Page | Stream],
    options: Options,
    progress: Progress = _silent,
) -> Imported:
    """Read `pages` and take them in, `services` to be asked for the papers later. With `dry_run` all is worked out and
    nothing is kept."""
    return take_in(library, services, read_pages(pages, options, progress), options, progress)


def read_pages(pages: Iterable[Page | Stream], options: Options, progress: Progress = _silent) -> Readings:
    """What `pages` say. `progress` hears what is being read: of how much, nobody knows (0 of 0)."""
    if options.unmarked not in ("listed", "todo"):
        raise UsageError(f"--unmarked cannot be {options.unmarked!r}", "allowed: listed, todo")
    checked_pass(options.read_pass)
    files: list[FileAccount] = []
    homes: list[str] = []
    streams: list[Stream] = []
    failed: list[InputError] = []
    with _seldom_collecting():
        for page in pages:
            progress(f"reading {one_line(page.name)}", 0, 0)
            try:
                if isinstance(page, Stream):
                    if options.strict:
                        _check(page)
                    streams.append(page)
                    continue
                listing = _read(page, options)
            except InputError as fault:
                failed.append(fault)
                continue
            failed += _broken(page.name, listing.ignored)
            files.append(FileAccount(page.name, listing, page.encoding))
            homes.append(page.home)
    return Readings(tuple(files), tuple(homes), tuple(streams), tuple(failed))


def take_in(
    library: Library, services: Sequence[Refers], readings: Readings, options: Options, progress: Progress = _silent
) -> Imported:
    """Take in what was read. `progress` hears of how many papers that is done, of a large file of how many MB."""
    failed = list(readings.failed)
    if failed and options.strict:
        raise InputError(f"{failed[0].message}; nothing was taken in", failed[0].hint, failed[0].ref)
    result = Imported(0, 0, 0, (), 0, readings.files, tuple(failed), options.dry_run)
    if not readings.files and not readings.streams:
        return result
    command = _Import(library, services, options, progress)
    with _seldom_collecting():
        if options.dry_run:
            try:
                with library.write("import") as work:
                    command.run(readings, work)
                    raise _DryRun
            except _DryRun:
                pass
        else:
            command.run(readings)
    return command.result(replace(result, failed=(*failed, *command.failed)))


class _Import:
    """One run of the command: its files one after the other, and what came of them."""

    def __init__(self, library: Library, services: Sequence[Refers], options: Options, progress: Progress) -> None:
        self._library = library
        self._services = services
        self._options = options
        self._above: TopicPath = parse_path(options.topic) if options.topic else ()
        self._progress = progress
        self._tally = Tally()
        self._counts = (0, 0, 0, 0)
        self._streamed: list[FileAccount] = []
        self.failed: list[InputError] = []

    def run(self, readings: Readings, work: Work | None = None) -> None:
        """Take all in: in units of its own, or within `work`."""
        if readings.files:
            with self._unit(work) as inside:
                total = sum(len(file.listing.entries) for file in readings.files)
                taker = self._taker(inside, lambda done: self._progress("import", done, total))
                for home, file in zip(readings.homes, readings.files, strict=True):
                    taker.take(home, file.listing)
                taker.count()
        for stream in readings.streams:
            try:
                self._take(stream, work)
            except InputError as fault:
                self.failed.append(fault)
        with self._unit(work) as inside:
            self._counts = counts_of(inside.unit.connection, self._tally.papers)

    def result(self, base: Imported) -> Imported:
        tally = self._tally
        waiting, listed, to_fetch, to_find = self._counts
        return replace(
            base,
            created=tally.created,
            merged=tally.merged,
            unchanged=tally.unchanged,
            papers=tally.papers,
            files=(*base.files, *self._streamed),
            waiting=waiting,
            listed=listed,
            to_fetch=to_fetch,
            to_find=to_find,
            renamed=tuple(tally.renamed),
            restored=tally.restored,
        )

    @contextmanager
    def _unit(self, work: Work | None) -> Iterator[Work]:
        if work is not None:
            yield work
            return
        with self._library.write("import") as own:
            yield own

    def _taker(self, work: Work, tell: Callable[[int], None]) -> Taker:
        return Taker(work, self._services, self._options, self._above, tell, self._tally)

    def _take(self, stream: Stream, work: Work | None) -> None:
        """A large file: a unit of work for every few thousand papers, each of which notes how far it has come."""
        from readlist.services import reading_ahead

        lines: Counter[str] = Counter()
        ignored: list[Ignored] = []
        topics: dict[TopicPath, None] = {}
        mark = stream.fingerprint(str((self._above, self._options.unmarked)))
        taken, began = 0, time.monotonic()
        with reading_ahead.reading(stream) as pieces:
            with self._unit(work) as inside:  # it opens the library while the first pieces are read
                row = inside.unit.get("imports", mark) if work is None else None
                before = row["taken"] if row else 0
            for batch, last in _batches(pieces, lines, ignored, topics):
                count = len(batch)
                with self._unit(work) as inside:
                    del batch[: max(0, before - taken)]
                    taken += count
                    taker = self._taker(inside, lambda done: None)
                    entries = tuple([entry for entry, _ in batch])
                    listing = Listing(stream.importer.FORMAT, tuple(topics), entries, (), {})
                    taker.take(stream.home, listing, [told for _, told in batch])
                    taker.count()
                    if last:
                        inside.unit.delete("imports", mark)
                    else:
                        inside.unit.put("imports", mark, taken=max(taken, before))
                batch.clear()  # before the next one is read: memory for one is enough
                del entries, listing, taker
                rate = taken / max(time.monotonic() - began, 0.001)
                what = f"import: {taken:,} papers, {rate:,.0f} a second; MB"
                self._progress(what, stream.done // _MB, stream.size // _MB + 1)
        self._progress("import", 1, 1)
        self.failed += _broken(stream.name, ignored)
        listing = Listing(stream.importer.FORMAT, (), (), (), dict(lines), tuple(ignored))
        self._streamed.append(FileAccount(stream.name, listing))


# Papers of a large file in one unit of work: few in the first, so that soon something is kept and shown.
_FIRST, _LARGEST = 2000, 10_000
_MB = 1_000_000


def _batches(
    pieces: Iterator[Read], lines: Counter[str], ignored: list[Ignored], topics: dict[TopicPath, None]
) -> Iterator[tuple[list[tuple[Entry, Told]], bool]]:
    """The papers of a large file by the thousand, and whether they are the last; there is one such batch, which may be
    empty. What else the file says goes into `lines`, `ignored` and `topics`."""
    waiting: list[tuple[Entry, Told]] = []
    size = _FIRST
    for piece, ready in pieces:
        lines.update(piece.lines)
        ignored += piece.ignored
        topics |= dict.fromkeys(piece.topics)
        waiting += zip(piece.entries, ready, strict=True)
        if len(waiting) >= size:
            batch, waiting = waiting[:size], waiting[size:]
            yield batch, False
            size = min(2 * size, _LARGEST)
    yield waiting, True


def _check(stream: Stream) -> None:
    """Read a large file to its end, for --strict. Raises InputError if anything of it cannot be read."""
    for piece in stream.importer.pieces(stream.blocks()):
        for fault in _broken(stream.name, piece.ignored):
            raise fault


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Within the block Python looks for cycles of garbage seldom: what is read makes few, and looking is dear."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _read(page: Page, options: Options) -> Listing:
    name = one_line(page.name)
    importer = importers.named(page.format, page.text) if page.format else importers.recognise(page.text)
    if importer is None:
        raise InputError(f"{name} is of no format that rl reads", "", page.name)
    if importer.__name__.endswith(".page") and len(page.text) > LARGEST_PAGE:
        raise InputError(
            f"{name} has {len(page.text) // 1_000_000} MB: too large for a page",
            f"pages up to {LARGEST_PAGE // 1_000_000} MB are read",
            page.name,
        )
    return importer.read(page.text, mentions=options.mentions)


def _broken(file: str, ignored: Sequence[Ignored]) -> list[InputError]:
    """What of a file could not be read though the rest was: the first few by themselves, the others as a number."""
    name = one_line(file)
    broken = [it for it in ignored if it.broken]
    shown = broken if len(broken) <= _SHOWN + 1 else broken[:_SHOWN]
    faults = [InputError(f"{name}:{it.line}: passed over {one_line(it.reason)}", "", file) for it in shown]
    if len(broken) > len(shown):
        left = len(broken) - len(shown)
        faults.append(InputError(f"{name}: {left} more could not be read", "--dry-run lists them", file))
    return faults


_SHOWN = 3  # of what is broken in a file
