"""Which papers, by their ids alone: for what goes through more papers than should be in memory together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from readlist.db.conditions import condition
from readlist.db.views import SORTS, Views
from readlist.domain.query import Filter

ORDERS: Mapping[str, str] = {**SORTS, "key": "p.key"}
"""Orders of a selection, by name: those of a list, and that of the citation keys."""


def ids(views: Views, wanted: Filter, sort: str, limit: int | None, today: date) -> list[int]:
    """The ids of the papers that meet `wanted`, in order of `sort`, at most `limit` of them. Raises as a list does."""
    where, values = condition(wanted, views.forest)
    with views._snapshot():
        if sort == "urgency":
            return views._most_urgent(where, values, limit, today)
        rows = views._all(
            f"select p.id from reading r join papers p on p.id = r.paper_id where {where} "
            f"order by {ORDERS[sort]} limit ?",
            *values, -1 if limit is None else limit,
        )  # fmt: skip
        return [i for (i,) in rows]
