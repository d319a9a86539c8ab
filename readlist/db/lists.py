"""Which papers a list shows, in which order, how many there are, and, for a pipe, the fields that it prints of each.

An order that an index has is walked along it, up to the limit. But of few papers among many nearly all would have to be
passed by first; these are found by what is asked of them, and sorted. So papers that meet a condition are counted
first, no further than `MANY`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any, cast

from readlist.db.conditions import condition
from readlist.db.focus import ALL, Focus
from readlist.db.reader import CHUNK
from readlist.domain.dates import day_of
from readlist.domain.filter import Filter
from readlist.domain.queue import PLACES, beyond_rank

MANY = 10_000
"""So many papers are counted one by one, in 0.3 ms; beyond, their number is told only to who asks for it exactly."""

SORTS: Mapping[str, str] = {
    "urgency": "r.rank desc, p.id",
    "citations": "p.citations desc, p.id",
    "year": "p.year desc, p.id",
    "added": "p.id desc",
    "due": "r.due nulls last, r.paper_id",
    "title": "p.folded_title, p.id",
    "id": "p.id",
    "key": "p.key",
}
"""Orders of a list, by name; what is not known stands last. An index has each in exactly this order.

Ids are given in the order of adding, so the newest are those with the highest.
"""

Row = tuple[int, str, str, "int | None", str, str, "str | None", "int | None", "int | None", "float | None"]
"""What a plain list prints: id, key, status, next pass, title, authors, venue, year, citations, urgency.

Authors are the names of up to two, divided by `BETWEEN`; of three and more the first one and two of these."""

BETWEEN = "\x1f"

_SELECTED = "from reading r join papers p on p.id = r.paper_id where "
# A cross join is read in the order in which it is written.
_BY_PAPER = "from papers p cross join reading r on r.paper_id = p.id where "
_BY_READING = "from reading r cross join papers p on p.id = r.paper_id where "

_LABELLED = "((p.id in (select paper_id from paper_"
"""How a condition begins that asks for a label: its papers are found in the order of their ids, and not sorted."""

_AUTHORS = (
    "from paper_authors l join authors a on a.id = l.author_id where l.paper_id = p.id order by l.position limit 1"
)
_FIRST, _SECOND = f"(select a.name {_AUTHORS})", f"(select a.name {_AUTHORS} offset 1)"
_FIELDS = (
    "p.id, p.key, r.status, r.next_pass, p.title, "
    "case (select count(*) from paper_authors l where l.paper_id = p.id) when 0 then '' "
    f"when 1 then {_FIRST} when 2 then {_FIRST} || '{BETWEEN}' || {_SECOND} else {_FIRST} || '{BETWEEN * 2}' end, "
    "(select v.name from venues v where v.id = p.venue_id), p.year, p.citations, "
    "case when r.queued then r.rank end, r.due, r.added"
)


class Lists(Focus):
    """Papers by what is asked of them."""

    _last_count: tuple[Any, int] = (None, 0)  # what was counted, and how many there were

    def count(self, wanted: Filter, *, queue: bool = False, focused: bool = False, most: int | None = None) -> int:
        """How many papers meet `wanted`; with `most` no more than one beyond it are counted."""
        with self._snapshot():
            where, values = self._where(wanted, queue, focused)
            return self._counted(where, values, most)

    def ids(
        self,
        wanted: Filter,
        sort: str,
        limit: int | None,
        today: date,
        *,
        queue: bool = False,
        focused: bool = False,
    ) -> list[int]:
        """The ids of the papers that meet `wanted`, in order: for what goes through more papers than are read at once.

        `limit` None: all. `queue`: only those waiting or being read. `focused`: only papers under the topics in focus,
        if there are any.
        """
        with self._snapshot():
            where, values, many = self._planned(wanted, queue, focused)
            if sort == "urgency":
                return self._most_urgent(where, values, limit, today, queue=queue, many=many or where in ALL)
            return [i for (i,) in self._in_order("p.id", where, values, many, sort, limit)]

    def widest(self) -> tuple[int, int]:
        """The highest id, and the highest count of citations, that a list may have to show."""
        return self._one("select max(id) from papers") or 0, self._one("select max(citations) from papers") or 0

    def rows(
        self, wanted: Filter, sort: str, limit: int | None, today: date, *, queue: bool = False, focused: bool = False
    ) -> Iterator[Row]:
        """What a plain list prints of the papers that `ids` names, read as it is asked for, from one state."""
        with self._snapshot():
            where, values, many = self._planned(wanted, queue, focused)
            if sort == "urgency":
                ids = self._most_urgent(where, values, limit, today, queue=queue, many=many or where in ALL)
                found: Iterator[tuple[Any, ...]] = chain.from_iterable(
                    self._rows_of(ids[start : start + CHUNK]) for start in range(0, len(ids), CHUNK)
                )
            else:
                found = self._in_order(_FIELDS, where, values, many, sort, limit)
            yield from self._with_urgency(found, today)

    def _where(self, wanted: Filter, queue: bool, focused: bool, walked: bool = False) -> tuple[str, Sequence[Any]]:
        where, values = condition(wanted, self.forest, walked)
        inside = self.in_focus("p.id") if focused else None
        parts = [*(["r.queued = 1"] if queue else ()), *([f"({where})"] if wanted.terms else ())]
        return " and ".join([*parts, *([inside] if inside else ())]) or "1", values

    def _planned(self, wanted: Filter, queue: bool, focused: bool) -> tuple[str, Sequence[Any], bool]:
        """The condition with its values, and whether the first papers in any order are soon found by walking along it.

        That is so where many are wanted.
        """
        where, values = self._where(wanted, queue, focused)
        many = where == "1" or self._counted(where, values, MANY) > MANY
        return (*(self._where(wanted, queue, focused, walked=True) if many else (where, values)), many)

    def _counted(self, where: str, values: Sequence[Any], most: int | None) -> int:
        asked = (where, tuple(values), most)
        if asked != self._last_count[0]:  # who shows a part of a list asks for the number again
            # A paper has one row of reading, so what asks of the paper for its id alone needs no join.
            by_id = where.replace("p.id", "r.paper_id")
            source = f"from reading r where {by_id}" if "p." not in by_id else f"{_SELECTED}{where}"
            if most is not None:
                source = f"from (select 1 {source} limit {most + 1:d})"
            self._last_count = asked, int(self._one(f"select count(*) {source}", *values))
        return self._last_count[1]

    def _in_order(
        self, columns: str, where: str, values: Sequence[Any], many: bool, sort: str, limit: int | None
    ) -> Iterator[tuple[Any, ...]]:
        order = SORTS[sort]
        if many:
            source = _BY_READING if order.startswith("r.") else _BY_PAPER
        elif sort == "id" and where.startswith(_LABELLED):
            source = _BY_PAPER
        else:
            source = _SELECTED
            order = f"+{order}"  # not by an index
        tail = "" if limit is None else f" limit {limit:d}"
        return self._connection.execute(f"select {columns} {source}{where} order by {order}{tail}", values)

    def _rows_of(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        marks = ",".join("?" * len(ids))
        found = {row[0]: row for row in self._all(f"select {_FIELDS} {_BY_PAPER}p.id in ({marks})", *ids)}
        return [found[i] for i in ids]

    def _with_urgency(self, rows: Iterator[tuple[Any, ...]], today: date) -> Iterator[Row]:
        """The rows with their urgency on the day `today` in the place of rank, due date and time of adding."""
        weights = self._weights
        age = weights["age"]
        now = today.toordinal()
        stored = self.rank_weights() == weights
        has_focus = bool(self._focused())
        waits: dict[str, tuple[float, float]] = {}  # by day of adding: what the rank lacks of it, and what it adds now
        while chunk := list(islice(rows, CHUNK)):
            queued = [row[0] for row in chunk if row[9] is not None]
            inside = self.papers_in_focus(queued) if has_focus else set()
            ranks = None if stored else self.ranks(queued, weights)
            for row in chunk:
                i, rank, due, day = row[0], row[9], row[10], row[11][:10]
                if rank is None:
                    yield cast(Row, row[:10])
                    continue
                if day not in waits:
                    added = date.fromisoformat(day).toordinal()
                    waits[day] = age * added, round(age * (now - added), PLACES)
                lacking, waited = waits[day]
                points = round((rank if ranks is None else ranks[i]) + lacking, PLACES) + waited
                if due is not None or i in inside:
                    points += beyond_rank(day_of(due), i in inside, today, weights)
                # Nothing is never shown as -0.
                yield cast(Row, (*row[:9], round(points, PLACES) + 0.0))
