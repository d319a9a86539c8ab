"""Reading what exporters write of papers: a few hundred at a time, each kind of detail by one query for all of them.

A whole library goes through here, so it reads no more than is written, and makes no more of it than a tuple.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from readlist.db.reader import Reader
from readlist.db.views import Views
from readlist.domain.metadata import Link
from readlist.domain.paper import Note, Observation
from readlist.domain.passes import Pass, with_implied
from readlist.domain.shelf import Shelved
from readlist.domain.topics import Forest

T = TypeVar("T")

AT_ONCE = 500
"""Papers that are in memory together."""

_ASKED = "in (select value from json_each(?))"
_ROWS = f"""
    select p.id, p.key, p.kind, p.title, p.year, p.published, p.url, v.name, x.abstract, s.text
    from papers p left join venues v on v.id = p.venue_id
    left join texts x on x.paper_id = p.id left join summaries s on s.paper_id = p.id where p.id {_ASKED}
"""
_READING = f"""
    select p.id, r.status, r.next_pass, r.priority, r.due, r.drop_reason, r.added, p.changed, p.citations
    from papers p join reading r on r.paper_id = p.id where p.id {_ASKED}
"""


def _of(columns: str, table: str, order: str) -> str:
    """The query for a kind of detail: the paper that it belongs to, and `columns`."""
    return f"select l.paper_id, {columns} from {table} where l.paper_id {_ASKED} order by {order}"


# What nearly every paper has, and has several of: its texts as one, since most of the time goes into making rows.
_BETWEEN = "\x1f"  # in no name, since names are stored as `domain.text.one_line` leaves them
_TOGETHER = f"select paper_id, group_concat(name, '{_BETWEEN}') from ({{}}) group by paper_id"
# A cross join is read in the order in which it is written.
_AUTHORS = _TOGETHER.format(
    _of("a.name", "paper_authors l cross join authors a on a.id = l.author_id", "l.paper_id, l.position")
)
_TAGS = _TOGETHER.format(_of("t.name", "paper_tags l cross join tags t on t.id = l.tag_id", "l.paper_id, t.name"))
_IDENTIFIERS = _of("l.scheme, l.value", "identifiers l", "l.paper_id, l.scheme, l.value")
_LINKS = _of("l.rel, l.url, l.text", "links l", "l.id")
_NOTES = _of("l.text, l.created, l.pass, l.id", "notes l", "l.id")
_COUNTS = _of("l.count, l.source, l.day, l.influential", "observations l", "l.day, l.source")
_PASSES = _of("l.number, l.started, l.finished, l.minutes, l.id, l.version", "passes l", "l.id")
_TOPICS = _of("l.topic_id", "paper_topics l", "l.topic_id")

_READ_FROM = Shelved._fields.index("status")
_NOTHING: Mapping[str, str] = {}


def shelved(views: Views, ids: Sequence[int], whole: bool) -> Iterator[list[Shelved]]:
    """The papers with these ids, in this order, a few hundred together.

    Without `whole` they have what bibliographies tell: nothing of the reading, of topics, counts and days.
    """
    return _Chunks(views._connection, views.forest() if whole else None).of(ids)


def of_one_state(views: Views, pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, all of them made from one state of the library, whoever writes to it meanwhile."""
    with views._snapshot():
        yield from pieces


class _Chunks(Reader):
    """Reads papers; with the topics in `forest`, all that is written of them."""

    def __init__(self, connection: sqlite3.Connection, forest: Forest | None) -> None:
        super().__init__(connection)
        self._paths = {topic.id: forest.path(topic) for topic in forest.topics} if forest else {}
        self._whole = forest is not None
        # What stands in the place of the reading where it is not read.
        self._unread = tuple(Shelved._field_defaults[name] for name in Shelved._fields[_READ_FROM:])

    def of(self, ids: Sequence[int]) -> Iterator[list[Shelved]]:
        for start in range(0, len(ids), AT_ONCE):
            with self._snapshot():
                yield list(self._papers(ids[start : start + AT_ONCE]))

    def _papers(self, ids: Sequence[int]) -> Iterator[Shelved]:
        asked = json.dumps(ids)
        ask = self._connection.execute
        authors: dict[int, str] = dict(ask(_AUTHORS, (asked,)))
        tags: dict[int, str] = dict(ask(_TAGS, (asked,)))
        identifiers: dict[int, dict[str, str]] = {}
        for i, scheme, value in ask(_IDENTIFIERS, (asked,)):
            if i in identifiers:
                identifiers[i][scheme] = value
            else:
                identifiers[i] = {scheme: value}
        links, notes = self._made(_LINKS, asked, Link), self._made(_NOTES, asked, Note)
        more = self._reading(asked) if self._whole else None
        unread = self._unread
        rows = {
            (i := row[0]): (
                *row,
                authors[i].split(_BETWEEN) if i in authors else (),
                identifiers.get(i, _NOTHING),
                tags[i].split(_BETWEEN) if i in tags else (),
                links.get(i, ()),
                notes.get(i, ()),
                *(more[i] if more else unread),
            )
            for row in ask(_ROWS, (asked,))
        }
        return (Shelved._make(rows[i]) for i in ids if i in rows)

    def _reading(self, asked: str) -> dict[int, tuple[Any, ...]]:
        """By paper: what `Shelved` has behind the notes."""
        counts, passes = self._made(_COUNTS, asked, Observation), self._made(_PASSES, asked, _pass)
        topics = self._made(_TOPICS, asked, self._paths.__getitem__)
        found: dict[int, tuple[Any, ...]] = {}
        for i, *row, shown in self._connection.execute(_READING, (asked,)):
            newest = next((count for count in reversed(counts.get(i, ())) if count.count == shown), None)
            events = passes.get(i)
            found[i] = (*row, newest, with_implied(events) if events else (), topics.get(i, ()))
        return found

    def _made(self, sql: str, asked: str, make: Callable[..., T]) -> dict[int, list[T]]:
        """By paper: what `make` makes of the columns behind the first."""
        groups: dict[int, list[T]] = {}
        for i, *values in self._connection.execute(sql, (asked,)):
            groups.setdefault(i, []).append(make(*values))
        return groups


def _pass(
    number: int, started: str | None, finished: str | None, minutes: int | None, i: int, version: int | None
) -> Pass:
    return Pass(number, started, finished, minutes, id=i, version=version)
