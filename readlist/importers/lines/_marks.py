"""Marks of reading: what on a line says that a paper is read or is to be read.

A sign counts wherever it stands outside of running text; a word counts only where it stands alone (a cell, in
brackets, at the line's end after a blank), since "done" and "read" are also words of titles. Read wins over todo.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from readlist.domain.listing import Mark
from readlist.importers.lines import _days, _legend, _mark_words
from readlist.importers.lines._legend import Legend


@dataclass(frozen=True, slots=True)
class Marked:
    """A line taken apart: the text before the mark, the mark, and what was said after it."""

    text: str
    mark: Mark | None
    remark: str = ""
    legend: bool = False  # both kinds of signs stand there: the line explains them
    depth: int | None = None  # how deeply it was read (1 to 3), where a legend tells
    finished: str | None = None  # the day of reading, where the mark names one
    given_up: bool = False  # it was to be read, and is not any more


def hints(text: str) -> bool:
    """Whether `text` may bear a mark: a quick look that never misses one of the defaults."""
    lowered = text.lower()
    if any(map(lowered.__contains__, _mark_words.HINTS)) or not (
        text.isascii() or _mark_words.HINT_SIGN.search(text) is None
    ):
        return True
    return text.rstrip().endswith("]") and _mark_words.TRAILING_BOX.search(f" {text}") is not None


def _hinted(text: str) -> bool:
    return any(map(_may_say, _mark_words.IN_BRACKETS.findall(text)))


def _may_say(bracket: str) -> bool:
    return hints(bracket.partition("://")[0])  # words of an address say nothing


def _dated(text: str) -> bool:
    tail = text[-_mark_words.TAIL :]
    return _days.hints(tail) and hints(tail)


# The marks within a line in the order in which they are taken out, each behind a quick look that never misses one.
_WITHIN: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_mark_words.SIGN_DAY, lambda text: not text.isascii() and _days.hints(text)),
    (_mark_words.BRACKETED, _hinted),
    (_mark_words.READ_ON, _dated),
    (_mark_words.TRAILING_BOX, lambda text: text.rstrip().endswith("]")),
    (_mark_words.TRAILING_TODO, lambda text: "todo" in text.lower() or not text.isascii()),
    (_mark_words.TRAILING_READ, lambda text: hints(text[-_mark_words.END :])),
)


def box(text: str) -> tuple[str | None, str]:
    """The task box that `text` begins with ("x", " ", "/", ">" or "-"; None if none) and the text after it."""
    found = _mark_words.BOX.match(text)
    if not found:
        return None, text
    return (found[1] if found[1] in " />-" else "x"), text[found.end() :]


_OF_BOX: dict[str, Mark | None] = {" ": "todo", "/": "todo", ">": "todo", "-": None}


def of_box(sign: str | None, legend: Legend = _legend.NONE) -> Mark | None:
    """What a task box says: ticked is read, given up is nothing, any other is to be read, unless the page's legend
    says otherwise."""
    if sign is None:
        return None
    said = legend.of(f"[{sign}]")
    return said.mark if said else _OF_BOX.get(sign, "read")


def both(one: Mark | None, other: Mark | None) -> Mark | None:
    """The stronger of two marks: read, then todo, then none."""
    if "read" in (one, other):
        return "read"
    return one or other


def cell(text: str, legend: Legend = _legend.NONE, status: bool = False) -> tuple[Mark, int | None] | None:
    """What a cell says when all of it is a mark: the mark, and how deeply it was read.

    `status` says that it stands where nothing but the state of reading stands, so that a yes or a cross is one too.
    """
    text = text.strip(" *_`")
    signs = list(_legend.signs_in(text)) if legend.signs else []
    if len(signs) == 1 and signs[0][:2] == (0, len(text)):
        said = legend.of(signs[0][2])
        if said:
            return (said.mark, said.depth) if said.mark else None
    found = _mark_words.CELL.fullmatch(text) or (_mark_words.STATUS.fullmatch(text) if status else None)
    if found:
        meaning = None if found["todo"] else _legend.meaning_of(found["read"])
        if meaning and meaning.mark:
            return meaning.mark, meaning.depth
        return ("todo" if found["todo"] else "read"), None
    sign = _mark_words.SIGN.match(text)
    if sign:
        return _of_sign(sign[0]), None
    mark = of_box(box(text + " ")[0])
    return (mark, None) if mark else None


def _of_sign(sign: str) -> Mark:
    return "todo" if sign[0] in _mark_words.TODO_SIGNS else "read"


def take(text: str, legend: Legend = _legend.NONE) -> Marked:
    """The marks of one line, taken out of it. Text after a sign that ends a title is its remark."""
    state = _mark_words.STATE.match(text)
    if state is None and not legend.signs and not hints(text):
        return Marked(text.strip(), None)
    mark: Mark | None = None
    finished: str | None = None
    if state:
        mark = "todo" if state["todo"] or state["to_do"] else "read" if state["read"] or state["done"] else None
        text = text[state.end() :]
    leading = _mark_words.LEADING.match(text) if hints(text[: _mark_words.HEAD]) else None
    if leading:
        mark, text = ("read" if leading["read"] else "todo"), text[leading.end() :]
    dated = _mark_words.DAY_READ.match(text) if _days.hints(text[: _mark_words.HEAD]) else None
    if dated:
        finished = _days.parse(dated["day"], year_first=legend.year_first)
        mark, text = both(mark, "read"), text[dated.end() :]
    eyes = _mark_words.EYES.search(text) if "👀" in text and legend.of("👀") is None else None
    if eyes and any(c.isalnum() for c in text[: eyes.start()]):
        mark, text = both(mark, "todo"), text[: eyes.start()]
    given_up = _mark_words.GIVEN_UP.search(text) if text.rstrip().endswith(_mark_words.CLOSING) else None
    begun = given_up["why"].strip() if given_up else ""
    text = text[: given_up.start()] if given_up else text
    among = _among(text, legend)
    text, mark, depth = among.text, both(mark, among.mark), among.depth
    finished, begun = finished or among.finished, f"{begun} {among.remark}".strip()
    for pattern, likely in _WITHIN:
        found = (
            pattern.search(text, max(0, len(text) - _mark_words.TAIL) if pattern in _mark_words.AT_END else 0)
            if likely(text)
            else None
        )
        named = found["state"] if found and pattern is _mark_words.TRAILING_READ else None
        stated = cell(named, legend, status=True) if named else None
        if found and not (named and stated is None):
            groups = found.groupdict()
            said = of_box(" " if groups["box"] == " " else "x", legend) if "box" in groups else "read"
            if pattern is _mark_words.TRAILING_TODO or groups.get("todo"):
                said = "todo"
            if pattern is _mark_words.BRACKETED and not groups["todo"] and not groups["read"]:
                said, begun = "todo", ", ".join(filter(None, (begun, groups["partly"], groups["said"])))
            word = groups.get("read") or groups.get("how") or groups.get("times")
            how = _legend.meaning_of(word) if word else None
            if how and how.mark:
                said, depth = how.mark, depth or how.depth
            if stated:
                said, depth = stated[0], depth or stated[1]
            mark, text = both(mark, said), f"{text[: found.start()]} {text[found.end() :]}"
            day = groups.get("before") or groups.get("after")
            finished = finished or (_days.parse(day, year_first=legend.year_first) if day and said == "read" else None)
    text, told, explained, remark = _by_legend(text, legend)
    mark, depth = both(mark, explained), told or depth
    signs = list(_mark_words.SIGN.finditer(text))
    kinds: set[Mark] = {_of_sign(sign[0]) for sign in signs}
    opens = bool(signs) and not any(c.isalnum() for c in text[: signs[0].start()])
    # Both kinds of signs, or a sign in front and the word for the other kind further on.
    is_legend = kinds == {"read", "todo"} or (opens and kinds == {"read"} and mark == "todo" and leading is None)
    if signs:
        for sign in signs:
            mark = both(mark, _of_sign(sign[0]))
        text, behind = _divided(text, signs[0].start(), _mark_words.SIGN.sub(" ", text[signs[0].end() :]))
        remark = f"{behind} {remark}".strip()
    within = _mark_words.TODO_WITHIN.search(text)
    if within and any(c.isalnum() for c in text[: within.start()]):
        mark = both(mark, "todo")
        text, remark = text[: within.start()], f"{text[within.end() :]} {remark}".strip()
    remark = f"{begun} {remark}".strip()
    dropped = given_up is not None or (state is not None and state[0].lstrip().startswith("CANCEL"))
    return Marked(text.strip(), mark, remark, is_legend, depth, finished, dropped)


def _among(text: str, legend: Legend) -> Marked:
    """The states of reading that stand in a bracket among other parts ("(ICLR 2020, read)"), taken out of it. Of a
    bracket that begins with a state ("（已读，很好）") the rest is said of the reading.

    English words count only beside a number, that is a year: "(Look, Listen, Read)" is a title.
    """
    for found in _mark_words.IN_BRACKETS.finditer(text):
        inner = found[0][1:-1]
        if text.startswith("(", found.end()) or not _may_say(inner):
            continue
        parts = _mark_words.PARTED.split(inner.strip())
        found_in = [_mark_words.PART.fullmatch(part) for part in parts]
        states = [one if one and _mark_words.CELL.fullmatch(one["state"]) else None for one in found_in]
        words = [state["state"] for state in states if state]
        if len(parts) < 2 or not words or ("".join(words).isascii() and not any(map(str.isdecimal, inner))):
            continue
        said = [meaning for word in words if (meaning := cell(word))]
        mark: Mark = "read" if "read" in (one for one, _ in said) else "todo"
        days = [state["before"] or state["after"] for state in states if state]
        if mark == "read":
            days += [part for part, state in zip(parts, states, strict=True) if not state and _days.parse(part)]
        rest = [part for part, state in zip(parts, states, strict=True) if not state and part not in days]
        told = (", " if inner.isascii() else "，").join(rest)
        bracket = f"{found[0][0]}{told}{found[0][-1]}" if rest and not states[0] else " "
        return Marked(
            f"{text[: found.start()]}{bracket}{text[found.end() :]}",
            mark,
            told if states[0] else "",
            depth=max((depth or 0 for _, depth in said), default=0) or None,
            finished=next((_days.parse(day, year_first=legend.year_first) for day in days if day), None)
            if mark == "read"
            else None,
        )
    return Marked(text, None)


def _by_legend(text: str, legend: Legend) -> tuple[str, int | None, Mark | None, str]:
    """The text less the signs that the page's legend explains, the depth and the mark they mean, and the remark."""
    mark: Mark | None = None
    depth: int | None = None
    bare: list[str] = []
    at, first = 0, None
    for start, end, sign in _legend.signs_in(text) if legend.signs else ():
        meaning = legend.of(sign)
        if meaning is None or (sign[0] == "[" and text[:start].strip() and text[end:].strip()):
            continue  # a box in mid-line is no mark: it stands where a venue would
        mark = both(mark, meaning.mark)
        depth = max(depth or 0, meaning.depth or 0) or None
        bare += [text[at:start], " "]
        first = sum(map(len, bare)) if first is None else first
        at = end
    if first is None:
        return text, None, None, ""
    rest = "".join([*bare, text[at:]])
    text, remark = _divided(rest, first, rest[first:])
    return text, depth, mark, remark


def _divided(text: str, at: int, behind: str) -> tuple[str, str]:
    """Title and remark around the sign at `at`: what follows a sign that ends a title is its remark."""
    head = text[:at]
    return (head, behind.strip()) if any(c.isalnum() for c in head) else (f"{head} {behind}", "")
