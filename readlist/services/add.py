"""Putting papers on the list: stored first, then asked for."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from readlist.db.library import Library, Work
from readlist.domain import identifiers
from readlist.domain.identifiers import Identifier
from readlist.domain.links import kind_of
from readlist.domain.matching import same_paper
from readlist.domain.metadata import SERVICES, Link, Metadata
from readlist.domain.patterns import late
from readlist.domain.text import fold, one_line
from readlist.errors import NotFound, UsageError
from readlist.services.fetch import Fetched, Progress, Spares, fetch_owed, owe
from readlist.services.filing import file_under
from readlist.services.references import ids_of_address
from readlist.services.resolve import Resolved, resolve
from readlist.sources import Finder, Source
from readlist.sources.named import Refers


@dataclass(frozen=True, slots=True)
class Request:
    """A paper to be added: by identifier, by address, or by title alone."""

    text: str
    identifier: Identifier | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the added papers are to have."""

    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    priority: str | None = None
    due: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """`new` papers and those that were `there` already, in the order of the command line; `gone`: taken back since
    the authority for its identifier does not know it (with the error to show); `resolved`: what the titles mean."""

    new: tuple[int, ...]
    there: tuple[int, ...]
    fetched: Fetched = field(default_factory=Fetched)
    gone: tuple[NotFound, ...] = ()
    resolved: Resolved = field(default_factory=Resolved)


def read_request(text: str) -> Request:
    """The paper that a REF of the command line names. Raises UsageError if it is no reference."""
    clean = text.strip()
    stamped = _STAMP.fullmatch(clean)
    identifier = identifiers.parse(stamped[1] if stamped else clean)
    if identifier:
        return Request(text, identifier=replace(identifier, version=None))
    if identifiers.is_address(clean):
        return Request(text, url=clean)
    shown = one_line(text)
    meant = identifiers.looks_meant(clean)
    if meant:
        article = "an" if meant[0] in "aA" else "a"
        raise UsageError(f"{shown!r} is not {article} {meant}", _FORMS[meant], ref=text)
    if os.path.isfile(os.path.expanduser(clean)):  # noqa: PTH111, PTH113 - these two raise nothing, whatever the text
        hint = f"it is a file: `rl import {shown}` takes in a list or a bibliography, --from one reference a line"
        raise UsageError(f"{shown!r} names no paper", hint, ref=text)
    raise UsageError(
        f"{shown!r} names no paper",
        'give an arXiv id, a DOI, an address, S2:…, CorpusId:… or ACL:…, or use --title "…"',
        ref=text,
    )


# What stands in the margin of a PDF of arXiv's: "arXiv:1706.03762v7 [cs.CL] 2 Aug 2023".
_STAMP = late(r"(arXiv:\S+)\s+\[[\w.-]+\](?:\s+\d{1,2}\s+\w+\s+\d{4})?", re.IGNORECASE)

_FORMS = {
    "arXiv id": "arXiv ids look like 2104.08821, 2104.08821v4 or hep-th/9901001",
    "DOI": "DOIs look like 10.1145/3292500.3330701",
    "Semantic Scholar id": "after S2: come the 40 hexadecimal digits of its address",
    "Corpus id": "after CorpusId: comes a number",
    "ACL Anthology id": "ACL ids look like ACL:P17-1061 or ACL:2021.emnlp-main.552",
}


def add(
    library: Library,
    sources: Sequence[Source],
    requests: Sequence[Request],
    wishes: Wishes,
    *,
    fetch: bool = True,
    named: Sequence[Refers] | None = None,
    finders: Sequence[Finder] = (),
    spares: Spares = tuple,
    progress: Progress = lambda name, done, total: None,
) -> Added:
    """Store the papers in one unit of work, then, with `fetch`, ask every service once for all of them.

    `named` are the services by name, for what is owed to them, where `sources` need not be loaded to be asked.
    What only its title is given of is looked for by the `finders`; the `spares` stand in for services without answer.
    """
    new: dict[int, None] = {}
    there: dict[int, None] = {}
    by_title: set[int] = set()
    with library.write("add") as work:
        for request in requests:
            paper_id = _find(work, request)
            if paper_id is None:
                paper_id = _store(work, request, wishes)
                new[paper_id] = None
            elif paper_id not in new:
                there[paper_id] = None
            if not request.identifier and not request.url:
                by_title.add(paper_id)
            owe(work, sources if named is None else named, paper_id)
            _grant(work, paper_id, wishes)
        if wishes.note:
            for paper_id in (*new, *there):
                work.reading.note(wishes.note, paper_id=paper_id)
    if not fetch:
        return Added(tuple(new), tuple(there))
    titled = [i for i in (*new, *there) if i in by_title] if finders else []
    resolved = resolve(library, finders, sources, titled, library.now(), "add", progress) if titled else Resolved()
    if any(it.paper_id in new for it in resolved.found):
        with library.write("add") as work:
            for it in resolved.found:
                if it.paper_id in new:
                    work.papers.rekey(it.paper_id)
    fetched = fetch_owed(library, sources, "add", {*new, *there}, progress, spares).and_then(resolved.fetched)
    pairs = {(clash.paper_id, clash.other_id) for clash in fetched.clashes}
    _join(library, new, there, pairs | {(it.paper_id, it.other_id) for it in resolved.same})
    gone = _take_back(library, new, fetched, keep=bool(wishes.note))
    return Added(tuple(i for i in new if i not in gone), tuple(there), fetched, tuple(gone.values()), resolved)


def _find(work: Work, request: Request) -> int | None:
    if request.identifier:
        return work.papers.with_identifier(request.identifier.scheme, request.identifier.value)
    if request.url:
        found = ids_of_address(work.views, request.url)
        if found:
            return found[0]
    if request.title:
        for i in work.papers.with_title(fold(request.title)):
            known = work.papers.known(i)
            url = known.get("url")
            if same_paper(
                our_title=request.title,
                their_title=str(known["title"].value),
                our_url=request.url,
                their_url=str(url.value) if url else None,
            ):
                return i
    return None


def _store(work: Work, request: Request, wishes: Wishes) -> int:
    if request.identifier:
        said = Metadata("typed", kind="paper", title=request.title)
        paper_id = work.papers.add(said, request.identifier)
    elif request.url:
        bare = request.url.split("://", 1)[1].rstrip("/")
        kind = kind_of(request.url)
        paper_id = work.papers.add(
            Metadata(
                "typed", kind=kind, title=request.title or bare, url=request.url, links=(Link("other", request.url),)
            )
        )
    else:
        paper_id = work.papers.add(Metadata("typed", kind="paper", title=request.title))
    due = wishes.due.isoformat() if wishes.due else None
    work.reading.add(paper_id, next_pass=1, priority=wishes.priority or "normal", due=due)
    return paper_id


def _grant(work: Work, paper_id: int, wishes: Wishes) -> None:
    file_under(work, paper_id, wishes.topics, wishes.tags)
    if wishes.priority:
        work.reading.set(paper_id, priority=wishes.priority)
    if wishes.due:
        work.reading.set(paper_id, due=wishes.due.isoformat())


def _join(library: Library, new: dict[int, None], there: dict[int, None], pairs: Iterable[tuple[int, int]]) -> None:
    """A new record that a service knows as a paper that is on the list already becomes one with it.

    What was done with that paper stays: being added again puts nothing back into the queue.
    """
    joined: set[int] = set()
    for kept, gone in sorted({(min(pair), max(pair)) for pair in pairs}):
        if gone not in new or joined & {kept, gone}:
            continue
        with library.write("add") as work:
            if kept not in new:
                work.reading.set(gone, next_pass=None)
            work.merge(kept, gone)
        joined.add(gone)
        del new[gone]
        if kept not in new:
            there[kept] = None


def _take_back(library: Library, new: dict[int, None], fetched: Fetched, keep: bool) -> dict[int, NotFound]:
    """Papers of this command that do not exist, as the authority says: taken off again, unless they bear a note."""
    gone: dict[int, NotFound] = {}
    for unknown in fetched.unknown:
        if not unknown.final or unknown.paper_id in fetched.found:
            continue
        where = SERVICES.get(unknown.source, unknown.source)
        if unknown.paper_id in new and not keep:
            error = NotFound(
                f"{where} has no paper {unknown.reference}",
                "it was not put on the list; check the number",
                unknown.reference,
            )
        else:
            error = NotFound(f"{where} has no paper {unknown.reference}", "check the number", unknown.reference)
        gone[unknown.paper_id] = error
    if not keep and gone:
        with library.write("add") as work:
            for paper_id in gone:
                if paper_id in new:
                    work.papers.remove(paper_id)
    return gone
