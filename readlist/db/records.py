"""Reading the library as records (`domain/record.py`): every fact of it, a few hundred papers at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from readlist.db.log_records import LogReader
from readlist.db.reader import CHUNK, Reader
from readlist.db.views import Views
from readlist.domain.paper import FieldSource, Observation
from readlist.domain.record import (
    HISTORY,
    Deeds,
    FetchRecord,
    LinkRecord,
    NoteRecord,
    PaperRecord,
    PassRecord,
    QueryRecord,
    Record,
    Records,
    SummaryRecord,
    TagRecord,
    TopicRecord,
    VenueRecord,
)
from readlist.domain.topics import Forest, Topic

_NOTE = "id, text, created, pass, pass_id, page, imported, topic_id"


def records(
    views: Views,
    ids: Sequence[int],
    whole: bool,
    tell: Callable[[int, int], None] = lambda done, total: None,
    deeds: Deeds = "held",
) -> Records:
    """The records of the papers with these ids, in this order, and of all that they hang on.

    With `whole` also of what no paper hangs on, and, unless `deeds` is "none", of what was done. `tell` hears how many
    papers have been read, and of how many.
    """
    source = _Source(views._connection, whole)
    history = LogReader(views._connection, deeds) if whole and deeds != "none" else None
    used = None if whole else source.used(ids)

    def of(section: str) -> Iterator[Record]:
        if section == "papers":
            return source.papers(ids, tell)
        if section in HISTORY:
            return iter(getattr(history, section)() if history else ())
        if section == "queries":
            return (QueryRecord(*pair) for pair in views.queries().items()) if whole else iter(())
        chosen = getattr(source, section)(views.forest())
        return (record for record in chosen if used is None or used(section, record))

    return Records(of, history.last() if history else {}, history is not None)


class _Source(Reader):
    def __init__(self, connection: sqlite3.Connection, whole: bool) -> None:
        super().__init__(connection)
        self._whole = whole

    def used(self, ids: Sequence[int]) -> Callable[[str, Any], bool]:
        """Tells whether a record of a section is one that these papers hang on: their venues, topics, tags."""
        ask = {
            "venues": "select distinct venue_id from papers where id in ({})",
            "topics": "select distinct topic_id from paper_topics where paper_id in ({})",
            "tags": "select distinct tag_id from paper_tags where paper_id in ({})",
        }
        found = {
            section: {
                i
                for start in range(0, len(ids), CHUNK)
                for chunk in (ids[start : start + CHUNK],)
                for (i,) in self._all(sql.format(",".join("?" * len(chunk))), *chunk)
            }
            for section, sql in ask.items()
        }
        above = dict(self._all("select id, parent_id from topics"))
        for topic in list(found["topics"]):
            while (topic := above[topic]) is not None:
                found["topics"].add(topic)
        paths = {
            record.path for record in self.topics(Views(self._connection).forest()) if record.id in found["topics"]
        }
        return lambda section, record: record.topic in paths if section == "notes" else record.id in found[section]

    def venues(self, _forest: Forest) -> Iterator[VenueRecord]:
        aliases = self._grouped_by_id("select venue_id, alias from venue_aliases order by venue_id, alias")
        for i, name in self._all("select id, name from venues order by id"):
            yield VenueRecord(i, name, tuple(aliases.get(i, ())))

    def topics(self, forest: Forest) -> Iterator[TopicRecord]:
        def below(parent: int | None) -> Iterator[Topic]:
            for topic in forest.children(parent):
                yield topic
                yield from below(topic.id)

        focus = {i for (i,) in self._all("select topic_id from focus")} if self._whole else set()
        for topic in below(None):
            yield TopicRecord(topic.id, forest.path(topic), topic.aliases, True if topic.id in focus else None)

    def tags(self, _forest: Forest) -> Iterator[TagRecord]:
        for i, name in self._all("select id, name from tags order by id"):
            yield TagRecord(i, name)

    def notes(self, forest: Forest) -> Iterator[NoteRecord]:
        paths = {topic.id: forest.path(topic) for topic in forest.topics}
        for row in self._all(f"select {_NOTE} from notes where paper_id is null order by id"):
            yield _note(row, paths.get(row[7]))

    def papers(self, ids: Sequence[int], tell: Callable[[int, int], None]) -> Iterator[PaperRecord]:
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            with self._snapshot():
                found = {paper.id: paper for paper in self._papers(chunk)}
            yield from (found[i] for i in chunk if i in found)
            tell(start + len(chunk), len(ids))

    def _papers(self, ids: Sequence[int]) -> Iterator[PaperRecord]:
        where = f"where paper_id in ({','.join('?' * len(ids))})"
        forest = Views(self._connection).forest()
        paths = {topic.id: forest.path(topic) for topic in forest.topics}

        def grouped(columns: str, table: str, order: str, make: Callable[..., Any]) -> Callable[[int], tuple[Any, ...]]:
            groups = self._grouped(
                f"select paper_id, {columns} from {table} {where} order by paper_id, {order}",
                ids,
                lambda row: make(*row[1:]),
            )
            return lambda paper: tuple(groups.get(paper, ()))

        authors = grouped("a.name", "paper_authors l join authors a on a.id = l.author_id", "position", str)
        identifiers = grouped("scheme, value", "identifiers", "scheme, value", lambda *pair: pair)
        texts = grouped("abstract, tldr", "texts", "paper_id", lambda *pair: pair)
        links = grouped("rel, url, text, id", "links", "id", LinkRecord)
        counts = grouped("count, source, day, influential", "observations", "day, source", Observation)
        sources = grouped("field, source, at", "field_sources", "field", lambda field, *said: (field, said))
        fetches = grouped("source, state, at", "fetches", "source", lambda source, *said: (source, said))
        passes = grouped("id, number, started, finished, minutes, version", "passes", "id", PassRecord)
        notes = grouped(_NOTE, "notes", "id", lambda *row: _note(row, None))
        summaries = grouped("text, changed", "summaries", "paper_id", SummaryRecord)
        cites = grouped("cited_id", "cites", "cited_id", int)
        topics = grouped("topic_id", "paper_topics", "topic_id", paths.__getitem__)
        tags = grouped("t.name", "paper_tags l join tags t on t.id = l.tag_id", "t.id", str)
        for row in self._all(
            "select p.id, p.key, p.kind, p.title, p.year, p.published, v.name, p.url, p.version, p.withdrawn, "
            "p.changed, r.next_pass, r.priority, r.due, r.dropped, r.drop_reason, r.added "
            "from papers p join reading r on r.paper_id = p.id left join venues v on v.id = p.venue_id "
            f"where p.id in ({','.join('?' * len(ids))})",
            *ids,
        ):
            i, key, kind, title, year, published, venue, url, version, withdrawn = row[:10]
            changed, next_pass, priority, due, dropped, drop_reason, added = row[10:]
            ((abstract, tldr),) = texts(i) or ((None, None),)
            values: dict[str, list[str]] = {}
            for scheme, value in identifiers(i):
                values.setdefault(scheme, []).append(value)
            yield PaperRecord(
                i, key, kind, title, added, changed, authors(i), year, published, venue,
                {scheme: first for scheme, (first, *_) in values.items()}, url,
                links(i), version, None if withdrawn is None else bool(withdrawn), next_pass, priority, due, dropped,
                drop_reason, passes(i), topics(i), tags(i), next(iter(summaries(i)), None), notes(i), counts(i), tldr,
                abstract, {field: FieldSource(*said) for field, said in sources(i)},
                {source: FetchRecord(*said) for source, said in fetches(i)},
                {scheme: tuple(more) for scheme, (_, *more) in values.items() if more}, cites=cites(i),
            )  # fmt: skip

    def _grouped_by_id(self, sql: str) -> dict[int, list[str]]:
        groups: dict[int, list[str]] = {}
        for i, text in self._all(sql):
            groups.setdefault(i, []).append(text)
        return groups


def _note(row: tuple[Any, ...], topic: str | None) -> NoteRecord:
    i, text, created, number, of, page, imported, _ = row
    return NoteRecord(i, text, created, topic, number, of, page, True if imported == text else imported)
