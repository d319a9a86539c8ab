"""The day: what is being read, what is next, and the week so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readlist.db.views import Views
from readlist.domain.dates import Span, week_of
from readlist.domain.paper import Paper
from readlist.services.listing import Wanted, select

MOST_SHOWN = 5
"""How many of the papers being read, and of those that wait, the day names."""


@dataclass(frozen=True, slots=True)
class Today:
    """How things stand on `day`. `reading` is begun last first, `next` most urgent first; each has up to `MOST_SHOWN`.

    `known`, `read` and `waiting` count all papers of the library, those being read, and those that wait to be. Where
    topics are in `focus`, `next` and `waiting` are of papers under these alone. `passes`, `minutes` (spent on them, as
    far as they were told) and `added` are of `week` up to now.
    """

    day: date
    week: Span
    reading: Sequence[Paper] = ()
    next: Sequence[Paper] = ()
    known: int = 0
    read: int = 0
    waiting: int = 0
    focus: tuple[str, ...] = ()
    passes: int = 0
    minutes: int = 0
    added: int = 0


def day_of(views: Views, today: date, *, whole: bool) -> Today:
    """The day `today` in a library. With `whole`, each paper has all that JSON shows."""
    counts = views.status_counts()
    if not counts:
        return Today(today, week_of(today))
    wanted = Wanted(statuses=("todo",))
    queue = select(views, wanted, today, queue=True, default_sort="urgency", default_limit=MOST_SHOWN, whole=whole)
    week = week_of(today)
    finished = [event for _, event in views.finished_in(week)]
    return Today(
        day=today,
        week=week,
        reading=views.papers(views.being_read(MOST_SHOWN), today, whole=whole),
        next=queue.papers,
        known=sum(counts.values()),
        read=counts.get("reading", 0),
        waiting=queue.total,
        focus=queue.focus,
        passes=len(finished),
        minutes=sum(event.minutes or 0 for event in finished),
        added=len(views.added_in(week)),
    )
