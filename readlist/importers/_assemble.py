"""Blocks put together: which topic, entry or note each line belongs to, and the account of all lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing, TopicNote, TopicPath
from readlist.domain.text import one_line
from readlist.importers import _details, _flat, _inline, _row, _rules, _sight
from readlist.importers._blocks import Block, Page
from readlist.importers._entry import Draft, key_of
from readlist.importers._rules import Place
from readlist.importers._sight import Sight

# A heading that promises papers. "Paper" alone is more often the heading of one paper, or of the page.
_PAPERS = re.compile(
    r"papers\b|paper[ -]?list|paper(?=[和与及、等])|\bpublications\b|\breadings\b|\breading list|\bto[- ]read\b"
    r"|\bsurveys\b"
    r"|\breferences\b|论文|文献|综述|阅读列表",
    re.IGNORECASE,
)
_GROUP = 60  # characters; a longer item is a sentence, not the name of a group of papers
_DETAILS = 4  # lines below an item in which its details begin
_WRAPPED = 3  # lines that one hard-wrapped entry takes at most
_ITEM_LEVEL = 100  # topics made of list items lie below all headings


@dataclass(slots=True)
class _Topic:
    level: int
    name: str
    leaf: bool = False


def assemble(page: Page) -> Listing:
    """The listing that the blocks of `page` make."""
    return _Assembly(page).run()


class _Assembly:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.blocks = page.blocks
        self.topics: list[_Topic] = []
        self.seen: dict[TopicPath, None] = {}
        self.open: list[Draft] = []
        self.done: list[Draft] = []
        self.topic_notes: list[TopicNote] = []
        self.ignored: list[Ignored] = []
        self.lines = dict.fromkeys(LINE_KINDS, 0)
        self.sights: dict[int, Sight | None] = {}
        self.last: Draft | None = None  # the entry that the line before named or completed

    def run(self) -> Listing:
        if self.page.flat:
            self._find_headings()
        at = 0
        while at < len(self.blocks):
            at += self._take(at)
        entries: tuple[Entry, ...] = tuple(draft.entry() for draft in self.done)
        return Listing("page", tuple(self.seen), entries, tuple(self.topic_notes), self.lines, tuple(self.ignored))

    # what is seen -----------------------------------------------------------------------------------------------

    def _look(self, block: Block) -> Sight | None:
        if block.first not in self.sights:
            self.sights[block.first] = _sight.look(block, self.page.references)
        return self.sights[block.first]

    def _find_headings(self) -> None:
        promised: set[int] = set()
        hint = False
        for block in self.blocks:
            if block.kind == "text" and len(block.text) <= _GROUP:
                hint = _PAPERS.search(block.text) is not None
            elif hint:
                promised.add(block.first)

        def is_entry(block: Block) -> bool:
            sight = self._look(block)
            place = Place(flat=True, papers=block.first in promised, listed=block.bullet)
            return sight is not None and _rules.verdict(sight, place)[0]

        _flat.outline(self.blocks, is_entry)

    # where things stand -----------------------------------------------------------------------------------------

    @property
    def path(self) -> TopicPath:
        return tuple(topic.name for topic in self.topics)

    def _enter(self, level: int, name: str, leaf: bool = False) -> None:
        while self.topics and self.topics[-1].level >= level:
            self.topics.pop()
        if name:
            self.topics.append(_Topic(level, name, leaf))
            self.seen.setdefault(self.path)

    def _close(self, block: Block) -> None:
        """Close the entries and groups that `block` does not stand under."""
        while self.open:
            draft = self.open[-1]
            if draft.level is not None:
                break
            if draft.depth and block.depth <= draft.depth:
                self.open.pop()
            else:
                break
        while (
            self.topics and self.topics[-1].level >= _ITEM_LEVEL and block.depth <= self.topics[-1].level - _ITEM_LEVEL
        ):
            self.topics.pop()

    def _take(self, at: int) -> int:
        """Give the block at `at` its place; the number of blocks used up."""
        block = self.blocks[at]
        if block.kind == "blank":
            self.lines["blank"] += block.count
        elif block.kind == "noise":
            self._ignore(block, block.reason)
        elif block.kind == "heading":
            self._heading(block)
        elif block.kind == "raw":
            self._close(block)
            self._note(block)
        elif block.kind == "row" and not block.cells:
            self._columns(block)
        else:
            self._close(block)
            return self._line(at)
        if block.kind not in ("blank", "noise"):
            self.last = None
        return 1

    def _ignore(self, block: Block, reason: str) -> None:
        self.lines["ignored"] += block.count
        self.ignored.append(Ignored(block.first, block.text, reason))

    def _columns(self, block: Block) -> None:
        names = [_inline.plain(cell).strip().casefold() for cell in block.text.strip("|").split("|")]
        if any(_row.role(name) != "other" for name in names) or not any(names):
            self._ignore(block, "the names of a table's columns")
        else:
            self._close(block)
            self._note(block)

    def _heading(self, block: Block) -> None:
        self.lines["topics"] += block.count
        if block.continues:
            return
        over = next((draft for draft in self.open if draft.level is not None and draft.level < block.depth), None)
        if over and not self.page.flat:
            self.open = [draft for draft in self.open if draft.level is not None]
            self.lines["topics"] -= block.count
            if _details.absorb(block, over, self.page.references):
                self.lines["papers"] += block.count
            else:
                self.lines["notes"] += block.count
                over.notes.append("#" * block.depth + " " + block.text)
            return
        self.open = []
        name = one_line(
            _inline.plain(
                "".join(s.text for s in _inline.spans(block.text[:2000], self.page.references) if s.style != "image")
            )
        )
        if not self.page.flat:
            sight = self._look(block)
            if sight is not None and _rules.verdict(sight, Place(heading=True))[0]:
                self._enter(block.depth, "")
                draft = Draft(block.first, sight, self.path, depth=0, level=block.depth)
                self.open = [draft]
                self.done.append(draft)
                self.lines["topics"] -= block.count
                self.lines["papers"] += block.count
                return
        self._enter(block.depth, name.strip(" #"), block.reason == "leaf")

    # lines ------------------------------------------------------------------------------------------------------

    def _place(self, block: Block) -> Place:
        under = bool(self.open) and (
            self.open[-1].level is not None or (block.depth > self.open[-1].depth and not self.page.flat)
        )
        return Place(
            flat=self.page.flat,
            under=under,
            papers=bool(self.topics) and any(_PAPERS.search(topic.name) for topic in self.topics[-2:]),
            listed=block.bullet or block.kind == "row",
        )

    def _line(self, at: int) -> int:
        block = self.blocks[at]
        place = replace(self._place(block), detailed=self._detailed(at))
        sight = self._look(block)
        used = 1
        if self._completes(block):
            self.lines["papers"] += block.count
            return 1
        accepted, reason = _rules.verdict(sight, place) if sight else (False, "")
        if not self.page.flat and not (sight and accepted and _firm(sight)):
            joined, lines = self._joined(at, place, sight if accepted else None)
            if joined is not None:
                sight, accepted, used = joined, True, lines
        if sight is None or not accepted:
            if not place.under:
                self.last = None
            self._other(at, place, reason)
            return 1
        if self.page.flat:
            self.open = []
            if self.topics and self.topics[-1].leaf and not block.bullet:
                self.topics.pop()
        elif not block.depth or (self.open and self.open[-1].level is None and self.open[-1].depth >= block.depth):
            self.open = [draft for draft in self.open if draft.level is not None]
        self.lines["papers"] += sum(part.count for part in self.blocks[at : at + used])
        draft = Draft(block.first, sight, self.path, block.depth)
        if not sight.title and self.topics and not self.page.flat:
            sight.title = _rules.title_of_heading(self.topics[-1].name)
        self.last = draft
        self.open.append(draft)
        self.done.append(draft)
        return used

    def _completes(self, block: Block) -> bool:
        """Whether the line is a detail by its key ("论文：address") of the entry just above, beside which it stands."""
        last = self.last
        if last is None or self.page.flat or last.depth != block.depth or not last.depth:
            return False
        keyed = key_of(block.text)
        if keyed is None or (keyed[0] == "links" and last.sight.ids and _rules.leads_to_paper(keyed[1])):
            return False
        return _details.absorb(block, last, self.page.references)

    def _joined(self, at: int, place: Place, alone: Sight | None) -> tuple[Sight | None, int]:
        """The entry that a line makes together with those that continue its paragraph (a hard-wrapped page)."""
        block, text = self.blocks[at], self.blocks[at].text
        if block.kind not in ("item", "text") or block.continues:
            return None, 0
        for used in range(2, _WRAPPED + 1):
            if at + used > len(self.blocks) or not self.blocks[at + used - 1].continues:
                break
            text = f"{text} {self.blocks[at + used - 1].text}"
            sight = _sight.look(replace(block, text=text), self.page.references)
            if sight is None or not _firm(sight) or not _rules.verdict(sight, place)[0] or sight.remarks:
                continue
            if alone is None or (sight.title.startswith(alone.title) and not alone.set_off):
                return sight, used
        return None, 0

    def _other(self, at: int, place: Place, reason: str) -> None:
        """A line that is no entry: a detail or note of one, the name of a group, or a note of the topic."""
        block = self.blocks[at]
        if reason.startswith("a link within the page"):
            self._ignore(block, reason)
            return
        if _is_badges(block, self.page.references):
            self._ignore(block, "badges or pictures alone")
            return
        if place.under and _details.absorb(block, self.open[-1], self.page.references):
            self.lines["papers"] += block.count
            return
        if not self.open and block.kind == "item" and block.depth and self._heads_group(at):
            self.lines["topics"] += block.count
            self._enter(_ITEM_LEVEL + block.depth, one_line(_inline.plain(block.text)).strip(" :："))
            return
        self._note(block)

    def _detailed(self, at: int) -> bool:
        """Whether the lines nested under an item are details of a paper, told by their keys."""
        block = self.blocks[at]
        if block.kind != "item" or not block.depth:
            return False
        for below in self.blocks[at + 1 : at + 1 + _DETAILS]:
            if below.kind == "blank":
                continue
            if below.kind not in ("item", "text") or below.depth != block.depth + 1:
                return False
            keyed = key_of(below.text)
            if keyed and (
                keyed[0] in ("authors", "venue") or (keyed[0] == "links" and _rules.leads_to_paper(keyed[1]))
            ):
                return True
        return False

    def _heads_group(self, at: int) -> bool:
        block = self.blocks[at]
        if len(block.text) > _GROUP or block.box is not None or "](" in block.text or "://" in block.text:
            return False
        following = next((b for b in self.blocks[at + 1 : at + 4] if b.kind != "blank"), None)
        if following is None or following.kind != "item" or following.depth != block.depth + 1:
            return False
        sight = self._look(following)
        return sight is not None and _rules.verdict(sight, Place(listed=True))[0]

    def _note(self, block: Block) -> None:
        self.lines["notes"] += block.count
        box = "" if block.box is None else f"[{block.box}] "
        if self.open:
            draft = self.open[-1]
            nested = max(0, block.depth - draft.depth - 1)
            marker = "- " if nested and block.bullet and block.kind == "item" else ""
            draft.notes.append("  " * nested + marker + box + block.text)
        else:
            nested = max(0, block.depth - 1)
            marker = "- " if nested and block.bullet and block.kind == "item" else ""
            self.topic_notes.append(TopicNote(block.first, self.path, "  " * nested + marker + box + block.text))


def _firm(sight: Sight) -> bool:
    return bool(sight.ids or sight.fields.venue or sight.fields.citations is not None or sight.set_off)


def _is_badges(block: Block, references: object) -> bool:
    text = block.text
    if len(text) > _sight.MAX_LINE or block.kind not in ("item", "text") or ("![" not in text and "<img" not in text):
        return False
    bare = re.sub(
        r"\[?!\[[^\[\]]*\](?:\([^()]*(?:\([^()]*\))?[^()]*\)|\[[^\[\]]*\])(?:\]\([^()]*\))?|<[^<>]{0,2000}>", "", text
    )
    return not any(c.isalnum() for c in bare)
