"""The stream that every shape of page is read into: blocks of text, each knowing its lines and its place.

Shapes (`_markdown`, `_flat`, later HTML) make blocks; the recognisers (`_sight`, `_rules`) look at blocks alone.
A new shape is a new maker of blocks, a new kind of entry a new rule; neither knows of the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from readlist.domain.patterns import late

ENUMERATED = late(r"\s*(?:\d{1,3}、|[(（]\d{1,3}[)）]|\[\d{1,3}\](?![(:\[])|[①-⑳])\s*(?=[^\s\d])")
"""The number that begins a line of a list which Markdown takes for running text: 1、 (1) （1） [1] ①."""
# "1.Title", "１．题目": a number only where the lines count on, as a version or a day ("2.Mai") begins a line as well.
_GLUED = late(r"(?P<number>\d{1,3})(?:[.．](?=[A-Za-z\u4e00-\u9fff《【「『“\"\[(（*])|．(?=[ \t]*\S))")

BlockKind = Literal["heading", "item", "text", "row", "raw", "noise", "blank"]


@dataclass(slots=True)
class Block:
    """One line of text with its place on the page, or several lines that only count together (`raw`, `noise`).

    `first` is the line's number from 1, `count` how many lines the block owns. `text` is the line less markers
    (`-`, `1.`, `#`, `[x]`, `>`); `box` the task box that stood there (" ", "x", "/", ">" or "-"). `depth` is the
    nesting: 0 outside of lists, 1 for an item of an outer list, one more for what stands inside an item; for a heading
    it is the level.
    `continues` says that the line goes on in the paragraph of the block before. A `row` has `cells`: (column name in
    lower case, text). `reason` says why a `noise` block means nothing. `indent` is that of the text in its line.
    """

    kind: BlockKind
    first: int
    text: str = ""
    depth: int = 0
    count: int = 1
    box: str | None = None
    continues: bool = False
    cells: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    indent: int = 0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page as blocks in the order of lines. `references` maps folded labels of `[text][label]` to addresses."""

    blocks: list[Block]
    references: Mapping[str, str] = field(default_factory=dict)
    flat: bool = False


def counted(lines: Sequence[str]) -> frozenset[int]:
    """The lines (from 0) of a list whose numbers stand close to the text ("1.Title"): of these the next or the one
    before has the next number or the one before."""
    begun = [(at, bare) for at, line in enumerate(lines) if (bare := line.lstrip())[:1].isdigit()]
    found = [(at, int(it["number"])) for at, bare in begun if (it := _GLUED.match(bare))]
    return frozenset(at for one, other in pairwise(found) if other[1] == one[1] + 1 for at in (one[0], other[0]))


def lines_of(text: str) -> list[str]:
    """The lines of `text` as they are counted: split at line feeds, less a last empty one; `\\r` is cut off."""
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]
