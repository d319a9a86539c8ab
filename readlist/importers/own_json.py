"""The library's own JSON, as `rl export --format json` writes it: a library, complete (`domain/record.py`).

It is read line by line, one record each, so that a fault is told with its line. A file that another program has laid
out anew is brought into that shape first. Keys that this version does not know are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from readlist.domain.identifiers import SCHEMES
from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing, Mark
from readlist.domain.metadata import Metadata
from readlist.domain.passes import Pass, highest_finished
from readlist.domain.patterns import late
from readlist.domain.query import is_name
from readlist.domain.record import (
    SECTIONS,
    VERSION,
    AuthorRecord,
    LogRecord,
    PaperRecord,
    QueryRecord,
    Record,
    Records,
)
from readlist.domain.text import one_line
from readlist.domain.topics import parse_path
from readlist.errors import InputError, UsageError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_OPENING = late(r'[\ufeff\s]*\{\s*"rl"\s*:\s*"library"')
_SECTION = late(r'"(\w+)": \[(\])?,?')
_AT_MOST = 2**62  # SQLite counts to 2**63
_CALLED = {
    "topics": "topics", "notes": "notes", "papers": "papers", "venues": "topics", "tags": "topics", "authors": "topics",
    "log": "notes", "queries": "notes",
}  # fmt: skip
_TIMES = frozenset({"added", "changed", "created", "at", "dropped", "due", "observed", "started", "finished"})


def recognises(text: str) -> bool:
    """Whether `text` begins as the library's own JSON does."""
    return _OPENING.match(text) is not None


def read(text: str, *, mentions: bool = False) -> Listing:
    """All of `text`, checked. Raises InputError, with the line, for what is no complete and sound file of this kind."""
    return _File(text).listing()


class _File:
    def __init__(self, text: str) -> None:
        self._text = text.removeprefix("\ufeff")
        self._lines = _count(self._text)
        self._head = _head(self._text)
        self._ours = self._head is not None
        if self._head is None:
            self._head, self._text = _laid_out(self._text)
        version = self._head.get("version")
        if not isinstance(version, int) or version < 1:
            raise InputError("line 1: the file does not say in which version it is written", _AGAIN)
        if version > VERSION:
            raise InputError(
                f"the file is of version {version}; this rl reads up to {VERSION}", "a newer rl wrote it: update rl"
            )
        self._places: dict[str, tuple[int, int, int]] = {}  # of a section: where it begins and ends, and its first line

    def listing(self) -> Listing:
        """The listing, after every record was looked at once."""
        lines = dict.fromkeys(LINE_KINDS, 0)
        ignored: list[Ignored] = []
        topics: list[tuple[str, ...]] = []
        entries: list[Entry] = []
        seen: dict[str, set[Any]] = {}
        for number, section, line in self._walk():
            if section not in SECTIONS or not line:
                lines["ignored"] += 1
                reason = f"{section}: nothing that this rl knows" if section else "the frame of the file"
                ignored.append(Ignored(number, line[:200], reason))
                continue
            lines[_CALLED[section]] += 1
            record = _record(section, line, number)
            _alone(record, section, seen, number)
            if section == "topics":
                topics.append(parse_path(record.path))  # type: ignore[union-attr]
            elif isinstance(record, PaperRecord):
                entries.append(_entry(record, number))
        if not self._ours:
            lines = dict.fromkeys(LINE_KINDS, 0) | {"papers": self._lines}
            ignored = []
        last = {k: v for k, v in _mapping(self._head, "last").items() if isinstance(v, int) and 0 <= v < _AT_MOST}
        records = Records(self._of, last, "log" in self._places)
        return Listing("json", tuple(topics), tuple(entries), (), lines, tuple(ignored), records=records)

    def _of(self, section: str) -> Iterator[Record]:
        start, end, number = self._places.get(section, (0, 0, 0))
        while start < end:
            stop = self._text.find("\n", start)
            line = _bare(self._text[start:stop])
            if line:
                yield _record(section, line, number)
            start, number = stop + 1, number + 1

    def _walk(self) -> Iterator[tuple[int, str, str]]:
        """Every line as (number, section, record): the section "" or the record "" for lines of the frame."""
        text, start, number, section, ended = self._text, 0, 0, "", False
        while start < len(text):
            stop = text.find("\n", start)
            stop = len(text) if stop < 0 else stop
            number, line = number + 1, text[start:stop].strip()
            opened = _SECTION.fullmatch(line)
            if number == 1 or not line:
                yield number, "", ""
            elif ended:
                raise InputError(f"line {number}: something stands behind the end of the file", _AGAIN)
            elif section and line in ("]", "],"):
                self._places[section] = (self._places[section][0], start, self._places[section][2])
                section = ""
                yield number, "", ""
            elif section:
                yield number, section, _bare(line)
            elif opened:
                section = "" if opened[2] else opened[1]
                self._places[opened[1]] = (stop + 1, stop + 1, number + 1)
                yield number, "", ""
            elif line == "}":
                ended = True
                yield number, "", ""
            else:
                raise InputError(f"line {number}: {line[:60]!r} is not where a record can be", _AGAIN)
            start = stop + 1
        if not ended:
            raise InputError(f"line {number}: the file ends before its end: it is cut off", _AGAIN)


_AGAIN = "export the library again"


def _count(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n"))


def _bare(line: str) -> str:
    return line.strip().removesuffix(",")


def _head(text: str) -> dict[str, Any] | None:
    """What the first line says; None if it is not laid out as the exporter does it."""
    first, _, rest = text.partition("\n")
    try:
        head = json.loads(_bare(first) + "}")
    except ValueError:
        return None
    return head if isinstance(head, dict) and (not rest or _SECTION.match(rest)) else None


def _laid_out(text: str) -> tuple[dict[str, Any], str]:
    """Head and text of a file that is laid out otherwise, with a record in each line."""
    try:
        whole = json.loads(text)
    except ValueError as fault:
        raise InputError(f"line {getattr(fault, 'lineno', 1)}: {_said(fault)}", _AGAIN) from None
    except RecursionError:
        raise InputError("line 1: nested too deep", _AGAIN) from None
    head = {name: value for name, value in whole.items() if not isinstance(value, list)}
    parts = [json.dumps(head).removesuffix("}")]
    for section, items in whole.items():
        if isinstance(items, list):
            parts += [f',\n"{section}": [\n', ",\n".join(map(json.dumps, items)), "\n]"]
    return head, "".join((*parts, "\n}\n"))


def _said(fault: Exception) -> str:
    return one_line(getattr(fault, "msg", "") or str(fault))[:120]


def _mapping(head: Any, name: str) -> dict[str, Any]:
    value = head.get(name)
    return value if isinstance(value, dict) else {}


# -- one record --------------------------------------------------------------------------------------------------------


@cache
def _adapter(section: str) -> TypeAdapter[Record]:
    from pydantic import TypeAdapter

    return TypeAdapter(SECTIONS[section])


def _record(section: str, line: str, number: int) -> Record:
    """The record that `line` holds. Raises InputError with the line and what is wrong with it."""
    from pydantic import ValidationError

    try:
        record = _adapter(section).validate_json(line, strict=True)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"line {number}: {where + ': ' if where else ''}{_said_of(first)}", _AGAIN) from None
    problem = _problem(record)
    if problem:
        raise InputError(f"line {number}: {problem}", _AGAIN)
    return record


def _said_of(error: Any) -> str:
    return one_line(str(error["msg"]))[:160]


def _problem(record: Record) -> str | None:
    """What cannot be in a library, of what has the right shape."""
    for name, value in _values(record):
        if isinstance(value, int) and not 0 <= value < _AT_MOST:
            return f"{name} cannot be {value}"
        if isinstance(value, str) and name in _TIMES and not _is_time(value):
            return f"{name} is not a date: {one_line(value)[:40]!r}"
    for path in record.topics if isinstance(record, PaperRecord) else _path(record):
        try:
            parse_path(path)
        except UsageError as fault:
            return fault.message
    if isinstance(record, QueryRecord) and not is_name(record.name):
        return f"a query cannot be named {one_line(record.name)[:40]!r}"
    if isinstance(record, PaperRecord):
        if not record.key.strip() or record.key.isdecimal():
            return f"{record.key!r} is no citation key"
        unknown = next((scheme for scheme, _ in record.all_identifiers() if scheme not in SCHEMES), None)
        if unknown is not None:
            return f"there is no identifier of the kind {one_line(unknown)[:40]!r}"
        if not {note.of for note in record.notes} <= {None, *(one.id for one in record.passes)}:
            return "a note is of a pass that is not there"
    return None


def _path(record: Record) -> tuple[str, ...]:
    path = getattr(record, "path", None) or getattr(record, "topic", None)
    return () if path is None else (path,)


def _values(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if is_dataclass(value):
        for field in fields(value):
            yield from _values(getattr(value, field.name), field.name)
    elif isinstance(value, tuple):
        for one in value:
            yield from _values(one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield name, key
            yield from _values(one, name)
    elif not isinstance(value, bool):
        yield name, value


def _is_time(text: str) -> bool:
    try:
        if len(text) > 10:
            datetime.fromisoformat(text)
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _alone(record: Record, section: str, seen: dict[str, set[Any]], number: int) -> None:
    """Refuse what can be in a library only once and stood in the file before."""
    named: list[tuple[str, Any]]
    if isinstance(record, QueryRecord):
        named = [("the saved query", record.name)]
    else:
        named = [(f"the id of {section}", record.id)]
    if isinstance(record, LogRecord):
        before = max(seen.get("entries", ()), default=0)
        if record.id < before:
            raise InputError(f"line {number}: entry {record.id} of the log stands behind {before}", _AGAIN)
        # Several parts may be of one entry; what one entry took back, no other one did.
        named = [("the entry taken back", record.undoes)] if record.undoes and record.id > before else []
        seen["entries"] = {record.id}
    elif isinstance(record, AuthorRecord):
        named.append(("the author", record.name))
    elif isinstance(record, PaperRecord):
        named.append(("the citation key", record.key))
        named += [("the identifier", pair) for pair in record.all_identifiers()]
        named += [("the id of a pass", one.id) for one in record.passes]
        named += [("the id of notes", note.id) for note in record.notes]
        named += [("the id of a link", link.id) for link in record.links if link.id is not None]
    for kind, value in named:
        known = seen.setdefault(kind, set())
        if value in known:
            shown = ":".join(value) if isinstance(value, tuple) else value
            raise InputError(f"line {number}: {kind} {shown} stands in the file twice", _AGAIN)
        known.add(value)


def _entry(record: PaperRecord, number: int) -> Entry:
    """The record as a page would have it, for showing what is going to be taken in."""
    newest = max(record.citations, key=lambda one: one.observed, default=None)
    said = Metadata(
        "page",
        record.kind,
        record.title,
        year=record.year,
        venue=record.venue,
        citations=newest.count if newest else None,
    )
    read = highest_finished(Pass(one.number, one.started, one.finished) for one in record.passes)
    mark: Mark | None = "read" if read else "todo" if record.next_pass and not record.dropped else None
    return Entry(number, said, tuple(tuple(path.split("/")) for path in record.topics), mark, tags=record.tags)
