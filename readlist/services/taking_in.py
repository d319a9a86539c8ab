"""Taking what a file says into the library, within a unit of work: every paper once, marks merged upwards.

A paper of which the library has nothing and the file says one thing is written with others like it at once
(`db/bulk.py`); the others are looked up, and told what is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from readlist.db.bulk import Bulk, known_identifiers, known_titles
from readlist.db.library import Work
from readlist.db.new_rows import New, Told
from readlist.db.new_rows import told as told_of
from readlist.domain.combining import combined, together
from readlist.domain.listing import Entry, Listing, TopicPath
from readlist.domain.merging import FIELDS
from readlist.domain.metadata import Metadata
from readlist.domain.passes import highest_finished
from readlist.domain.text import printable
from readlist.domain.titles import kept_key
from readlist.domain.topics import clean_path
from readlist.services.entries import moment, notes_of, past_day, place_of
from readlist.services.filing import tag_name
from readlist.services.identity import is_titled, paper_of
from readlist.services.tally import Tally
from readlist.sources.named import Refers


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


class Taker:
    """Takes files into the library, within one unit of work."""

    def __init__(
        self,
        work: Work,
        services: Sequence[Refers],
        options: Options,
        above: TopicPath,
        tell: Callable[[int], None],
        tally: Tally,
    ) -> None:
        """`services` are those to be asked for the papers later.

        `tell` hears how many papers of all files are done; `tally` goes through all units of the import.
        """
        self._work = work
        self._tell = tell
        self._tally = tally
        self._steps = 0  # each entry takes two: its paper is found or made, then told what the entry says
        self._services = services
        self._options = options
        self._above = above
        self._topics: dict[TopicPath, int | None] = {}
        self._tags: dict[str, int] = {}
        self._created: set[int] = set()
        self._changed: set[int] = set()
        self._papers: dict[int, None] = {}
        # What the files before said of each paper. Where two differ, what is said first holds: were it the last, the
        # same files imported again would change each paper twice.
        self._said: dict[int, Metadata] = {}
        # Identifiers that entries gave papers before these were told of them.
        self._given: dict[tuple[str, str], int] = {}
        # It must not lead back here: a ring would keep all that was said in memory until Python looks for rings.
        self._bulk = Bulk(work.unit, cache(partial(_venue, work)), work.reading.weights, tally.known)

    def take(self, home: str, listing: Listing, told: Sequence[Told] | None = None) -> None:
        """Take the file in that the user's `home` tells from others. `told`: of each entry, where it is known."""
        if listing.records is not None:
            from readlist.services import transfer

            self._tally.restored |= transfer.restores(self._work, listing.records, self._above)
            for paper_id, how in transfer.take_in(self._work, listing.records, self._known, self._above):
                self._papers[paper_id] = None
                {"created": self._created, "changed": self._changed}.get(how, set()).add(paper_id)
                self._step(2)
            return
        for path in listing.topics:
            self._topic(path)
        mentions: dict[int, list[Entry]] = {}
        there = set(self._created)
        told = told if told is not None else [told_of(entry.metadata) for entry in listing.entries]
        fresh: list[tuple[Entry, Told]] = []

        def write() -> None:
            for paper_id, (entry, _) in zip(self._write(home, fresh), fresh, strict=True):
                mentions[paper_id] = [entry]
                new.add(paper_id)
            self._step(2 * len(fresh))
            fresh.clear()

        new: set[int] = set()
        for entry, that, alone in zip(listing.entries, told, self._alone(told), strict=True):
            if alone:
                fresh.append((entry, that))
            else:
                write()
                paper_id = self._paper(entry)
                for identifier in entry.metadata.identifiers.items():
                    self._given.setdefault(identifier, paper_id)
                mentions.setdefault(paper_id, []).append(entry)
                self._step()
        write()
        for paper_id, entries in mentions.items():
            if paper_id in new and len(entries) == 1:  # all of it is written
                self._said[paper_id] = entries[0].metadata
                self._papers[paper_id] = None
                continue
            before = self._work.unit.altered
            whole = combined(entries)
            earlier = self._said.get(paper_id)
            said = self._said[paper_id] = together(earlier, whole.metadata) if earlier else whole.metadata
            if paper_id in self._tally and earlier is None:
                said = self._besides(paper_id, said)
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
                self._work.reading.take_in(text, place_of(home, number), topic_id=self._topic(path))
        self._bulk.settle()

    def count(self) -> None:
        """Put what was done into the tally."""
        self._tally.add(self._papers, self._created, self._changed)

    # -- papers of which the library has nothing ---------------------------------------------------------------------

    def _alone(self, told: Sequence[Told]) -> Iterator[bool]:
        """Of each of these: whether neither the library nor another of them has its title or an identifier."""
        named = [tuple(it.said.identifiers.items()) for it in told]
        titles = Counter([it.folded for it in told])
        identifiers = Counter([it for some in named for it in some])
        connection = self._work.unit.connection
        there = known_titles(connection, list(titles))
        taken = known_identifiers(connection, identifiers)
        for that, some in zip(told, named, strict=True):
            yield (
                that.folded != ""
                and titles[that.folded] == 1
                and that.folded not in there
                and all(identifiers[it] == 1 and it not in taken for it in some)
            )

    def _write(self, home: str, entries: Sequence[tuple[Entry, Told]]) -> list[int]:
        """Write new papers; returns their ids."""
        made = self._bulk.add([self._new(home, entry, told) for entry, told in entries]) if entries else []
        for (entry, _), (_, got) in zip(entries, made, strict=True):
            if entry.key and got != entry.key:
                self._tally.rename(entry.key, got)
        ids = [paper_id for paper_id, _ in made]
        self._created.update(ids)
        return ids

    def _new(self, home: str, entry: Entry, told: Told) -> New:
        now = self._work.unit.now
        topics = [self._topic(path) for path in entry.topics or ((),)]
        notes: dict[str, str] = {}
        for text, place in notes_of(home, entry):
            notes.setdefault(text, place)
        return New(
            told,
            kept_key(entry.key) if entry.key else None,
            moment(entry.added, now),
            1 if (entry.mark or self._options.unmarked) == "todo" else None,
            entry.priority or "normal",
            printable(entry.summary or "").strip() or None,
            tuple({topic: None for topic in topics if topic is not None}),
            tuple(dict.fromkeys(map(self._tag, entry.tags))) if entry.tags else (),
            tuple(notes.items()),
            self._able(entry.metadata.identifiers),
            (entry.depth or self._options.read_pass, past_day(entry.finished, now)) if entry.mark == "read" else None,
        )

    def _tag(self, text: str) -> int:
        if text not in self._tags:
            name = tag_name(text)
            self._tags[text] = self._work.tags.find(name) or self._work.tags.add(name)
        return self._tags[text]

    def _able(self, identifiers: Mapping[str, str]) -> tuple[str, ...]:
        """The services that can be asked for a paper with these identifiers."""
        return tuple([service.name for service in self._services if service.reference(identifiers)])

    def _besides(self, paper_id: int, said: Metadata) -> Metadata:
        """`said` without what the file has said of the paper before, in an earlier unit: what is said first holds."""
        known = self._work.papers.known(paper_id)
        told = {name: None for name in FIELDS if name in known and known[name].source == said.source}
        if "year" in told or "venue" in told:  # they go together
            told |= {"year": None, "venue": None}
        silent: dict[str, object] = {name: () if name == "authors" else None for name in told}
        return replace(said, **silent)  # type: ignore[arg-type]

    def _step(self, steps: int = 1) -> None:
        self._steps += steps
        self._tell(self._steps // 2)

    def _topic(self, path: TopicPath) -> int | None:
        """The topic at a heading path of the page; None for the page as a whole."""
        if path not in self._topics:
            whole = (*self._above, *clean_path(path))
            self._topics[path] = self._work.topics.ensure(whole) if whole else None
        return self._topics[path]

    def _paper(self, entry: Entry) -> int:
        key = kept_key(entry.key) if entry.key else None
        holder = self._work.papers.with_key(key) if key else None
        paper_id = self._known(entry.metadata)
        if paper_id is None and holder is not None and is_titled(self._work.papers, holder, entry.metadata):
            paper_id = holder
        if paper_id is None:
            paper_id = self._work.papers.add(entry.metadata, key=key)
            self._work.reading.add(paper_id, None, added=moment(entry.added, self._work.unit.now))
            self._created.add(paper_id)
            got = key if holder is None else self._work.papers.key(paper_id)
            if entry.key and got and got != entry.key:
                self._tally.rename(entry.key, got)
        return paper_id

    def _known(self, said: Metadata) -> int | None:
        return paper_of(self._work.papers, said, self._given)

    def _merge(self, home: str, paper_id: int, entry: Entry) -> None:
        work = self._work
        work.papers.owe(paper_id, self._able(work.papers.identifiers(paper_id)))
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
        for text, place in notes_of(home, entry):
            work.reading.take_in(text, place, paper_id=paper_id)

    def _mark(self, paper_id: int, entry: Entry) -> None:
        """Marks merge upwards: read wins over todo, todo over none; what the reader did in rl stays."""
        reading, mark = self._work.reading, entry.mark or self._options.unmarked
        if mark == "listed":
            return
        state = reading.state(paper_id)
        if mark == "read":
            number, day = entry.depth or self._options.read_pass, past_day(entry.finished, self._work.unit.now)
            undated = next((p for p in state.passes if p.number == number and not p.open and not p.finished), None)
            if highest_finished(state.passes) < number:
                reading.finish(paper_id, number, day)
                if state.next_pass is not None and state.next_pass <= number:
                    reading.set(paper_id, next_pass=None)
            elif day and undated and undated.id is not None:
                reading.close(undated.id, day)
                reading.touch(paper_id)
        elif not state.passes and state.next_pass is None and state.dropped is None:
            reading.set(paper_id, next_pass=1)


def _venue(work: Work, spelling: str) -> tuple[str, int] | None:
    """The canonical name of a venue, and its id, made if need be."""
    name = work.venues.name_of(spelling)
    return (name, work.venues.id_of(name)) if name else None
