"""What reports, figures and log must say of the deeds in a ledger.

A deed that notes a pass of an earlier day counts for that day: what others had said of the time after it does not hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.stories.ledger import Card, Ledger, of

NAMED = 15
"""Of the papers added a report names so many."""

Facts = Mapping[str, Any]


class Account(Ledger):
    """The same ledger, for asking how things stood on a day and what must be said of a week."""

    # -- how it was --------------------------------------------------------------------------------------------------

    def _wishes(self, paper: int) -> list[tuple[date, Card, date]]:
        """From which days on the paper was wanted how, in order, each with the day on which that was told."""
        found: list[tuple[date, Card, date]] = []
        for deed in self.deeds:
            card = deed.after.get(paper)
            if card is not None and card != deed.before.get(paper):
                day = deed.days.get(paper, deed.when.date())
                while found and found[-1][0] > day:
                    found.pop()
                found.append((day, card, deed.when.date()))
        return found

    def stood(self, paper: int, day: date) -> Card | None:
        """The paper at the end of that day, with the passes that are known by now; None if it was not there."""
        now = self.cards[paper]
        if now.added.date() > day:
            return None
        wishes = self._wishes(paper)
        _, wish, told = next((it for it in reversed(wishes) if it[0] <= day), wishes[0])
        # Of a pass that was finished before another was noted late, it is known that the paper waited for it.
        awaited = [it for it in now.passes if it.finished and day < of(it.finished) <= told]
        wants = min(awaited, key=lambda it: str(it.finished)).number if awaited else wish.wants
        dropped = wish.dropped is not None and of(wish.dropped) <= day
        return replace(
            now,
            wants=wants,
            dropped=wish.dropped if dropped else None,
            reason=wish.reason if dropped else None,
            summary=wish.summary,
        ).at_end_of(day)

    def _moves(self, paper: int) -> Iterator[tuple[date, bool]]:
        """When the paper came into the queue (True) and left it."""
        now, wishes = self.cards[paper], self._wishes(paper)
        days = {of(it) for one in now.passes for it in (one.begun, one.finished) if it}
        steps: list[tuple[date, bool]] = []
        for n, (since, card, told) in enumerate(wishes):
            until = wishes[n + 1][0] if n + 1 < len(wishes) else date.max
            first = max(since, now.added.date()) if n else now.added.date()
            if told == since:
                steps.append((first, card.at_end_of(first).waits))
            for day in sorted({first, *days} if told > since else days):
                if first <= day < until and (day > first or told > since):
                    steps.append((day, bool((it := self.stood(paper, day)) and it.waits)))
        before = False
        for day, waits in steps:
            if waits != before:
                yield day, waits
            before = waits

    # -- what must be said -------------------------------------------------------------------------------------------

    def report(self, first: date) -> Facts:
        """What the report of the week from `first` on must say, but for what is next."""
        last = first + timedelta(days=6)
        days = {first + timedelta(days=n) for n in range(7)}
        end = {i: card for i in self.cards if (card := self.stood(i, last))}
        read: dict[int, Any] = {}
        for i, card in end.items():
            finished = [it for it in card.passes if it.finished and of(it.finished) in days]
            finished.sort(key=lambda it: str(it.finished))
            verdicts = [str(it.number) for it in finished[1:]] + [card.then]
            if finished:
                read[i] = [(it.number, it.minutes, it.note, to) for it, to in zip(finished, verdicts, strict=True)]
        added = [i for i, card in end.items() if card.added.date() in days]
        dropped = {i: card.reason for i, card in end.items() if card.dropped and of(card.dropped) in days}
        noted = {i: [text for at, text in self.cards[i].notes if at.date() in days] for i in end}
        return {
            "read": read,
            "minutes": sum(it[1] or 0 for passes in read.values() for it in passes),
            "summaries": {i: end[i].summary for i in read},
            "reading": [i for i, card in end.items() if card.status == "reading" and i not in read],
            "added": sorted(added)[:NAMED],
            "added_total": len(added),
            "dropped": dropped,
            "notes": {i: texts for i, texts in noted.items() if texts},
            "movers": {i: move for i in end if (move := self._moved(i, first, last))},
            "queue": self._queue(first - timedelta(days=1), last, set(read)),
        }

    def _moved(self, paper: int, first: date, last: date) -> tuple[int, int] | None:
        counts = self.cards[paper].counts
        before = max((day for day in counts if day < first), default=None)
        after = max((day for day in counts if first <= day <= last), default=None)
        if not before or not after or counts[before] == counts[after]:
            return None
        return counts[before], counts[after]

    def _queue(self, eve: date, last: date, read: set[int]) -> dict[str, int]:
        kinds: Counter[str] = Counter({"added": 0, "wanted": 0, "read": 0, "dropped": 0, "other": 0})
        for i in self.cards:
            was, now = self.stood(i, eve), self.stood(i, last)
            if now is None:
                continue
            out = "dropped" if now.dropped else "read" if i in read else "other"
            waited = was is not None and was.waits
            if now.waits and not waited:
                kinds["wanted" if was else "added"] += 1
            elif waited and not now.waits:
                kinds[out] += 1
            elif was is None and not now.waits and out != "other":
                kinds.update(["added", out])
        waiting = [sum(1 for i in self.cards if (it := self.stood(i, day)) and it.waits) for day in (eve, last)]
        return {"start": waiting[0], **kinds, "end": waiting[1]}

    def stats(self, today: date, weeks: Sequence[date]) -> Facts:
        """What the figures must say on that day, of the weeks that begin on these."""
        cards = self.cards.values()
        passes = [it for card in cards for it in card.passes if not it.open]
        finished = [(of(it.finished), it) for it in passes if it.finished]
        moves = [move for i in self.cards for move in self._moves(i)]
        told = []
        for first in weeks:
            last = first + timedelta(days=6)
            inside = [it for day, it in finished if first <= day <= last]
            turns = [waits for day, waits in moves if first <= day <= last]
            told.append(
                (
                    first.isoformat(),
                    len(inside),
                    sum(it.minutes or 0 for it in inside),
                    turns.count(True),
                    turns.count(False),
                    sum(1 for i in self.cards if (it := self.stood(i, min(last, today))) and it.waits),
                )
            )
        undated = [card for card in cards if any(it.begun is it.finished is None for it in card.passes)]
        return {
            "papers": len(self.cards),
            "statuses": Counter(card.status for card in cards),
            "passes": {n: sum(card.deepest >= n for card in cards) for n in (1, 2, 3)},
            "undated": len(undated),
            "minutes": sum(it.minutes or 0 for it in passes),
            "years": Counter(card.year for card in cards),
            "read by year": Counter(card.year for card in cards if card.status == "done"),
            "days": Counter(day.isoformat() for day, _ in finished),
            "weeks": told,
            "to_first": _quartiles(_wait(card, min) for card in cards if card not in undated),
            "to_done": _quartiles(_wait(card, max) for card in cards if card.status == "done" and _ends_dated(card)),
        }

    def lines(self) -> list[tuple[str, int | None, bool]]:
        """The log: command, the line that it took back, whether it holds no more; oldest first."""
        back = {line for deed in self.ever for line in deed.lines[-2::-2]}
        return [(command, undoes, n in back) for n, (command, undoes) in enumerate(self.log)]


def _ends_dated(card: Card) -> bool:
    """Whether the deepest pass has a day."""
    dated = [it.number for it in card.passes if it.finished]
    undated = [it.number for it in card.passes if it.begun is it.finished is None]
    return max(dated, default=0) > max(undated, default=0)


def _wait(card: Card, which: Any) -> int | None:
    """Days from adding the paper to its first or its last pass."""
    days = [of(it.finished) for it in card.passes if it.finished]
    return (which(days) - card.added.date()).days if days else None


def _quartiles(waits: Iterator[int | None]) -> dict[str, int] | None:
    """Each quartile is the least number that so many quarters of all do not exceed."""
    numbers = sorted(it for it in waits if it is not None and it >= 0)
    if not numbers:
        return None
    up_to = {number: sum(it <= number for it in numbers) for number in numbers}
    low, median, high = (min(it for it in numbers if up_to[it] * 4 >= n * len(numbers)) for n in (1, 2, 3))
    return {"papers": len(numbers), "low": low, "median": median, "high": high}
