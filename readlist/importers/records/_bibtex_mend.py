r"""Entries of BibTeX that are broken in a way that leaves no doubt of what was meant, mended.

No key, no comma or two behind the key or a field; remarks behind a `%` between fields, which biber takes for comments;
a field of prose without an end, as PMLR cuts its abstracts off: it says nothing of which work the entry is.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from readlist.domain.patterns import late
from readlist.importers.records import _bibtex_fast

_NO_KEY = late(r"(@\w+[{(])(\s*[A-Za-z][\w-]*\s*=)")
_NO_COMMA_BEHIND_KEY = late(r"(@\w+[{(]\s*[^\s,{}\"=]+)(\s+[A-Za-z][\w-]*\s*=)")
_COMMA_TWICE = late(r",(\s*),(?=\s*[A-Za-z][\w-]*\s*=|\s*[})])")
_BREAK_AT_BRACE = late(r"\\\\(?=[{}])")
_HEAD = late(r"\s*@\s*[\w+-]+\s*([{(])")
_SIGNS = late(r'\\.|[{}"%]')
_PROSE = late(
    r"^[ \t]*(abstract|abstr|annote|annotation|note|notes|comment|comments|review|keywords|file|tldr)\s*=\s*[{\"]",
    re.MULTILINE | re.IGNORECASE,
)
FIELD_LINE = late(r"^[ \t]*[A-Za-z][\w-]*\s*=\s*[{\"\w]", re.MULTILINE)
_TRIES = 40  # fields

_Fields = list[tuple[str, str]]


def mended(piece: str) -> str:
    """The entry with the commas and the place of the key that BibTeX wants."""
    made = _BREAK_AT_BRACE.sub(r"\\\\ ", piece)
    made = _COMMA_TWICE.sub(r"\1,", made)
    made = _NO_KEY.sub(r"\1,\2", made, count=1)
    return _NO_COMMA_BEHIND_KEY.sub(r"\1,\2", made, count=1)


def without_remarks(piece: str) -> str:
    """The entry without what stands behind a `%` between its fields, line for line."""
    head = _HEAD.match(piece)
    if head is None or "%" not in piece:
        return piece
    between = 1 if head[1] == "{" else 0  # the depth at which fields stand
    kept: list[str] = []
    depth, quoted, start = between, False, 0
    for sign in _SIGNS.finditer(piece, head.end()):
        if sign.start() < start:
            continue
        if sign[0] in "{}":
            depth += 1 if sign[0] == "{" else -1
        elif depth == between and sign[0] == '"':
            quoted = not quoted
        elif depth == between and sign[0] == "%" and not quoted:
            end = piece.find("\n", sign.start())
            kept.append(piece[start : sign.start()])
            start = end if end >= 0 else len(piece)
        if depth < between:
            break
    return "".join((*kept, piece[start:]))


class Lossy(NamedTuple):
    """An entry but for one field: type, key, fields, the name of the lost one, and where that begins and ends."""

    type: str
    key: str
    fields: _Fields
    name: str
    start: int
    end: int


def without_prose(piece: str) -> Lossy | None:
    """The entry without the one field of prose that has no end; None if it is broken anywhere else.

    The field is lost up to the line on which the next one begins; all other fields must be whole.
    """
    tries = islice(_PROSE.finditer(piece), _TRIES)
    found = [(prose, entry) for prose in tries if (entry := _whole(piece[: prose.start()]))]
    if not found:
        return None
    prose, (type_, key, fields) = found[-1]
    next_ = FIELD_LINE.search(piece, prose.end())
    behind = _whole(f"@{type_}{{{key},\n{piece[next_.start() :]}") if next_ else None
    fields = fields + (behind[2] if behind else [])
    named = {name for name, _ in fields}
    # What inherits may wait for another entry, and its lines with it: these must be all of the entry's.
    if (next_ and not behind) or "title" not in named or named & {"crossref", "xdata"}:
        return None
    end = len(piece[: next_.start() if next_ else len(piece)].rstrip())
    return Lossy(type_, key, fields, prose[1].casefold(), prose.start(), end)


def _whole(piece: str) -> tuple[str, str, _Fields] | None:
    """The entry that is `piece`, its last brace there or not; None if anything in it is broken."""
    return _bibtex_fast.fields(f"{piece.rstrip()}\n}}") or _bibtex_fast.fields(piece)
