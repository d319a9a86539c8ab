"""Marks of reading: what on a line says that a paper is read or is to be read.

A sign counts wherever it stands outside of running text; a word counts only where it stands alone (a cell, in
brackets, at the line's end after a blank), since "done" and "read" are also words of titles. Read wins over todo.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from readlist.domain.listing import Mark

_READ_SIGNS = "✅✔☑✓🗹"
_TODO_SIGNS = "⬜☐⏳🔲"
_READ_WORDS = r"done|read|finished|已读|已阅|读完|已看|看完|完成"
_TODO_WORDS = r"to[ -]?do|to[ -]read|unread|not read|待读|未读|想读|待看|没读|待阅读"

_SIGN = re.compile(
    rf"[{_READ_SIGNS}{_TODO_SIGNS}]\ufe0f?|:white_check_mark:|:heavy_check_mark:|:ballot_box_with_check:"
)
_LEADING_TODO = re.compile(
    r"^\s*(?:[(\[（【*_]{0,3})#?TODO(?:[)\]）】*_]{0,3})(?:[\s:：]+|$)|^\s*(?:待读|想读|待看)[:：\s]\s*"
)
_TRAILING_TODO = re.compile(r"(?:^|\s)#(?:TODO|todo)\b|\s[(\[（【]?(?:TODO|待读|未读|想读|待看)[)\]）】]?\s*$")
_BRACKETED = re.compile(
    rf"[(\[（【]\s*(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\s*)?(?:(?P<todo>{_TODO_WORDS})"
    rf"|(?P<read>{_READ_WORDS}))\s*[)\]）】]\.?",
    re.IGNORECASE,
)
_TRAILING_READ = re.compile(r"\s(?:Done|DONE|已读|已阅|读完)\s*[.!。]?\s*$")
_CELL = re.compile(rf"(?:(?P<todo>{_TODO_WORDS})|(?P<read>{_READ_WORDS}))[.!]?", re.IGNORECASE)
_BOX = re.compile(r"^\s*\[([ xX✓✔√])\]\s+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line taken apart: the text before the mark, the mark, and what was said after it."""

    text: str
    mark: Mark | None
    remark: str = ""
    legend: bool = False  # both kinds of signs stand there: the line explains them


def box(text: str) -> tuple[str | None, str]:
    """The task box that `text` begins with ("x" or " "; None if none) and the text after it."""
    found = _BOX.match(text)
    if not found:
        return None, text
    return (" " if found[1] == " " else "x"), text[found.end() :]


def of_box(sign: str | None) -> Mark | None:
    """What a task box says: ticked is read, empty is to be read."""
    return None if sign is None else "todo" if sign == " " else "read"


def both(one: Mark | None, other: Mark | None) -> Mark | None:
    """The stronger of two marks: read, then todo, then none."""
    if "read" in (one, other):
        return "read"
    return one or other


def cell(text: str) -> Mark | None:
    """What a cell (of a status column, say) says when all of it is a mark."""
    text = text.strip(" *_`")
    found = _CELL.fullmatch(text)
    if found:
        return "todo" if found["todo"] else "read"
    sign = _SIGN.match(text)
    if sign:
        return _of_sign(sign[0])
    return of_box(box(text + " ")[0])


def _of_sign(sign: str) -> Mark:
    return "todo" if sign[0] in _TODO_SIGNS else "read"


def take(text: str) -> Marked:
    """The marks of one line, taken out of it. Text after a sign that ends a title is its remark."""
    mark: Mark | None = None
    leading = _LEADING_TODO.match(text)
    if leading:
        mark, text = "todo", text[leading.end() :]
    for pattern in (_BRACKETED, _TRAILING_TODO, _TRAILING_READ):
        found = pattern.search(text)
        if found:
            said: Mark = "todo" if pattern is _TRAILING_TODO or found.groupdict().get("todo") else "read"
            mark, text = both(mark, said), f"{text[: found.start()]} {text[found.end() :]}"
    remark = ""
    signs = list(_SIGN.finditer(text))
    kinds: set[Mark] = {_of_sign(sign[0]) for sign in signs}
    opens = bool(signs) and not any(c.isalnum() for c in text[: signs[0].start()])
    # Both kinds of signs, or a sign in front and the word for the other kind further on.
    legend = kinds == {"read", "todo"} or (opens and kinds == {"read"} and mark == "todo" and leading is None)
    if signs:
        for sign in signs:
            mark = both(mark, _of_sign(sign[0]))
        head, tail = text[: signs[0].start()], _SIGN.sub(" ", text[signs[0].end() :])
        if any(c.isalnum() for c in head):
            text, remark = head, tail.strip()
        else:
            text = f"{head} {tail}"
    return Marked(text.strip(), mark, remark, legend)
