"""States of reading that are told by all of a tag ("#toread") or by a heading ("✅ Read", 待读（12）)."""

from __future__ import annotations

import re

from readlist.domain.listing import Mark
from readlist.domain.patterns import late
from readlist.importers.lines import _legend

_TAGS = late(
    r"(?P<todo>to-?read|to-?do|unread|reading|[待未想在][读讀])|(?P<read>read|done|finished|已[读讀]|[读讀]完)",
    re.IGNORECASE,
)
_TIME = r"(?:this|next|last) (?:week|month|term|semester|year)"
_LIST = rf"(?: ?(?:list|papers?|articles?|later|next|soon|{_TIME}))?"
_READ_LIST = rf"(?: ?(?:list|papers?|articles?|recently|so far|(?:in )?(?:19|20)\d\d|{_TIME}))?"
_WORKS = r"(?:papers? |articles? )"
# Of 2023年 the number is taken off before.
_WHEN_ZH = r"(?:(?:[本上下这這]个?[周月]|[本上]学期|[今去明]年|最近|近期|年)的?)?"
_LIST_ZH = r"的?(?:论文|論文|文献|文獻|文章|paper)?(?:列表|清[单單]|目[录錄])?"
# "Reading" alone is as often what a page is about.
_HEADINGS = late(
    rf"(?P<todo>{_WORKS}?to[ -]?(?:be[ -])?read{_LIST}|to[ -]?do{_LIST}|un-?read{_LIST}|not (?:yet )?read(?: yet)?"
    r"|read (?:later|next|soon|next (?:week|month|term|semester|year))|up next|next up|wish ?list"
    r"|(?:currently|now|still) reading|in[ -]progress|under way|reading queue|queued?|backlog|want to read"
    rf"|{_WHEN_ZH}(?:待(?:[精细細泛][读讀]|[阅閱][读讀]|[读讀看])|[还還尚]?[未没沒][读讀看]完?|想[读讀看]|要[读讀看]|正?在[读讀]"
    rf"|[阅閱][读讀]中|(?:[计計][划劃]|[准準][备備])(?:[阅閱]?[读讀]|看)){_LIST_ZH})"
    rf"|(?P<read>(?:already |have |recently |just )?read{_READ_LIST}|{_WORKS}(?:i(?:'ve| have)? )?(?:already )?read"
    rf"{_READ_LIST}|done|finished(?: reading| papers)?"
    rf"|completed(?: papers)?|{_WHEN_ZH}(?:已[读讀看](?:完|过|過)?|[读讀看](?:完|过|過)|已[阅閱]|已完成){_LIST_ZH})",
    re.IGNORECASE,
)
# How deeply: 精读, 第二遍, "Second pass".
_DEEP = late(
    rf"(?:已?(?P<how>[精细細通泛略粗速][读讀])|(?:[读讀看](?:了|过|過)?)?第?[一二两兩三1-3]遍){_LIST_ZH}"
    r"|(?:(?:1st|2nd|3rd|first|second|third)[ -]pass|pass[ -]?(?:[123]|one|two|three))(?: (?:done|finished))?"
    r"|skimmed(?: papers)?",
    re.IGNORECASE,
)
_HINTS = (
    "read", "to do", "to-do", "todo", "progress", "under way", "queue", "backlog", "done", "finished", "completed",
    "next", "wish", "skim", "pass", "读", "讀", "看", "阅", "閱", "完", "遍",
)  # fmt: skip
_DEEP_HINTS = ("pass", "skim", "读", "讀", "遍")
_EDGES = late(r"^(?:第?[一二三四五六七八九十]{1,3}(?:、|[.．]\s?|[章节節]\s?)|[\W\d_])+|[\W_]+$")
_COUNTED = late(
    r"[\s:：]*[(（\[【]?(?:共\s?)?(?<!\d)\d{1,3}(?:\s?/\s?\d{1,3})?\s?(?:篇|个|個|papers?)?[)）\]】]?[\W_]*$"
)
_BRACKET = late(r"^(?P<before>.*?[^\s(（\[【])\s*[(（\[【](?P<inside>[^()（）\[\]【】]{1,40})[)）\]】]$")
# "Read (in part)": what a bracket says may take back the word before it.
_TAKEN_BACK = late(
    r"\b(?:part|half|some|most|except|but|almost)|\bnot (?:yet|all|fully|whole|complete|finish|read)|[未没沒][读讀看完]"
    r"|部分|一半|除",
    re.IGNORECASE,
)
# In brackets the state of reading alone counts: "Words (done)" is about the page.
_OF_READING = late(r"read|[读讀看阅閱]", re.IGNORECASE)
_LONGEST = 80  # characters
_STATE_MAX = 45  # of what is nothing but a state: "papers I have already read this semester"


def of_tag(tag: str) -> Mark | None:
    """What a tag says of reading; None of any other."""
    return _mark(_TAGS.fullmatch(tag))


def of_heading(name: str) -> Mark | None:
    """The mark that `told_by` finds in a heading that may be the first of its page."""
    told = told_by(name, first=True)
    return told[0] if told else None


def told_by(name: str, first: bool = False) -> tuple[Mark, int | None] | None:
    """What a heading says of all that stands under it: the mark, and how deeply it was read (1 to 3) if it says so.

    It says so if it is nothing but a state, with or without a number or a count ("一、待读", "To read (5)") or words
    in brackets ("待读论文（相关工作）"), or ends in one in brackets ("扩散模型（待读）"). A word for how deeply (精读,
    第二遍) counts only below another heading: the `first` heading of a page may be the name of a series.
    """
    lowered = name.lower()
    if len(name) > _LONGEST or not any(hint in lowered for hint in _HINTS):
        return None
    bare = _COUNTED.sub("", name)
    bracket = _BRACKET.match(bare.rstrip(" :：")) if bare.rstrip(" :：").endswith((")", "）", "]", "】")) else None
    if bracket:
        within = bracket["inside"]
        said = _state(within, first) if _OF_READING.search(within) else None
        said = said or _state(_COUNTED.sub("", bracket["before"]), first)
        return None if said and said[0] == "read" and _TAKEN_BACK.search(within) else said
    return _state(bare, first) or _state(name, first)  # the number of "Pass 2" is no count


def _state(words: str, first: bool) -> tuple[Mark, int | None] | None:
    bare = _EDGES.sub("", words)
    mark = _mark(_HEADINGS.fullmatch(bare)) if len(bare) <= _STATE_MAX else None
    if mark:
        return mark, None
    if first or not any(map(bare.lower().__contains__, _DEEP_HINTS)):
        return None
    deep = _DEEP.fullmatch(bare) or _DEEP.fullmatch(words.strip())  # "2nd pass" begins with its number
    how = _legend.meaning_of(deep[0]) if deep else None
    return ("read", how.depth) if how else None


def _mark(found: re.Match[str] | None) -> Mark | None:
    return None if found is None else "todo" if found["todo"] else "read"
