"""Results of Google Scholar, copied from its page into a text: line by line into Markdown that says the same.

A result is its title, a line "A Author, B Author - Venue, 2017 - host", what the paper says (a note), and a line
"Cited by N Related articles". The second line makes it: nothing else is written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from readlist.domain import identifiers
from readlist.domain.patterns import late
from readlist.importers._blocks import Block, Page, lines_of
from readlist.importers.blocks import _markdown
from readlist.importers.lines import _marks

_PERSON = r"(?:[A-ZÀ-Þ]{1,5} [^\W\d_][\w'’. -]{1,40}|[\u4e00-\u9fff]{1,2} ?[\u4e00-\u9fff]{1,3})"
_BYLINE = late(
    rf"\s*(?P<who>{_PERSON}(?:[,，] ?{_PERSON}){{0,12}})(?:…|\.\.\.)?,?\s+[-–]\s+"
    r"(?:(?P<where>\S.{1,160}?),\s+)?(?P<year>(?:19|20)\d\d)(?:\s+[-–]\s+(?P<host>[^\s-][^-–]{1,60}))?\s*"
)
_HOST = late(r"(?:[a-z0-9-]+\.)+[a-z]{2,6}|[A-Z][\w&. ]{2,50}")
_COUNT = late(r"(?:Cited by|被引用次数\s*[:：]?|被引用\s*[:：]?|被引次数\s*[:：]?)\s*(?P<count>\d[\d,]{0,10})")
_FOOT = late(
    r"[☆★]?\s*(?:(?:Saved?|Cite(?!d)|99|Cited by [\d,]+|Related articles|All \d+ versions|View as HTML|Full View"
    r"|Library Search|Fulltext|Web of Science: \d+|Import into [A-Z]\w+|Cached|More|Less"
    r"|保存|已保存|引用|被引用次数\s*[:：]?\s*\d+|被引用\s*[:：]?\s*\d+|相关文章|所有 ?\d+ ?个版本|[»«☆★])\s*){1,12}"
)
_BESIDE = late(r"\[(?:PDF|HTML|DOC)\]\s+(?:[a-z0-9-]+\.)+[a-z]{2,6}|About [\d,]+ results.*|找到约 .*条结果.*")
_LEAD = late(
    r"(?P<bullet>\s*(?:[-*+•]|\d{1,3}[.)])\s+)?(?P<kind>(?:\[(?:PDF|HTML|DOC|BOOK|B|CITATION|C|图书|引用)\]\s*)*)"
)
_ARXIV = late(r"arxiv:\s?(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE)
# Cut short as they always are; what is cut short elsewhere may be many a venue.
_CUT_SHORT = {"advances in neural": "NeurIPS", "arxiv preprint arxiv": "arXiv", "arxiv preprint": "arXiv"}
_LINES = 12  # of what the paper says, and of what stands below
_LEAST = 2
_LONGEST = 400  # characters of a title, or of a line of people


@dataclass(slots=True)
class _Result:
    """A result: the lines (from 0) of its title and its people, those that the service adds, and the count."""

    title: int
    people: re.Match[str]
    foot: list[int] = field(default_factory=list)
    says: list[int] = field(default_factory=list)
    count: str = ""


def recognises(text: str) -> bool:
    """Whether two results of a search stand in `text`."""
    return sum(1 for _, _ in zip(range(_LEAST), _results(lines_of(text)), strict=False)) == _LEAST


def read(text: str) -> Page:
    """The page as blocks. A result is one item, which owns the lines of its title, its people and its counts."""
    lines = lines_of(text)
    made, owned = [*lines], {}
    for result in _results(lines):
        made[result.title] = _item(lines[result.title], result)
        for at in (result.title + 1, *result.foot):
            made[at], owned[at + 1] = "", result.title + 1
        for at in result.says:
            made[at] = f"  {lines[at].strip()}"
    for at, line in enumerate(made):
        if line and _BESIDE.fullmatch(line.replace("\xa0", " ").strip()):
            made[at] = ""
    page = _markdown.read("\n".join(made) + "\n")
    by_line = {block.first: block for block in page.blocks}
    blocks: list[Block] = []
    for block in page.blocks:
        if block.kind == "blank" and (title := by_line.get(owned.get(block.first, 0))):
            title.count += 1
            continue
        if block.kind == "blank" and lines[block.first - 1].strip():
            block = Block(
                "noise", block.first, lines[block.first - 1], reason="what a search engine adds to its results"
            )
        blocks.append(block)
    return Page(blocks, page.references)


def _results(lines: list[str]) -> Iterator[_Result]:
    before = -1  # the last line of the result above
    for at in range(1, len(lines)):
        line = lines[at]
        if at - 1 <= before or not _begins(lines[at - 1]) or (people := _people(line)) is None:
            continue
        result = _Result(at - 1, people)
        for below in range(at + 1, min(at + 1 + _LINES, len(lines))):
            said = lines[below].replace("\xa0", " ").strip()
            if said and (_FOOT.fullmatch(said) or _BESIDE.fullmatch(said)):
                result.foot.append(below)
                counted = _COUNT.search(said)
                result.count = result.count or (counted["count"] if counted else "")
            elif result.foot or (below + 1 < len(lines) and _people(lines[below + 1])):
                break
            elif said:
                result.says.append(below)
        if result.foot:
            before = result.foot[-1]
            yield result


def _begins(line: str) -> bool:
    """Whether a line may be the title of a result: bare text, and none of Markdown's links."""
    return 0 < len(line.strip()) < _LONGEST and "](" not in line and "://" not in line and "**" not in line


def _people(line: str) -> re.Match[str] | None:
    """What the line below a title says; None if it is no such line."""
    line = line.replace("\xa0", " ")
    found = _BYLINE.fullmatch(line) if len(line) < _LONGEST and (" - " in line or " – " in line) else None
    return None if found is None or (found["host"] and not _HOST.fullmatch(found["host"].strip())) else found


def _item(line: str, result: _Result) -> str:
    """The result as an item of Markdown: its title strong, its fields named."""
    lead = _LEAD.match(line)
    box, title = _marks.box(line[lead.end() if lead else 0 :].replace("\xa0", " ").strip())
    bare = _marks.take(title).text.strip()
    strong = re.sub(r"([*_`\[\]])", r"\\\1", bare)
    text = title.replace(bare, f"**{strong}**", 1) if bare and bare in title else title
    people = result.people
    where = (people["where"] or "").strip()
    numbered = _ARXIV.search(where)
    if where.endswith(("…", "...")):
        where = _CUT_SHORT.get(where.rstrip("…. ").casefold().removesuffix(" information"), "")
    fields = {
        "authors": people["who"].replace("，", ", "),
        "venue": "arXiv" if numbered else where[:1].upper() + where[1:],
        "year": people["year"],
        "citations": result.count,
    }
    named = "".join(f" [{name}:: {re.sub(r'[][()]', ' ', value)}]" for name, value in fields.items() if value)
    number = identifiers.arxiv(numbered[1]) if numbered else None
    return f"- {f'[{box}] ' if box else ''}{text}{f' {number}' if number else ''}{named}"
