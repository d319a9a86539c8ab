"""The rank of papers from the rows that it follows from: of many at once, without a look at what is stored.

The ranks that are stored were all made with the same weights, which stand in `rank_weights`. With other weights in the
settings (or made by an rl that had another formula), a reading command makes the ranks that it needs here, and the next
unit of work brings all that are stored in step before it does anything else. Ranks are never in the log.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from readlist.db.reader import CHUNK, Reader
from readlist.domain.dates import day_of
from readlist.domain.passes import Pass, open_pass
from readlist.domain.queue import FORMULA, Weights, growth, rank

FINISHED = "(finished is not null or started is null)"
"""Of a pass: it is finished, if only on an unknown day."""


class Ranks(Reader):
    """What the queue's order follows from."""

    def rank_weights(self) -> Mapping[str, float] | None:
        """The weights that the stored ranks were made with; None: by another formula."""
        found: dict[str, float] = dict(cast("list[tuple[str, float]]", self._all("select * from rank_weights")))
        return found if found.pop("formula", None) == FORMULA else None

    def ranks(self, ids: Sequence[int], weights: Weights) -> dict[int, float]:
        """By paper: its rank with these weights."""
        found: dict[int, float] = {}
        for start in range(0, len(ids), CHUNK):
            found |= self._ranks(ids[start : start + CHUNK], weights)
        return found

    def growths(self, ids: Sequence[int]) -> dict[int, float]:
        """By paper: the citations it gains in a month. Up to `CHUNK` papers."""
        seen: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
        for paper, source, day, count in self._of(
            "select paper_id, source, day, count from observations where paper_id in", ids
        ):
            seen[paper].append((source, day, count))
        return {paper: growth(counts) for paper, counts in seen.items()}

    def cited_by_read(self, ids: Sequence[int]) -> dict[int, int]:
        """By paper: how many papers cite it of which a pass is finished. Up to `CHUNK` papers."""
        read = f"exists (select 1 from passes where passes.paper_id = c.paper_id and {FINISHED})"
        rows = self._of(f"select c.cited_id, count(*) from cites c where {read} and c.cited_id in", ids, "group by 1")
        return dict(cast("list[tuple[int, int]]", rows))

    def citing(self, paper: int) -> set[tuple[int, int]]:
        """The pairs (citing paper, cited paper) in which the paper is one."""
        rows = self._all("select * from cites where paper_id = ?1 union select * from cites where cited_id = ?1", paper)
        return set(cast("list[tuple[int, int]]", rows))

    def _ranks(self, ids: Sequence[int], weights: Weights) -> dict[int, float]:
        growths, cited = self.growths(ids), self.cited_by_read(ids)
        begun: dict[int, list[Pass]] = defaultdict(list)
        for paper, number, started in self._of(
            "select paper_id, number, started from passes where started is not null and finished is null "
            "and paper_id in",
            ids,
            "order by id",
        ):
            begun[paper].append(Pass(number, started))
        found: dict[int, float] = {}
        for paper, priority, status, next_pass, added, citations in self._of(
            "select r.paper_id, r.priority, r.status, r.next_pass, r.added, p.citations "
            "from reading r join papers p on p.id = r.paper_id where r.paper_id in",
            ids,
        ):
            under_way = open_pass(begun.get(paper, ()))
            found[paper] = rank(
                priority, status == "reading", under_way.number if under_way else next_pass, citations,
                cast(date, day_of(added)), growth=growths.get(paper, 0.0), cited=cited.get(paper, 0), weights=weights,
            )  # fmt: skip
        return found

    def _of(self, sql: str, ids: Sequence[int], tail: str = "") -> list[tuple[Any, ...]]:
        return self._all(f"{sql} ({','.join('?' * len(ids))}) {tail}", *ids)


def bring_in_step(connection: sqlite3.Connection, weights: Weights) -> None:
    """Make all ranks anew if those that are stored were made with other weights."""
    ranks = Ranks(connection)
    if ranks.rank_weights() == weights:
        return
    _store(connection, ranks, [i for (i,) in connection.execute("select paper_id from reading")], weights)
    connection.execute("delete from rank_weights")
    connection.executemany("insert into rank_weights values (?, ?)", [*weights.items(), ("formula", FORMULA)])


def settle_ranks(connection: sqlite3.Connection, papers: Iterable[int]) -> None:
    """Make the ranks of these papers, and of those that they cite, follow from the rows as they are now."""
    ranks = Ranks(connection)
    weights = ranks.rank_weights()
    if weights is None:
        return  # all are made anew by the next unit of work
    ids = sorted(set(papers))
    cited = (
        cited
        for start in range(0, len(ids), CHUNK)
        for (cited,) in ranks._of("select cited_id from cites where paper_id in", ids[start : start + CHUNK])
    )
    _store(connection, ranks, sorted({*ids, *cited}), weights)


def _store(connection: sqlite3.Connection, ranks: Ranks, ids: Sequence[int], weights: Weights) -> None:
    connection.executemany(
        "update reading set rank = ?1 where paper_id = ?2 and rank <> ?1",
        [(new, paper) for paper, new in ranks.ranks(ids, weights).items()],
    )
