"""Reading the library: plain SQL over the DBAPI connection, so that a reading command never loads SQLAlchemy.

Papers are read in two steps: one query finds the ids that are to be shown, in order, by an index; then each kind of
detail is read for these ids alone. So the cost grows with what is shown, not with the library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from readlist.db.completion import Nearest
from readlist.db.decisions import Decisions
from readlist.db.fetches import Fetches
from readlist.db.health import Health
from readlist.db.lists import MANY, SORTS, Lists, Row
from readlist.db.queries import Queries
from readlist.db.reader import CHUNK, in_chunks
from readlist.db.week import Week
from readlist.domain.dates import day_of
from readlist.domain.filter import Filter
from readlist.domain.metadata import Kind, Link
from readlist.domain.paper import FieldSource, Note, Observation, Paper
from readlist.domain.passes import Pass, Status, open_pass, with_implied
from readlist.domain.queue import Priority, urgency
from readlist.domain.text import fold

__all__ = ["MANY", "SORTS", "Page", "Row", "Views"]


@dataclass(frozen=True, slots=True)
class Page:
    """The papers shown of a selection, and how many there are in all. `focus`: the topics that it was narrowed to.

    `total` is one more than `lists.MANY` where there are more than these and the exact number was not asked for.
    """

    papers: tuple[Paper, ...]
    total: int
    focus: tuple[str, ...] = ()


class Views(Lists, Decisions, Fetches, Health, Nearest, Queries, Week):
    """What can be asked of a library."""

    # -- one paper ---------------------------------------------------------------------------------------------------

    def has_id(self, paper_id: int) -> bool:
        return self._one("select 1 from papers where id = ?", paper_id) is not None

    def has_note(self, note_id: int) -> bool:
        return self._one("select 1 from notes where id = ?", note_id) is not None

    def id_of_key(self, key: str) -> int | None:
        return cast("int | None", self._one("select id from papers where key = ?", key))

    def id_of_identifier(self, scheme: str, value: str) -> int | None:
        return cast(
            "int | None", self._one("select paper_id from identifiers where scheme = ? and value = ?", scheme, value)
        )

    def ids_of_identifiers(self, scheme: str, values: Sequence[str]) -> dict[str, int]:
        """By value: the papers that have these identifiers of one scheme."""
        asked = "select value, paper_id from identifiers where scheme = ? and value in ({})"
        return dict(in_chunks(self._connection, asked, values, scheme))

    def ids_of_titles(self, folded: Sequence[str]) -> dict[str, list[int]]:
        """By folded title: the papers that have it, oldest first."""
        found: dict[str, list[int]] = defaultdict(list)
        asked = "select folded_title, id from papers where folded_title in ({}) order by id"
        for title, i in in_chunks(self._connection, asked, folded):
            found[title].append(i)
        return found

    def ids_of_url(self, url: str) -> list[int]:
        """The papers that have this address, as their own or as a link."""
        return [
            i
            for (i,) in self._all(
                "select id from papers where url = ?1 union select paper_id from links where url = ?1 order by 1", url
            )
        ]

    def ids_of_title(self, text: str) -> list[int]:
        """The papers whose title holds `text`, folded: one whose title it is alone decides, then those that have it as
        words of which the last may go on; parts of words are looked for where there is no such paper."""
        from readlist.db.search import titled

        wanted = fold(text)
        if not wanted:
            return []
        asked = [("select id from papers where folded_title = ? order by id", wanted)]
        if words := titled(text):
            asked.append(("select rowid from fulltext where fulltext match ? order by rowid", words))
        asked.append(("select id from papers where instr(folded_title, ?) order by id", wanted))
        return next((ids for sql, value in asked if (ids := [i for (i,) in self._all(sql, value)])), [])

    def keys(self) -> list[str]:
        return [k for (k,) in self._all("select key from papers order by id")]

    def names(self, ids: Sequence[int]) -> list[tuple[int, str, str]]:
        """Id, key and title of these papers, in this order."""
        return [row for i in ids for row in self._all("select id, key, title from papers where id = ?", i)]

    def being_read(self, limit: int) -> list[int]:
        """Up to `limit` of the papers being read, the one begun last first."""
        rows = self._all(
            "select p.paper_id, max(p.started) from reading r join passes p on p.paper_id = r.paper_id "
            "where r.status = 'reading' and p.started is not null and p.finished is null "
            "group by p.paper_id order by max(p.started) desc, max(p.id) desc limit ?",
            limit,
        )
        return [paper_id for paper_id, _ in rows]

    def begun_last(self) -> int | None:
        """The paper being read; of several the one begun last."""
        return next(iter(self.being_read(1)), None)

    def paper(self, paper_id: int, today: date) -> Paper:
        """Everything about one paper, which must exist."""
        return self.papers([paper_id], today, whole=True)[0]

    # -- many papers -------------------------------------------------------------------------------------------------

    def select(
        self,
        wanted: Filter,
        sort: str,
        limit: int | None,
        today: date,
        *,
        whole: bool = False,
        queue: bool = False,
        focused: bool = False,
        exact: bool = True,
    ) -> Page:
        """The papers that meet `wanted`, in order; `queue`: only those waiting or being read. `limit` None: all.

        With `whole`, each paper has all that JSON shows; else what a list shows. `focused`: only papers under the
        topics in focus, if there are any.
        """
        with self._snapshot():
            ids = self.ids(wanted, sort, limit, today, queue=queue, focused=focused)
            total = len(ids)
            if total == limit:
                total = self.count(wanted, queue=queue, focused=focused, most=None if exact else MANY)
            return Page(tuple(self.papers(ids, today, whole=whole)), total, self.focus() if focused else ())

    def papers(self, ids: Sequence[int], today: date, *, whole: bool = False) -> list[Paper]:
        """The papers with these ids, in this order."""
        found: dict[int, Paper] = {}
        with self._snapshot():
            for start in range(0, len(ids), CHUNK):
                chunk = ids[start : start + CHUNK]
                found.update((paper.id, paper) for paper in self._read(chunk, today, whole))
        return [found[i] for i in ids if i in found]

    def _read(self, ids: Sequence[int], today: date, whole: bool) -> Iterator[Paper]:
        marks = ",".join("?" * len(ids))
        authors = self._grouped(
            f"select l.paper_id, a.name from paper_authors l join authors a on a.id = l.author_id "
            f"where l.paper_id in ({marks}) order by l.paper_id, l.position", ids, lambda r: cast(str, r[1]),
        )  # fmt: skip
        passes = self._grouped(
            f"select paper_id, number, started, finished, minutes, id, version from passes where paper_id in ({marks}) "
            "order by id",
            ids, lambda r: Pass(r[1], r[2], r[3], r[4], id=r[5], version=r[6]),
        )  # fmt: skip
        forest = self.forest()
        by_id = {topic.id: topic for topic in forest.topics}
        topics = self._grouped(
            f"select paper_id, topic_id from paper_topics where paper_id in ({marks}) order by paper_id, topic_id",
            ids, lambda r: forest.path(by_id[r[1]]),
        )  # fmt: skip
        owed = f"select paper_id from fetches where paper_id in ({marks}) and state = 'owed'"
        pending = {i for (i,) in self._all(owed, *ids)}
        growths, cited, in_focus = self.growths(ids), self.cited_by_read(ids), self.papers_in_focus(ids)
        more = self._details(ids, marks) if whole else None
        for row in self._all(
            f"select p.id, p.key, p.kind, p.title, p.year, p.published, v.name, p.url, p.citations, p.changed, "
            f"r.status, r.next_pass, r.priority, r.due, r.drop_reason, r.added, r.queued, "
            f"p.version, p.withdrawn from papers p "
            f"join reading r on r.paper_id = p.id left join venues v on v.id = p.venue_id "
            f"where p.id in ({marks})", *ids,
        ):  # fmt: skip
            i, key, kind, title, year, published, venue, url, citations, changed, status = row[:11]
            next_pass, priority, due, drop_reason, added, queued, version, withdrawn = row[11:]
            events = passes[i]
            under_way = open_pass(events)
            paper = Paper(
                id=i, key=key, kind=cast(Kind, kind), title=title, added=added, changed=changed,
                status=cast(Status, status), priority=cast(Priority, priority), authors=tuple(authors[i]), year=year,
                published=published, venue=venue, url=url, next_pass=next_pass, passes=with_implied(events), due=due,
                drop_reason=drop_reason, topics=tuple(topics[i]), pending=i in pending,
                version=version, withdrawn=bool(withdrawn),
                citations=None if citations is None else Observation(citations, "", ""),
                urgency=None if not queued else urgency(
                    priority, status == "reading", under_way.number if under_way else next_pass, citations,
                    cast(date, day_of(added)), day_of(due), today, growth=growths.get(i, 0.0), cited=cited.get(i, 0),
                    in_focus=i in in_focus, weights=self._weights,
                ),
            )  # fmt: skip
            yield more(paper) if more else paper

    def _details(self, ids: Sequence[int], marks: str) -> Callable[[Paper], Paper]:
        """A function that fills in what only JSON and `show` have."""
        where = f"where paper_id in ({marks})"
        identifiers = self._grouped(
            f"select paper_id, scheme, value from identifiers {where} order by paper_id, scheme, value",
            ids, lambda r: (cast(str, r[1]), cast(str, r[2])),
        )  # fmt: skip
        links = self._grouped(
            f"select paper_id, rel, url, text from links {where} order by id", ids, lambda r: Link(r[1], r[2], r[3])
        )
        texts = self._grouped(f"select paper_id, abstract, tldr from texts {where}", ids, lambda r: (r[1], r[2]))
        summaries = self._grouped(f"select paper_id, text from summaries {where}", ids, lambda r: cast(str, r[1]))
        tags = self._grouped(
            f"select l.paper_id, t.name from paper_tags l join tags t on t.id = l.tag_id {where} "
            "order by l.paper_id, t.name",
            ids, lambda r: cast(str, r[1]),
        )  # fmt: skip
        history = self._grouped(
            f"select paper_id, count, source, day, influential from observations {where} "
            "order by paper_id, day, source",
            ids, lambda r: Observation(r[1], r[2], r[3], r[4]),
        )  # fmt: skip
        sources = self._grouped(
            f"select paper_id, field, source, at from field_sources {where} and field <> 'publication' "
            "order by paper_id, field",
            ids, lambda r: (cast(str, r[1]), FieldSource(r[2], r[3])),
        )  # fmt: skip
        notes = self._grouped(
            f"select paper_id, text, created, pass, id, pass_id from notes {where} order by id",
            ids, lambda r: (Note(r[1], r[2], r[3], r[4]), cast("int | None", r[5])),
        )  # fmt: skip

        def fill(paper: Paper) -> Paper:
            i = paper.id
            of_pass: dict[int | None, list[str]] = defaultdict(list)
            for note, pass_id in notes[i]:
                of_pass[pass_id].append(note.text)
            abstract, tldr = texts[i][0] if texts[i] else (None, None)
            shown = paper.citations.count if paper.citations else None
            newest = [o for o in history[i] if o.count == shown]
            return replace(
                paper,
                identifiers=dict(identifiers[i]), links=tuple(links[i]), abstract=abstract, tldr=tldr,
                summary=summaries[i][0] if summaries[i] else None, tags=tuple(tags[i]),
                citations=newest[-1] if newest else None, citation_history=tuple(history[i]),
                sources=dict(sources[i]), notes=tuple(note for note, _ in notes[i]),
                passes=tuple(
                    replace(p, note="\n\n".join(of_pass[p.id]) or None) if p.id else p for p in paper.passes
                ),
            )  # fmt: skip

        return fill
