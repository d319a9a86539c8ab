"""Triage: of the papers that were looked at in pass 1, which to read on, which to set aside, which to give up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from readlist.db.library import Library
from readlist.domain.passes import verdict_open
from readlist.domain.text import one_line
from readlist.services.listing import Wanted, select
from readlist.services.read import go_on

COMMAND = "triage"

_DECIDES = ("triage", "want", "reopen")
"""Commands by which a reader says that a paper is to be read on. Reading pass 1 again opens the question again."""

_NO_REASON = "given up after pass 1"


@dataclass(frozen=True, slots=True)
class Candidates:
    """The papers to be decided on, the most urgent first; the topics in focus, if the queue is narrowed to some."""

    ids: tuple[int, ...]
    focus: tuple[str, ...] = ()


def candidates(library: Library, asked: Wanted, today: date) -> Candidates:
    """The papers that `asked` asks for, and that wait for pass 2, were read in pass 1 alone, and not decided on since.

    What was decided is read from the log; where that has been trimmed, the question is open again.
    """
    wanted = replace(asked, statuses=("todo",), number=2, limit=0)
    page = select(library.views, wanted, today, queue=True, default_sort="urgency", default_limit=0, whole=False)
    ids = [paper.id for paper in page.papers if verdict_open(paper.passes, paper.next_pass)]
    last = library.views.last_commands(ids, (*_DECIDES, "mark-read"))
    return Candidates(tuple(i for i in ids if last.get(i) not in _DECIDES), page.focus)


def read_on(library: Library, paper_id: int) -> None:
    """The paper stays in the queue, and is not asked about again."""
    with library.write(COMMAND) as work:
        go_on(work, paper_id)


def park(library: Library, paper_id: int) -> None:
    """The paper leaves the queue and counts as read so far; `rl reopen` puts it back."""
    with library.write(COMMAND) as work:
        work.reading.set(paper_id, next_pass=None)


def give_up(library: Library, paper_id: int, why: str) -> None:
    """The paper is dropped, for a reason or without one."""
    with library.write(COMMAND) as work:
        work.reading.set(paper_id, dropped=work.unit.stamp, drop_reason=one_line(why) or _NO_REASON)
