"""What is to be asked of which service: papers owed, grown old, without a publication, known by their title only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from readlist.db.reader import CHUNK, Reader


class Fetches(Reader):
    """Questions about fetching."""

    def owed(self) -> dict[str, list[int]]:
        """By source: the papers that it is still to be asked for."""
        owed: dict[str, list[int]] = defaultdict(list)
        for source, paper_id in self._all("select source, paper_id from fetches where state = 'owed' order by 1, 2"):
            owed[source].append(paper_id)
        return owed

    def asked_before(self, source: str, moment: str) -> list[int]:
        """The papers for which `source` was last heard before `moment` (ISO date-time), or not yet."""
        rows = self._all(
            "select paper_id from fetches "
            "where source = ? and (state = 'owed' or julianday(at) < julianday(?)) order by 1",
            source,
            moment,
        )
        return [i for (i,) in rows]

    def identified(self) -> list[int]:
        """The papers that have an identifier."""
        return [i for (i,) in self._all("select distinct paper_id from identifiers order by 1")]

    def fetched_from(self, source: str) -> set[int]:
        """The papers of which it was noted that `source` is or was to be asked."""
        return {i for (i,) in self._all("select paper_id from fetches where source = ?", source)}

    def identifiers(self, ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """By paper: its identifiers."""
        found: dict[int, dict[str, str]] = {i: {} for i in ids}
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            marks = ",".join("?" * len(chunk))
            for i, scheme, value in self._all(
                f"select paper_id, scheme, value from identifiers where paper_id in ({marks})", *chunk
            ):
                found[i][scheme] = value
        return found

    def counts(self, ids: Sequence[int]) -> dict[int, dict[str, int]]:
        """By paper and observer: the newest citation count."""
        found: dict[int, dict[str, int]] = {i: {} for i in ids}
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            for i, source, count in self._all(
                f"select paper_id, source, count from observations where paper_id in ({','.join('?' * len(chunk))}) "
                "order by paper_id, day",
                *chunk,
            ):
                found[i][source] = count
        return found

    def unknown_to(self, source: str, moment: str) -> set[int]:
        """The papers of which `source` said since `moment` (ISO date-time) that it does not have them."""
        rows = self._all(
            "select paper_id from fetches where source = ? and state = 'unknown' and julianday(at) >= julianday(?)",
            source, moment,
        )  # fmt: skip
        return {i for (i,) in rows}

    def unpublished(self, ids: Sequence[int], source: str) -> list[int]:
        """Those of the papers whose venue of publication neither a person nor a service has named.

        What an author writes on arXiv, or a page says, is no record of it. Without those that `source` was asked for.
        """
        from readlist.domain.venues import PREPRINT

        found: list[int] = []
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            rows = self._all(
                f"select p.id from papers p left join venues v on v.id = p.venue_id "
                f"left join field_sources s on s.paper_id = p.id and s.field = 'venue' "
                f"where p.id in ({','.join('?' * len(chunk))}) "
                "and (v.name is null or v.name = ? or s.source not in ('user', 'semantic-scholar', 'crossref')) "
                "and not exists (select 1 from fetches f where f.paper_id = p.id and f.source = ?) order by 1",
                *chunk, PREPRINT, source,
            )  # fmt: skip
            found += [i for (i,) in rows]
        return found

    def without_identifier(self, source: str | None = None, moment: str | None = None) -> list[int]:
        """The papers that no identifier is known of, theses and books among them; no posts, videos and the like.

        With `source` and `moment` (ISO date-time), without those that it was asked for since then.
        """
        rows = self._all(
            "select p.id from papers p where p.kind in ('paper', 'thesis', 'book') "
            "and not exists (select 1 from identifiers i where i.paper_id = p.id) "
            "and not exists (select 1 from fetches f where f.paper_id = p.id and f.source = ? "
            "and julianday(f.at) >= julianday(?)) order by 1",
            source, moment,
        )  # fmt: skip
        return [i for (i,) in rows]
