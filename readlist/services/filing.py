"""Putting papers under topics and tags, as a person names them."""

from __future__ import annotations

from collections.abc import Iterable

from readlist.db.library import Work
from readlist.domain.text import one_line
from readlist.domain.topics import parse_path
from readlist.errors import UsageError


def topic_id(work: Work, text: str) -> int:
    """The topic that `text` names by its path, name or alias; a new one at that path if there is none."""
    there = work.topics.forest().exactly(text)
    return there.id if there else work.topics.ensure(parse_path(text))


def tag_name(text: str) -> str:
    """`text` as a tag: one line, without a leading `#`. Raises UsageError for an empty one."""
    name = one_line(text).removeprefix("#").strip()
    if not name:
        raise UsageError("a tag cannot be empty", "tags are short labels: --tag survey")
    return name


def file_under(work: Work, paper_id: int, topics: Iterable[str], tags: Iterable[str]) -> bool:
    """Put the paper under these topics and tags; whether any is new to it."""
    changed = [work.topics.attach(paper_id, topic_id(work, topic)) for topic in topics]
    changed += [work.tags.attach(paper_id, tag_name(tag)) for tag in tags]
    return any(changed)
