"""The reading life of a paper: begin and finish passes, want it, give it up, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from readlist.db.library import Library, Work
from readlist.db.views import Views
from readlist.domain.passes import (
    PASSES,
    Pass,
    Then,
    checked_pass,
    highest_finished,
    just_finished,
    minutes_by_clock,
    next_after,
    open_pass,
    pass_to_finish,
    pass_to_start,
    verdict_open,
)
from readlist.domain.text import one_line
from readlist.errors import UsageError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: the papers it changed, those that were so already, the pass it was about.

    `revived` are papers among them that had been given up and are no more.
    """

    changed: tuple[int, ...]
    unchanged: tuple[int, ...] = ()
    number: int | None = None
    revived: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """What is said of a pass that is finished: see `mark_read`. `on` is None for now."""

    minutes: int | None
    on: date | None
    then: Then | None
    note: str | None
    summary: str | None
    clock: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """A pass that `mark_read` finished. `by_clock`: the minutes are what its clock tells.

    `again`: it had been finished a moment ago, so it is the same one, said twice; `changed` is whether that said
    something new. `over` are the passes before it that were not read by themselves and count as read with it.
    """

    paper: int
    number: int
    minutes: int | None = None
    by_clock: bool = False
    again: bool = False
    changed: bool = True
    revived: bool = False
    over: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Prospect:
    """A pass that can be finished now: what its clock tells, and the pass that is next if nobody says otherwise."""

    number: int
    minutes: int | None
    next_pass: int | None
    summary: str | None


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
        return Outcome((paper_id,), (), wanted, (paper_id,) if state.dropped else ())


def prospect(views: Views, paper_id: int, number: int | None, now: datetime) -> Prospect | None:
    """What finishing a pass of the paper comes to; None if there is nothing to ask: see `mark_read`."""
    paper = views.paper(paper_id, now.date())
    events = [event for event in paper.passes if not event.implied]
    again = just_finished(events, checked_pass(number), now)
    number = number or pass_to_finish(events, paper.next_pass)
    if again or number is None:
        return None
    before = highest_finished(events)
    following = next_after(number, paper.next_pass, before, None)
    return Prospect(number, _by_clock(views, paper_id, events, number, now), following, paper.summary)


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
    clock: bool = True,
) -> tuple[Finished, ...]:
    """Finish a pass of each paper: `number`, else the one under way, else the one wanted; on the day `on`, else now.

    Without `minutes` they are the time since the pass was begun, if its `clock` tells that. A pass that was finished
    less than a minute ago is not finished again: what is said of it now is added to it.
    """
    number = checked_pass(number)
    with library.write("mark-read") as work:
        today = on in (None, work.unit.now.date())
        given = _Given(checked_minutes(minutes), None if today else on, checked_then(then), note, summary, clock)
        return tuple(_finish(work, paper_id, number, given) for paper_id in papers)


def _finish(work: Work, paper_id: int, number: int | None, given: _Given) -> Finished:
    state = work.reading.state(paper_id)
    now = work.unit.now
    again = None if given.on else just_finished(state.passes, number, now)
    if again:
        return Finished(paper_id, again.number, again=True, changed=_complete(work, paper_id, again, given))
    number = number or pass_to_finish(state.passes, state.next_pass)
    if number is None:
        raise UsageError(f"which pass of #{paper_id} was read?", "say it: --pass 1, 2 or 3")
    finished = given.on.isoformat() if given.on else work.unit.stamp
    begun = [p for p in state.passes if p.open and p.number <= number]
    late = [p for p in begun if (p.started or "")[:10] > finished[:10]]
    if late and given.on:
        raise UsageError(
            f"pass {late[0].number} of #{paper_id} was begun on {(late[0].started or '')[:10]}, after {finished[:10]}",
            "give the day on which it was finished: --on DATE",
        )
    minutes, before = given.minutes, highest_finished(state.passes)
    if minutes is None and given.clock and not given.on:
        minutes = _by_clock(work.views, paper_id, state.passes, number, now)
    pass_id = work.reading.finish(paper_id, number, finished, minutes)
    for shallower in begun:
        # Finishing a pass is finishing what it includes; a shallower one cannot stay open beneath it.
        if shallower.number < number and shallower.id is not None:
            work.reading.close(shallower.id, finished)
    for event in late:  # begun by a clock that has been put back since: nobody knows when
        work.unit.update("passes", event.id, started=None)
    _conclude(work, paper_id, number, next_after(number, state.next_pass, before, given.then), given, finished)
    if given.note and given.note.strip():
        work.reading.note(given.note.strip(), paper_id=paper_id, number=number, pass_id=pass_id)
    if given.summary is not None:
        work.reading.summarise(paper_id, given.summary.strip())
    work.reading.touch(paper_id)
    return Finished(
        paper_id, number, minutes,
        by_clock=given.minutes is None and minutes is not None,
        revived=state.dropped is not None and given.then != "drop",
        over=tuple(n for n in PASSES if before < n < number and all(p.number != n for p in begun)),
    )  # fmt: skip


def _complete(work: Work, paper_id: int, event: Pass, given: _Given) -> bool:
    """Add what is said of a pass that was finished a moment ago; whether any of it is new."""
    before = work.unit.altered
    if given.minutes is not None:
        work.unit.update("passes", event.id, minutes=given.minutes)
    if given.then:
        at = work.reading.state(paper_id).dropped or work.unit.stamp
        _conclude(work, paper_id, event.number, next_after(event.number, None, 0, given.then), given, at)
    note = (given.note or "").strip()
    if note and all(row["text"] != note for row in work.unit.rows("notes", paper_id=paper_id)):
        work.reading.note(note, paper_id=paper_id, number=event.number, pass_id=event.id)
    if given.summary is not None:
        work.reading.summarise(paper_id, given.summary.strip())
    if work.unit.altered == before:
        return False
    work.reading.touch(paper_id)
    return True


def _conclude(work: Work, paper_id: int, number: int, wanted: int | None, given: _Given, at: str) -> None:
    """What is next after pass `number`: pass `wanted`, nothing, or the paper is given up."""
    if given.then == "drop":
        reason = one_line(given.note or "") or f"given up after pass {number}"
        work.reading.set(paper_id, next_pass=wanted, dropped=at, drop_reason=reason)
    else:
        work.reading.set(paper_id, next_pass=wanted, dropped=None, drop_reason=None)


def _by_clock(views: Views, paper_id: int, events: Sequence[Pass], number: int, now: datetime) -> int | None:
    """The minutes that the clock of pass `number`, if it is under way, tells at `now`.

    Where another paper was begun meanwhile, the clock ran for both, and tells of neither.
    """
    event = next((event for event in events if event.open and event.number == number), None)
    minutes = minutes_by_clock(event, now) if event else None
    if event is None or event.started is None or minutes is None or views.begun_since(event.started, paper_id):
        return None
    return minutes


def want(
    library: Library,
    papers: Sequence[int],
    number: int | None,
    priority: str | None = None,
    due: date | None = None,
    *,
    undated: bool = False,
) -> Outcome:
    """Put the papers into the queue for pass `number`, else for the one after the deepest they were read in.

    `priority` and `due` stay as they are unless given; `undated`: they are due on no day any more.
    """
    number = checked_pass(number)
    with library.write("want") as work:
        changed = []
        for paper_id in papers:
            state = work.reading.state(paper_id)
            wanted = number or state.next_pass or pass_to_start(state.passes, None)
            values: dict[str, str | int | None] = {"next_pass": wanted, "dropped": None, "drop_reason": None}
            if priority:
                values["priority"] = priority
            if due or undated:
                values["due"] = due.isoformat() if due else None
            if work.reading.set(paper_id, **values):
                changed.append(paper_id)
            elif verdict_open(state.passes, state.next_pass):
                go_on(work, paper_id)
        return Outcome(tuple(changed), tuple(i for i in papers if i not in changed), number)


def go_on(work: Work, paper_id: int) -> None:
    """Note that it was decided to read on, though nothing else changes: the log tells of it.

    The paper's time of change is noted to the millisecond, since it may be of this very second already.
    """
    work.unit.update("papers", paper_id, changed=work.unit.now.isoformat(timespec="milliseconds"))


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
