"""Papers around a paper: those it cites, those that cite it, those like it; and which of them are on the list.

What is on the list is decided for a whole answer at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from readlist.db.library import Library
from readlist.db.views import Views
from readlist.domain import venues
from readlist.domain.identifiers import SCHEMES, Identifier
from readlist.domain.matching import same_paper
from readlist.domain.metadata import Metadata
from readlist.domain.nearest import choices
from readlist.domain.paper import Paper
from readlist.domain.text import fold, one_line
from readlist.errors import NotFound, SourceError, UsageError
from readlist.services import add as adding
from readlist.services import listing
from readlist.services.fetch import Progress
from readlist.services.shown import Around, Related, Shown, Wanted
from readlist.sources import Graph, Source

PAGE = 1000
"""References or citing papers in one request."""
REACH = 9_999
"""How many of them can be had: Semantic Scholar says "offset + limit must be < 10000" to who asks for more."""
RECOMMENDED = (100, 500)
"""Recommendations that are asked for, and the most that can be."""
SEEDS = 100
"""The most papers of a topic that recommendations are asked for."""
_SHOWN = 20

_SURE = ("arxiv", "doi", "acl", "corpus", "s2", "openreview")


Order = Callable[[Related], tuple[int, ...]]


def _citations(it: Related) -> tuple[int, ...]:
    return (-1 if it.said.citations is None else it.said.citations, it.said.year or 0)


ORDERS: Mapping[str, Order] = {
    "influential": lambda it: (it.influential, *_citations(it)),
    "citations": _citations,
    "year": lambda it: (it.said.year or 0, *_citations(it)),
    "given": lambda it: (),
}
"""The orders of a list, the greatest first; "given" is the service's own."""
_USUAL: Mapping[Around, tuple[str, ...]] = {
    "refs": ("influential", "citations", "year", "given"),
    "cited-by": ("influential", "citations", "year", "given"),
    "recommend": ("given", "citations", "year"),
}  # by kind of list: the orders it can have, its own first


def checked(wanted: Wanted) -> Wanted:
    """`wanted` with its order and limit filled in. Raises UsageError for those that cannot be."""
    allowed = _USUAL[wanted.around]
    if wanted.sort is not None and wanted.sort not in allowed:
        raise UsageError(f"--sort cannot be {wanted.sort!r}", choices(wanted.sort, allowed))
    if wanted.limit is not None and wanted.limit < 0:
        raise UsageError(f"--limit cannot be {wanted.limit}", "a number from 0; 0 means all")
    return replace(wanted, sort=wanted.sort or allowed[0], limit=_SHOWN if wanted.limit is None else wanted.limit)


# -- asking ------------------------------------------------------------------------------------------------------------


def of_topic(views: Views, topic: str, today: date) -> tuple[int, ...]:
    """The papers of a topic that say what its reader likes: those read, being read or wanted; where there are none,
    those listed. The last added, at most SEEDS."""
    for statuses in (("done", "reading", "todo"), ("listed",)):
        chosen = listing.Wanted(topics=(topic,), statuses=statuses)
        page = listing.select(
            views, chosen, today, queue=False, default_sort="added", default_limit=SEEDS, whole=False
        )  # fmt: skip
        if page.papers:
            return tuple(paper.id for paper in page.papers)
    raise NotFound(
        f"no paper of {one_line(topic)} is read or wanted", "name the papers: `rl recommend 12 15`", ref=topic
    )


def references(views: Views, graph: Graph, papers: Sequence[int]) -> list[str]:
    """How the service names these papers, without those that it cannot be asked for. Raises NotFound if that is all."""
    known = views.identifiers(papers)
    found = [reference for i in papers if (reference := graph.reference(known[i]))]
    if not found:
        ((i, _, title), *others) = views.names(papers)
        who = f"#{i} {one_line(title)} has" if not others else f"the {len(papers)} papers have"
        raise NotFound(
            f"{who} no identifier that Semantic Scholar can be asked by",
            "`rl refresh --resolve` finds identifiers for papers known by title",
        )
    return found


def ask(
    views: Views,
    graph: Graph,
    wanted: Wanted,
    today: date,
    progress: Callable[[int], None] = lambda had: None,
    hear: Callable[[Sequence[Metadata]], None] = lambda papers: None,
) -> tuple[Shown, SourceError | None]:
    """The list, asked of the service; and what kept it from giving all that was asked for after the first page.

    `progress` is told how many papers there are so far, after each page that is not the last, and `hear` all papers in
    the end, also those that the list is too short for. Raises NotFound for a paper that the service does not know,
    SourceError if it gives nothing.
    """
    wanted = checked(wanted)
    assert wanted.limit is not None and wanted.sort is not None
    names = references(views, graph, wanted.papers)
    pages = _Pages()
    if wanted.around == "recommend":
        usual, most = RECOMMENDED
        count = min(max(wanted.limit, usual), most) if wanted.limit else most
        pages.take(graph.recommendations(names, count), ())
    else:
        pages.ask(graph, wanted, names[0], progress)
    hear([it.said for it in pages.rows])
    rows = sorted(pages.rows, key=ORDERS[wanted.sort], reverse=True)  # stable: equals stay as given
    if wanted.around == "recommend":  # what is new comes first: that is what it is asked for
        marks = on_list(views, [it.said for it in rows], today)
        rows = [it for _, it in sorted(zip(marks, rows, strict=True), key=lambda pair: pair[0] is not None)]
    cut = rows[: wanted.limit or None]
    numbered = tuple(replace(it, number=number) for number, it in enumerate(cut, 1))
    return Shown(wanted, today.isoformat(), numbered, len(rows), pages.next, pages.elided), pages.fault


@dataclass
class _Pages:
    """What the service gave, page by page."""

    rows: list[Related] = field(default_factory=list)
    next: int | None = None
    elided: bool = False
    fault: SourceError | None = None
    _seen: set[str] = field(default_factory=set)

    def ask(self, graph: Graph, wanted: Wanted, reference: str, progress: Callable[[int], None]) -> None:
        """Pages until there are as many papers as are shown; with `deep` or for all, as far as the service goes."""
        page = graph.references if wanted.around == "refs" else graph.citations
        far = wanted.deep or not wanted.limit
        offset: int | None = 0
        while offset is not None and offset < REACH and (offset == 0 or far or len(self.rows) < (wanted.limit or 0)):
            if offset:
                progress(len(self.rows))
            try:
                edges = page(reference, offset, min(PAGE, REACH - offset))
            except SourceError as fault:
                if not self.rows:
                    raise
                self.fault = fault
                return
            if not edges.known:
                raise NotFound(
                    f"Semantic Scholar does not know the paper {reference}",
                    "check its identifiers with `rl show`; a new paper is known there some days later",
                    ref=reference,
                )
            self.elided |= edges.elided
            self.take(edges.papers, edges.influential)
            self.next = offset = edges.next

    def take(self, papers: Sequence[Metadata], influential: Sequence[bool]) -> None:
        """Add the papers that are not there yet: between two requests the service's own list may move on."""
        for place, said in enumerate(papers):
            name = said.identifiers.get("s2")
            if name is None or name not in self._seen:
                venue = said.venue and (venues.canonical(said.venue) or said.venue)
                plain = replace(said, venue=venue, abstract=None, tldr=None, links=())
                self.rows.append(Related(0, plain, bool(influential and influential[place])))
            if name:
                self._seen.add(name)


# -- what is on the list -----------------------------------------------------------------------------------------------


def on_list(views: Views, papers: Sequence[Metadata], today: date) -> list[Paper | None]:
    """For each paper the one of the library that it is, by identifier, else by title with year and authors.

    A few queries for all of them together.
    """
    owners: dict[tuple[str, str], int] = {}
    for scheme in SCHEMES:
        values = sorted({said.identifiers[scheme] for said in papers if scheme in said.identifiers})
        owners |= {(scheme, value): i for value, i in views.ids_of_identifiers(scheme, values).items()}
    titled = views.ids_of_titles(sorted({fold(said.title) for said in papers if said.title} - {""}))
    ids = sorted({*owners.values(), *(i for same in titled.values() for i in same)})
    known = {paper.id: paper for paper in views.papers(ids, today)}
    names = views.identifiers(ids)

    def owner(said: Metadata) -> Paper | None:
        for name in said.identifiers.items():
            if name in owners:
                return known.get(owners[name])
        for i in titled.get(fold(said.title or ""), ()):
            ours = known.get(i)
            if ours and same_paper(
                our_title=ours.title, their_title=said.title or "", our_authors=ours.authors,
                their_authors=said.authors, our_year=ours.year, their_year=said.year, our_ids=names[i],
                their_ids=said.identifiers,
            ):  # fmt: skip
                return ours
        return None

    return [owner(said) for said in papers]


def note_citing(library: Library, wanted: Wanted, papers: Sequence[Metadata], today: date, command: str) -> None:
    """Note which papers of the list cite which, as far as these `papers`, cited or citing, are on it.

    The queue goes by it. Where all of it is known, nothing is written.
    """
    if wanted.around == "recommend":
        return
    (ours,) = wanted.papers
    others = {paper.id for paper in on_list(library.views, papers, today) if paper}
    pairs = {(ours, other) if wanted.around == "refs" else (other, ours) for other in others}
    new = sorted(pairs - library.views.citing(ours))
    if new:
        with library.write(command) as work:
            for paper, cited in new:
                work.reading.cite(paper, cited)


def put_on_list(
    library: Library,
    sources: Sequence[Source],
    papers: Sequence[Metadata],
    wishes: adding.Wishes,
    today: date,
    progress: Progress = lambda name, done, total: None,
) -> adding.Added:
    """Add the papers as `rl add` would; where no service says more of one, what the list said of it is kept."""
    marks = on_list(library.views, papers, today)
    names = library.views.identifiers([paper.id for paper in marks if paper])
    requests = [
        _request(there.title, names[there.id]) if there else _request(said.title or "", said.identifiers)
        for said, there in zip(papers, marks, strict=True)
    ]
    added = adding.add(library, sources, requests, wishes, progress=progress)
    silent = set(added.new) - added.fetched.found
    if silent:
        owners = on_list(library.views, papers, today)
        with library.write("add") as work:
            for said, owner in zip(papers, owners, strict=True):
                if owner and owner.id in silent:
                    work.papers.learn(owner.id, replace(said, citations=None, influential=None))
    return added


def best(identifiers: Mapping[str, str]) -> Identifier | None:
    """The surest of a paper's identifiers, by which it is added."""
    return next((Identifier(scheme, identifiers[scheme]) for scheme in _SURE if scheme in identifiers), None)


def _request(title: str, identifiers: Mapping[str, str]) -> adding.Request:
    found = best(identifiers)
    return adding.Request(title, found) if found else adding.Request(title, title=one_line(title))
