"""Reading what was decided of papers, as the log tells it, and whether another paper was begun meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from readlist.db.reader import CHUNK
from readlist.db.undone import Undone


class Decisions(Undone):
    """What the reader did last."""

    def last_commands(self, ids: Sequence[int], commands: Collection[str]) -> dict[int, str]:
        """By paper: the one of `commands` that changed it last and was not taken back; none if the log tells none."""
        found: dict[int, str] = {}
        names = ",".join("?" * len(commands))
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            rows = self._all(
                "select distinct lp.paper_id, l.id, l.command from log_papers lp join log_parts p on p.id = lp.part_id "
                f"join log l on l.id = p.log_id where lp.paper_id in ({','.join('?' * len(chunk))}) "
                f"and l.command in ({names}) order by l.id desc",
                *chunk, *commands,
            )  # fmt: skip
            for paper_id, entry, command in rows:
                if paper_id not in found and not self._is_undone(entry):
                    found[paper_id] = command
        return found

    def begun_since(self, moment: str, paper_id: int) -> bool:
        """Whether a pass of another paper was begun after `moment` (ISO date-time)."""
        asked = "select 1 from passes where started > ? and paper_id <> ? limit 1"
        return self._one(asked, moment, paper_id) is not None
