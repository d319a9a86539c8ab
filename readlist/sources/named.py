"""What of the services is known without asking them: their names, and how each refers to a paper. Loads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol


class Refers(Protocol):
    """What says of a paper whether a service can be asked for it: a `Source`, or its `Named`."""

    @property
    def name(self) -> str: ...

    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        """How the service names the paper with these identifiers; None if it cannot be asked for it."""
        ...


class Named(NamedTuple):
    """A service by its name in provenance and messages. `asked_as`: schemes with its prefixes, the surest first."""

    name: str
    asked_as: tuple[tuple[str, str], ...]

    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        """The surest of the paper's identifiers, as the service writes it."""
        for scheme, prefix in self.asked_as:
            if value := identifiers.get(scheme):
                return prefix + value
        return None


ARXIV = Named("arxiv", (("arxiv", ""),))
# An arXiv id, DOI or Anthology id says again in the answer whose row it is.
SEMANTIC_SCHOLAR = Named(
    "semantic-scholar",
    (("arxiv", "ARXIV:"), ("doi", "DOI:"), ("acl", "ACL:"), ("corpus", "CorpusId:"), ("s2", ""), ("pmid", "PMID:")),
)
NAMED = (ARXIV, SEMANTIC_SCHOLAR)
"""The services that are asked for every paper, as in `sources.SOURCES`."""
