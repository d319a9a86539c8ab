"""What somebody says of a paper: the one shape that every source and every importer yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["paper", "thesis", "post", "book", "video", "resource"]
KINDS: tuple[Kind, ...] = ("paper", "thesis", "post", "book", "video", "resource")

Rel = Literal["code", "pdf", "blog", "video", "slides", "other"]
RELS: tuple[Rel, ...] = ("code", "pdf", "blog", "video", "slides", "other")

SERVICES: Mapping[str, str] = {
    "arxiv": "arXiv",
    "semantic-scholar": "Semantic Scholar",
    "crossref": "Crossref",
    "openalex": "OpenAlex",
}
"""The names of the services, by which a person knows them."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that belongs to a paper but does not identify it."""

    rel: Rel
    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one source says of one paper. None or empty means: does not say (never: there is none).

    `source` is who says it: "arxiv", "semantic-scholar", "crossref", "openalex", "page", "user". `published` is an ISO
    date; `venue` is spelled as the source spells it; `identifiers` maps schemes of `domain.identifiers` to normal
    values. `citations` and `influential` are counts as of the moment of asking. `version` is the newest version of a
    preprint, `withdrawn` whether the work was taken back: withdrawn or retracted.
    """

    source: str
    kind: Kind | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    links: tuple[Link, ...] = ()
    abstract: str | None = None
    tldr: str | None = None
    citations: int | None = None
    influential: int | None = None
    version: int | None = None
    withdrawn: bool | None = None
