"""Semantic Scholar's Academic Graph: citation counts, venues and identifiers, up to 500 papers in one request.

From its API manual (api.semanticscholar.org/api-docs/graph, `POST /graph/v1/paper/batch`): the answer is a list as
long as the ids asked for, with `null` for an unknown one; 400 says that all are unknown. The `paperId` that comes back
may differ from the one asked for, so nothing is keyed on it. Recorded answers are not always in the order asked
for: a row that names an identifier that was asked for belongs there, and only a row that names none goes by place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from readlist.domain import identifiers as ids
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Link, Metadata
from readlist.domain.text import one_line
from readlist.errors import SourceError
from readlist.settings import Settings
from readlist.sources import Answer, Source
from readlist.sources._http import Http, Response, Service, shown
from readlist.sources._text import paragraphs

FIELDS = (
    "paperId,corpusId,externalIds,url,title,abstract,venue,publicationVenue,year,publicationDate,"
    "citationCount,influentialCitationCount,openAccessPdf,authors,tldr"
)

_ALL_UNKNOWN = "no valid paper ids given"
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_LARGEST = 2**53  # a count that no store or JSON reader can hold is no count

# How a scheme of ours is asked for, the surest first: an arXiv id, DOI or Anthology id says again in the answer whose
# row it is.
_ASKED_AS = (("arxiv", "ARXIV:"), ("doi", "DOI:"), ("acl", "ACL:"), ("corpus", "CorpusId:"), ("s2", ""))


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
class _Paper:
    """A row that was understood: what it says, and all the names it gives itself."""

    metadata: Metadata
    names: frozenset[Identifier] = field(default_factory=frozenset)


def source(settings: Settings, http: Http) -> Source:
    """Semantic Scholar, asked at `settings.s2_url`, with `settings.s2_api_key` if there is one."""
    return SemanticScholar(settings, http)


class SemanticScholar:
    """A Source. References are Semantic Scholar's own: `ARXIV:…`, `DOI:…`, `ACL:…`, `CorpusId:…` or 40 hex digits."""

    name = "semantic-scholar"
    batch = 500
    decides = frozenset({"s2", "corpus"})

    def __init__(self, settings: Settings, http: Http) -> None:
        self._http = http
        self._url = f"{settings.s2_url}/graph/v1/paper/batch"
        key = settings.s2_api_key
        self._secrets = {"x-api-key": key} if key else {}
        self._service = Service(
            self.name,
            "Semantic Scholar",
            settings.s2_delay,
            busy_hint=""
            if key
            else "wait a few minutes; a key of your own, free from semanticscholar.org/product/api, is refused less: "
            "set s2.api_key or RL_S2_API_KEY",
            denied_hint="check your key: s2.api_key or RL_S2_API_KEY"
            if key
            else "a key of your own may be needed: s2.api_key or RL_S2_API_KEY",
        )

    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        """The surest of the paper's identifiers, with Semantic Scholar's prefix."""
        return next((prefix + identifiers[scheme] for scheme, prefix in _ASKED_AS if identifiers.get(scheme)), None)

    def fetch_many(self, references: Sequence[str]) -> Answer:
        """One request for all `references`. A row that is not readable, or is another paper's, counts as no answer."""
        wanted = list(dict.fromkeys(references))
        if len(wanted) > self.batch:
            raise ValueError(f"at most {self.batch} papers in one request, not {len(wanted)}")
        if not wanted:
            return Answer()
        response = self._http.post(
            self._service,
            self._url,
            {"fields": FIELDS},
            json={"ids": wanted},
            secrets=self._secrets,
            accept=(400,),
        )
        rows = self._rows(response, len(wanted))
        if rows is None:
            return Answer(unknown=frozenset(wanted))
        return _matched(wanted, rows)

    def _rows(self, response: Response, count: int) -> list[Any] | None:
        """The rows of the answer; None if it says that it knows none of the ids."""
        try:
            # As UTF-8, whatever the first bytes look like; a byte order mark is none of the JSON.
            answer = json.loads(response.text.removeprefix("\ufeff"))
        except (ValueError, RecursionError) as fault:
            kind = "a page of HTML" if response.text.lstrip()[:1] == "<" else "something that is not JSON"
            raise self._unreadable(kind if response.body.strip() else "an empty page") from fault
        if response.status == 400:
            said = (answer.get("error") or answer.get("message")) if isinstance(answer, dict) else None
            said = said if isinstance(said, str) else ""
            if said.strip().lower().startswith(_ALL_UNKNOWN):
                return None
            detail = f": {shown(said)}" if said else " (400)"
            raise SourceError(
                self.name,
                f"Semantic Scholar did not accept the request{detail}",
                "see whether there is a newer version of rl",
            )
        if not isinstance(answer, list):
            raise self._unreadable("something other than a list of papers")
        if len(answer) != count:
            raise self._unreadable(f"{len(answer)} papers where {count} were asked for")
        return answer

    def _unreadable(self, what: str) -> SourceError:
        return SourceError(
            self.name,
            f"Semantic Scholar answered with {what}",
            "try again later; behind a login page or a proxy, see whether semanticscholar.org opens in a browser",
        )


def _matched(wanted: list[str], rows: list[Any]) -> Answer:
    """Which row is whose: by the names it gives itself, then by its place unless that is another paper's."""
    papers = [None if row is None else _read(row) for row in rows]
    asked = [_asked(reference) for reference in wanted]
    at: dict[Identifier, int] = {}
    for place, paper in enumerate(papers):
        for name in paper.names if paper else ():
            at.setdefault(name, place)
    found: dict[str, Metadata] = {}
    taken: set[int] = set()
    moved = False
    for place, (reference, identifier) in enumerate(zip(wanted, asked, strict=True)):
        paper = papers[place]
        if identifier and paper and identifier in paper.names:
            found[reference] = paper.metadata
            taken.add(place)
        elif identifier in at and (paper := papers[at[identifier]]):
            found[reference] = paper.metadata
            taken.add(at[identifier])
            moved = True
    unknown: set[str] = set()
    open_ = [place for place, reference in enumerate(wanted) if reference not in found]
    if moved:
        # Out of order, a place means nothing: the open ones are unknown only if each has a `null` of its own.
        if len(open_) == rows.count(None):
            unknown = {wanted[place] for place in open_}
        return Answer(found, frozenset(unknown))
    for place in open_:
        paper = papers[place]
        if rows[place] is None:
            unknown.add(wanted[place])
        elif paper and place not in taken and not _is_another(asked[place], paper):
            found[wanted[place]] = paper.metadata
    return Answer(found, frozenset(unknown))


def _is_another(asked: Identifier | None, paper: _Paper) -> bool:
    """Whether the row names another paper than the one asked for: same scheme, another value.

    Not so for Semantic Scholar's own ids, of which a paper that was merged has several.
    """
    if asked is None or asked.scheme in ("s2", "corpus"):
        return False
    return any(name.scheme == asked.scheme and name != asked for name in paper.names)


def _asked(reference: str) -> Identifier | None:
    found = ids.parse(reference) or ids.parse(f"s2:{reference}")
    return Identifier(found.scheme, found.value) if found else None


@cache
def _reader() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(_Row)


def _read(row: object) -> _Paper | None:
    """The row as a paper; None if it is not one, in shape or in value."""
    from pydantic import ValidationError

    try:
        read: _Row = _reader().validate_python(row)
    except ValidationError:
        return None
    counts = (read.citationCount, read.influentialCitationCount)
    if any(count is not None and not 0 <= count < _LARGEST for count in counts):
        return None
    names = _names(read)
    own: dict[str, str] = {}
    for name in names:
        own.setdefault(name.scheme, name.value)
    date = read.publicationDate if read.publicationDate and _DATE.fullmatch(read.publicationDate) else None
    pdf = read.openAccessPdf.url if read.openAccessPdf else None
    authors = (one_line(author.name or "") for author in read.authors or ())
    return _Paper(
        Metadata(
            source="semantic-scholar",
            kind="paper",
            title=_line(read.title),
            authors=tuple(name for name in authors if name),
            year=read.year if read.year is not None and 0 < read.year < 10_000 else None,
            published=date,
            venue=_venue(read),
            identifiers=own,
            url=_address(read.url),
            links=(Link("pdf", address),) if (address := _address(pdf)) else (),
            abstract=paragraphs(read.abstract),
            tldr=_line(read.tldr.text if read.tldr else None),
            citations=read.citationCount,
            influential=read.influentialCitationCount,
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
