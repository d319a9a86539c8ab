"""What to read next: urgency as a sum of named terms, one table.

Urgency is split in two so that the queue can be read from an index at any size: `rank`, which changes only when
something happens to the paper (or to one that cites it) and is stored with it, and what the day and the focus add,
which is the same for every paper except for those with a due date and those in focus. Both are built from the one
table of terms below.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Priority = Literal["high", "normal", "low"]
PRIORITIES: tuple[Priority, ...] = ("high", "normal", "low")

DUE_HORIZON_DAYS = 21
MOST_CITING = 6
"""So many papers that cite a paper count, and no more: a survey's references would bury everything else."""
GROWTH_DAYS = 28
"""Counts that are nearer to one another say little about growth: services count in leaps."""
PLACES = 3
"""Decimals of points. Every term is rounded by itself, so that what is shown adds up, and sorts as what is stored."""

_MONTH = 365.25 / 12  # days


@dataclass(frozen=True, slots=True)
class Term:
    """One reason for urgency. `weight` are its points unless the settings (`urgency.` and its name) say otherwise.

    `counts` says what the points are for; `reason` what a paper's own term is called, for one and (behind |) for many.
    """

    name: str
    weight: float
    counts: str
    reason: str


TERMS: Mapping[str, Term] = {
    term.name: term
    for term in (
        Term("high", 6.0, "points for high priority", "high priority"),
        Term("low", -3.0, "points for low priority", "low priority"),
        Term("reading", 4.0, "points while a pass is under way", "being read"),
        # What is begun is cheaper to finish than what is not.
        Term("begun", 1.0, "points for waiting for pass 2 or 3: it is begun already", "pass {n} is next"),
        Term("citations", 1.0, "points for each power of ten of citations", "1 citation|{n} citations"),
        Term(
            "growth", 1.0, "points for each power of ten of citations gained in a month",
            "1 new citation a month|{n} new citations a month",
        ),
        Term(
            "cited", 0.5, f"points for each paper you have read that cites it, up to {MOST_CITING}",
            "cited by a paper you have read|cited by {n} papers you have read",
        ),
        Term("focus", 2.0, "points for a topic in focus", "in focus"),
        # Linear, so that the order of two papers never depends on the day.
        Term("age", 0.01, "points for each day on the list", "1 day on the list|{n} days on the list"),
        Term("due", 12.0, f"points from the due date on; fewer {DUE_HORIZON_DAYS} days before", "due in {n} days"),
    )
}  # fmt: skip
"""All terms, in the order in which they are shown."""

Weights = Mapping[str, float]
WEIGHTS: Weights = {name: term.weight for name, term in TERMS.items()}
"""The points of each term if the settings say nothing."""

FORMULA = 3
"""Changes when ranks follow from something else than before, so that those that are stored are made anew."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """How urgent a paper is on a day, taken apart: `terms` are (reason, points) and sum up to `total`."""

    total: float
    terms: tuple[tuple[str, float], ...]


def growth(observations: Iterable[tuple[str, str, int]]) -> float:
    """Citations gained in a month, from the counts (source, ISO day, count) that were seen of a paper.

    From the count that is shown (the newest; of one day the most trusted) back to the newest one of the same source
    that is at least `GROWTH_DAYS` older; so it does not depend on today. 0 where there is no such count, or none was
    gained. To a tenth.
    """
    from readlist.domain.merging import trust

    seen = sorted(observations, key=lambda it: (it[1], trust(it[0])))
    if len(seen) < 2:
        return 0.0
    source, day, count = seen[-1]
    last = date.fromisoformat(day).toordinal()
    for other, earlier, before in reversed(seen):
        days = last - date.fromisoformat(earlier).toordinal()
        if other == source and days >= GROWTH_DAYS:
            return round(max(0.0, (count - before) / days * _MONTH), 1)
    return 0.0


def rank(
    priority: str,
    being_read: bool,
    next_pass: int | None,
    citations: int | None,
    added: date,
    *,
    growth: float = 0.0,
    cited: int = 0,
    weights: Weights = WEIGHTS,
) -> float:
    """The part of the urgency that does not depend on the day. Comparable between papers, not readable by itself.

    `growth` is in citations a month, `cited` the number of papers read that cite this one.
    """
    terms = _lasting(priority, being_read, next_pass, citations, growth, cited, weights)
    return round(sum(points for _, points in terms) - weights["age"] * added.toordinal(), PLACES)


def beyond_rank(due: date | None, in_focus: bool, today: date, weights: Weights = WEIGHTS) -> float:
    """What the day and the focus add for this paper to what they add for all, on top of its `rank`."""
    return round(sum(points for _, points in _passing(due, in_focus, today, weights)), PLACES)


def urgency(
    priority: str,
    being_read: bool,
    next_pass: int | None,
    citations: int | None,
    added: date,
    due: date | None,
    today: date,
    *,
    growth: float = 0.0,
    cited: int = 0,
    in_focus: bool = False,
    weights: Weights = WEIGHTS,
) -> Urgency:
    """The urgency on the day `today`: `rank` plus what the day and the focus add, with the reason of each term."""
    days = (today - added).days
    terms = [
        *_lasting(priority, being_read, next_pass, citations, growth, cited, weights),
        (_said("age", days), round(weights["age"] * days, PLACES)),
        *_passing(due, in_focus, today, weights),
    ]
    told = tuple((why, points) for why, points in terms if points)
    return Urgency(round(sum((points for _, points in told), 0.0), PLACES), told)


def written(points: float, sign: Literal["", "+"] = "") -> str:
    """Points with all the decimals that they have, so that they add up: 6, 0.07, 12.5."""
    return f"{points:{sign}.{PLACES}f}".rstrip("0").rstrip(".")


def _lasting(
    priority: str,
    being_read: bool,
    next_pass: int | None,
    citations: int | None,
    growth: float,
    cited: int,
    weights: Weights,
) -> list[tuple[str, float]]:
    """What changes only when something happens, as (reason, points)."""
    begun = next_pass is not None and next_pass > 1
    cited = min(cited, MOST_CITING)
    amounts = (
        ("high", 1, priority == "high"),
        ("low", 1, priority == "low"),
        ("reading", 1, being_read),
        ("begun", next_pass or 0, begun),
        ("citations", citations or 0, _tens(citations or 0)),
        ("growth", _few(growth), _tens(growth)),
        ("cited", cited, cited),
    )
    return [(_said(name, n), round(weights[name] * amount, PLACES)) for name, n, amount in amounts if amount]


def _passing(due: date | None, in_focus: bool, today: date, weights: Weights) -> list[tuple[str, float]]:
    """What the day and the focus add, beyond what the day adds for every paper."""
    terms = [(_said("focus", 1), weights["focus"])] if in_focus else []
    if due is not None:
        left = (due - today).days
        near = min(1.0, max(0.0, 1 - left / DUE_HORIZON_DAYS))
        late = "overdue" if left < 0 else "due today" if left == 0 else "due in 1 day"
        terms.append((_said("due", left) if left > 1 else late, round(weights["due"] * near, 2)))
    return terms


def _tens(count: float) -> float:
    """How many powers of ten; none for nothing."""
    return round(math.log10(1 + count), 2)


def _few(number: float) -> float:
    """A number as a person would say it: 0.3, 4, 120."""
    return round(number) if number >= 1 else number


def _said(name: str, n: float) -> str:
    forms = TERMS[name].reason.split("|")
    return forms[0 if n == 1 else -1].format(n=n)
