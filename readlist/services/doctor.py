"""What is not right with a library, and what to do about it.

A check says one thing in one line, with the command that mends it. Papers that look like one are proposed in pairs;
a person decides which are. What follows from other rows and is out of step with them is made anew by `mend`; whatever a
person wrote down is left as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from readlist.db.library import Library
from readlist.db.views import Views
from readlist.domain.blocks import suspicions
from readlist.domain.duplicates import CERTAINTIES, Suspicion
from readlist.errors import DatabaseError
from readlist.services.refresh import of_stale
from readlist.sources import Source

STALE = timedelta(days=30)
"""Citation counts that were last asked for longer ago are old."""
COUNTS = "semantic-scholar"
"""The service that is asked for citation counts."""

FIX = "rl doctor --fix"

State = Literal["ok", "see", "damaged"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at and what was found. "see": something can be done, and `remedy` is the command that does it.

    `papers` are the ids of the papers that it is about.
    """

    name: str
    state: State
    text: str
    remedy: str = ""
    papers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two papers that may be one. `kept` is the one that the reader did more with, else the older.

    `points` are sentences for it and against it.
    """

    kept: int
    gone: int
    certainty: str
    in_favour: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def remedy(self) -> str:
        return f"rl merge {self.kept} {self.gone}"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All checks, and the pairs that may be one paper."""

    checks: tuple[Check, ...]
    duplicates: tuple[Duplicate, ...] = ()

    @property
    def damaged(self) -> bool:
        return any(check.state == "damaged" for check in self.checks)


def examine(library: Library, sources: Sequence[Source], now: datetime) -> Diagnosis:
    """Look at everything. Of a damaged library its damage alone is told: nothing else in it can be relied on."""
    views = library.views
    damage = views.damage()
    if damage:
        shown = "; ".join(damage[:3]) + (f"; and {len(damage) - 3} more" if len(damage) > 3 else "")
        return Diagnosis((Check("database", "damaged", shown),))
    pairs = duplicates(views)
    checks = (_database(views), _in_step(views), _indexed(views), _duplicates(pairs))
    return Diagnosis((*checks, *_fetching(library, sources, now)), pairs)


def mend(library: Library) -> tuple[int, ...]:
    """Make status, queue and count of the papers that are out of step anew, and the index of `rl search`.

    The ids of these papers. Raises `DatabaseError` for a damaged library: nothing in it can be relied on.
    """
    damage = library.views.damage()
    if damage:
        raise DatabaseError(f"{library.path} is damaged: {damage[0]}", "nothing was changed; `rl doctor` says more")
    with library.write("doctor") as work:
        wrong = _out_of_step(work.views)
        for paper in wrong:
            work.papers.recount(paper)
            work.reading.settle(paper)
        work.reindex()
    return wrong


def _database(views: Views) -> Check:
    sizes = views.sizes()
    return Check("database", "ok", "whole: " + ", ".join(_counted(count, name) for name, count in sizes.items()))


def _in_step(views: Views) -> Check:
    wrong = _out_of_step(views)
    if not wrong:
        return Check("queue", "ok", "status, queue and counts of all papers follow from what is written down")
    said = f"status, queue or count of {_counted(len(wrong), 'paper')} out of step: {_named(wrong)}"
    return Check("queue", "see", said, FIX, wrong)


def _out_of_step(views: Views) -> tuple[int, ...]:
    return tuple(sorted({*views.miscounted(), *views.unsettled()}))


def _indexed(views: Views) -> Check:
    wrong = tuple(views.unindexed())
    if not wrong:
        return Check("search", "ok", "every paper is in the index")
    return Check(
        "search", "see", f"{_counted(len(wrong), 'paper')} not in step with the index: {_named(wrong)}", FIX, wrong
    )


def _named(papers: Sequence[int]) -> str:
    return ", ".join(f"#{i}" for i in papers[:5]) + (" …" if len(papers) > 5 else "")


def _duplicates(pairs: Sequence[Duplicate]) -> Check:
    if not pairs:
        return Check("duplicates", "ok", "no two papers look like one")
    degrees = Counter(pair.certainty for pair in pairs)
    named = ", ".join(f"{degrees[word]} {word}" for _, word in CERTAINTIES if degrees[word])
    ids = tuple(sorted({i for pair in pairs for i in (pair.kept, pair.gone)}))
    return Check(
        "duplicates", "see", f"{_counted(len(pairs), 'pair')} may be one paper: {named}", "rl doctor --duplicates", ids
    )


def _fetching(library: Library, sources: Sequence[Source], now: datetime) -> list[Check]:
    views = library.views
    owed = sorted({i for ids in views.owed().values() for i in ids})
    counting = [source for source in sources if source.name == COUNTS]
    old = sorted({i for ids in of_stale(library, counting, now, STALE).values() for i in ids} - set(owed))
    identifiers = views.identifiers(old)
    old = [i for i in old if any(source.reference(identifiers[i]) for source in counting)]
    nameless = views.without_identifier()
    found = (
        ("fetching", "every paper was asked for", "still to be fetched", "rl refresh --pending", owed),
        ("identifiers", "every paper has one", "known by title only", "rl refresh --resolve", nameless),
        (
            "counts",
            "every count was asked for in the last 30 days",
            "not asked for counts in 30 days",
            "rl refresh --stale 30d",
            old,
        ),
    )
    return [
        Check(name, "see", f"{_counted(len(ids), 'paper')} {wrong}", remedy, tuple(ids))
        if ids
        else Check(name, "ok", right)
        for name, right, wrong, remedy, ids in found
    ]


def _counted(count: int, name: str) -> str:
    if count == 1:
        return f"1 {name}"
    return f"{count:,} {name}{'es' if name.endswith('s') else 's'}"


# -- pairs of papers ---------------------------------------------------------------------------------------------------


def duplicates(views: Views) -> tuple[Duplicate, ...]:
    """The pairs of papers that may be one, the most certain first.

    Of three papers that look alike two pairs are shown: when the lines to type are run in order, each finds its papers.
    """
    found = suspicions(views.records())
    efforts = views.efforts(sorted({i for it in found for i in (it.ours, it.theirs)}))
    joined: dict[int, int] = {}  # a paper -> another one of its group; the most certain pairs make the groups

    def group(i: int) -> int:
        while i in joined:
            i = joined[i]
        return i

    beside: dict[int, list[Suspicion]] = defaultdict(list)
    first: dict[int, int] = {}  # by group: where its most certain pair stood
    for place, it in enumerate(found):
        ours, theirs = group(it.ours), group(it.theirs)
        if ours != theirs:
            joined[theirs] = ours
            first[ours] = min(first.get(ours, place), first.pop(theirs, place))
            beside[it.ours].append(it)
            beside[it.theirs].append(it)
    members: dict[int, list[int]] = defaultdict(list)
    for i in beside:
        members[group(i)].append(i)
    shown: list[Duplicate] = []
    for top in sorted(members, key=lambda top: first[top]):
        kept = min(members[top], key=lambda i: (-efforts[i], i))
        shown += reversed(_outwards(kept, beside))
    return tuple(shown)


def _outwards(start: int, beside: dict[int, list[Suspicion]]) -> list[Duplicate]:
    """The pairs of a group from the paper `start` on, each keeping the paper that is nearer to it."""
    pairs: list[Duplicate] = []
    seen, waiting = {start}, [start]
    for kept in waiting:
        for it in beside[kept]:
            gone = it.theirs if it.ours == kept else it.ours
            if gone not in seen:
                seen.add(gone)
                waiting.append(gone)
                pairs.append(_pair(kept, gone, it))
    return pairs


def _pair(kept: int, gone: int, it: Suspicion) -> Duplicate:
    return Duplicate(
        kept, gone, it.certainty,
        tuple(sentence for sentence, points in it.reasons if points > 0),
        tuple(sentence for sentence, points in it.reasons if points < 0),
    )  # fmt: skip
