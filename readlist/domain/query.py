"""What to list: a query as a person writes it, read into one `Filter`. Terms are joined by "and".

topic:contrastive tag:survey venue:ACL year:2020.. cites:>100 status:todo pass:<2 added:-7d author:gao
"exact words" -excluded
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from readlist.domain.dates import parse_date
from readlist.domain.metadata import KINDS
from readlist.domain.nearest import choices
from readlist.domain.passes import STATUSES
from readlist.domain.queue import PRIORITIES
from readlist.errors import UsageError

Key = Literal[
    "topic",
    "tag",
    "venue",
    "year",
    "cites",
    "status",
    "pass",
    "added",
    "due",
    "author",
    "kind",
    "priority",
    "key",
    "text",
]


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included; None is open. Numbers, or ISO dates as text."""

    low: int | str | None = None
    high: int | str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `value` is text, or a Range for years, counts, passes and dates."""

    key: Key
    value: str | Range
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Which papers: all that meet every term."""

    terms: tuple[Term, ...] = ()

    def __and__(self, other: Filter) -> Filter:
        return Filter(self.terms + other.terms)


_NUMBERS = ("year", "cites", "pass")
_DATES = ("added", "due")
_CHOICES: dict[str, tuple[str, ...]] = {"status": STATUSES, "kind": KINDS, "priority": PRIORITIES}
_TEXTS = ("topic", "tag", "venue", "author", "key")
KEYS = (*_TEXTS, *_NUMBERS, *_DATES, *_CHOICES)

_TOKEN = re.compile(r'(?P<minus>-)?(?:(?P<key>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))')


def parse(texts: Iterable[str], today: date) -> Filter:
    """The filter that the words `texts` of a command line ask for; raises UsageError saying where it is wrong."""
    terms: list[Term] = []
    for text in texts:
        terms.extend(_terms(text, today))
    return Filter(tuple(terms))


def _terms(text: str, today: date) -> Iterator[Term]:
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        found = _TOKEN.match(text, position)
        if not found:
            raise UsageError(
                f"cannot read the query at character {position + 1}: {text[position:]!r}", "close the quote"
            )
        position = found.end()
        value = found["quoted"] if found["quoted"] is not None else found["bare"]
        key, negated = found["key"], found["minus"] is not None
        if key and (key.casefold() in KEYS or not value.startswith("//")):
            yield _term(key.casefold(), value, negated, found.start() + 1, today)
        elif key:  # an address: https://…
            yield Term("text", f"{key}:{value}", negated)
        elif found["quoted"] is None and value[-1:] == ":" and value[:-1].casefold() in KEYS:
            raise UsageError(
                f"{value} at character {found.start() + 1} of the query has no value", "no blank comes after the colon"
            )
        else:
            yield Term("text", value, negated)


def _term(key: str, value: str, negated: bool, position: int, today: date) -> Term:
    if key in _TEXTS:
        return Term(key, value, negated)  # type: ignore[arg-type]
    if key in _NUMBERS:
        return Term(key, _range(key, value, position, _number), negated)  # type: ignore[arg-type]
    if key in _DATES:
        if value.casefold() in ("none", "any"):
            return Term(key, value.casefold(), negated)  # type: ignore[arg-type]
        ahead = key == "due"
        span = _range(key, value, position, lambda part: parse_date(part, today, future=ahead).isoformat())
        if span.low == span.high and re.fullmatch(r"[+-]\d+[dwmy]", value):
            # "added:-7d" means since then, "due:+7d" means until then: a single far-off day is never meant.
            span = Range(None, span.high) if ahead else Range(span.low, None)
        return Term(key, span, negated)  # type: ignore[arg-type]
    if key in _CHOICES:
        if value.casefold() not in _CHOICES[key]:
            raise UsageError(f"{key}:{value} cannot be", choices(value, _CHOICES[key]))
        return Term(key, value.casefold(), negated)  # type: ignore[arg-type]
    near = difflib.get_close_matches(key, KEYS, 1)
    hint = f"did you mean {near[0]}:?" if near else f"there are {', '.join(KEYS)}"
    raise UsageError(f"unknown key {key!r} at character {position} of the query", hint)


def _beside(bound: int | str) -> tuple[int | str, int | str]:
    """The number or ISO date before and after `bound`."""
    if isinstance(bound, int):
        return bound - 1, bound + 1
    day = date.fromisoformat(bound)
    return (day - timedelta(days=1)).isoformat(), (day + timedelta(days=1)).isoformat()


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError(text)
    return int(text)


def _range(key: str, value: str, position: int, reader: Callable[[str], int | str]) -> Range:
    try:
        if ".." in value:
            low, high = value.split("..", 1)
            return Range(reader(low) if low else None, reader(high) if high else None)
        for sign in ("<=", ">=", "<", ">", "="):
            if value.startswith(sign):
                bound = reader(value[len(sign) :])
                below, above = _beside(bound)
                return {
                    "<=": Range(None, bound),
                    ">=": Range(bound, None),
                    "<": Range(None, below),
                    ">": Range(above, None),
                    "=": Range(bound, bound),
                }[sign]
        bound = reader(value)
        return Range(bound, bound)
    except (ValueError, OverflowError):  # no day lies before year 1 or after 9999
        raise UsageError(
            f"{key}:{value} at character {position} of the query is not a number or a range",
            f"write {key}:100, {key}:>100, {key}:<=100 or {key}:10..100",
        ) from None
