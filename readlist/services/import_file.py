"""Taking in pages: every paper once, marks merged upwards, nothing of the user's text lost.

All files of a command are one unit of work. A paper named several times, on one page or on several, is one paper. A
page that is imported again changes only what it says anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from readlist import importers
from readlist.db.library import Library, Work
from readlist.domain.combining import combined, together
from readlist.domain.listing import Entry, Listing, TopicPath
from readlist.domain.matching import contradiction, same_paper
from readlist.domain.metadata import Metadata
from readlist.domain.passes import highest_finished
from readlist.domain.record import Complete
from readlist.domain.text import fold, one_line, printable
from readlist.domain.titles import kept_key
from readlist.domain.topics import clean_path, parse_path
from readlist.errors import InputError, UsageError
from readlist.services import transfer
from readlist.services.fetch import Progress, owe
from readlist.services.filing import tag_name
from readlist.services.pages_in import LARGEST_PAGE, Page
from readlist.services.read import checked_pass
from readlist.sources import Source


@dataclass(frozen=True, slots=True)
class Options:
    """How a page is to be taken in: under which topic, what no mark means, which pass a "read" mark stands for.

    With `mentions` papers that running notes name are taken in as well. With `strict` nothing is taken in, if any of it
    cannot be read.
    """

    topic: str | None = None
    unmarked: str = "listed"
    read_pass: int = 2
    dry_run: bool = False
    mentions: bool = False
    strict: bool = False


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
    papers: tuple[int, ...]
    waiting: int
    files: tuple[FileAccount, ...]
    failed: tuple[InputError, ...] = ()
    dry_run: bool = False
    to_fetch: int = 0
    to_find: int = 0
    titles: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    listed: int = 0
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """What files say, each with its home (`Page.home`), and what could not be read. Their text is not kept."""

    files: tuple[FileAccount, ...]
    homes: tuple[str, ...]
    failed: tuple[InputError, ...] = ()


class _DryRun(Exception):
    """Ends a unit of work whose writes are not wanted."""


def _silent(what: str, done: int, total: int) -> None:
    pass


def import_pages(
    library: Library, sources: Sequence[Source], pages: Iterable[Page], options: Options, progress: Progress = _silent
) -> Imported:
    """Read `pages` and take them in. With `dry_run` all is worked out and nothing is kept."""
    return take_in(library, sources, read_pages(pages, options, progress), options, progress)


def read_pages(pages: Iterable[Page], options: Options, progress: Progress = _silent) -> Readings:
    """What `pages` say. `progress` hears what is being read: of how much, nobody knows (0 of 0)."""
    if options.unmarked not in ("listed", "todo"):
        raise UsageError(f"--unmarked cannot be {options.unmarked!r}", "allowed: listed, todo")
    checked_pass(options.read_pass)
    files: list[FileAccount] = []
    homes: list[str] = []
    failed: list[InputError] = []
    for page in pages:
        progress(f"reading {one_line(page.name)}", 0, 0)
        try:
            listing = _read(page, options)
        except InputError as fault:
            failed.append(fault)
            continue
        failed += _broken(page, listing)
        files.append(FileAccount(page.name, listing, page.encoding))
        homes.append(page.home)
    return Readings(tuple(files), tuple(homes), tuple(failed))


def take_in(
    library: Library, sources: Sequence[Source], readings: Readings, options: Options, progress: Progress = _silent
) -> Imported:
    """Take in what was read. `progress` hears of how many papers that is done."""
    failed = readings.failed
    if failed and options.strict:
        raise InputError(f"{failed[0].message}; nothing was taken in", failed[0].hint, failed[0].ref)
    above = parse_path(options.topic) if options.topic else ()
    result = Imported(0, 0, 0, (), 0, readings.files, failed, options.dry_run)
    if not readings.files:
        return result
    total = sum(len(file.listing.entries) for file in readings.files)
    try:
        with library.write("import") as work:
            taker = _Taker(work, sources, options, above, lambda done: progress("import", done, total))
            for home, file in zip(readings.homes, readings.files, strict=True):
                taker.take(home, file.listing)
            result = taker.result(result)
            if options.dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return result


def _read(page: Page, options: Options) -> Listing:
    name = one_line(page.name)
    importer = importers.recognise(page.text)
    if importer is None:
        raise InputError(f"{name} is of no format that rl reads", "", page.name)
    if importer.__name__.endswith(".page") and len(page.text) > LARGEST_PAGE:
        raise InputError(
            f"{name} has {len(page.text) // 1_000_000} MB: too large for a page",
            f"pages up to {LARGEST_PAGE // 1_000_000} MB are read",
            page.name,
        )
    return importer.read(page.text, mentions=options.mentions)


def _broken(page: Page, listing: Listing) -> list[InputError]:
    """What of a file could not be read though the rest was: the first few by themselves, the others as a number."""
    name = one_line(page.name)
    broken = [it for it in listing.ignored if it.broken]
    shown = broken if len(broken) <= _SHOWN + 1 else broken[:_SHOWN]
    faults = [InputError(f"{name}:{it.line}: passed over {one_line(it.reason)}", "", page.name) for it in shown]
    if len(broken) > len(shown):
        left = len(broken) - len(shown)
        faults.append(InputError(f"{name}: {left} more could not be read", "--dry-run lists them", page.name))
    return faults


_SHOWN = 3  # of what is broken in a file


class _Taker:
    """Takes pages into the library, within one unit of work."""

    def __init__(
        self,
        work: Work,
        sources: Sequence[Source],
        options: Options,
        above: TopicPath,
        tell: Callable[[int], None],
    ) -> None:
        """`tell` hears how many papers of all files are done."""
        self._work = work
        self._tell = tell
        self._steps = 0  # each entry takes two: its paper is found or made, then told what the entry says
        self._restored = False
        self._sources = sources
        self._options = options
        self._above = above
        self._topics: dict[TopicPath, int] = {}
        self._created: set[int] = set()
        self._changed: set[int] = set()
        self._papers: dict[int, None] = {}
        self._renamed: list[tuple[str, str]] = []
        # What the files before said of each paper. Where two differ, what is said first holds: were it the last, the
        # same files imported again would change each paper twice.
        self._said: dict[int, Metadata] = {}

    def take(self, home: str, listing: Listing) -> None:
        if isinstance(listing, Complete):
            self._restored |= transfer.restores(self._work, listing.records, self._above)
            for paper_id, how in transfer.take_in(self._work, listing.records, self._known, self._above):
                self._papers[paper_id] = None
                {"created": self._created, "changed": self._changed}.get(how, set()).add(paper_id)
                self._step(2)
            return
        for path in listing.topics:
            self._topic(path)
        mentions: dict[int, list[Entry]] = {}
        there = set(self._created)
        for entry in listing.entries:
            mentions.setdefault(self._paper(entry), []).append(entry)
            self._step()
        for paper_id, entries in mentions.items():
            before = self._work.unit.altered
            whole = combined(entries)
            earlier = self._said.get(paper_id)
            said = self._said[paper_id] = together(earlier, whole.metadata) if earlier else whole.metadata
            if len(entries) > 1 or paper_id in there or paper_id not in self._created:  # else it has been told all
                self._work.papers.learn(paper_id, said)
            self._merge(home, paper_id, whole)
            if self._work.unit.altered > before:
                self._changed.add(paper_id)
            self._papers[paper_id] = None
            self._step(len(entries))
        notes: dict[tuple[TopicPath, int], list[str]] = {}
        for note in listing.topic_notes:
            notes.setdefault((note.topic, note.number), []).append(note.text)
        for (path, number), lines in notes.items():
            text = printable("\n".join(lines)).strip("\n")
            if text.strip():
                self._work.reading.take_in(text, _place(home, number), topic_id=self._topic(path))

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
            listed=sum(not (s.passes or s.next_pass or s.dropped) for s in states),
            waiting=sum(state.next_pass is not None and state.dropped is None for state in states),
            to_fetch=len(owed & set(self._papers)),
            to_find=len(set(self._work.views.without_identifier()) & set(self._papers)),
            renamed=tuple(self._renamed),
            titles=tuple(title for _, _, title in self._work.views.names(list(self._papers))),
            restored=self._restored,
        )

    def _step(self, steps: int = 1) -> None:
        self._steps += steps
        self._tell(self._steps // 2)

    def _topic(self, path: TopicPath) -> int | None:
        """The topic at a heading path of the page; None for the page as a whole."""
        whole = (*self._above, *clean_path(path))
        if whole and whole not in self._topics:
            self._topics[whole] = self._work.topics.ensure(whole)
        return self._topics.get(whole)

    def _paper(self, entry: Entry) -> int:
        key = kept_key(entry.key) if entry.key else None
        holder = self._work.papers.with_key(key) if key else None
        paper_id = self._known(entry.metadata)
        if paper_id is None and holder is not None and self._is_titled(holder, entry.metadata):
            paper_id = holder
        if paper_id is None:
            paper_id = self._work.papers.add(entry.metadata, key=key)
            self._work.reading.add(paper_id, None, added=self._moment(entry.added))
            self._created.add(paper_id)
            got = key if holder is None else self._work.papers.key(paper_id)
            if entry.key and got and got != entry.key:
                self._renamed.append((entry.key, got))
        return paper_id

    def _is_titled(self, paper_id: int, said: Metadata) -> bool:
        """Whether the paper, which has the entry's key, has its title too, and no other identifier speaks against it.

        A key tells the same entry again where the title alone is too short to.
        """
        papers = self._work.papers
        title, other = str(papers.known(paper_id)["title"].value), one_line(said.title or "")
        same = fold(title) == fold(other) if fold(title) else title == other
        return same and not contradiction(papers.identifiers(paper_id), said.identifiers, None, None)

    def _moment(self, stamp: str | None) -> str | None:
        """A date or date-time of a file as the library stores times; None for what is none, or lies ahead."""
        unit = self._work.unit
        try:
            when = datetime.fromisoformat(stamp or "")
        except ValueError:
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=unit.now.tzinfo)
        return when.isoformat(timespec="seconds") if when <= unit.now else None

    def _known(self, said: Metadata) -> int | None:
        """The paper that an entry is of, if the library has it."""
        papers = self._work.papers
        for scheme, value in said.identifiers.items():
            found = papers.with_identifier(scheme, value)
            if found is not None:
                return found
        title = said.title or said.url or ""  # a paper of which no more is known stands under its address
        for candidate in papers.with_title(fold(title)) if title else ():
            known = papers.known(candidate)
            authors, year, url = known.get("authors"), known.get("year"), known.get("url")
            if not fold(title) and known["title"].value == one_line(title):  # of signs alone: nothing to be compared
                return candidate
            if same_paper(
                our_title=str(known["title"].value),
                their_title=title,
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

    def _merge(self, home: str, paper_id: int, entry: Entry) -> None:
        work = self._work
        owe(work, self._sources, paper_id)
        for path in entry.topics or ((),):
            topic_id = self._topic(path)
            if topic_id is not None:
                work.topics.attach(paper_id, topic_id)
        for tag in entry.tags:
            work.tags.attach(paper_id, tag_name(tag))
        self._mark(paper_id, entry)
        if entry.priority and work.reading.state(paper_id).priority == "normal":  # what was set in rl stays
            work.reading.set(paper_id, priority=entry.priority)
        summary = printable(entry.summary or "").strip()
        if summary and not work.reading.summary(paper_id):
            work.reading.summarise(paper_id, summary)
        for number, note in enumerate(("\n".join(entry.notes), *entry.apart), 1):
            text = printable(note).strip("\n")
            if text.strip():
                work.reading.take_in(text, _place(home, number), paper_id=paper_id)

    def _mark(self, paper_id: int, entry: Entry) -> None:
        """Marks merge upwards: read wins over todo, todo over none; what the reader did in rl stays."""
        reading, mark = self._work.reading, entry.mark
        state = reading.state(paper_id)
        if mark == "read":
            number, day = entry.depth or self._options.read_pass, self._past_day(entry.finished)
            undated = next((p for p in state.passes if p.number == number and not p.open and not p.finished), None)
            if highest_finished(state.passes) < number:
                reading.finish(paper_id, number, day)
                if state.next_pass is not None and state.next_pass <= number:
                    reading.set(paper_id, next_pass=None)
            elif day and undated and undated.id is not None:
                reading.close(undated.id, day)
                reading.touch(paper_id)
        wanted = mark == "todo" or (mark is None and self._options.unmarked == "todo")
        if wanted and not state.passes and state.next_pass is None and state.dropped is None:
            reading.set(paper_id, next_pass=1)

    def _past_day(self, day: str | None) -> str | None:
        """A day of a file, unless it is none or has not come yet."""
        try:
            return day if day and date.fromisoformat(day) <= self._work.unit.now.date() else None
        except ValueError:
            return None


def _place(home: str, number: int) -> str:
    """Which note of a page it is: the same place of a newer page has its newer text."""
    return home if number == 1 else f"{home}#{number}"
