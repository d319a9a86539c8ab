"""Asking the services for papers, and keeping what they say.

Every answer is saved as it comes. A service that fails leaves its papers owed to it; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from readlist.db.library import Library, Work
from readlist.errors import SourceError
from readlist.sources import Answer, Source

Progress = Callable[[str, int, int], None]
"""Told of a service's name, how many papers it was asked for, and of how many."""


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
    """What came of asking: papers that were answered for, unknown ones, services that failed, records that clash."""

    found: tuple[int, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    failures: tuple[SourceError, ...] = ()
    clashes: tuple[Clash, ...] = ()


def owe(work: Work, sources: Sequence[Source], paper_id: int) -> bool:
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
    progress: Progress = lambda name, done, total: None,
) -> Fetched:
    """Ask every service for the papers owed to it, those in `only` if given; in as few requests as it allows."""
    found: dict[int, None] = {}
    unknown: list[Unknown] = []
    failures: list[SourceError] = []
    clashes: list[Clash] = []
    for source in sources:
        wanted = [i for i in library.views.owed().get(source.name, []) if only is None or i in only]
        identifiers = library.views.identifiers(wanted)
        references = {i: ref for i in wanted if (ref := source.reference(identifiers[i]))}
        distinct = list(dict.fromkeys(references.values()))
        for start in range(0, len(distinct), source.batch):
            chunk = distinct[start : start + source.batch]
            progress(source.name, start, len(distinct))
            try:
                answer = source.fetch_many(chunk)
            except SourceError as fault:
                failures.append(fault)
                break
            papers = [i for i, ref in references.items() if ref in chunk]
            with library.write(command) as work:
                clashes += _keep(work, source, answer, {i: references[i] for i in papers})
            for i in papers:
                reference = references[i]
                if reference in answer.found:
                    found[i] = None
                elif reference in answer.unknown:
                    final = any(identifiers[i].get(scheme) for scheme in source.decides)
                    unknown.append(Unknown(i, source.name, reference, final))
            silent = [ref for ref in chunk if ref not in answer.found and ref not in answer.unknown]
            if silent:
                failures.append(
                    SourceError(
                        source.name,
                        f"{source.name} gave no usable answer for {len(silent)} of {len(chunk)} papers ({silent[0]})",
                    )
                )
        if distinct:
            progress(source.name, len(distinct), len(distinct))
    return Fetched(tuple(found), tuple(unknown), tuple(failures), tuple(clashes))


def _keep(work: Work, source: Source, answer: Answer, references: dict[int, str]) -> list[Clash]:
    clashes: list[Clash] = []
    for paper_id, reference in references.items():
        said = answer.found.get(reference)
        if said is not None:
            learned = work.papers.learn(paper_id, said)
            work.papers.answered(paper_id, source.name, "found")
            clashes += [Clash(paper_id, other, identifier) for identifier, other in learned.clashes.items()]
        elif reference in answer.unknown:
            work.papers.answered(paper_id, source.name, "unknown")
    return clashes
