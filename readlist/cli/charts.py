"""Figures drawn with characters: bars, a calendar of days, columns of weeks.

Everything can be told without colour: by the length of a bar, by the shade of a square. Rich is loaded on first use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from readlist.cli.svg import STACKED
from readlist.domain.stats import Share, level, level_bounds
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

GUTTER = 9
"""Columns to the left of weeks, for the names of days and for numbers up to 999,999."""
WEEK = 2
"""Columns of a week."""

FULL, REST, NOTHING = "█", "░", "·"
_SHADES = (NOTHING, "░", "▒", "▓", "█")
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_STYLE = "green"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def grid(*justify: str) -> Table:
    """A table without lines, its columns two blanks apart."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    for side in justify:
        table.add_column(justify=side, no_wrap=True)  # type: ignore[arg-type]
    return table


def bar(part: int, whole: int, largest: int, width: int) -> Text:
    """`whole` as a bar, `width` cells for `largest`, of which `part` is solid. What is not nothing can be seen."""
    from rich.text import Text

    cells = max(1, round(width * whole / largest)) if whole else 0
    solid = round(cells * part / whole) if whole else 0
    if cells > 1 and 0 < part < whole:
        solid = min(max(solid, 1), cells - 1)
    text = Text(no_wrap=True)
    text.append(FULL * solid, _STYLE)
    text.append(REST * (cells - solid), _STYLE)
    return text


def shares(rows: Sequence[tuple[str, Share]], width: int, *, longest: int) -> Table:
    """Lines of name, bar and read/papers in `width` columns; names in at most `longest` of them.

    What is summed up has no bar: it would make the others small.
    """
    from rich.cells import cell_len

    from readlist.cli.tables import cell

    largest = max((share.papers for _, share in rows if not share.others), default=0)
    figures = [f"{share.read:,}/{share.papers:,}" for _, share in rows]
    names = [one_line(name) for name, _ in rows]
    name_width = min(longest, max(map(cell_len, names), default=0))
    room = max(3, width - name_width - max(map(len, figures), default=0) - 4)
    table = grid("left", "left", "right")
    table.columns[0].width, table.columns[0].overflow = name_width, "ellipsis"
    table.columns[1].width = room
    for name, figure, (_, share) in zip(names, figures, rows, strict=True):
        drawn = cell("") if share.others else bar(share.read, share.papers, largest, room)
        table.add_row(cell(name), drawn, cell(figure))
    return table


def key() -> Text:
    """What the two parts of a bar of `shares` are."""
    from rich.text import Text

    text = Text("  ").append(FULL, _STYLE).append(" read ", "dim")
    return text.append(REST, _STYLE).append(" not yet", "dim")


def numbers(rows: Mapping[str, int], whole: int, width: int) -> Table:
    """Lines of name, bar, number and its part of `whole` in per cent, in `width` columns."""
    from readlist.cli.tables import cell

    largest = max(rows.values(), default=0)
    name_width = max(map(len, rows), default=0)
    figure_width = max((len(f"{number:,}") for number in rows.values()), default=0)
    room = max(3, width - name_width - figure_width - 10)
    table = grid("left", "left", "right", "right")
    table.columns[1].width, table.columns[3].width = room, 4
    for name, number in rows.items():
        part = f"{100 * number / whole:.0f}%" if whole else ""
        table.add_row(cell(name), bar(number, number, largest, room), cell(f"{number:,}"), cell(part, "dim"))
    return table


def calendar(mondays: Sequence[date], days: Mapping[date, int], today: date, *, square: bool) -> list[Text]:
    """The days of these weeks, a column a week, each with a shade for what `days` says of it; with a legend.

    `square`: a day fills the two columns of its week, for pictures, which leave room between; else one of them.
    """
    from rich.text import Text

    largest = max(days.values(), default=0)
    bounds = level_bounds(largest)
    lines = [months(mondays)]
    for weekday, name in enumerate(_DAYS):
        line = Text(f"{name:>{GUTTER - 2}}  ", no_wrap=True)
        for monday in mondays:
            day = monday + timedelta(days=weekday)
            shade = _SHADES[level(days.get(day, 0), bounds)] if day <= today else " "
            line.append(*_square(shade, square))
            line.append("" if square and shade != NOTHING else " ")
        lines.append(line)
    return [*lines, Text(), _legend(bounds, largest, square)]


def _square(shade: str, square: bool) -> tuple[str, str]:
    return (shade * WEEK if square and shade != NOTHING else shade), ("dim" if shade == NOTHING else _STYLE)


def months(mondays: Sequence[date]) -> Text:
    """The name of each month above the week that holds its first day; of the first one above its first week."""
    from rich.text import Text

    sundays = [monday + timedelta(days=6) for monday in mondays]
    begins = [place for place, sunday in enumerate(sundays) if sunday.day <= 7]
    if begins[:1] not in ([0], [1]):
        begins.insert(0, 0)
    line = ""
    for place in begins:
        if place <= len(mondays) - 2:  # or the name would stand out
            line = line.ljust(GUTTER + WEEK * place) + _MONTHS[sundays[place].month - 1]
    return Text(line, no_wrap=True)


def _legend(bounds: Sequence[int], largest: int, square: bool) -> Text:
    """Which shade stands for how many passes a day."""
    from rich.text import Text

    line = Text(" " * GUTTER)
    line.append(*_square(NOTHING, square)).append(" 0")
    for number, (low, following) in enumerate(zip(bounds, [*bounds[1:], largest + 1], strict=True), 1):
        until = f"-{following - 1}" if following > low + 1 else ""
        line.append("  ").append(*_square(_SHADES[number], square)).append(f" {low}{until}")
    return line.append("  passes a day", "dim")


def columns(values: Sequence[int], height: int, *, close: bool = False) -> list[Text]:
    """One column a week, `height` lines high, from 0 at the foot to the largest, which is named at the left.

    `close`: without gaps, for what is there all the time.
    """
    from rich.style import Style
    from rich.text import Text

    stacked = Style.parse(_STYLE) + Style.from_meta({STACKED: True})
    largest = max(values, default=0)
    steps = [max(1, round(8 * height * value / largest)) if value else 0 for value in values]
    lines = []
    for row in range(height - 1, -1, -1):
        name = f"{largest:,}" if row == height - 1 and largest else "0" if row == 0 else ""
        line = Text(f"{name:>{GUTTER - 2}}  ", no_wrap=True)
        for step in steps:
            part = _EIGHTHS[min(max(step - 8 * row, 0), 8)]
            if row == 0 and not step:
                line.append(NOTHING + " ", "dim")
            else:
                line.append(part * WEEK if close else part, stacked).append("" if close else " ")
        lines.append(line)
    return lines


def spark(name: str, values: Sequence[int], largest: int) -> Text:
    """One line of columns, as high as it for `largest`."""
    from rich.text import Text

    line = Text(f"{name:>{GUTTER - 2}}  ", no_wrap=True)
    for value in values:
        if value:
            line.append(_EIGHTHS[max(1, round(8 * value / largest))] + " ", _STYLE)
        else:
            line.append(NOTHING + " ", "dim")
    return line
