"""Reading topics, tags and venues, with how many papers each has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import cast

from readlist.db.reader import Reader
from readlist.domain.text import fold
from readlist.domain.topics import Forest, Topic


@dataclass(frozen=True, slots=True)
class Count:
    """How many papers something has, and how many of them were read."""

    name: str
    papers: int
    read: int = 0
    aliases: tuple[str, ...] = ()


class Catalogue(Reader):
    """What the library's papers are filed under."""

    def forest(self) -> Forest:
        """All topics."""
        aliases: dict[int, list[str]] = defaultdict(list)
        for topic_id, alias in self._all("select topic_id, alias from topic_aliases order by topic_id, alias"):
            aliases[topic_id].append(alias)
        rows = self._all("select id, name, parent_id from topics order by id")
        return Forest(tuple(Topic(i, name, parent, tuple(aliases[i])) for i, name, parent in rows))

    def topic_counts(self) -> dict[int, tuple[int, int]]:
        """By topic id: papers directly under it, and how many of them were read."""
        rows = self._all(
            "select t.topic_id, count(*), sum(r.status = 'done') from paper_topics t "
            "join reading r on r.paper_id = t.paper_id group by t.topic_id"
        )
        return {i: (papers, read) for i, papers, read in rows}

    def papers_of_topics(self, ids: set[int]) -> set[int]:
        """The papers under any of these topics."""
        marks = ",".join("?" * len(ids))
        return {i for (i,) in self._all(f"select paper_id from paper_topics where topic_id in ({marks})", *ids)}

    def topic_notes(self, topic_id: int | None) -> list[str]:
        """The notes of a topic itself; None: of whole pages."""
        rows = self._all("select text from notes where paper_id is null and topic_id is ? order by id", topic_id)
        return [text for (text,) in rows]

    def tags(self) -> list[Count]:
        rows = self._all(
            "select t.name, count(r.paper_id), total(r.status = 'done') from tags t "
            "left join paper_tags l on l.tag_id = t.id left join reading r on r.paper_id = l.paper_id "
            "group by t.id order by t.name"
        )
        return [Count(name, papers, int(read)) for name, papers, read in rows]

    def venues(self) -> list[Count]:
        aliases: dict[int, list[str]] = defaultdict(list)
        for venue_id, alias in self._all("select venue_id, alias from venue_aliases order by alias"):
            aliases[venue_id].append(alias)
        rows = self._all(
            "select v.id, v.name, count(r.paper_id), total(r.status = 'done') from venues v "
            "left join papers p on p.venue_id = v.id left join reading r on r.paper_id = p.id "
            "group by v.id order by count(r.paper_id) desc, v.name"
        )
        return [Count(name, papers, int(read), tuple(aliases[i])) for i, name, papers, read in rows]

    def venue_id(self, name: str) -> int | None:
        """The venue with that name or alias, folded."""
        wanted = fold(name)
        by_name = next((i for i, n in self._all("select id, name from venues order by id") if fold(n) == wanted), None)
        return by_name or cast("int | None", self._one("select venue_id from venue_aliases where folded = ?", wanted))
