"""What an entry of a file says, as the library stores it: times, days, notes and the places that they are from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from readlist.domain.listing import Entry
from readlist.domain.text import printable


def moment(stamp: str | None, now: datetime) -> str | None:
    """A date or date-time of a file as the library stores times; None for what is none, or lies ahead."""
    if not stamp:
        return None
    try:
        when = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=now.tzinfo)
    return when.isoformat(timespec="seconds") if when <= now else None


def past_day(day: str | None, now: datetime) -> str | None:
    """A day of a file, unless it is none or has not come yet."""
    try:
        return day if day and date.fromisoformat(day) <= now.date() else None
    except ValueError:
        return None


def notes_of(home: str, entry: Entry) -> Iterator[tuple[str, str]]:
    """The texts of an entry's notes, and the place that each is from."""
    for number, note in enumerate(("\n".join(entry.notes), *entry.apart), 1):
        text = printable(note).strip("\n")
        if text.strip():
            yield text, place_of(home, number)


def place_of(home: str, number: int) -> str:
    """Which note of a page it is: the same place of a newer page has its newer text."""
    return home if number == 1 else f"{home}#{number}"
