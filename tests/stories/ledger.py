"""An account of a reading list, kept beside the program: from command lines to what reports, figures and log must say.

It knows the rules of reading as the documents tell them, and none of the program's code. What was done is a list of
deeds; a deed that was taken back is out of it, and one that was done again is back in its old place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime


@dataclass(frozen=True)
class Pass:
    """A reading of a paper; a page's mark is one of an unknown day, neither begun nor finished on any."""

    number: int
    begun: datetime | None = None
    finished: datetime | date | None = None
    minutes: int | None = None
    note: str | None = None

    @property
    def open(self) -> bool:
        return self.begun is not None and self.finished is None

    def known_by(self, day: date) -> Pass | None:
        """The pass as it was at the end of that day."""
        if self.finished is None and self.begun is None:
            return self
        if self.finished is not None and of(self.finished) <= day:
            return self
        if self.begun is not None and of(self.begun) <= day:
            return Pass(self.number, self.begun)
        return None


@dataclass(frozen=True)
class Card:
    """A paper and what was done with it; `wants` is the pass that it waits for."""

    added: datetime
    wants: int | None = 1
    year: int | None = None
    priority: str = "normal"
    dropped: datetime | date | None = None
    reason: str | None = None
    summary: str | None = None
    passes: tuple[Pass, ...] = ()
    notes: tuple[tuple[datetime, str], ...] = ()
    counts: Mapping[date, int] = field(default_factory=dict)

    @property
    def open(self) -> Pass | None:
        return next((it for it in self.passes if it.open), None)

    @property
    def deepest(self) -> int:
        return max((it.number for it in self.passes if not it.open), default=0)

    @property
    def status(self) -> str:
        if self.dropped:
            return "dropped"
        if self.open:
            return "reading"
        return "todo" if self.wants else "done" if self.deepest else "listed"

    @property
    def waits(self) -> bool:
        return self.status in ("todo", "reading")

    @property
    def following(self) -> int:
        """The pass after the deepest one."""
        return min(self.deepest + 1, 3)

    @property
    def then(self) -> str:
        number = self.open.number if self.open else self.wants
        return "drop" if self.dropped else str(number) if number else "done"

    def at_end_of(self, day: date) -> Card:
        """The card with the passes as they were known then."""
        return replace(self, passes=tuple(it for one in self.passes if (it := one.known_by(day))))


Cards = Mapping[int, Card]


@dataclass
class Deed:
    """One command that changed something. `lines` are those of the log that are of it: done, taken back, done again;
    `days` are the days it counts for, by paper, where that is not its own."""

    command: str
    when: datetime
    before: Cards
    after: Cards
    days: Mapping[int, date]
    lines: list[int]


def of(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def parts(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The arguments and the options of a command line."""
    plain, options = [], {}
    given = iter(words)
    for word in given:
        if word == "--no-fetch":
            continue
        if word.startswith("--"):
            options[word[2:]] = next(given)
        else:
            plain.append(word)
    return plain, options


class Ledger:
    """The papers as they are, the deeds that hold, in order, and the lines of the log."""

    def __init__(self) -> None:
        self.cards: Cards = {}
        self.deeds: list[Deed] = []
        self.back: list[Deed] = []
        self.ever: list[Deed] = []
        self.log: list[tuple[str, int | None]] = []
        self.fetched_as: dict[int, str] = {}

    # -- what was done -----------------------------------------------------------------------------------------------

    def new(self, command: str, when: datetime, cards: Cards) -> None:
        """Papers that came in."""
        self._did(command, when, dict(cards), {})

    def counted(self, when: datetime, counts: Mapping[int, int]) -> None:
        """A refresh that heard these counts."""
        self._did(
            "refresh",
            when,
            {i: replace(self.cards[i], counts={**self.cards[i].counts, when.date(): n}) for i, n in counts.items()},
            {},
        )

    def tell(self, when: datetime, command: str, words: Sequence[str]) -> None:
        """A command line with the ids of papers, as `rl` was given it."""
        plain, options = parts(words)
        if command in ("undo", "redo"):
            for _ in range(int(plain[0]) if plain else 1):
                self._turn(command)
            return
        days: dict[int, date] = {}
        if command == "merge":
            changed = self._merged(int(plain[0]), int(plain[1]), when)
        else:
            ids = plain[:1] if command in ("start", "note", "summary", "edit") else plain
            deed = getattr(self, "_" + command.replace("-", "_"))
            changed = {int(i): deed(self.cards[int(i)], when, plain[1:], options) for i in ids}
        if "on" in options and date.fromisoformat(options["on"]) < when.date():
            days = dict.fromkeys(changed, date.fromisoformat(options["on"]))
        # To want what is next anyway, after pass 1, is a decision too.
        decided = command == "want" and any(
            it and it.wants == 2 and it.deepest == 1 and not it.open for it in changed.values()
        )
        if decided or any(self.cards.get(i) != card for i, card in changed.items()):
            self._did(command, when, changed, days)

    def _did(self, command: str, when: datetime, changed: Mapping[int, Card | None], days: Mapping[int, date]) -> None:
        after = {i: card for i, card in {**self.cards, **changed}.items() if card is not None}
        self.deeds.append(Deed(command, when, self.cards, after, days, [len(self.log)]))
        self.ever.append(self.deeds[-1])
        self.log.append((command, None))
        self.cards = after
        self.back.clear()

    def _turn(self, command: str) -> None:
        source, target = (self.deeds, self.back) if command == "undo" else (self.back, self.deeds)
        deed = source.pop()
        target.append(deed)
        self.cards = deed.before if command == "undo" else deed.after
        self.log.append((command, deed.lines[-1]))
        deed.lines.append(len(self.log) - 1)

    def _start(self, card: Card, when: datetime, plain: Sequence[str], options: Mapping[str, str]) -> Card:
        number = int(options.get("pass", 0)) or card.wants or card.following
        passes = card.passes if card.open else (*card.passes, Pass(number, when))
        return replace(card, passes=passes, dropped=None, reason=None)

    def _mark_read(self, card: Card, when: datetime, plain: Sequence[str], options: Mapping[str, str]) -> Card:
        current = card.open
        number = int(options.get("pass", 0)) or (current.number if current else card.wants) or 0
        day = date.fromisoformat(options.get("on", when.date().isoformat()))
        finished = day if day < when.date() else when
        minutes = int(options["minutes"]) if "minutes" in options else None
        mine = current if current and current.number == number else None
        if minutes is None and mine and mine.begun and finished is when and mine.begun.date() == day:
            others = any(it.begun and it.begun > mine.begun for one in self.cards.values() for it in one.passes)
            gone = int((when - mine.begun).total_seconds() // 60)
            minutes = gone if not others and 1 <= gone < 480 else None
        done = Pass(number, mine.begun if mine else None, finished, minutes, options.get("note"))
        over = [replace(it, finished=finished) if it.open and it.number < number else it for it in card.passes]
        passes = tuple(done if it is mine else it for it in over) + (() if mine else (done,))
        then = options.get("then", "")
        wants = card.wants
        if then:
            wants = int(then) if then in ("1", "2", "3") else None
        elif not (wants and wants > number):
            wants = 2 if number == 1 and card.deepest <= 1 else None
        return replace(
            card,
            passes=passes,
            wants=wants,
            dropped=finished if then == "drop" else None,
            reason=options.get("note", f"given up after pass {number}") if then == "drop" else None,
            summary=options.get("summary", card.summary),
        )

    def _want(self, card: Card, when: datetime, plain: Sequence[str], options: Mapping[str, str]) -> Card:
        wants = int(options.get("pass", 0)) or card.wants or card.following
        return replace(
            card, wants=wants, dropped=None, reason=None, priority=options.get("priority", card.priority)
        )  # fmt: skip

    def _drop(self, card: Card, when: datetime, plain: Sequence[str], options: Mapping[str, str]) -> Card:
        return replace(card, dropped=card.dropped or when, reason=options["why"])

    def _reopen(self, card: Card, when: datetime, plain: Sequence[str], options: Mapping[str, str]) -> Card:
        wants = card.wants if card.wants or card.open else card.following
        return replace(card, dropped=None, reason=None, wants=wants)

    def _note(self, card: Card, when: datetime, plain: Sequence[str], options: Mapping[str, str]) -> Card:
        return replace(card, notes=(*card.notes, (when, plain[0])))

    def _summary(self, card: Card, when: datetime, plain: Sequence[str], options: Mapping[str, str]) -> Card:
        return replace(card, summary=plain[0])

    def _edit(self, card: Card, when: datetime, plain: Sequence[str], options: Mapping[str, str]) -> Card:
        return replace(card, year=int(plain[0].removeprefix("year=")))

    def _remove(self, card: Card, when: datetime, plain: Sequence[str], options: Mapping[str, str]) -> Card | None:
        return None

    def _merged(self, kept: int, gone: int, when: datetime) -> dict[int, Card | None]:
        one, other = self.cards[kept], self.cards[gone]
        both = replace(one, passes=one.passes + other.passes)
        wants = max((it.wants for it in (one, other) if it.wants and not it.dropped), default=None)
        if wants and wants <= both.deepest and not both.open:
            wants = None
        dropped = bool(one.dropped and other.dropped)
        told = [(when, other.summary)] if other.summary and one.summary and other.summary != one.summary else []
        return {
            gone: None,
            kept: replace(
                both,
                added=min(one.added, other.added),
                wants=wants,
                year=one.year or other.year,
                dropped=one.dropped if dropped else None,
                reason=one.reason if dropped else None,
                summary=one.summary or other.summary,
                notes=(*one.notes, *other.notes, *told),
                counts={**other.counts, **one.counts},
            ),
        }
