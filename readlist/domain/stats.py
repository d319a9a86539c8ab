"""What a library looks like in figures, and the rules behind them: weeks, quartiles, shades, what is summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from readlist.domain.dates import week_of

USUAL_WEEKS = 26
"""How many weeks are looked back at unless more or fewer are asked for: half a year, as wide as 80 columns hold."""

LEVELS = 4
"""How many shades a calendar has for days on which something was read."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many papers something has, and how many of them were read (status done). `name` None: those that have none.

    `others`: how many names are summed up in this one; 0 for one that stands for itself.
    """

    name: str | None
    papers: int
    read: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class Moves:
    """What changed the queue on a day: papers that came in and that went out."""

    day: date
    came: int = 0
    went: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week from its Monday on: passes finished, their minutes as far as noted, and the queue.

    `came` and `went` count moves into the queue and out of it, `waiting` the papers in it at the week's end (of the
    week under way: now). So `waiting` is that of the week before, plus `came`, less `went`.
    """

    first: date
    passes: int
    minutes: int
    came: int
    went: int
    waiting: int

    @property
    def name(self) -> str:
        """Its ISO name, "2026-W47"."""
        return week_of(self.first).week or ""


@dataclass(frozen=True, slots=True)
class Spread:
    """How `count` numbers lie: up to `low` a quarter of them, up to `median` half, up to `high` three quarters."""

    count: int
    low: int
    median: int
    high: int


@dataclass(frozen=True, slots=True)
class Stats:
    """A library, or a selection of its papers, in figures on the day `today`.

    `depths` counts papers by pass: those of which this pass or a deeper one was finished, on a known day or not.
    `undated` counts papers read on an unknown day (a page's mark): they are in `depths` and on no day of the calendar.
    `minutes` are those of all passes, however long ago. `days` counts the passes finished by day, from the first day
    of `weeks` on. Topics, venues and years stand the largest first (years: the newest), what has none last.
    `to_first` and `to_done` are the days from adding a paper to its first and to its last finished pass, of the papers
    of which both days are known; None where there is no such paper.
    """

    today: date
    papers: int
    statuses: Mapping[str, int]
    depths: Mapping[int, int]
    undated: int
    minutes: int
    topics: tuple[Share, ...]
    venues: tuple[Share, ...]
    years: tuple[Share, ...]
    days: Mapping[date, int]
    weeks: tuple[Week, ...]
    to_first: Spread | None
    to_done: Spread | None

    @property
    def read(self) -> int:
        return self.statuses["done"]

    @property
    def waiting(self) -> int:
        """Papers in the queue: those waiting for a pass and those being read."""
        return self.statuses["todo"] + self.statuses["reading"]


def mondays(since: date | None, today: date) -> list[date]:
    """The Mondays of the weeks from the one that holds `since` (None: `USUAL_WEEKS`) to the one that holds `today`."""
    last = week_of(today).first
    first = week_of(since).first if since else last - timedelta(weeks=USUAL_WEEKS - 1)
    return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]


def by_week(
    starts: Sequence[date], days: Mapping[date, tuple[int, int]], moves: Iterable[Moves], waiting: int
) -> tuple[Week, ...]:
    """The weeks that begin on `starts`, without a gap, the last of them the one under way.

    `days`: passes finished and their minutes, by day. `moves`: what changed the queue, in any order; `waiting`: how
    many papers are in it now. The weeks before are counted back from there.
    """
    passes: Counter[date] = Counter()
    minutes: Counter[date] = Counter()
    came: Counter[date] = Counter()
    went: Counter[date] = Counter()
    for day, (count, spent) in days.items():
        monday = week_of(day).first
        passes[monday] += count
        minutes[monday] += spent
    for move in moves:
        # What is dated after this week (the clock of another machine) has been done all the same.
        monday = min(week_of(move.day).first, starts[-1])
        came[monday] += move.came
        went[monday] += move.went
    weeks = []
    for start in reversed(starts):
        weeks.append(Week(start, passes[start], minutes[start], came[start], went[start], waiting))
        waiting += went[start] - came[start]
    return tuple(reversed(weeks))


def moves_of(
    added: date, told: Sequence[tuple[date, bool | None]], waited: bool | None = None
) -> list[tuple[date, bool]]:
    """When one paper came into the queue (True) and left it, in order, if it was added on the day `added`.

    `told` is what commands did, in the order in which they were given: a day, and whether the paper waited afterwards,
    None where that is as before. A command that tells of an earlier day counts for that day: what others had said of
    the time after it does not hold. `waited`: whether the paper waited before all of them; None: other than after the
    first of them that changed it, of which there must be one.
    """
    waits = not next(into for _, into in told if into is not None) if waited is None else waited
    known = [(added, waits)]
    for said, into in told:
        waits = waits if into is None else into
        day = max(said, added)
        while known and known[-1][0] > day:
            known.pop()
        known.append((day, waits))
    found, before = [], False
    for day, waits in known:
        if waits != before:
            found.append((day, waits))
        before = waits
    return found


def spread(histogram: Mapping[int, int]) -> Spread | None:
    """The quartiles of numbers of which `histogram` says how often each occurs. Each is one of these numbers.

    The k-th quartile is the smallest number that at least k quarters of all do not exceed (the nearest rank).
    """
    count = sum(histogram.values())
    if not count:
        return None
    found = []
    for quarter in (1, 2, 3):
        left = -(-count * quarter // 4)
        for number in sorted(histogram):
            left -= histogram[number]
            if left <= 0:
                found.append(number)
                break
    low, median, high = found
    return Spread(count, low, median, high)


def shown(shares: Sequence[Share], most: int) -> list[Share]:
    """The first of `shares`, with the rest summed up in one, at most `most` in all; what has no name stays last."""
    named = [share for share in shares if share.name is not None]
    nameless = [share for share in shares if share.name is None]
    room = max(most - len(nameless), 1)
    if len(named) <= room:
        return named + nameless
    rest = named[room - 1 :]
    summed = Share("", sum(s.papers for s in rest), sum(s.read for s in rest), len(rest))
    return [*named[: room - 1], summed, *nameless]


def level_bounds(largest: int) -> tuple[int, ...]:
    """The least count of each shade of a calendar whose fullest day has `largest`, the lightest first.

    Up to four a day each count has a shade of its own; beyond, the shades are quarters of the largest.
    """
    if largest <= LEVELS:
        return tuple(range(1, max(largest, 1) + 1))
    return tuple(1 + largest * step // LEVELS for step in range(LEVELS))


def level(count: int, bounds: Sequence[int]) -> int:
    """Which shade a day has: 0 for nothing, else from 1 (the lightest) on."""
    return sum(count >= bound for bound in bounds)
