"""`rl refresh`: what has grown old is asked for again, and what became of it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from readlist.cli.command import command
from readlist.cli.fetching import ADVICE, ADVICE_ON_KNOWN, ADVICE_ON_TITLES, progress, tell_faults
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from readlist.services.refresh import Refreshed


def register(app: typer.Typer) -> None:
    @command(
        app,
        "refresh",
        "rl refresh --pending",
        "rl refresh --stale 7d",
        "rl refresh --resolve",
        "rl refresh year:2020.. status:todo",
    )
    def refresh(
        output: Output,
        papers: Annotated[
            list[str] | None,
            typer.Argument(
                metavar="[PAPER…]",
                help="Ids, keys, arXiv ids …, or a query with a key or a name: year:2020.. @work.",
            ),
        ] = None,
        all_: Annotated[bool, typer.Option("--all", help="Every paper that has an identifier.")] = False,
        stale: Annotated[
            str | None, typer.Option("--stale", metavar="AGE", help="Papers not asked for since then: 7d, 2w.")
        ] = None,
        pending: Annotated[
            bool, typer.Option("--pending", help="Papers of which a service has not been heard yet.")
        ] = False,
        versions: Annotated[bool, typer.Option("--versions", help="Only look for new versions, at arXiv.")] = False,
        resolve: Annotated[
            bool, typer.Option("--resolve", help="Find identifiers for papers known only by their title.")
        ] = False,
        as_: Annotated[
            str | None, typer.Option("--as", metavar="REF", help="The paper is this one: an arXiv id, a DOI, S2:…")
        ] = None,
    ) -> None:
        """Fetch again what the services know of papers.

        Citation counts, venue of publication, new versions, withdrawals. Counts are kept as dated observations; what
        you edited yourself is never overwritten. Each answer is saved as it comes: what was interrupted goes on where
        it stopped. `--resolve` takes a paper that is found by its title only if title, year and authors agree, and
        lists the candidates otherwise; `--as` takes one of them.
        """
        from readlist.cli import documents
        from readlist.domain.dates import parse_age
        from readlist.domain.metadata import SERVICES
        from readlist.domain.query import means_query
        from readlist.errors import NotFound, UsageError
        from readlist.services import refresh as service
        from readlist.services.current import Current
        from readlist.services.listing import Wanted, to_filter
        from readlist.services.references import resolve_all

        context = output.context
        library, sources, now = context.library, context.sources, context.now()
        chosen = (bool(papers), all_, stale is not None, pending)
        if as_ is not None:
            if len(papers or []) != 1 or any(chosen[1:]) or resolve:
                raise UsageError("--as is of one paper", "rl refresh 12 --as 2104.08821")
            _identify(output, (papers or [""])[0], as_)
            return
        if resolve:
            if sum(chosen) > 1 or pending or stale is not None or versions:
                raise UsageError("--resolve looks for titles", "name papers with it, or --all, or nothing")
            _resolve(output, papers or [], all_)
            return
        if sum(chosen) != 1:
            raise UsageError("what is to be refreshed?", "papers, a query, --all, --stale 7d, --pending or --resolve")
        if versions:
            sources = tuple(source for source in sources if source.name == "arxiv")
        if pending:
            wanted = {name: list(ids) for name, ids in library.views.owed().items()}
        elif stale is not None:
            wanted = service.of_stale(library, sources, now, parse_age(stale))
        elif all_:
            wanted = service.of_papers(sources, library.views.identified())
        elif any(map(means_query, papers or [])):
            asked = to_filter(Wanted(papers or []), now.date(), library.views)
            known = set(library.views.identified())
            fitting = library.views.ids(asked, "id", None, now.date())
            wanted = service.of_papers(sources, [paper for paper in fitting if paper in known])
        else:
            ids = resolve_all(library.views, Current(context.settings.database), papers or [])
            wanted = service.of_papers(sources, ids)
        spares = tuple if versions else lambda: context.fallbacks
        result = service.refresh(library, sources, spares, wanted, now, progress(output))
        shown = library.views.papers(result.papers, now.date(), whole=output.json)
        left = sum(paper.pending for paper in shown)
        data: dict[str, Any] = {
            "papers": [documents.paper(paper) for paper in shown] if output.json else [],
            "total": len(shown),
            "pending": left,
            "news": [{"id": it.paper.id, "kind": it.kind, "text": it.text} for it in result.news],
            "movers": [{"id": it.paper.id, "before": it.before, "after": it.after} for it in result.moved],
        }
        output.show(data, lambda: _draw(output, result))
        if not shown:
            output.message("nothing is to be fetched")
        else:
            output.message(f"{len(result.fetched.found)} of {len(shown)} papers fetched")
        if papers and result.fetched.unknown and not result.fetched.found and not result.fetched.failures:
            for unknown in result.fetched.unknown:
                name = SERVICES.get(unknown.source, unknown.source)
                output.report(
                    NotFound(f"{name} has no paper {unknown.reference}", "check the number", unknown.reference)
                )
        tell_faults(output, result.fetched, ADVICE if left else ADVICE_ON_KNOWN)


def _resolve(output: Output, papers: list[str], again: bool) -> None:
    """Look for the titles of these papers; of all that have no identifier, if none are named."""
    from readlist.cli import documents, resolving
    from readlist.services.current import Current
    from readlist.services.references import resolve_all
    from readlist.services.resolve import resolve, unresolved

    context = output.context
    library, now = context.library, context.now()
    current = Current(context.settings.database)
    ids = resolve_all(library.views, current, papers) if papers else unresolved(library, now, again)
    result = resolve(library, context.finders, context.sources, ids, now, "refresh", progress(output))
    found = [it.paper_id for it in result.found]
    shown = library.views.papers(found, now.date(), whole=output.json)
    data: dict[str, Any] = {
        "papers": [documents.paper(paper) for paper in shown] if output.json else [],
        "total": len(result.asked),
        "pending": sum(paper.pending for paper in shown),
        **resolving.document(result),
    }
    output.show(data, lambda: resolving.draw(output, result))
    resolving.tell(output, result)
    tell_faults(output, result.fetched, ADVICE_ON_TITLES)


def _identify(output: Output, paper: str, reference: str) -> None:
    """Take the reader's word for which paper it is."""
    from readlist.cli import documents
    from readlist.domain.identifiers import Identifier
    from readlist.errors import UsageError
    from readlist.services.add import read_request
    from readlist.services.current import Current
    from readlist.services.references import resolve
    from readlist.services.resolve import identify

    context = output.context
    library, today = context.library, context.now().date()
    paper_id = resolve(library.views, Current(context.settings.database), paper)
    named = read_request(reference).identifier
    if named is None:
        raise UsageError(f"{one_line(reference)!r} is no identifier", "an arXiv id, a DOI, S2:…, CorpusId:… or ACL:…")
    fetched = identify(library, context.sources, paper_id, Identifier(named.scheme, named.value), progress(output))
    found = library.views.paper(paper_id, today)
    data = {"papers": [documents.paper(found)], "total": 1, "pending": int(found.pending)}
    output.message(f"#{paper_id} {found.key}  {one_line(found.title)}  (is {named})")
    output.show(data, lambda: None)
    tell_faults(output, fetched)


def _draw(output: Output, result: Refreshed) -> None:
    """What became of the papers, and the counts that moved most."""
    from readlist.cli.tables import draw_table

    for it in result.news:
        output.line(f"#{it.paper.id} {one_line(it.paper.title)}: {it.text}")
    if result.moved:
        rows = [
            (it.paper.id, it.paper.title, f"{it.before:,}", f"{it.after:,}", f"{it.after - it.before:+,}")
            for it in result.moved[:20]
        ]
        draw_table(output, [("#", True), ("Title", False), ("Was", True), ("Is", True), ("", True)], rows)
        if len(result.moved) > 20:
            output.message(f"and {len(result.moved) - 20} more counts moved")
