"""Queries saved under a name: `@survey-queue` in another query stands for what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlist.db.reader import Reader

if TYPE_CHECKING:
    from readlist.db.unit import Unit


class Queries(Reader):
    """The saved queries."""

    def queries(self) -> dict[str, str]:
        """By name, in order of the names: the queries as they are written."""
        return dict(self._all("select name, query from queries order by name"))


def save_query(unit: Unit, name: str, query: str) -> str | None:
    """Let `name` stand for `query`; the query it stood for before, if there was one."""
    before = unit.get("queries", name)
    unit.put("queries", name, query=query)
    return str(before["query"]) if before else None


def add_query(unit: Unit, name: str, query: str) -> None:
    """The same where nothing may be lost: if the name stands for another query, a number is put behind it."""
    free, number = name, 1
    while (known := unit.get("queries", free)) is not None:
        if known["query"] == query:
            return
        number += 1
        free = f"{name}-{number}"
    unit.insert("queries", name=free, query=query)


def remove_query(unit: Unit, name: str) -> bool:
    """Let the name stand for nothing; whether it stood for something."""
    return unit.delete("queries", name)
