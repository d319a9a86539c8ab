"""Reading how many papers waited in the past, of those that meet a filter.

That is not stored. It is taken from the log, which tells when a paper came into the queue or left it. The rules are
those of `db.past`: what was taken back never was; a pass noted later counts on its own day; papers that are gone never
were there. Where the log does not reach (it was trimmed, or the papers came from another library), a paper's own days
stand in: it came in when it was added, and went out when its last pass was finished or it was given up. `db.past` asks
how each paper stood on a day; here only the papers that moved are looked at one by one.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from readlist.db.conditions import condition
from readlist.db.past import finished_by, pass_between
from readlist.db.undone import Undone
from readlist.db.views import Views
from readlist.domain.dates import day_of
from readlist.domain.passes import Pass
from readlist.domain.query import Filter
from readlist.domain.report import standing
from readlist.domain.stats import Moves, moves_of

if TYPE_CHECKING:
    from readlist.db.changes import Change

_LAST = "(select max(substr(finished, 1, 10)) from passes l where l.paper_id = r.paper_id and l.finished is not null)"
# The day on which a paper that waits no more did so for the last time, as far as the paper itself tells.
_LEFT = f"coalesce(case when r.next_pass is not null then substr(r.dropped, 1, 10) end, {_LAST})"
# Commands that change thousands of papers at a time, but never the queue: their part of the log need not be read.
_NEVER_QUEUE = ("refresh",)
_TELLING = ("reading", "passes")
_WISHES = ("next_pass", "dropped", "queued")


@dataclass(slots=True)
class _Told:
    """What a command of `day` did to a paper: whether it waited afterwards (None: as before), what was wanted before
    it where that is otherwise, and the day of the pass that it notes, if that is an earlier one."""

    day: date
    waits: int | None = None
    late: date | None = None
    before: dict[str, Any] = field(default_factory=dict)


class Waiting(Undone):
    """The papers that meet a filter, and when they waited."""

    def __init__(self, views: Views, wanted: Filter) -> None:
        """Raises NotFound if `wanted` names a topic that there is not."""
        super().__init__(views._connection)
        self.snapshot = self._snapshot
        self._forest = views.forest
        where, self._values = condition(wanted, views.forest)
        chosen = f"in (select p.id from reading r join papers p on p.id = r.paper_id where {where})"
        self._some = chosen if wanted.terms else ""

    def _of(self, column: str) -> str:
        """The condition that the paper in this column is one of those counted; its values are `self._values`."""
        return f"{column} {self._some}" if self._some else "1"

    def moves(self, since: date) -> list[Moves]:
        """What changed the queue, day by day, from `since` on; of the days before at least what concerns them."""
        logged = self._logged(since)
        came: Counter[str] = Counter()
        went: Counter[str] = Counter()
        rows = self._all(
            "select paper_id, substr(added, 1, 10) from reading r where paper_id in (select value from json_each(?)) "
            f"and {self._of('r.paper_id')}",
            json.dumps(list(logged)), *self._values,
        )  # fmt: skip
        for paper, added in rows:
            for day, into in moves_of(date.fromisoformat(added), *logged[paper]):
                (came if into else went)[day.isoformat()] += 1
        # All others waited from the day on which they were added, if they wait.
        others = f"paper_id not in (select value from json_each(?)) and {self._of('r.paper_id')}"
        values = (json.dumps([paper for paper, _ in rows]), *self._values)
        waiting: dict[str, int] = dict(
            self._all(
                f"select substr(added, 1, 10) as day, count(*) from reading r where queued = 1 and {others} "
                "group by day",
                *values,
            )
        )
        came.update(waiting)
        for added, left, count in self._before_the_log(since, others, values):
            came[added] += count
            went[left] += count
        return [Moves(date.fromisoformat(day), came[day], went[day]) for day in sorted({*came, *went})]

    def _before_the_log(self, since: date, others: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        """Papers that waited from one day to another of which the log does not tell: (first day, last day, count)."""
        known_from = self._one("select substr(at, 1, 10) from log order by id limit 1") or "9999"
        return self._all(
            f"select added, left, count(*) from (select r.paper_id, substr(r.added, 1, 10) as added, {_LEFT} as left "
            f"from reading r where r.queued = 0 and r.status in ('done', 'dropped') and {others}) r "
            "where left >= ? and left > added and left <= coalesce((select min(substr(l.at, 1, 10)) "
            "from log_papers lp join log_parts p on p.id = lp.part_id join log l on l.id = p.log_id "
            "where lp.paper_id = r.paper_id and lp.how = 'added'), ?) group by added, left",
            *values, since.isoformat(), known_from,
        )  # fmt: skip

    def _logged(self, since: date) -> dict[int, tuple[list[tuple[date, bool | None]], bool]]:
        """By paper that came into the queue or left it from `since` on: what commands did, and whether it waited
        before them, as `moves_of` takes it."""
        told: dict[int, list[_Told]] = defaultdict(list)
        for day, changes in self._entries(since):
            of_papers: dict[int, _Told] = {}
            for paper, change in changes:
                one = of_papers.setdefault(paper, _Told(day))
                if change.table == "reading" and change.before is not None:
                    one.before.update({name: change.before[name] for name in _WISHES if name in change.before})
                    one.waits = (change.after or {}).get("queued", one.waits)
                elif change.table == "passes" and (finished := finished_by(change)) and finished < day:
                    one.late = min(finished, one.late or finished)
            for paper, one in of_papers.items():
                told[paper].append(one)
        late = self._late({paper: steps for paper, steps in told.items() if any(one.late for one in steps)})
        plain = {
            paper: [(one.day, None if one.waits is None else bool(one.waits)) for one in steps]
            for paper, steps in told.items()
            if paper not in late and any(one.waits is not None for one in steps)
        }
        first = {paper: next(waits for _, waits in steps if waits is not None) for paper, steps in plain.items()}
        return late | {paper: (steps, not first[paper]) for paper, steps in plain.items()}

    def _late(self, told: Mapping[int, list[_Told]]) -> dict[int, tuple[list[tuple[date, bool | None]], bool]]:
        """The same of papers of which a pass was noted later: how they stood from its day on, as reports tell."""
        rows = self._read_so_far(told)
        found = {}
        for paper, (added, now, events) in rows.items():
            steps: list[tuple[date, bool | None]] = []
            days = {day for event in events for day in (day_of(event.started), day_of(event.finished)) if day}
            wish = dict(now)
            for one in reversed(told[paper]):
                if one.late:
                    known = {"dropped": wish["dropped"], "drop_reason": None, "summary": None}
                    spell = []
                    for day in sorted({one.late, *(it for it in days if one.late < it < one.day)}):
                        wanted = pass_between(events, day, one.day) or wish["next_pass"]
                        stood = standing(day, added, events, next_pass=wanted, **known)
                        spell.append((day, stood.status in ("todo", "reading")))
                    steps[:0] = [*spell, (one.day, bool(wish["queued"]))]
                else:
                    steps.insert(0, (one.day, bool(wish["queued"])))
                wish.update(one.before)
            found[paper] = (steps, bool(wish["queued"]))
        return found

    def _read_so_far(self, papers: Iterable[int]) -> dict[int, tuple[date, dict[str, Any], list[Pass]]]:
        """Of each of these papers: the day it was added, what is wanted of it, and its passes."""
        ids = json.dumps(list(papers))
        passes: dict[int, list[Pass]] = defaultdict(list)
        for paper, *event in self._all(
            "select paper_id, number, started, finished from passes "
            "where paper_id in (select value from json_each(?)) order by id",
            ids,
        ):
            passes[paper].append(Pass(*event))
        rows = self._all(
            f"select paper_id, added, {', '.join(_WISHES)} from reading "
            "where paper_id in (select value from json_each(?))",
            ids,
        )
        return {
            paper: (date.fromisoformat(added[:10]), dict(zip(_WISHES, wish, strict=True)), passes[paper])
            for paper, added, *wish in rows
        }

    def _entries(self, since: date) -> Iterator[tuple[date, list[tuple[int, Change]]]]:
        """The commands of the log that hold, from `since` on: their days, and what they did to papers there before."""
        from readlist.db.changes import decoded

        void = self._taken_back()
        rows = self._all(
            "select l.id, substr(l.at, 1, 10) as day, lp.part_id, lp.paper_id "
            "from log l join log_parts p on p.log_id = l.id join log_papers lp on lp.part_id = p.id "
            "where day >= ? and l.undoes is null and l.changed > 0 and lp.how = 'changed' "
            f"and l.command not in ({','.join('?' * len(_NEVER_QUEUE))}) order by l.id, lp.part_id",
            since.isoformat(), *_NEVER_QUEUE,
        )  # fmt: skip
        for (entry, day), of_entry in groupby(rows, key=itemgetter(0, 1)):
            if entry in void:
                continue
            changes = []
            for part, of_part in groupby(of_entry, key=itemgetter(2)):
                papers = {paper for *_, paper in of_part}
                stored = self._one("select changes from log_parts where id = ?", part)
                changes += [(i, it) for it in decoded(stored) for i in it.papers & papers if it.table in _TELLING]
            yield date.fromisoformat(day), changes
