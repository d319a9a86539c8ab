"""BibTeX and BibLaTeX, as BibTeX, JabRef, Zotero, Mendeley, BibDesk, publishers and people write it.

An entry inherits what it does not say from the one that it names under `crossref` or `xdata` (BibLaTeX manual,
appendix B). Text between entries is a comment by BibTeX's own rule. An entry that is broken is passed over with its
line and the reason, and the rest is read. JabRef's groups are topics, below one another as in its tree.
"""

from __future__ import annotations

import re
from dataclasses import replace

from readlist.domain.listing import Entry, Listing
from readlist.importers._account import OUTSIDE, Account
from readlist.importers._bib_fields import entry
from readlist.importers._bibtex_blocks import START, Block, Values, blocks, values
from readlist.importers._bibtex_entry import record
from readlist.importers._jabref import GROUPING, Groups, groups

_LOOKED_AT = 200_000
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
    return inside >= _SHARE * (inside + outside)


def read(text: str, *, mentions: bool = False) -> Listing:
    """All entries of `text`. Notes in them are the reader's own, and name no papers."""
    return _File(text).listing()


class _File:
    def __init__(self, text: str) -> None:
        self.text = text
        self.account = Account(text)
        self.strings: dict[str, str] = {}
        self.named = _named_as_parents(text)
        self.parents: dict[str, Values] = {}
        self.groups: Groups = groups(text)
        self.topic_lines = 0
        self.broken: set[int] = set()

    def listing(self) -> Listing:
        entries: dict[int, Entry] = {}
        waiting: list[tuple[int, Block, Values]] = []  # for the entries that they name as parents
        for number, block in enumerate(blocks(self.text)):
            if block.kind != "entry":
                self._other(block)
                continue
            said: Values = values(block.fields, self.strings)
            key = block.key.strip().casefold()
            if key in self.named:
                self.parents.setdefault(key, said)
            if "crossref" in said or "xdata" in said:
                waiting.append((number, block, said))
            else:
                self._entry(entries, number, block, said)
        for number, block, said in waiting:
            self._entry(entries, number, block, self._inherited(said))
        listing = self.account.listing("bibtex", (entries[number] for number in sorted(entries)))
        lines = dict(listing.lines)
        lines["topics"] += self.topic_lines
        lines["papers"] -= self.topic_lines
        return replace(
            listing,
            topics=tuple(dict.fromkeys((*self.groups.paths, *listing.topics))),
            lines=lines,
            ignored=tuple(
                replace(it, broken=it.line in self.broken, reason=_COMMENT if it.reason == OUTSIDE else it.reason)
                for it in listing.ignored
            ),
        )

    def _entry(self, entries: dict[int, Entry], number: int, block: Block, said: Values) -> None:
        last = block.line + block.count - 1
        type_ = block.type.casefold()
        if type_ == "xdata":
            self.account.take(block.line, last)
        elif type_ in _NO_WORKS:
            self.account.ignore(block.line, last, _NO_WORKS[type_])
        elif made := entry(record(block, said, self.groups)):
            self.account.take(block.line, last)
            entries[number] = made
        else:
            self.account.ignore(block.line, last, NO_WORK)

    def _other(self, block: Block) -> None:
        last = block.line + block.count - 1
        if block.kind == "string":
            self.strings.update({block.key: "".join(values(block.fields, self.strings).get("value", []))})
            self.account.take(block.line, last)
        elif block.kind == "broken":
            self.broken.add(block.line)
            self.account.ignore(block.line, last, f"a broken entry: {block.reason}")
        elif block.kind == "preamble":
            self.account.ignore(block.line, last, "@preamble: commands for LaTeX")
        elif block.kind == "comment" and self.groups.paths and GROUPING.match(block.text.lstrip()):
            self.account.take(block.line, last)
            self.topic_lines += sum(1 for line in block.text.split("\n") if line.strip())
        elif block.kind == "comment":
            self.account.ignore(block.line, last, "a comment")

    def _inherited(self, said: Values) -> Values:
        """The values of an entry with those that it does not say itself from the entries above it."""
        whole = dict(said)
        seen: set[str] = set()
        above = _parents_of(said)
        while above:
            key, renames = above.pop(0)
            if key in seen or key not in self.parents:
                continue
            seen.add(key)
            parent = self.parents[key]
            for name, value in parent.items():
                if renames and name in _NOT_INHERITED:
                    continue
                for heir in _HEIRS.get(name, (name,)) if renames else (name,):
                    whole.setdefault(heir, value)
            above += _parents_of(parent)
        return whole


_PARENTS = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]?([^{}\"\n]+)", re.IGNORECASE)

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


def _named_as_parents(text: str) -> set[str]:
    return {key.strip().casefold() for found in _PARENTS.finditer(text) for key in found[1].split(",")}


def _parents_of(said: Values) -> list[tuple[str, bool]]:
    """The keys of the entries above one, and whether it is a part of them (crossref), or they only hold its data."""
    return [
        (key.strip().casefold(), name == "crossref")
        for name in ("crossref", "xdata")
        for value in said.get(name, ())
        for key in value.split(",")
    ]
