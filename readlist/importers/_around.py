"""What the blocks around one tell of it: details below an item, papers below the name of a group."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from readlist.importers import _details, _rules, _sight, _title
from readlist.importers._blocks import Block
from readlist.importers._entry import key_of, names_paper
from readlist.importers._rules import Place
from readlist.importers._seen import Sight

GROUP = 60
"""Characters; a longer item is a sentence, not the name of a group of papers."""
_DETAILS = 4  # lines below an item in which its details begin


def detailed(blocks: Sequence[Block], at: int, references: Mapping[str, str]) -> bool:
    """Whether the lines nested under an item are details of a paper, told by their keys or as its addresses."""
    block = blocks[at]
    if block.kind != "item" or not block.depth:
        return False
    for below in blocks[at + 1 : at + 1 + _DETAILS]:
        if below.kind == "blank":
            continue
        if below.kind not in ("item", "text") or below.depth != block.depth + 1:
            return False
        if _title.is_quoted(below.text) and _title.is_wordy(below.text):
            return False  # the paper's title has a line of its own, and its details stand beside that
        keyed = key_of(below.text)
        if below.kind == "text" and _details.leads_to_paper(below, references):
            return True
        if keyed and (
            keyed[0] in ("authors", "venue")
            or (keyed[0] == "links" and (_rules.leads_to_paper(keyed[1]) or names_paper(below.text)))
        ):
            return True
    return False


def lists(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    """By the line of each item: all items of its list, those of other depths aside."""
    found: dict[int, list[Block]] = {}
    current: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "item":
            for deeper in [it for it in current if it > block.depth]:
                del current[deeper]
            found[block.first] = current.setdefault(block.depth, [])
            found[block.first].append(block)
        elif block.kind == "heading" or (block.kind != "blank" and not block.depth):
            current = {}
    return found


def heads_group(blocks: Sequence[Block], at: int, look: Callable[[Block], Sight | None]) -> bool:
    """Whether an item is the name of a group: short, without an address, and with a paper right below it."""
    block = blocks[at]
    if len(block.text) > GROUP or block.box is not None or "](" in block.text or "://" in block.text:
        return False
    following = next((b for b in blocks[at + 1 : at + 4] if b.kind != "blank"), None)
    if following is None or following.kind != "item" or following.depth != block.depth + 1:
        return False
    sight = look(following)
    return sight is not None and _rules.verdict(sight, Place(listed=True))[0]


def firm(sight: Sight) -> bool:
    """Whether a line is surely a whole entry, so that the next line is none of its own."""
    return bool(sight.ids or sight.fields.venue or sight.fields.citations is not None or sight.set_off)


def is_badges(block: Block) -> bool:
    """Whether a line holds nothing but pictures."""
    text = block.text
    if len(text) > _sight.MAX_LINE or block.kind not in ("item", "text") or ("![" not in text and "<img" not in text):
        return False
    bare = re.sub(
        r"\[?!\[[^\[\]]*\](?:\([^()]*(?:\([^()]*\))?[^()]*\)|\[[^\[\]]*\])(?:\]\([^()]*\))?|<[^<>]{0,2000}>", "", text
    )
    return not any(c.isalnum() for c in bare)
