"""Topics, tags and venues: putting the library's labels in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readlist.db.library import Library, Work
from readlist.db.views import Views
from readlist.domain.nearest import did_you_mean
from readlist.domain.text import fold, one_line
from readlist.domain.topics import SEPARATOR, Forest, parse_path
from readlist.errors import NotFound, UsageError
from readlist.services.filing import file_under, tag_name, topic_id


@dataclass(frozen=True, slots=True)
class Placed:
    """Papers put under a topic: its path, how many were new to it, whether the topic is.

    `alike` are the paths of other topics that, by the glossary, mean the same as a new one.
    """

    path: str
    papers: int
    is_new: bool
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A topic's path before and after. `made` is the path of the topic above it, if that was made for it."""

    before: str
    after: str
    made: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Another name of the topic at `path`: whether it is new, and which topics bear it as well (their paths)."""

    path: str
    is_new: bool
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joining:
    """Two venues of which one is to be made: the name of the one that goes, with its papers, and of the one kept."""

    gone: str
    kept: str
    papers: int


def put_under_topic(library: Library, topic: str, papers: Sequence[int]) -> Placed:
    """Make the topic if need be and put the papers under it."""
    with library.write("topic add") as work:
        before = library.views.forest()
        there = topic_id(work, topic)
        moved = sum(work.topics.attach(paper_id, there) for paper_id in papers)
        for paper_id in papers:
            work.reading.touch(paper_id)
        forest = work.topics.forest()
        found = forest.with_id(there)
        is_new = all(known.id != there for known in before.topics)
        alike = before.meant_by(found.name) if is_new else []
        return Placed(forest.path(found), moved, is_new, tuple(map(before.path, alike)))


def take_from_topic(library: Library, topic: str, papers: Sequence[int]) -> tuple[str, int]:
    """Take the papers from under the topic: its path, and how many were there."""
    with library.write("topic remove") as work:
        forest = library.views.forest()
        found = forest.one(topic)
        return forest.path(found), sum(work.topics.detach(paper_id, found.id) for paper_id in papers)


def remove_topic(library: Library, topic: str) -> str:
    """Take the topic and all below it away; the papers stay."""
    with library.write("topic remove") as work:
        forest = library.views.forest()
        found = forest.one(topic)
        work.topics.remove(found)
        return forest.path(found)


def move_topic(library: Library, topic: str, parent: str) -> Changed:
    """Put the topic under another one; `/` is the top, and where nothing fits `parent` it is the path of a new one."""
    with library.write("topic move") as work:
        before = library.views.forest()
        found = before.one(topic)
        above = None if parent.strip() == SEPARATOR else _found_or_made(work, before, parent)
        there = work.topics.forest()
        work.topics.move(found, None if above is None else there.with_id(above))
        after = work.topics.forest()
        is_new = above is not None and all(known.id != above for known in before.topics)
        made = there.path(there.with_id(above)) if above is not None and is_new else ""
        return Changed(before.path(found), after.path(after.with_id(found.id)), made)


def _found_or_made(work: Work, forest: Forest, text: str) -> int:
    try:
        return forest.one(text).id
    except NotFound:
        return work.topics.ensure(parse_path(text))


def merge_topics(library: Library, gone: str, kept: str) -> Changed:
    """Make one of two topics: the first is a part of the second."""
    with library.write("topic merge") as work:
        forest = library.views.forest()
        first, second = forest.one(gone), forest.one(kept)
        if first.id != second.id:
            work.topics.merge(first, second)
        return Changed(forest.path(first), forest.path(second))


def alias_topic(library: Library, topic: str, alias: str) -> Named:
    """Give the topic another name."""
    parse_path(alias)
    with library.write("topic alias") as work:
        forest = library.views.forest()
        found = forest.one(topic)
        wanted = one_line(alias).casefold()
        bearers = [t for t in forest.topics if wanted in (name.casefold() for name in (t.name, *t.aliases))]
        shared = tuple(forest.path(t) for t in bearers if t.id != found.id)
        if found in bearers:
            return Named(forest.path(found), False, shared)
        return Named(forest.path(found), work.topics.alias(found, alias), shared)


def rename_topic(library: Library, topic: str, name: str) -> Changed:
    """Give the topic another name, in its place."""
    if len(parse_path(name)) > 1:
        raise UsageError(
            f"{one_line(name)!r} is not a topic's name", "a name has no slash; `rl topic move` puts it elsewhere"
        )
    with library.write("topic rename") as work:
        before = library.views.forest()
        found = before.one(topic)
        work.topics.rename(found, name)
        after = work.topics.forest()
        return Changed(before.path(found), after.path(after.with_id(found.id)))


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
            raise _no_tag(work.views, name)
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
            raise _no_tag(work.views, name)
        work.tags.rename(found, tag_name(new))


def _no_tag(views: Views, name: str) -> NotFound:
    hint = did_you_mean(tag_name(name), [tag.name for tag in views.tags()], "`rl tag list` shows all")
    return NotFound(f"there is no tag {one_line(name)!r}", hint, ref=name)


def _venue(views: Views, name: str) -> int:
    found = views.venue_id(name)
    if found is None:
        known = [name for venue in views.venues() for name in (venue.name, *venue.aliases)]
        hint = did_you_mean(name, known, "`rl venue list` shows all")
        raise NotFound(f"there is no venue {one_line(name)!r}", hint, ref=name)
    return found


def joining(views: Views, gone: str, kept: str) -> Joining | None:
    """What making one venue of these two would do; None where they are one already, or the first is none so far."""
    stays, goes = _venue(views, kept), views.venue_id(gone)
    if goes is None or goes == stays:
        return None
    names = {views.venue_id(venue.name): venue for venue in views.venues()}
    return Joining(names[goes].name, names[stays].name, names[goes].papers)


def alias_venue(library: Library, venue: str, alias: str) -> bool:
    """Let another spelling mean the venue; whether it is new. Papers of a venue of that spelling go to this one."""
    if not one_line(alias):
        raise UsageError("an alias cannot be empty", "rl venue alias NeurIPS NIPS")
    if not fold(alias):
        raise UsageError(f"{one_line(alias)!r} is not a venue's name", "a name has letters or digits")
    with library.write("venue alias") as work:
        kept = _venue(work.views, venue)
        other = work.views.venue_id(alias)
        if other == kept:
            return False
        if other is not None:
            work.venues.merge(other, kept)
            return True
        return work.venues.alias(kept, alias)


def merge_venues(library: Library, gone: str, kept: str) -> int:
    """Make one of two venues; the first name becomes an alias of the second. How many papers moved."""
    with library.write("venue merge") as work:
        first, second = _venue(work.views, gone), _venue(work.views, kept)
        return 0 if first == second else work.venues.merge(first, second)
