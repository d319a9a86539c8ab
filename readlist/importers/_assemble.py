"""Blocks put together: which topic, entry or note each line belongs to, and the account of all lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing, Mark, TopicNote, TopicPath
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.importers import (
    _around,
    _days,
    _details,
    _flat,
    _inline,
    _legend,
    _marks,
    _mentions,
    _posts,
    _row,
    _rules,
    _sight,
    _states,
)
from readlist.importers._blocks import Block, Page
from readlist.importers._entry import Draft, key_of, names_paper
from readlist.importers._rules import Place
from readlist.importers._seen import Sight

# A heading that promises papers. "Paper" alone is more often the heading of one paper, or of the page.
_PAPERS = late(
    r"papers\b|paper[ -]?list|paper(?=[和与及、等])|\bpublications\b|\breadings\b|\breading list|\bto[- ]read\b"
    r"|\bsurveys\b|\b(?:text)?books\b"
    r"|\breferences\b|论文|文献|综述|阅读列表|书籍|教材",
    re.IGNORECASE,
)
# "Last updated: 2017-06-17" as a heading tells of the page and names no topic.
_STAMP = late(
    rf"(?:last\s+)?(?:updated?|modified|更新)(?:\s+(?:on|at|date)|日期|时间|于)?\s*[:：]?\s*{_days.DAY}", re.IGNORECASE
)
_STAMPED = ("updat", "modif", "更新")
_WRAPPED = 3  # lines that one hard-wrapped entry takes at most
_OPENING = 3  # lines in which a page says what it is
_ITEM_LEVEL = 100  # topics made of list items lie below all headings


@dataclass(slots=True)
class _Topic:
    level: int
    name: str
    leaf: bool = False
    bare: bool = True  # nothing but headings stood below it so far
    papers: bool = False  # its name promises papers
    mark: Mark | None = None  # what its name says of all that stands under it


def assemble(page: Page, *, mentions: bool = False) -> Listing:
    """The listing that the blocks of `page` make; with `mentions` also of the papers that notes name."""
    return _Assembly(page, mentions).run()


class _Assembly:
    def __init__(self, page: Page, mentions: bool) -> None:
        self.page = page
        self.mentions = mentions
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
        self.lists: dict[int, list[Block]] = {}
        self.most: dict[int, bool] = {}  # by the first line of a list: whether most of it are papers
        self.legend = _legend.find(self.blocks)
        self.posts = _posts.find(self.blocks)
        self.diary = self._is_diary()

    def run(self) -> Listing:
        if self.page.flat:
            self._find_headings()
        self.lists = _around.lists(self.blocks)
        at = 0
        while at < len(self.blocks):
            at += self._take_post(at) or self._take(at)
        entries: tuple[Entry, ...] = tuple(draft.entry() for draft in self.done)
        return Listing("page", tuple(self.seen), entries, tuple(self.topic_notes), self.lines, tuple(self.ignored))

    # what is seen -----------------------------------------------------------------------------------------------

    def _look(self, block: Block) -> Sight | None:
        if block.first not in self.sights:
            sight = _sight.look(block, self.page.references, self.legend, self.diary)
            if sight is not None:
                for name, value in sight.keyed:
                    _details.set_field(sight, name, value, self.page.references, self.legend)
            self.sights[block.first] = sight
        return self.sights[block.first]

    def _among_papers(self, block: Block) -> bool:
        """Whether most items of the block's list are papers, by what stands in them alone."""
        items = self.lists.get(block.first, [])
        if len(items) < 3:
            return False
        if items[0].first not in self.most:
            sights = [sight for item in items if (sight := self._look(item)) is not None]
            place = Place(flat=self.page.flat, listed=True)
            papers = sum(_rules.verdict(sight, place)[0] for sight in sights)
            self.most[items[0].first] = 2 * papers >= len(items)
        return self.most[items[0].first]

    def _find_headings(self) -> None:
        promised: set[int] = set()
        hint = False
        blocks = self.blocks[: min(self.posts.titles)] if self.posts.titles else self.blocks
        numbered = {block.first: block for block in blocks}
        for block in blocks:
            if block.kind == "text" and len(block.text) <= _around.GROUP:
                hint = _PAPERS.search(block.text) is not None
            elif hint:
                promised.add(block.first)

        @cache
        def is_listed(first: int) -> bool:
            block = numbered[first]
            sight = self._look(block)
            place = Place(flat=True, papers=block.first in promised, listed=block.bullet)
            return sight is not None and _rules.verdict(sight, place)[0]

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

    # where things stand -----------------------------------------------------------------------------------------

    @property
    def path(self) -> TopicPath:
        return tuple(topic.name for topic in self.topics)

    def _enter(self, level: int, name: str, leaf: bool = False) -> None:
        while self.topics and self.topics[-1].level >= level:
            self.topics.pop()
        if name:
            self.topics.append(
                _Topic(level, name, leaf, papers=_PAPERS.search(name) is not None, mark=_states.of_heading(name))
            )
            self.seen.setdefault(self.path)

    def _leave(self, level: int) -> None:
        """Leave the topics that a paper's heading ends. One of the same level stays if only such headings follow it:
        it is the headline of the papers below."""
        while self.topics and self.topics[-1].level >= level:
            if self.topics[-1].level == level and self.topics[-1].bare:
                break
            self.topics.pop()

    def _close(self, block: Block) -> None:
        """Close the entries and groups that `block` does not stand under."""
        while self.open:
            draft = self.open[-1]
            if draft.level is not None:
                break
            if (draft.depth and block.depth <= draft.depth) or (draft.sight.row and not _row.goes_on(block)):
                self.open.pop()  # below a row of a table stands what goes on with it alone
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

    def _take_post(self, at: int) -> int:
        """Give a block of a blog's listing its place; 0 if it is none."""
        block, post = self.blocks[at], self.posts.titles.get(at)
        if at in self.posts.bylines and self.open:
            self.lines["papers"] += block.count
            self._open_post(block, post) if post else None
            return 1
        if post:
            self.lines["papers"] += block.count
            self._open_post(block, post)
            return 1
        if at == self.posts.end:
            self.open = []
            self._ignore(block, "what a blog's page has below its posts")
            return 1
        if self.page.flat and self.posts.holds(at) and block.kind not in ("blank", "noise"):
            self._note(block)
            return 1
        return 0

    def _open_post(self, block: Block, post: _posts.Post) -> None:
        links = [(s.text, s.href) for s in _inline.spans(block.text, self.page.references) if s.href is not None]
        marked = _marks.take(post.title, self.legend)
        title = one_line(_inline.plain(marked.text)) or one_line(_inline.plain(post.title))
        sight = Sight(block.text, title=title, by=True, published=post.published, mark=marked.mark)
        sight.depth, sight.finished = marked.depth, marked.finished
        if block.kind == "heading" or links:
            shown = self._look(replace(block, kind="text"))
            sight.title = shown.title if shown and shown.set_off == "link" and shown.title else sight.title
            sight.links = shown.links if shown else []
            sight.title_href = shown.title_href if shown else None
        sight.fields.authors = [post.author] if post.author else []
        sight.remarks = [text for text in (marked.remark, post.rest) if text]
        if block.kind == "heading":
            self._enter(block.depth, "")
        draft = Draft(block.first, sight, self.path, block.depth, block.depth if block.kind == "heading" else None)
        self.open = [draft]
        self.done.append(draft)

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
        if _stamp(block.text):
            self._note(block)
            return
        self.lines["topics"] += block.count
        if block.continues:
            return
        over = next((draft for draft in self.open if draft.level is not None and draft.level < block.depth), None)
        if over and not self.page.flat:
            self.open = [draft for draft in self.open if draft.level is not None]
            self.lines["topics"] -= block.count
            if _details.absorb(block, over, self.page.references, self.legend):
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
                self._leave(block.depth)
                draft = Draft(block.first, sight, self.path, depth=0, level=block.depth)
                self.open = [draft]
                self.done.append(draft)
                self.lines["topics"] -= block.count
                self.lines["papers"] += block.count
                return
        self._enter(block.depth, name.strip(" #"), block.reason == "leaf")

    # lines ------------------------------------------------------------------------------------------------------

    def _place(self, block: Block, detailed: bool) -> Place:
        under = bool(self.open) and (
            self.open[-1].level is not None or (block.depth > self.open[-1].depth and not self.page.flat)
        )
        return Place(
            flat=self.page.flat,
            under=under,
            papers=bool(self.topics) and any(topic.papers for topic in self.topics[-2:]),
            listed=block.bullet or block.kind == "row",
            detailed=detailed,
        )

    def _line(self, at: int) -> int:
        block = self.blocks[at]
        place = self._place(block, _around.detailed(self.blocks, at, self.page.references))
        sight = self._look(block)
        if sight is not None and not sight.title and not place.under and self.topics and names_paper(block.text):
            sight.title = _rules.title_of_heading(self.topics[-1].name) or self.topics[-1].name.split(" -- ")[0].strip()
            sight.fields.announced = True
        used = 1
        if self._completes(block):
            self.lines["papers"] += block.count
            return 1
        accepted, reason = _rules.verdict(sight, place) if sight else (False, "")
        if sight and reason == _rules.NOTHING and self._among_papers(block):
            accepted, reason = _rules.verdict(sight, replace(place, among=True))
        broken = block.text.count("[") > block.text.count("]")  # a link that goes on in the next line
        if not self.page.flat and not (sight and accepted and _around.firm(sight) and not broken):
            joined, lines = self._joined(at, place, sight if accepted else None)
            if joined is not None:
                sight, accepted, used = joined, True, lines
        if sight is None or not accepted:
            if not place.under and not (self.last and self.last.sight.fields.announced):
                self.last = None
            self._other(at, place, reason)
            return 1
        if self.page.flat:
            self.open = []
            if self.topics and self.topics[-1].leaf and not block.bullet:
                self.topics.pop()
        elif not block.depth or (self.open and self.open[-1].level is None and self.open[-1].depth >= block.depth):
            self.open = [draft for draft in self.open if draft.level is not None]
        if self.topics:
            self.topics[-1].bare = False
        self.lines["papers"] += sum(part.count for part in self.blocks[at : at + used])
        draft = Draft(block.first, sight, self.path, block.depth)
        if not sight.title and self.topics and not self.page.flat:
            sight.title = _rules.title_of_heading(self.topics[-1].name)
        if sight.mark is None and not sight.box and not sight.given_up:
            sight.mark = next((topic.mark for topic in reversed(self.topics) if topic.mark), None)
        self._date(draft)
        self.last = draft
        self.open.append(draft)
        self.done.append(draft)
        return used

    def _date(self, draft: Draft) -> None:
        """The day of reading, from the day beside the entry on a page that is a diary, or from the diary's heading."""
        sight = draft.sight
        draft.diary = self.diary
        if sight.mark == "todo" or sight.finished:
            return
        day = _days.parse(sight.day, _days.year_in(draft.topics)) if sight.day else None
        sight.finished = day or _days.of_topics(draft.topics, self.diary)
        if sight.finished:
            sight.mark = "read"
        elif sight.day:
            sight.asides.append(sight.day)

    def _completes(self, block: Block) -> bool:
        """Whether the line is a detail by its key ("论文：address") of the entry just above, beside which it stands.

        In a list, or below a line that says that it is a title ("题目：…"): so records are written, field by field.
        """
        last = self.last
        if (
            last is None
            or last.depth != block.depth
            or not (last.sight.fields.announced or (last.depth and not self.page.flat))
        ):
            return False
        keyed = key_of(block.text)
        if keyed is None or (keyed[0] == "links" and last.sight.ids and _rules.leads_to_paper(keyed[1])):
            return False
        return _details.absorb(block, last, self.page.references, self.legend)

    def _joined(self, at: int, place: Place, alone: Sight | None) -> tuple[Sight | None, int]:
        """The entry that a line makes together with those that continue its paragraph (a hard-wrapped page)."""
        block, text = self.blocks[at], self.blocks[at].text
        broken = text.count("[") > text.count("]")
        if block.kind not in ("item", "text") or block.continues:
            return None, 0
        for used in range(2, _WRAPPED + 1):
            if at + used > len(self.blocks) or not self.blocks[at + used - 1].continues:
                break
            if key_of(self.blocks[at + used - 1].text) is not None:  # "会议：…": a field with a line of its own
                break
            text = f"{text} {self.blocks[at + used - 1].text}"
            sight = _sight.look(replace(block, text=text), self.page.references, self.legend, self.diary)
            if sight is None or not _around.firm(sight) or not _rules.verdict(sight, place)[0] or sight.remarks:
                continue
            if alone is None or broken or (sight.title.startswith(alone.title) and not alone.set_off):
                return sight, used
        return None, 0

    def _other(self, at: int, place: Place, reason: str) -> None:
        """A line that is no entry: a detail or note of one, the name of a group, or a note of the topic."""
        block = self.blocks[at]
        if reason.startswith("a link within the page"):
            self._ignore(block, reason)
            return
        if place.under and _details.absorb(block, self.open[-1], self.page.references, self.legend):
            self.lines["papers"] += block.count
            return
        if _around.is_badges(block) and not any(True for _ in _mentions.linked(block.text, self.page.references)):
            self._ignore(block, "badges or pictures alone")
            return
        if not self.open and block.kind == "item" and block.depth and _around.heads_group(self.blocks, at, self._look):
            self.lines["topics"] += block.count
            self._enter(_ITEM_LEVEL + block.depth, one_line(_inline.plain(block.text)).strip(" :："))
            return
        self._note(block)

    def _note(self, block: Block) -> None:
        self.lines["notes"] += block.count
        if self.topics and not self.open:
            self.topics[-1].bare = False
        if block.kind != "raw":
            self._name_papers(block)
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

    def _name_papers(self, block: Block) -> None:
        """The papers that a line of notes names: those it links to always, by name if asked for.

        A paper that a note of another one links to is that one's link, else an entry without notes of its own.
        """
        if self.open:
            own = {str(found) for found in self.open[-1].sight.ids}
            for sight in _mentions.linked(block.text, self.page.references):
                if str(sight.ids[0]) not in own:
                    self.open[-1].beside += sight.links
        find = _mentions.find if self.mentions else _mentions.linked
        if self.mentions or not self.open:
            for sight in find(block.text, self.page.references):
                self.done.append(Draft(block.first, sight, self.path, block.depth))


def _stamp(heading: str) -> bool:
    lowered = heading.lower()
    return any(word in lowered for word in _STAMPED) and _STAMP.fullmatch(heading.strip(" *_()")) is not None
