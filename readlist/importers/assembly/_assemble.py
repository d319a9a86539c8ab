"""Blocks put together: which topic, entry or note each line belongs to, and the account of all lines."""

from __future__ import annotations

from dataclasses import replace

from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing, TopicNote
from readlist.domain.text import one_line
from readlist.importers._blocks import Block, Page
from readlist.importers.assembly import (
    _around,
    _details,
    _posts,
    _rules,
    _topics,
)
from readlist.importers.assembly._entry import Draft
from readlist.importers.assembly._rules import Place
from readlist.importers.assembly._seeing import Seeing, is_broken
from readlist.importers.assembly._topics import Topics
from readlist.importers.lines import (
    _days,
    _inline,
    _looks,
    _marks,
    _mentions,
    _row,
)
from readlist.importers.lines._labels import key_of, names_paper
from readlist.importers.lines._seen import Sight


def assemble(page: Page, *, mentions: bool = False) -> Listing:
    """The listing that the blocks of `page` make; with `mentions` also of the papers that notes name."""
    return _Assembly(page, mentions).run()


class _Assembly:
    def __init__(self, page: Page, mentions: bool) -> None:
        self.page = page
        self.mentions = mentions
        self.blocks = page.blocks
        self.seeing = Seeing(page)
        self.legend = self.seeing.legend
        self.topics = Topics()
        self.open: list[Draft] = []
        self.done: list[Draft] = []
        self.topic_notes: list[TopicNote] = []
        self.ignored: list[Ignored] = []
        self.lines = dict.fromkeys(LINE_KINDS, 0)
        self.last: Draft | None = None  # the entry that the line before named or completed
        self.posts = _posts.find(self.blocks)

    def run(self) -> Listing:
        if self.page.flat:
            self.seeing.find_headings(self.posts)
        at = 0
        while at < len(self.blocks):
            at += self._take_post(at) or self._take(at)
        entries: tuple[Entry, ...] = tuple(draft.entry() for draft in self.done)
        return Listing(
            "page", tuple(self.topics.seen), entries, tuple(self.topic_notes), self.lines, tuple(self.ignored)
        )

    # where things stand -----------------------------------------------------------------------------------------

    def _close(self, block: Block) -> None:
        """Close the entries and groups that `block` does not stand under."""
        while self.open:
            draft = self.open[-1]
            if draft.level is not None:
                break
            beside = draft is self.last and draft.sight.fields.announced and block.depth == draft.depth > 0
            if beside and _around.is_labelled(block):
                break  # a line of the record that "题目：…" began
            if (draft.depth and block.depth <= draft.depth) or (draft.sight.row and not _row.goes_on(block)):
                self.open.pop()  # below a row of a table stands what goes on with it alone
            else:
                break
        self.topics.leave_groups(block.depth)

    def _take(self, at: int) -> int:
        """Give the block at `at` its place; the number of blocks used up."""
        block = self.blocks[at]
        if block.kind == "blank":
            self.lines["blank"] += block.count
        elif block.kind == "noise":
            self._ignore(block, block.reason)
        elif block.kind == "heading":
            self._heading(at)
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
            shown = self.seeing.look(replace(block, kind="text"))
            sight.title = shown.title if shown and shown.set_off == "link" and shown.title else sight.title
            sight.links = shown.links if shown else []
            sight.title_href = shown.title_href if shown else None
        sight.fields.authors = [post.author] if post.author else []
        sight.remarks = [text for text in (marked.remark, post.rest) if text]
        if block.kind == "heading":
            self.topics.enter(block.depth, "")
        draft = Draft(
            block.first, sight, self.topics.path, block.depth, block.depth if block.kind == "heading" else None
        )
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

    def _heading(self, at: int) -> None:
        block = self.blocks[at]
        if _topics.is_stamp(block.text):
            self._note(block)
            return
        self.lines["topics"] += block.count
        if block.continues:
            return
        over = next((draft for draft in self.open if draft.level is not None and draft.level < block.depth), None)
        if over and not self.page.flat:
            self.open = [draft for draft in self.open if draft.level is not None]
            self.lines["topics"] -= block.count
            sight = self.seeing.look(block)
            if sight and sight.set_off == "link" and sight.ids and _rules.verdict(sight, Place(heading=True))[0]:
                self._open_heading(block, sight)
                return
            if _details.absorb(block, over, self.page.references, self.legend):
                self.lines["papers"] += block.count
            elif block.text:
                self.lines["notes"] += block.count
                over.notes.append("#" * block.depth + " " + block.text)
            else:  # it only ends a section
                self.lines["topics"] += block.count
            return
        self.open = []
        name = one_line(
            _inline.plain(
                "".join(s.text for s in _inline.spans(block.text[:2000], self.page.references) if s.style != "image")
            )
        )
        sight = None if self.page.flat else self.seeing.look(block)
        if sight is not None:
            place = Place(heading=True, detailed=_around.heads_record(self.blocks, at) and _looks.names_work(sight))
            sight.title = _looks.without_heading(sight.title) if place.detailed else sight.title
            if _rules.verdict(sight, place)[0]:
                self.topics.leave(block.depth)
                self.lines["topics"] -= block.count
                self._open_heading(block, sight)
                return
        self.topics.enter(block.depth, name.strip(" #"), block.reason == "leaf", sight)

    def _open_heading(self, block: Block, sight: Sight) -> None:
        self.open = [draft for draft in self.open if draft.level is not None and draft.level < block.depth]
        draft = Draft(block.first, sight, self.topics.path, depth=0, level=block.depth)
        self.open.append(draft)
        self.done.append(draft)
        self.lines["papers"] += block.count

    # lines ------------------------------------------------------------------------------------------------------

    def _place(self, at: int) -> Place:
        block = self.blocks[at]
        under = bool(self.open) and (
            self.open[-1].level is not None or (block.depth > self.open[-1].depth and not self.page.flat)
        )
        return Place(
            flat=self.page.flat,
            under=under,
            papers=self.topics.promise_papers,
            told=self.topics.promise_papers and block.kind == "item" and self.seeing.is_told(block),
            listed=block.bullet or block.kind == "row" or _around.in_list_of_links(self.blocks, at),
            detailed=_around.detailed(self.blocks, at, self.page.references),
            reading=self.topics.is_reading,
            named=self.topics.last is not None and self.topics.last.papers,
            parent=_around.has_items(self.blocks, at),
        )

    def _line(self, at: int) -> int:
        block = self.blocks[at]
        place = self._place(at)
        sight = self.seeing.look(block)
        if sight is not None and not sight.title and not place.under and names_paper(block.text):
            self.topics.name(sight)
        titles = (
            sight is not None
            and not place.under
            and _around.heads_fields(
                self.blocks, at, sight, address=self.page.flat and not (self.done and not self.done[0].sight.title)
            )
        )
        if titles:
            place = replace(place, detailed=True)
        used = 1
        if self._completes(block):
            self.lines["papers"] += block.count
            return 1
        accepted, reason = _rules.verdict(sight, place) if sight else (False, "")
        if sight and reason == _rules.NOTHING and self.seeing.among_papers(block):
            accepted, reason = _rules.verdict(sight, replace(place, among=True))
        broken = is_broken(block.text)
        if not self.page.flat and not (sight and accepted and _around.firm(sight) and not broken):
            joined, lines = self.seeing.joined(at, place, sight if accepted else None)
            if joined is not None:
                sight, accepted, used = joined, True, lines
        if self._goes_on(at, sight if accepted else None):
            self.lines["papers"] += block.count
            return 1
        if sight is None or not accepted:
            record = self.last is not None and self.last.sight.fields.announced and not _around.is_prose(block)
            if not place.under and reason != _rules.LABEL and not record:
                self.last = None
            self._other(at, place, reason)
            return 1
        if self.page.flat:
            self.open = []
            if not block.bullet:
                self.topics.leave_leaf()
        elif not block.depth or (self.open and self.open[-1].level is None and self.open[-1].depth >= block.depth):
            self.open = [draft for draft in self.open if draft.level is not None]
        if titles:
            sight.fields.announced = True
        if not sight.title and not self.page.flat:
            self.topics.name(sight, bare=True)
        self.topics.hold()
        self.lines["papers"] += sum(part.count for part in self.blocks[at : at + used])
        draft = Draft(block.first, sight, self.topics.path, block.depth)
        if sight.mark is None and not sight.box and not sight.given_up:
            sight.mark, depth = self.topics.state()
            sight.depth = sight.depth or depth
        self._date(draft)
        self.last = draft
        self.open.append(draft)
        self.done.append(draft)
        return used

    def _date(self, draft: Draft) -> None:
        """The day of reading, from the day beside the entry on a page that is a diary, or from the diary's heading."""
        sight = draft.sight
        draft.diary = self.seeing.diary
        if sight.mark == "todo" or sight.finished:
            sight.asides += [sight.day] if sight.day and not sight.finished else []
            return
        first = self.legend.year_first
        day = _days.parse(sight.day, _days.year_in(draft.topics), first) if sight.day else None
        sight.finished = day or _days.of_topics(draft.topics, self.seeing.diary, first)
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
        if keyed is None or (keyed[0] == "links" and last.sight.ids and _looks.leads_to_paper(keyed[1])):
            return False
        if keyed[0] == "links" and (own := self.seeing.look(block)) and _looks.names_another(own, last.sight.title):
            return False
        return _details.absorb(block, last, self.page.references, self.legend)

    def _goes_on(self, at: int, alone: Sight | None) -> bool:
        """Whether a line without a title goes on with the entry right above, and holds nothing but its details.

        It stands in the paragraph of the entry, or, where text has lost its indents, is the address of a paper below
        a title that has none; not on a page on which addresses stand above titles.
        """
        block, last = self.blocks[at], self.last
        if last is None or not self.open or self.open[-1] is not last or (alone is not None and alone.title):
            return False
        if not _around.in_paragraph(self.blocks, at, last.line) and not (
            self.page.flat
            and alone is not None
            and not (block.bullet or last.sight.links)
            and self.done[0].sight.title
            and last.line == block.first - 1
        ):
            return False
        return _details.absorb(block, last, self.page.references, self.legend)

    def _other(self, at: int, place: Place, reason: str) -> None:
        """A line that is no entry: a detail or note of one, the name of a group, or a note of the topic."""
        block = self.blocks[at]
        if reason.startswith("a link within the page"):
            self._ignore(block, reason)
            return
        if _around.is_machinery(block):
            self._ignore(block, "what an outliner keeps for itself")
            return
        if place.under and _details.absorb(block, self.open[-1], self.page.references, self.legend):
            self.lines["papers"] += block.count
            return
        if _around.is_badges(block) and not any(True for _ in _mentions.linked(block.text, self.page.references)):
            self._ignore(block, "badges or pictures alone")
            return
        if (
            not self.open
            and block.kind == "item"
            and block.depth
            and _around.heads_group(self.blocks, at, self.seeing.look)
        ):
            self.lines["topics"] += block.count
            self.topics.enter_group(block.depth, one_line(_inline.plain(block.text)).strip(" :："))
            return
        self._note(block)

    def _note(self, block: Block) -> None:
        self.lines["notes"] += block.count
        if not self.open:
            self.topics.hold()
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
            self.topic_notes.append(TopicNote(block.first, self.topics.path, "  " * nested + marker + box + block.text))

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
                self.done.append(Draft(block.first, sight, self.topics.path, block.depth))
