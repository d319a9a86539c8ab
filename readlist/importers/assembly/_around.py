"""What the blocks around one tell of it: details below an item, papers below the name of a group."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from readlist.domain.patterns import late
from readlist.importers._blocks import Block
from readlist.importers.assembly import _details, _rules
from readlist.importers.assembly._rules import Place
from readlist.importers.lines import _looks, _sight, _title
from readlist.importers.lines._labels import key_of, names_paper
from readlist.importers.lines._seen import Sight

GROUP = 60
"""Characters; a longer item is a sentence, not the name of a group of papers."""
_DETAILS = 4  # lines below an item in which its details begin
_RECORD = 8  # lines below a heading in which the fields of its paper stand
_UNDER_TITLE = 6  # lines between a title and the address of its paper
_TOLD = 120  # characters
_GROUPS = 4  # groups of papers within one another
# Words of what a project says of itself above the address of its paper.
_OF_PROJECT = late(
    r"\b(?:official|implementation|repository|repo|code|released?|this|our|we|project|demo|updates?|news|papers?)\b",
    re.IGNORECASE,
)
# The name of a field, known or not, and its colon.
_LABELLED = late(r"[*_]{0,2}[\w /&、-]{2,16}[*_]{0,2}\s?[:：]")
_ADDRESS = late(r"<?https?://\S+")
# To one text; not within the page, nor a way to follow somebody.
_ONE_LINK = late(
    r"\[[^\[\]]{4,300}\]\((?!#|https?://[^()/]{0,60}(?:twitter|discord|slack|t\.me|facebook)[^()/]{0,60}/)[^()\s]{1,2000}\)"
)
_MACHINERY = late(
    r"(?:collapsed|id|created-at|updated-at|card-\w+|logseq\.\S+)::.{0,100}|:(?:LOGBOOK|END|PROPERTIES):"
    r"|CLOCK: \[.{1,100}"
)


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
            or (keyed[0] == "links" and (_looks.leads_to_paper(keyed[1]) or names_paper(below.text)))
        ):
            return True
    return False


def heads_record(blocks: Sequence[Block], at: int) -> bool:
    """Whether the lines below a heading are the fields of the paper that it names.

    Authors or venue stand there by their keys and, beside them, the paper's address or the other of the two: an author
    alone, or with a day, is that of the page.
    """
    keys: set[str] = set()
    for below in blocks[at + 1 : at + 1 + _RECORD]:
        if below.kind == "blank":
            continue
        if below.kind not in ("item", "text") or below.depth > 1 or _title.announces(re.split("[:：]", below.text)[0]):
            break
        keyed = key_of(below.text)
        if keyed is None and not keys and not _LABELLED.match(below.text):
            break
        if keyed and (keyed[0] != "links" or _looks.leads_to_paper(keyed[1])):
            keys.add(keyed[0])
    return len(keys & {"authors", "venue", "links"}) > 1 and not keys.isdisjoint(("authors", "venue"))


def heads_fields(blocks: Sequence[Block], at: int, sight: Sight, *, address: bool = False) -> bool:
    """Whether a line is the title over the fields of its paper: lines with keys, one with the paper's address, or, if
    `address`, a line that is the address alone.

    What a page says of itself above such a line ("Official implementation") is no title.
    """
    block = blocks[at]
    if block.kind not in ("item", "text") or not sight.whole or sight.links or sight.fields.any:
        return False
    if key_of(block.text) and not sight.fields.announced:
        return False
    if not sight.fields.announced and not sight.named_in_bracket:
        if not _looks.is_latin_title(sight.title, 2) or block.text.rstrip().endswith((".", "!", ":", "：", ",")):
            return False
        if _OF_PROJECT.search(sight.title):
            return False
    below = [one for one in blocks[at + 1 : at + 2 + 2 * _UNDER_TITLE] if one.kind != "blank"]
    for one in below[:_UNDER_TITLE]:
        if one.kind not in ("item", "text") or one.depth != block.depth or one.box is not None:
            return False
        if names_paper(one.text):
            return True
        alone = address and one is below[0] and not one.bullet and _ADDRESS.fullmatch(one.text) is not None
        if alone and _title.is_wordy(sight.title) and _looks.leads_to_paper(one.text):
            return True
        keyed = key_of(one.text)
        if keyed and keyed[0] == "links" and _looks.leads_to_paper(keyed[1]):
            return True
        if not (_LABELLED.match(one.text) or (sight.fields.announced and keyed)):
            return False
    return False


def in_paragraph(blocks: Sequence[Block], at: int, line: int) -> bool:
    """Whether the block goes on with the paragraph that begins in `line`."""
    start = next((n for n in range(at, max(at - _DETAILS - 1, -1), -1) if not blocks[n].continues), at)
    return start < at and blocks[start].first == line


def has_items(blocks: Sequence[Block], at: int) -> bool:
    """Whether items of a list are nested in the block."""
    below = next((one for one in blocks[at + 1 : at + 4] if one.kind != "blank"), None)
    return below is not None and below.kind == "item" and below.depth > blocks[at].depth > 0


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
    """Whether an item is the name of a group: short, without an address, and with a paper right below it, or the name
    of a group within it."""
    for _ in range(_GROUPS):
        block = blocks[at]
        if len(block.text) > GROUP or block.box is not None or "](" in block.text or "://" in block.text:
            return False
        at = next((n for n in range(at + 1, min(at + 4, len(blocks))) if blocks[n].kind != "blank"), at)
        following = blocks[at]
        if following.kind != "item" or following.depth != block.depth + 1:
            return False
        sight = look(following)
        if sight is not None and _rules.verdict(sight, Place(listed=True))[0]:
            return True
    return False


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


def is_labelled(block: Block) -> bool:
    """Whether an item begins with a word or two and a colon, as the fields of a record do, known or not."""
    return block.kind == "item" and block.box is None and _LABELLED.match(block.text) is not None


def is_prose(block: Block) -> bool:
    """Whether a line is running text, behind which the fields of a record do not go on."""
    return len(block.text) > _TOLD and _LABELLED.match(block.text) is None


def is_machinery(block: Block) -> bool:
    """Whether a line is what an outliner (Logseq, org-mode) writes for itself."""
    return ":" in block.text[:40] and _MACHINERY.fullmatch(block.text.strip()) is not None


def in_list_of_links(blocks: Sequence[Block], at: int) -> bool:
    """Whether a paragraph is one link and nothing else, and so is the one above or below: a list without bullets."""

    def linked(block: Block) -> bool:
        if block.kind != "text" or block.depth or not block.text.startswith("["):
            return False
        return _ONE_LINK.fullmatch(block.text.strip()) is not None

    if not linked(blocks[at]):
        return False
    above = next((blocks[n] for n in range(at - 1, max(at - 4, -1), -1) if blocks[n].kind != "blank"), None)
    below = next((blocks[n] for n in range(at + 1, min(at + 4, len(blocks))) if blocks[n].kind != "blank"), None)
    return (above is not None and linked(above)) or (below is not None and linked(below))
