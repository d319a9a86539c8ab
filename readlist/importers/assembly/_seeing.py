"""What is seen on the blocks of one page: each is looked at once, and some tell what they are only together."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cache

from readlist.importers._blocks import Block, Page
from readlist.importers.assembly import (
    _around,
    _details,
    _posts,
    _rules,
    _topics,
)
from readlist.importers.assembly._rules import Place
from readlist.importers.blocks import _flat
from readlist.importers.lines import (
    _days,
    _legend,
    _looks,
    _sight,
)
from readlist.importers.lines._labels import key_of
from readlist.importers.lines._seen import Sight

_WRAPPED = 3  # lines that one hard-wrapped entry takes at most
_OPENING = 3  # lines in which a page says what it is


class Seeing:
    """The sights of a page, with what the page says of itself: its `legend`, and whether it is a `diary`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.blocks = page.blocks
        self.legend = _legend.find(self.blocks)
        self.diary = self._is_diary()
        self._sights: dict[int, Sight | None] = {}
        self._lists: dict[int, list[Block]] | None = None
        self._told: dict[int, bool] = {}
        self._most: dict[int, bool] = {}  # by the first line of a list: whether most of it are papers

    def look(self, block: Block) -> Sight | None:
        """What `block` shows; None if it can show nothing."""
        if block.first not in self._sights:
            sight = _sight.look(block, self.page.references, self.legend, self.diary)
            if sight is not None:
                for name, value in sight.keyed:
                    _details.set_field(sight, name, value, self.page.references, self.legend)
            self._sights[block.first] = sight
        return self._sights[block.first]

    def among_papers(self, block: Block) -> bool:
        """Whether most items of the block's list are papers, by what stands in them alone."""
        items = self._list_of(block)
        if len(items) < 3:
            return False
        if items[0].first not in self._most:
            sights = [sight for item in items if (sight := self.look(item)) is not None]
            place = Place(flat=self.page.flat, listed=True)
            papers = sum(_rules.verdict(sight, place)[0] for sight in sights)
            self._most[items[0].first] = 2 * papers >= len(items)
        return self._most[items[0].first]

    def is_told(self, block: Block) -> bool:
        """Whether the block's list goes on with a sentence that ends in a colon and speaks of no papers."""
        items = self._list_of(block)
        if not items:
            return False
        first = items[0].first
        if first not in self._told:
            at = bisect_left(self.blocks, first, key=lambda one: one.first)
            above = next((one for one in reversed(self.blocks[max(0, at - 3) : at]) if one.kind != "blank"), None)
            self._told[first] = (
                above is not None
                and above.kind == "text"
                and above.text.rstrip(" *_").endswith((":", "："))
                and not _topics.promises_papers(above.text)
            )
        return self._told[first]

    def _list_of(self, block: Block) -> list[Block]:
        if self._lists is None:
            self._lists = _around.lists(self.blocks)
        return self._lists.get(block.first, [])

    def joined(self, at: int, place: Place, alone: Sight | None) -> tuple[Sight | None, int]:
        """The entry that a line makes together with those that continue its paragraph (a hard-wrapped page), and how
        many lines that are; `alone` is the one that it makes without them."""
        block, text = self.blocks[at], self.blocks[at].text
        broken = is_broken(text)
        if block.kind not in ("item", "text") or block.continues:
            return None, 0
        for used in range(2, _WRAPPED + 1):
            if at + used > len(self.blocks) or not self.blocks[at + used - 1].continues:
                break
            if key_of(self.blocks[at + used - 1].text) is not None:  # "会议：…": a field with a line of its own
                break
            text = f"{text} {self.blocks[at + used - 1].text}"
            sight = _sight.look(replace(block, text=text), self.page.references, self.legend, self.diary)
            if sight is None or not (_around.firm(sight) or _looks.paper_address(sight)):
                continue
            if not _rules.verdict(sight, place)[0] or (sight.remarks and not broken):
                continue
            if alone is None or broken or (sight.title.startswith(alone.title) and not alone.set_off):
                return sight, used
        return None, 0

    def find_headings(self, posts: _posts.Posts) -> None:
        """Turn the lines of a flat page that are headings into blocks of that kind."""
        promised: set[int] = set()
        hint = False
        blocks = self.blocks[: min(posts.titles)] if posts.titles else self.blocks
        numbered = {block.first: at for at, block in enumerate(blocks)}
        for block in blocks:
            if block.kind == "text" and len(block.text) <= _around.GROUP:
                hint = _topics.promises_papers(block.text)
            elif hint:
                promised.add(block.first)

        @cache
        def is_listed(first: int) -> bool:
            block = blocks[numbered[first]]
            sight = self.look(block)
            if sight is None:
                return False
            titles = _around.heads_fields(blocks, numbered[first], sight)
            place = Place(flat=True, papers=block.first in promised, listed=block.bullet, detailed=titles)
            return _rules.verdict(sight, place)[0]

        def is_entry(block: Block) -> bool:
            return is_listed(block.first)

        _flat.outline(blocks, is_entry)

    def _is_diary(self) -> bool:
        """Whether the page says in a heading or at its beginning that it tells what was read when."""
        seen = 0
        for block in self.blocks:
            if block.kind in ("blank", "noise"):
                continue
            seen += 1
            if (block.kind == "heading" or seen <= _OPENING) and _days.is_diary(block.text):
                return True
        return False


def is_broken(text: str) -> bool:
    """Whether a link begins in a line and goes on in the next."""
    return text.count("[") > text.count("]")
