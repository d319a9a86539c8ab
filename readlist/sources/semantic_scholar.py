"""Semantic Scholar's Academic Graph: citation counts, venues and identifiers, up to 500 papers in one request.

From its API manual (api.semanticscholar.org/api-docs/graph, `POST /graph/v1/paper/batch`): the answer is a list as
long as the ids asked for, with `null` for an unknown one; 400 says that all are unknown. The `paperId` that comes back
may differ from the one asked for, so nothing is keyed on it. Recorded answers are not always in the order asked
for: a row that names an identifier that was asked for belongs there, and only a row that names none goes by place.

A title's best match may be another paper, and 404 means that there is none. A publisher may have a paper's references
elided, which shows as `"data": null`. Error text stands under `error` (400, 404) or `message` (403, 429, 5xx).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from readlist.domain import identifiers as ids
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Metadata
from readlist.domain.text import one_line
from readlist.errors import SourceError
from readlist.settings import Settings
from readlist.sources import Answer, Edges, Graph, StandsIn, named
from readlist.sources._exchange import Response, shown
from readlist.sources._http import Http, Service
from readlist.sources._json import NotJson, read_json
from readlist.sources._s2_row import Paper, read

FIELDS = (
    "paperId,corpusId,externalIds,url,title,abstract,venue,publicationVenue,year,publicationDate,"
    "citationCount,influentialCitationCount,openAccessPdf,authors,tldr"
)
CANDIDATE_FIELDS = FIELDS.removesuffix(",tldr")
"""What a paper that is found or recommended is asked for; only look-ups by id give a `tldr`."""
EDGE_FIELDS = "isInfluential," + CANDIDATE_FIELDS.replace(",abstract", "").replace(",openAccessPdf", "")
"""What a reference or citing paper is asked for: enough to tell it apart, for there are up to 1,000 in an answer."""
EDGES = 1000
"""The most references or citing papers of one answer."""
RECOMMENDED = 500
"""The most recommendations of one answer."""

_LONGEST_TITLE = 500  # characters of a query
_ALL_UNKNOWN = "no valid paper ids given"
_PAST_THE_END = "offset is not available"


def source(settings: Settings, http: Http) -> Graph:
    """Semantic Scholar, asked at `settings.s2_url`, with `settings.s2_api_key` if there is one."""
    return SemanticScholar(settings, http)


class SemanticScholar:
    """A Graph. References are Semantic Scholar's own: `ARXIV:…`, `DOI:…`, `ACL:…`, `CorpusId:…` or 40 hex digits."""

    name = named.SEMANTIC_SCHOLAR.name
    batch = 500
    decides = frozenset({"s2", "corpus"})
    fallback_for: str | None = None
    stands_in: StandsIn = "no answer"

    def __init__(self, settings: Settings, http: Http) -> None:
        self._http = http
        self._papers = f"{settings.s2_url}/graph/v1/paper"
        self._recommendations = f"{settings.s2_url}/recommendations/v1/papers/"
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
        return named.SEMANTIC_SCHOLAR.reference(identifiers)

    def fetch_many(self, references: Sequence[str]) -> Answer:
        """One request for all `references`. A row that is not readable, or is another paper's, counts as no answer."""
        wanted = list(dict.fromkeys(references))
        if len(wanted) > self.batch:
            raise ValueError(f"at most {self.batch} papers in one request, not {len(wanted)}")
        if not wanted:
            return Answer()
        response = self._http.post(
            self._service,
            f"{self._papers}/batch",
            {"fields": FIELDS},
            json={"ids": wanted},
            secrets=self._secrets,
            accept=(400,),
        )
        rows = self._rows(response, len(wanted))
        if rows is None:
            return Answer(unknown=frozenset(wanted))
        return _matched(wanted, rows)

    def find_title(self, title: str) -> list[Metadata]:
        """The paper whose title comes nearest, right or wrong; none if there is none. One request."""
        query = one_line(title)[:_LONGEST_TITLE]
        if not any(c.isalnum() for c in query):
            return []
        answer = self._get(f"{self._papers}/search/match", {"query": query, "fields": CANDIDATE_FIELDS})
        return [] if answer is None else [paper for paper in self._listed(answer, "data") if paper.title]

    def references(self, reference: str, offset: int = 0, limit: int = EDGES) -> Edges:
        """The papers that `reference` cites, from the `offset`-th on, at most `limit`. One request."""
        return self._edges(reference, "references", "citedPaper", offset, limit)

    def citations(self, reference: str, offset: int = 0, limit: int = EDGES) -> Edges:
        """The papers that cite `reference`, newest first, from the `offset`-th on, at most `limit`. One request."""
        return self._edges(reference, "citations", "citingPaper", offset, limit)

    def recommendations(self, references: Sequence[str], limit: int = 100) -> tuple[Metadata, ...]:
        """At most `limit` papers like all of `references`; none if the service knows none of these. One request."""
        wanted = list(dict.fromkeys(references))
        if not wanted:
            return ()
        response = self._http.post(
            self._service,
            self._recommendations,
            {"fields": CANDIDATE_FIELDS, "limit": str(min(max(limit, 1), RECOMMENDED))},
            json={"positivePaperIds": wanted, "negativePaperIds": []},
            secrets=self._secrets,
            accept=(400, 404),
        )
        answer = self._known(response, self._read(response))
        if answer is None:
            return ()
        return tuple(paper for paper in self._listed(answer, "recommendedPapers") if paper.title)

    def _edges(self, reference: str, what: str, inner: str, offset: int, limit: int) -> Edges:
        params = {"fields": EDGE_FIELDS, "offset": str(max(offset, 0)), "limit": str(min(max(limit, 1), EDGES))}
        answer = self._get(f"{self._papers}/{quote(reference, safe=':/()')}/{what}", params)
        if answer is None:
            return Edges(known=False)
        rows = self._list(answer, "data")
        if rows is None:
            return Edges(elided="data" in answer)
        papers: list[Metadata] = []
        influential: list[bool] = []
        for row in rows:
            paper = read(row.get(inner)) if isinstance(row, dict) else None
            if paper and paper.metadata.title:
                papers.append(paper.metadata)
                influential.append(row.get("isInfluential") is True)
        if not papers and any(row is not None and not isinstance(row, dict) for row in rows):
            raise self._unreadable("papers that cannot be read")
        following = answer.get("next")
        more = isinstance(following, int) and following > max(offset, 0)
        return Edges(tuple(papers), tuple(influential), following if more else None)

    def _listed(self, answer: dict[str, Any], under: str) -> list[Metadata]:
        """The papers that `answer` lists; those that are null or not readable are passed over."""
        rows = self._list(answer, under) or []
        papers = [paper.metadata for row in rows if (paper := read(row))]
        if not papers and any(row is not None for row in rows):
            raise self._unreadable("papers that cannot be read")
        return papers

    def _list(self, answer: dict[str, Any], under: str) -> list[Any] | None:
        """The list in `answer`; None where it is null, or left out of an answer that is one all the same."""
        rows = answer.get(under)
        if isinstance(rows, list):
            return rows
        if rows is None and (under in answer or "offset" in answer):
            return None
        raise self._unreadable("something other than a list of papers")

    def _get(self, url: str, params: Mapping[str, str]) -> dict[str, Any] | None:
        response = self._http.get(self._service, url, params, secrets=self._secrets, accept=(400, 404))
        return self._known(response, self._read(response))

    def _known(self, response: Response, answer: Any) -> dict[str, Any] | None:
        """The answer; None where it says that what was asked for is not there."""
        if not isinstance(answer, dict):
            if response.status >= 400:
                raise self._refused(response, "")
            raise self._unreadable("something other than a list of papers")
        if response.status < 400:
            return answer
        said = _said(answer)
        if response.status == 404 and said:
            return None
        if _PAST_THE_END in said.lower():
            return {"data": []}
        raise self._refused(response, said)

    def _rows(self, response: Response, count: int) -> list[Any] | None:
        """The rows of the answer; None if it says that it knows none of the ids."""
        answer = self._read(response)
        if response.status == 400:
            said = _said(answer)
            if said.strip().lower().startswith(_ALL_UNKNOWN):
                return None
            raise self._refused(response, said)
        if not isinstance(answer, list):
            raise self._unreadable("something other than a list of papers")
        if len(answer) != count:
            raise self._unreadable(f"{len(answer)} papers where {count} were asked for")
        return answer

    def _read(self, response: Response) -> Any:
        try:
            return read_json(response)
        except NotJson as fault:
            if response.status >= 400:
                raise self._refused(response, "") from fault
            raise self._unreadable(str(fault)) from fault

    def _refused(self, response: Response, said: str) -> SourceError:
        detail = f": {shown(said)}" if said else f" ({response.status})"
        return SourceError(
            self.name,
            f"Semantic Scholar did not accept the request{detail}",
            "see whether there is a newer version of rl, and check s2.url (`rl config`)",
        )

    def _unreadable(self, what: str) -> SourceError:
        return SourceError(
            self.name,
            f"Semantic Scholar answered with {what}",
            "try again later; behind a login page or a proxy, see whether semanticscholar.org opens in a browser",
        )


def _said(answer: Any) -> str:
    """The service's own words for a refusal."""
    said = (answer.get("error") or answer.get("message")) if isinstance(answer, dict) else None
    return said if isinstance(said, str) else ""


def _matched(wanted: list[str], rows: list[Any]) -> Answer:
    """Which row is whose: by the names it gives itself, then by its place unless that is another paper's."""
    papers = [None if row is None else read(row) for row in rows]
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


def _is_another(asked: Identifier | None, paper: Paper) -> bool:
    """Whether the row names another paper than the one asked for: same scheme, another value.

    Not so for Semantic Scholar's own ids, of which a paper that was merged has several.
    """
    if asked is None or asked.scheme in ("s2", "corpus"):
        return False
    return any(name.scheme == asked.scheme and name != asked for name in paper.names)


def _asked(reference: str) -> Identifier | None:
    found = ids.parse(reference) or ids.parse(f"s2:{reference}")
    return Identifier(found.scheme, found.value) if found else None
