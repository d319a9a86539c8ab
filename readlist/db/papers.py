"""Writing what is known of papers: records, identifiers, fields with who said them, observations, fetches owed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from readlist.db.labels import Venues
from readlist.db.tables import Table
from readlist.db.unit import Unit
from readlist.domain.identifiers import SCHEMES, Identifier
from readlist.domain.merging import FIELDS, PUBLICATION, Claim, Value, improvements, trust
from readlist.domain.metadata import Link, Metadata
from readlist.domain.text import fold, one_line, printable
from readlist.domain.titles import citation_key, unique_key

WITHDRAWN = "withdrawn"
"""Who said that a paper was taken back, among those who said its fields."""

_OF_PAPER = ("kind", "title", "year", "published", "url")
_OF_TEXTS = ("abstract", "tldr")
_OF_ONE_PAPER: tuple[Table, ...] = (
    "notes", "paper_authors", "identifiers", "texts", "links", "observations", "field_sources", "fetches", "passes",
    "cites", "paper_topics", "paper_tags", "summaries", "reading",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Learned:
    """What one saying changed: the fields; and identifiers that belong to another paper (its id), left there."""

    changed: frozenset[str] = frozenset()
    clashes: Mapping[str, int] = field(default_factory=dict)


class Papers:
    """The facts about papers, within a unit of work."""

    def __init__(self, unit: Unit, settle: Callable[[int], None]) -> None:
        self._unit = unit
        self._venues = Venues(unit)
        self._settle = settle  # the queue follows from counts too

    # -- finding ---------------------------------------------------------------------------------------------------

    def with_identifier(self, scheme: str, value: str) -> int | None:
        """The paper that has this identifier."""
        row = self._unit.get("identifiers", scheme, value)
        return int(row["paper_id"]) if row else None

    def with_title(self, folded: str) -> list[int]:
        """The papers whose title folds to `folded`, oldest first."""
        return [row["id"] for row in self._unit.rows("papers", folded_title=folded)]

    def known(self, paper_id: int) -> dict[str, Claim]:
        """All fields of the paper that have a value, with who said them; and those that a person emptied ("")."""
        unit = self._unit
        paper = unit.get("papers", paper_id)
        assert paper is not None
        values: dict[str, Any] = {name: paper[name] for name in _OF_PAPER}
        values |= unit.get("texts", paper_id) or {}
        values["authors"] = self.authors(paper_id)
        venue = unit.get("venues", paper["venue_id"]) if paper["venue_id"] else None
        values["venue"] = venue["name"] if venue else None
        who = {row["field"]: row["source"] for row in unit.rows("field_sources", paper_id=paper_id)}
        known = {
            name: Claim(values.get(name) or "", who.get(name, "reference"))
            for name in FIELDS
            if values.get(name) not in (None, "", ()) or who.get(name) == "user"
        }
        if PUBLICATION in who and paper["year"]:
            known[PUBLICATION] = Claim(paper["year"], who[PUBLICATION])
        return known

    def authors(self, paper_id: int) -> tuple[str, ...]:
        names = (
            self._unit.get("authors", row["author_id"]) for row in self._unit.rows("paper_authors", paper_id=paper_id)
        )
        return tuple(row["name"] for row in names if row)

    def key(self, paper_id: int) -> str:
        """The paper's citation key."""
        row = self._unit.get("papers", paper_id)
        assert row is not None
        return str(row["key"])

    def with_key(self, key: str) -> int | None:
        """The paper with this citation key."""
        rows = self._unit.rows("papers", key=key)
        return int(rows[0]["id"]) if rows else None

    def identifiers(self, paper_id: int) -> dict[str, str]:
        return {r["scheme"]: r["value"] for r in self._unit.rows("identifiers", paper_id=paper_id)}

    # -- writing ---------------------------------------------------------------------------------------------------

    def add(self, said: Metadata, reference: Identifier | None = None, key: str | None = None) -> int:
        """A new paper, as `said` describes it; returns its id.

        A paper without a title stands under its `reference`, else the first identifier in `said`, else its address,
        as its title and key, until somebody says more. `key` is the citation key to keep; if another paper has it, it
        gets a suffix.
        """
        said = cleaned(said)
        named = [Identifier(scheme, said.identifiers[scheme]) for scheme in SCHEMES if scheme in said.identifiers]
        stand_in = str(reference or (named[0] if named else said.url))
        title = said.title or stand_in
        venue = self._venues.name_of(said.venue) if said.venue else None
        known = {
            "title": Claim(title, said.source if said.title else "reference"),
            "kind": Claim(said.kind or "paper", said.source if said.kind else "reference"),
        }
        facts = improvements(known, said, venue)
        values: dict[str, Any] = {"title": title, "folded_title": fold(title), "kind": said.kind or "paper"}
        paper_id = self._unit.insert(
            "papers",
            key=self._unused(key or (self._key(said, said.year) if said.title else stand_in)),
            **values | self._columns(facts) | version_of(said),
            changed=self._unit.stamp,
        )
        self._set_beside(paper_id, facts)
        speakers = {name: claim.source for name, claim in known.items() if name == "title" or said.kind}
        for name, speaker in (speakers | dict.fromkeys(facts, said.source)).items():
            self._unit.insert("field_sources", paper_id=paper_id, field=name, source=speaker, at=self._unit.stamp)
        if said.withdrawn:
            self._say(paper_id, WITHDRAWN, said.source)
        if reference:
            self._unit.insert("identifiers", scheme=reference.scheme, value=reference.value, paper_id=paper_id)
        self._learn_more(paper_id, said)
        return paper_id

    def learn(self, paper_id: int, said: Metadata) -> Learned:
        """Take in what `said` says of the paper: better fields, new identifiers, links and counts."""
        unit = self._unit
        said = cleaned(said)
        known = self.known(paper_id)
        venue = self._venues.name_of(said.venue) if said.venue else None
        better = improvements(known, said, venue)
        unit.update("papers", paper_id, **self._columns(better))
        self._set_beside(paper_id, better)
        for name in better:
            self._say(paper_id, name, said.source)
        if "title" in better and known["title"].source == "reference":
            row = unit.get("papers", paper_id)
            if row and row["key"].startswith(str(known["title"].value)):  # it stands in too; a key that was kept stays
                unit.update("papers", paper_id, key=self._unused(self._key(said, self.year(paper_id))))
        grown = self._note_version(paper_id, said)
        more, clashes = self._learn_more(paper_id, said)
        changed = {name for name, value in better.items() if name in FIELDS and _differs(known.get(name), value)}
        if changed or grown or more:
            unit.update("papers", paper_id, changed=unit.stamp)
        return Learned(frozenset(changed), clashes)

    def _learn_more(self, paper_id: int, said: Metadata) -> tuple[bool, dict[str, int]]:
        """Identifiers, links and counts: whether any is new, and the identifiers that are of another paper."""
        grown, clashes = False, {}
        for scheme, value in said.identifiers.items():
            owner = self.with_identifier(scheme, value)
            if owner is None:
                self._unit.insert("identifiers", scheme=scheme, value=value, paper_id=paper_id)
                grown = True
            elif owner != paper_id:
                clashes[f"{scheme}:{value}"] = owner
        for link in said.links:
            grown |= self.add_link(paper_id, link)
        if said.citations is not None:
            grown |= self.observe(paper_id, said.source, said.citations, said.influential)
        return grown, clashes

    def correct(self, paper_id: int, values: Mapping[str, Value | None]) -> None:
        """Set fields as a person wants them, whatever others say now or later; None or () empties one for good."""
        if values.get("venue"):
            values = {**values, "venue": self._venues.name_of(str(values["venue"]))}
        self._unit.update("papers", paper_id, **self._columns(values))
        self._set_beside(paper_id, values)
        for name in values:
            self._say(paper_id, name, "user")

    def name(self, paper_id: int, key: str) -> None:
        """Give the paper the citation key that a person wants; no other paper may have it."""
        self._unit.update("papers", paper_id, key=key)

    def identify(self, paper_id: int, scheme: str, value: str | None) -> None:
        """Let `value` be the paper's one identifier of that kind, or let it have none; no other paper may have it."""
        for row in self._unit.rows("identifiers", paper_id=paper_id):
            if row["scheme"] == scheme and row["value"] != value:
                self.forget(Identifier(scheme, row["value"]))
        if value and self.with_identifier(scheme, value) is None:
            self._unit.insert("identifiers", scheme=scheme, value=value, paper_id=paper_id)

    def add_link(self, paper_id: int, link: Link) -> bool:
        """Add the link unless the paper has its address; whether it was added."""
        if self._unit.rows("links", paper_id=paper_id, url=link.url):
            return False
        self._unit.insert("links", paper_id=paper_id, rel=link.rel, url=link.url, text=one_line(link.text))
        return True

    def observe(self, paper_id: int, source: str, count: int, influential: int | None = None) -> bool:
        """Note a citation count as seen today. One per source and day; whether it says anything new.

        A page has no day of its own: its count is noted once, and again only when the page says another number.
        """
        unit = self._unit
        if source == "page":
            before = unit.rows("observations", paper_id=paper_id, source=source)
            if before and max(before, key=lambda row: row["day"])["count"] == count:
                return False
        new = unit.put("observations", paper_id, source, unit.day, count=count, influential=influential)
        self.recount(paper_id)
        return new

    def recount(self, paper_id: int) -> None:
        """Bring the count that lists show in step with the observations: the newest, of one day the most trusted."""
        rows = self._unit.rows("observations", paper_id=paper_id)
        shown = max(rows, key=lambda row: (row["day"], trust(row["source"])), default=None)
        if self._unit.update("papers", paper_id, citations=shown["count"] if shown else None):
            self._settle(paper_id)

    def forget(self, identifier: Identifier) -> None:
        """Take an identifier off the paper that has it, with what was noted of fetching by it."""
        paper_id = self.with_identifier(identifier.scheme, identifier.value)
        if paper_id is None:
            return
        self._unit.delete("identifiers", identifier.scheme, identifier.value)
        if not self.identifiers(paper_id):
            for row in self._unit.rows("fetches", paper_id=paper_id):
                self._unit.delete("fetches", paper_id, row["source"])

    def rekey(self, paper_id: int) -> None:
        """Make the citation key anew from what is known by now: for a paper whose key nobody has seen yet."""
        known = self.known(paper_id)
        key = citation_key(str(known["title"].value), self.authors(paper_id), self.year(paper_id))
        row = self._unit.get("papers", paper_id)
        if row and row["key"] != key:
            self._unit.update("papers", paper_id, key=self._unused(key))

    def owe(self, paper_id: int, sources: Iterable[str]) -> None:
        """Mark that these sources are still to be asked for the paper, unless they have answered."""
        for source in sources:
            if self._unit.get("fetches", paper_id, source) is None:
                self._unit.insert("fetches", paper_id=paper_id, source=source, state="owed", at=self._unit.stamp)

    def answered(self, paper_id: int, source: str, state: str) -> None:
        """Note that `source` answered for the paper: "found" or "unknown"."""
        self._unit.put("fetches", paper_id, source, state=state, at=self._unit.stamp)

    def year(self, paper_id: int) -> int | None:
        row = self._unit.get("papers", paper_id)
        return row["year"] if row else None

    def remove(self, paper_id: int) -> None:
        """Take the paper and all that belongs to it out of the library, what a person wrote too."""
        unit = self._unit
        cited = [row["cited_id"] for row in unit.rows("cites", paper_id=paper_id)]
        for table in _OF_ONE_PAPER:
            unit.delete_rows(table, paper_id=paper_id)
        unit.delete_rows("cites", cited_id=paper_id)
        unit.delete("papers", paper_id)
        for other in cited:
            self._settle(other)

    # -- details ---------------------------------------------------------------------------------------------------

    def _note_version(self, paper_id: int, said: Metadata) -> bool:
        """Keep the newest version of a preprint, and whether it was taken back; whether either is news.

        Who said that it was taken back may take that back: arXiv knows nothing of a journal's retraction.
        """
        before = self._unit.get("papers", paper_id)
        assert before is not None
        values: dict[str, int] = {}
        if said.version is not None and said.version > (before["version"] or 0):
            values["version"] = said.version
        if said.withdrawn and not before["withdrawn"]:
            values["withdrawn"] = 1
            self._say(paper_id, WITHDRAWN, said.source)
        elif said.withdrawn is False and before["withdrawn"]:
            who = self._unit.get("field_sources", paper_id, WITHDRAWN)
            if who is None or who["source"] == said.source:
                values["withdrawn"] = 0
        return self._unit.update("papers", paper_id, **values)

    def _unused(self, key: str) -> str:
        """`key`, or `key` with a suffix that makes it unique."""
        return unique_key(key, lambda candidate: bool(self._unit.rows("papers", key=candidate)))

    def _key(self, said: Metadata, year: int | None) -> str:
        return citation_key(one_line(said.title or ""), said.authors, year)

    def _say(self, paper_id: int, name: str, source: str) -> None:
        self._unit.put("field_sources", paper_id, name, source=source, at=self._unit.stamp)

    def _columns(self, facts: Mapping[str, Value | None]) -> dict[str, Any]:
        """What the facts are in the paper's own row."""
        values: dict[str, Any] = {name: facts[name] for name in _OF_PAPER if name in facts}
        if "title" in facts:
            values["folded_title"] = fold(str(facts["title"]))
        if "venue" in facts:
            values["venue_id"] = self._venues.id_of(str(facts["venue"])) if facts["venue"] else None
        return values

    def _set_beside(self, paper_id: int, facts: Mapping[str, Value | None]) -> None:
        """The facts that stand in tables of their own."""
        texts = {name: facts[name] for name in _OF_TEXTS if name in facts}
        if texts:
            self._unit.put("texts", paper_id, **texts)
        names = facts.get("authors")
        if isinstance(names, tuple):
            self._set_authors(paper_id, names)

    def _set_authors(self, paper_id: int, names: tuple[str, ...]) -> None:
        unit = self._unit
        if names == self.authors(paper_id):
            return
        unit.delete_rows("paper_authors", paper_id=paper_id)
        for position, name in enumerate(names):
            same = unit.rows("authors", name=name)
            author = same[0]["id"] if same else unit.insert("authors", name=name)
            unit.insert("paper_authors", paper_id=paper_id, position=position, author_id=author)


def version_of(said: Metadata) -> dict[str, int]:
    """What is said of a preprint's version, as a new paper's columns."""
    values = {} if said.version is None else {"version": said.version}
    return values | {"withdrawn": 1} if said.withdrawn else values


def cleaned(said: Metadata) -> Metadata:
    """`said` as it is stored, so that hearing it again is no news: one-line fields as such, nothing unprintable."""
    title = one_line(said.title) if said.title else None
    authors = tuple([name for name in map(one_line, said.authors) if name])
    url = one_line(said.url) if said.url else None
    abstract = printable(said.abstract).strip() if said.abstract else None
    tldr = printable(said.tldr).strip() if said.tldr else None
    if (title, authors, url, abstract, tldr) == (said.title, said.authors, said.url, said.abstract, said.tldr):
        return said
    return replace(said, title=title, authors=authors, url=url, abstract=abstract, tldr=tldr)


def _differs(claim: Claim | None, value: Value) -> bool:
    return claim is None or claim.value != value
