"""What an import did so far, in as little memory as a million papers need."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Set

from readlist.db.bulk import Known

_RENAMED = 1000  # keys that could not be kept, of which an import tells


class Ids:
    """A set of ids, a bit each: of a million papers in 125 kB."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, number: int) -> bool:
        """Whether it was not there."""
        at, bit = number >> 3, 1 << (number & 7)
        if at >= len(self._bits):
            self._bits.extend(bytes(at + 1024 - len(self._bits)))
        if self._bits[at] & bit:
            return False
        self._bits[at] |= bit
        return True

    def __contains__(self, number: int) -> bool:
        at = number >> 3
        return at < len(self._bits) and bool(self._bits[at] & 1 << (number & 7))


class Tally:
    """What an import did so far, in all its units of work. `papers` are all papers named, in order; `known` is what is
    remembered of the library from one unit to the next."""

    def __init__(self) -> None:
        self.papers = array("q")
        self.created = 0
        self.merged = 0
        self.restored = False
        self.renamed: list[tuple[str, str]] = []
        self.known = Known()
        self._named, self._created, self._changed = Ids(), Ids(), Ids()

    def __contains__(self, paper_id: int) -> bool:
        """Whether the paper was named in an earlier unit."""
        return paper_id in self._named

    @property
    def unchanged(self) -> int:
        return len(self.papers) - self.created - self.merged

    def rename(self, wanted: str, got: str) -> None:
        """Note that a key of a file could not be kept; the first thousand are told of."""
        if len(self.renamed) < _RENAMED:
            self.renamed.append((wanted, got))

    def add(self, papers: Iterable[int], created: Set[int], changed: Set[int]) -> None:
        """Count what a unit of work did."""
        for paper_id in papers:
            if self._named.add(paper_id):
                self.papers.append(paper_id)
            if paper_id in created:
                self.created += self._created.add(paper_id)
            elif paper_id in changed and paper_id not in self._created:
                self.merged += self._changed.add(paper_id)
