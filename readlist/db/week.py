"""Reading what happened in a span of days: passes, papers added and dropped, notes, counts that moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import cast

from readlist.db.past import Past
from readlist.db.reader import CHUNK
from readlist.domain.dates import Span
from readlist.domain.paper import Note
from readlist.domain.passes import Pass


class Week(Past):
    """What happened in a span of days, and how things stood at its end."""

    def finished_in(self, span: Span) -> list[tuple[int, Pass]]:
        """The passes finished in the span, with their papers, in order of time."""
        rows = self._all(
            "select paper_id, number, started, finished, minutes, id from passes "
            "where finished >= ? and substr(finished, 1, 10) <= ? order by finished, id",
            span.first.isoformat(), span.last.isoformat(),
        )  # fmt: skip
        return [(r[0], Pass(r[1], r[2], r[3], r[4], id=r[5])) for r in rows]

    def open_after(self, span: Span) -> list[int]:
        """The papers of which a pass was begun in the span or before, and not finished in it."""
        rows = self._all(
            "select distinct paper_id from passes where started is not null and substr(started, 1, 10) <= ?1 "
            "and (finished is null or substr(finished, 1, 10) > ?1) order by 1",
            span.last.isoformat(),
        )
        return [i for (i,) in rows]

    def added_in(self, span: Span) -> list[int]:
        rows = self._all(
            "select paper_id from reading where added >= ? and substr(added, 1, 10) <= ? order by paper_id",
            span.first.isoformat(), span.last.isoformat(),
        )  # fmt: skip
        return [i for (i,) in rows]

    def dropped_in(self, span: Span) -> list[int]:
        """The papers given up in the span, of those that are still given up."""
        rows = self._all(
            "select paper_id from reading where dropped >= ? and substr(dropped, 1, 10) <= ? "
            "order by dropped, paper_id",
            span.first.isoformat(), span.last.isoformat(),
        )  # fmt: skip
        return [i for (i,) in rows]

    def notes_in(self, span: Span) -> dict[int, list[Note]]:
        """By paper: the notes written by hand in the span (what a page brought is not of the week)."""
        found: dict[int, list[Note]] = defaultdict(list)
        rows = self._all(
            "select paper_id, text, created, pass, id from notes where paper_id is not null and page is null "
            "and created >= ? and substr(created, 1, 10) <= ? order by id",
            span.first.isoformat(), span.last.isoformat(),
        )  # fmt: skip
        for paper_id, text, created, number, note_id in rows:
            found[paper_id].append(Note(text, created, number, note_id))
        return found

    def notes_of_passes(self, passes: Sequence[int], until: date) -> dict[int, list[Note]]:
        """By pass: the notes taken in it, to the end of the day `until`."""
        found: dict[int, list[Note]] = defaultdict(list)
        for start in range(0, len(passes), CHUNK):
            chunk = passes[start : start + CHUNK]
            rows = self._all(
                f"select pass_id, text, created, pass, id from notes where pass_id in ({','.join('?' * len(chunk))}) "
                "and substr(created, 1, 10) <= ? order by id",
                *chunk, until.isoformat(),
            )  # fmt: skip
            for pass_id, text, created, number, note_id in rows:
                found[pass_id].append(Note(text, created, number, note_id))
        return found

    def movers(self, span: Span) -> list[tuple[int, int, int]]:
        """Papers whose count changed in the span: (paper, count before it, count at its end), by source.

        Counts of one source are compared with each other, never with another source's.
        """
        rows = self._all(
            "select o.paper_id, "
            "(select b.count from observations b where b.paper_id = o.paper_id and b.source = o.source "
            " and b.day < ?1 order by b.day desc limit 1) as before, o.count "
            "from observations o where o.source <> 'page' and o.day = (select max(l.day) from observations l "
            "where l.paper_id = o.paper_id and l.source = o.source and l.day between ?1 and ?2)",
            span.first.isoformat(), span.last.isoformat(),
        )  # fmt: skip
        moved = [(i, before, after) for i, before, after in rows if before is not None and before != after]
        return sorted(moved, key=lambda row: (-abs(row[2] - row[1]), row[0]))

    def status_counts(self) -> dict[str, int]:
        return dict(cast("list[tuple[str, int]]", self._all("select status, count(*) from reading group by status")))
