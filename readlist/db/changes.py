"""Reading the changes that the log tells of, as `db/journal.py` wrote them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import decompress

from readlist.db.journal import WHOLE, Row


@dataclass(frozen=True, slots=True)
class Change:
    """One row's change. `before` is None for a new row, `after` for one that is gone.

    In a change read from the log, of a changed row both hold only the columns that differ; of a new row `after` is
    empty and `left` its checksum. `paper` is the paper it is of, `told` what else a reader may want to hear. `whole`:
    the paper came with all its rows, and `left` is the checksum of all of them (`db/whole.py`).
    """

    table: str
    key: tuple[Any, ...]
    before: Row | None
    after: Row | None
    paper: int | None = None
    left: int | None = None
    told: Row | None = None
    whole: bool = False

    @property
    def papers(self) -> set[int]:
        """The papers it concerns: two for a row that goes from one to the other."""
        if self.table == "papers":
            return {self.key[0]}
        of_rows = {row.get("paper_id") for row in (self.before, self.after) if row}
        return {paper for paper in (*of_rows, self.paper) if paper is not None}


def unpacked(stored: str | bytes) -> list[Any]:
    """The changes of a part as JSON has them."""
    changes: list[Any] = json.loads(stored if isinstance(stored, str) else decompress(stored).decode())
    return changes


def decoded(stored: str | bytes) -> list[Change]:
    """The changes of a part as they were stored."""
    return told_by(unpacked(stored))


def told_by(records: Sequence[Any]) -> list[Change]:
    """What `unpacked` gives as changes. Raises ValueError or TypeError for what is none."""
    changes = []
    for table, key, before, after, paper, told in records:
        new = isinstance(after, int)
        if table == WHOLE:
            # To who looks for what became of a paper, it is the paper's own row that came, and that of its reading.
            changes.append(Change("papers", tuple(key), None, {}, paper, after, told, whole=True))
            changes.append(Change("reading", tuple(key), None, {}, paper, whole=True))
            continue
        changes.append(
            Change(table, tuple(key), before, {} if new else after, paper, after if new else None, told or None)
        )
    return changes
