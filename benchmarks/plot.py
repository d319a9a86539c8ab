"""The growth of commands as a picture: seconds over papers, both by powers of ten; an SVG file that needs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10
from xml.sax.saxutils import escape

_WIDE, _HIGH, _LEFT, _TOP, _RIGHT, _BOTTOM = 800, 520, 70, 20, 220, 50
_COLOURS = (
    "#1b6ca8",
    "#c8553d",
    "#3a7d44",
    "#7b4b94",
    "#b8860b",
    "#2f8f9d",
    "#8c2f39",
    "#555555",
    "#d46a9f",
    "#4f6d0f",
    "#0f4c81",
    "#a0522d",
)
_FONTS = "'DejaVu Sans', 'DejaVu Sans Mono', Helvetica, Arial, sans-serif"
_SPACE = 15  # between names at the right

Series = Mapping[str, Sequence[tuple[int, float]]]
"""By name: (papers, seconds)."""


def drawn(series: Series, title: str) -> str:
    """The picture as text."""
    points = [point for line in series.values() for point in line]
    if not points:
        return ""
    papers = sorted({count for count, _ in points})
    low = 10 ** int(log10(min(seconds for _, seconds in points)) - 1)
    high = 10 ** int(log10(max(seconds for _, seconds in points)) + 1 - 1e-9)
    high = max(high, low * 10)

    def x(count: float) -> float:
        span = log10(papers[-1] / papers[0]) or 1
        return _LEFT + (_WIDE - _LEFT - _RIGHT) * log10(count / papers[0]) / span

    def y(seconds: float) -> float:
        return _HIGH - _BOTTOM - (_HIGH - _TOP - _BOTTOM) * log10(seconds / low) / log10(high / low)

    body: list[str] = []
    for count in papers:
        body.append(_line(x(count), _TOP, x(count), _HIGH - _BOTTOM))
        body.append(_text(x(count), _HIGH - _BOTTOM + 20, f"{count:,}", "middle"))
    body.append(_text((_LEFT + _WIDE - _RIGHT) / 2, _HIGH - 10, "papers in the library", "middle"))
    tick = low
    while tick <= high * 1.001:
        body.append(_line(_LEFT, y(tick), _WIDE - _RIGHT, y(tick)))
        body.append(_text(_LEFT - 8, y(tick) + 4, _duration(tick), "end"))
        tick *= 10
    names: list[tuple[float, str, str]] = []
    for number, (name, line) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = " ".join(f"{x(count):.1f},{y(seconds):.1f}" for count, seconds in line)
        body.append(f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"/>')
        body += [f'<circle cx="{x(c):.1f}" cy="{y(s):.1f}" r="3" fill="{colour}"/>' for c, s in line]
        names.append((y(line[-1][1]), f"{name} {_duration(line[-1][1])}", colour))
    at, left = float("-inf"), len(names)
    for place, name, colour in sorted(names):
        left -= 1
        at = max(min(place, _HIGH - _BOTTOM - left * _SPACE), at + _SPACE)  # the last one ends above the edge, too
        body.append(_text(_WIDE - _RIGHT + 10, at + 4, name, "start", colour))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}">\n'
        f'<title>{escape(title)}</title>\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<g font-family="{_FONTS}" font-size="12">\n' + "\n".join(body) + "\n</g>\n</svg>\n"
    )


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="#dddddd"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'


def _duration(seconds: float) -> str:
    return f"{seconds:,.3g} s" if seconds >= 1 else f"{seconds * 1000:,.3g} ms"
