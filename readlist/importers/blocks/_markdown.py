"""Markdown into blocks: headings, list items, table rows, paragraphs line by line, with their line numbers.

Only the block structure is taken from markdown-it; what stands inside a line is read by `_inline`. Everything that
the parser passes over in silence (definitions of references, what is nested too deep) is found by its line numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readlist.domain import identifiers
from readlist.domain.patterns import late
from readlist.importers._blocks import ENUMERATED, Block, Page, counted, lines_of
from readlist.importers.blocks import _markdown_html
from readlist.importers.blocks._markdown_html import TAGS
from readlist.importers.blocks._markdown_parser import parser
from readlist.importers.lines import _inline, _links, _marks

if TYPE_CHECKING:
    from markdown_it.token import Token

_CUES = (
    (late(r"\]\((?:https?:|\.{0,2}/|#|www\.)[^\s)]"), "a link"),
    (late(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]{1,9}\[[ xX]\][ \t]", re.MULTILINE), "a task box"),
    (late(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]{0,9}\S", re.MULTILINE), "a definition of a link"),
    (late(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]{1,9}(?:\*\*|__)\S", re.MULTILINE), "strong text in a list"),
    (late(r"^[ \t]*[-*+][ \t]{1,9}(?:\[.\][ \t])?\[\[[^\[\]\n]{2,200}\]\]", re.MULTILINE), "a link to a note"),
    (late(r"^(?: {2,}|\t+)[-*+][ \t]{1,9}\S", re.MULTILINE), "a nested list"),
    # A hash alone is a comment of a shell script as well: a heading has an empty line or the page's edge beside it.
    (late(r"(?:\A|\n[ \t]{0,9}\r?\n)#{1,6} \S"), "a heading below an empty line"),
    (late(r"^#{1,6} \S[^\n]{0,300}\n[ \t]{0,9}\r?\n", re.MULTILINE), "a heading above an empty line"),
)
_UNDERLINE = late(r"^(?:={3,}|-{3,})[ \t]{0,9}\r?$", re.MULTILINE)
_TABLE_LINE = late(r"^[-:| \t]{3,400}\r?$", re.MULTILINE)
_ROW = late(r"\s*\|.*\|\s*")
_BULLET = late(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")
_CELL_EDGE = late(r"(?<!\\)\|")
_PICTURED = late(r"<(?:img|a\s[^<>]*href)|https?:", re.IGNORECASE)
# A picture cannot stand at the address of a paper's page: somebody's "!" too many before a link.
_NO_PICTURE = late(r"(?<!\[)!(?=\[[^\[\]\n]{2,300}\]\((https?://[^\s()]{1,300})\))")
_FILE = late(r"\.(?:png|jpe?g|gif|svg|webp|bmp|ico)(?:[?#]|$)", re.IGNORECASE)
_FRONT = 60  # lines; what is longer is no front matter


def recognises(text: str) -> bool:
    """Whether `text` bears a cue of Markdown that text copied from a rendered page has lost."""
    if any(cue.search(text) for cue, _ in _CUES):
        return True
    if any("-" in found[0] and "|" in found[0] for found in _TABLE_LINE.finditer(text)):
        return True
    for found in _UNDERLINE.finditer(text):
        above = text[max(0, found.start() - 200) : max(0, found.start() - 1)].rpartition("\n")[2]
        if any(c.isalnum() for c in above):
            return True
    return False


def read(text: str) -> Page:
    """The page as blocks."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.lines = lines_of(_NO_PICTURE.sub(_linked, text) if "![" in text else text)
        self.blocks: list[Block] = []
        self.owned = bytearray(len(self.lines))
        self.counted = counted(self.lines)
        self.columns: tuple[str, ...] = ()
        self.level = 0  # of the last heading

    def read(self) -> Page:
        env: dict[str, dict[str, dict[str, object]]] = {}
        front = self._front_matter()
        source = "\n".join([""] * front + self.lines[front:])
        source = source.replace("\r", " ")  # within a line, where CommonMark would begin another
        self._walk(parser().parse(source, env))
        references: dict[str, str] = {}
        for label, definition in env.get("references", {}).items():
            references[_inline.fold_label(label)] = str(definition["href"])
            start, end = definition.get("map", (0, 0))  # type: ignore[misc]
            for line in range(start, end):  # type: ignore[has-type]
                self._noise(line, "the address of a link above")
        self._leftovers()
        self.blocks.sort(key=lambda block: block.first)
        folds = "<summary" in source or "<SUMMARY" in source
        return Page(_markdown_html.unfold(self.blocks) if folds else self.blocks, references)

    def _own(self, block: Block) -> None:
        start = block.first - 1
        if any(self.owned[start : start + block.count]):
            return
        self.owned[start : start + block.count] = b"\x01" * block.count
        self.blocks.append(block)

    def _noise(self, line: int, reason: str) -> None:
        if self.lines[line].strip():
            self._own(Block("noise", line + 1, self.lines[line], reason=reason))

    def _front_matter(self) -> int:
        """The number of lines of front matter, which become notes of the page."""
        if not self.lines or self.lines[0].rstrip() != "---":
            return 0
        for end in range(1, min(len(self.lines), _FRONT)):
            if self.lines[end].rstrip() in ("---", "..."):
                if not all(
                    not line.strip() or re.match(r"\s*[\w-]+\s*:|\s*-\s|\s", line) for line in self.lines[1:end]
                ):
                    return 0
                self._noise(0, "edge of the front matter")
                self._noise(end, "edge of the front matter")
                for line in range(1, end):
                    if self.lines[line].strip():
                        self._own(Block("raw", line + 1, self.lines[line].strip()))
                return end + 1
        return 0

    def _walk(self, tokens: list[Token]) -> None:
        depth = 0
        fresh = False  # an item was opened and has no text yet
        heading = 0
        header = False
        row: list[str] | None = None
        row_line = 0
        for token in tokens:
            kind = token.type
            if kind == "list_item_open":
                depth, fresh = depth + 1, True
            elif kind == "list_item_close":
                depth, fresh = depth - 1, False
            elif kind == "heading_open":
                heading = int(token.tag[1])
            elif kind == "heading_close":
                heading = 0
            elif kind == "thead_open":
                header = True
            elif kind == "thead_close":
                header = False
            elif kind == "tr_open":
                row, row_line = [], token.map[0] if token.map else row_line
            elif kind == "tr_close" and row is not None:
                self._row(row, row_line, header)
                row = None
            elif kind == "inline":
                if row is not None:
                    row.append(token.content)
                elif token.map and heading and depth == 0:
                    self._heading(token, heading)
                elif token.map:
                    self._paragraph(token, depth, fresh)
                    fresh = False
            elif kind in ("fence", "code_block") and token.map:
                self._code(token, depth + (1 if depth else 0))
                fresh = False
            elif kind == "html_block" and token.map:
                self._html(token, depth)
            elif kind == "hr" and token.map:
                self._noise(token.map[0], "a rule")

    def _heading(self, token: Token, level: int) -> None:
        assert token.map
        start, end = token.map
        text = token.content.replace("\n", " ")
        self.level = level
        self._own(Block("heading", start + 1, text, depth=level, count=1))
        for line in range(start + 1, end):
            if re.fullmatch(r"[\s>]*(?:=+|-+)\s*", self.lines[line]):
                self._noise(line, "underline of a heading")
            else:
                self._own(Block("heading", line + 1, "", depth=level, continues=True))
        # markdown-it maps the inline of an underlined heading to its text alone
        if end < len(self.lines) and re.fullmatch(r"[\s>]*(?:={1,}|-{1,})\s*", self.lines[end]) and token.level == 1:
            self._noise(end, "underline of a heading")

    def _paragraph(self, token: Token, depth: int, fresh: bool) -> None:
        assert token.map
        start = token.map[0]
        texts = token.content.split("\n")
        numbered_lines = [start + at in self.counted or bool(ENUMERATED.match(text)) for at, text in enumerate(texts)]
        enumerates = numbered_lines[0] or sum(numbered_lines) > 1  # by numbers that Markdown does not know
        below = 0  # 1 below an item of an enumeration
        for offset, text in enumerate(texts):
            line = start + offset
            if line >= len(self.lines):
                break
            text = text.strip()
            if text.endswith("\\") and not text.endswith("\\\\"):
                text = text[:-1].rstrip()  # a hard break (CommonMark 6.7), also where the paragraph has ended already
            indent = len(self.lines[line]) - len(self.lines[line].lstrip())
            if _ROW.fullmatch(text) and len(self._cells(text)) == len(self.columns) > 1:
                self._row(self._cells(text), line, header=False)
                continue
            if not text or (offset and _is_rule(text)):
                self._noise(line, "a rule" if text else "signs alone")
                continue
            if text[0] == "<" and not any(c.isalnum() for c in TAGS.sub("", text)) and not _PICTURED.search(text):
                self._noise(line, "HTML tags alone")
                continue
            box, rest = _marks.box(text) if fresh and offset == 0 else (None, text)
            first = fresh and offset == 0
            numbered = enumerates and not first and numbered_lines[offset]
            below = 1 if numbered else below
            inner = depth if first or depth == 0 else depth + 1
            self._own(
                Block(
                    "item" if first or numbered else "text",
                    line + 1,
                    rest,
                    depth=depth + 1 if numbered else inner + below * (2 if depth == 0 else 1),
                    box=box,
                    continues=offset > 0 and not numbered,
                    indent=indent,
                    bullet=first or numbered,
                )
            )

    def _cells(self, text: str) -> list[str]:
        return [cell.strip() for cell in _CELL_EDGE.split(text.strip().removeprefix("|").removesuffix("|"))]

    def _row(self, cells: list[str], line: int, header: bool) -> None:
        if header:
            self.columns = tuple(_inline.plain(cell).strip().casefold() for cell in cells)
            self._own(Block("row", line + 1, self.lines[line].strip(), cells=(), bullet=True))
            if line + 1 < len(self.lines):
                self._noise(line + 1, "the line below a table's head")
            return
        named = tuple((self.columns[i] if i < len(self.columns) else "", cell) for i, cell in enumerate(cells))
        self._own(Block("row", line + 1, self.lines[line].strip(), cells=named))

    def _code(self, token: Token, depth: int) -> None:
        assert token.map
        start, end = token.map
        indent = min(
            (len(line) - len(line.lstrip()) for line in self.lines[start:end] if line.strip()),
            default=0,
        )
        for line in range(start, end):
            if self.lines[line].strip():
                self._own(Block("raw", line + 1, self.lines[line][indent:].rstrip(), depth=depth, indent=indent))

    def _html(self, token: Token, depth: int) -> None:
        assert token.map
        margins: list[int] = []  # of the list that is written among the tags, without an empty line above it
        for line in range(*token.map):
            text = self.lines[line].strip()
            if not text or self.owned[line]:
                continue
            if not depth and text[:2] in ("<t", "<T", "<d", "<D") and self._with_rows(line):
                continue
            head = None if depth or text[0] != "<" else _markdown_html.heading(text, line + 1, self.blocks)
            if head is not None:
                self.level = head.depth
                self._own(head)
            elif not any(c.isalnum() for c in TAGS.sub("", text)) and not _links.names_paper(text):
                self._noise(line, "HTML tags alone")
            elif not depth and (marker := _BULLET.match(text)):
                indent = len(self.lines[line]) - len(self.lines[line].lstrip())
                margins = [*(margin for margin in margins if margin < indent), indent]
                box, text = _marks.box(text[marker.end() :])
                self._own(Block("item", line + 1, text, depth=len(margins), box=box, indent=indent, bullet=True))
            else:
                marker = _BULLET.match(text)
                text = text[marker.end() :] if marker and depth else text
                text = TAGS.sub("", text).strip() if text.startswith(("<!--", "-->")) or "-->" in text else text
                self._own(Block("text", line + 1, text, depth=depth + 1 if depth else 0))

    def _with_rows(self, start: int) -> bool:
        """Read a table of HTML, or a list of terms, that begins on the line `start`; whether it could be read."""
        end = _markdown_html.end_of(self.lines, start)
        if end < 0:
            return False
        made = _markdown_html.with_rows(self.lines[start : end + 1], start + 1, self.level)
        for block in made:
            self._own(block)
        for line in range(start, end + 1 if made else start):
            if not self.owned[line]:
                self._noise(line, "HTML tags alone")
        return bool(made)

    def _leftovers(self) -> None:
        depth = 0
        self.blocks.sort(key=lambda block: block.first)
        depths = {block.first: block.depth for block in self.blocks if block.kind in ("item", "text")}
        for number, line in enumerate(self.lines, 1):
            depth = depths.get(number, depth)
            if self.owned[number - 1]:
                continue
            if not line.strip(" \t\r\f\v>"):
                self.blocks.append(Block("blank", number, line))
                continue
            found = _BULLET.match(line)
            rest = line[found.end() :].strip() if found else line.strip()
            if not any(c.isalnum() for c in rest):
                reason = "a bullet without text" if not rest else "signs alone"
                self.blocks.append(Block("noise", number, line, reason=reason))
                continue
            self.blocks.append(
                Block("item" if found else "text", number, rest, depth=max(depth, 1), bullet=bool(found))
            )


def _linked(found: re.Match[str]) -> str:
    return found[0] if _FILE.search(found[1]) or identifiers.from_url(found[1]) is None else ""


def _is_rule(text: str) -> bool:
    return len(text) > 2 and not text.strip("-*_= ")
