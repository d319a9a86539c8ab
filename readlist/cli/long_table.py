"""A list of papers on a terminal, drawn while it is read.

The first rows are a table like any other. If there are more, its columns get the widths that all rows are to have, and
the rest is written below it in the same way, without Rich, which takes ten times as long for a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from readlist.cli.output import Output
from readlist.cli.tables import STYLES, authors_in_short, cell, is_narrow, is_wide, of_papers
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from readlist.db.views import Row

FIRST = 100
"""Rows that are drawn by Rich: more than a screen has."""
_BLOCK = 50  # rows that are written at once
_GAP = "  "
_NARROWEST = 20  # cells for a title

Cells = tuple[tuple[str, str], ...]
"""The cells of a row: text and style."""


def draw_rows(output: Output, rows: Iterable[Row], at_first: int = FIRST) -> int:
    """Draw papers with their status, the first ones together, then each as it is read; returns how many."""
    console = output.console
    left = map(partial(_cells, wide=is_wide(console), narrow=is_narrow(console)), rows)
    first = [*islice(left, at_first)]
    more = [*islice(left, 1)] if len(first) == at_first else []
    if not first:
        return 0
    table = of_papers(console, statuses=True)
    widths = _widths(output, console, first) if more else ()
    if more and not widths:  # no room for columns of one width
        first += chain(more, left)
        more = []
    for column, width in zip(table.columns, widths, strict=False):
        column.width, column.min_width, column.max_width, column.ratio = width, width, width, None
    for row in first:
        table.add_row(*(cell(text, style) for text, style in row))
    console.print(table)
    return len(first) + (_write(output, console, chain(more, left), widths) if more else 0)


def _cells(row: Row, wide: bool, narrow: bool) -> Cells:
    from readlist.db.lists import BETWEEN

    number, _, status, _, title, names, venue, year, cited, _ = row
    published = " ".join(str(part) for part in (venue, year) if part)
    found = [(str(number), "dim"), (one_line(title), "bold" if status == "reading" else "")]
    if wide:
        found.append((one_line(authors_in_short(names.split(BETWEEN))) if names else "", ""))
    if not narrow:
        found += [(one_line(published), ""), ("" if cited is None else f"{cited:,}", "")]
    found.append((status, STYLES[status]))
    return tuple(found)


def _widths(output: Output, console: Console, first: Sequence[Cells]) -> tuple[int, ...]:
    """The width of each column, in cells; () where titles would have no room."""
    from rich.cells import cell_len

    highest, most = output.context.library.views.widest()
    wide = is_wide(console)
    middle = [] if is_narrow(console) else [24 if wide else 15, max(len(f"{most:,}"), len("Cited"))]
    others = (*([24] if wide else []), *middle, len("dropped"))
    number = len(str(highest))
    room = console.width - number - sum(others) - len(_GAP) * (len(others) + 1)
    if wide:
        room = min(room, max(60, *(cell_len(row[1][0]) for row in first)))
    return (number, room, *others) if room >= _NARROWEST else ()


def _write(output: Output, console: Console, rows: Iterable[Cells], widths: Sequence[int]) -> int:
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    styled = cache(partial(_codes, console))
    right = {0} if is_narrow(console) else {0, len(widths) - 2}
    blank = [" " * width for width in widths]
    title_width = widths[1]

    def cut(text: str, width: int) -> str:
        if text.isascii() and len(text) <= width:
            return text.ljust(width)
        return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"

    def lines(row: Cells) -> Iterator[str]:
        titles = _wrapped(row[1][0], title_width) or [
            line.plain for line in Text(row[1][0]).wrap(console, title_width, overflow="fold")
        ]
        for n, part in enumerate(titles):
            shown = []
            for column, (text, style) in enumerate(row):
                if column == 1:
                    made = set_cell_size(part, title_width)
                elif n:
                    shown.append(blank[column])
                    continue
                else:
                    made = text.rjust(widths[column]) if column in right else cut(text, widths[column])
                before, after = styled(style)
                shown.append(f"{before}{made}{after}")
            yield _GAP.join(shown) + "\n"

    count = 0
    rows = iter(rows)
    while block := [*islice(rows, _BLOCK)]:
        output.context.stdout.write("".join(line for row in block for line in lines(row)))
        count += len(block)
    return count


def _codes(console: Console, style: str) -> tuple[str, str]:
    """What Rich writes before and behind a text of that style on this terminal."""
    with console.capture() as capture:
        console.print(cell("x", style), end="")
    before, _, after = capture.get().partition("x")
    return before, after


def _wrapped(text: str, width: int) -> list[str]:
    """A text of usual words in lines of that width; [] if it is not that simple."""
    if len(text) <= width and text.isascii():
        return [text]
    if not text.isascii():
        return []
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if len(word) > width:
            return []
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]
