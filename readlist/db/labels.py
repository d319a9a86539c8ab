"""Writing tags (flat labels) and venues (one canonical name each, with aliases)."""

from __future__ import annotations

from collections.abc import Collection

from readlist.db.unit import Unit
from readlist.domain import venues as table
from readlist.domain.text import fold, one_line
from readlist.errors import UsageError


class Tags:
    """Tags, within a unit of work."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._by_name: dict[str, int] | None = None  # case-folded: SQLite folds ASCII alone

    def attach(self, paper_id: int, name: str) -> bool:
        """Give the paper the tag, making it if need be; whether the paper did not have it."""
        if not one_line(name):
            raise UsageError("a tag has a name", "name one")
        tag_id = self.find(name) or self.add(name)
        if self._unit.get("paper_tags", tag_id, paper_id):
            return False
        self._unit.insert("paper_tags", tag_id=tag_id, paper_id=paper_id)
        return True

    def add(self, name: str, **given: int) -> int:
        """A new tag; returns its id, which may be `given`."""
        tag_id = self._unit.insert("tags", name=one_line(name), **given)
        if self._by_name is not None:
            self._by_name.setdefault(one_line(name).casefold(), tag_id)
        return tag_id

    def only(self, paper_id: int, names: Collection[str]) -> None:
        """Give the paper these tags and no others."""
        kept = {self.find(name) for name in names}
        for row in self._unit.rows("paper_tags", paper_id=paper_id):
            if row["tag_id"] not in kept:
                self.detach(paper_id, row["tag_id"])
        for name in names:
            self.attach(paper_id, name)

    def detach(self, paper_id: int, tag_id: int) -> bool:
        return self._unit.delete("paper_tags", tag_id, paper_id)

    def find(self, name: str) -> int | None:
        """The id of the tag with that name, case-folded."""
        if self._by_name is None:
            self._by_name = {}
            for row in self._unit.rows("tags"):
                self._by_name.setdefault(row["name"].casefold(), row["id"])
        return self._by_name.get(one_line(name).casefold())

    def rename(self, tag_id: int, name: str) -> None:
        """Give the tag another name; if there is a tag of that name, the papers of both have that one."""
        other = self.find(name)
        self._forget()
        if other is None or other == tag_id:
            self._unit.update("tags", tag_id, name=one_line(name))
            return
        for row in self._unit.rows("paper_tags", tag_id=tag_id):
            if not self._unit.get("paper_tags", other, row["paper_id"]):
                self._unit.insert("paper_tags", tag_id=other, paper_id=row["paper_id"])
        self.remove(tag_id)

    def remove(self, tag_id: int) -> None:
        """Take the tag off all papers, and away."""
        self._forget()
        self._unit.delete_rows("paper_tags", tag_id=tag_id)
        self._unit.delete("tags", tag_id)

    def _forget(self) -> None:
        self._by_name = None


class Venues:
    """Venues, within a unit of work. The user's own aliases are asked before the built-in table."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def name_of(self, spelling: str) -> str | None:
        """The canonical name of a spelling; a spelling that nobody knows is its own name."""
        clean = one_line(spelling)
        if not clean:
            return None
        alias = self._unit.get("venue_aliases", fold(clean))
        if alias:
            venue = self._unit.get("venues", alias["venue_id"])
            if venue:
                return str(venue["name"])
        known = table.canonical(clean)
        if known:
            again = self._unit.get("venue_aliases", fold(known))
            venue = self._unit.get("venues", again["venue_id"]) if again else None
            return str(venue["name"]) if venue else known
        return clean

    def id_of(self, name: str) -> int:
        """The id of the venue with that canonical name, made if need be."""
        same = self._unit.rows("venues", name=name)
        return int(same[0]["id"]) if same else self._unit.insert("venues", name=name)

    def alias(self, venue_id: int, spelling: str) -> bool:
        """Let `spelling` mean the venue from now on; whether it did not before."""
        return self._unit.put("venue_aliases", fold(spelling), alias=one_line(spelling), venue_id=venue_id)

    def merge(self, gone: int, kept: int) -> int:
        """Make two venues one; the name of the first becomes an alias. Returns how many papers moved."""
        if gone == kept:
            return 0
        moved = self._unit.rows("papers", venue_id=gone)
        for paper in moved:
            self._unit.update("papers", paper["id"], venue_id=kept, changed=self._unit.stamp)
        for row in self._unit.rows("venue_aliases", venue_id=gone):
            self._unit.update("venue_aliases", row["folded"], venue_id=kept)
        old = self._unit.get("venues", gone)
        self._unit.delete("venues", gone)
        if old:
            self.alias(kept, old["name"])
        return len(moved)
