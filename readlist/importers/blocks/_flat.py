"""Text copied from a rendered page into blocks: headings are bare short lines, nesting is gone.

What can still be told, and how:

- A bare short line (no bullet, no mark, no field of a paper, not a sentence) is a heading. A line that the next one
  continues (which then begins with a comma or the like) is the middle of a sentence and none.
- A heading directly after a heading is its child, down to three levels; in a longer run of headings the first ones
  are empty sections. A heading after content stands beside the last one, but one that has a child itself stands
  beside the last one that had: on a page of two levels this restores both.
- A heading over bullets none of which names a paper (an explained term, a tool) is a topic of its own below the
  present one and ends with its bullets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from readlist.domain.patterns import late
from readlist.domain.text import is_chinese
from readlist.importers._blocks import ENUMERATED, Block, Page, counted, lines_of
from readlist.importers.lines import _marks

_BULLET = late(r"\s*(?:[-*•·‣◦▪●○➤]|\d{1,3}[.)、](?=\s))(?:\s+|$)")
_HEADING_MAX = 32  # display width in characters, Chinese ones counted double: a line's third, as headings are
_NOT_IN_HEADING = late(
    r"[,，。;；!！?？=$<>{}|\\\[\]…“”\"]|https?:|www\.|\d{4}[-./]\d|\s-\w|::|['’]s\b|[:：]\s*\S|^\W|^\d+$"
)
# Words that begin or end a clause, not a heading.
_CLAUSE_START = late(
    r"(?:首先|其次|然后|其中|因此|所以|于是|那么|可以|下面|最后|再|求|由|即|且|并|当|如果|因为|但|而|这|那|我|它|该|上面|则|如|就是)"
    r"|(?:so|then|where|if|but|thus|hence|because|we|i|it|this|that)\b",
    re.IGNORECASE,
)
_CLAUSE_END = late(r"(?:有|得到|如下|为|是|到|则|即|了|吗|呢|吧|的|如下图|所示)$")
# What a reader says of a paper in a few words ("讲得比较全", "看不太懂").
_OPINION = late(r"[讲写看说做觉]得|看[不没]|不太|有点|比较[全好难清易简]|非常|挺[好难不]|值得|不错|还行|没看|好难|太难")
_LEVELS = 3


def read(text: str) -> Page:
    """The page as blocks; which bare lines are headings is decided by `outline`, once papers are known."""
    blocks: list[Block] = []
    lines = lines_of(text)
    counts = counted(lines)
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        if not stripped:
            blocks.append(Block("blank", number, line))
            continue
        found = _BULLET.match(line)
        numbered = found is None and (number - 1 in counts or ENUMERATED.match(line) is not None)
        rest = line[found.end() :].strip() if found else stripped
        if not any(c.isalnum() for c in rest) and not is_chinese(rest):
            reason = "a bullet without text" if found and not rest else "signs alone"
            blocks.append(Block("noise", number, line, reason=reason))
            continue
        box, rest = _marks.box(rest)
        listed = found is not None or numbered
        blocks.append(Block("item" if listed else "text", number, rest, box=box, bullet=listed))
    return Page(blocks, flat=True)


def _is_short(text: str) -> bool:
    if len(text) > _HEADING_MAX:
        return False
    width = sum(2 if is_chinese(c) else 1 for c in text)
    return width <= _HEADING_MAX and len(text.split()) <= 5


def _may_head(block: Block, following: Block | None) -> bool:
    if block.bullet or block.box is not None or block.kind != "text" or not _is_short(block.text):
        return False
    if _NOT_IN_HEADING.search(block.text) or _CLAUSE_START.match(block.text) or _CLAUSE_END.search(block.text):
        return False
    if _OPINION.search(block.text):
        return False
    return not (following and not following.bullet and following.text[:1] in ",，。、;；)）")


def outline(blocks: Sequence[Block], is_entry: Callable[[Block], bool]) -> None:
    """Turn the bare lines that are headings into `heading` blocks, with levels by the rule of this module."""
    lines = [block for block in blocks if block.kind in ("item", "text")]
    heads = [
        not is_entry(block) and _may_head(block, lines[i + 1] if i + 1 < len(lines) else None)
        for i, block in enumerate(lines)
    ]
    parents = 0  # level of the last heading that had a heading directly below
    level = 0  # level of the last heading that is no leaf
    at = 0
    while at < len(lines):
        if not heads[at]:
            at += 1
            continue
        end = at
        while end < len(lines) and heads[end]:
            end += 1
        run = lines[at:end]
        leaf = _explains(lines, end, is_entry)
        if len(run) == 1:
            if leaf and level:
                _make(run[0], level + 1)
                run[0].reason = "leaf"
            else:
                level = max(level, 1)
                _make(run[0], level)
        else:
            base = parents or 1
            nested = run[-_LEVELS:] if len(run) <= _LEVELS else run[-2:]
            for block in run[: len(run) - len(nested)]:
                _make(block, base)
            for step, block in enumerate(nested):
                _make(block, base + step)
            parents, level = base, base + len(nested) - 1
            if leaf and len(nested) > 1:
                run[-1].reason = "leaf"
                level -= 1
        at = end


def _explains(lines: Sequence[Block], at: int, is_entry: Callable[[Block], bool]) -> bool:
    """Whether the bullets from `at` on, of which there is at least one, name no paper."""
    start = at
    while at < len(lines) and lines[at].bullet:
        if is_entry(lines[at]):
            return False
        at += 1
    return at > start


def _make(block: Block, level: int) -> None:
    block.kind, block.depth = "heading", level
