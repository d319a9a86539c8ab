"""A paper as Semantic Scholar's answers show it: what is there is checked, and what is missing is None."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from readlist.domain import identifiers as ids
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Link, Metadata
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.sources._text import paragraphs

_DATE = late(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_LARGEST = 2**53  # a count that no store or JSON reader can hold is no count


# The answer's shape, checked by pydantic. What is missing is None, what is not listed here is ignored.
@dataclass(frozen=True, slots=True)
class _Author:
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Pdf:
    url: str | None = None


@dataclass(frozen=True, slots=True)
class _Tldr:
    text: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    paperId: str | None = None
    corpusId: int | None = None
    externalIds: dict[str, Any] | None = None
    url: str | None = None
    title: str | None = None
    abstract: str | None = None
    venue: str | None = None
    publicationVenue: Any = None
    year: int | None = None
    publicationDate: str | None = None
    citationCount: int | None = None
    influentialCitationCount: int | None = None
    openAccessPdf: _Pdf | None = None
    authors: list[_Author] | None = None
    tldr: _Tldr | None = None


@dataclass(slots=True)
class Paper:
    """A row that was understood: what it says, and all the names it gives itself."""

    metadata: Metadata
    names: frozenset[Identifier] = field(default_factory=frozenset)


@cache
def _reader() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(_Row)


def read(row: object) -> Paper | None:
    """The row as a paper; None if it is not one, in shape or in value."""
    from pydantic import ValidationError

    try:
        said: _Row = _reader().validate_python(row)
    except ValidationError:
        return None
    counts = (said.citationCount, said.influentialCitationCount)
    if any(count is not None and not 0 <= count < _LARGEST for count in counts):
        return None
    names = _names(said)
    own: dict[str, str] = {}
    for name in names:
        own.setdefault(name.scheme, name.value)
    date = said.publicationDate if said.publicationDate and _DATE.fullmatch(said.publicationDate) else None
    pdf = said.openAccessPdf.url if said.openAccessPdf else None
    authors = (one_line(author.name or "") for author in said.authors or ())
    return Paper(
        Metadata(
            source="semantic-scholar",
            kind="paper",
            title=_line(said.title),
            authors=tuple(name for name in authors if name),
            year=said.year if said.year is not None and 0 < said.year < 10_000 else None,
            published=date,
            venue=_venue(said),
            identifiers=own,
            url=_address(said.url),
            links=(Link("pdf", address),) if (address := _address(pdf)) else (),
            abstract=paragraphs(said.abstract),
            tldr=_line(said.tldr.text if said.tldr else None),
            citations=said.citationCount,
            influential=said.influentialCitationCount,
        ),
        frozenset(names),
    )


def _names(row: _Row) -> list[Identifier]:
    """Every identifier that the row gives its paper. A DOI may be an arXiv or Anthology id in another dress."""
    given = row.externalIds or {}
    corpus = row.corpusId if row.corpusId is not None else given.get("CorpusId")
    read = (
        ids.parse(f"s2:{row.paperId}") if row.paperId else None,
        ids.parse(f"corpusid:{corpus}") if corpus is not None else None,
        ids.arxiv(str(given.get("ArXiv") or "")),
        ids.acl(str(given.get("ACL") or "")),
        ids.doi(str(given.get("DOI") or "")),
        ids.parse(f"pmid:{given.get('PubMed') or ''}"),
    )
    return [Identifier(name.scheme, name.value) for name in read if name]


def _venue(row: _Row) -> str | None:
    if isinstance(row.publicationVenue, dict) and isinstance(row.publicationVenue.get("name"), str):
        name = _line(row.publicationVenue["name"])
        if name:
            return name
    return _line(row.venue)


def _line(text: str | None) -> str | None:
    return one_line(text or "") or None


def _address(text: str | None) -> str | None:
    cleaned = one_line(text or "")
    return cleaned if ids.is_address(cleaned) else None
