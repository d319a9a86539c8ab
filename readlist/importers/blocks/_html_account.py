"""Which block owns which lines of a web page's file. Their sum is the number of lines, whatever the page is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from readlist.importers._blocks import Block, Page


@dataclass(slots=True)
class Web:
    """A web page as blocks. `first` of a block is its place among them, `lines` has the line of the file of each.

    `total` is the number of lines of the file. `plain` is the text of a page that is one preformatted text and nothing
    else, `above` the number of lines before it.
    """

    page: Page
    lines: list[int]
    total: int
    plain: str | None = None
    above: int = 0


Places = Mapping[tuple[str, str], Sequence[tuple[int, int]]]


def account(made: Iterable[tuple[Block, int]], noise: Places, total: int) -> Web:
    """The blocks, each with the lines that it owns: of those that two stand on, the first. Noise takes what is left.

    `made` are blocks with the last line of each, `noise` (reason, text) with first and last lines. What noise leaves
    is blank. Blocks are numbered by their order, as recognisers tell them apart by it.
    """
    owned = bytearray(total + 2)

    def own(first: int, last: int) -> int:
        free = [line for line in range(first, min(last, total) + 1) if not owned[line]]
        for line in free:
            owned[line] = 1
        return len(free)

    blocks: list[Block] = []
    for block, last in made:
        block.count = own(block.first, last)
        blocks.append(block)
    for (reason, said), places in noise.items():
        shown = False
        for first, last in places:
            count = own(first, last)
            # Of what owns no line, one of a kind is told; comments are not.
            if count or not (shown or reason == "a comment"):
                blocks.append(Block("noise", first, said, count=count, reason=reason))
                shown = True
    rest = total - sum(owned)
    if rest:
        blocks.append(Block("blank", total, count=rest))
    numbers = [min(block.first, total) for block in blocks]
    for place, block in enumerate(blocks, 1):
        block.first = place
    return Web(Page(blocks), numbers, total)
