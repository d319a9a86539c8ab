"""`rl refresh`: what has grown old is asked for again, and what became of it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.fetching import progress, tell_faults
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from readlist.services.refresh import Refreshed


def register(app: typer.Typer) -> None:
    @command(app, "refresh", "rl refresh --pending", "rl refresh --stale 7d", "rl refresh gao2021simcse")
    def refresh(
        output: Output,
        papers: o.SomePapers = None,
        all_: Annotated[bool, typer.Option("--all", help="Every paper that has an identifier.")] = False,
        stale: Annotated[
            str | None, typer.Option("--stale", metavar="AGE", help="Papers not asked for since then: 7d, 2w.")
        ] = None,
        pending: Annotated[
            bool, typer.Option("--pending", help="Papers of which a service has not been heard yet.")
        ] = False,
        versions: Annotated[bool, typer.Option("--versions", help="Only look for new versions, at arXiv.")] = False,
    ) -> None:
        """Fetch again what the services know of papers.

        Citation counts, venue of publication, new versions, withdrawals. Counts are kept as dated observations; what
        you edited yourself is never overwritten. Each answer is saved as it comes: what was interrupted goes on where
        it stopped.
        """
        from readlist.cli import documents
        from readlist.domain.dates import parse_age
        from readlist.errors import UsageError
        from readlist.services import refresh as service
        from readlist.services.current import Current
        from readlist.services.references import resolve_all

        context = output.context
        library, sources, now = context.library, context.sources, context.now()
        if sum((bool(papers), all_, stale is not None, pending)) != 1:
            raise UsageError("what is to be refreshed?", "name papers, or --all, --stale 7d, or --pending")
        if versions:
            sources = tuple(source for source in sources if source.name == "arxiv")
        if pending:
            wanted = {name: list(ids) for name, ids in library.views.owed().items()}
        elif stale is not None:
            wanted = service.of_stale(library, sources, now, parse_age(stale))
        elif all_:
            wanted = service.of_papers(sources, library.views.identified())
        else:
            ids = resolve_all(library.views, Current(context.settings.database), papers or [])
            wanted = service.of_papers(sources, ids)
        fallbacks = (lambda: ()) if pending or versions else (lambda: context.fallbacks)
        result = service.refresh(library, sources, fallbacks, wanted, now, progress(output))
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
        tell_faults(output, result.fetched)


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
