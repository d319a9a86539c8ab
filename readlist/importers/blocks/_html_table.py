"""Tables of web pages: rows with the names of their columns, names beside values, or a way to lay out a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from readlist.importers._blocks import Block
from readlist.importers.blocks._html_frame import HEADING, LIST, PRE, TABLE, inside
from readlist.importers.blocks._html_inline import Line
from readlist.importers.lines import _inline, _row

_SPANS = 200  # rows that a cell may span
_WIDEST = 40  # columns in which cells may span
_GROUP = 60  # characters; more are a sentence, not the name of a group of rows
_REPEATED = 300  # characters of a cell that stands in several rows


@dataclass(slots=True)
class _Cell:
    text: str
    columns: int = 1
    heads: bool = False


@dataclass(slots=True)
class Table:
    """A table in the making. `shape` is "rows", "values" (names beside values) or "layout" (no table to read).

    `level` is that of the heading above it. A cell that spans rows stands in each of them.
    """

    shape: str
    level: int
    headed: bool = False
    columns: tuple[str, ...] = ()
    cells: list[_Cell] = field(default_factory=list)
    below: dict[int, tuple[int, str]] = field(default_factory=dict)  # column: rows to come, text
    at: int = 0
    rows: int = 0
    first: int = 0
    last: int = 0
    in_head: bool = False
    grouped: bool = False
    named: tuple[str, Block] | None = None  # the last name and its values

    def open_row(self, line: int) -> None:
        """A row begins on `line`."""
        self.cells, self.at = [], 0
        self.first = self.last = line

    def add(self, found: list[Line], node: Any) -> None:
        """The lines of the next cell."""
        text = "<br>".join((f"[{line.box}] " if line.box else "") + line.text for line in found).strip()
        self._from_above()
        attrs = node.attrs
        columns = min(_number(attrs.get("colspan")), max(1, _WIDEST - self.at)) if attrs else 1
        rows = _number(attrs.get("rowspan")) if attrs else 1
        if rows > 1:
            for at in range(self.at, min(self.at + columns, _WIDEST)):
                self.below[at] = (rows - 1, text if at == self.at and len(text) <= _REPEATED else "")
        self.cells.append(_Cell(text, columns, node.name == "th"))
        self.at += columns
        for line in found:
            self.last = max(self.last, line.last)

    def _from_above(self) -> None:
        while self.at in self.below:
            rows, text = self.below.pop(self.at)
            if rows > 1:
                self.below[self.at] = (rows - 1, text)
            self.cells.append(_Cell(text))
            self.at += 1

    def close_row(self, depth: int) -> Block | None:
        """The row as a block; None if nothing stands in it. `depth` is the nesting of lists around the table.

        A value more of the name of the row above comes as the block of that row, completed.
        """
        self._from_above()
        texts = [text for cell in self.cells for text in (cell.text, *[""] * (cell.columns - 1))]
        self.rows += 1
        if not any(texts):
            return None
        if self.shape == "values":
            return self._value(texts[0].strip(":： "), texts[-1].replace("<br>", " "), depth)
        if len(self.cells) == 1 and len(texts) > 1:
            return self._across(texts[0])
        shown = "| " + " | ".join(re.sub(r"(?<!\\)\|", r"\\|", text) for text in texts) + " |"
        if self._is_head():
            self.columns = tuple(map(_name, texts))
            return Block("row", self.first, shown, bullet=True)
        names = self.columns
        named = tuple((names[i] if i < len(names) else "", text) for i, text in enumerate(texts))
        return Block("row", self.first, shown, cells=named)

    def _value(self, name: str, value: str, depth: int) -> Block:
        if self.named is not None and name and self.named[0] == name:  # "Author" once more
            self.named[1].text += f", {value}"
        else:
            text = f"{name}: {value}" if name else value
            self.named = name, Block("text", self.first, text, depth=depth + 1 if depth else 0)
        return self.named[1]

    def _across(self, text: str) -> Block:
        """A cell as wide as the table: the name of the rows below, or something said between them."""
        if len(text) > _GROUP or "](" in text:
            return Block("text", self.first, text)
        self.grouped = True
        return Block("heading", self.first, text.replace("<br>", " "), depth=self.level + 1)

    def _is_head(self) -> bool:
        if self.columns:
            return False
        if self.in_head or (len(self.cells) > 1 and all(cell.heads for cell in self.cells)):
            return True
        if self.headed or self.rows > 1:
            return False
        names = [_name(cell.text) for cell in self.cells if cell.text]
        known = [name for name in names if len(name) < 30 and "](" not in name and _row.role(name) != "other"]
        return len(known) > 1 and 2 * len(known) >= len(names)


def table_of(node: Any, contains: int, level: int) -> Table:
    """What a `<table>` is for. It lays out the page if its cells hold headings, tables, or lists without a head."""
    if node.attrs.get("role") in ("presentation", "none") or contains & (HEADING | TABLE | PRE):
        return Table("layout", level)
    rows: list[list[str]] = []
    for inner in inside(node):
        if inner.name == "tr":
            rows.append([])
        elif inner.name in ("td", "th") and rows:
            rows[-1].append(inner.name)
    headed = any(row and set(row) == {"th"} for row in rows)
    if (contains & LIST and not headed) or max(map(len, rows), default=0) < 2:
        return Table("layout", level)
    if all(row == ["th", "td"] for row in rows):
        return Table("values", level)
    return Table("rows", level, headed)


def row_of(text: str, columns: tuple[str, ...]) -> tuple[tuple[str, str], ...] | None:
    """The cells of a line that is a row of Markdown's table, where the table above has as many `columns`.

    Whoever leaves empty lines in a table gets such lines from every converter.
    """
    if len(columns) < 2 or not (text.startswith("|") and text.endswith("|")):
        return None
    cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", text[1:-1])]
    return tuple(zip(columns, cells, strict=True)) if len(cells) == len(columns) else None


def _name(text: str) -> str:
    return _inline.plain(text).strip().casefold()


def _number(text: str | None) -> int:
    text = (text or "1").strip()
    return max(1, min(int(text), _SPANS)) if len(text) < 6 and text.isascii() and text.isdecimal() else 1
