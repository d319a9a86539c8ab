"""Records of tagged lines (RIS and its kin), cut out of a text and put into the words of all bibliographies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from readlist.domain.metadata import Rel
from readlist.domain.patterns import late
from readlist.domain.text import fold
from readlist.importers.records._bib_fields import Record, eprint, identified, keywords, person
from readlist.importers.records._extra import (
    addresses,
    citation_key,
    initials_behind,
    person_of,
    plain,
    pubmed,
    remarks,
    where,
)
from readlist.importers.records._notes_html import note
from readlist.importers.records._tags import Dialect

# Works that are no part of another one. What Reference Manager and EndNote call secondary authors are people of the
# title page there; of an article or a chapter they are the editors of the volume.
_WHOLE_WORKS = frozenset(("book", "ebook", "edbook", "thes", "thesis", "rprt", "report", "unpb", "manscpt"))
_PARTS = frozenset("jour ejour mgzn news chap echap conf cpaper encyc inpr abst jfull".split())
_DOI = late(r"(?i)(?:doi\b:?\s*)?(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)\s*(?:\[doi\])?\.?")
_COUNT = late(r"\d{1,9}", re.ASCII)
# Scopus adds a work's references to the notes.
_OF_SCOPUS = late(r"(?i)export date:")
_REFERENCES = late(r"(?i)references:")
_ENTERED = late(r"\d{4}-\d\d-\d\d|L\d{6,12}")  # Embase: days on which a record came, its number
_ADDRESSES: tuple[tuple[str, Rel | None], ...] = (("url", None), ("pdf", "pdf"), ("link", "other"))


@dataclass(slots=True)
class Tagged:
    """A record as it stands in a file, on lines `first` to `last`: the values of its tags, in order.

    `within`: it began while another one was not ended.
    """

    first: int
    last: int
    within: bool = False
    values: dict[str, list[str]] = field(default_factory=dict)


def records(lines: Sequence[str], dialect: Dialect) -> Iterator[Tagged]:
    """All records of the lines, in order. The line that begins or ends one may be missing.

    What begins in the midst of a record and names no work belongs to that record.
    """
    before: Tagged | None = None
    for record in _cut(lines, dialect):
        if before and record.within and not record.values.keys() & dialect.naming:
            for tag, values in record.values.items():
                before.values.setdefault(tag, []).extend(values)
            before.last = record.last
            continue
        if before:
            yield before
        before = record
    if before:
        yield before


def _cut(lines: Sequence[str], dialect: Dialect) -> Iterator[Tagged]:
    current: Tagged | None = None
    tag = ""
    for number, line in enumerate(lines, start=1):
        found = dialect.line.match(line.lstrip("\ufeff ") if number == 1 else line)
        if not found:
            if current and tag and line.strip():
                _go_on(current.values[tag], line.strip(), tag, dialect)
                current.last = number
            continue
        *tags, value = found.groups()
        tag = next(filter(None, tags)).upper()
        if tag == dialect.end or tag in dialect.of_file:
            if current:
                current.last = number if tag == dialect.end else current.last
                yield current
            current, tag = None, ""
            continue
        if tag == dialect.start and current and current.values.keys() - {tag}:
            yield current
            current = Tagged(number, number, within=True)
        current = current or Tagged(number, number)
        current.values.setdefault(tag, []).append((value or "").strip())
        current.last = number
    if current:
        yield current


def _go_on(values: list[str], text: str, tag: str, dialect: Dialect) -> None:
    """What stands on a line without a tag goes on with the last value, or is another one."""
    if tag in dialect.lists:
        values.append(text)
    else:
        values[-1] = f"{values[-1]}{chr(10) if tag in dialect.joint else ' '}{text}".strip()


def of(tagged: Tagged, dialect: Dialect) -> Record:
    """The record in the words of all bibliographies."""
    said = _Said(tagged, dialect)
    type_ = said.last("type")
    whole = type_.casefold() in _WHOLE_WORKS
    part = not type_ or type_.casefold() in _PARTS
    record = Record(tagged.first, type=type_)
    record.title = plain(_title(said.best("title")) or said.first("other title" if whole else "title of a part"))
    people = [*(said.all("authors") or said.all("other authors")), *(said.all("further authors") if whole else ())]
    people = people or said.all("editors")
    record.authors = _names([one.strip() for value in people for one in value.split(";") if one.strip()])
    # Programs repeat a book's title as that of the volume; of a part the same words are the volume's own.
    names = [name for name in map(plain, said.all("venue")) if not whole or fold(name) != fold(record.title)]
    record.venue = where(type_, names, () if part else map(plain, said.all("publisher")))
    record.dates = _dates(said.all("dates"))
    record.key = next(filter(None, map(citation_key, said.all("key"))), "")
    record.abstract = "\n\n".join(_distinct(map(note, said.all("abstract"))))
    record.keywords = _keywords(said.all("keywords"))
    record.citations = next((int(count) for count in said.all("citations") if _COUNT.fullmatch(count)), None)
    for value in said.all("doi"):
        doi = _DOI.fullmatch(value)
        found = identified("doi", doi[1]) if doi else None
        record.identifiers += [found] if found else []
    for value in said.all("number"):
        number = eprint("", value) if value[:5].casefold() == "arxiv" else None
        record.identifiers += [number] if number else []
    for value in said.all("accession"):
        pubmed(record, value)
    for what, rel in _ADDRESSES:
        for value in said.all(what):
            record.addresses += [(rel, address, "") for address in addresses(value)]
    notes = [*said.all("notes"), *(text for text in said.all("own fields") if not _ENTERED.fullmatch(text))]
    if any(map(_OF_SCOPUS.match, notes)):
        notes = [one for one in notes if not _REFERENCES.match(one)]
    record.notes = [remarks(record, "\n".join(notes))]
    if not record.title and not record.identifiers:
        record.title = said.first("other title")  # a work that is called by nothing but what holds it
        record.venue = "" if fold(record.venue) == fold(record.title) else record.venue
    return record


class _Said:
    """What a record says in each field."""

    def __init__(self, tagged: Tagged, dialect: Dialect) -> None:
        self._values = tagged.values
        self._dialect = dialect

    def all(self, what: str) -> list[str]:
        """All values of a field, those of its best tag first."""
        return [
            part
            for tag in self._dialect.fields.get(what, ())
            for value in self._values.get(tag, ())
            for part in (value.split(";") if tag in self._dialect.divided else (value,))
            if part
        ]

    def best(self, what: str) -> list[str]:
        """The values of the best tag that the record has."""
        tags = self._dialect.fields.get(what, ())
        return next((found for tag in tags if (found := [one for one in self._values.get(tag, ()) if one])), [])

    def first(self, what: str) -> str:
        return next(iter(self.all(what)), "")

    def last(self, what: str) -> str:
        """The last value of the best tag."""
        found = (self._values[tag] for tag in self._dialect.fields.get(what, ()) if tag in self._values)
        return next(found, [""])[-1]


def _title(values: Iterable[str]) -> str:
    """Title and subtitle, on lines of their own, in one; what is said twice is said once."""
    whole = ""
    for value in _distinct(values):
        if not whole:
            whole = value
        elif fold(value) not in fold(whole):
            whole = f"{whole} {value}" if whole.endswith((":", ".", "?", "!")) else f"{whole}: {value}"
    return whole


def _distinct(values: Iterable[str]) -> list[str]:
    said = [value for value in values if value.strip()]
    return list({fold(value): value for value in reversed(said)}.values())[::-1] if len(said) > 1 else said


def _names(values: list[str]) -> list[str]:
    """The names; where all are on one line, "and" divides those that have their family name before a comma."""
    if len(values) == 1 and " and " in values[0]:
        parts = values[0].split(" and ")
        values = parts if all("," in part for part in parts) else values
    if initials_behind(values):
        return [person(*value.rsplit(" ", 1)) for value in values]
    return [person_of(value) for value in values]


def _dates(texts: list[str]) -> list[str]:
    """The dates; where a day stands apart from its year ("JUN 14", "2006"), both together as well."""
    year = next((text for text in texts if re.fullmatch(r"\d{4}", text)), "")
    return [*texts, *(f"{text} {year}" for text in texts if year and not re.search(r"\d{4}", text))]


def _keywords(values: list[str]) -> list[str]:
    """Keywords on lines of their own are whole, commas and all; those on one line are divided."""
    single = keywords(values[0]) if len(values) == 1 else [part for value in values for part in value.split(";")]
    return [word.strip() for word in single]
