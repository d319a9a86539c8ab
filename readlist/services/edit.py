"""Correcting a paper's record by hand, and taking papers away.

What a person sets is never overwritten by a fetch, and what a person empties stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from readlist.db.library import Library, Work
from readlist.domain import identifiers
from readlist.domain.identifiers import SCHEMES
from readlist.domain.metadata import KINDS
from readlist.domain.paper import Paper
from readlist.domain.text import is_chinese, one_line, printable
from readlist.domain.titles import kept_key
from readlist.errors import UsageError
from readlist.services.filing import tag_name, topic_id

Value = Any
"""Of a field: text, a number, or a tuple of texts; None if it is to be empty."""


@dataclass(frozen=True, slots=True)
class Field:
    """What can be set by hand: how its text is read (ValueError says what is allowed), and its value in a paper."""

    read: Callable[[str], Value]
    of: Callable[[Paper], Value]
    may_be_empty: bool = True


@dataclass(frozen=True, slots=True)
class Edit:
    """One field's change."""

    field: str
    before: Value
    after: Value


def _line(text: str) -> str:
    return one_line(text)


def _paragraphs(text: str) -> str:
    return printable(text).strip()


def _one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip() not in allowed:
            raise ValueError(", ".join(allowed))
        return text.strip()

    return read


def _year(text: str) -> int:
    if not re.fullmatch(r"[12][0-9]{3}", text.strip()):
        raise ValueError("a year of four digits")
    return int(text)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ValueError("a date: 2021-04-18") from None


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()):
        raise ValueError("a number from 0")
    return int(text)


def _address(text: str) -> str:
    url = one_line(text)
    if not re.match(r"https?://[^\s/]", url):
        raise ValueError("an address that begins with https:// or http://")
    return url


def _key(text: str) -> str:
    key = kept_key(text)
    if key is None or key != text.strip():
        raise ValueError("letters, digits and signs without blanks; not digits alone, no @, # or - in front")
    return key


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(one_line, re.split(r"[;；\n]", text)))))


def _people(text: str) -> tuple[str, ...]:
    """Names between semicolons or "and"; between commas where no name has one in itself ("Gao, Tianyu" has)."""
    parts = [one_line(part) for part in re.split(r"[;；、\n]|\s+and\s+", text)]
    if len(parts) == 1:
        between = [one_line(part) for part in re.split(r"[,，]", text)]
        if all(" " in name or is_chinese(name) for name in between):
            parts = between
    return tuple(filter(None, parts))


def _identifier(scheme: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = identifiers.parse(one_line(text)) or identifiers.parse(f"{scheme}:{one_line(text)}")
        if found is None or found.scheme != scheme:
            raise ValueError(f"an identifier of the kind {scheme}")
        return found.value

    return read


def _of(name: str) -> Callable[[Paper], Value]:
    return lambda paper: getattr(paper, name)


def _identified(scheme: str) -> Field:
    return Field(_identifier(scheme), lambda paper: paper.identifiers.get(scheme))


FIELDS: Mapping[str, Field] = {
    "title": Field(_line, _of("title"), may_be_empty=False),
    "authors": Field(_people, _of("authors")),
    "year": Field(_year, _of("year")),
    "published": Field(_day, _of("published")),
    "venue": Field(_line, _of("venue")),
    "kind": Field(_one_of(KINDS), _of("kind"), may_be_empty=False),
    "url": Field(_address, _of("url")),
    "abstract": Field(_paragraphs, _of("abstract")),
    "tldr": Field(_paragraphs, _of("tldr")),
    "citations": Field(_count, lambda paper: paper.citations.count if paper.citations else None, may_be_empty=False),
    "key": Field(_key, _of("key"), may_be_empty=False),
    "topics": Field(_list, _of("topics")),
    "tags": Field(lambda text: tuple(map(tag_name, _list(text))), _of("tags")),
    **{scheme: _identified(scheme) for scheme in SCHEMES},
}
"""What `rl edit` can set, by name. Several authors, topics or tags stand between semicolons."""


def read_assignments(texts: Sequence[str]) -> dict[str, Value]:
    """FIELD=VALUE texts as values by field; FIELD= empties it. Raises UsageError for what cannot be."""
    values: dict[str, Value] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"{one_line(text)!r} is no FIELD=VALUE", 'for example: rl edit 12 year=2021 venue="EMNLP"')
        name = checked_name(name.strip())
        values[name] = read_value(name, value)
    return values


ELSEWHERE: Mapping[str, str] = {
    "due": "rl want PAPER --due DATE",
    "priority": "rl want PAPER --priority high",
    "pass": "rl want PAPER --pass N",
    "next_pass": "rl want PAPER --pass N",
    "status": "rl want`, `rl mark-read`, `rl drop` or `rl reopen",
    "note": "rl note PAPER TEXT",
    "notes": "rl note PAPER TEXT",
    "summary": "rl summary PAPER TEXT",
}
"""What is no field of the record, though one may look for it here, and the command that sets it."""


def checked_name(name: str) -> str:
    """`name` if it is a field; raises UsageError with the nearest."""
    if name in FIELDS:
        return name
    from readlist.domain.nearest import nearest

    if name in ELSEWHERE:
        raise UsageError(f"{name} is no field of the record", f"set it with `{ELSEWHERE[name]}`")
    near = nearest(name, FIELDS)
    raise UsageError(
        f"there is no field {one_line(name)!r}",
        f"did you mean {near[0]}?" if near else f"there are: {', '.join(FIELDS)}",
    )


def read_value(name: str, text: str) -> Value:
    """The value of the field that `text` writes; None or () if it is empty. Raises UsageError."""
    field = FIELDS[name]
    if not text.strip():
        if not field.may_be_empty:
            raise UsageError(f"{name} cannot be empty", f"give one: {name}=…")
        return () if name in ("authors", "topics", "tags") else None
    try:
        return field.read(text)
    except ValueError as allowed:
        raise UsageError(f"{name} cannot be {one_line(text)!r}", f"allowed: {allowed}") from None


def written(paper: Paper) -> dict[str, str]:
    """The fields of the paper as texts that `read_value` reads back, in order; empty for what is not known."""
    return {name: _written(field.of(paper)) for name, field in FIELDS.items()}


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)


def edit(library: Library, paper_id: int, values: Mapping[str, Value]) -> tuple[Edit, ...]:
    """Set these fields of the paper; what changed. Raises UsageError for a key or identifier of another paper."""
    with library.write("edit") as work:
        today = work.unit.now.date()
        before = work.views.paper(paper_id, today)
        done = work.unit.altered
        _set(work, paper_id, values)
        if work.unit.altered > done:
            work.reading.touch(paper_id)
        after = work.views.paper(paper_id, today)
    return tuple(_differences(before, after, values))


def _differences(before: Paper, after: Paper, names: Mapping[str, Value]) -> Iterator[Edit]:
    for name in names:
        was, now = FIELDS[name].of(before), FIELDS[name].of(after)
        if was != now:
            yield Edit(name, was, now)


def _set(work: Work, paper_id: int, values: Mapping[str, Value]) -> None:
    rest = dict(values)
    if "key" in rest:
        _set_key(work, paper_id, rest.pop("key"))
    for scheme in SCHEMES:
        if scheme in rest:
            _set_identifier(work, paper_id, scheme, rest.pop(scheme))
    if "topics" in rest:
        work.topics.only(paper_id, [topic_id(work, path) for path in rest.pop("topics")])
    if "tags" in rest:
        work.tags.only(paper_id, rest.pop("tags"))
    if "citations" in rest:
        work.papers.observe(paper_id, "user", rest.pop("citations"))
    work.papers.correct(paper_id, rest)


def _set_key(work: Work, paper_id: int, key: str) -> None:
    other = work.papers.with_key(key)
    if other not in (None, paper_id):
        raise UsageError(f"#{other} has the key {key}", "keys are unique: choose another one")
    work.papers.name(paper_id, key)


def _set_identifier(work: Work, paper_id: int, scheme: str, value: str | None) -> None:
    owner = work.papers.with_identifier(scheme, value) if value else None
    if owner is not None and owner != paper_id:
        raise UsageError(
            f"#{owner} has {scheme}:{value}", f"if both are one paper, make one of them: rl merge {paper_id} {owner}"
        )
    work.papers.identify(paper_id, scheme, value)


def remove(library: Library, papers: Sequence[int]) -> None:
    """Take the papers out of the library, with all notes, passes and counts. `rl undo` brings them back."""
    with library.write("remove") as work:
        for paper_id in papers:
            work.papers.remove(paper_id)
