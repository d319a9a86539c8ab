"""What was done, taking it back, and doing it again.

Commands are taken back from the newest on, each as a whole. What was taken back can be done again until something new
is done; then it would not be what it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from readlist.db.history import Entry
from readlist.db.library import Library, Work
from readlist.db.undo import Altered
from readlist.errors import NotFound, ReadlistError, UsageError
from readlist.services.current import Current
from readlist.services.deeds import Deed, Teller
from readlist.services.references import resolve


@dataclass(frozen=True, slots=True)
class Log:
    """Entries of the log, newest first, and how many there are in all."""

    deeds: tuple[Deed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Commands that are to be taken back or (`again`) done again, newest first; `papers`: how many they change.

    `steps` are the entries of the log that are taken back for that, in order, each with the command it is of; None for
    what was asked of services in between, of which there is nothing to tell.
    """

    again: bool
    papers: int
    steps: tuple[tuple[int, Deed | None], ...]

    @property
    def deeds(self) -> tuple[Deed, ...]:
        return tuple(deed for _, deed in self.steps if deed)

    @property
    def entries(self) -> tuple[int, ...]:
        return tuple(entry for entry, _ in self.steps)


def read_log(library: Library, limit: int | None, paper: int | None = None) -> Log:
    """The last `limit` entries (None: all), or those that concern one paper, with what they did to it."""
    entries, total = library.history.log(limit, paper)
    teller = Teller(library.views, library.history)
    return Log(
        tuple(teller.deed(entry) if paper is None else teller.of_paper(entry, paper) for entry in entries), total
    )


def plan(library: Library | Work, count: int, *, again: bool) -> Plan:
    """What taking back `count` commands, or doing so many again, would change. Raises NotFound if there are fewer."""
    if count < 1:
        raise UsageError(f"{count} commands cannot be {done(again)}", "say how many: 1 or more")
    history = library.history
    entries = history.to_redo(count) if again else history.to_undo(count)
    there = sum(not entry.by_the_way for entry in entries)
    if there < count:
        only = f"only {there} command{'s' if there > 1 else ''} can be" if there else "there is nothing to be"
        hint = (
            "until something new is done, `rl redo` does again what was taken back"
            if again
            else "`rl log` shows what was done"
        )
        raise NotFound(f"{only} {done(again)}", hint)
    teller = Teller(library.views, history)

    def told(entry: Entry) -> Deed | None:
        if entry.by_the_way:
            return None
        return teller.deed((history.entry(entry.of[0]) if entry.of else None) or entry)

    steps = tuple((entry.id, told(entry)) for entry in entries)
    return Plan(again, history.papers_of_entries([entry.id for entry in entries]), steps)


def done(again: bool) -> str:
    return "done again" if again else "taken back"


def carry_out(library: Library, planned: Plan) -> None:
    """Take back, or do again, what was planned: all of it, or, with a ReadlistError, nothing."""
    with library.write("redo" if planned.again else "undo") as work:
        now = plan(work, len(planned.deeds), again=planned.again)
        if now.entries != planned.entries:
            raise ReadlistError("something else was done meanwhile", "nothing was changed; look again: rl log")
        for entry, deed in planned.steps:
            try:
                work.take_back(entry)
            except Altered as fault:
                name = deed.name if deed else f"entry {entry} of the log"
                raise ReadlistError(f"{name} cannot be {done(planned.again)}: {fault.message}", fault.hint) from fault


def trim(library: Library, before: datetime) -> int:
    """Forget the entries of the log that are older than `before`; how many there were. They cannot be taken back."""
    with library.write("log") as work:
        return work.forget(before.isoformat(timespec="seconds"))


def paper_of_log(library: Library, current: Current, reference: str) -> int:
    """The paper that `reference` names; one that is gone is named by its id."""
    number = re.fullmatch(r"#?([0-9]{1,9})", reference.strip())
    if number and not library.views.has_id(int(number[1])) and library.history.is_in_log(int(number[1])):
        return int(number[1])
    return resolve(library.views, current, reference)
