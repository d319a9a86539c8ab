"""Asking the services for papers, and keeping what they say.

Every answer is saved as it comes. A service that fails leaves its papers owed to it; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from readlist.db.library import Library, Work
from readlist.domain.metadata import SERVICES
from readlist.errors import SourceError
from readlist.sources import Answer, Source
from readlist.sources.named import Refers

Progress = Callable[[str, int, int], None]
"""Told of a service's name, how many papers it was asked for, and of how many."""
Spares = Callable[[], Sequence[Source]]
"""Makes the services that stand in for others, when they are needed."""

FALLBACK_AT_MOST = 50
"""Papers in one run for which a service that takes one look-up a paper is asked: what is left waits for the next."""
UNKNOWN_FOR = timedelta(days=30)
"""For so long a service that stands in for another is not asked again for a paper that it does not have."""


def _silent(name: str, done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A paper that a service does not have. `final`: that service is the authority for the paper's identifier."""

    paper_id: int
    source: str
    reference: str
    final: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """Two records that a service says are one paper, since `identifier` is of both."""

    paper_id: int
    other_id: int
    identifier: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking: papers that were answered for (by service), unknown ones, services that failed, records
    that clash."""

    found_by: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unknown: tuple[Unknown, ...] = ()
    failures: tuple[SourceError, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def found(self) -> set[int]:
        """The papers that some service answered for."""
        return {i for ids in self.found_by.values() for i in ids}

    def and_then(self, later: Fetched) -> Fetched:
        """What came of this and of asking once more."""
        names = dict.fromkeys((*self.found_by, *later.found_by))
        return Fetched(
            {name: tuple(self.found_by.get(name, ())) + tuple(later.found_by.get(name, ())) for name in names},
            self.unknown + later.unknown,
            self.failures + later.failures,
            self.clashes + later.clashes,
        )


def owe(work: Work, sources: Sequence[Refers], paper_id: int) -> bool:
    """Note which services are to be asked for the paper; whether there is any."""
    identifiers = work.papers.identifiers(paper_id)
    able = [source.name for source in sources if source.reference(identifiers)]
    work.papers.owe(paper_id, able)
    return bool(able)


def fetch_owed(
    library: Library,
    sources: Sequence[Source],
    command: str,
    only: Collection[int] | None = None,
    progress: Progress = _silent,
    spares: Spares = tuple,
) -> Fetched:
    """Ask every service for the papers owed to it, those in `only` if given; in as few requests as it allows.

    Then the `spares` for what those do not have.
    """
    owed = library.views.owed()
    wanted = {name: [i for i in ids if only is None or i in only] for name, ids in owed.items()}
    return ask_all(library, sources, spares, wanted, command, progress)


def ask_all(
    library: Library,
    sources: Sequence[Source],
    spares: Spares,
    wanted: Mapping[str, Sequence[int]],
    command: str,
    progress: Progress = _silent,
) -> Fetched:
    """Ask each of `sources` for the papers `wanted` of it, then each of `spares` for what the one it stands in for did
    not give.

    Where nothing at all was heard it is the network that fails, and the spares are not asked.
    """
    fetched = ask(library, sources, wanted, command, progress)
    if not any(wanted.values()) or (fetched.failures and not fetched.found_by and not fetched.unknown):
        return fetched
    for spare in spares():
        papers = wanted.get(spare.fallback_for or "", ())
        asked = {spare.name: _left(library, spare, papers, fetched)[:FALLBACK_AT_MOST]}
        fetched = fetched.and_then(ask(library, (spare,), asked, command, progress))
    return fetched


def _left(library: Library, spare: Source, papers: Sequence[int], fetched: Fetched) -> list[int]:
    """Those of `papers` for which `spare` is to be asked: not those that it said lately it does not have."""
    answered = set(fetched.found_by.get(spare.fallback_for or "", ()))
    moment = (library.now() - UNKNOWN_FOR).isoformat(timespec="seconds")
    left = {i for i in papers if i not in answered} - library.views.unknown_to(spare.name, moment)
    if spare.stands_in == "no venue":
        left.update(library.views.unpublished([i for i in papers if i in answered], spare.name))
    return sorted(left)


def ask(
    library: Library,
    sources: Sequence[Source],
    wanted: Mapping[str, Sequence[int]],
    command: str,
    progress: Progress = _silent,
) -> Fetched:
    """Ask each service for the papers `wanted` of it (by the service's name), a batch a request, saving each answer."""
    asking = _Asking(library, command, progress)
    for source in sources:
        asking.ask(source, wanted.get(source.name, ()))
    return asking.result()


class _Asking:
    """One run of asking services, and what came of it so far."""

    def __init__(self, library: Library, command: str, progress: Progress) -> None:
        self._library = library
        self._command = command
        self._progress = progress
        self._found: dict[str, list[int]] = {}
        self._unknown: list[Unknown] = []
        self._failures: list[SourceError] = []
        self._clashes: list[Clash] = []

    def result(self) -> Fetched:
        found = {name: tuple(ids) for name, ids in self._found.items()}
        return Fetched(found, tuple(self._unknown), tuple(self._failures), tuple(self._clashes))

    def ask(self, source: Source, wanted: Sequence[int]) -> None:
        identifiers = self._library.views.identifiers(wanted)
        asked: dict[str, list[int]] = {}
        for i in wanted:
            reference = source.reference(identifiers[i])
            if reference:
                asked.setdefault(reference, []).append(i)
        references = list(asked)
        for start in range(0, len(references), source.batch):
            self._progress(source.name, start, len(references))
            chunk = references[start : start + source.batch]
            try:
                answer = source.fetch_many(chunk)
            except SourceError as fault:
                self._failures.append(fault)
                return
            with self._library.write(self._command) as work:
                self._clashes += _keep(work, source, answer, {i: ref for ref in chunk for i in asked[ref]})
            self._note(source, answer, {ref: asked[ref] for ref in chunk}, identifiers)
        if references:
            self._progress(source.name, len(references), len(references))

    def _note(
        self,
        source: Source,
        answer: Answer,
        asked: Mapping[str, Sequence[int]],
        identifiers: Mapping[int, Mapping[str, str]],
    ) -> None:
        silent = []
        for reference, papers in asked.items():
            if reference in answer.found:
                self._found.setdefault(source.name, []).extend(papers)
            elif reference in answer.unknown:
                for i in papers:
                    final = any(identifiers[i].get(scheme) for scheme in source.decides)
                    self._unknown.append(Unknown(i, source.name, reference, final))
            else:
                silent.append(reference)
        if silent:
            many = f"{len(silent)} of {len(asked)} papers, {silent[0]} among them"
            name = SERVICES.get(source.name, source.name)
            self._failures.append(SourceError(source.name, f"{name} gave no usable answer for {many}"))


def _keep(work: Work, source: Source, answer: Answer, references: dict[int, str]) -> list[Clash]:
    clashes: list[Clash] = []
    for paper_id, reference in references.items():
        if not work.views.has_id(paper_id):
            continue  # another command took it away while the answer was waited for
        said = answer.found.get(reference)
        if said is not None:
            learned = work.papers.learn(paper_id, said)
            work.papers.answered(paper_id, source.name, "found")
            clashes += [Clash(paper_id, other, identifier) for identifier, other in learned.clashes.items()]
        elif reference in answer.unknown:
            work.papers.answered(paper_id, source.name, "unknown")
    return clashes
