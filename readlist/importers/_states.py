"""States of reading that are told by all of a tag ("#toread") or all of a heading ("✅ Read", 待读)."""

from __future__ import annotations

import re

from readlist.domain.listing import Mark
from readlist.domain.patterns import late

_TAGS = late(
    r"(?P<todo>to-?read|to-?do|unread|reading|待读|未读|想读|在读)|(?P<read>read|done|finished|已读|读完)",
    re.IGNORECASE,
)
_LIST = r"(?: ?(?:list|papers?|articles?|later|next|soon|(?:this|next) (?:week|month|term|semester|year)))?"
_WORKS = r"(?:papers? |articles? )"
_LIST_ZH = r"的?(?:论文|文献|列表|清单|文章|paper)?"
# "Reading" alone is as often what a page is about.
_HEADINGS = late(
    rf"(?P<todo>{_WORKS}?to[ -]?(?:be[ -])?read{_LIST}|to[ -]?do{_LIST}|un-?read{_LIST}|not (?:yet )?read(?: yet)?"
    r"|(?:currently|now|still) reading|in[ -]progress|under way|reading queue|queued?|backlog|want to read"
    rf"|(?:待读|未读|想读|待看|在读|正在读|阅读中|要读|计划读|准备读|待阅读){_LIST_ZH})"
    rf"|(?P<read>(?:already |have )?read{_LIST}|{_WORKS}(?:i(?:'ve| have)? |already )read|done|finished(?: reading)?"
    rf"|completed|(?:已读|读过|读完|已看|看过|已阅|已完成){_LIST_ZH})",
    re.IGNORECASE,
)
_HINTS = (
    "read", "do", "progress", "under way", "queue", "backlog", "done", "finished", "completed", "读", "看", "阅", "完"
)  # fmt: skip
_EDGES = late(r"^[\W\d_]+|[\W_]+$")


def of_tag(tag: str) -> Mark | None:
    """What a tag says of reading; None of any other."""
    return _mark(_TAGS.fullmatch(tag))


def of_heading(name: str) -> Mark | None:
    """What a heading says of all that stands under it, where it says nothing else."""
    lowered = name.lower()
    if not any(hint in lowered for hint in _HINTS):
        return None
    return _mark(_HEADINGS.fullmatch(_EDGES.sub("", name)))


def _mark(found: re.Match[str] | None) -> Mark | None:
    return None if found is None else "todo" if found["todo"] else "read"
