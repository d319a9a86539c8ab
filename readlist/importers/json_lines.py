"""JSON lines: one object a line, each a paper, in whatever shape a data set, a service or a script gives it.

What a key holds is said by the table of names that tables have too (`_columns`), with those that only objects have
(below). Lines of CSL items are read by the rules of CSL-JSON. Known by their keys are also the objects of Semantic
Scholar, OpenAlex, Crossref and arXiv's list of all preprints. A line that is no JSON is broken, and the rest is read.

Not taken, as machines give them to every line: an `id` that is not made of letters and a year, which no document
cites. A venue at which a submission was rejected or withdrawn is not where the work came out: it becomes a note.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from readlist.domain.identifiers import arxiv
from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing, Piece
from readlist.domain.metadata import Rel
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.errors import InputError
from readlist.importers import _columns, csl_json
from readlist.importers._account import collected
from readlist.importers._bib_fields import Record, entry, identified, keywords
from readlist.importers._extra import addresses, citation_key, people, person_of, plain, pubmed, remarks, where
from readlist.importers._latex import text as without_latex
from readlist.importers._links import rel_of
from readlist.importers._notes_html import note

FORMAT = "json-lines"

_PIECE = 500  # lines
_LOOKED_AT = 20  # lines
_SHOWN = 200
_DECODE = json.JSONDecoder(strict=False).decode  # line breaks and tabs within a text are let pass

# What a key holds that no column of a table is called. In this order they are taken; of one kind the first that says
# something counts, if there can be but one.
_NAMES: tuple[tuple[str, str], ...] = (
    ("type", "publicationtypes"),
    ("authors", "authorsparsed authorships"),
    ("venue", "publicationvenue hostvenue primarylocation journalref"),
    ("date", "createddate publicationdate"),
    ("identifiers", "externalids ids"),
    ("s2", "paperid"),
    ("url", "site homepage paperlink urlabs landingpageurl"),
    ("pdf", "openaccesspdf bestoalocation urlpdf"),
    ("code", "officialcode"),
    ("links", "project projectpage video slides poster blog openreviewurl"),
    ("abstract", "paperabstract abstracttext abstractinvertedindex"),
    ("tags", "fieldsofstudy s2fieldsofstudy subjects concepts category categories"),
    ("count", "citedbycount gscitation gscitations ncitations ncitation numcitations"),
    ("id", "id"),
)  # fmt: skip
_MORE = {name: (what, 100 + rank) for what, names in _NAMES for rank, name in enumerate(names.split())}
_CSL = frozenset(("issued", "container-title", "event-title", "citation-key", "non-dropping-particle"))
_WRAPPERS = ("paper", "_source", "work", "data")
_REFUSED = late(r"(?:desk[ -]?)?reject(?:ed)?|withdrawn?|desk[ -]?rejected.*", re.IGNORECASE)
_CITED_AS = late(r"[^\W\d_][^\W\d_'’]+[_:.-]?(?:[^\W\d_]+[_:.-])?(?:19|20)\d\d(?!\d)[^\W\d_]{0,40}[a-z]?")
_SUBJECTS = late(r"[a-z-]+(?:\.[A-Za-z-]+)?(?: [a-z-]+(?:\.[A-Za-z-]+)?)*")  # arXiv's: "cs.CL stat.ML"


def recognises(text: str) -> bool:
    """Whether the first lines of `text` are objects, at least one of which is whole and has a title of its own."""
    lines = _some(text)
    first = next(lines, "")
    if not first.startswith("{"):
        return False
    for line in (first, *lines):
        if not line.startswith("{"):
            return False
        value = _decoded(line)
        if isinstance(value, dict):
            value = _unwrapped(value)
            return "rl" not in value and _plan(tuple(value)).titled
    return False


def read(text: str, *, mentions: bool = False) -> Listing:
    """All lines of `text`. Raises InputError if there are some and none can be read."""
    return collected(FORMAT, pieces((text,)))


def pieces(blocks: Iterable[str]) -> Iterator[Piece]:
    """The lines of a file in pieces."""
    number, read_, broken = 0, 0, 0
    for lines in _lines(blocks):
        entries: list[Entry] = []
        ignored: list[Ignored] = []
        blank = 0
        for line in lines:
            number += 1
            value = _decoded(line)
            if isinstance(value, dict) and (made := _entry(value, number)):
                entries.append(made)
            elif not line.strip("\ufeff \t\r\f\v"):
                blank += 1
            else:
                fault = value if isinstance(value, str) and not line.lstrip().startswith('"') else ""
                broken += bool(fault)
                shown = one_line(line[: 2 * _SHOWN])[:_SHOWN]
                ignored.append(Ignored(number, shown, fault or csl_json.NO_ITEM, broken=bool(fault)))
        read_ += len(entries)
        counts = dict.fromkeys(LINE_KINDS, 0) | {"papers": len(entries), "blank": blank, "ignored": len(ignored)}
        yield Piece(tuple(entries), counts, tuple(ignored))
    if broken and not read_:
        raise InputError("no line of this JSON can be read", "export it again from the program that wrote it")


def _some(text: str) -> Iterator[str]:
    at = 0
    for _ in range(_LOOKED_AT):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)].strip("\ufeff \t\r\f\v")
        if line:
            yield line
        if end < 0:
            return
        at = end + 1


def _lines(blocks: Iterable[str]) -> Iterator[list[str]]:
    """The lines of a text that comes in blocks, some hundred at a time."""
    waiting: list[str] = []  # of a line whose end has not come
    some: list[str] = []
    first = True
    for block in blocks:
        if first:
            block, first = block.removeprefix("\ufeff"), False
        if "\n" not in block:
            waiting.append(block)
            continue
        found = "".join((*waiting, block)).split("\n")
        waiting = [found.pop()]
        some += found
        at = 0
        while len(some) - at >= _PIECE:
            yield some[at : at + _PIECE]
            at += _PIECE
        some = some[at:]
    last = "".join(waiting)
    if last:
        some.append(last)
    if some:
        yield some


def _decoded(line: str) -> Any:
    """What a line says; a text that tells what is wrong with it if it is no JSON."""
    try:
        return _DECODE(line)
    except (ValueError, RecursionError) as fault:
        said = fault.msg if isinstance(fault, json.JSONDecodeError) else "too deep, or a number too long"
        return f"broken JSON: {said[:1].lower()}{said[1:]}"


def _unwrapped(value: dict[str, Any]) -> dict[str, Any]:
    if "title" not in value:
        for name in _WRAPPERS:
            inner = value.get(name)
            if isinstance(inner, dict) and "title" in inner:
                return inner
    return value


# -- what an object says -----------------------------------------------------------------------------------------------


class _Plan:
    """What the keys of an object hold, the better names first: the same for all objects with the same keys."""

    __slots__ = ("csl", "steps", "titled")

    def __init__(self, keys: tuple[str, ...]) -> None:
        names = {key: re.sub(r"[\W_]", "", key.casefold()) for key in keys}
        found = {key: _MORE.get(name) or _columns.COLUMNS.get(name) for key, name in names.items()}
        if "ENTRYTYPE" in keys and "ID" in keys:  # as bibtexparser writes them
            found["ID"] = ("key", 0)
        whats = {what for what, _ in filter(None, found.values())}
        if "summary" in whats and "abstract" not in whats:  # as arXiv calls it
            found = {key: ("abstract", one[1]) if one and one[0] == "summary" else one for key, one in found.items()}
        if "title" not in whats:
            found = {key: ("title", one[1]) if one and one[0] == "name" else one for key, one in found.items()}
        order = [*_TAKERS]
        known = [(order.index(one[0]), one[1], key) for key, one in found.items() if one and one[0] in _TAKERS]
        self.steps = tuple((key, _TAKERS[order[at]]) for at, _, key in sorted(known))
        self.titled = "title" in {order[at] for at, _, _ in known}
        self.csl = not _CSL.isdisjoint(keys) and "title" in keys


@lru_cache(maxsize=4096)
def _plan(keys: tuple[str, ...]) -> _Plan:
    return _Plan(keys)


class _Said(Record):
    """A record in the making, with what is settled when all keys were looked at."""

    __slots__ = ("names", "publishers", "refused")

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.names: list[str] = []
        self.publishers: list[str] = []
        self.refused = ""


def _entry(value: dict[str, Any], line: int) -> Entry | None:
    if "title" not in value:
        value = _unwrapped(value)
    plan = _plan(tuple(value))
    if plan.csl:
        return entry(csl_json.record(value, line))
    said = _Said(line)
    for key, take in plan.steps:
        one = value[key]
        if one is not None and one != "" and one != []:
            take(said, one, key)
    alone = len(said.names) == 1 and not said.publishers
    said.venue = said.names[0] if alone else where(said.type, said.names, said.publishers)
    if said.refused and said.venue:
        said.notes.append(f"{said.venue}: {said.refused}")
        said.venue = ""
    return entry(said)


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


_Take = Callable[[_Said, Any, str], None]


def _of_text(field: str) -> _Take:
    def take(said: _Said, value: Any, key: str) -> None:
        if not getattr(said, field):
            setattr(said, field, _first(value))

    return take


def _title(said: _Said, value: Any, key: str) -> None:
    if not said.title:
        said.title = _clean(_first(value))


def _authors(said: _Said, value: Any, key: str) -> None:
    if said.authors:
        return
    if isinstance(value, str):
        said.authors = people(_clean(value))
    else:
        said.authors = [
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


def _venue(said: _Said, value: Any, key: str) -> None:
    if isinstance(value, dict) and "source" in value:  # of OpenAlex: where the work lies
        for name in ("landing_page_url", "pdf_url"):
            said.addresses += [(None if name[0] == "l" else "pdf", one, "") for one in _texts(value.get(name))]
        value = value["source"]
    text = plain(_first(value))
    if text and not text.startswith(("http://", "https://")):
        said.names.append(text)


def _dates(said: _Said, value: Any, key: str) -> None:
    said.dates += [csl_json.date_of(value)] if isinstance(value, dict) else _texts(value)


def _identifier(scheme: str) -> _Take:
    def take(said: _Said, value: Any, key: str) -> None:
        for text in _texts(value):
            found = identified(scheme, text)
            if found and (scheme != "s2" or found.scheme == "s2"):
                said.identifiers.append(found)

    return take


# What Semantic Scholar and OpenAlex call the schemes of identifiers.
_SCHEMES = {"doi": "doi", "arxiv": "arxiv", "acl": "acl", "corpusid": "corpus", "pubmed": "pmid", "pmid": "pmid"}


def _identifiers(said: _Said, value: Any, key: str) -> None:
    if isinstance(value, dict):
        for name, one in value.items():
            scheme = _SCHEMES.get(name.casefold())
            found = identified(scheme, _first(one)) if scheme and one else None
            said.identifiers += [found] if found else []


def _pubmed(said: _Said, value: Any, key: str) -> None:
    for text in _texts(value):
        pubmed(said, text)


def _id(said: _Said, value: Any, key: str) -> None:
    """A key, an identifier (arXiv's list has its own as `id`), an address, or a number that says nothing."""
    if not isinstance(value, str):
        return
    number = arxiv(value)
    if number:
        said.identifiers.append(number)
    elif value.startswith(("http://", "https://")) and not said.addresses:
        said.addresses.append((None, value, ""))
    elif not said.key and len(value) < 100 and _CITED_AS.fullmatch(value):
        said.key = citation_key(value)


# Nearly every address is of this form, and is the only one in its text.
_ALONE = late(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?#][!-+.-:<-~-]*)?")


def _links(what: str) -> _Take:
    fixed: Rel | None = rel_of(what, "")

    def take(said: _Said, value: Any, key: str) -> None:
        if isinstance(value, dict):
            value = value.get("url") or value.get("pdf_url") or value.get("landing_page_url")
        for text in (value,) if isinstance(value, str) else _texts(value):
            for address in (text,) if _ALONE.fullmatch(text) else addresses(text):
                rel = None if what == "url" else rel_of(key, address) if what == "links" else fixed
                said.addresses.append((rel, address, ""))

    return take


def _abstract(said: _Said, value: Any, key: str) -> None:
    if said.abstract:
        return
    if isinstance(value, dict) and all(isinstance(places, list) for places in value.values()):  # OpenAlex: word, places
        placed = sorted((at, word) for word, places in value.items() for at in places if isinstance(at, int))
        value = " ".join(word for _, word in placed)
    said.abstract = note(plain(_first(value)))


def _tags(said: _Said, value: Any, key: str) -> None:
    if isinstance(value, str):
        said.keywords += value.split(" ") if _SUBJECTS.fullmatch(value) and "." in value else keywords(value)
    else:
        said.keywords += _texts(value)


def _topics(said: _Said, value: Any, key: str) -> None:
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):  # those that a service has given
        said.keywords += _texts(value)
    else:
        said.topics += [topic for cell in _texts(value) for topic in _columns.topics(cell)]


def _notes(said: _Said, value: Any, key: str) -> None:
    said.notes += [remarks(said, text) for text in _texts(value)]


def _state(said: _Said, value: Any, key: str) -> None:
    for text in _texts(value):
        said.state = said.state or _columns.state(text)
        if _REFUSED.fullmatch(text):
            said.refused = text


def _count(said: _Said, value: Any, key: str) -> None:
    if said.citations is None:
        counted = [_columns.count(text) for text in _texts(value)[:1]]
        said.citations = next((number for number in counted if number is not None), None)


def _publishers(said: _Said, value: Any, key: str) -> None:
    if _columns.NO_PART.search(said.type):
        said.publishers += _texts(value)


def _key(said: _Said, value: Any, key: str) -> None:
    said.key = said.key or (citation_key(value) if isinstance(value, str) else "")


_TAKERS: Mapping[str, _Take] = {
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
