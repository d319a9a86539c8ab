"""Writing records (`domain/record.py`) into a library: as they are into one that is new, else beside what is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from readlist.db.library import Work
from readlist.db.queries import add_query
from readlist.db.tables import Row, Table
from readlist.domain.listing import TopicPath
from readlist.domain.merging import FIELDS
from readlist.domain.metadata import Metadata
from readlist.domain.passes import highest_finished
from readlist.domain.record import (
    NOTED_IDS,
    NoteRecord,
    PaperRecord,
    PassRecord,
    QueryRecord,
    TagRecord,
    TopicRecord,
    VenueRecord,
)
from readlist.domain.text import fold, one_line
from readlist.domain.topics import parse_path

_THINGS: tuple[Table, ...] = ("papers", "topics", "tags", "notes", "venues")


class Transfer:
    """Takes records in, within a unit of work. With `keeping` they keep their ids; topics stand below `above`."""

    def __init__(self, work: Work, above: TopicPath = ()) -> None:
        self._work = work
        self._unit = work.unit
        self._above = above
        self._topics: dict[str, int] = {}
        self._papers: dict[int, int] = {}  # by the id in the file
        self._citing: dict[int, list[int]] = {}  # papers here, by the id in the file of one that they cite
        self.keeping = self._is_new()

    def _is_new(self) -> bool:
        """Whether there is nothing in the library, and never was: an id that was given once is not given again."""
        return not any(self._unit.ever(table) for table in _THINGS)

    # -- what papers hang on ----------------------------------------------------------------------------------------

    def venue(self, record: VenueRecord) -> None:
        """The venue, and its aliases where they mean no other venue here."""
        same = self._unit.rows("venues", name=record.name)
        if same:
            venue = int(same[0]["id"])
        else:
            venue = self._unit.insert("venues", name=record.name, **self._id(record.id))
        for alias in record.aliases:
            if self._unit.get("venue_aliases", fold(alias)) is None:
                self._work.venues.alias(venue, alias)

    def topic(self, record: TopicRecord) -> None:
        """The topic and its aliases."""
        *over, name = parse_path(record.path)
        if self.keeping and not self._above:
            parent = self._at("/".join(over)) if over else None
            topic = self._unit.insert("topics", id=record.id, name=name, parent_id=parent)
            self._topics[record.path] = topic
        else:
            topic = self._at(record.path)
        for alias in record.aliases:
            if self._unit.get("topic_aliases", topic, one_line(alias)) is None:
                self._unit.insert("topic_aliases", topic_id=topic, alias=one_line(alias))
        if record.focus and self.keeping and not self._above:
            self._unit.put("focus", topic)

    def tag(self, record: TagRecord) -> None:
        """The tag, papers or not."""
        if self._work.tags.find(record.name) is None:
            self._work.tags.add(record.name, **self._id(record.id))

    def note(self, record: NoteRecord) -> None:
        """A note of a topic or of a page as a whole, unless it is there."""
        topic = self._at(record.topic) if record.topic else None
        self._note(record, self._unit.rows("notes", paper_id=None, topic_id=topic), topic_id=topic)

    def query(self, record: QueryRecord) -> None:
        """A saved query. Where the name stands for another one here, it gets a number."""
        add_query(self._unit, record.name, record.query)

    def ids_given(self, last: Mapping[str, int]) -> None:
        """No id up to these is given to anything new."""
        if not self.keeping:
            return
        for table in NOTED_IDS:
            if table in last:
                self._unit.reserve(cast(Table, table), last[table])

    # -- a paper that is new ----------------------------------------------------------------------------------------

    def add(self, record: PaperRecord) -> int:
        """The paper as it is, with all that was done with it; returns its id."""
        unit, papers = self._unit, self._work.papers
        title = one_line(record.title)
        paper = unit.insert(
            "papers",
            key=record.key if self.keeping else papers._unused(record.key),
            kind=record.kind,
            title=title,
            folded_title=fold(title),
            year=record.year,
            published=record.published,
            venue_id=self._venue(record.venue),
            url=record.url,
            version=record.version,
            withdrawn=None if record.withdrawn is None else int(record.withdrawn),
            changed=record.changed,
            **self._id(record.id),
        )
        unit.insert(
            "reading",
            paper_id=paper,
            status="listed",
            next_pass=record.next_pass,
            priority=record.priority,
            due=record.due,
            dropped=record.dropped,
            drop_reason=record.drop_reason,
            added=record.added,
            queued=0,
            rank=0.0,
        )
        papers._set_authors(paper, record.authors)
        if record.abstract is not None or record.tldr is not None:
            unit.insert("texts", paper_id=paper, abstract=record.abstract, tldr=record.tldr)
        for name, said in record.sources.items():
            unit.insert("field_sources", paper_id=paper, field=name, source=said.source, at=said.at)
        self._beside(paper, record)
        papers.recount(paper)
        self._work.reading.settle(paper)
        self._cites(paper, record)
        return paper

    # -- a paper that is there --------------------------------------------------------------------------------------

    def join(self, paper: int, record: PaperRecord) -> bool:
        """Give the paper what the record knows and it does not; whether there was anything.

        What was said of it is weighed by who said it (`domain/merging.py`), and of two sayings of one speaker by the
        day. What its reader did here stays: the record adds passes, notes and wishes, it takes none away.
        """
        unit, reading = self._unit, self._work.reading
        before, read = unit.altered, highest_finished(reading.state(paper).passes)
        for said in self._sayings(paper, record):
            self._work.papers.learn(paper, said)
        self._beside(paper, record)
        self._work.papers.recount(paper)
        row = unit.get("reading", paper)
        assert row is not None
        unit.update("reading", paper, **self._wishes(paper, read, row, record))
        changed = unit.altered != before
        if changed:
            reading.touch(paper)
            reading.settle_cited(paper)
        self._cites(paper, record)
        return changed

    def _sayings(self, paper: int, record: PaperRecord) -> list[Metadata]:
        ours = {row["field"]: row for row in self._unit.rows("field_sources", paper_id=paper)}
        fields: dict[str, dict[str, Any]] = {}
        for name, said in record.sources.items():
            if name not in FIELDS or said.source == "reference" or not getattr(record, name):
                continue
            known = ours.get(name)
            if known is None or known["source"] != said.source or _moment(known["at"]) < _moment(said.at):
                fields.setdefault(said.source, {})[name] = getattr(record, name)
        withdrawn = record.sources.get("withdrawn")
        if record.withdrawn and withdrawn:
            fields.setdefault(withdrawn.source, {})["withdrawn"] = True
        sayings = [Metadata(source, **values) for source, values in fields.items()]
        return [*sayings, Metadata("page", version=record.version)] if record.version else sayings

    def _wishes(self, paper: int, read: int, ours: Row, record: PaperRecord) -> dict[str, Any]:
        """The queue's settings: what is set here stays, what is not is taken from the record.

        A pass that is wanted on one side and was read on the other is not wanted any more. `read` is the deepest pass
        that was read before the record's were added.
        """
        events = self._work.reading.state(paper).passes
        here, there = ours["next_pass"] or 0, 0 if record.dropped else record.next_pass or 0
        wanted = max(0 if read < here <= highest_finished(events) else here, 0 if there <= read else there) or None
        untouched = not (here or ours["dropped"] or events or wanted)
        return {
            "next_pass": ours["next_pass"] if ours["dropped"] else wanted,
            "priority": record.priority if ours["priority"] == "normal" else ours["priority"],
            "due": ours["due"] or record.due,
            "dropped": record.dropped if untouched else ours["dropped"],
            "drop_reason": record.drop_reason if untouched else ours["drop_reason"],
            "added": min(ours["added"], record.added, key=_moment),
        }

    # -- both -------------------------------------------------------------------------------------------------------

    def _beside(self, paper: int, record: PaperRecord) -> None:
        """All that a paper has any number of, each unless it is there."""
        unit, work = self._unit, self._work
        for scheme, value in record.all_identifiers():
            if work.papers.with_identifier(scheme, value) is None:
                unit.insert("identifiers", scheme=scheme, value=value, paper_id=paper)
        for link in record.links:
            work.papers.add_link(paper, link)
        for seen in record.citations:
            if unit.get("observations", paper, seen.source, seen.observed) is None:
                unit.insert(
                    "observations", paper_id=paper, source=seen.source, day=seen.observed, count=seen.count,
                    influential=seen.influential,
                )  # fmt: skip
        for source, fetch in record.fetches.items():
            known = unit.get("fetches", paper, source)
            if known is None or (known["state"] != "found" and fetch.state == "found"):
                unit.put("fetches", paper, source, state=fetch.state, at=fetch.at)
        passes = self._passes(paper, record.passes)
        notes = unit.rows("notes", paper_id=paper)
        for note in record.notes:
            self._note(note, notes, paper_id=paper, pass_id=passes.get(note.of or 0))
        if record.summary:
            self._summary(paper, record)
        for path in record.topics:
            work.topics.attach(paper, self._at(path))
        for tag in record.tags:
            work.tags.attach(paper, tag)

    def _cites(self, paper: int, record: PaperRecord) -> None:
        """The papers of the file that the paper cites, or that cite it, as far as they have been taken in."""
        cite = self._work.reading.cite
        self._papers[record.id] = paper
        for citing in self._citing.pop(record.id, ()):
            cite(citing, paper)
        for cited in record.cites:
            if cited in self._papers:
                cite(paper, self._papers[cited])
            else:
                self._citing.setdefault(cited, []).append(paper)

    def _passes(self, paper: int, records: Sequence[PassRecord]) -> dict[int, int]:
        """The passes that are not there; by the id of the record the id here."""
        known = self._unit.rows("passes", paper_id=paper)
        here: dict[int, int] = {}
        for one in records:
            values = {"started": one.started, "finished": one.finished, "minutes": one.minutes, "version": one.version}
            same = next((row for row in known if _is_same_pass(row, one)), None)
            if same is None:
                here[one.id] = self._unit.insert(
                    "passes", paper_id=paper, number=one.number, **values, **self._id(one.id)
                )
                continue
            known.remove(same)  # a pass that was read twice is there twice
            here[one.id] = same["id"]
            self._unit.update(
                "passes", same["id"], **{name: value for name, value in values.items() if same[name] is None}
            )
        return here

    def _note(self, note: NoteRecord, known: Sequence[Row], **of: int | None) -> None:
        if not self.keeping and any(note.text in (row["text"], row["imported"]) for row in known):
            return
        self._unit.insert(
            "notes",
            **{"paper_id": None, "topic_id": None, "pass_id": None, "pass": note.number, **of},
            text=note.text,
            created=note.created,
            page=note.page,
            imported=note.text if note.imported is True else note.imported or None,
            **self._id(note.id),
        )

    def _summary(self, paper: int, record: PaperRecord) -> None:
        """Of two summaries the one here stays, and the other becomes a note."""
        assert record.summary
        ours = self._unit.get("summaries", paper)
        if ours is None:
            self._unit.insert("summaries", paper_id=paper, text=record.summary.text, changed=record.summary.changed)
        elif ours["text"] != record.summary.text:
            note = NoteRecord(0, record.summary.text, record.summary.changed)
            self._note(note, self._unit.rows("notes", paper_id=paper), paper_id=paper)

    def _venue(self, name: str | None) -> int | None:
        venues = self._work.venues
        known = name if self.keeping or not name else venues.name_of(name)
        return venues.id_of(known) if known else None

    def _at(self, path: str) -> int:
        if path not in self._topics:
            self._topics[path] = self._work.topics.ensure((*self._above, *parse_path(path)))
        return self._topics[path]

    def _id(self, given: int) -> dict[str, int]:
        return {"id": given} if self.keeping else {}


def _is_same_pass(row: Row, one: PassRecord) -> bool:
    """Whether a pass is this one: of the same number, and begun or finished at the same moment.

    One whose days are not known may be any of its number, and one under way is the one that was finished later.
    """
    if row["number"] != one.number:
        return False
    if row["started"] and one.started:
        return _moment(row["started"]) == _moment(one.started)
    if row["finished"] and one.finished:
        return _moment(row["finished"]) == _moment(one.finished)
    return not (row["started"] or row["finished"]) or not (one.started or one.finished)


def _moment(stamp: str) -> datetime:
    """An ISO date or date-time as a moment that can be compared; of a day its beginning."""
    found = datetime.fromisoformat(stamp)
    return found if found.tzinfo else found.astimezone()
