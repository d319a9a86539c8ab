"""What a report of a span of days says: what was read, begun, added, given up, what moved, and what is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from readlist.domain.dates import Span
from readlist.domain.paper import Paper
from readlist.domain.passes import Pass


@dataclass(frozen=True, slots=True)
class Read:
    """A paper of which passes were finished in the span, in order of time, each with the notes taken in it.

    `notes` are those written in the span outside of these passes.
    """

    paper: Paper
    passes: tuple[Pass, ...]
    notes: tuple[str, ...] = ()

    @property
    def deepest(self) -> int:
        """The number of the deepest of the passes."""
        return max(event.number for event in self.passes)

    @property
    def minutes(self) -> int:
        """The minutes of the passes together; 0 if none were noted."""
        return sum(event.minutes or 0 for event in self.passes)


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
    """What happened in `span`, and how the queue stands on the day `today`, on which the report is made.

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
    waiting: int = 0

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
    def quiet(self) -> bool:
        """Whether nothing was finished, added or dropped."""
        return not (self.read or self.added_total or self.dropped)
