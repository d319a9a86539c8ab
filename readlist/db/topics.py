"""Writing topics: a tree with aliases, papers under its nodes."""

from __future__ import annotations

from collections.abc import Collection

from readlist.db.unit import Unit
from readlist.domain.listing import TopicPath
from readlist.domain.text import one_line
from readlist.domain.topics import Forest, Topic
from readlist.errors import UsageError


class Topics:
    """Topics, within a unit of work."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def forest(self) -> Forest:
        """All topics as they stand now."""
        aliases: dict[int, list[str]] = {}
        for row in self._unit.rows("topic_aliases"):
            aliases.setdefault(row["topic_id"], []).append(row["alias"])
        return Forest(
            tuple(
                Topic(row["id"], row["name"], row["parent_id"], tuple(aliases.get(row["id"], ())))
                for row in self._unit.rows("topics")
            )
        )

    def ensure(self, path: TopicPath) -> int:
        """The id of the topic at `path` (case-folded), made with the topics above it if need be.

        At each step a name goes before an alias: a topic that was merged into another one is not made anew.
        """
        parent: int | None = None
        for name in path:
            name = one_line(name)
            found = self._child(parent, name)
            parent = found if found is not None else self._unit.insert("topics", name=name, parent_id=parent)
        assert parent is not None
        return parent

    def _child(self, parent: int | None, name: str) -> int | None:
        """The topic below `parent` that is called `name`."""
        spelt_so = self._unit.rows("topics", parent_id=parent, name=name)  # of many siblings reads one, as a rule
        if spelt_so:
            return int(spelt_so[0]["id"])
        wanted = name.casefold()
        there = self._unit.rows("topics", parent_id=parent)
        found = next((row["id"] for row in there if row["name"].casefold() == wanted), None)
        if found is None:
            found = next((row["id"] for row in there if self._is_called(row["id"], wanted)), None)
        return found

    def _is_called(self, topic_id: int, wanted: str) -> bool:
        """Whether one of its aliases is `wanted`, case-folded."""
        return any(row["alias"].casefold() == wanted for row in self._unit.rows("topic_aliases", topic_id=topic_id))

    def attach(self, paper_id: int, topic_id: int) -> bool:
        """Put the paper under the topic; whether it was not there."""
        if self._unit.get("paper_topics", topic_id, paper_id):
            return False
        self._unit.insert("paper_topics", topic_id=topic_id, paper_id=paper_id)
        return True

    def only(self, paper_id: int, topic_ids: Collection[int]) -> None:
        """Put the paper under these topics and no others."""
        for row in self._unit.rows("paper_topics", paper_id=paper_id):
            if row["topic_id"] not in topic_ids:
                self.detach(paper_id, row["topic_id"])
        for topic_id in topic_ids:
            self.attach(paper_id, topic_id)

    def detach(self, paper_id: int, topic_id: int) -> bool:
        return self._unit.delete("paper_topics", topic_id, paper_id)

    def rename(self, topic: Topic, name: str) -> None:
        self._refuse_twin(topic, topic.parent, name)
        self._unit.update("topics", topic.id, name=one_line(name))

    def alias(self, topic: Topic, alias: str) -> bool:
        """Give the topic another name by which it is found; whether it is new."""
        if self._unit.get("topic_aliases", topic.id, one_line(alias)):
            return False
        self._unit.insert("topic_aliases", topic_id=topic.id, alias=one_line(alias))
        return True

    def move(self, topic: Topic, parent: Topic | None) -> None:
        """Put the topic, with all below it, under `parent` (None: at the top)."""
        forest = self.forest()
        if parent and any(below.id == parent.id for below in forest.below(topic)):
            raise UsageError(f"{forest.path(topic)} cannot be moved below itself", "name a topic outside of it")
        self._refuse_twin(topic, parent.id if parent else None, topic.name)
        self._unit.update("topics", topic.id, parent_id=parent.id if parent else None)

    def merge(self, gone: Topic, kept: Topic) -> None:
        """Make two topics one: papers, notes, aliases and sub-topics of the first go to the second."""
        forest = self.forest()
        if any(below.id == kept.id for below in forest.below(gone)):
            raise UsageError(
                f"{forest.path(gone)} cannot be merged into a topic below itself", "merge it the other way"
            )
        for child in forest.children(gone.id):
            twin = next(
                (
                    c
                    for c in forest.children(kept.id)
                    # A topic merged into the one above it is itself a child of that one, but not for long.
                    if c.id != gone.id and c.name.casefold() == child.name.casefold()
                ),
                None,
            )
            if twin:
                self.merge(child, twin)
            else:
                self._unit.update("topics", child.id, parent_id=kept.id)
        for row in self._unit.rows("paper_topics", topic_id=gone.id):
            self.attach(row["paper_id"], kept.id)
        if gone.name.casefold() != kept.name.casefold():
            self.alias(kept, gone.name)
        for alias in gone.aliases:
            self.alias(kept, alias)
        if self._unit.get("focus", gone.id):
            self._unit.put("focus", kept.id)
        self._vanish(gone, kept.id)

    def remove(self, topic: Topic) -> None:
        """Take the topic and all below it away. The papers stay; notes go to the topic above."""
        for child in self.forest().children(topic.id):
            self.remove(child)
        self._vanish(topic, topic.parent)

    def _vanish(self, topic: Topic, heir: int | None) -> None:
        self._unit.delete_rows("paper_topics", topic_id=topic.id)
        self._unit.delete_rows("topic_aliases", topic_id=topic.id)
        self._unit.delete("focus", topic.id)
        for row in self._unit.rows("notes", topic_id=topic.id):
            self._unit.update("notes", row["id"], topic_id=heir)
        self._unit.delete("topics", topic.id)

    def _refuse_twin(self, topic: Topic, parent: int | None, name: str) -> None:
        wanted = one_line(name).casefold()
        if not wanted or "/" in name:
            raise UsageError(f"{one_line(name)!r} is not a topic's name", "a name is not empty and has no slash")
        forest = self.forest()
        twin = next((t for t in forest.children(parent) if t.name.casefold() == wanted and t.id != topic.id), None)
        if twin:
            raise UsageError(f"there is a topic {forest.path(twin)} already", "`rl topic merge` makes one of two")
