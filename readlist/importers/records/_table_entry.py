"""The entry that named cells make, of a table's row or of what stands at the head of a note."""

from __future__ import annotations

import re
from collections.abc import Callable

from readlist.domain.identifiers import is_address
from readlist.domain.listing import Entry
from readlist.domain.patterns import late
from readlist.importers.lines._links import rel_of
from readlist.importers.records._bib_fields import Record, entry, eprint, identified, keywords
from readlist.importers.records._columns import NO_PART, count, state, topics
from readlist.importers.records._extra import addresses, citation_key, people, person_of, plain, pubmed, remarks, where
from readlist.importers.records._files import local_address
from readlist.importers.records._files import rel_of as file_kind
from readlist.importers.records._notes_html import note

# Embase: "Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004".
_CITED = late(r"(.{2,300}?) \((\d{4})\) [^()]{0,40}(?:\([^()]*\))?\. Date of Publication: (.*)")
_QUOTED = late(r"\[\s*'(.*)'\s*\]")  # Python's lists, as scripts and Readwise write them
_ZOTERO_KEY = late(r"[A-Z0-9]{8}")


def entry_of(said: Callable[[str], list[str]], line: int, *, inverted: bool = False) -> Entry | None:
    """What `said` tells of each field (the names are those of `_columns`), as the paper that begins on `line`; None
    if it is no work. `inverted`: a name always has its family name first, behind a comma.
    """

    def first(what: str) -> str:
        return next(iter(said(what)), "")

    record = Record(line, type=first("type") or ("book" if said("book") else ""))
    record.title = plain(first("title"))
    names = first("authors") or first("editors")
    record.authors = [person_of(one) for one in names.split(";") if one.strip()] if inverted else people(names)
    record.key = next((key for one in said("key") if not _ZOTERO_KEY.fullmatch(one) and (key := citation_key(one))), "")
    record.authors += people(first("more authors"))
    holders = said("holder") if NO_PART.search(record.type) else ()
    cited = [_CITED.fullmatch(cell) for cell in said("venue")]
    held = [found[1] if found else cell for found, cell in zip(cited, said("venue"), strict=True)]
    record.venue = where(record.type, map(plain, held), holders)
    record.dates = [*said("year"), *said("date"), *(text for found in cited if found for text in (found[3], found[2]))]
    for scheme in ("doi", "arxiv", "acl", "openreview", "s2", "corpus"):
        record.identifiers += [one for cell in said(scheme) if (one := identified(scheme, cell))]
    for archive in said("archive"):
        record.identifiers += [one for cell in said("archive location") if (one := eprint(archive, cell))]
    record.identifiers += [
        one for cell in said("number") if "arxiv" in cell.casefold() and (one := identified("arxiv", cell))
    ]
    for cell in said("pubmed"):
        pubmed(record, cell)
    for what in ("url", "pdf", "code", "links"):
        for cell in said(what):
            for address in addresses(cell):
                record.addresses.append((None if what == "url" else rel_of(what, address), address, ""))
    for cell in said("files"):
        for path in cell.split(";"):
            address = path.strip() if is_address(path.strip()) else local_address(path)
            record.addresses.append((file_kind(address), address, ""))
    record.abstract = note(plain(first("abstract")))
    record.keywords = [
        *(label for cell in said("labels") for label in cell.split(";")),
        *(label for cell in said("tags") for label in _labels(cell)),
    ]
    record.topics = [topic for cell in said("topics") for topic in topics(cell)]
    record.notes = [*(remarks(record, cell) for cell in (*said("notes"), *said("extra")))]
    record.summary = first("summary")
    record.state = record.state or next(filter(None, map(state, said("status"))), "")
    record.read_on = first("read on") or record.read_on
    record.priority = first("priority") or record.priority
    record.added = first("added")
    counted = (count(cell) for cell in said("count"))
    record.citations = next((number for number in counted if number is not None), record.citations)
    return entry(record)


def _labels(cell: str) -> list[str]:
    """The labels in a cell; some tables divide them by strokes, or write them as a list of Python's."""
    listed = _QUOTED.fullmatch(cell)
    if listed:
        return re.split(r"'\s*,\s*'", listed[1])
    return cell.split("|") if "|" in cell and not any(mark in cell for mark in ",;，；、\n") else keywords(cell)
