"""What Rich draws, as a picture: one SVG file that needs nothing from elsewhere.

Rich's own export takes a font from a server, and squeezes Chinese into half its width. Here every run of letters is as
wide as its cells, whatever font draws it, and blocks and shades are rectangles, so that they meet as they should.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from readlist.domain.patterns import late
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from rich.style import Style

_CELL, _LINE, _SIZE = 9.0, 18.0, 15.0  # width of a cell, height of a line, size of letters
_MARGIN = 14.0
_FOOT = 13.5  # from the top of a line to where its letters stand
_GAP = 0.75  # around a rectangle
_FONTS = (
    "'DejaVu Sans Mono', 'Noto Sans Mono', 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', Menlo, Consolas, "
    "'PingFang SC', 'Microsoft YaHei', monospace"
)
STACKED = "stacked"
"""What is so marked (in the `meta` of its style) goes on in the line above: between the two there is no room left."""

_SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75, "█": 1.0}
_EIGHTHS = "▁▂▃▄▅▆▇"
_NO_XML = late(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def picture(drawing: Any, width: int, title: str) -> str:
    """`drawing` (anything that Rich prints), `width` cells wide, as the text of an SVG file."""
    from io import StringIO

    from rich.console import Console

    console = Console(
        file=StringIO(), width=width, force_terminal=True, color_system="truecolor", legacy_windows=False,
        markup=False, highlight=False, emoji=False, _environ={},
    )  # fmt: skip
    body: list[str] = []
    lines = console.render_lines(drawing, pad=False)
    for number, line in enumerate(lines):
        at = 0
        for text, style, control in line:
            if control or not text:
                continue
            at += _run(body, text, style, _MARGIN + at * _CELL, _MARGIN + number * _LINE)
    wide, high = _number(width * _CELL + 2 * _MARGIN), _number(len(lines) * _LINE + 2 * _MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">\n'
        f"<title>{_escaped(title)}</title>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<g font-family="{_FONTS}" font-size="{_number(_SIZE)}" style="white-space: pre">\n'
        + "\n".join(body)
        + "\n</g>\n</svg>\n"
    )


def _run(body: list[str], text: str, style: Style | None, x: float, y: float) -> int:
    """Draw a run of one style; returns its width in cells."""
    from rich.cells import cell_len

    colour, look = _look(style)
    cells = 0
    for kind, run in _pieces(text):
        left, width = x + cells * _CELL, cell_len(run) * _CELL
        cells += cell_len(run)
        if kind in _SHADES or kind in _EIGHTHS:
            share = 1.0 if kind in _SHADES else (_EIGHTHS.index(kind) + 1) / 8
            top = y + (1 - share) * _LINE
            room = 0.0 if style is not None and style.meta.get(STACKED) else min(_GAP, share * _LINE / 4)
            body.append(
                f'<rect x="{_number(left + _GAP)}" y="{_number(top + room)}" width="{_number(width - 2 * _GAP)}" '
                f'height="{_number(share * _LINE - 2 * room)}" fill="{colour}"'
                + (f' fill-opacity="{_SHADES[kind]:g}"' if _SHADES.get(kind, 1.0) < 1 else "")
                + "/>"
            )
        elif not run.isspace():
            body.append(
                f'<text x="{_number(left)}" y="{_number(y + _FOOT)}" textLength="{_number(width)}" '
                f'fill="{colour}"{look}>{_escaped(run)}</text>'
            )
    return cells


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """`text` in pieces that are drawn in one way: (a block character, "wide" or "narrow", the piece)."""
    from rich.cells import cell_len

    clusters: list[str] = []
    for character in text:
        if clusters and not cell_len(character):
            clusters[-1] += character  # an accent goes with its letter
        else:
            clusters.append(character)

    def kind(cluster: str) -> str:
        if cluster in _SHADES or cluster in _EIGHTHS:
            return cluster
        return "wide" if cell_len(cluster) == 2 else "narrow"

    for name, run in groupby(clusters, kind):
        # Not every program keeps several blanks, or one at an end, as they are; so nothing is drawn for them.
        for part in re.split(r"(  +|^ | $)", "".join(run)):
            if part:
                yield name, part


def _look(style: Style | None) -> tuple[str, str]:
    """The colour of a style on white, and its other attributes."""
    from rich.color import blend_rgb
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME as THEME

    colour = THEME.foreground_color
    if style is not None and style.color is not None and not style.color.is_default:
        colour = style.color.get_truecolor(THEME)
    if style is not None and style.dim:
        colour = blend_rgb(colour, THEME.background_color, 0.45)
    return colour.hex, ' font-weight="bold"' if style is not None and style.bold else ""


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _escaped(text: str) -> str:
    return escape(_NO_XML.sub("", one_line(text) if "\n" in text else text))
