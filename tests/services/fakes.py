"""Metadata services for tests of what is done with their answers; that they answer at all is proved elsewhere."""

from collections.abc import Mapping, Sequence

from readlist.domain.metadata import Metadata
from readlist.errors import SourceError
from readlist.sources import Answer, StandsIn


class Service:
    """A service that knows titles and arXiv ids, and remembers what it was asked."""

    batch = 100
    decides = frozenset({"arxiv"})
    stands_in: StandsIn = "no answer"

    def __init__(
        self, name: str = "service", *candidates: Metadata, fails: bool = False, fallback_for: str | None = None
    ) -> None:
        self.name = name
        self.fallback_for = fallback_for
        self.candidates = list(candidates)
        self.fails = fails
        self.asked: list[str] = []

    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        return identifiers.get("arxiv")

    def fetch_many(self, references: Sequence[str]) -> Answer:
        self.asked += references
        if self.fails:
            raise SourceError(self.name, f"{self.name} is down")
        known = {it.identifiers["arxiv"]: it for it in self.candidates}
        found = {reference: known[reference] for reference in references if reference in known}
        return Answer(found, frozenset(references) - found.keys())

    def find_title(self, title: str) -> list[Metadata]:
        self.asked.append(title)
        if self.fails:
            raise SourceError(self.name, f"{self.name} is down")
        return self.candidates
