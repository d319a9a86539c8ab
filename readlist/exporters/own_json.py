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
    if is_dataclass(value):
        usual = {"priority": "normal"}
        made = ((field.name, bare(getattr(value, field.name))) for field in fields(value))
        return {name: it for name, it in made if it is not None and it != [] and it != {} and it != usual.get(name, ())}
    if isinstance(value, tuple | list):
        return [bare(one) for one in value]
    if isinstance(value, dict):
        return {name: bare(one) for name, one in value.items()}
    return value
