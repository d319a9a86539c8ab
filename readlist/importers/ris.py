"""RIS, and the other formats of tagged lines: Web of Science's, PubMed's (.nbib), EndNote's (.enw), RefWorks' and
NoteExpress'.

A record that names no work is passed over with its line and the reason, and the rest is read. The lines are read here
and not by rispy, which knows no line numbers, drops a record whose first line is missing, adds one whose last line is
missing to the next, and gives lines that go on to the wrong value; the tests count records with it.

Left out as no words of a reader's are Scopus' list of references and date of export; its "Cited By" is a count.
"""

from __future__ import annotations

from itertools import islice

from readlist.domain.listing import Listing
from readlist.domain.patterns import late
from readlist.importers.records._account import Account
from readlist.importers.records._bib_fields import entry
from readlist.importers.records._tagged import of, records
from readlist.importers.records._tags import ENDNOTE, NOTEEXPRESS, PUBMED, REFWORKS, RIS, WEB_OF_SCIENCE, Dialect

_LOOKED_AT = 60
_PREAMBLE = 12
_NO_PREAMBLE = late(r"\s*(?:[#>|@<`~%{\[]|[-*+] )")  # Markdown, BibTeX, HTML, JSON
NO_WORK = "a record that names no work: no title, no identifier, no address"


def recognises(text: str) -> bool:
    """Whether `text` holds tagged records, with nothing before them but a few plain lines."""
    return _dialect(text) is not None


def read(text: str, *, mentions: bool = False) -> Listing:
    """All records of `text`."""
    dialect = _dialect(text) or RIS
    account = Account(text)
    entries = []
    for record in records(account.lines, dialect):
        made = entry(of(record, dialect))
        if made:
            account.take(record.first, record.last)
            entries.append(made)
        else:
            account.ignore(record.first, record.last, NO_WORK)
    return account.listing(dialect.name, entries)


def _dialect(text: str) -> Dialect | None:
    lines = list(islice((line for line in _lines(text) if line.strip()), _LOOKED_AT))
    for dialect in (ENDNOTE, PUBMED, WEB_OF_SCIENCE):
        if any(found[1] == dialect.start for line in lines[:3] if (found := dialect.line.match(line))):
            return dialect
    for dialect in (REFWORKS, NOTEEXPRESS):  # "RT" alone may begin a message that is passed on
        known = {found[1].upper() for line in lines if (found := dialect.line.match(line))}
        if dialect.start in known and dialect.naming & known and dialect.line.match(lines[0]):
            return dialect
    tags = [(place, _tag(line)) for place, line in enumerate(lines) if RIS.line.match(line)]
    if not tags or tags[0][0] > _PREAMBLE or any(map(_NO_PREAMBLE.match, lines[: tags[0][0]])):
        return None
    # A file may begin within a record, or lack the lines that begin or end one, but not have neither.
    known = {tag for _, tag in tags}
    return RIS if known & {RIS.start, RIS.end} and len(known) > 1 and known & _FIELDS else None


def _tag(line: str) -> str:
    found = RIS.line.match(line)
    return (found[1] or found[2]).upper() if found else ""


_FIELDS = frozenset(tag for tags in RIS.fields.values() for tag in tags) - {RIS.start}


def _lines(text: str) -> list[str]:
    """The first lines of a text, whatever ends them."""
    return text[:60_000].lstrip("\ufeff \t").splitlines()
