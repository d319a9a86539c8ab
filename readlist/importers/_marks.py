"""Marks of reading: what on a line says that a paper is read or is to be read.

A sign counts wherever it stands outside of running text; a word counts only where it stands alone (a cell, in
brackets, at the line's end after a blank), since "done" and "read" are also words of titles. Read wins over todo.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from readlist.domain.listing import Mark
from readlist.domain.patterns import late
from readlist.importers import _days, _legend
from readlist.importers._legend import Legend

_READ_SIGNS = "✅✔☑✓🗹"
_TODO_SIGNS = "⬜☐⏳🔲"
_READ_WORDS = r"done|read|finished|已读|已阅|读完|已看|看完|完成|读过|精读|细读|通读|泛读|略读|粗读|速读"
_TODO_WORDS = r"to[ -]?do|to[ -]read|unread|not read|待读|未读|想读|待看|未看|没读|待阅读"
# Begun and not finished; as a cell of a table or alone these words mean other things as well.
_UNDER_WAY = r"(?:currently |still |now )?reading|in[ -]progress|ongoing|在读|正在读|阅读中|进行中"
_BETWEEN = r"(?:\s|[-–—]{1,3}|[,，;；|]\s?|(?<=[)）\]】》]))[*_]{0,2}"  # what parts a title from a word of reading

_SIGN = late(rf"[{_READ_SIGNS}{_TODO_SIGNS}]\ufe0f?|:white_check_mark:|:heavy_check_mark:|:ballot_box_with_check:")
_LEADING_TODO = late(
    r"^\s*(?:[(\[（【*_]{0,3})#?TODO(?:[)\]）】*_]{0,3})(?:[\s:：]+|$)|^\s*(?:待读|想读|待看)[:：\s]\s*"
)
_TRAILING_TODO = late(
    rf"(?:^|\s)#(?:TODO|todo)\b|{_BETWEEN}\s*[(\[（【]?(?:TODO|待读|未读|想读|待看|未看|在读)[*_]{{0,2}}[)\]）】]?\s*$"
)
# In capitals and alone in mid-line: what follows is said about it.
_TODO_WITHIN = late(r"(?<=\s)#?TODO[:：]?\s+(?=\S)")
# The words by which outlines begin what is to be done, done, or given up (org-mode, Logseq); a priority may follow.
_STATE = late(
    r"\s*(?:(?P<todo>LATER|NOW|DOING|WAITING|WAIT|NEXT|STARTED|IN-PROGRESS)|(?P<read>DONE)|CANCELL?ED)\s+"
    r"(?:\[#[A-C]\]\s*)?(?=\S)"
)
_ON = r"\s*(?:on|at|in|于|[:：,，])?\s*"
_BRACKETED = late(
    rf"[(\[（【]\s*(?:(?P<before>{_days.DAY})\s*)?(?:(?P<todo>{_TODO_WORDS})|(?P<read>{_READ_WORDS}))"
    rf"(?:{_ON}(?P<after>{_days.DAY}))?\s*[!！]?[)\]）】](?!\()\.?"
    rf"|(?<=[\s\w)）\]】])[(\[（【]\s*(?P<begun>{_UNDER_WAY})(?:\s*[,，;；:：]\s*(?P<said>[^()\[\]（）【】]{{1,60}}))?"
    r"\s*[)\]）】](?!\()",
    re.IGNORECASE,
)
# "read on 2021-03-04", "2021.3.5 已读" at the line's end.
_EYES = late(r"👀\s*(?:reading)?\s*$", re.IGNORECASE)
# "(dropped: too long)": given up, and why; the list keeps the paper and the words.
_GIVEN_UP = late(
    r"[(\[（【]\s*(?P<why>(?:dropped|skipped|abandoned|given up|gave up|放弃|弃读|不读)\b[^()\[\]（）【】]{0,80})"
    r"[)\]）】]\s*$",
    re.IGNORECASE,
)
# "2024-03-05 读 LoRA: …" in front.
_DAY_READ = late(
    rf"^[\s*_(\[（【]*(?P<day>{_days.DAY})[\s*_)\]）】:：,，]*(?:读完|精读|略读|阅读|读|看完|read|finished)(?:了|过)?\s*[:：]?\s*"
    r"(?=[A-Z《“\"\[])",
    re.IGNORECASE,
)
_READ_ON = late(
    rf"[\s,，;；|-]{{1,4}}(?:(?:date )?(?:{_READ_WORDS}|读于|阅读于|阅读(?:时间|日期)){_ON}(?P<after>{_days.DAY})"
    rf"|(?P<before>{_days.DAY})\s*(?:{_READ_WORDS}))\s*[.。]?\s*$",
    re.IGNORECASE,
)
_TRAILING_BOX = late(r"\s\[(?P<box>[ xX✓✔√])\]\s*$")
# ✅ and a day: how task lists write when a thing was done (Obsidian Tasks)
_SIGN_DAY = late(rf"[{_READ_SIGNS}]\ufe0f?\s*[(（]?(?P<after>{_days.DAY})[)）]?")
_TRAILING_READ = late(
    rf"{_BETWEEN}\s*(?:(?P<how>Done|DONE|已读完?|已阅|读完|精读|细读|通读|泛读|略读|粗读)[*_]{{0,2}}\s*[.!。]?|√)\s*$"
    r"|(?:\s[-–—]{1,3}|[,，;；|])\s*(?P<read>(?:done|read|finished|skimmed|browsed)(?: (?:once|twice|again|\d times))?)"
    r"\s*[.!]?\s*$"
)
_AT_END = (_READ_ON, _TRAILING_BOX, _TRAILING_READ)
_TAIL = 120  # characters at a line's end in which these stand
_HEAD = 80  # characters at its beginning in which a day stands
_CLOSING = (")", "]", "）", "】")
_IN_BRACKETS = late(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")
# No line is marked that has none of this: most lines need not be looked at further.
_HINTS = (
    "done", "read", "finish", "todo", "to do", "to-do", "skimmed", "browsed", "progress", "ongoing", ":white_",
    ":heavy_", ":ballot_", "dropped", "skipped", "abandoned", "given up", "gave up",
)  # fmt: skip
_HINT_SIGN = late(rf"[读阅看完想待进弃√👀{_READ_SIGNS}{_TODO_SIGNS}]")
_CELL = late(rf"(?:(?P<todo>{_TODO_WORDS})|(?P<read>{_READ_WORDS}))[.!]?", re.IGNORECASE)
# What only a status says: as words of a title or topic these mean something else.
_STATUS = late(
    r"(?P<todo>not (?:yet )?started|unstarted|backlog|queued?|planned|(?:currently )?reading|(?:in|under) ?-?progress"
    r"|ongoing|started|todo|later|next|未开始|进行中|在读|正在读|阅读中|计划|未完成|no|n|否|没有|[❌✘✗✖×✕]\ufe0f?)"
    r"|(?P<read>completed?|reviewed|closed|archived|已完成|看过|读过|yes|y|x|是|有|[✔✓√☑✅]\ufe0f?)",
    re.IGNORECASE,
)
# Of a list of tasks: to be done, done, begun (/), put off (>), given up (-), as in Obsidian and its kin.
_BOX = late(r"^\s*\[([ xX✓✔√/>-])\]\s+")


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
    if any(map(lowered.__contains__, _HINTS)) or not (text.isascii() or _HINT_SIGN.search(text) is None):
        return True
    return text.rstrip().endswith("]") and _TRAILING_BOX.search(f" {text}") is not None


def _hinted(text: str) -> bool:
    return any(hints(inner) for inner in _IN_BRACKETS.findall(text))


def _dated(text: str) -> bool:
    tail = text[-_TAIL:]
    return _days.hints(tail) and hints(tail)


# The marks within a line in the order in which they are taken out, each behind a quick look that never misses one.
_WITHIN: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_SIGN_DAY, lambda text: not text.isascii() and _days.hints(text)),
    (_BRACKETED, _hinted),
    (_READ_ON, _dated),
    (_TRAILING_BOX, lambda text: text.rstrip().endswith("]")),
    (_TRAILING_TODO, hints),
    (_TRAILING_READ, hints),
)


def box(text: str) -> tuple[str | None, str]:
    """The task box that `text` begins with ("x", " ", "/", ">" or "-"; None if none) and the text after it."""
    found = _BOX.match(text)
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
    found = _CELL.fullmatch(text) or (_STATUS.fullmatch(text) if status else None)
    if found:
        return ("todo" if found["todo"] else "read"), None
    sign = _SIGN.match(text)
    if sign:
        return _of_sign(sign[0]), None
    mark = of_box(box(text + " ")[0])
    return (mark, None) if mark else None


def _of_sign(sign: str) -> Mark:
    return "todo" if sign[0] in _TODO_SIGNS else "read"


def take(text: str, legend: Legend = _legend.NONE) -> Marked:
    """The marks of one line, taken out of it. Text after a sign that ends a title is its remark."""
    state = _STATE.match(text)
    if state is None and not legend.signs and not hints(text):
        return Marked(text.strip(), None)
    mark: Mark | None = None
    finished: str | None = None
    depth: int | None = None
    if state:
        mark, text = "todo" if state["todo"] else "read" if state["read"] else None, text[state.end() :]
    leading = _LEADING_TODO.match(text)
    if leading:
        mark, text = "todo", text[leading.end() :]
    dated = _DAY_READ.match(text) if _days.hints(text[:_HEAD]) else None
    if dated:
        mark, finished, text = both(mark, "read"), _days.parse(dated["day"]), text[dated.end() :]
    eyes = _EYES.search(text) if "👀" in text and legend.of("👀") is None else None
    if eyes and any(c.isalnum() for c in text[: eyes.start()]):
        mark, text = both(mark, "todo"), text[: eyes.start()]
    given_up = _GIVEN_UP.search(text) if text.rstrip().endswith(_CLOSING) else None
    begun = given_up["why"].strip() if given_up else ""
    text = text[: given_up.start()] if given_up else text
    for pattern, likely in _WITHIN:
        found = pattern.search(text, max(0, len(text) - _TAIL) if pattern in _AT_END else 0) if likely(text) else None
        if found:
            groups = found.groupdict()
            said = of_box(" " if groups["box"] == " " else "x", legend) if "box" in groups else "read"
            if pattern is _TRAILING_TODO or groups.get("todo"):
                said = "todo"
            if pattern is _BRACKETED and not groups["todo"] and not groups["read"]:
                said, begun = "todo", groups["said"] or ""
            mark, text = both(mark, said), f"{text[: found.start()]} {text[found.end() :]}"
            day = groups.get("before") or groups.get("after")
            finished = finished or (_days.parse(day) if day and said == "read" else None)
            word = groups.get("read") or groups.get("how")
            how = _legend.meaning_of(word) if word else None
            depth = depth or (how.depth if how and how.mark == "read" else None)
    text, told, explained, remark = _by_legend(text, legend)
    mark, depth = both(mark, explained), told or depth
    signs = list(_SIGN.finditer(text))
    kinds: set[Mark] = {_of_sign(sign[0]) for sign in signs}
    opens = bool(signs) and not any(c.isalnum() for c in text[: signs[0].start()])
    # Both kinds of signs, or a sign in front and the word for the other kind further on.
    is_legend = kinds == {"read", "todo"} or (opens and kinds == {"read"} and mark == "todo" and leading is None)
    if signs:
        for sign in signs:
            mark = both(mark, _of_sign(sign[0]))
        text, behind = _divided(text, signs[0].start(), _SIGN.sub(" ", text[signs[0].end() :]))
        remark = f"{behind} {remark}".strip()
    within = _TODO_WITHIN.search(text)
    if within and any(c.isalnum() for c in text[: within.start()]):
        mark = both(mark, "todo")
        text, remark = text[: within.start()], f"{text[within.end() :]} {remark}".strip()
    remark = f"{begun} {remark}".strip()
    return Marked(text.strip(), mark, remark, is_legend, depth, finished, given_up is not None)


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
