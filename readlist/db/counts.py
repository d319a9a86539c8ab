"""Reading figures: papers and passes counted by SQLite, so that what comes back does not grow with the library."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import Any

from readlist.db.waiting import Waiting
from readlist.domain.passes import PASSES, STATUSES
from readlist.domain.stats import Share

_FINISHED = "(finished is not null or started is null)"  # of a pass; null and null: on an unknown day


class Counts(Waiting):
    """The papers that meet a filter, counted."""

    # -- how many there are ------------------------------------------------------------------------------------------

    def first_day(self) -> date | None:
        """The day of the first thing that is known to have happened; None in an empty library."""
        days = [self._one("select min(added) from reading"), self._one("select min(finished) from passes")]
        return min((date.fromisoformat(day[:10]) for day in days if day), default=None)

    def statuses(self) -> dict[str, int]:
        """By status, each of them."""
        rows = self._all(
            f"select status, count(*) from reading r where {self._of('r.paper_id')} group by status", *self._values
        )
        counts: dict[str, int] = dict(rows)
        return {status: counts.get(status, 0) for status in STATUSES}

    def depths(self) -> dict[int, int]:
        """By pass: papers of which this pass or a deeper one was finished."""
        rows = self._all(
            "select deepest, count(*) from (select max(number) as deepest from passes "
            f"where {_FINISHED} and {self._of('paper_id')} group by paper_id) group by deepest",
            *self._values,
        )
        return {number: sum(count for deepest, count in rows if deepest >= number) for number in PASSES}

    def undated_and_minutes(self) -> tuple[int, int]:
        """How many papers were read on an unknown day, and the minutes of all passes."""
        ((undated, minutes),) = self._all(
            "select count(distinct case when finished is null then paper_id end), total(minutes) from passes "
            f"where {_FINISHED} and {self._of('paper_id')}",
            *self._values,
        )
        return undated, int(minutes)

    def days(self, since: date, until: date) -> dict[date, tuple[int, int]]:
        """By day: passes finished, and their minutes."""
        rows = self._all(
            "select substr(finished, 1, 10) as day, count(*), total(minutes) from passes "
            f"where finished >= ? and day <= ? and {self._of('paper_id')} group by day",
            since.isoformat(), until.isoformat(), *self._values,
        )  # fmt: skip
        return {date.fromisoformat(day): (count, int(minutes)) for day, count, minutes in rows}

    # -- what they are about -----------------------------------------------------------------------------------------

    def venues(self) -> tuple[Share, ...]:
        """By venue, the largest first."""
        return self._shares(
            "select v.name, count(*), total(r.status = 'done') from reading r join papers p on p.id = r.paper_id "
            f"left join venues v on v.id = p.venue_id where {self._of('p.id')} "
            "group by v.id order by v.id is null, count(*) desc, v.name",
            *self._values,
        )

    def years(self) -> tuple[Share, ...]:
        """By year, the newest first."""
        return self._shares(
            "select cast(p.year as text), count(*), total(r.status = 'done') from reading r "
            f"join papers p on p.id = r.paper_id where {self._of('p.id')} "
            "group by p.year order by p.year is null, p.year desc",
            *self._values,
        )

    def topics(self) -> tuple[Share, ...]:
        """By topic, with all below it, the largest first. A paper counts under each of its topics.

        These are the topics at the top, or, while all papers stand under one of them, those right below it.
        """
        forest = self._forest()
        tops = self._tops()
        rows = self._all(
            "with recursive below (id, top) as (select value, value from json_each(?1) "
            "union all select t.id, below.top from topics t join below on t.parent_id = below.id "
            "where t.id not in (select value from json_each(?1))) "
            "select top, count(distinct l.paper_id), count(distinct case when r.status = 'done' then r.paper_id end) "
            "from below join paper_topics l on l.topic_id = below.id join reading r on r.paper_id = l.paper_id "
            f"where {self._of('l.paper_id')} group by top order by 2 desc, top",
            json.dumps(tops), *self._values,
        )  # fmt: skip
        paths = {topic.id: forest.path(topic) for topic in forest.topics if topic.id in set(tops)}
        none = self._shares(
            "select null, count(*), total(status = 'done') from reading r where "
            f"not exists (select 1 from paper_topics l where l.paper_id = r.paper_id) and {self._of('r.paper_id')}",
            *self._values,
        )
        return tuple(Share(paths[top], papers, read) for top, papers, read in rows) + none

    def _tops(self) -> list[int]:
        """The topics to count by."""
        filled = {
            i
            for (i,) in self._all(
                f"select distinct topic_id from paper_topics where {self._of('paper_id')}", *self._values
            )
        }
        parents = {topic.id: topic.parent for topic in self._forest().topics}
        children: dict[int | None, set[int]] = defaultdict(set)
        for topic in filled:
            child: int | None = topic
            while child is not None and child not in children[parents[child]]:
                children[parents[child]].add(child)
                child = parents[child]
        tops = children[None]
        while len(tops) == 1 and not tops & filled:
            tops = children[next(iter(tops))]
        only = next(iter(tops)) if len(tops) == 1 else None
        return sorted(tops | children[only] if only else tops)

    def _shares(self, sql: str, *values: Any) -> tuple[Share, ...]:
        return tuple(Share(name, papers, int(read)) for name, papers, read in self._all(sql, *values) if papers)

    # -- how long they take ------------------------------------------------------------------------------------------

    def days_to_first(self) -> dict[int, int]:
        """How often it took so many days from adding a paper to its first pass, where all its passes have a day."""
        return self._waits("min", "1", "max(finished is null) = 0")

    def days_to_done(self) -> dict[int, int]:
        """How often it took so many days from adding a paper to the last pass of one that is done.

        A paper whose deepest pass was finished on an unknown day does not count.
        """
        return self._waits(
            "max",
            "r.status = 'done'",
            "max(case when finished is not null then number else 0 end) > "
            "max(case when finished is null then number else 0 end)",
        )

    def _waits(self, end: str, papers: str, passes: str) -> dict[int, int]:
        # A pass finished before the paper was added says nothing on how long it waited on the list.
        rows = self._all(
            "select cast(julianday(f.day) - julianday(substr(r.added, 1, 10)) as integer) as wait, count(*) from "
            f"(select paper_id, {end}(substr(finished, 1, 10)) as day from passes where {_FINISHED} "
            f"group by paper_id having {passes}) f "
            f"join reading r on r.paper_id = f.paper_id where {papers} and wait >= 0 and {self._of('r.paper_id')} "
            "group by wait",
            *self._values,
        )
        return dict(rows)
