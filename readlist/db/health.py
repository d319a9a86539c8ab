"""Reading what may be wrong with a library: damage, rows out of step with one another, papers that look like one."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from readlist.db.ranks import Ranks
from readlist.db.reader import CHUNK
from readlist.domain.passes import Pass, status

if TYPE_CHECKING:
    from readlist.domain.duplicates import Record

_FAULTS = 20  # of a damaged file; there may be thousands, and the first few tell as much
_COUNTED = (
    ("paper", "papers"), ("topic", "topics"), ("tag", "tags"), ("venue", "venues"), ("pass", "passes"),
    ("note", "notes"),
)  # fmt: skip


class Health(Ranks):
    """What `rl doctor` asks."""

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file, and rows that belong to a row that is not there; none of a whole one.

        Reads the whole file.
        """
        try:
            said = [text for (text,) in self._all(f"pragma integrity_check({_FAULTS})") if text != "ok"]
            if said:
                return said
            lost: dict[tuple[str, str], int] = defaultdict(int)
            for table, _, parent, _ in self._all("pragma foreign_key_check"):
                lost[table, parent] += 1
        except sqlite3.DatabaseError as fault:
            return [str(fault)]
        return [f"rows that belong to no row of {parent}: {n} in {table}" for (table, parent), n in lost.items()]

    def sizes(self) -> dict[str, int]:
        """How many there are of each: "paper", "topic", "tag", "venue", "pass", "note"."""
        return {name: self._one(f"select count(*) from {table}") for name, table in _COUNTED}

    def miscounted(self) -> list[int]:
        """The papers whose count, as lists show it, is none of those seen on the newest day, or that nobody saw."""
        rows = self._all(
            "select p.id from papers p left join (select paper_id, max(day) as day from observations group by 1) n "
            "on n.paper_id = p.id where case when n.day is null then p.citations is not null "
            "else not exists (select 1 from observations o "
            "where o.paper_id = p.id and o.day = n.day and o.count = p.citations) end order by 1"
        )
        return [i for (i,) in rows]

    def unsettled(self) -> list[int]:
        """The papers whose status, place in the queue or rank is not what follows from passes, wish and priority.

        Ranks that were made by another rl are not looked at: the next writing command makes them anew.
        """
        passes: dict[int, list[Pass]] = defaultdict(list)
        for i, number, started, finished in self._all(
            "select paper_id, number, started, finished from passes order by id"
        ):
            passes[i].append(Pass(number, started, finished))
        wrong = set()
        stored: dict[int, float] = {}
        for i, said, queued, rank, next_pass, dropped in self._all(
            "select paper_id, status, queued, rank, next_pass, dropped from reading"
        ):
            stored[i] = rank
            now = status(passes.get(i, []), next_pass, dropped is not None)
            if (said, queued) != (now, int(now in ("todo", "reading"))):
                wrong.add(i)
        weights = self.rank_weights()
        if weights is not None:
            right = self.ranks(list(stored), weights)
            wrong |= {i for i, there in stored.items() if right.get(i) != there}
        return sorted(wrong)

    def unindexed(self) -> list[int]:
        """The papers that the index of `rl search` has not, and those that it has though they are gone."""
        papers, indexed = "select id from papers", "select rowid from fulltext"
        rows = self._all(
            f"select * from ({papers} except {indexed}) union select * from ({indexed} except {papers}) order by 1"
        )
        return [i for (i,) in rows]

    def records(self) -> list[Record]:
        """All papers, as far as they are compared with one another."""
        from readlist.domain.duplicates import Record
        from readlist.domain.identifiers import from_url

        with self._snapshot():
            names = dict(cast("list[tuple[int, str]]", self._all("select id, name from authors")))
            authors: dict[int, list[str]] = defaultdict(list)
            for i, author in self._all("select paper_id, author_id from paper_authors order by paper_id, position"):
                authors[i].append(names[author])
            identifiers: dict[int, dict[str, str]] = defaultdict(dict)
            for i, scheme, value in self._all("select paper_id, scheme, value from identifiers"):
                identifiers[i][scheme] = value
            named: dict[int, set[str]] = defaultdict(set)
            addresses = "select id, url from papers where url is not null union all select paper_id, url from links"
            for i, url in self._all(f"{addresses} where rel = 'pdf'"):
                found = from_url(url)
                if found and identifiers.get(i, {}).get(found.scheme) != found.value:
                    named[i].add(str(found))
            rows = self._all(
                "select p.id, p.title, p.folded_title, p.year, p.kind, v.name, p.url from papers p "
                "left join venues v on v.id = p.venue_id order by p.id"
            )
        return [
            Record(
                i, title, folded, tuple(authors.get(i, ())), year, kind, venue, identifiers.get(i, {}), url,
                frozenset(named.get(i, ())),
            )
            for i, title, folded, year, kind, venue, url in rows
        ]  # fmt: skip

    def efforts(self, ids: Sequence[int]) -> dict[int, int]:
        """By paper: how many passes, notes and summaries its reader wrote down here; without what a page brought."""
        found: dict[int, int] = {}
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            rows = self._all(
                "select p.id, "
                "(select count(*) from passes where paper_id = p.id and coalesce(started, finished) is not null) "
                "+ (select count(*) from notes where paper_id = p.id and page is null) "
                "+ (select count(*) from summaries where paper_id = p.id) "
                f"from papers p where p.id in ({','.join('?' * len(chunk))})",
                *chunk,
            )
            found.update(cast("list[tuple[int, int]]", rows))
        return found
