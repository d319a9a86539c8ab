"""JSON Lines: one object a line, each a paper, in whatever shape a data set, a service or a script gives it.

This module owns the lines: what is a line of a text that comes in blocks, what of it is broken, and the account of all.
What the keys of an object mean is said in `_json_schema`, how the value of each field is read in `_json_fields`. A line
that is no JSON is broken, and the rest is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing, Piece
from readlist.domain.text import one_line
from readlist.errors import InputError
from readlist.importers import csl_json
from readlist.importers.records._account import collected
from readlist.importers.records._json_schema import entry, schema_of, work_of

FORMAT = "json-lines"

_CHUNK = 500  # lines
_SNIFFED = 20  # lines
_SHOWN = 200  # characters of a line that is ignored
_WHITESPACE = "\ufeff \t\r\f\v"
_DECODE = json.JSONDecoder(strict=False).decode  # line breaks and tabs within a text are let pass


def recognises(text: str) -> bool:
    """Whether the first lines of `text` are objects, at least one of which is whole and has a title of its own."""
    lines = _first_lines(text)
    first = next(lines, "")
    if not first.startswith("{"):
        return False
    for line in (first, *lines):
        if not line.startswith("{"):
            return False
        value = _decoded(line)
        if isinstance(value, dict):
            value = work_of(value)
            return "rl" not in value and schema_of(tuple(value)).titled
    return False


def read(text: str, *, mentions: bool = False) -> Listing:
    """All lines of `text`. Raises InputError if there are some and none can be read."""
    return collected(FORMAT, pieces((text,)))


def pieces(blocks: Iterable[str]) -> Iterator[Piece]:
    """The lines of a file in pieces."""
    number, read_, broken = 0, 0, 0
    for lines in _chunks(blocks):
        entries: list[Entry] = []
        ignored: list[Ignored] = []
        blank = 0
        for line in lines:
            number += 1
            value = _decoded(line)
            if isinstance(value, dict) and (made := entry(value, number)):
                entries.append(made)
            elif not line.strip(_WHITESPACE):
                blank += 1
            else:
                fault = value if isinstance(value, str) and not line.lstrip().startswith('"') else ""
                broken += bool(fault)
                shown = one_line(line[: 2 * _SHOWN])[:_SHOWN]
                ignored.append(Ignored(number, shown, fault or csl_json.NO_ITEM, broken=bool(fault)))
        read_ += len(entries)
        counts = dict.fromkeys(LINE_KINDS, 0) | {"papers": len(entries), "blank": blank, "ignored": len(ignored)}
        yield Piece(tuple(entries), counts, tuple(ignored))
    if broken and not read_:
        raise InputError("no line of this JSON can be read", "export it again from the program that wrote it")


def _first_lines(text: str) -> Iterator[str]:
    at = 0
    for _ in range(_SNIFFED):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)].strip(_WHITESPACE)
        if line:
            yield line
        if end < 0:
            return
        at = end + 1


def _chunks(blocks: Iterable[str]) -> Iterator[list[str]]:
    """The lines of a text that comes in blocks, some hundred at a time."""
    waiting: list[str] = []  # of a line whose end has not come
    some: list[str] = []
    first = True
    for block in blocks:
        if first:
            block, first = block.removeprefix("\ufeff"), False
        if "\n" not in block:
            waiting.append(block)
            continue
        found = "".join((*waiting, block)).split("\n")
        waiting = [found.pop()]
        some += found
        at = 0
        while len(some) - at >= _CHUNK:
            yield some[at : at + _CHUNK]
            at += _CHUNK
        some = some[at:]
    last = "".join(waiting)
    if last:
        some.append(last)
    if some:
        yield some


def _decoded(line: str) -> Any:
    """What a line says; a text that tells what is wrong with it if it is no JSON."""
    try:
        return _DECODE(line)
    except (ValueError, RecursionError) as fault:
        said = fault.msg if isinstance(fault, json.JSONDecodeError) else "too deep, or a number too long"
        return f"broken JSON: {said[:1].lower()}{said[1:]}"
