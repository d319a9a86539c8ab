"""OpenAlex: citation counts of papers that Semantic Scholar has no answer for, one look-up a paper.

From its API manual (docs.openalex.org, "Get a single entity"; "Rate limits and authentication"):
`/works/https://doi.org/…` finds a work by its DOI, arXiv's own DOIs included, needs no key, and may lead to the work
that this one was merged with; 404 says that there is none; no more than ten requests a second; `mailto` says whom to
write to. Abstracts come as an index from words to places. Where only the year of publication is known the date is its
first of January.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from readlist.domain import identifiers as ids
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Kind, Link, Metadata
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.settings import Settings
from readlist.sources import Source, StandsIn
from readlist.sources._http import Http
from readlist.sources._json import shaped
from readlist.sources._lookup import Lookup
from readlist.sources._text import paragraphs, unmarked
from readlist.sources._web import address

FIELDS = (
    "id,doi,title,publication_year,publication_date,ids,type,primary_location,locations,authorships,cited_by_count,"
    "abstract_inverted_index"
)
DELAY = 0.1
"""Least seconds between two requests; none to a server on this machine."""

_DATE = late(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_LARGEST = 2**53
_LONGEST_ABSTRACT = 20_000  # words
_KINDS: dict[str, Kind] = {"dissertation": "thesis", "book": "book"}


# The answer's shape, checked by pydantic. What is missing is None, what is not listed here is ignored.
@dataclass(frozen=True, slots=True)
class _Named:
    display_name: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class _Location:
    source: _Named | None = None
    landing_page_url: str | None = None
    pdf_url: str | None = None


@dataclass(frozen=True, slots=True)
class _Authorship:
    author: _Named | None = None
    raw_author_name: str | None = None


@dataclass(frozen=True, slots=True)
class _Work:
    doi: str | None = None
    title: str | None = None
    publication_year: int | None = None
    publication_date: str | None = None
    ids: dict[str, Any] | None = None
    type: str | None = None
    primary_location: _Location | None = None
    locations: list[_Location] | None = None
    authorships: list[_Authorship] | None = None
    cited_by_count: int | None = None
    abstract_inverted_index: dict[str, list[int]] | None = None


def source(settings: Settings, http: Http) -> Source:
    """OpenAlex, asked at `settings.openalex_url`."""
    return OpenAlex(settings, http)


class OpenAlex(Lookup):
    """A Source. References are DOIs with the prefix `doi:`."""

    name = "openalex"
    label = "OpenAlex"
    site = "openalex.org"
    stands_in: StandsIn = "no answer"

    def __init__(self, settings: Settings, http: Http) -> None:
        super().__init__(settings, http, settings.openalex_url, DELAY, {"select": FIELDS})
        self._works = f"{settings.openalex_url}/works/https://doi.org/"

    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        """The DOI of the publication, else arXiv's."""
        if identifiers.get("doi"):
            return f"doi:{identifiers['doi']}"
        return f"doi:10.48550/arXiv.{identifiers['arxiv']}" if identifiers.get("arxiv") else None

    def url_of(self, doi: str) -> str:
        """The work of that DOI; "/" and ":" stand in a path as they are."""
        return self._works + quote(doi, safe="/:()")

    def read(self, answer: dict[str, Any], asked: Identifier, url: str) -> Metadata | None:
        """The work as a paper."""
        return _metadata(answer, asked)


def _metadata(answer: dict[str, Any], asked: Identifier) -> Metadata | None:
    """The work as a paper; None if it is not one, in shape or in value, or does not say that it is `asked`."""
    work = shaped(_Work, answer)
    if work is None:
        return None
    count = work.cited_by_count
    names = _names(work)
    if (count is not None and not 0 <= count < _LARGEST) or asked not in names:
        return None
    own = {asked.scheme: asked.value}
    for name in names:
        own.setdefault(name.scheme, name.value)
    date = work.publication_date or ""
    year = work.publication_year
    authors = (one_line(_author(one)) for one in work.authorships or ())
    return Metadata(
        source="openalex",
        kind=_KINDS.get(work.type or "", "paper"),
        title=one_line(unmarked(work.title or "")) or None,
        authors=tuple(name for name in authors if name),
        year=year if year is not None and 0 < year < 10_000 else None,
        published=date if _DATE.fullmatch(date) and not date.endswith("-01-01") else None,
        venue=_venue(work.primary_location),
        identifiers=own,
        url=address(work.primary_location.landing_page_url if work.primary_location else None) or asked.url,
        links=_links(work),
        abstract=_abstract(work.abstract_inverted_index),
        citations=count,
    )


def _places(work: _Work) -> Iterable[_Location]:
    return [place for place in (work.primary_location, *(work.locations or ())) if place]


def _names(work: _Work) -> list[Identifier]:
    """Every identifier that the work gives itself, its own before those of its places."""
    given = [work.doi, (work.ids or {}).get("doi"), (work.ids or {}).get("arxiv")]
    texts = [*given, *(place.landing_page_url for place in _places(work))]
    read = (ids.parse(text) for text in texts if isinstance(text, str))
    return [Identifier(name.scheme, name.value) for name in read if name]


def _author(one: _Authorship) -> str:
    return (one.author.display_name if one.author else None) or one.raw_author_name or ""


def _venue(place: _Location | None) -> str | None:
    """Where the work was published; a repository is no such place."""
    if not place or not place.source or place.source.type in ("repository", "metadata"):
        return None
    return one_line(place.source.display_name or "") or None


def _links(work: _Work) -> tuple[Link, ...]:
    found = next((pdf for place in _places(work) if (pdf := address(place.pdf_url))), None)
    return (Link("pdf", found),) if found else ()


def _abstract(index: dict[str, list[int]] | None) -> str | None:
    """The text of which `index` says where each word stands."""
    at: dict[int, str] = {}
    for word, places in (index or {}).items():
        for place in places:
            if 0 <= place < _LONGEST_ABSTRACT:
                at.setdefault(place, word)
    return paragraphs(" ".join(at[place] for place in sorted(at)))
