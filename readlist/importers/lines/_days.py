"""Days of reading: how they are written, and which pages keep a diary.

A bare day beside a paper may be when it was published, found or read. It is the day of reading only where the page
says so: by a word ("read 2021-03-04", 读于), by the name of a column, by ✅ right before it (the way of task lists), or
because the page calls itself a diary and the paper stands under the day. Everywhere else the day is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from readlist.domain.patterns import late
from readlist.domain.text import is_chinese

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
# One pattern for each way, tried in this order. y, m, d: the parts; n: a month's name; a, b: month and day, of which
# the order is told below ("26.1.16" too).
_FORMS = (
    r"(?P<y1>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m1>\d{1,2})\s?[-/.月]\s?(?P<d1>\d{1,2})\s?[日号號]?",
    r"(?P<y2>(?:19|20)\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)",
    rf"(?P<n3>{_MONTH})\s?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y3>(?:19|20)\d\d)",
    rf"(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<n4>{_MONTH}),?\s(?P<y4>(?:19|20)\d\d)",
    r"(?P<a5>\d{1,2})(?P<s5>[/.-])(?P<b5>\d{1,2})(?P=s5)(?P<y5>(?:20)?\d\d)",
    r"(?P<y7>1[3-9]|2\d)\.(?P<m7>\d{1,2})\.(?P<d7>\d)",
)
_SHORT = r"(?P<m6>\d{1,2})(?:/|月)(?P<d6>\d{1,2})[日号號]?"  # a day of a year that is told elsewhere
_HAN_WEEKDAY = r"(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]"
_WEEKDAY = rf"(?:\s*[,，(（]?\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}|{_HAN_WEEKDAY})\.?\s*[)）]?)?"
_SHORT_DAY = r"\d{1,2}(?:/|月)\d{1,2}[日号號]?"
DAY = (
    r"(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号號]?|(?:19|20)\d\d[01]\d[0-3]\d"
    rf"|{_MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s(?:19|20)\d\d"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d|(?:1[3-9]|2\d)\.\d{1,2}\.\d)"
)
"""A pattern of all whole days, without groups, for use inside of others; `parse` tells what one means."""

# A whole day has its year and a number before or behind it, or three numbers divided.
_HINT = late(
    r"(?:19|20)\d\d(?:\s?[-/.年]\s?|[01])\d|\d[A-Za-z]{0,2}(?:\s[A-Za-z]{3,9}\.?)?,?\s(?:19|20)\d\d"
    r"|\d[/.-]\d{1,2}[/.-]\d"
)
_WHOLE = [late(form + _WEEKDAY, re.IGNORECASE) for form in (*_FORMS, _SHORT)]
# A year of two digits, or a day: 26.1.16, 16.1.26.
_DOTTED = late(r"(?<![\w./-])(\d\d)\.(\d{1,2})\.(\d\d?)(?![\w/-]|\.\d)")
_YEAR_FIRST = late(r"(\d\d)\.(\d{1,2})\.(\d\d?)" + _WEEKDAY, re.IGNORECASE)
_DOTTED_MAX = 200  # characters of a line in which it is looked for
_SIX = late(r"(\d\d)([01]\d)([0-3]\d)")
_YEAR = late(r"(?:^|\D)((?:19|20)\d\d)(?=$|\D)")
_READ_WORD = late(r"\b(?:read|reading|finished)\b|阅?读", re.IGNORECASE)
_DIARY = late(
    r"\bdiary\b|\bjournal of (?:my )?reading\b|\breading[ -](?:log|journal|record|diary|history)\b|\bread[ -]log\b"
    r"|\bpapers? (?:that )?(?:i(?:'ve| have)? )?read\b|\bwhat i(?:'ve| have)? read\b|\bdaily (?:paper )?reading\b"
    r"|日[记記]|[阅閱][读讀](?:[记記][录錄]|日志|日誌|打卡)|[读讀](?:[论論]文|[书書]|文[献獻])(?:[记記][录錄]|日志|日誌|打卡)"
    r"|[论論]文(?:打卡|[阅閱][读讀][记記][录錄])|每[日天](?:一篇|[阅閱][读讀]|[论論]文)|已[读讀][论論]文|[读讀][过過]的",
    re.IGNORECASE,
)
_TAIL = 40  # characters at a line's end in which a day may stand
# A day in front, or the name of one, and what was done on it: "3月7日：…", "**9/27** …", "3月7日（周六）读了《…》".
_LEAD = late(
    rf"^[\s*_]*[(\[（【]?((?:{DAY}|{_SHORT_DAY}){_WEEKDAY}|{_HAN_WEEKDAY})[)\]）】]?[*_]*"
    r"(?:\s*[：，、]\s*|\s*[:,|-]?\s+|(?=[精略阅閱]?[读讀]))(?=\S)"
    r"(?:(?:[精略阅閱]?[读讀]|看)[了完过過]{0,2}\s*[:：]?\s*(?=[A-Z《“\"\[]))?",
    re.IGNORECASE,
)
_TRAIL = late(rf"(?:[\s,，;|]+|(?<=[)）]))[(\[（【]?({DAY})[)\]）】]?\s*\.?$", re.IGNORECASE)


def hints(text: str) -> bool:
    """Whether a whole day may stand in `text`: a quick look that misses none that `DAY` finds."""
    return _HINT.search(text) is not None


def parse(text: str, year: int | None = None, year_first: bool = False) -> str | None:
    """The ISO date that all of `text` is; `year` is that of a day written without one. None if it is no day.

    `3/4/24` is read as month, day, year (who writes slashes and a short year does so), `3.4.2024` as day, month, year;
    where the month would be above 12 the other way round. `26.1.16` is a day in 2016, but in 2026 where the page writes
    the `year_first`, or where that is the year told elsewhere.
    """
    text = text.strip(" ()[]（）【】.,:：")
    if not 3 <= len(text) <= 40 or not (hints(text) or (year and ("/" in text or "月" in text))):
        return None
    dotted = _YEAR_FIRST.fullmatch(text) if year_first or year else None
    if dotted and (year_first or year == 2000 + int(dotted[1]) != 2000 + int(dotted[3])):
        return _made(2000 + int(dotted[1]), int(dotted[2]), int(dotted[3]))
    for pattern in _WHOLE:
        found = pattern.fullmatch(text)
        if found:
            parts = {name[0]: value for name, value in found.groupdict().items() if value}
            return _iso(parts, year)
    return None


def year_first(lines: Iterable[str]) -> bool:
    """Whether a page writes short days as 26.1.31: some of its days can be nothing else, or the first numbers repeat
    and the last ones change, or, where neither tells, the days stand in lines with Chinese words, which is the custom.
    """
    firsts, lasts, chinese = set(), set(), False
    for line in lines:
        for found in _DOTTED.finditer(line[:_DOTTED_MAX]) if line.count(".") > 1 else ():
            first, month, last = map(int, found.groups())
            if not 1 <= month <= 12 or last > 31:
                return False
            if first > 31 or (len(found[3]) == 1 and first > 12):
                return True
            firsts.add(first)
            lasts.add(last)
            chinese = chinese or is_chinese(line)
    return len(firsts) < len(lasts) or (len(firsts) == len(lasts) and chinese)


def parse_six(text: str) -> str | None:
    """The ISO date of a cell in YYMMDD, as columns of days are kept in short."""
    found = _SIX.fullmatch(text.strip())
    return _made(2000 + int(found[1]), int(found[2]), int(found[3])) if found else None


def _iso(parts: dict[str, str], year: int | None) -> str | None:
    if "y" in parts:
        year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    if year is None:
        return None
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        month, day = (second, first) if parts["s"] == "." else (first, second)
        if month > 12:
            month, day = day, month
        return _made(year, month, day)
    month = _MONTHS.index(parts["n"][:3].lower()) + 1 if "n" in parts else int(parts["m"])
    return _made(year, month, int(parts["d"]))


def _made(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def is_diary(text: str) -> bool:
    """Whether a heading or opening line calls the page a diary of reading."""
    return len(text) < 200 and _DIARY.search(text) is not None


def cut(text: str) -> tuple[str, str | None]:
    """`text` less the day that it begins or ends with, and the day as written."""
    found = _LEAD.match(text)
    if found:
        return text[found.end() :], found[1]
    before = max(0, len(text) - _TAIL)
    found = _TRAIL.search(text, before)
    if found and found.start() > 0:
        return text[: found.start()], found[1]
    return text, None


def year_in(topics: Sequence[str]) -> int | None:
    """The year that the innermost of `topics` with a year names."""
    for name in reversed(topics):
        found = _YEAR.search(name)
        if found and len(name) < 40:
            return int(found[1])
    return None


@lru_cache(maxsize=256)
def of_topics(topics: tuple[str, ...], diary: bool, year_first: bool = False) -> str | None:
    """The day that a diary's heading is: "2021-03-05", "09/27" below "2021"; "read 2021-03-05" in any page."""
    for at in range(len(topics) - 1, -1, -1):
        name = topics[at]
        if len(name) > 60:
            continue
        said = _READ_WORD.search(name)
        bare = _READ_WORD.sub(" ", name).strip(" :：,，|-于on()（）") if said else name
        day = parse(bare, year_in(topics[:at]), year_first)
        if day:
            return day if diary or said else None
    return None
