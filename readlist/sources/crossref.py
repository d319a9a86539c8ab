"""Crossref: the record that a publisher registered for a DOI; where and when a paper was published.

From its documentation (api.crossref.org; crossref.org/documentation/retrieve-metadata/rest-api and
/documentation/schema-library):
`/works/{doi}`, the DOI percent-encoded, needs no key; 404 says that there is none, as of DOIs of other agencies
(arXiv's are DataCite's). A DOI that was replaced by another leads on (301) to that one's record. Ten requests a second
from those who say whom to write to, five from others (since December 2025). `published` is the earlier of print and
online, in as many parts as are known. The title and the book or journal are lists; a series stands before the volume
in it. Texts hold HTML, JATS and MathML as the publisher sent them. `update-to` is of a notice and names what it is
about; `updated-by` is of the work itself and names the notice.

Its citation counts are left out. They count what publishers deposited and no preprints, far fewer than the services
that are asked for counts, so that beside theirs they would read as a fall.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urlsplit

from readlist.domain import identifiers as ids
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Kind, Link, Metadata
from readlist.domain.patterns import late
from readlist.domain.text import fold, is_chinese, one_line
from readlist.domain.venues import canonical
from readlist.settings import Settings
from readlist.sources import Source, StandsIn
from readlist.sources._http import Http
from readlist.sources._json import NotJson, shaped
from readlist.sources._lookup import Lookup
from readlist.sources._text import paragraphs, unmarked
from readlist.sources._web import address

DELAY, ANONYMOUS_DELAY = 0.1, 0.2
"""Least seconds between two requests, with and without an e-mail address; none to a server on this machine."""

_LONGEST_ABSTRACT = 100_000  # characters, with markup
_KINDS: dict[str, Kind] = {
    "dissertation": "thesis",
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book"), "book"),
}
# Of these the container is where the work was published. A preprint ("posted-content") and a book have none.
_JOURNAL = "journal-article"
_WITH_VENUE = frozenset({_JOURNAL, "proceedings-article", "book-chapter", "book-section", "book-part"})
_SERVERS = frozenset({"ssrnelectronicjournal", "socialscienceresearchnetwork"})  # preprints that go by journal articles
# Series of proceedings of everything: they tell nothing of where a paper was published.
_SERIES = late(
    r"(?:lecture notes (?:in|on) |communications in computer and information science|.*\bconference proceeding series"
    r"|advances in intelligent systems and computing|ifip advances in information and communication technology"
    r"|frontiers in artificial intelligence and applications|studies in computational intelligence"
    r"|smart innovation, systems and technologies|spie proceedings|proceedings of spie)",
    re.IGNORECASE,
)
# "Computer Vision – ECCV 2018", "Proceedings of the 22nd … - KDD '16": behind the dash stands the short name.
_DASH = late(r"\s[–—−-]\s+(?=[^–—−]*$)")
_VOLUME = late(r"\W+(?:Main Volume|Volume \d+\W+(?:Long|Short)(?: and Short)? Papers\W*)$", re.IGNORECASE)
_BESIDE = late(r"workshop|companion|adjunct|extended abstracts|doctoral|tutorial|demonstration", re.IGNORECASE)

_TAKEN_BACK = frozenset({"retraction", "withdrawal"})
_RETRACTED = late(
    r"\A(?:(?:RETRACTED|WITHDRAWN)\s*:"
    r"|(?i:\[(?:retracted|withdrawn)\]|(?:retracted|withdrawn)\s(?:article|chapter|paper)\s*:))\s*"
)
_HEADING = late(r"\A(?:abstract|summary)[.:]?(?:\n\n|\Z)", re.IGNORECASE)


def _hyphened(name: str) -> str:
    return name.replace("_", "-")


# The answer's shape, checked by pydantic. What is missing is None, what is not listed here is ignored.
@dataclass(frozen=True, slots=True)
class _Name:
    given: str | None = None
    family: str | None = None
    suffix: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Date:
    __pydantic_config__: ClassVar[dict[str, Callable[[str], str]]] = {"alias_generator": _hyphened}
    date_parts: list[list[int | None]] | None = None


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__ = _Date.__pydantic_config__
    URL: str | None = None
    content_type: str | None = None
    intended_application: str | None = None


@dataclass(frozen=True, slots=True)
class _Update:
    type: str | None = None


@dataclass(frozen=True, slots=True)
class _Work:
    __pydantic_config__ = _Date.__pydantic_config__
    DOI: str
    type: str | None = None
    title: list[str | None] | None = None
    subtitle: list[str | None] | None = None
    author: list[_Name] | None = None
    container_title: list[str | None] | None = None
    event: _Name | None = None
    published: _Date | None = None
    issued: _Date | None = None
    abstract: str | None = None
    link: list[_File] | None = None
    relation: dict[str, Any] | None = None
    update_to: list[_Update] | None = None
    updated_by: list[_Update] | None = None


def source(settings: Settings, http: Http) -> Source:
    """Crossref, asked at `settings.crossref_url`."""
    return Crossref(settings, http)


class Crossref(Lookup):
    """A Source. References are DOIs with the prefix `doi:`."""

    name = "crossref"
    label = "Crossref"
    site = "crossref.org"
    stands_in: StandsIn = "no venue"

    def __init__(self, settings: Settings, http: Http) -> None:
        super().__init__(settings, http, settings.crossref_url, DELAY if settings.contact else ANONYMOUS_DELAY)
        self._works = f"{settings.crossref_url}/works/"

    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        """The DOI of the publication, the ACL Anthology's own DOIs (which are kept as its ids) included."""
        if identifiers.get("doi"):
            return f"doi:{identifiers['doi']}"
        return f"doi:10.18653/v1/{identifiers['acl']}" if identifiers.get("acl") else None

    def url_of(self, doi: str) -> str:
        """The work of that DOI, which is one segment of the path."""
        return self._works + quote(doi, safe="")

    def read(self, answer: dict[str, Any], asked: Identifier, url: str) -> Metadata | None:
        """The work as a paper. It is the one asked for if it has that DOI, or if Crossref led on from there to it."""
        message = answer.get("message")
        if not isinstance(message, dict):
            raise NotJson("something other than a work")
        work = shaped(_Work, message)
        if work is None:
            return None
        own = ids.doi(work.DOI)
        led_to = ids.doi(unquote(urlsplit(url).path.rpartition("/works/")[2]))
        return _metadata(work, asked) if own and own in (asked, led_to) else None


def _metadata(work: _Work, asked: Identifier) -> Metadata:
    title, withdrawn = _title(work)
    year, day = _published(work)
    authors = (_author(one) for one in work.author or ())
    preprint = _preprint(work.relation or {})
    return Metadata(
        source="crossref",
        kind=_KINDS.get(work.type or "", "paper"),
        title=title or None,
        authors=tuple(name for name in authors if name),
        year=year,
        published=day,
        venue=_venue(work),
        identifiers={**({preprint.scheme: preprint.value} if preprint else {}), asked.scheme: asked.value},
        url=asked.url,
        links=_links(work),
        abstract=_abstract(work.abstract),
        withdrawn=withdrawn or None,
    )


def _line(text: str | None) -> str:
    return one_line(unmarked(text or ""))


def _lines(texts: list[str | None] | None) -> list[str]:
    return [line for line in map(_line, texts or ()) if line]


def _title(work: _Work) -> tuple[str, bool]:
    """Title with subtitle, and whether the work was taken back.

    That is said by a notice that updates it, or put before its title; but a notice's title may look the same.
    """
    title = next(iter(_lines(work.title)), "")
    bare = title if work.update_to else _RETRACTED.sub("", title)
    withdrawn = bare != title or any(update.type in _TAKEN_BACK for update in work.updated_by or ())
    subtitle = next(iter(_lines(work.subtitle)), "")
    if bare and subtitle and fold(subtitle) not in fold(bare):
        bare += f" {subtitle}" if bare.endswith((":", "?", "!", "–", "—")) else f": {subtitle}"
    return bare, withdrawn


def _author(one: _Name) -> str:
    given, family, suffix = _line(one.given), _line(one.family), _line(one.suffix)
    if is_chinese(given) and is_chinese(family):
        return family + given
    return " ".join(part for part in (given, family, suffix) if part) or _line(one.name)


def _published(work: _Work) -> tuple[int | None, str | None]:
    """The year, and the day as an ISO date where it is known."""
    dates = [it.date_parts[0] for it in (work.published, work.issued) if it and it.date_parts and it.date_parts[0]]
    year, month, day = ([*next(iter(dates), []), None, None, None])[:3]
    if not year or not 0 < year < 10_000:
        return None, None
    try:
        return year, date(year, month or 0, day or 0).isoformat()
    except ValueError:  # not known to the day
        return year, None


def _venue(work: _Work) -> str | None:
    """The journal or volume in the publisher's words; the event where only a series is named."""
    if work.type not in _WITH_VENUE:
        return None
    names = _lines(work.container_title)
    if work.type != _JOURNAL:
        names = [*reversed(names), *_lines([work.event.name if work.event else None])]
    name = next((name for name in names if not _SERIES.match(name)), next(iter(names), ""))
    if not name or fold(name) in _SERVERS:
        return None
    return next((part for part in _parts(name) if canonical(part)), name)


def _parts(name: str) -> Iterator[str]:
    """What may be the venue's name in that of a volume. Not of volumes beside the main one: those are elsewhere."""
    yield name
    if not _BESIDE.search(name):
        yield _VOLUME.sub("", name)
        yield _DASH.split(name)[-1]


def _preprint(relation: Mapping[str, Any]) -> Identifier | None:
    """The arXiv id that the publisher gives the preprint of the work, if it gives one alone."""
    given = relation.get("has-preprint")
    texts = [one.get("id") for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    found = {name for text in texts if isinstance(text, str) and (name := ids.parse(text)) and name.scheme == "arxiv"}
    return found.pop() if len({name.value for name in found}) == 1 else None


def _links(work: _Work) -> tuple[Link, ...]:
    """The first PDF that is meant for readers, or may be."""
    files = (
        address(file.URL)
        for file in work.link or ()
        if file.content_type == "application/pdf" and file.intended_application != "similarity-checking"
    )
    found = next((url for url in files if url), None)
    return (Link("pdf", found),) if found else ()


def _abstract(text: str | None) -> str | None:
    said = paragraphs(unmarked((text or "")[:_LONGEST_ABSTRACT])) or ""
    return _HEADING.sub("", said) or None
