"""The queue's order, and the focus: topics that the queue is narrowed to, each with all below it, until cleared."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from readlist.db.catalogue import Catalogue
from readlist.db.ranks import Ranks
from readlist.domain.dates import day_of
from readlist.domain.queue import DUE_HORIZON_DAYS, PLACES, WEIGHTS, Weights, beyond_rank
from readlist.glossary import built_in_glossary

if TYPE_CHECKING:
    from readlist.db.unit import Unit
    from readlist.domain.glossary import Glossary

ALL = ("1", "r.queued = 1")
"""Conditions that are none: of all papers, and of the queue."""


class Focus(Catalogue, Ranks):
    """What comes first, counted with `weights`, and which topics are in focus."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        glossary: Callable[[], Glossary] = built_in_glossary,
        weights: Weights = WEIGHTS,
    ) -> None:
        super().__init__(connection, glossary)
        self._weights = weights

    def focus(self) -> tuple[str, ...]:
        """The paths of the topics in focus; none: the queue is whole."""
        ids = self._focused()
        if not ids:
            return ()
        forest = self.forest()
        return tuple(forest.path(topic) for topic, _ in forest.in_order() if topic.id in ids)

    def in_focus(self, paper: str) -> str | None:
        """The SQL condition that the paper with the id `paper` (a column) is under a topic in focus; None without one.

        It has no values of its own.
        """
        if not self._focused():
            return None
        return (
            f"{paper} in (with recursive under(id) as (select topic_id from focus "
            "union select t.id from under u join topics t on t.parent_id = u.id) "
            "select l.paper_id from under u cross join paper_topics l on l.topic_id = u.id)"
        )

    def papers_in_focus(self, ids: Sequence[int]) -> set[int]:
        """Which of these papers are under a topic in focus. Up to `CHUNK` papers."""
        inside = self.in_focus("id")
        asked = f"select id from papers where {inside} and id in"
        return {i for (i,) in self._of(asked, ids)} if inside else set()

    def _focused(self) -> set[int]:
        return {i for (i,) in self._all("select topic_id from focus")}

    def _most_urgent(
        self, where: str, values: Sequence[Any], limit: int | None, today: date, *, queue: bool, many: bool
    ) -> list[int]:
        """The ids of the most urgent papers; unless only the `queue` is asked for, those that are not in it last.

        What the day adds to the rank is the same for all but those that are due soon or were, and what the focus adds
        for all in it. So the first `limit` by rank in the focus, those outside, the same of what is overdue, and all
        that is due soon hold the first `limit`. `many`: the queue's order is walked (see `db.lists`).
        """
        if limit is None:
            limit = -1
        inside = self.in_focus("r.paper_id")
        columns = f"r.paper_id, r.rank, r.due, {inside or 0}"
        source = "reading r" if where in ALL else f"reading r {'cross' * many} join papers p on p.id = r.paper_id"
        source = f"from {source} where r.queued = 1 and ({where}) and"
        if self.rank_weights() == self._weights:
            soon = (today + timedelta(days=DUE_HORIZON_DAYS)).isoformat()
            first = "r.rank" if many else "+r.rank"
            rows = set()
            for part in (inside, f"not {inside}") if inside else ("1",):
                for dated, rank in (("1", first), ("r.due is not null and r.due <= ?", "+r.rank")):
                    day = [] if dated == "1" else [today.isoformat()]
                    ordered = f"order by {rank} desc, r.paper_id limit {limit}"
                    rows.update(self._all(f"select {columns} {source} {part} and {dated} {ordered}", *values, *day))
            near = f"select {columns} {source} r.due is not null and r.due > ? and r.due < ?"
            rows.update(self._all(near, *values, today.isoformat(), soon))
        else:
            found = self._all(f"select {columns} {source} 1", *values)
            ranks = self.ranks([row[0] for row in found], self._weights)
            rows = {(row[0], ranks[row[0]], *row[2:]) for row in found}

        def points(rank: float, due: str | None, focus: int) -> float:
            # Rounded as the terms are, or two papers shown as equally urgent would not stand in order of their ids.
            return round(rank + beyond_rank(day_of(due), bool(focus), today, self._weights), PLACES)

        ids: list[int] = [row[0] for row in sorted(rows, key=lambda row: (-points(*row[1:]), row[0]))]
        if not queue and (limit < 0 or len(ids) < limit):
            rest = "select r.paper_id from reading r join papers p on p.id = r.paper_id where r.queued = 0 and "
            room = -1 if limit < 0 else limit - len(ids)
            ids += [i for (i,) in self._all(f"{rest}({where}) order by r.paper_id limit ?", *values, room)]
        return ids if limit < 0 else ids[:limit]


def set_focus(unit: Unit, topics: Iterable[int]) -> bool:
    """Put these topics in focus in place of those that are; none: the queue is whole again. Whether that is new."""
    wanted = set(topics)
    there = {row["topic_id"] for row in unit.rows("focus")}
    for topic in sorted(there - wanted):
        unit.delete("focus", topic)
    for topic in sorted(wanted - there):
        unit.insert("focus", topic_id=topic)
    return wanted != there
