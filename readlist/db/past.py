"""Reading how things stood at the end of an earlier day, for reports that are the same whenever they are asked for.

What has a day of its own (passes, papers added and given up, counts) is told by that day. What has none is rolled back
from now with the log: which pass a paper waited for, that it had been given up before it was taken back, its summary.
Four rules settle what else could be meant:

- What was taken back (`rl undo`) never was, and what was done again was done when it was done first.
- A command that notes a pass of an earlier day (`rl mark-read --on`) counts for that day, not for its own; but of a
  pass that was finished in between it is known that the paper waited for it.
- Papers that are removed, or made one with another, never stood beside those that are left.
- Where the log does not reach (it is trimmed; the papers came from another library), the passes tell: who finished a
  pass later was waiting for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from readlist.db.reader import CHUNK
from readlist.db.undone import Undone
from readlist.domain.dates import day_of
from readlist.domain.passes import Pass

if TYPE_CHECKING:
    from readlist.db.changes import Change
    from readlist.domain.report import Standing

_WISHES = ("next_pass", "dropped", "drop_reason")


@dataclass(frozen=True, slots=True)
class _Later:
    """What the log tells of the time after a day: by paper what was otherwise before, and which papers came in then.

    `late`: when a pass of the day or before was noted, by paper. `reaches`: whether the log tells of the day itself,
    and so of all that was done after it.
    """

    was: Mapping[int, Mapping[str, Any]]
    born: frozenset[int]
    late: Mapping[int, date]
    reaches: bool


class Past(Undone):
    """How papers stood at the end of a day."""

    def standings(self, days: Sequence[date], also: Iterable[int] = ()) -> list[dict[int, Standing]]:
        """For each of `days`, how papers stood at its end: those that may have stood otherwise than now on one of them,
        and those of `also`."""
        from readlist.domain.report import standing

        with self._snapshot():
            later = [self._later(day) for day in days]
            touched = self._all(
                "select paper_id from passes where finished is not null and substr(finished, 1, 10) > ?1 "
                "union select paper_id from passes where started is not null and substr(started, 1, 10) > ?1 "
                "union select paper_id from reading where dropped is not null and substr(dropped, 1, 10) > ?1 "
                "union select paper_id from reading where substr(added, 1, 10) > ?1",
                min(days).isoformat(),
            )
            ids = sorted({*also, *(i for (i,) in touched), *(i for it in later for i in it.was)})
            found: list[dict[int, Standing]] = [{} for _ in days]
            for start in range(0, len(ids), CHUNK):
                for i, added, now, events in self._now(ids[start : start + CHUNK]):
                    for day, log, stood in zip(days, later, found, strict=True):
                        known = {**now, **log.was.get(i, {})}
                        if i in log.born or not log.reaches:
                            known["next_pass"] = pass_between(events, day) or known["next_pass"]
                        elif i in log.late:
                            known["next_pass"] = pass_between(events, day, log.late[i]) or known["next_pass"]
                        stood[i] = standing(day, added, events, **known)
            return found

    def _now(self, ids: Sequence[int]) -> Iterator[tuple[int, date, dict[str, Any], list[Pass]]]:
        """Of each of these papers: the day it was added, what the log may know otherwise, and its passes."""
        marks = ",".join("?" * len(ids))
        passes = self._grouped(
            f"select paper_id, number, started, finished, minutes, id, version from passes where paper_id in ({marks}) "
            "order by id",
            ids, lambda r: Pass(r[1], r[2], r[3], r[4], id=r[5], version=r[6]),
        )  # fmt: skip
        rows = self._all(
            "select r.paper_id, r.added, r.next_pass, r.dropped, r.drop_reason, s.text from reading r "
            f"left join summaries s on s.paper_id = r.paper_id where r.paper_id in ({marks})",
            *ids,
        )
        for i, added, *now in rows:
            known = dict(zip((*_WISHES, "summary"), now, strict=True))
            yield i, cast(date, day_of(added)), known, passes.get(i, [])

    def in_queue_apart_from(self, papers: Iterable[int], day: date) -> int:
        """How many papers are in the queue now, and on the list since `day` or before, without these."""
        found = self._all(
            "select paper_id from reading where queued = 1 and substr(added, 1, 10) <= ?", day.isoformat()
        )
        return len({i for (i,) in found}.difference(papers))

    # -- the log, backwards ------------------------------------------------------------------------------------------

    def _later(self, day: date) -> _Later:
        first = self._one("select min(id) from log where substr(at, 1, 10) > ?", day.isoformat())
        if first is None:
            return _Later({}, frozenset(), {}, reaches=False)
        void = self._taken_back()
        born = {  # not by an undo: what comes back with it was there before
            i for entry, i in self._all(
                "select l.id, lp.paper_id from log l join log_parts p on p.log_id = l.id "
                "join log_papers lp on lp.part_id = p.id "
                "where l.id >= ? and l.undoes is null and lp.how = 'added'", first,
            ) if entry not in void
        }  # fmt: skip
        was: dict[int, dict[str, Any]] = {}
        late: dict[int, date] = {}
        for noted, changes in self._entries_from(first, void):
            before, noted_late = _undone(changes, day)
            late = {**dict.fromkeys(noted_late, noted), **late}
            for paper, values in before.items():
                if paper not in late:
                    was.setdefault(paper, {}).update(values)
        reaches = self._one("select 1 from log where id < ?", first) is not None
        return _Later(was, frozenset(born), late, reaches)

    def _entries_from(self, first: int, void: set[int]) -> Iterator[tuple[date, list[Change]]]:
        """The days of commands that hold, from entry `first` on, the newest first, each with its changes backwards.

        An undo or a redo is left out together with what it is of: what they leave is what the command left, or found.
        So are papers on their way in, of whom there is no earlier state.
        """
        from readlist.db.changes import decoded

        rows = self._connection.execute(
            "select l.id, substr(l.at, 1, 10), p.changes from log l join log_parts p on p.log_id = l.id "
            "where l.id >= ? and l.undoes is null "
            "and exists (select 1 from log_papers where part_id = p.id and how = 'changed') "
            "order by l.id desc, p.id desc",
            (first,),
        )
        for (entry, day), parts in groupby(rows, key=itemgetter(0, 1)):
            if entry not in void:
                changes = [change for *_, stored in parts for change in reversed(decoded(stored)) if _tells(change)]
                yield date.fromisoformat(day), changes


def _tells(change: Change) -> bool:
    return change.table in ("reading", "passes", "summaries")


def _undone(changes: Sequence[Change], day: date) -> tuple[dict[int, dict[str, Any]], set[int]]:
    """By paper, what was otherwise before these changes; and the papers of which they note a pass of by `day`."""
    before: dict[int, dict[str, Any]] = {}
    noted_late: set[int] = set()
    for change in changes:
        old = change.before or {}
        for paper in change.papers:
            if change.table == "summaries":
                if change.before is None or "text" in old:
                    before.setdefault(paper, {})["summary"] = old.get("text")
            elif change.table == "reading" and change.before is not None:
                before.setdefault(paper, {}).update({name: old[name] for name in _WISHES if name in old})
            elif change.table == "passes" and (finished := finished_by(change)) and finished <= day:
                noted_late.add(paper)
    return {paper: values for paper, values in before.items() if values}, noted_late


def finished_by(change: Change) -> date | None:
    """The day of the pass that this change of a pass finishes; None if it does another thing to it."""
    if change.after is None or (change.before is not None and "finished" not in change.before):
        return None
    return day_of((change.told or {}).get("finished"))


def pass_between(events: Sequence[Pass], day: date, last: date = date.max) -> int | None:
    """The number of the first pass finished after `day`, and on `last` or before."""
    found = [event for event in events if day.isoformat() < (event.finished or "")[:10] <= last.isoformat()]
    return min(found, key=lambda event: event.finished or "").number if found else None
