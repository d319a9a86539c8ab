"""Dates as people write them, and weeks as reports count them (ISO 8601: from Monday, week 1 holds 4 January)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from readlist.domain.patterns import late
from readlist.errors import UsageError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = late(r"(\d{4})[-/.](\d{1,2})")
_ALLOWED = "2026-11-21, today, yesterday, tomorrow, -3d, +2w, 2026-W47, mon"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included. `week` is its ISO week ("2026-W47") if it is one."""

    first: date
    last: date
    week: str | None = None

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def week_of(day: date) -> Span:
    """The ISO week that holds `day`."""
    year, number, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    return Span(first, first + timedelta(days=6), f"{year:04d}-W{number:02d}")


def month_of(day: date) -> Span:
    """The calendar month that holds `day`."""
    from calendar import monthrange

    return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def parse_week(text: str, today: date) -> Span:
    """The week that `text` names: `2026-W47`, `W47`, `47` of this year, `last`, `this`, or any date in it."""
    text = text.strip()
    found = re.fullmatch(r"(?:(\d{4})-?)?[Ww](\d{1,2})", text) or re.fullmatch(r"()(\d{1,2})", text)
    if found:
        year = int(found[1] or today.isocalendar()[0])
        try:
            return week_of(date.fromisocalendar(year, int(found[2]), 1))
        except (ValueError, OverflowError):
            raise UsageError(f"{year} has no week {int(found[2])}", "weeks count from 1 to 52 or 53") from None
    if text in ("this", "last"):
        return week_of(today - timedelta(days=7 if text == "last" else 0))
    day = parse_date(text, today)
    try:
        return week_of(day)
    except OverflowError:
        raise UsageError(f"the week of {text} is not over in year 9999", f"dates are written {_ALLOWED}") from None


def parse_month(text: str, today: date) -> Span:
    """The month that `text` names: `2026-10`, `last`, `this`, or any date in it."""
    word = text.strip()
    found = _MONTH.fullmatch(word)
    if found:
        try:
            return month_of(date(int(found[1]), int(found[2]), 1))
        except ValueError:
            raise UsageError(f"{word!r} is not a month", "months are written 2026-10, this, last") from None
    if word in ("this", "last"):
        first = today.replace(day=1)
        return month_of(first - timedelta(days=1) if word == "last" else first)
    return month_of(parse_date(word, today))


def parse_date(text: str, today: date, *, future: bool = False) -> date:
    """The day that `text` names, seen from `today`. A weekday is the last one past, or with `future` the next one.

    A week (`2026-W47`) is its Monday. Raises UsageError with the forms that are understood.
    """
    word = text.strip().casefold()
    fixed = {"today": 0, "yesterday": -1, "tomorrow": 1}
    try:
        if word in fixed:
            return today + timedelta(days=fixed[word])
        found = re.fullmatch(r"([+-]?)(\d{1,5})([dwmy])", word)
        if found:
            days = int(found[2]) * {"d": 1, "w": 7, "m": 30, "y": 365}[found[3]]
            back = found[1] == "-" or (not found[1] and not future)
            return today + timedelta(days=-days if back else days)
        if word[:3] in _DAYS and word.isalpha() and _full_day(word):
            ahead = (_DAYS.index(word[:3]) - today.weekday()) % 7
            return today + timedelta(days=ahead if future else (ahead - 7 if ahead else 0))
        found = re.fullmatch(r"(\d{4})-?w(\d{1,2})", word)
        if found:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        found = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", word)
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"{text!r} is not a date", f"dates are written {_ALLOWED}")


def parse_past(text: str, today: date) -> date:
    """`parse_date`, for things that have happened: a day in the future is refused."""
    day = parse_date(text, today)
    if day > today:
        raise UsageError(f"{day.isoformat()} is in the future", f"today is {today.isoformat()}")
    return day


def _full_day(word: str) -> bool:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return any(name.startswith(word) for name in names)


def span_of(
    today: date,
    *,
    when: str | None = None,
    week: str | None = None,
    month: bool = False,
    since: str | None = None,
    until: str | None = None,
) -> Span:
    """The days that a report is asked for: a week, a month, or from `since` to `until`; else this week.

    `when` is the month that `month` asks for; without it, a month (`2026-10`) or a week as `parse_week` reads it.
    """
    if sum((week is not None, month or when is not None, since is not None or until is not None)) > 1:
        raise UsageError(
            "a week, a month or days, not several of them", "--week 2026-W47, --month 2026-10, or --since and --until"
        )
    if month:
        return parse_month(when or "this", today)
    if when is not None:
        return parse_month(when, today) if _MONTH.fullmatch(when.strip()) else parse_week(when, today)
    if week is not None:
        return parse_week(week, today)
    if since is None and until is None:
        return week_of(today)
    last = parse_date(until, today) if until is not None else today
    first = parse_date(since, today) if since is not None else last - timedelta(days=6)
    if first > last:
        hint = "--since comes before --until" if until is not None else "say --until, too: it is today unless you do"
        raise UsageError(f"{first.isoformat()} is after {last.isoformat()}", hint)
    return Span(first, last)


LONGEST_AGE = timedelta(days=365 * 900)
"""What is older is older than everything: a moment so long ago is still one that a calendar has."""


def parse_age(text: str) -> timedelta:
    """How long ago: `7d`, `2w`, `1m` (30 days), `1y` (365 days), `12h`; `0d` is everything. At most `LONGEST_AGE`."""
    found = re.fullmatch(r"(\d{1,4})([hdwmy])", text.strip().casefold())
    if not found:
        raise UsageError(f"{text!r} is not an age", "ages are written 7d, 2w, 1m, 12h")
    age = timedelta(hours=int(found[1]) * {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}[found[2]])
    return min(age, LONGEST_AGE)


def day_of(stamp: str | None) -> date | None:
    """The day of an ISO date or date-time, as it was where it was written; None for None."""
    return date.fromisoformat(stamp[:10]) if stamp else None
