"""Topics, tags and venues: putting the library's labels in order."""

from __future__ import annotations

from collections.abc import Sequence

from readlist.db.library import Library
from readlist.db.views import Views
from readlist.domain.text import fold, one_line
from readlist.domain.topics import parse_path
from readlist.errors import NotFound, UsageError
from readlist.services.filing import file_under, tag_name, topic_id


def put_under_topic(library: Library, topic: str, papers: Sequence[int]) -> tuple[str, int]:
    """Make the topic if need be and put the papers under it: its path, and how many were new to it."""
    with library.write("topic add") as work:
        there = topic_id(work, topic)
        moved = sum(work.topics.attach(paper_id, there) for paper_id in papers)
        for paper_id in papers:
            work.reading.touch(paper_id)
        forest = work.topics.forest()
        return forest.path(next(t for t in forest.topics if t.id == there)), moved


def take_from_topic(library: Library, topic: str, papers: Sequence[int]) -> tuple[str, int]:
    """Take the papers from under the topic: its path, and how many were there."""
    with library.write("topic remove") as work:
        forest = work.topics.forest()
        found = forest.one(topic)
        return forest.path(found), sum(work.topics.detach(paper_id, found.id) for paper_id in papers)


def remove_topic(library: Library, topic: str) -> str:
    """Take the topic and all below it away; the papers stay."""
    with library.write("topic remove") as work:
        forest = work.topics.forest()
        found = forest.one(topic)
        work.topics.remove(found)
        return forest.path(found)


def move_topic(library: Library, topic: str, parent: str) -> str:
    """Put the topic under another one (`/`: at the top, a new path: made); returns its new path."""
    with library.write("topic move") as work:
        found = work.topics.forest().one(topic)
        if parent.strip() == "/":
            work.topics.move(found, None)
        else:
            above = topic_id(work, parent)
            work.topics.move(found, next(t for t in work.topics.forest().topics if t.id == above))
        forest = work.topics.forest()
        return forest.path(next(t for t in forest.topics if t.id == found.id))


def merge_topics(library: Library, gone: str, kept: str) -> str:
    """Make one of two topics; returns the path of the one that is left."""
    with library.write("topic merge") as work:
        forest = work.topics.forest()
        first, second = forest.one(gone), forest.one(kept)
        if first.id != second.id:
            work.topics.merge(first, second)
        return forest.path(second)


def alias_topic(library: Library, topic: str, alias: str) -> tuple[str, bool]:
    """Give the topic another name: its path, and whether the name is new."""
    parse_path(alias)
    with library.write("topic alias") as work:
        forest = work.topics.forest()
        found = forest.one(topic)
        return forest.path(found), work.topics.alias(found, alias)


def rename_topic(library: Library, topic: str, name: str) -> tuple[str, str]:
    """Give the topic another name: its path before and after."""
    with library.write("topic rename") as work:
        before = work.topics.forest()
        found = before.one(topic)
        work.topics.rename(found, name)
        after = work.topics.forest()
        return before.path(found), after.path(next(t for t in after.topics if t.id == found.id))


def tag(library: Library, name: str, papers: Sequence[int]) -> int:
    """Give the papers the tag; how many did not have it."""
    with library.write("tag add") as work:
        tagged = [paper_id for paper_id in papers if file_under(work, paper_id, (), (name,))]
        for paper_id in tagged:
            work.reading.touch(paper_id)
        return len(tagged)


def untag(library: Library, name: str, papers: Sequence[int]) -> int:
    """Take the tag off the papers, or off all and away if none is named; how many had it."""
    with library.write("tag remove") as work:
        found = work.tags.find(tag_name(name))
        if found is None:
            raise NotFound(f"there is no tag {one_line(name)!r}", "`rl tag list` shows all", ref=name)
        if not papers:
            count = next(row.papers for row in work.views.tags() if row.name.casefold() == tag_name(name).casefold())
            work.tags.remove(found)
            return count
        return sum(work.tags.detach(paper_id, found) for paper_id in papers)


def rename_tag(library: Library, name: str, new: str) -> None:
    """Give the tag another name; if there is one of that name, the two become one."""
    with library.write("tag rename") as work:
        found = work.tags.find(tag_name(name))
        if found is None:
            raise NotFound(f"there is no tag {one_line(name)!r}", "`rl tag list` shows all", ref=name)
        work.tags.rename(found, tag_name(new))


def _venue(views: Views, name: str) -> int:
    found = views.venue_id(name)
    if found is None:
        raise NotFound(f"there is no venue {one_line(name)!r}", "`rl venue list` shows all", ref=name)
    return found


def alias_venue(library: Library, venue: str, alias: str) -> bool:
    """Let another spelling mean the venue; whether it is new. Papers of a venue of that spelling go to this one."""
    if not one_line(alias):
        raise UsageError("an alias cannot be empty", "rl venue alias NeurIPS NIPS")
    if not fold(alias):
        raise UsageError(f"{one_line(alias)!r} is not a venue's name", "a name has letters or digits")
    with library.write("venue alias") as work:
        kept = _venue(work.views, venue)
        other = work.views.venue_id(alias)
        if other is not None and other != kept:
            work.venues.merge(other, kept)
            return True
        return work.venues.alias(kept, alias)


def merge_venues(library: Library, gone: str, kept: str) -> int:
    """Make one of two venues; the first name becomes an alias of the second. How many papers moved."""
    with library.write("venue merge") as work:
        first, second = _venue(work.views, gone), _venue(work.views, kept)
        return 0 if first == second else work.venues.merge(first, second)
