"""What a report of a span of days says: what was read, begun, added, given up, what moved, and what is next.

All but what is next is as it was at the end of the span, so that a report says the same whenever it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from readlist.domain.dates import Span, day_of
from readlist.domain.paper import Paper
from readlist.domain.passes import Pass, Status, Then, open_pass, status


@dataclass(frozen=True, slots=True)
class Standing:
    """How the reading of a paper stood at the end of a day. `passes` are those begun or finished by then.

    `here`: whether it was on the list; `dropped` is when it had been given up, None if it was not.
    """

    here: bool
    next_pass: int | None
    dropped: str | None
    drop_reason: str | None
    summary: str | None
    passes: tuple[Pass, ...]

    @property
    def status(self) -> Status:
        return status(self.passes, self.next_pass, self.dropped is not None)

    @property
    def queued(self) -> bool:
        """Whether the paper waited, or was being read."""
        return self.here and self.status in ("todo", "reading")

    @property
    def then(self) -> Then:
        """What was decided after the last pass, in the words of `rl mark-read --then`."""
        if self.dropped:
            return "drop"
        under_way = open_pass(self.passes)
        number = under_way.number if under_way else self.next_pass
        words: Mapping[int | None, Then] = {1: "1", 2: "2", 3: "3", None: "done"}
        return words[number]


def standing(
    day: date,
    added: date,
    passes: Iterable[Pass],
    *,
    next_pass: int | None,
    dropped: str | None,
    drop_reason: str | None,
    summary: str | None,
) -> Standing:
    """How a paper stood at the end of `day`, of all passes known and the wish that held then."""
    known = tuple(event for event in (_by(event, day) for event in passes) if event)
    if dropped and _after(dropped, day):
        dropped = drop_reason = None
    return Standing(added <= day, next_pass, dropped, drop_reason, summary, known)


def _after(stamp: str | None, day: date) -> bool:
    known = day_of(stamp)
    return known is not None and known > day


def _by(event: Pass, day: date) -> Pass | None:
    """The pass as it was known at the end of `day`: under way if it was finished later, None if it began later."""
    if event.finished is None and event.started is None:
        return event  # read on an unknown day
    if event.finished is not None and not _after(event.finished, day):
        return event
    if event.started is None or _after(event.started, day):
        return None
    return replace(event, finished=None, minutes=None, note=None, version=None)


@dataclass(frozen=True, slots=True)
class Queue:
    """How many papers waited or were being read at the start and at the end of a span, and what made the difference.

    `end` is `start` + `added` + `wanted` - `read` - `dropped` - `other`. `wanted` were there before and were wanted
    (again), `other` left the queue without being read or given up.
    """

    start: int = 0
    added: int = 0
    wanted: int = 0
    read: int = 0
    dropped: int = 0
    other: int = 0
    end: int = 0

    @property
    def moved(self) -> bool:
        """Whether anything came in or went out."""
        return any((self.added, self.wanted, self.read, self.dropped, self.other))


def queue_change(span: Span, unmoved: int, before: Mapping[int, Standing], after: Mapping[int, Standing]) -> Queue:
    """The change of the queue in `span`, of the papers that stood otherwise `before` it or `after` it than now.

    Both have the same papers; `unmoved` others were in the queue all the time. A paper that was added and left the
    queue in the same span counts for both.
    """
    kinds: Counter[str] = Counter()
    for i, now in after.items():
        was = before[i]
        new = now.here and not was.here
        gone = "dropped" if now.dropped else "read" if _read_in(span, now.passes) else "other"
        if now.queued and not was.queued:
            kinds["added" if new else "wanted"] += 1
        elif was.queued and not now.queued:
            kinds[gone] += 1
        elif new and not now.queued and gone != "other":
            kinds.update(("added", gone))
    start = unmoved + sum(it.queued for it in before.values())
    end = unmoved + sum(it.queued for it in after.values())
    return Queue(start=start, end=end, **kinds)


def _read_in(span: Span, passes: Sequence[Pass]) -> bool:
    return any(day_of(event.finished) in span for event in passes)


@dataclass(frozen=True, slots=True)
class Read:
    """A paper of which passes were finished in the span, in order of time, each with the notes taken in it.

    `then` says what was decided after the last of them, "1", "2", "3", "done" or "drop". `notes` are those written in
    the span outside of these passes.
    """

    paper: Paper
    passes: tuple[Pass, ...]
    notes: tuple[str, ...] = ()
    then: Then = "done"

    @property
    def deepest(self) -> int:
        """The number of the deepest of the passes."""
        return max(event.number for event in self.passes)

    @property
    def minutes(self) -> int:
        """The minutes of the passes together; 0 if none were noted."""
        return sum(event.minutes or 0 for event in self.passes)

    @property
    def verdicts(self) -> tuple[str, ...]:
        """What came after each of the passes: the next one of them, and `then` in the end."""
        return (*(str(event.number) for event in self.passes[1:]), self.then)


@dataclass(frozen=True, slots=True)
class Noted:
    """A paper with the notes written on it in the span."""

    paper: Paper
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mover:
    """A paper whose citation count changed from `before` to `after`, both as the same source counts."""

    paper: Paper
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Report:
    """What happened in `span`, and what is next on the day `today`, on which the report is made.

    `added` and `movers` hold the first of what may be thousands after an import or a refresh; `added_total` and
    `movers_total` say how many there are. `noted` are papers with notes that are neither in `read` nor in `reading`.
    """

    span: Span
    today: date
    read: tuple[Read, ...] = ()
    reading: tuple[Noted, ...] = ()
    added: tuple[Paper, ...] = ()
    added_total: int = 0
    dropped: tuple[Paper, ...] = ()
    noted: tuple[Noted, ...] = ()
    movers: tuple[Mover, ...] = ()
    movers_total: int = 0
    next: tuple[Paper, ...] = ()
    queue: Queue = field(default_factory=Queue)

    @property
    def passes(self) -> int:
        """How many passes were finished."""
        return sum(len(entry.passes) for entry in self.read)

    @property
    def minutes(self) -> int:
        """The minutes noted for these passes."""
        return sum(entry.minutes for entry in self.read)

    @property
    def by_pass(self) -> Mapping[int, int]:
        """How many passes of each number were finished, deepest first."""
        counts = Counter(event.number for entry in self.read for event in entry.passes)
        return {number: counts[number] for number in sorted(counts, reverse=True)}

    @property
    def waiting(self) -> int:
        """How many papers waited, or were being read, at the end of the span."""
        return self.queue.end

    @property
    def quiet(self) -> bool:
        """Whether nothing was finished, added or dropped."""
        return not (self.read or self.added_total or self.dropped)

    @property
    def ahead(self) -> bool:
        """Whether the span has not begun yet."""
        return self.span.first > self.today

    @property
    def over(self) -> bool:
        """Whether the span is past."""
        return self.span.last < self.today
