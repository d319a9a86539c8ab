"""Pages in AsciiDoc, line by line into Markdown that says the same; `_markdown` makes the blocks.

Links stand as `https://…[text]` or `link:…[text]`, items begin with as many stars or dots as they are deep. A cell of
a table may have a line of its own: the row then stands on the line of its first cell. Source of the forms: the
AsciiDoc documentation of asciidoctor.org.
"""

from __future__ import annotations

import re

from readlist.domain.patterns import late
from readlist.importers._blocks import Block, Page, lines_of
from readlist.importers.blocks import _markdown

_LINK = late(
    r"(?:(?:link|xref):(?:\+\+)?)?(?P<to>https?://[^\s\[\]<>]{1,1000}?)(?:\+\+)?\[(?P<text>[^\[\]\n]{0,400})\]"
)
_ATTRIBUTES = late(r"\^?(?:,\s?\w+=[^,\]]*)*\^?\s*$")
_HEADING = late(r"(?P<level>={1,6})\s+(?P<text>\S.*)")
_ITEM = late(r"\s*(?P<sign>\*{1,5}|\.{1,5}|-)\s+(?P<box>\[[ xX*]\]\s)?(?P<text>\S.*)")
_OWN = late(r":!?[\w-]{1,40}!?:.*|\[[^\[\]]*\]|\+|[=*_./]{4,}|ifdef::.*|ifndef::.*|endif::.*|include::.*|toc::\[\]")
_STRONG = late(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=\S)\*(?![\w*])")
_CUES = (
    late(r"^={1,6} \S[^\n]*[^=\s]\r?$", re.MULTILINE),
    late(r"(?:^|[\s*.(])(?:link:)?https?://[^\s\[\]<>()]{4,1000}\[[^\[\]\n]{2,400}\]", re.MULTILINE),
)
_MARKDOWN = late(r"\]\((?:https?:|#|\.{0,2}/)|^#{1,6} \S|^```", re.MULTILINE)


def recognises(text: str) -> bool:
    """Whether `text` has headings and links as only AsciiDoc has them, and nothing that only Markdown has."""
    return all(cue.search(text) for cue in _CUES) and not _MARKDOWN.search(text)


def read(text: str) -> Page:
    """The page as blocks."""
    lines = lines_of(text)
    page = _markdown.read("\n".join(_converted(lines)) + "\n")
    blocks: list[Block] = []
    row: Block | None = None
    for block in page.blocks:
        line = lines[block.first - 1] if block.first <= len(lines) else ""
        row = block if block.kind == "row" and block.cells else row if line.lstrip().startswith("|") else None
        if block.kind == "blank" and row is not None and not line.startswith("|==="):
            row.count += 1  # more cells of it
            continue
        if block.kind == "blank" and line.strip():  # what was taken out
            block = Block("noise", block.first, line, reason="AsciiDoc's own")
        elif block.kind == "noise":
            block.text = line
        elif block.kind == "raw" and block.text == "```":
            block.text = line.strip()
        blocks.append(block)
    return Page(blocks, page.references)


def _converted(lines: list[str]) -> list[str]:
    made: list[str] = []
    code = table = headed = False
    depth = 0
    cells: list[list[str]] = []  # of the open table: those of each line
    for line in lines:
        bare = line.strip()
        if bare in ("----", "....", "```"):
            code = not code
            made.append("```")
        elif code:
            made.append(line)
        elif bare.startswith("|==="):
            if table:
                start = len(made) - len(cells) - 1
                made[start:] = _rows(cells, headed)
            elif made:
                headed = "header" in (lines[len(made) - 1])
            table, cells = not table, []
            made.append("")
        elif table:
            cells.append([_inline(cell.strip()) for cell in bare.split("|")[1:]] if bare.startswith("|") else [])
            made.append("")
        elif heading := _HEADING.fullmatch(bare):
            depth = 0
            made.append(f"{'#' * len(heading['level'])} {_inline(heading['text'])}")
        elif _OWN.fullmatch(bare):
            made.append("")
        elif item := _ITEM.fullmatch(line):
            depth = len(item["sign"])
            box = (item["box"] or "").replace("*", "x")
            sign = "1." if item["sign"][0] == "." else "-"
            made.append(f"{'   ' * (depth - 1)}{sign} {box}{_inline(item['text'])}")
        elif not bare:
            made.append("")
        else:
            text = bare.removeprefix("//").strip() if bare.startswith("//") else bare
            made.append(f"{'   ' * depth}{_inline(text)}")
    return made


def _rows(lines: list[list[str]], headed: bool) -> list[str]:
    """A table's lines, the one above them included: each row on the line of its first cell. A head, which `headed`
    tells of or an empty line below, stands one line higher, so that what Markdown has below a head takes its line."""
    made = [""] * (len(lines) + 1)
    filled = [at for at, cells in enumerate(lines) if cells]
    columns = len(lines[filled[0]]) if filled else 0
    if filled and filled[0] == 0 and (headed or (len(lines) > 1 and not lines[1])):
        made[:2] = _row(lines[0]), "|" + "--|" * columns
        del filled[0]
    row: list[str] = []
    begun = 0
    for at in filled:
        begun = begun if row else at + 1
        row += lines[at]
        made[begun] = _row(row)
        row = row if len(row) < columns else []
    return made


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _inline(text: str) -> str:
    return _STRONG.sub(r"**\1**", _LINK.sub(_link, text))


def _link(found: re.Match[str]) -> str:
    text = _ATTRIBUTES.sub("", found["text"]).strip('" ')
    return f"[{text}]({found['to']})" if text else f"<{found['to']}>"
