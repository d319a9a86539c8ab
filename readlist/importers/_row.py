"""A row of a table: what a cell means is said by the name of its column, or else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from readlist.domain import venues
from readlist.importers import _fields, _inline, _marks, _sight
from readlist.importers._blocks import Block
from readlist.importers._fields import Fields

# role of a column, words that its name holds. The first role that fits counts.
_ROLES = (
    ("status", re.compile(r"status|read\?|^read$|done|progress|state|状态|进度|已读|是否")),
    (
        "link",
        re.compile(r"link|url|code|github|pdf|doi|arxiv|notes?\b|blog|slides|video|resource|链接|地址|代码|笔记|repo"),
    ),
    ("title", re.compile(r"title|paper|name|article|论文|题目|标题|名称|文章|题名")),
    ("author", re.compile(r"author|作者|by$")),
    ("venue", re.compile(r"venue|conf|journal|publi(?:sher|cation|shed)|proceedings|source|会议|期刊|来源|发表")),
    ("year", re.compile(r"year|date|time|^public$|released|年|日期|时间")),
    ("count", re.compile(r"cit(?:ed|ation)|引用")),
    ("tags", re.compile(r"tags?|keywords?|topics?|标签|关键词|类别|task|type|category|领域|方向")),
)
_DIVIDED = re.compile(r"\s*<br ?/?>\s*|\s{2,}(?=\S)", re.IGNORECASE)
_YYMM = re.compile(r"\d{4}(?:\d\d)?")
_DAY = re.compile(r"\d{6}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?")


def role(column: str) -> str:
    """What a column of that name holds: title, author, venue, year, status, link, count, tags, or other."""
    if re.search(r"title|题目|标题", column):
        return "title"
    return next((name for name, words in _ROLES if words.search(column)), "other")


def look(block: Block, references: Mapping[str, str]) -> _sight.Sight | None:
    """What a row shows; None for one whose cells are all empty."""
    sight = _sight.Sight(block.text, row=True)
    cells = [(role(column), text) for column, text in block.cells]
    if not any(text for _, text in cells):
        return None
    at = _title_cell(cells)
    # the year of a venue is the paper's; that of a date column may be the preprint's
    for i, (kind, text) in sorted(enumerate(cells), key=lambda numbered: numbered[1][0] != "venue"):
        if i != at and text.strip():
            _cell(kind, text, sight, references)
    if at is not None:
        head, told = _divided(cells[at][1])
        if told:
            sight.remarks.append(told)
        marked = _marks.take(head)
        sight.mark = _marks.both(sight.mark, marked.mark)
        own = sight.links
        sight.links = []
        _sight.read_line(marked.text, sight, references)
        sight.links += own
        if marked.remark:
            _sight.read_tail(marked.remark, sight, references)
    if not sight.fields.year:
        sight.fields.year = _month_year(cells, sight)
    return sight


def _divided(text: str) -> tuple[str, str]:
    """Title and description of a cell that holds both, with a break or two blanks between them."""
    found = _DIVIDED.search(text, 8)
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


def _cell(kind: str, text: str, sight: _sight.Sight, references: Mapping[str, str]) -> None:
    if kind == "status" and _DAY.fullmatch(text.strip()):  # the day on which it was read
        sight.mark = "read"
        return
    said = _marks.cell(text)
    if said and (kind in ("status", "other") or not re.search(r"[A-Za-z]{3}", text)):
        sight.mark = _marks.both(sight.mark, said)
        return
    spans = _sight.collect(_inline.spans(text, references), sight)
    plain = "".join(span.text for span in spans).strip()
    if not any(c.isalnum() for c in plain):
        return
    if kind == "author":
        people = _fields.names(plain, short=True)
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
            Fields(venue=found[0], year=found[1]) if found else Fields(year=year) if year else Fields(venue=plain)
        )
    elif kind == "year":
        part = _fields.read_part(plain)
        if part is not None and part.published:
            sight.fields.update(part)
    elif kind == "count" and plain.replace(",", "").isdecimal() and plain.isascii() and len(plain) < 12:
        sight.fields.citations = int(plain.replace(",", ""))
    elif kind == "tags":
        sight.tags += [tag for tag in (t.strip(" #*`") for t in re.split(r"[,，;、]|\s+(?=#)|\s{2,}", plain)) if tag]
    else:
        part = _fields.read_part(plain)
        if part is not None and (part.published or part.citations is not None or part.words) and not part.authors:
            sight.fields.update(part)
        elif not (plain.isdecimal() and len(plain) < 5):
            sight.remarks.append(text.strip())


def _month_year(cells: list[tuple[str, str]], sight: _sight.Sight) -> int | None:
    """The year of a column in arXiv's YYMM."""
    for kind, text in cells:
        text = text.strip()
        if kind == "year" and _YYMM.fullmatch(text) and text.isascii() and 1 <= int(text[2:4]) <= 12:
            return 2000 + int(text[:2])
    return None
