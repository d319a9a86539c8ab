"""Taking in pages: every paper once, marks merged upwards, nothing of the user's text lost.

All files of a command are one unit of work. A paper named several times, on one page or on several, is one paper. A
page that is imported again changes only what it says anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from readlist import importers
from readlist.db.library import Library, Work
from readlist.domain.listing import Entry, Listing, Mark, TopicPath
from readlist.domain.matching import same_paper
from readlist.domain.metadata import Metadata
from readlist.domain.passes import highest_finished
from readlist.domain.text import fold, one_line, printable
from readlist.domain.topics import clean_path, parse_path
from readlist.errors import InputError, UsageError
from readlist.services.fetch import owe
from readlist.services.filing import tag_name
from readlist.services.read import checked_pass
from readlist.sources import Source

LARGEST = 20_000_000
"""Bytes. Ten years of notes are one megabyte; what is larger by far is no page written by hand."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file's text. `name` is what the user calls it; `home` tells it from other pages, this time and the next."""

    name: str
    home: str
    text: str


@dataclass(frozen=True, slots=True)
class Options:
    """How a page is to be taken in: under which topic, what no mark means, which pass a "read" mark stands for."""

    topic: str | None = None
    unmarked: str = "listed"
    read_pass: int = 2
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What was made of one file."""

    name: str
    listing: Listing


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `papers` are the ids of all papers named, in order; `failed` are files that were not read.

    Of the papers a service is to be asked for `to_fetch`, and `to_find` are known by their title alone.
    """

    created: int
    merged: int
    unchanged: int
    papers: tuple[int, ...]
    waiting: int
    files: tuple[FileAccount, ...]
    failed: tuple[InputError, ...] = ()
    dry_run: bool = False
    to_fetch: int = 0
    to_find: int = 0
    titles: tuple[str, ...] = ()


class _DryRun(Exception):
    """Ends a unit of work whose writes are not wanted."""


def at_home(path: str) -> Path:
    """`path` with `~` filled in; that of a user there is not stays as it is, and no such file will be found."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises RuntimeError there


def read_page(path: str, stdin: bytes | None = None) -> Page:
    """The text of the file `path`, or of the standard input for `-`. Raises InputError for what is no text."""
    if path == "-":
        raw = stdin or b""
        if len(raw) > LARGEST:
            raise _too_large("the standard input", len(raw))
        return Page("-", f"-{hashlib.sha256(raw).hexdigest()}", _decoded("the standard input", raw))
    file = at_home(path)
    shown = one_line(path)
    try:
        if file.is_dir():
            raise InputError(f"{shown} is a folder", "name the files in it", path)
        size = file.stat().st_size
        if size > LARGEST:
            raise _too_large(shown, size)
        raw = file.read_bytes()
    except (FileNotFoundError, ValueError):  # a name with a NUL in it is no file's
        raise InputError(f"there is no file {shown}", "check its name", path) from None
    except OSError as fault:
        raise InputError(f"cannot read {shown}: {fault.strerror}", "check its permissions", path) from fault
    return Page(path, str(file.absolute()), _decoded(shown, raw))


def _too_large(name: str, size: int) -> InputError:
    return InputError(
        f"{name} has {size // 1_000_000} MB: too large for a page",
        f"pages up to {LARGEST // 1_000_000} MB are read",
        name,
    )


def _decoded(name: str, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in raw[:65536]:
        raise InputError(f"{name} is not text", "pages are Markdown or plain text", name)
    else:
        encodings = ["utf-8-sig", "gb18030"]  # what Chinese Windows writes, where it is not Unicode
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise InputError(f"{name} is empty", "nothing was imported from it", name)
        return text
    raise InputError(f"{name} is text in an unknown encoding", "save it as UTF-8", name)


def import_pages(library: Library, sources: Sequence[Source], pages: Sequence[Page], options: Options) -> Imported:
    """Take in `pages`. With `dry_run` all is worked out and nothing is kept."""
    if options.unmarked not in ("listed", "todo"):
        raise UsageError(f"--unmarked cannot be {options.unmarked!r}", "allowed: listed, todo")
    checked_pass(options.read_pass)
    above = parse_path(options.topic) if options.topic else ()
    files: list[FileAccount] = []
    failed: list[InputError] = []
    readable: list[tuple[Page, Listing]] = []
    for page in pages:
        importer = importers.recognise(page.text)
        try:
            if importer is None:
                raise InputError(f"{one_line(page.name)} is of no format that rl reads", "", page.name)
            listing = importer.read(page.text)
        except InputError as fault:
            failed.append(fault)
            continue
        readable.append((page, listing))
        files.append(FileAccount(page.name, listing))
    result = Imported(0, 0, 0, (), 0, tuple(files), tuple(failed), options.dry_run)
    if not readable:
        return result
    try:
        with library.write("import") as work:
            taker = _Taker(work, sources, options, above)
            for page, listing in readable:
                taker.take(page, listing)
            result = taker.result(result)
            if options.dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return result


class _Taker:
    """Takes pages into the library, within one unit of work."""

    def __init__(self, work: Work, sources: Sequence[Source], options: Options, above: TopicPath) -> None:
        self._work = work
        self._sources = sources
        self._options = options
        self._above = above
        self._topics: dict[TopicPath, int] = {}
        self._created: set[int] = set()
        self._changed: set[int] = set()
        self._papers: dict[int, None] = {}

    def take(self, page: Page, listing: Listing) -> None:
        for path in listing.topics:
            self._topic(path)
        mentions: dict[int, list[Entry]] = {}
        for entry in listing.entries:
            mentions.setdefault(self._paper(entry), []).append(entry)
        for paper_id, entries in mentions.items():
            before = len(self._work.unit.changes)
            self._merge(page, paper_id, combined(entries))
            if len(self._work.unit.changes) > before:
                self._changed.add(paper_id)
            self._papers[paper_id] = None
        notes: dict[TopicPath, list[str]] = {}
        for note in listing.topic_notes:
            notes.setdefault(note.topic, []).append(note.text)
        for path, lines in notes.items():
            text = printable("\n".join(lines)).strip("\n")
            if text.strip():
                self._work.reading.take_in(text, page.home, topic_id=self._topic(path))

    def result(self, base: Imported) -> Imported:
        reading = self._work.reading
        states = [reading.state(i) for i in self._papers]
        owed = {i for ids in self._work.views.owed().values() for i in ids}
        return replace(
            base,
            created=len(self._created),
            merged=len(self._changed - self._created),
            unchanged=len(set(self._papers) - self._created - self._changed),
            papers=tuple(self._papers),
            waiting=sum(state.next_pass is not None and state.dropped is None for state in states),
            to_fetch=len(owed & set(self._papers)),
            to_find=len(set(self._work.views.without_identifier()) & set(self._papers)),
            titles=tuple(title for _, _, title in self._work.views.names(list(self._papers))),
        )

    def _topic(self, path: TopicPath) -> int | None:
        """The topic at a heading path of the page; None for the page as a whole."""
        whole = (*self._above, *clean_path(path))
        if whole and whole not in self._topics:
            self._topics[whole] = self._work.topics.ensure(whole)
        return self._topics.get(whole)

    def _paper(self, entry: Entry) -> int:
        paper_id = self._known(entry.metadata)
        if paper_id is None:
            paper_id = self._work.papers.add(entry.metadata)
            self._work.reading.add(paper_id, None)
            self._created.add(paper_id)
        return paper_id

    def _known(self, said: Metadata) -> int | None:
        """The paper that an entry is of, if the library has it."""
        papers = self._work.papers
        for scheme, value in said.identifiers.items():
            found = papers.with_identifier(scheme, value)
            if found is not None:
                return found
        for candidate in papers.with_title(fold(said.title or "")):
            known = papers.known(candidate)
            authors, year, url = known.get("authors"), known.get("year"), known.get("url")
            if same_paper(
                our_title=str(known["title"].value),
                their_title=said.title or "",
                our_authors=authors.value if authors and isinstance(authors.value, tuple) else (),
                their_authors=said.authors,
                our_year=year.value if year and isinstance(year.value, int) else None,
                their_year=said.year,
                our_ids=papers.identifiers(candidate),
                their_ids=said.identifiers,
                our_url=str(url.value) if url else None,
                their_url=said.url,
            ):
                return candidate
        return None

    def _merge(self, page: Page, paper_id: int, entry: Entry) -> None:
        work = self._work
        work.papers.learn(paper_id, entry.metadata)
        owe(work, self._sources, paper_id)
        for path in entry.topics or ((),):
            topic_id = self._topic(path)
            if topic_id is not None:
                work.topics.attach(paper_id, topic_id)
        for tag in entry.tags:
            work.tags.attach(paper_id, tag_name(tag))
        self._mark(paper_id, entry.mark)
        text = printable("\n".join(entry.notes)).strip("\n")
        if text.strip():
            work.reading.take_in(text, page.home, paper_id=paper_id)

    def _mark(self, paper_id: int, mark: Mark | None) -> None:
        """Marks merge upwards: read wins over todo, todo over none; what the reader did in rl stays."""
        reading = self._work.reading
        state = reading.state(paper_id)
        deepest = highest_finished(state.passes)
        if mark == "read" and deepest < self._options.read_pass:
            reading.finish(paper_id, self._options.read_pass, None)
            if state.next_pass is not None and state.next_pass <= self._options.read_pass:
                reading.set(paper_id, next_pass=None)
        wanted = mark == "todo" or (mark is None and self._options.unmarked == "todo")
        if wanted and not state.passes and state.next_pass is None and state.dropped is None:
            reading.set(paper_id, next_pass=1)


def combined(entries: Sequence[Entry]) -> Entry:
    """Several mentions of one paper on one page as one: what is said first holds, the rest adds what was not said."""
    first = entries[0]
    said = first.metadata
    for other in (entry.metadata for entry in entries[1:]):
        said = replace(
            said,
            kind=said.kind or other.kind,
            title=said.title or other.title,
            authors=said.authors or other.authors,
            # A year belongs to its venue.
            year=said.year or (other.year if not said.venue or said.venue == other.venue else None),
            venue=said.venue or other.venue,
            published=said.published or other.published,
            url=said.url or other.url,
            abstract=said.abstract or other.abstract,
            citations=other.citations if said.citations is None else said.citations,
            identifiers={**other.identifiers, **said.identifiers},
            links=tuple({link.url: link for link in (*other.links, *said.links)}.values()),
        )
    marks = {entry.mark for entry in entries}
    return replace(
        first,
        metadata=said,
        topics=tuple(dict.fromkeys(path for entry in entries for path in entry.topics)),
        mark="read" if "read" in marks else "todo" if "todo" in marks else None,
        notes=tuple(line for entry in entries for line in entry.notes),
        tags=tuple(dict.fromkeys(tag for entry in entries for tag in entry.tags)),
    )
