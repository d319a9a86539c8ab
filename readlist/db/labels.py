"""Writing tags (flat labels) and venues (one canonical name each, with aliases)."""

from __future__ import annotations

from sqlalchemy import select

from readlist.db import schema
from readlist.db.unit import Unit
from readlist.domain import venues as table
from readlist.domain.text import fold, one_line
from readlist.errors import UsageError


class Tags:
    """Tags, within a unit of work."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._by_name: dict[str, int] = {}  # tags up to id `_newest`, case-folded: SQLite folds ASCII alone
        self._newest = 0

    def attach(self, paper_id: int, name: str) -> bool:
        """Give the paper the tag, making it if need be; whether the paper did not have it."""
        if not one_line(name):
            raise UsageError("a tag has a name", "name one")
        tag_id = self.find(name) or self._unit.insert(schema.tags, name=one_line(name))
        if self._unit.get(schema.paper_tags, tag_id, paper_id):
            return False
        self._unit.insert(schema.paper_tags, tag_id=tag_id, paper_id=paper_id)
        return True

    def detach(self, paper_id: int, tag_id: int) -> bool:
        return self._unit.delete(schema.paper_tags, tag_id, paper_id)

    def find(self, name: str) -> int | None:
        """The id of the tag with that name, case-folded."""
        t = schema.tags
        for row in self._unit.connection.execute(
            select(t.c.id, t.c.name).where(t.c.id > self._newest).order_by(t.c.id)
        ):
            self._newest = int(row[0])
            self._by_name.setdefault(str(row[1]).casefold(), self._newest)
        return self._by_name.get(one_line(name).casefold())

    def rename(self, tag_id: int, name: str) -> None:
        """Give the tag another name; if there is a tag of that name, the papers of both have that one."""
        other = self.find(name)
        self._forget()
        if other is None or other == tag_id:
            self._unit.update(schema.tags, tag_id, name=one_line(name))
            return
        for row in self._unit.rows(schema.paper_tags, tag_id=tag_id):
            if not self._unit.get(schema.paper_tags, other, row["paper_id"]):
                self._unit.insert(schema.paper_tags, tag_id=other, paper_id=row["paper_id"])
        self.remove(tag_id)

    def remove(self, tag_id: int) -> None:
        """Take the tag off all papers, and away."""
        self._forget()
        for row in self._unit.rows(schema.paper_tags, tag_id=tag_id):
            self._unit.delete(schema.paper_tags, tag_id, row["paper_id"])
        self._unit.delete(schema.tags, tag_id)

    def _forget(self) -> None:
        self._by_name, self._newest = {}, 0


class Venues:
    """Venues, within a unit of work. The user's own aliases are asked before the built-in table."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def name_of(self, spelling: str) -> str | None:
        """The canonical name of a spelling; a spelling that nobody knows is its own name."""
        clean = one_line(spelling)
        if not clean:
            return None
        alias = self._unit.get(schema.venue_aliases, fold(clean))
        if alias:
            venue = self._unit.get(schema.venues, alias["venue_id"])
            if venue:
                return str(venue["name"])
        known = table.canonical(clean)
        if known:
            again = self._unit.get(schema.venue_aliases, fold(known))
            venue = self._unit.get(schema.venues, again["venue_id"]) if again else None
            return str(venue["name"]) if venue else known
        return clean

    def id_of(self, name: str) -> int:
        """The id of the venue with that canonical name, made if need be."""
        same = self._unit.rows(schema.venues, name=name)
        return int(same[0]["id"]) if same else self._unit.insert(schema.venues, name=name)

    def alias(self, venue_id: int, spelling: str) -> bool:
        """Let `spelling` mean the venue from now on; whether it did not before."""
        return self._unit.put(schema.venue_aliases, fold(spelling), alias=one_line(spelling), venue_id=venue_id)

    def merge(self, gone: int, kept: int) -> int:
        """Make two venues one; the name of the first becomes an alias. Returns how many papers moved."""
        if gone == kept:
            return 0
        moved = self._unit.rows(schema.papers, venue_id=gone)
        for paper in moved:
            self._unit.update(schema.papers, paper["id"], venue_id=kept, changed=self._unit.stamp)
        for row in self._unit.rows(schema.venue_aliases, venue_id=gone):
            self._unit.update(schema.venue_aliases, row["folded"], venue_id=kept)
        old = self._unit.get(schema.venues, gone)
        self._unit.delete(schema.venues, gone)
        if old:
            self.alias(kept, old["name"])
        return len(moved)
