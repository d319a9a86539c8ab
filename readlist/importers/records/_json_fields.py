"""The fields of a record from the values of a JSON object, in the shapes that data sets and services give them.

Not taken, as machines give them to every object: an `id` that is not made of letters and a year, which no document
cites. A venue at which a submission was rejected or withdrawn is not where the work came out: it becomes a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from readlist.domain.identifiers import arxiv
from readlist.domain.metadata import Rel
from readlist.domain.patterns import late
from readlist.importers import csl_json
from readlist.importers.lines._links import rel_of
from readlist.importers.records import _columns
from readlist.importers.records._bib_fields import Record, identified, keywords
from readlist.importers.records._extra import addresses, citation_key, people, person_of, plain, pubmed, remarks, where
from readlist.importers.records._latex import text as without_latex
from readlist.importers.records._notes_html import note

_REFUSED = late(r"(?:desk[ -]?)?reject(?:ed)?|withdrawn?|desk[ -]?rejected.*", re.IGNORECASE)
_CITED_AS = late(r"[^\W\d_][^\W\d_'’]+[_:.-]?(?:[^\W\d_]+[_:.-])?(?:19|20)\d\d(?!\d)[^\W\d_]{0,40}[a-z]?")
_SUBJECTS = late(r"[a-z-]+(?:\.[A-Za-z-]+)?(?: [a-z-]+(?:\.[A-Za-z-]+)?)*")  # arXiv's: "cs.CL stat.ML"


class ObjectRecord(Record):
    """A record in the making, with what is settled when all fields are set."""

    __slots__ = ("publishers", "refused", "venues")

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.venues: list[str] = []
        self.publishers: list[str] = []
        self.refused = ""

    def settle(self) -> None:
        """Choose the venue, unless the work did not come out there. To be called when all fields are set."""
        alone = len(self.venues) == 1 and not self.publishers
        self.venue = self.venues[0] if alone else where(self.type, self.venues, self.publishers)
        if self.refused and self.venue:
            self.notes.append(f"{self.venue}: {self.refused}")
            self.venue = ""


Setter = Callable[[ObjectRecord, Any, str], None]
"""Sets a field of the record by the value of an object's key."""


def _texts(value: Any) -> list[str]:
    """The texts in a value: a text, a number, a list of such, or objects that have a name."""
    if isinstance(value, str):
        return [] if value.casefold() in _columns.EMPTY else [value]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int):
        return [str(value)]
    if isinstance(value, float):
        return [str(int(value)) if value.is_integer() else str(value)] if value == value else []
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        for name in ("name", "display_name", "title", "category", "tag", "term", "value", "url", "content", "text"):
            if value.get(name):
                return _texts(value[name])
    return []


def _first(value: Any) -> str:
    return value if isinstance(value, str) else next(iter(_texts(value)), "")


def _clean(text: str) -> str:
    return without_latex(plain(text)) if "\\" in text else plain(text)


def _of_text(field: str) -> Setter:
    def set_field(record: ObjectRecord, value: Any, key: str) -> None:
        if not getattr(record, field):
            setattr(record, field, _first(value))

    return set_field


def _title(record: ObjectRecord, value: Any, key: str) -> None:
    if not record.title:
        record.title = _clean(_first(value))


def _authors(record: ObjectRecord, value: Any, key: str) -> None:
    if record.authors:
        return
    if isinstance(value, str):
        record.authors = people(_clean(value))
    else:
        record.authors = [
            person_of(one) if isinstance(one, str) and "\\" not in one else _person(one)
            for one in (value if isinstance(value, list) else (value,))
        ]


_FAMILY = ("family", "last", "lastName", "last_name", "lastname", "surname", "familyName", "family_name")
_GIVEN = ("given", "first", "firstName", "first_name", "firstname", "forename", "givenName", "given_name")


def _person(one: Any) -> str:
    if isinstance(one, str):
        return person_of(_clean(one))
    if isinstance(one, list):  # of arXiv: family name, given name, suffix
        one = {"family": _first(one[:1]), "given": _first(one[1:2]), "suffix": _first(one[2:3])}
    if not isinstance(one, dict):
        return ""
    inner = one.get("author")
    if isinstance(inner, dict | str):
        return _person(inner)
    family = next((text for name in _FAMILY if (text := _first(one.get(name)))), "")
    given = next((text for name in _GIVEN if (text := _first(one.get(name)))), "")
    if isinstance(one.get("middle"), list | str):  # of S2ORC
        given = " ".join((given, *_texts(one["middle"])))
    if not family:
        return person_of(_clean(next(iter(_texts(one)), "") or _first(one.get("raw_author_name")) or given))
    return csl_json.person_of({**one, "family": _clean(family), "given": _clean(given)})


def _venue(record: ObjectRecord, value: Any, key: str) -> None:
    if isinstance(value, dict) and "source" in value:  # of OpenAlex: where the work lies
        for name in ("landing_page_url", "pdf_url"):
            record.addresses += [(None if name[0] == "l" else "pdf", one, "") for one in _texts(value.get(name))]
        value = value["source"]
    text = plain(_first(value))
    if text and not text.startswith(("http://", "https://")):
        record.venues.append(text)


def _dates(record: ObjectRecord, value: Any, key: str) -> None:
    record.dates += [csl_json.date_of(value)] if isinstance(value, dict) else _texts(value)


def _identifier(scheme: str) -> Setter:
    def set_field(record: ObjectRecord, value: Any, key: str) -> None:
        for text in _texts(value):
            found = identified(scheme, text)
            if found and (scheme != "s2" or found.scheme == "s2"):
                record.identifiers.append(found)

    return set_field


# What Semantic Scholar and OpenAlex call the schemes of identifiers.
_SCHEMES = {"doi": "doi", "arxiv": "arxiv", "acl": "acl", "corpusid": "corpus", "pubmed": "pmid", "pmid": "pmid"}


def _identifiers(record: ObjectRecord, value: Any, key: str) -> None:
    if isinstance(value, dict):
        for name, one in value.items():
            scheme = _SCHEMES.get(name.casefold())
            found = identified(scheme, _first(one)) if scheme and one else None
            record.identifiers += [found] if found else []


def _pubmed(record: ObjectRecord, value: Any, key: str) -> None:
    for text in _texts(value):
        pubmed(record, text)


def _id(record: ObjectRecord, value: Any, key: str) -> None:
    """A key, an identifier (arXiv's list has its own as `id`), an address, or a number that says nothing."""
    if not isinstance(value, str):
        return
    number = arxiv(value)
    if number:
        record.identifiers.append(number)
    elif value.startswith(("http://", "https://")) and not record.addresses:
        record.addresses.append((None, value, ""))
    elif not record.key and len(value) < 100 and _CITED_AS.fullmatch(value):
        record.key = citation_key(value)


# Nearly every address is of this form, and is the only one in its text.
_ALONE = late(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?#][!-+.-:<-~-]*)?")


def _links(what: str) -> Setter:
    fixed: Rel | None = rel_of(what, "")

    def set_field(record: ObjectRecord, value: Any, key: str) -> None:
        if isinstance(value, dict):
            value = value.get("url") or value.get("pdf_url") or value.get("landing_page_url")
        for text in (value,) if isinstance(value, str) else _texts(value):
            for address in (text,) if _ALONE.fullmatch(text) else addresses(text):
                rel = None if what == "url" else rel_of(key, address) if what == "links" else fixed
                record.addresses.append((rel, address, ""))

    return set_field


def _abstract(record: ObjectRecord, value: Any, key: str) -> None:
    if record.abstract:
        return
    if isinstance(value, dict) and all(isinstance(places, list) for places in value.values()):  # OpenAlex: word, places
        placed = sorted((at, word) for word, places in value.items() for at in places if isinstance(at, int))
        value = " ".join(word for _, word in placed)
    record.abstract = note(plain(_first(value)))


def _tags(record: ObjectRecord, value: Any, key: str) -> None:
    if isinstance(value, str):
        record.keywords += value.split(" ") if _SUBJECTS.fullmatch(value) and "." in value else keywords(value)
    else:
        record.keywords += _texts(value)


def _topics(record: ObjectRecord, value: Any, key: str) -> None:
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):  # those that a service has given
        record.keywords += _texts(value)
    else:
        record.topics += [topic for cell in _texts(value) for topic in _columns.topics(cell)]


def _notes(record: ObjectRecord, value: Any, key: str) -> None:
    record.notes += [remarks(record, text) for text in _texts(value)]


def _state(record: ObjectRecord, value: Any, key: str) -> None:
    for text in _texts(value):
        record.state = record.state or _columns.state(text)
        if _REFUSED.fullmatch(text):
            record.refused = text


def _count(record: ObjectRecord, value: Any, key: str) -> None:
    if record.citations is None:
        counted = [_columns.count(text) for text in _texts(value)[:1]]
        record.citations = next((number for number in counted if number is not None), None)


def _publishers(record: ObjectRecord, value: Any, key: str) -> None:
    if _columns.NO_PART.search(record.type):
        record.publishers += _texts(value)


def _key(record: ObjectRecord, value: Any, key: str) -> None:
    record.key = record.key or (citation_key(value) if isinstance(value, str) else "")


SETTERS: Mapping[str, Setter] = {
    "type": _of_text("type"),
    "title": _title,
    "authors": _authors,
    "editors": _authors,
    "venue": _venue,
    "holder": _publishers,
    "year": _dates,
    "date": _dates,
    "identifiers": _identifiers,
    **{scheme: _identifier(scheme) for scheme in ("doi", "arxiv", "acl", "openreview", "s2", "corpus")},
    "pubmed": _pubmed,
    "url": _links("url"),
    "pdf": _links("pdf"),
    "code": _links("code"),
    "links": _links("links"),
    "key": _key,
    "id": _id,
    "abstract": _abstract,
    "tags": _tags,
    "topics": _topics,
    "summary": _of_text("summary"),
    "status": _state,
    "read on": _of_text("read_on"),
    "priority": _of_text("priority"),
    "added": _of_text("added"),
    "count": _count,
    "notes": _notes,
}
"""The setter of each field, in the order in which they are called."""
