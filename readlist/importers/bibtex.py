"""BibTeX and BibLaTeX, as BibTeX, JabRef, Zotero, Mendeley, BibDesk, publishers and people write it.

An entry inherits what it does not say from the one that it names under `crossref` or `xdata` (BibLaTeX manual,
appendix B). Text between entries is a comment by BibTeX's own rule. An entry that is broken is passed over with its
line and the reason, and the rest is read; a broken abstract or note costs no entry. JabRef's and BibDesk's groups
are topics, below one another as in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing, Piece
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.importers.records._account import OUTSIDE, WHITE, Account, collected
from readlist.importers.records._bib_fields import entry
from readlist.importers.records._bibtex_blocks import START, Block, Values, blocks, values
from readlist.importers.records._bibtex_entry import record
from readlist.importers.records._jabref import GROUPING, Groups, groups

FORMAT = "bibtex"

_LOOKED_AT = 200_000
_TOP = 2_000  # characters in which JabRef, up to version 3, and BibDesk name themselves
_KEEPER = late(r"JabRef|BibDesk")  # whose groups name their entries
_IN_GROUPS = late(r"^[ \t]*groups\s*=", re.MULTILINE | re.IGNORECASE)
_PART = 500  # entries
_RECENT = 10_000  # entries
_WHOLES = frozenset(
    "xdata book mvbook proceedings mvproceedings collection mvcollection reference mvreference periodical".split()
)
_SHARE = 0.5  # of the lines that are not blank: of a page that quotes an entry, most is something else

# Not works, but settings of bibliography styles and lists of other entries.
_NO_WORKS = {
    "control": "settings of a bibliography style",
    "ieeetranbstctl": "settings of a bibliography style",
    "set": "a list of other entries",
}
_COMMENT = "a comment: text outside of entries"
NO_WORK = "an entry that names no work: no title, no identifier, no address"


def recognises(text: str) -> bool:
    """Whether most of `text` stands in BibTeX's entries."""
    text = text[:_LOOKED_AT]
    if not START.search(text):
        return False
    inside = outside = 0
    for block in blocks(text):
        lines = sum(1 for line in block.text.split("\n") if line.strip())
        if block.kind == "text":
            # Comments begin with %; what programs write above the entries is no page.
            outside += sum(1 for line in block.text.split("\n") if line.strip() and not line.lstrip().startswith("%"))
        else:
            inside += lines
    return inside > 0 and inside >= _SHARE * (inside + outside)


def read(text: str, *, mentions: bool = False) -> Listing:
    """All entries of `text`. Notes in them are the reader's own, and name no papers."""
    return collected(FORMAT, pieces((text,)))


def pieces(blocks: Iterable[str]) -> Iterator[Piece]:
    """The entries of a file in pieces; one that inherits waits for the entry that it inherits from."""
    file = _File()
    above = 0
    for text in _with_tree(_parts(blocks), file):
        yield file.piece(text, above)
        above += text.count("\n")
    last = file.last()
    if last.entries or last.ignored:
        yield last


def _parts(blocks: Iterable[str]) -> Iterator[str]:
    """The text that comes in `blocks` in parts that begin with `@type{`, but the first, of some hundred entries."""
    text, looked_at = "", 0
    starts: list[int] = []
    for block in blocks:
        text += block
        # A start may be cut in two where blocks meet: near the end it is looked for again.
        starts += [found.start() for found in START.finditer(text, looked_at) if found.start() > 0]
        looked_at = max(text.rfind("\n", 0, max(0, len(text) - 200)) + 1, starts[-1] + 1 if starts else 0)
        cut = 0
        for at in starts[_PART::_PART]:
            yield text[cut:at]
            cut = at
        if cut:
            text = text[cut:]
            looked_at -= cut
            starts = [at - cut for at in starts if at > cut]
    if text:
        yield text


def _with_tree(parts: Iterable[str], file: _File) -> Iterator[str]:
    """The same parts; those whose entries may stand in groups (`_jabref`) not before these are known."""
    held: list[str] = []
    known, first = False, True
    for text in parts:
        folded = "" if known else text.lower()
        if ("jabref-meta" in folded or "bibdesk static" in folded) and GROUPING.search(text):
            file.groups, known = groups(text), True
        in_groups = "groups" in folded and _IN_GROUPS.search(text)
        if not known and (held or in_groups or (first and _KEEPER.search(text[:_TOP]))):
            held.append(text)
        else:
            yield from held
            held = []
            yield text
        first = False
    yield from held


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An entry that inherits from one that has not come yet, and how many lines it has, blank ones and others."""

    block: Block
    said: Values
    blank: int
    filled: int


class _File:
    """What is known of a file from what was read of it so far."""

    def __init__(self) -> None:
        self.groups: Groups = groups("")
        self._strings: dict[str, str] = {}
        self._wholes: dict[str, Values] = {}  # by their keys, the first of each
        self._recent: dict[str, Values] = {}  # the last of those that are no wholes, which rarely have parts
        self._waiting: dict[str, list[_Waiting]] = {}  # by the key of what they wait for
        self._told = False

    def piece(self, text: str, above: int) -> Piece:
        """What the next part of the file says, above which `above` lines stand."""
        account = Account(text)
        entries: list[Entry] = []
        broken: set[int] = set()
        topic_lines = 0
        free: list[_Waiting] = []
        for block in blocks(text):
            last = block.line + block.count - 1
            if block.kind == "entry":
                said: Values = values(block, self._strings)
                free += self._keep(block, said)
                missing = self._missing(said)
                if missing:
                    lines = account.lines[block.line - 1 : last]
                    filled = sum(1 for line in lines if line.strip(WHITE))
                    account.hold(block.line, last)
                    block.line += above
                    self._waiting.setdefault(missing, []).append(_Waiting(block, said, len(lines) - filled, filled))
                    continue
                made, reason = self._entry(block, said, above)
                if reason:
                    account.ignore(block.line, last, reason)
                else:
                    account.take(block.line, last)
                entries += made
            elif block.kind == "string":
                self._strings.update({block.key: "".join(values(block, self._strings).get("value", []))})
                account.take(block.line, last)
            elif block.kind == "broken":
                broken.add(block.line + above)
                account.ignore(block.line, last, f"a broken entry: {block.reason}")
            elif block.kind == "damaged":
                broken.add(block.line + above)
                account.ignore(block.line, last, block.reason)
            elif block.kind == "preamble":
                account.ignore(block.line, last, "@preamble: commands for LaTeX")
            elif block.kind == "comment" and self.groups.paths and GROUPING.match(block.text.lstrip()):
                account.take(block.line, last)
                topic_lines += sum(1 for line in block.text.split("\n") if line.strip())
            elif block.kind == "comment":
                account.ignore(block.line, last, "a comment")
        read_ = account.piece(entries, above)
        counts = dict(read_.lines)
        counts["topics"] += topic_lines
        counts["papers"] -= topic_lines
        ignored = tuple(
            replace(it, broken=it.line in broken, reason=_COMMENT if it.reason == OUTSIDE else it.reason)
            for it in read_.ignored
        )
        topics = () if self._told else tuple(self.groups.paths)
        self._told = self._told or bool(topics)
        return self._with_freed(Piece(read_.entries, counts, ignored, topics), free)

    def last(self) -> Piece:
        """What still waits for entries that the file does not have."""
        left = [one for waiting in self._waiting.values() for one in waiting]
        self._waiting = {}
        return self._with_freed(Piece((), dict.fromkeys(LINE_KINDS, 0)), left, at_end=True)

    def _keep(self, block: Block, said: Values) -> list[_Waiting]:
        """Keep an entry for those that inherit from it; what has waited for it."""
        key = block.key.strip().casefold()
        if key in self._wholes or key in self._recent:
            return []
        if block.type in _WHOLES or key in self._waiting:
            self._wholes[key] = said
        else:
            self._recent[key] = said
            if len(self._recent) > _RECENT:
                del self._recent[next(iter(self._recent))]
        return self._waiting.pop(key, [])

    def _missing(self, said: Values) -> str:
        """The key of an entry from which these values inherit and which has not come; empty if there is none."""
        above = _parents_of(said)
        seen: set[str] = set()
        while above:
            key, _ = above.pop()
            if key in seen:
                continue
            seen.add(key)
            parent = self._wholes.get(key) or self._recent.get(key)
            if parent is None:
                return key
            above += _parents_of(parent)
        return ""

    def _with_freed(self, piece: Piece, freed: list[_Waiting], *, at_end: bool = False) -> Piece:
        """The piece with those entries that need wait no longer, and their lines."""
        if not freed:
            return piece
        lines, entries, ignored = dict(piece.lines), list(piece.entries), list(piece.ignored)
        for one in freed:
            missing = "" if at_end else self._missing(one.said)
            if missing:
                self._waiting.setdefault(missing, []).append(one)
                continue
            made, reason = self._entry(one.block, one.said, 0)
            entries += made
            if reason:
                ignored.append(Ignored(one.block.line, one_line(one.block.text.partition("\n")[0])[:200], reason))
            lines["blank"] += one.blank
            lines["ignored" if reason else "papers"] += one.filled
        return Piece(tuple(entries), lines, tuple(ignored), piece.topics)

    def _entry(self, block: Block, said: Values, above: int) -> tuple[list[Entry], str]:
        """The entry of a block, and why it is none."""
        if block.type == "xdata":
            return [], ""
        if block.type in _NO_WORKS:
            return [], _NO_WORKS[block.type]
        block = replace(block, line=block.line + above) if above else block
        made = entry(record(block, self._inherited(said), self.groups))
        return ([made], "") if made else ([], NO_WORK)

    def _inherited(self, said: Values) -> Values:
        """The values of an entry with those that it does not say itself from the entries above it."""
        above = _parents_of(said)
        if not above:
            return said
        whole = dict(said)
        seen: set[str] = set()
        while above:
            key, renames = above.pop(0)
            parent = self._wholes.get(key) or self._recent.get(key)
            if key in seen or parent is None:
                continue
            seen.add(key)
            for name, value in parent.items():
                if renames and name in _NOT_INHERITED:
                    continue
                for heir in _HEIRS.get(name, (name,)) if renames else (name,):
                    whole.setdefault(heir, value)
            above += _parents_of(parent)
        return whole


# What a part inherits as something else: the title of a book is the booktitle of its chapter.
_HEIRS = {
    "title": ("booktitle",),
    "subtitle": ("booksubtitle",),
    "author": ("bookauthor",),
}
# What is said of the whole alone: identifiers, what its reader thinks of it, and what stands in it.
_NOT_INHERITED = frozenset(
    "abstract annotation annote comment comments note keywords keyword groups file doi eprint pmid arxivid isbn url"
    " readstatus priority ranking timestamp creationdate crossref xdata ids shorttitle sorttitle indextitle".split()
)


def _parents_of(said: Values) -> list[tuple[str, bool]]:
    """The keys of the entries above one, and whether it is a part of them (crossref), or they only hold its data."""
    if "crossref" not in said and "xdata" not in said:
        return []
    return [
        (key.strip().casefold(), name == "crossref")
        for name in ("crossref", "xdata")
        for value in said.get(name, ())
        for key in value.split(",")
    ]
