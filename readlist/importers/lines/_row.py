"""A row of a table: what a cell means is said by the name of its column, or else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from readlist.domain import venues
from readlist.domain.patterns import late
from readlist.importers._blocks import Block
from readlist.importers.lines import (
    _days,
    _fields,
    _inline,
    _legend,
    _marks,
    _people,
    _sight,
    _title,
)
from readlist.importers.lines._addresses import collect
from readlist.importers.lines._column_names import NAMES
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._legend import Legend
from readlist.importers.lines._seen import Sight

_PASS = late(r"第?[一二三123]遍|(?:1st|2nd|3rd|first|second|third)[ _]pass|pass[ _]?[123]", re.IGNORECASE)
# role of a column, words that its name holds. The first role that fits counts.
_ROLES = (
    (
        "day",
        late(
            r"(?:date|day|time|when)\W{0,3}(?:of )?(?:read|finish)|read(?:ing)?\W{0,3}(?:date|on|day|time|at)\b"
            r"|^read$"
            r"|^finished(?: (?:on|at))?$|[阅閱][读讀]?(?:完成)?(?:日期|时间|時間)"
            r"|[读讀][完过過]?(?:日期|时间|時間)|^已[读讀]$"
        ),
    ),
    (
        "status",
        late(r"status|read\?|^read$|done|progress|state|[状狀][态態]|[进進]度|已[读讀阅閱]|是否|[阅閱][读讀]情[况況]"),
    ),
    (
        "link",
        late(
            r"link|url|code|github|pdf|doi|arxiv|notes?\b|blog|slides|video|resource|链接|地址|代码|笔记"
            r"|repo|鏈接|連結|代碼|程式碼|源[码碼]|筆記"
        ),
    ),
    ("title", late(r"title|paper|name|article|论文|题目|标题|名称|文章|题名|論文|題目|標題|名稱|題名")),
    ("author", late(r"author|作者|by$")),
    (
        "venue",
        late(r"venue|conf|journal|publi(?:sher|cation|shed)|proceedings|source|会议|期刊|来源|发表|會議|來源|發表"),
    ),
    ("year", late(r"year|date|time|^public$|released|年|日期|时间|時間")),
    ("count", late(r"\bcit(?:ed|es\b|ations?)|引用|被引")),
    ("tags", late(r"tags?|keywords?|topics?|标签|关键词|类别|task|type|category|领域|方向|標籤|關鍵詞|類別|領域")),
)
_DIVIDED = late(r"\s*<br ?/?>\s*|\s{2,}(?=\S)", re.IGNORECASE)
# Where what is said about a paper begins in a cell that goes on and on after the title.
_TOLD = late(
    r"\s?(?<!\w)[-–—]{1,2}\s|(?<=[?!])\s(?=[A-Z])"
    r"|\s(?=(?:(?:In )?[Tt]his (?:\w+ ){0,2}(?:paper|work|survey|study|report|article|research|review)"
    r"|We (?:propose|present"
    r"|introduce|show|study)|Introduces|Proposes|Presents|Explores|Investigates|Researchers (?:from|at)"
    r"|The authors|本文|提出)\b)"
)
_TOLD_OFF = late(r"\s?(?<!\w)[-–—]{1,2}\s(?=(?:an?|the|new|introduces|proposes|presents|this)\s)")
_NUMBER = late(r"\s*\d{1,4}[.)、]\s*")
_TITLES = late(
    r"title|paper|article|论文|题目|标题|文章|题名|論文|題目|標題|題名"
)  # a column so named holds titles, whatever they look like
_CELL_MAX = 160  # characters; in a longer cell more stands than a title
_PUBLISHED = late(r"^public|publish|releas|发表(?:日期|时间)|发布|出版(?:日期|时间)")  # columns of days of publication
_MONTH = late(r"(?:19|20)\d\d[-./年](?:0?[1-9]|1[0-2])月?")
_STARS = late(r"[★☆⭐🌟\ufe0f\s]+")
_YYMM = late(r"\d{4}(?:\d\d)?")
_WITH_YEAR = late(
    r"(?P<before>.{1,80}?)[\s,'’-]{1,3}(?P<year>(?:19|20)\d\d"
    r"|(?<=['’‘])\d\d)(?P<after>\s.{1,40})?"
)
_NOTHING = late(r"\W*|n/?a|none|unknown|tbd|无|暂无", re.IGNORECASE)


# The role of a column of a page, by what a column of that name holds in a table of its own.
_OF_TABLES = {
    "title": "title", "name": "title", "authors": "author", "venue": "venue", "year": "year", "date": "year",
    "status": "status", "read on": "day", "count": "count", "tags": "tags", "url": "link", "pdf": "link",
    "code": "link",
}  # fmt: skip
_HAN = {name: _OF_TABLES[what] for what, names in NAMES if what in _OF_TABLES for name in names.split()}
_JOINTS = late(r"[\W_]+")


@lru_cache(maxsize=1024)
def role(column: str) -> str:
    """What a column of that name holds: title, author, venue, year, status, pass, link, count, tags, or other."""
    if _PASS.fullmatch(column):
        return "pass"
    if not column.isascii() and not _ROLES[0][1].search(column) and (known := _HAN.get(_JOINTS.sub("", column))):
        return known
    if re.search(r"title|题目|标题|題目|標題", column):
        return "title"
    return next((name for name, words in _ROLES if words.search(column)), "other")


def look(block: Block, references: Mapping[str, str], legend: Legend = _legend.NONE) -> Sight | None:
    """What a row shows; None for one whose cells are all empty."""
    sight = Sight(block.text, row=True, legend=block.first in legend.lines)
    cells = [(role(column), text) for column, text in block.cells]
    if not any(text for _, text in cells):
        return None
    at = _title_cell(cells)
    # the year of a venue is the paper's; that of a date column may be the preprint's
    for column, text in block.cells:
        if _PUBLISHED.search(column):
            sight.published = _days.parse(text) or _days.parse_six(text)
        if role(column) == "pass":
            _passed(column, text, sight, legend)
    for i, (kind, text) in sorted(enumerate(cells), key=lambda numbered: numbered[1][0] != "venue"):
        if i != at and kind != "pass" and text.strip():
            _cell(kind, text, sight, references, legend)
    if at is not None:
        head, told = _divided(cells[at][1])
        if len(head) > _sight.MAX_LINE:
            return None
        if told:
            sight.remarks.append(told)
        marked = _marks.take(head, legend)
        sight.mark = _marks.both(sight.mark, marked.mark)
        sight.depth = sight.depth or marked.depth
        sight.finished = sight.finished or marked.finished
        own = sight.links
        sight.links = []
        _sight.read_line(marked.text, sight, references)
        sight.links += own
        if marked.remark:
            _sight.read_tail(marked.remark, sight, references)
        kinds = {kind for kind, _ in cells}
        if _TITLES.search(block.cells[at][0]) or (
            cells[at][0] == "title" and kinds & {"author", "venue", "year", "count"}
        ):
            sight.column = True
            if sight.before and sight.links:  # words around the link that names the paper
                sight.remarks.append(_inline.plain(marked.text))
                sight.title, sight.before = _title.clean(sight.links[0][0]), ""
            sight.title = sight.title or _title.clean(_inline.plain(marked.text))
    if not sight.fields.year:
        sight.fields.year = _month_year(cells, sight)
    return sight


def _passed(column: str, text: str, sight: Sight, legend: Legend) -> None:
    """Take the pass that a column is named after, if it is ticked or dated; the deepest one counts."""
    day = _days.parse(text, year_first=legend.year_first) or _days.parse_six(text)
    said = _marks.cell(text, legend, status=True)
    meaning = _legend.meaning_of(column)
    depth = (meaning.depth if meaning else None) or int("".join(c for c in column if c in "123") or 0)
    if (day or (said and said[0] == "read")) and depth > (sight.depth or 0):
        sight.mark, sight.depth, sight.finished = "read", depth, day


def goes_on(block: Block) -> bool:
    """Whether a row goes on with the one above: nothing stands where what it is about would."""
    return block.kind == "row" and bool(block.cells) and not any(text.strip() for _, text in block.cells[:1])


def _divided(text: str) -> tuple[str, str]:
    """Title and description of a cell that holds both: a break, two blanks, or, in a long one, where telling begins."""
    numbered = _NUMBER.match(text)
    start = numbered.end() + 1 if numbered else 1
    found = _DIVIDED.search(text, start)
    if found is None or found.start() > _CELL_MAX:
        told = (_TOLD if len(text) > _CELL_MAX else _TOLD_OFF).search(text, start, 240)
        found = told or found
    return (text[: found.start()], text[found.end() :].strip()) if found else (text, "")


def _title_cell(cells: list[tuple[str, str]]) -> int | None:
    named = [i for i, (kind, text) in enumerate(cells) if kind == "title" and text.strip()]
    if named:
        return named[0]
    others = [
        (len(text), i)
        for i, (kind, text) in enumerate(cells)
        if kind in ("other", "link")
        and sum(c.isalpha() for c in _inline.plain(text)) > 2
        and not _fields.is_link_word(re.sub(r"\([^()]*\)", "", text))
        and venues.split(text) is None
    ]
    linked = [i for _, i in others if re.match(r"\s*(?:\*\*|\[)", cells[i][1])]
    return linked[0] if linked else min((i for _, i in others), default=None)


def _cell(kind: str, text: str, sight: Sight, references: Mapping[str, str], legend: Legend) -> None:
    if kind in ("day", "status"):  # the day on which it was read
        day = _days.parse(text, year_first=legend.year_first) or _days.parse_six(text)
        if day:
            sight.mark, sight.finished = "read", day
            return
        if kind == "day" and _MONTH.fullmatch(text.strip()):  # no day of which it could be told
            sight.mark = "read"
            return
    said = _marks.cell(text, legend, status=kind in ("day", "status"))
    if said and (kind in ("status", "day", "other") or not re.search(r"[A-Za-z]{3}", text)):
        if kind != "status" or said[0] == "read" or sight.mark is None:
            sight.mark = _marks.both(sight.mark, said[0])
        sight.depth = sight.depth or said[1]
        return
    spans = collect(_inline.spans(text, references), sight)
    plain = "".join(span.text for span in spans).strip()
    if _NOTHING.fullmatch(plain):
        if plain and _STARS.fullmatch(plain) and plain not in sight.asides:
            sight.asides.append(plain)
        return
    if kind == "author":
        people = _people.names(plain, short=True)
        sight.fields.update(
            Fields(authors=people or [person.strip() for person in re.split(r"[,;、]", plain) if person.strip()])
        )
    elif kind == "venue":
        found = venues.split(plain)
        if found is None and _fields.is_link_word(plain):  # "Blog" is no venue
            sight.tags.append(plain)
            return
        year = _fields.year_of(plain)
        sight.fields.update(
            Fields(venue=found[0], year=found[1])
            if found
            else Fields(year=year)
            if year
            else Fields(venue=f"{dated['before']}{dated['after'] or ''}", year=_fields.full_year(dated["year"]))
            if (dated := _WITH_YEAR.fullmatch(plain))
            else Fields(venue=plain)
        )
    elif kind == "year":
        part = _fields.read_part(plain)
        if part is not None and part.published:
            sight.fields.update(part)
    elif kind == "count" and (number := _fields.number(plain)) is not None:
        sight.fields.citations = number
    elif kind == "tags":
        sight.tags += [
            tag
            for tag in (
                t.strip(" #*`")
                for t in re.split(
                    r"[,，;、]|\s+(?=#)|\s{2,}"
                    r"|(?<=`)\s+(?=`)",
                    text,
                )
            )
            if tag
        ]
    elif kind == "link" and spans and all(span.href is not None or not span.text.strip(" ,;|/") for span in spans):
        return  # nothing but addresses, which are kept
    else:
        part = _fields.read_part(plain)
        if part is not None and (part.published or part.citations is not None or part.words) and not part.authors:
            sight.fields.update(part)
        elif not (plain.isdecimal() and len(plain) < 5):
            sight.remarks.append(text.strip())


def _month_year(cells: list[tuple[str, str]], sight: Sight) -> int | None:
    """The year of a column in arXiv's YYMM."""
    for kind, text in cells:
        text = text.strip()
        if kind == "year" and _YYMM.fullmatch(text) and text.isascii() and 1 <= int(text[2:4]) <= 12:
            return 2000 + int(text[:2])
    return None
