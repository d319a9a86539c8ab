"""Web pages into blocks: the tree that a browser would build, walked in order.

A block owns the lines of the file that its text stands on; where several stand on one line (a page without line
feeds) the first owns it and the others own none. Lines on which a browser shows nothing are blank; what belongs to
the frame of the site, to its programs or to nobody's eyes is noise, with its reason.

Structure that Markdown lacks is put into terms that the recognisers know: a `<summary>`, a row that is one cell and a
folder of bookmarks are headings, closed where they end by a heading without text; a table of names and values is
lines "name: value"; a cell that spans rows stands in each of them.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from readlist.domain.patterns import late
from readlist.importers._blocks import Block, Page, lines_of
from readlist.importers.blocks._html_account import Web, account
from readlist.importers.blocks._html_frame import (
    HEADING,
    ITEM,
    LINK,
    LIST,
    PRE,
    ROW,
    TABLE,
    Frame,
    formula,
    inside,
    preformatted,
    survey,
)
from readlist.importers.blocks._html_inline import Line, lines
from readlist.importers.blocks._html_runs import STYLES, Leave, Run, Runs
from readlist.importers.blocks._html_table import Table, row_of, table_of
from readlist.importers.blocks._html_terms import completed
from readlist.importers.lines import _marks

_BOUNDARIES = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes ol optgroup option p pre"
    " search section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHOWN = 200  # characters of noise
_BULLET = late(r"(?:[-*+•·‣◦▪●○➤]|\d{1,3}[.)、](?=\s))\s+(?=\S)")
_ABSTRACT = late(r"abstract|摘要", re.IGNORECASE)


def read(text: str, level: int = 0) -> Web:
    """The page as blocks. `level` is that of the heading above, where `text` is a part of a page."""
    from justhtml import JustHTML

    # Lines are counted as everywhere; what else HTML takes for a line's end must not add to them. A "<" that begins no
    # tag is text to a browser too; said plainly, the parser is spared to find out.
    source = re.sub(r"[\r\x00-\x08\x0b\x0e-\x1f]", " ", text.removeprefix("\ufeff").replace("\r\n", "\n"))
    source = re.sub(r"<(?![A-Za-z/!?])", "&lt;", source)
    with _uncollected():
        root = JustHTML(source, sanitize=False, track_node_locations=True).root
        frame = survey(root, source)
        rows = lines_of(source)
        if frame.only_pre is not None:
            plain, first = preformatted(frame.only_pre, rows)
            return Web(Page([]), [], len(rows), plain, first - 1)
        return _Reader(rows, frame, level).read(root)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the collector of garbage to go through a growing tree again and again: nothing of it is garbage yet."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class _Reader(Runs):
    def __init__(self, source: list[str], frame: Frame, level: int) -> None:
        super().__init__(frame.base, frame.own)
        self.source = source
        self.frame = frame
        self.made: list[tuple[Block, int]] = []  # with the last line of each
        self.noise: dict[tuple[str, str], list[tuple[int, int]]] = {}  # reason and text: first and last line
        self.depth = 0
        self.fresh = False  # an item was opened and has no text yet
        self.level = level  # of the last heading
        self.folders: list[int] = []
        self.sections = 0
        self.tables: list[Table] = []
        self.columns: tuple[str, ...] = ()  # of the last table
        self.term: tuple[Block, int] | None = None  # the last `<dt>`, if it is one line

    def read(self, root: Any) -> Web:
        stack: list[tuple[Iterator[Any], Leave]] = [(iter(root.children or ()), None)]
        while stack:
            for node in stack[-1][0]:
                name = node.name
                self.line = node.origin_line or self.line
                if name == "#text":
                    if self.frame.above_main and self.frame.beside(node):
                        self._skip(node, "beside the main part of the page")
                    else:
                        self.text(node.data, self.line)
                elif name == "#comment":
                    self._skip(node, "a comment")
                elif name[0] not in "#!?" and not self._leaf(node, name):
                    stack.append((iter(node.children or ()), self._enter(node, name)))
                    break
            else:
                leave = stack.pop()[1]
                if leave:
                    leave()
        self._flush()
        return account(self.made, self.noise, len(self.source))

    # elements --------------------------------------------------------------------------------------------------

    def _leaf(self, node: Any, name: str) -> bool:
        """Take an element in which nothing else is to be read."""
        reason = self.frame.unread(node, self.sections > 0)
        if reason:
            self._skip(node, reason)
        elif name == "pre" and not self.kept and not self.frame.contains(node) & LINK:
            self._flush()
            text, first = preformatted(node, self.source)
            for offset, line in enumerate(text.split("\n")):
                if line.strip():
                    depth = self.depth + 1 if self.depth else 0
                    self.made.append((Block("raw", first + offset, line.rstrip(), depth=depth), first + offset))
        elif name == "math" and (tex := formula(node)):
            self.text(f"${tex}$", self.line)
        else:
            return False
        return True

    def _skip(self, node: Any, reason: str) -> None:
        if node.name[0] == "#":
            said, first = node.data or "", self.line
            last = first + said.count("\n")
        else:
            texts = [inner for inner in inside(node) if inner.name == "#text" and inner.data.strip()]
            first = self.line
            last = max(((text.origin_line or first) + text.data.count("\n") for text in texts), default=first)
            said = " ".join(text.data for text in texts[:20])
        self._ignore(said, first, last, reason)

    def _ignore(self, said: str, first: int, last: int, reason: str) -> None:
        said = " ".join(said[: 5 * _SHOWN].split())[:_SHOWN]
        if said:
            self.noise.setdefault((reason, said), []).append((first, last))

    def _enter(self, node: Any, name: str) -> Leave:
        attrs = node.attrs
        if name in STYLES:
            return self.styled(STYLES[name])
        if name == "a":
            return self.anchor(attrs)
        if name == "br":
            self.runs.append(Run("break", self.line, link=self.link))
        elif name == "img":
            self.image(attrs)
        elif name == "input":
            if (attrs.get("type") or "").casefold() == "checkbox":
                self.box("checked" in attrs)
        elif name == "q":
            self.text("“", self.line)
            return lambda: self.text("”", self.line)
        elif name in _BOUNDARIES:
            self._boundary()
            return self._block(node, name)
        elif attrs.get("class") == "selected-value":  # Notion's tags stand side by side without a blank
            self.text(", " if self.runs and self.runs[-1].text.strip() else " ", self.line)
        elif attrs.get("role") == "checkbox":
            self.box(attrs.get("aria-checked") == "true")
        return None

    # blocks -----------------------------------------------------------------------------------------------------

    def _block(self, node: Any, name: str) -> Leave:
        classes = (node.attrs.get("class") or "")[:2000].split()
        if name == "div" and ("checkbox-on" in classes or "checkbox-off" in classes):  # Notion's boxes
            self.box("checkbox-on" in classes)
            return None
        if name in ("article", "main", "section"):
            return self._within("sections")
        if name in ("ul", "ol", "menu", "dir", "dl"):
            return self._within("depth")
        if name == "pre":
            return self._within("broken")
        if name in ("li", "dt"):
            return self._item(node)
        if name == "dd":
            self.fresh = False
            if not self.kept and not self.frame.contains(node) & (LIST | ITEM | HEADING | TABLE | PRE):
                return self._capture(self._defined)
        elif name in ("table", "thead", "tr", "td", "th"):
            return self._table(node, name)
        elif name in _HEADINGS:
            return self._heading(node, int(name[1]))
        elif name == "summary" and not self.kept:
            return self._capture(self._summary(node))
        elif name == "details":
            return self._details()
        return self._boundary

    def _within(self, counter: str) -> Leave:
        setattr(self, counter, getattr(self, counter) + 1)

        def leave() -> None:
            self._boundary()
            setattr(self, counter, getattr(self, counter) - 1)

        return leave

    def _item(self, node: Any) -> Leave:
        depth, folders, made = self.depth, len(self.folders), len(self.made)
        self.depth = max(depth, 1)
        self.fresh = True
        if "inline-task-list" in (node.parent.attrs.get("class") or "").split():  # Confluence
            self.box("checked" in (node.attrs.get("class") or "").split())

        def leave() -> None:
            self._boundary()
            while len(self.folders) > folders:
                self._close(self.folders.pop())
            self.depth, self.fresh = depth, False
            self.term = self.made[-1] if node.name == "dt" and len(self.made) == made + 1 else None

        return leave

    def _defined(self, found: list[Line]) -> None:
        """What a `<dd>` says of its `<dt>`: where it is no more than the fields of a paper, they are one line."""
        term, self.term = self.term, None
        line = (
            completed(term[0].text, found[0].text)
            if term is not None and len(found) == 1 and not found[0].box
            else None
        )
        if term is None or line is None or term[0].kind != "item":
            self._lines(found)
        else:
            term[0].text = line
            self.made[-1] = term[0], found[0].last

    def _capture(self, done: Callable[[list[Line]], None]) -> Leave:
        """Keep what stands in an element together, whatever blocks it is made of."""
        return self.capture(lambda runs: done(lines(runs, self.source)))

    def _heading(self, node: Any, level: int) -> Leave:
        folder = node.parent.name == "dt"  # of a browser's bookmarks
        if self.kept or (self.depth and not folder and node.parent.name not in ("ul", "ol", "dl")):
            return self._boundary
        if folder:
            level = self.depth + 1

        def done(found: list[Line]) -> None:
            if self._head(found, level) and folder:
                self.folders.append(level)

        return self._capture(done)

    def _head(self, found: list[Line], level: int) -> bool:
        text = " ".join(line.text for line in found if line.text)
        if text:
            self.level = level
            self.made.append((Block("heading", found[0].first, text, depth=level), found[-1].last))
        return bool(text)

    def _close(self, level: int) -> None:
        """End the section of a heading where no other heading does."""
        self.made.append((Block("heading", self.line, "", depth=level), 0))
        self.level = level - 1

    def _summary(self, node: Any) -> Callable[[list[Line]], None]:
        grouping = not self.depth and self.frame.contains(node.parent) & (ITEM | ROW | HEADING)

        def done(found: list[Line]) -> None:
            if grouping:
                self._head(found, self.level + 1)
                return
            for line in found:
                if _ABSTRACT.fullmatch(line.text.strip("*: ：")):
                    line.text = f"<summary>{line.text.strip('*: ：')}</summary>"
            self._lines(found)

        return done

    def _details(self) -> Leave:
        level = self.level

        def leave() -> None:
            self._boundary()
            if self.level > level:
                self._close(level + 1)

        return leave

    def _table(self, node: Any, name: str) -> Leave:
        if name == "table":
            contains = self.frame.contains(node)
            opened = Table("layout", self.level) if self.kept else table_of(node, contains, self.level)
            self.tables.append(opened)

            def leave() -> None:
                self._boundary()
                self.tables.pop()
                self.columns = opened.columns
                if opened.grouped:
                    self._close(opened.level + 1)

            return leave
        if self.kept or not self.tables or self.tables[-1].shape == "layout":
            return self._boundary
        table = self.tables[-1]
        if name == "thead":
            table.in_head = True

            def leave_head() -> None:
                table.in_head = False

            return leave_head
        if name == "tr":
            table.open_row(self.line)

            def leave_row() -> None:
                row = table.close_row(self.depth)
                if row is not None and self.made and row is self.made[-1][0]:
                    self.made.pop()
                if row is not None:
                    self.made.append((row, table.last))

            return leave_row
        return self._capture(lambda found: table.add(found, node))

    def _boundary(self) -> None:
        self.unlink()
        if self.kept:
            self.runs.append(Run("break", self.line))
        else:
            self._flush()

    def _flush(self) -> None:
        if self.runs:
            runs, self.runs = self.runs, []
            self._lines(lines(runs, self.source))

    def _lines(self, found: list[Line]) -> None:
        goes_on = False
        typed = 0  # the depth of a list that is written out: "1. …<br>2. …"
        for line in found:
            box, text = (line.box, line.text) if line.box else _marks.box(line.text)
            item, depth = self.fresh, self.depth or typed
            if not item and not self.depth and (bullet := _BULLET.match(text)):
                item, depth, text = True, 1, text[bullet.end() :]
                typed = 1
            if not any(c.isalnum() for c in text) and not _marks.take(text).mark:
                self._ignore(text or "a box without text", line.first, line.last, "signs alone")
                continue
            row = row_of(text, self.columns)
            if row is not None:
                self.made.append((Block("row", line.first, text, cells=row), line.last))
                continue
            block = Block("item" if item else "text", line.first, text, depth if item or not depth else depth + 1)
            block.box, block.bullet = box, item
            block.continues = goes_on and not line.after_gap and not item
            self.made.append((block, line.last))
            self.fresh, goes_on = False, True
