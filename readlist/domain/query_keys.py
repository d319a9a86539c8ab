"""The keys of a query, and what can stand behind each: texts, numbers, days, one of a few words, identifiers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import cast

from readlist.domain.dates import parse_date
from readlist.domain.filter import Key, Range, Term
from readlist.domain.metadata import KINDS
from readlist.domain.passes import STATUSES
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
    span = _range(key, value, lambda part: parse_date(part, today, future=ahead).isoformat())
    if span.low == span.high and re.fullmatch(r"[+-]\d+[dwmy]", value):
        # "added:-7d" means since then, "due:+7d" means until then: a single far-off day is never meant.
        return Range(None, span.high) if ahead else Range(span.low, None)
    return span


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError(text)
    return int(text)


def _beside(bound: int | str) -> tuple[int | str, int | str]:
    """The number or ISO date before and after `bound`."""
    if isinstance(bound, int):
        return bound - 1, bound + 1
    day = date.fromisoformat(bound)
    return (day - timedelta(days=1)).isoformat(), (day + timedelta(days=1)).isoformat()


def _range(key: str, value: str, reader: Callable[[str], int | str]) -> Range:
    try:
        if ".." in value:
            low, high = value.split("..", 1)
            return Range(reader(low) if low else None, reader(high) if high else None)
        for sign in ("<=", ">=", "<", ">", "="):
            if value.startswith(sign):
                bound = reader(value[len(sign) :])
                if sign in ("<=", ">=", "="):
                    return Range(None if sign == "<=" else bound, None if sign == ">=" else bound)
                below, above = _beside(bound)
                return Range(None, below) if sign == "<" else Range(above, None)
        bound = reader(value)
        return Range(bound, bound)
    except (ValueError, OverflowError):  # no day lies before year 1 or after 9999
        raise UsageError(
            f"{key}:{value} is not a number or a range",
            f"write {key}:100, {key}:>100, {key}:<=100 or {key}:10..100",
        ) from None
