"""RIS, as reference managers read it: a record a paper, in order of the keys; one value a line, `ER` at its end.

Lines end in a line feed: every reader takes that, and so do `diff` and Git. A value never has a line break, since
what stands on the next line could be read as a field of its own. Source: the RIS format specification of
Reference Manager, and what Zotero and EndNote make of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readlist.domain.paper import Paper
from readlist.domain.shelf import Shelf
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
        lines = [f"{tag}  - {one_line(value)}" for tag, value in _lines(paper) if one_line(value)]
        yield "\n" * bool(number) + "\n".join([*lines, "ER  - "]) + "\n"


def _lines(paper: Paper) -> Iterator[tuple[str, str]]:
    kind, place = _TYPES[work.sort_of(paper)]
    yield "TY", kind
    yield "ID", paper.key
    yield "TI", paper.title
    for name in work.names(paper)[0]:
        # A name without parts that has commas would be read as one with parts.
        yield "AU", name.literal.replace(",", "") or ", ".join(filter(None, (name.family, name.given, name.suffix)))
    yield place, work.place(paper)
    yield "PY", str(paper.year or "")
    day = (paper.published or "")[:10]
    if paper.year and re.fullmatch(rf"{paper.year:04d}-\d\d-\d\d", day):
        yield "DA", day.replace("-", "/")
    yield "DO", paper.identifiers.get("doi", "")
    for address in work.addresses(paper):
        yield "UR", address
    for tag in paper.tags:
        yield "KW", tag
    yield "AB", paper.abstract or ""
    for text in work.notes(paper):
        for line in printable(text).split("\n"):
            yield "N1", line
