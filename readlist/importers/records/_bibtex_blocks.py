r"""A BibTeX file as blocks, and the values of fields with their abbreviations filled in.

The file is cut where a line begins with `@type{`, and each piece is read by itself, by patterns (`_bibtex_fast`) or by
bibtexparser: a piece that is broken costs no other one, and the memory of one piece is enough. What is broken in a way
that leaves no doubt is mended (`_bibtex_mend`); anything else is handed on as broken, with the reason. An entry behind
a `%`, or within `@comment{…}`, was put there by somebody who did not want it: biber and JabRef read none, BibTeX does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from readlist.domain.patterns import late
from readlist.importers.records import _bibtex_fast
from readlist.importers.records import _bibtex_mend as mend

_ENTRY_TYPES = (
    "article|book|mvbook|inbook|bookinbook|suppbook|booklet|collection|mvcollection|incollection|suppcollection|manual"
    "|misc|online|electronic|www|patent|periodical|suppperiodical|proceedings|mvproceedings|inproceedings|conference"
    "|reference|mvreference|inreference|report|techreport|set|software|dataset|thesis|mastersthesis|phdthesis"
    "|bachelorthesis|unpublished|artwork|audio|image|movie|video|music|performance|standard|legislation|xdata"
)
# `@type{`, or `@type(` of a type that there is: a line of running text may begin with "@user (see". Behind a `%` it
# begins what somebody has put out of use.
START = late(
    rf"^[ \t]*(?:%[^\n@]{{0,200}})?@[ \t]*(?:[A-Za-z][\w+-]*\s*\{{|(?:{_ENTRY_TYPES}|string|preamble|comment)\s*\()",
    re.MULTILINE | re.IGNORECASE,
)
_INLINE = late(r"@[A-Za-z]+\s*\{")
_NO_COMMENT = frozenset("aAbBiImMpPuUoO")  # what nearly all types begin with
_COMMENTS = ("@comment", "@Comment", "@COMMENT", "@ comment")
_COMMENT = late(r"[ \t]*@[ \t]*comment\s*\{", re.IGNORECASE)
_HEAD = late(r"\s*@\s*([\w+-]+)\s*([{(])")

Values = Mapping[str, list[str]]
"""What the fields of an entry say, by their names in lower case: each value that a field was given."""

Kind = Literal["entry", "string", "preamble", "comment", "text", "broken", "damaged"]


@dataclass(slots=True)
class Block:
    """A block on lines `line` to `line + count - 1`. `fields` are names in lower case with values as written;
    of a `simple` entry each value is one group, number or word. What is `damaged` is a field of the entry before it.
    """

    kind: Kind
    line: int
    count: int
    text: str
    type: str = ""
    key: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    reason: str = ""
    simple: bool = False


def blocks(text: str) -> Iterator[Block]:
    """The blocks of `text`, one after another."""
    starts = _without_commented(text, [found.start() for found in START.finditer(text)])
    if not starts or text[: starts[0]].strip():
        yield from _text(text[: starts[0]] if starts else text, 1)
    line = 1 + (text.count("\n", 0, starts[0]) if starts else 0)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        piece = text[start:end]
        yield from _read(piece, line)
        line += piece.count("\n")


def _without_commented(text: str, starts: list[int]) -> list[int]:
    """The starts that do not stand within the braces of `@comment{…}`; behind a comment without an end, all."""
    if not any(word in text for word in _COMMENTS):
        return starts
    kept: list[int] = []
    closed = 0
    for at, start in enumerate(starts):
        if start < closed:
            continue
        kept.append(start)
        comment = _COMMENT.match(text, start)
        if comment and at + 1 < len(starts):
            closed = _end(text, comment.end(), _BRACE)
            if closed == len(text):
                return kept + starts[at + 1 :]
    return kept


def _text(text: str, line: int) -> Iterator[Block]:
    if text.strip():
        yield Block("text", line, text.count("\n") + 1, text)


def _read(piece: str, line: int) -> Iterator[Block]:
    """The blocks of a piece that begins with `@type{`: as it stands, else mended, else cut at every `@type{` in it."""
    if piece[0] in "% \t" and piece.lstrip().startswith("%"):
        yield from _text(piece, line)
        return
    comment = _COMMENT.match(piece) if piece[1:2] not in _NO_COMMENT else None
    if comment and (end := _end(piece, comment.end(), _BRACE) + 1) <= len(piece):
        yield Block("comment", line, piece.count("\n", 0, end) + 1, piece[:end])
        behind, line = piece[end:], line + piece.count("\n", 0, end)
        yield from _read(behind, line) if _INLINE.search(behind) else _text(behind, line)
        return
    entry = _bibtex_fast.fields(piece)
    if entry:
        type_, key, fields = entry
        text = piece.strip()
        yield Block("entry", line, text.count("\n") + 1, text, type_, key, fields, simple=True)
        return
    bare = mend.without_remarks(piece)
    if bare != piece:
        yield from _read(bare, line)
        return
    head = _HEAD.match(piece)
    if head:  # the parser knows no blanks within "@ type {"
        lines, name = "\n" * head[0].count("\n"), re.sub("[+-]", "_", head[1])
        piece = f"@{name}{head[2]}{lines}{piece[head.end() :]}"
    found = _parsed(piece, line)
    if not any(block.kind == "broken" for block in found):
        # Of an entry that a brace too many has ended, fields stand behind it.
        cut = any(block.kind == "text" and mend.FIELD_LINE.search(block.text) for block in found)
        yield from (_without_prose(piece, line) if cut else []) or found
        return
    mended = mend.mended(piece)
    second = _parsed(mended, line) if mended != piece else found
    if any(block.kind == "broken" for block in second):
        cuts = [found.start() for found in _INLINE.finditer(piece, 1)]
        kept = [] if cuts else _without_prose(piece, line)
        if kept:
            yield from kept
            return
        parts = [piece[a:b] for a, b in zip([0, *cuts], [*cuts, len(piece)], strict=True)]
        if cuts and sum(b.kind == "entry" for b in second) <= 1:
            second = []
            for part in parts:
                second += _parsed(part, line)
                line += part.count("\n")
    yield from second


def _without_prose(piece: str, line: int) -> list[Block]:
    """The entry of a piece but for a field of prose without an end, and that field; nothing if it is none."""
    it = mend.without_prose(piece)
    if it is None:
        return []
    text, lost = piece.rstrip(), piece[it.start : it.end]
    reason = f"the field {it.name}, which has no end or a brace too many; the rest of the entry was read"
    first = line + piece.count("\n", 0, it.start)
    return [
        Block("entry", line, text.count("\n") + 1, text, it.type, it.key, it.fields, simple=True),
        Block("damaged", first, lost.count("\n") + 1, lost, reason=reason),
    ]


@cache
def _parser() -> Any:
    import logging

    from bibtexparser import model, splitter

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would log is told with the file's name
    return splitter.Splitter, model


def _parsed(piece: str, line: int) -> list[Block]:
    splitter, model = _parser()
    made = []
    for it in splitter(piece).split().blocks:
        reason = ""
        if isinstance(it, model.ParsingFailedBlock):
            if it.ignore_error_block is not None:
                it = it.ignore_error_block  # a field or key named twice
            else:
                reason = _why(" ".join(str(getattr(it.error, "abort_reason", "")).split()))
        at = line + it.start_line
        block = Block("broken", at, it.raw.rstrip().count("\n") + 1, it.raw, reason=reason)
        if isinstance(it, model.Entry):
            block.kind, block.type, block.key = "entry", it.entry_type, it.key
            block.fields = [(one.key.casefold(), str(one.value)) for one in it.fields]
        elif isinstance(it, model.String):
            block.kind, block.key, block.fields = "string", it.key.casefold(), [("value", str(it.value))]
        elif isinstance(it, model.Preamble):
            block.kind = "preamble"
        elif isinstance(it, model.ExplicitComment):
            block.kind = "comment"
        elif isinstance(it, model.ImplicitComment):
            block.kind = "text"
        elif piece.lstrip()[:8].casefold() == "@comment":
            block.kind, block.reason = "comment", ""
        made.append(block)
    return made


def _why(reason: str) -> str:
    """The parser's reason as a person can use it: it sees no more of the file than the entry."""
    if reason.startswith(("Unexpectedly reached end", "Unexpected block start")):
        return "it has no end: a brace or quotation mark is not closed"
    return reason.replace("after entry key", "behind the name of a field") or "it is not BibTeX"


# -- values ------------------------------------------------------------------------------------------------------------

_PART = late(r'\s*(?:(?P<open>\{)|(?P<quote>")|(?P<word>[^\s{}"#,=()]+))')
_BRACE = late(r"(?<!\\)[{}]")
# "M\"uller" is no BibTeX, but what is meant is no doubt: a value does not end in a backslash.
_QUOTE_OR_BRACE = late(r'(?<!\\)[{}]|(?<!\\)"|(?<=\\)"(?![{A-Za-z])')
_NEXT_FIELD = late(r"\s*([A-Za-z][\w:.+-]*)\s*=\s*")
_MONTHS = {month: month for month in "jan feb mar apr may jun jul aug sep oct nov dec".split()}


def values(block: Block, strings: Mapping[str, str]) -> dict[str, list[str]]:
    """The values of a block's fields, all that each was given, with abbreviations filled in and parts put together.

    Where the comma between two fields was forgotten, the second one is found in the value of the first.
    """
    found: dict[str, list[str]] = {}
    if block.simple:
        for name, raw in block.fields:
            value = raw[1:-1] if raw[0] in '{"' else _word(raw, strings)
            if value and not value.isspace():
                found.setdefault(name, []).append(value)
        return found
    for name, raw in block.fields:
        rest: str | None = raw
        while rest is not None:
            value, left = _value(rest, strings)
            again = _NEXT_FIELD.match(left)
            if not again:
                value += left  # what should not be there is the user's text all the same
            if value.strip():
                found.setdefault(name, []).append(value)
            name, rest = (again[1].casefold(), left[again.end() :]) if again else (name, None)
    return found


def _word(word: str, strings: Mapping[str, str]) -> str:
    """What an abbreviation stands for, or the word itself."""
    return strings.get(word.casefold()) or _MONTHS.get(word.casefold(), word)


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, str]:
    """The value at the beginning of `raw`, and what stands behind it."""
    if raw[:1] == "{" and raw[-1:] == "}" and "=" not in raw and "#" not in raw:
        return raw[1:-1], ""
    parts: list[str] = []
    at = 0
    while part := _PART.match(raw, at):
        if part["word"]:
            parts.append(_word(part["word"], strings))
            at = part.end()
        else:
            end = _end(raw, part.end(), _BRACE if part["open"] else _QUOTE_OR_BRACE)
            parts.append(raw[part.end() : end])
            at = end + 1
        joined = re.compile(r"\s*#").match(raw, at)
        if not joined:
            break
        at = joined.end()
    return "".join(parts), raw[at:]


def _end(raw: str, at: int, marks: re.Pattern[str]) -> int:
    """Where the group that was opened before `at` ends."""
    depth = 0
    for found in marks.finditer(raw, at):
        if found[0] == "{":
            depth += 1
        elif depth == 0:
            return found.start()
        elif found[0] == "}":
            depth -= 1
    return len(raw)
