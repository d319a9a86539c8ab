"""One file per metadata service. A module here is a source; to add a service, add a file and its name in a line below.

A source maps identifiers to `Metadata`. It knows its service's address, batch size, identifiers and answers, and
nothing of the library. All of them go through one HTTP policy, `_http`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Literal, Protocol, cast

from readlist.domain.metadata import Metadata

if TYPE_CHECKING:
    from readlist.settings import Settings
    from readlist.sources._http import Http

SOURCES = ("arxiv", "semantic_scholar")
"""The services that are asked for every paper, in this order."""
StandsIn = Literal["no answer", "no venue"]
"""When a source stands in for another: see `Source.stands_in`."""
FALLBACKS = ("openalex", "crossref")
"""Those that are asked for what another one does not have: the one that each names in `fallback_for`.

In this order: OpenAlex may be the first to say the DOI by which Crossref is asked.
"""
FINDERS = ("semantic_scholar", "arxiv")
"""Those that can be asked for a title, in this order."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said to one `fetch_many`.

    `found` maps each reference that was asked for to what is known of it; `unknown` are those that the service says it
    does not have. Together they are what was asked for: a reference in neither was not answered.
    """

    found: Mapping[str, Metadata] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Edges:
    """Papers that a paper cites, or that cite it: one page of them.

    `influential` runs beside `papers`: whether the service takes that citation for an influential one. `next` is the
    offset of the next page, None on the last. `elided`: the publisher does not let the service show them. Not `known`:
    the service does not have the paper.
    """

    papers: tuple[Metadata, ...] = ()
    influential: tuple[bool, ...] = ()
    next: int | None = None
    elided: bool = False
    known: bool = True


class NotKnown(Exception):
    """A service says that it does not have the paper."""


def one_by_one(ask: Callable[[str], Metadata | None], references: Sequence[str]) -> Answer:
    """`fetch_many` for a service that answers for one paper a request.

    `ask` gives what is known of the paper, raises NotKnown for one that the service says it does not have, and gives
    None where the answer is no use.
    """
    found: dict[str, Metadata] = {}
    unknown: set[str] = set()
    for reference in dict.fromkeys(references):
        try:
            said = ask(reference)
        except NotKnown:
            unknown.add(reference)
            continue
        if said is not None:
            found[reference] = said
    return Answer(found, frozenset(unknown))


class Source(Protocol):
    """A metadata service."""

    name: str
    """Its name in provenance and messages: "arxiv", "semantic-scholar"."""
    batch: int
    """How many papers one request may ask for."""
    decides: frozenset[str]
    """Schemes of which this service is the authority: an identifier it does not know does not exist."""

    fallback_for: str | None
    """The name of the source that this one stands in for; None if it is asked for every paper."""
    stands_in: StandsIn
    """When it does: where that source gave no answer ("no answer"), or gave none or one after which no venue of
    publication is known of the paper, a preprint server being none ("no venue")."""

    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        """How this service names the paper with these identifiers; None if it cannot be asked for it."""
        ...

    def fetch_many(self, references: Sequence[str]) -> Answer:
        """Ask for at most `batch` papers in one request. Raises SourceError if the service fails."""
        ...


class Finder(Source, Protocol):
    """A source that can be asked for a title."""

    def find_title(self, title: str) -> list[Metadata]:
        """Papers whose title may be `title`, the likeliest first: candidates, which may all be other papers.

        One request, of up to five papers. Raises SourceError if the service fails.
        """
        ...


class Graph(Finder, Protocol):
    """A source that knows which paper cites which. All of these make one request and raise SourceError."""

    def references(self, reference: str, offset: int = 0, limit: int = 1000) -> Edges:
        """The papers that `reference` cites: at most `limit` of them, from the `offset`-th on."""
        ...

    def citations(self, reference: str, offset: int = 0, limit: int = 1000) -> Edges:
        """The papers that cite `reference`: at most `limit` of them, from the `offset`-th on."""
        ...

    def recommendations(self, references: Sequence[str], limit: int = 100) -> tuple[Metadata, ...]:
        """At most `limit` papers that are like all of `references`."""
        ...


def load(name: str, settings: Settings, http: Http) -> Source:
    """The source of that name from `SOURCES` or `FALLBACKS`, ready to be asked."""
    return cast(Source, _module(name).source(settings, http))


def finders(settings: Settings, http: Http) -> tuple[Finder, ...]:
    """The sources that can be asked for a title, in the order in which to ask them."""
    return tuple(cast(Finder, _module(name).source(settings, http)) for name in FINDERS)


def graph(settings: Settings, http: Http) -> Graph:
    """The source of references, citations and recommendations."""
    return cast(Graph, _module("semantic_scholar").source(settings, http))


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
