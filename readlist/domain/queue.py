"""What to read next: urgency as a sum of named terms, one table.

Urgency is split in two so that the queue can be read from an index at any size: `rank`, which changes only when
something happens to the paper and is stored with it, and what the day adds, which is the same for every paper except
for those with a due date. Both are built from the one table of weights below.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Priority = Literal["high", "normal", "low"]
PRIORITIES: tuple[Priority, ...] = ("high", "normal", "low")

WEIGHTS: Mapping[str, float] = {
    "high priority": 6.0,
    "low priority": -3.0,
    "being read": 4.0,
    "one pass read": 1.0,  # what is begun is cheaper to finish than what is not
    "citations": 1.0,  # for each power of ten
    "age": 0.01,  # a day on the list; linear, so that the order of two papers never depends on the day
    "due": 12.0,  # on the day and after; falls to nothing over the weeks before
}
DUE_HORIZON_DAYS = 21


@dataclass(frozen=True, slots=True)
class Urgency:
    """How urgent a paper is on a day, taken apart: `terms` are (reason, points) and sum up to `total`."""

    total: float
    terms: tuple[tuple[str, float], ...]


def rank(priority: str, being_read: bool, next_pass: int | None, citations: int | None, added: date) -> float:
    """The part of the urgency that does not depend on the day. Comparable between papers, not readable by itself."""
    lasting = sum(points for _, points in _lasting(priority, being_read, next_pass, citations))
    return round(lasting - WEIGHTS["age"] * added.toordinal(), 2)


def urgency(
    priority: str,
    being_read: bool,
    next_pass: int | None,
    citations: int | None,
    added: date,
    due: date | None,
    today: date,
) -> Urgency:
    """The urgency on the day `today`: `rank` plus what the day adds, with the reason of each term."""
    terms = _lasting(priority, being_read, next_pass, citations)
    days = (today - added).days
    if days > 0:
        terms.append((f"{days} days on the list" if days > 1 else "1 day on the list", WEIGHTS["age"] * days))
    if due is not None:
        left = (due - today).days
        points = round(WEIGHTS["due"] * min(1.0, max(0.0, 1 - left / DUE_HORIZON_DAYS)), 2)
        if points:
            days_left = "due in 1 day" if left == 1 else f"due in {left} days"
            late = "overdue" if left < 0 else "due today" if left == 0 else days_left
            terms.append((late, points))
    return Urgency(round(sum((points for _, points in terms), 0.0), 2), tuple((why, round(p, 2)) for why, p in terms))


def _lasting(priority: str, being_read: bool, next_pass: int | None, citations: int | None) -> list[tuple[str, float]]:
    terms: list[tuple[str, float]] = []
    if priority != "normal":
        reason = f"{priority} priority"
        terms.append((reason, WEIGHTS[reason]))
    if being_read:
        terms.append(("being read", WEIGHTS["being read"]))
    if next_pass is not None and next_pass > 1:
        terms.append((f"pass {next_pass} is next", WEIGHTS["one pass read"]))
    if citations:
        counted = "1 citation" if citations == 1 else f"{citations} citations"
        # Every term is rounded by itself, here too: what is shown sums up, and sorts as what is stored.
        terms.append((counted, round(WEIGHTS["citations"] * math.log10(1 + citations), 2)))
    return terms
