"""One file per metadata service. A module here is a source; to add a service, add a file and a line in `SOURCES`.

A source maps identifiers to `Metadata`. It knows its service's address, batch size, identifiers and answers, and
nothing of the library. All of them go through one HTTP policy, `_http`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from readlist.domain.metadata import Metadata

if TYPE_CHECKING:
    from readlist.settings import Settings
    from readlist.sources._http import Http

SOURCES = ("arxiv", "semantic_scholar")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said to one `fetch_many`.

    `found` maps each reference that was asked for to what is known of it; `unknown` are those that the service says it
    does not have. Together they are what was asked for: a reference in neither was not answered.
    """

    found: Mapping[str, Metadata] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()


class Source(Protocol):
    """A metadata service."""

    name: str
    """Its name in provenance and messages: "arxiv", "semantic-scholar"."""
    batch: int
    """How many papers one request may ask for."""
    decides: frozenset[str]
    """Schemes of which this service is the authority: an identifier it does not know does not exist."""

    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        """How this service names the paper with these identifiers; None if it cannot be asked for it."""
        ...

    def fetch_many(self, references: Sequence[str]) -> Answer:
        """Ask for at most `batch` papers in one request. Raises SourceError if the service fails."""
        ...


def load(name: str, settings: Settings, http: Http) -> Source:
    """The source of that name from `SOURCES`, ready to be asked."""
    return cast(Source, import_module(f"{__name__}.{name}").source(settings, http))
