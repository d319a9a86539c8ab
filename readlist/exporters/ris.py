"""RIS, as reference managers read it: a record a paper, in order of the keys; one value a line, `ER` at its end.

Lines end in a line feed: every reader takes that, and so do `diff` and Git. A value never has a line break, since
what stands on the next line could be read as a field of its own. Source: the RIS format specification of
Reference Manager, and what Zotero and EndNote make of it.

| what a paper has | what becomes of it |
|---|---|
| key, title, authors, year, venue, DOI, abstract, tags | their tags; a name that has commas and no parts loses them |
| day | `DA`, if it is of the year of publication |
| other identifiers, address | `UR`, all of them |
| links and files | `L1` for a PDF, `L2` for others; what they are called is not told |
| summary and notes | `N1`, a line each; blank lines go |
| topics, state, passes, priority, counts, when it was added | are not told |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readlist.domain.identifiers import is_address
from readlist.domain.shelf import AnyPaper, Shelf
from readlist.domain.text import one_line, printable
from readlist.exporters import _work as work

# By sort of publication: the type of the record, and the tag under which its venue stands.
_TYPES: dict[work.Sort, tuple[str, str]] = {
    "conference": ("CPAPER", "T2"),
    "journal": ("JOUR", "T2"),
    "preprint": ("UNPB", "PB"),
    "unpublished": ("UNPB", "PB"),
    "thesis": ("THES", "PB"),
    "book": ("BOOK", "PB"),
    "post": ("ELEC", "PB"),
    "video": ("VIDEO", "PB"),
    "resource": ("COMP", "PB"),
}


def write(shelf: Shelf) -> Iterator[str]:
    """The records, one piece each."""
    for number, paper in enumerate(shelf.papers):
        lines = [f"{tag}  - {line}" for tag, value in _lines(paper) if value and (line := one_line(value))]
        yield "\n" * bool(number) + "\n".join([*lines, "ER  - "]) + "\n"


def _lines(paper: AnyPaper) -> Iterator[tuple[str, str]]:
    kind, place = _TYPES[work.sort_of(paper)]
    yield "TY", kind
    yield "ID", paper.key
    yield "TI", paper.title
    for name in work.names(paper)[0]:
        if "," in name.literal:  # it would be read as one with parts
            name = work.name(one_line(name.literal.replace(",", " ")))
        yield "AU", name.literal or ", ".join([part for part in (name.family, name.given, name.suffix) if part])
    yield place, work.place(paper)
    yield "PY", str(paper.year or "")
    day = (paper.published or "")[:10]
    if day and paper.year and re.fullmatch(rf"{paper.year:04d}-\d\d-\d\d", day):
        yield "DA", day.replace("-", "/")
    yield "DO", paper.identifiers.get("doi", "")
    for address in work.addresses(paper):
        yield "UR", address
    for link in sorted(paper.links, key=lambda link: link.rel != "pdf"):
        if is_address(link.url) or work.is_file(link):
            yield ("L1" if link.rel == "pdf" else "L2"), link.url
    for tag in paper.tags:
        yield "KW", tag
    yield "AB", paper.abstract or ""
    for text in work.notes(paper):
        for line in printable(text).split("\n"):
            yield "N1", line
