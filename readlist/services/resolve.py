"""Finding what a title means: identifiers for papers of which only the title is known.

Each service that can be asked for a title is asked in turn, until one gives a paper that is surely the one meant
(`domain.likeness`). Otherwise the candidates are handed over with what speaks for and against them, and nothing is
changed. Each answer is saved as it comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from readlist.db.library import Library
from readlist.domain.identifiers import SCHEMES, Identifier
from readlist.domain.likeness import Known, Verdict, judge
from readlist.domain.metadata import SERVICES, Metadata
from readlist.domain.paper import Paper
from readlist.errors import NotFound, SourceError, UsageError
from readlist.services.fetch import Fetched, Progress, fetch_owed, owe
from readlist.sources import Finder, Source

ASKED = "title"
"""What a paper is noted to have been asked by, where no service had it: it is not asked again every day."""
AGAIN = timedelta(days=30)
"""After which a title that was not found is asked for again, unless its paper is named."""
SHOWN = 5
"""Candidates for one paper."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that may be the one meant. `on_list`: the paper of the library that it is, if it is one."""

    metadata: Metadata
    verdict: Verdict
    on_list: int | None = None

    @property
    def identifier(self) -> Identifier | None:
        """The surest of its identifiers."""
        named = self.metadata.identifiers
        return next((Identifier(scheme, named[scheme]) for scheme in SCHEMES if scheme in named), None)


@dataclass(frozen=True, slots=True)
class Found:
    """A paper that a title meant, by the identifier that it was found under."""

    paper_id: int
    identifier: Identifier
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """A title that means a paper which is on the list already."""

    paper_id: int
    other_id: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """A title for which only candidates were found, the likeliest first; or none."""

    paper_id: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What came of looking for titles; `asked` are the papers looked for, `fetched` what was then fetched of those
    found. A paper for which nothing was found, and a service failed, is in none of the lists.
    """

    asked: tuple[int, ...] = ()
    found: tuple[Found, ...] = ()
    same: tuple[Same, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    fetched: Fetched = field(default_factory=Fetched)


def unresolved(library: Library, now: datetime, again: bool = False) -> list[int]:
    """The papers to look for: without an identifier, and (unless `again`) not looked for in vain lately."""
    moment = None if again else (now - AGAIN).isoformat(timespec="seconds")
    return library.views.without_identifier(ASKED, moment)


def resolve(
    library: Library,
    finders: Sequence[Finder],
    sources: Sequence[Source],
    ids: Sequence[int],
    now: datetime,
    command: str,
    progress: Progress = lambda name, done, total: None,
) -> Resolved:
    """Look for the titles of these papers, then fetch what is known of those found. Papers that have an identifier
    are passed over."""
    papers = [paper for paper in library.views.papers(ids, now.date(), whole=True) if not paper.identifiers]
    search = _Search(library, finders, sources, command)
    for done, paper in enumerate(papers):
        progress("titles", done, len(papers))
        search.look_for(paper)
    if papers:
        progress("titles", len(papers), len(papers))
    fetched = Fetched({name: tuple(ids) for name, ids in search.told.items()}, failures=tuple(search.failures.values()))
    if search.found:
        found = {it.paper_id for it in search.found}
        up = [source for source in sources if source.name not in search.failures]
        fetched = fetched.and_then(fetch_owed(library, up, command, found, progress))
    asked = tuple(paper.id for paper in papers)
    return Resolved(asked, tuple(search.found), tuple(search.same), tuple(search.unsure), fetched)


_SINGLE = ("arxiv", "acl")  # kinds of identifiers of which a paper has one


def identify(
    library: Library,
    sources: Sequence[Source],
    paper_id: int,
    identifier: Identifier,
    progress: Progress = lambda name, done, total: None,
) -> Fetched:
    """Take a person's word that the paper is the one with this identifier, and fetch what is known of it.

    Raises UsageError if another paper of the list has it, or the paper another number of a kind of which a paper has
    one; NotFound (and nothing is changed) if there is no such paper.
    """
    with library.write("refresh") as work:
        owner = work.papers.with_identifier(identifier.scheme, identifier.value)
        if owner not in (None, paper_id):
            raise UsageError(f"{identifier} is #{owner}", f"`rl merge {owner} {paper_id}` makes one paper of both")
        known = owner is not None
        there = work.views.paper(paper_id, work.unit.now.date()).identifiers.get(identifier.scheme)
        if not known and there is not None and identifier.scheme in _SINGLE:
            raise UsageError(
                f"#{paper_id} is {Identifier(identifier.scheme, there)} already",
                f"`rl edit {paper_id} {identifier.scheme}={identifier.value}` puts this one in its place",
            )
        work.papers.learn(paper_id, Metadata("user", identifiers={identifier.scheme: identifier.value}))
        owe(work, sources, paper_id)
    fetched = fetch_owed(library, sources, "refresh", {paper_id}, progress)
    denied = next((it for it in fetched.unknown if it.final and identifier.value in it.reference), None)
    if denied and not known:
        with library.write("refresh") as work:
            work.papers.forget(identifier)
        raise NotFound(f"{SERVICES[denied.source]} has no paper {identifier}", "nothing was changed", str(identifier))
    return fetched


class _Search:
    """One run of looking for titles, and what came of it so far. A service that failed is not asked again in it."""

    def __init__(self, library: Library, finders: Sequence[Finder], sources: Sequence[Source], command: str) -> None:
        self._library = library
        self._finders = finders
        self._sources = sources
        self._command = command
        self.found: list[Found] = []
        self.same: list[Same] = []
        self.unsure: list[Unsure] = []
        self.failures: dict[str, SourceError] = {}
        self.told: dict[str, list[int]] = {}  # by service: the papers that it found

    def look_for(self, paper: Paper) -> None:
        meant = Known(paper.title, paper.authors, paper.year, paper.venue)
        candidates: list[Candidate] = []
        for finder in self._finders:
            if finder.name in self.failures:
                continue
            try:
                said = finder.find_title(paper.title)
            except SourceError as fault:
                self.failures[finder.name] = fault
                continue
            judged = [Candidate(it, judge(meant, _known(it))) for it in said if it.identifiers]
            candidates += judged
            sure = [it for it in judged if it.verdict.accepted]
            # Two papers that fit equally well are for the reader to tell apart.
            if len(sure) == 1:
                self._accept(paper, sure[0], finder)
                return
        if len(self.failures) < len(self._finders):
            self._leave(paper, candidates)

    def _accept(self, paper: Paper, it: Candidate, finder: Finder) -> None:
        identifier = it.identifier
        assert identifier
        with self._library.write(self._command) as work:
            owners = (work.papers.with_identifier(*pair) for pair in it.metadata.identifiers.items())
            owner = next((owner for owner in owners if owner is not None), None)
            if owner is not None:
                work.papers.answered(paper.id, ASKED, "unknown")  # nothing is left to look for
                self.same.append(Same(paper.id, owner, it.verdict.reasons))
                return
            work.papers.learn(paper.id, it.metadata)
            owe(work, self._sources, paper.id)
            work.papers.answered(paper.id, finder.name, "found")
        self.told.setdefault(finder.name, []).append(paper.id)
        self.found.append(Found(paper.id, identifier, it.verdict.reasons))

    def _leave(self, paper: Paper, candidates: Sequence[Candidate]) -> None:
        """Hand over the candidates; note that the title was looked for, if every service was heard."""
        shown: dict[Identifier | None, Candidate] = {}
        for it in sorted(candidates, key=lambda it: (-it.verdict.accepted, len(it.verdict.doubts), -it.verdict.alike)):
            if it.verdict.worth_showing:
                shown.setdefault(it.identifier, it)
        listed = tuple(self._with_place(it) for it in list(shown.values())[:SHOWN])
        if listed or not self.failures:
            self.unsure.append(Unsure(paper.id, listed))
        if not self.failures:
            with self._library.write(self._command) as work:
                work.papers.answered(paper.id, ASKED, "unknown")

    def _with_place(self, it: Candidate) -> Candidate:
        named = it.metadata.identifiers.items()
        owners = (self._library.views.id_of_identifier(*pair) for pair in named)
        return replace(it, on_list=next((owner for owner in owners if owner is not None), None))


def _known(said: Metadata) -> Known:
    return Known(said.title or "", said.authors, said.year, said.venue)
