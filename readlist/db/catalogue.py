"""Reading topics, tags and venues, with how many papers each has."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from readlist.db.reader import Reader
from readlist.domain.text import fold
from readlist.domain.topics import Forest, Topic
from readlist.glossary import built_in_glossary

if TYPE_CHECKING:
    from readlist.domain.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Count:
    """How many papers something has, and how many of them were read."""

    name: str
    papers: int
    read: int = 0
    aliases: tuple[str, ...] = ()


class Catalogue(Reader):
    """What the library's papers are filed under."""

    def __init__(self, connection: sqlite3.Connection, glossary: Callable[[], Glossary] = built_in_glossary) -> None:
        super().__init__(connection)
        self._glossary = glossary

    def forest(self) -> Forest:
        """All topics."""
        aliases: dict[int, list[str]] = defaultdict(list)
        for topic_id, alias in self._all("select topic_id, alias from topic_aliases order by topic_id, alias"):
            aliases[topic_id].append(alias)
        rows = self._all("select id, name, parent_id from topics order by id")
        return Forest(tuple(Topic(i, name, parent, tuple(aliases[i])) for i, name, parent in rows), self._glossary)

    def topic_counts(self) -> dict[int, tuple[int, int, int]]:
        """By topic id: papers directly under it; with all topics below it, each paper once: papers, and those read."""
        rows = self._all(
            "with recursive under(top, id) as (select id, id from topics "
            "union all select u.top, t.id from under u join topics t on t.parent_id = u.id) "
            "select u.top, count(distinct case when u.id = u.top then r.paper_id end), count(distinct r.paper_id), "
            "count(distinct case when r.status = 'done' then r.paper_id end) "
            "from under u join paper_topics l on l.topic_id = u.id join reading r on r.paper_id = l.paper_id "
            "group by u.top"
        )
        return {i: (papers, total, read) for i, papers, total, read in rows}

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
