"""The reading life of a paper: begin and finish passes, want it, give it up, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from readlist.db.library import Library, Work
from readlist.domain.passes import PASSES, Then, highest_finished, next_after, open_pass, pass_to_start
from readlist.domain.text import one_line
from readlist.errors import UsageError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: the papers it changed, those that were so already, the pass it was about."""

    changed: tuple[int, ...]
    unchanged: tuple[int, ...] = ()
    number: int | None = None


def checked_pass(number: int | None) -> int | None:
    """`number` if it is a pass; raises UsageError for a pass 4."""
    if number is not None and number not in PASSES:
        raise UsageError(f"there is no pass {number}", "a paper is read in passes 1, 2 and 3")
    return number


def checked_minutes(minutes: int | None) -> int | None:
    """`minutes` if one pass can have taken them."""
    if minutes is not None and not 0 <= minutes <= 7 * 24 * 60:
        raise UsageError(f"a pass cannot take {minutes} minutes", "minutes are a number from 0 to 10080")
    return minutes


def checked_then(then: str | None) -> Then | None:
    if then is not None and then not in ("1", "2", "3", "done", "drop"):
        raise UsageError(f"--then cannot be {then!r}", "allowed: 1, 2, 3, done, drop")
    return cast("Then | None", then)


def start(library: Library, paper_id: int, number: int | None) -> Outcome:
    """Begin a pass: the one named, else the one wanted. A paper that was given up is taken back."""
    number = checked_pass(number)
    with library.write("start") as work:
        state = work.reading.state(paper_id)
        under_way = open_pass(state.passes)
        wanted = number or (under_way.number if under_way else pass_to_start(state.passes, state.next_pass))
        if under_way and under_way.number == wanted and not state.dropped:
            return Outcome((), (paper_id,), wanted)
        if under_way and under_way.number != wanted:
            raise UsageError(
                f"pass {under_way.number} of #{paper_id} is under way since {(under_way.started or '')[:10]}",
                f"finish it first: rl mark-read {paper_id} --pass {under_way.number}",
            )
        work.reading.set(paper_id, dropped=None, drop_reason=None)
        if not under_way:
            work.reading.begin(paper_id, wanted)
        return Outcome((paper_id,), (), wanted)


def mark_read(
    library: Library,
    papers: Sequence[int],
    number: int | None,
    *,
    minutes: int | None = None,
    on: date | None = None,
    then: str | None = None,
    note: str | None = None,
    summary: str | None = None,
) -> Outcome:
    """Finish a pass of each paper: `number`, else the one under way, else the one wanted."""
    number, minutes, verdict = checked_pass(number), checked_minutes(minutes), checked_then(then)
    with library.write("mark-read") as work:
        finished = on.isoformat() if on and on != work.unit.now.date() else work.unit.stamp
        last = number
        for paper_id in papers:
            last = _finish(work, paper_id, number, finished, minutes, verdict, note)
            if summary is not None:
                work.reading.summarise(paper_id, summary.strip())
        return Outcome(tuple(papers), (), last)


def _finish(
    work: Work,
    paper_id: int,
    number: int | None,
    finished: str,
    minutes: int | None,
    then: Then | None,
    note: str | None,
) -> int:
    state = work.reading.state(paper_id)
    under_way = open_pass(state.passes)
    number = number or (under_way.number if under_way else None) or state.next_pass
    if number is None:
        raise UsageError(f"which pass of #{paper_id} was read?", "say it: --pass 1, 2 or 3")
    begun = [p for p in state.passes if p.open and p.number <= number]
    late = next((p for p in begun if (p.started or "")[:10] > finished[:10]), None)
    if late:
        raise UsageError(
            f"pass {late.number} of #{paper_id} was begun on {(late.started or '')[:10]}, after {finished[:10]}",
            "give the day on which it was finished: --on DATE",
        )
    before = highest_finished(state.passes)
    pass_id = work.reading.finish(paper_id, number, finished, minutes)
    for shallower in begun:
        # Finishing a pass is finishing what it includes; a shallower one cannot stay open beneath it.
        if shallower.number < number and shallower.id is not None:
            work.reading.close(shallower.id, finished)
    wanted = next_after(number, state.next_pass, before, then)
    if then == "drop":
        reason = one_line(note or "") or f"given up after pass {number}"
        work.reading.set(paper_id, next_pass=wanted, dropped=finished, drop_reason=reason)
    else:
        work.reading.set(paper_id, next_pass=wanted, dropped=None, drop_reason=None)
    if note and note.strip():
        work.reading.note(note.strip(), paper_id=paper_id, number=number, pass_id=pass_id)
    work.reading.touch(paper_id)
    return number


def want(
    library: Library,
    papers: Sequence[int],
    number: int | None,
    priority: str | None = None,
    due: date | None = None,
) -> Outcome:
    """Put the papers into the queue for pass `number`, else for the one after the deepest they were read in."""
    number = checked_pass(number)
    with library.write("want") as work:
        changed = []
        for paper_id in papers:
            state = work.reading.state(paper_id)
            wanted = number or state.next_pass or pass_to_start(state.passes, None)
            values: dict[str, str | int | None] = {"next_pass": wanted, "dropped": None, "drop_reason": None}
            if priority:
                values["priority"] = priority
            if due:
                values["due"] = due.isoformat()
            if work.reading.set(paper_id, **values):
                changed.append(paper_id)
        return Outcome(tuple(changed), tuple(i for i in papers if i not in changed), number)


def drop(library: Library, papers: Sequence[int], why: str) -> Outcome:
    """Give the papers up, for a reason. What was wanted of them is remembered for `reopen`."""
    reason = one_line(why)
    if not reason:
        raise UsageError("say why", 'rl drop PAPER --why "too far from my topic"')
    with library.write("drop") as work:
        changed = []
        for paper_id in papers:
            dropped = work.reading.state(paper_id).dropped or work.unit.stamp
            if work.reading.set(paper_id, dropped=dropped, drop_reason=reason):
                changed.append(paper_id)
        return Outcome(tuple(changed), tuple(i for i in papers if i not in changed))


def reopen(library: Library, papers: Sequence[int]) -> Outcome:
    """Take back what was given up or done: dropped papers return to where they were, read ones wait for a next pass."""
    with library.write("reopen") as work:
        changed = []
        for paper_id in papers:
            state = work.reading.state(paper_id)
            values: dict[str, str | int | None] = {"dropped": None, "drop_reason": None}
            if state.next_pass is None and not open_pass(state.passes):
                values["next_pass"] = pass_to_start(state.passes, None)
            if work.reading.set(paper_id, **values):
                changed.append(paper_id)
        return Outcome(tuple(changed), tuple(i for i in papers if i not in changed))
