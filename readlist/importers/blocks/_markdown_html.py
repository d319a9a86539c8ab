"""HTML between the blocks of Markdown: headings, and the parts of a page that fold away.

`<h3 id="2023">2023</h3>` on a line of its own is a heading. The `<summary>` of `<details>` names what is folded away
as a heading does; it is one if a list of papers stands there, else (an abstract, a picture, how to use the page) the
line that it is. As in web pages (`_html`) a heading without text ends the section where `</details>` does. Tables with
names of columns and lists of terms are read as in web pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from readlist.domain.patterns import late
from readlist.importers._blocks import Block
from readlist.importers.lines import _links

TAGS = late(r"<!--|-->|<[^<>]{0,2000}>|&nbsp;")
_HEADING = late(
    r"(?:<a\b[^<>]{0,300}>\s*</a>\s*)?<h(?P<level>[1-6])\b(?P<how>[^<>]{0,300})>(?P<text>.{1,400})</h(?P=level)>"
    r"(?:\s*<[bh]r\b[^<>]{0,9}>)*",
    re.IGNORECASE,
)
_FOLD = late(r"<(?P<tag>/?(?:details|summary))\b[^<>]{0,300}>", re.IGNORECASE)
# "Vision (click to expand)"
_ASKS = late(
    r"\s*[(（\[【]\s*(?:click|tap|press|unfold|expand|show|点击|點擊|点我|展开|展開)[^()（）\[\]【】]{0,40}[)）\]】]\s*$"
    r"|\s*[-–—:：,，|]?\s*(?:\b(?:click|tap|press)\s+(?:here|to|me|on)\b|点击|點擊|点我|展开|展開).{0,40}$",
    re.IGNORECASE,
)
# What names no topic: what to do, a part of the page, a part of what is told of one paper.
_NO_TOPIC = late(
    r"(?:(?:show|see|view|open|hide|toggle|read|expand)\s+(?:me|this|all|more|full|the|it|list|details?|here)\b.*"
    r"|show|see|view|open|hide|toggle|expand|more(?: \w+)?|(?:table of )?contents?|toc|目录|目錄"
    r"|(?:(?:my|reading|detailed) )?(?:notes?|summary|abstract|comments?|details?|tl;?dr)|bibtex|cit(?:e|ation)"
    r"|references?|related(?: works?| papers?)?|figures?|results?|摘要|笔记|筆記|总结|總結|要点|要點|引用|参考文献"
    r"|參考文獻|相关.*|相關.*)[\s:：.…]*",
    re.IGNORECASE,
)
_WITH_ROWS = late(r"\s{0,3}<(?P<tag>table|dl)\b", re.IGNORECASE)
_MARKDOWN = late(r"\]\(|^\s*(?:#{1,6} |[-*+|] |\d{1,3}[.)] )|```")
_ROWS = 5000  # lines of one table
_SUBTITLE = 5  # words; topics are named in fewer
_DEEPEST = 12  # folds in one another; nobody nests topics so deep, and what each hides is looked through
_LONGEST = 80  # characters; a longer summary is a sentence


def heading(text: str, line: int, above: Sequence[Block]) -> Block | None:
    """The heading that a line of HTML is; `above` are the blocks before it.

    What is laid out at the head of a page, before all text, is the page's banner and names none of its topics: its
    name, and a sentence on what it is.
    """
    found = _HEADING.fullmatch(text)
    if found is None or not any(c.isalnum() for c in TAGS.sub("", found["text"])):
        return None
    name = found["text"] if "href" in found["text"] else TAGS.sub(" ", found["text"])
    if "align" in found["how"] and all(_decorates(block) for block in above):
        named = any(block.kind == "text" for block in above)
        if not named or len(name.split()) > _SUBTITLE:
            return None
    return Block("heading", line, " ".join(name.split()), depth=int(found["level"]))


def _decorates(block: Block) -> bool:
    """Whether a block may belong to a banner: tags, pictures, badges."""
    return block.kind in ("noise", "blank") or block.text.startswith(("<", "[!", "!"))


def end_of(lines: Sequence[str], start: int) -> int:
    """The line (from 0) on which the table or list of terms ends that begins on the line `start`; -1 if none does.

    None that Markdown stands in; and no table without names of columns, which mostly lays out text and pictures.
    """
    opened = _WITH_ROWS.match(lines[start])
    if opened is None:
        return -1
    closing = f"</{opened['tag'].lower()}>"
    named = opened["tag"].lower() == "dl"
    for at in range(start, min(len(lines), start + _ROWS)):
        if _MARKDOWN.search(lines[at]) or (at > start and _WITH_ROWS.match(lines[at])):
            return -1
        named = named or "<th" in lines[at].lower()
        if closing in lines[at].lower():
            return at if named else -1
    return -1


def with_rows(lines: Sequence[str], first: int, level: int) -> list[Block]:
    """The blocks of a table or list of terms, whose lines from number `first` on are `lines`, below a heading of that
    level; none if several stand on one line, which then is read as any other."""
    from readlist.importers.blocks import _html

    web = _html.read("\n".join(lines), level)
    blocks = list(web.page.blocks)
    for block, line in zip(blocks, web.lines, strict=True):
        block.first = first - 1 + line
    blocks = sorted((block for block in blocks if block.kind != "blank"), key=lambda block: block.first)
    said = [block for block in blocks if block.kind != "noise" and block.count]
    for block, below in pairwise(said):
        if block.first == below.first:
            return []
        block.count = min(block.count, below.first - block.first)
    return [*said, *(block for block in blocks if block.kind == "noise" or not block.count)]


@dataclass(slots=True)
class _Fold:
    """A `<details>`: the heading above it, with its level, what its summary says, and where what it hides begins."""

    level: int
    above: str
    at: int
    begun: bool = False
    said: list[tuple[Block, str]] = field(default_factory=list)


def unfold(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with the summaries that name a list of papers as headings of it."""
    made: list[Block] = []
    folds: list[_Fold] = []
    level, above = 0, ""
    for block in blocks:
        made.append(block)
        if block.kind == "heading":
            level, above = block.depth, block.text
        begun = bool(folds) and folds[-1].begun
        if block.kind not in ("text", "noise") or block.depth or not (begun or "<" in block.text):
            continue
        at = 0
        for found in (*_FOLD.finditer(block.text), None):
            between = block.text[at : found.start() if found else None]
            if folds and folds[-1].begun and any(c.isalnum() for c in TAGS.sub("", between)):
                folds[-1].said.append((block, between))
                level = folds[-1].level + 1
            if found is None:
                break
            at = found.end()
            tag = found["tag"].casefold()
            if tag == "details":
                folds.append(_Fold(level, above, len(made)))
            elif folds and tag == "/details":
                fold = folds.pop()
                if len(folds) >= _DEEPEST:
                    continue
                named = _name(fold, made)
                if named or any(inner.kind == "heading" for inner in made[fold.at :]):
                    made.append(Block("heading", block.first, "", depth=fold.level + 1, count=0))
                level = fold.level
            elif folds:
                folds[-1].begun, folds[-1].at = tag == "summary", len(made)
    for fold in reversed(folds[:_DEEPEST]):
        _name(fold, made)
    return made


def _name(fold: _Fold, blocks: Sequence[Block]) -> bool:
    """Make the summary of a fold a heading, if it names a list of papers."""
    if len(fold.said) != 1:
        return False
    block, said = fold.said[0]
    name = " ".join(TAGS.sub(" ", said).split())
    bare = _ASKS.sub("", name)
    if (
        "href" in said
        or "://" in said
        or len(name) > _LONGEST
        or not any(c.isalnum() for c in bare)
        or _NO_TOPIC.fullmatch(bare)
        or bare.casefold() == fold.above.casefold()
        or "".join(TAGS.sub("", block.text).split()) != name.replace(" ", "")
        or not _lists_papers(blocks[fold.at :])
    ):
        return False
    block.kind, block.text, block.depth = "heading", bare, fold.level + 1
    return True


def _lists_papers(blocks: Sequence[Block]) -> bool:
    """Whether most items or rows of a list have an address or a box, or two lines the address of a paper."""
    listed = [block for block in blocks if block.kind == "item" or (block.kind == "row" and block.cells)]
    outer = min((block.depth for block in listed), default=0)
    listed = [block for block in listed if block.depth == outer]
    told = sum(1 for block in listed if block.box is not None or "](http" in block.text or "href=" in block.text)
    if listed and 2 * told >= len(listed):
        return True
    return sum(1 for block in blocks if _links.names_paper(block.text)) > 1
