"""The keys of a query, and what can stand behind each: texts, numbers, days, one of a few words, identifiers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import cast

from readlist.domain.dates import parse_date, span_of
from readlist.domain.filter import Key, Range, Term
from readlist.domain.metadata import KINDS
from readlist.domain.passes import STATUSES
from readlist.domain.patterns import late
from readlist.domain.queue import PRIORITIES
from readlist.errors import UsageError

TEXTS = ("topic", "tag", "venue", "author", "title", "key")
NUMBERS = ("year", "cites", "pass", "id")
DATES = ("added", "due", "read")
IDENTIFIERS = ("arxiv", "doi", "acl")
HAS = ("abstract", "summary", "note", "topic", "tag", "venue", "year", "cites", "due", "arxiv", "doi", "code")
IS = ("withdrawn", "pending")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": STATUSES, "kind": KINDS, "priority": PRIORITIES, "has": HAS, "is": IS,
}  # fmt: skip
KEYS = (*TEXTS, *NUMBERS, *DATES, *CHOICES, *IDENTIFIERS)


def term_of(key: str, value: str, today: date) -> Term:
    """The condition `key:value`. Raises UsageError for a key that there is not, or a value that cannot be."""
    named = cast(Key, key)
    if key in TEXTS:
        return Term(named, value)
    if key in NUMBERS:
        return Term(named, _range(key, value, _number))
    if key in DATES:
        return Term(named, _days(key, value, today))
    if key in CHOICES:
        if value.casefold() not in CHOICES[key]:
            from readlist.domain.nearest import choices

            raise UsageError(f"{key}:{value} cannot be", choices(value, CHOICES[key]))
        return Term(named, value.casefold())
    if key in IDENTIFIERS:
        return _identifier(key, value)
    from readlist.domain.nearest import nearest

    near = nearest(key, KEYS)
    hint = f"did you mean {near[0]}:? Text" if near else f"there are {', '.join(KEYS)}; text"
    raise UsageError(f"unknown key {key!r}", f"{hint} with a colon in it stands in quotes")


def _identifier(key: str, value: str) -> Term:
    from readlist.domain import identifiers

    readers = {"arxiv": identifiers.arxiv, "doi": identifiers.doi, "acl": identifiers.acl}
    found = readers[key](value)
    if found is None:
        raise UsageError(f"{key}:{value} cannot be", "write it as `rl show` does")
    return Term(cast(Key, found.scheme), found.value)


def _days(key: str, value: str, today: date) -> str | Range:
    if value.casefold() in ("none", "any"):
        return value.casefold()
    ahead = key == "due"

    def days(part: str) -> tuple[str, str]:
        """The first and the last day of a week or a month; of a day, that day twice."""
        if _PERIOD.fullmatch(part):
            span = span_of(today, when=part)
            return span.first.isoformat(), span.last.isoformat()
        day = parse_date(part, today, future=ahead).isoformat()
        return day, day

    span = _range(key, value, days)
    if span.low == span.high and re.fullmatch(r"[+-]\d+[dwmy]", value):
        # "added:-7d" means since then, "due:+7d" means until then: a single far-off day is never meant.
        return Range(None, span.high) if ahead else Range(span.low, None)
    return span


_PERIOD = late(r"\d{4}-?[Ww]\d{1,2}|\d{4}-\d{1,2}")


def _number(text: str) -> tuple[int, int]:
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError(text)
    return int(text), int(text)


def _beside(bound: int | str) -> tuple[int | str, int | str]:
    """The number or ISO date before and after `bound`."""
    if isinstance(bound, int):
        return bound - 1, bound + 1
    day = date.fromisoformat(bound)
    return (day - timedelta(days=1)).isoformat(), (day + timedelta(days=1)).isoformat()


def _range(key: str, value: str, reader: Callable[[str], tuple[int | str, int | str]]) -> Range:
    """`reader` gives the first and the last of what a part of the value means."""
    try:
        if ".." in value:
            low, high = value.split("..", 1)
            return Range(reader(low)[0] if low else None, reader(high)[1] if high else None)
        for sign in ("<=", ">=", "<", ">", "="):
            if value.startswith(sign):
                first, last = reader(value[len(sign) :])
                if sign in ("<=", ">=", "="):
                    return Range(None if sign == "<=" else first, None if sign == ">=" else last)
                return Range(None, _beside(first)[0]) if sign == "<" else Range(_beside(last)[1], None)
        return Range(*reader(value))
    except (ValueError, OverflowError):  # no day lies before year 1 or after 9999
        low, high = _EXAMPLES.get(key, ("10", "100"))
        raise UsageError(
            f"{key}:{value} is not a number or a range",
            f"write {key}:{high}, {key}:>{low}, {key}:<={high} or {key}:{low}..{high}",
        ) from None


_EXAMPLES: Mapping[str, tuple[str, str]] = {"year": ("2018", "2020"), "pass": ("1", "2")}
