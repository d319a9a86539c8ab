"""The focus: topics that the queue is narrowed to, and what waits outside of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readlist.db.focus import set_focus
from readlist.db.library import Library
from readlist.db.views import Views
from readlist.domain.paper import Paper
from readlist.domain.query import Filter, Term

CLEAR = "`rl focus --clear` shows the whole queue"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The paths of the topics in focus (none: the queue is whole), how many papers of the queue are under them, and
    how many it has in all."""

    topics: tuple[str, ...]
    papers: int
    total: int


def narrowed(views: Views, today: date) -> Narrowed:
    """What is in focus."""
    page = views.select(Filter(), "id", 1, today, queue=True, focused=True)
    total = page.total if not page.focus else views.select(Filter(), "id", 1, today, queue=True).total
    return Narrowed(page.focus, page.total, total)


def put_in_focus(library: Library, topics: Sequence[str]) -> bool:
    """Narrow the queue to these topics, in place of those in focus; none: no more. Whether that changed anything.

    Each is found as `rl todo --topic` finds it, so a name may mean several. Raises NotFound for one that means none.
    """
    with library.write("focus") as work:
        forest = library.views.forest()
        found = {topic.id: topic for text in topics for topic in forest.matching(text)}
        # A topic below another that is meant is in focus with it; named itself, it would stay when that one goes.
        covered = {below.id for topic in found.values() for below in forest.below(topic) if below.id != topic.id}
        return set_focus(work.unit, found.keys() - covered)


def note(topics: Sequence[str]) -> str:
    """What is said of a queue that is narrowed to these topics."""
    more = f" and {len(topics) - _NAMED} more" if len(topics) > _NAMED else ""
    return f"in focus: {', '.join(topics[:_NAMED])}{more}; {CLEAR}"


_NAMED = 3  # topics in a message


def more_urgent(views: Views, paper_id: int, today: date) -> Paper | None:
    """The most urgent paper that waits, in focus, if it is more urgent than this one is (before its pass is noted)."""
    waiting = Filter((Term("status", "todo"),))
    page = views.select(waiting, "urgency", 2, today, queue=True, focused=True)
    first = next((paper for paper in page.papers if paper.id != paper_id), None)
    ours = views.paper(paper_id, today).urgency
    if first is None or first.urgency is None or (ours and ours.total >= first.urgency.total):
        return None
    return first
