"""The library's own JSON: complete, so that a library can be made of it that is equal to this one.

One document, laid out so that it can be read, and compared, line by line: a head, then a line for each venue, topic,
tag, note of a topic or page, and paper; of a whole library also for each author and each part of the log. What is empty
or as it is by itself is left out. Read back by `importers/own_json.py`; what the fields mean stands in
`domain/record.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from readlist.domain.record import HISTORY, SECTIONS, VERSION
from readlist.domain.shelf import Shelf

_line = json.JSONEncoder(ensure_ascii=False).encode


def write(shelf: Shelf) -> Iterator[str]:
    """The whole document, one record at a time."""
    records = shelf.records()
    head = {"rl": "library", "version": VERSION} | ({"last": dict(records.last)} if records.last else {})
    yield _line(head).removesuffix("}")
    for section in SECTIONS:
        if section in HISTORY and not records.logged:
            continue
        yield f',\n"{section}": ['
        before = "\n"
        for record in records.of(section):
            yield before + _line(bare(record))
            before = ",\n"
        yield "]" if before == "\n" else "\n]"
    yield "\n}\n"


def bare(value: Any) -> Any:
    """A record as JSON has it, less the fields that are empty or have their usual value."""
    kind: Any = type(value)
    if kind is str or kind is int:
        return value
    if kind is tuple or kind is list:
        return [bare(one) for one in value]
    if kind is dict:
        return {name: bare(one) for name, one in value.items()}
    names = _names(kind)
    if names is None:
        return value
    made: dict[str, Any] = {}
    for name in names:
        it = getattr(value, name)
        if it is None or it == () or it == {} or (name == "priority" and it == "normal"):
            continue
        it = bare(it)
        if it != [] and it != {}:
            made[name] = it
    return made


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The names of the fields of a record's type; None for what is no record."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None
