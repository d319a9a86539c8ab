"""`rl todo` and `rl list`: which papers, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output

if TYPE_CHECKING:
    from readlist.services.listing import Wanted


def register(app: typer.Typer) -> None:
    @command(
        app, "todo", "rl todo", "rl todo --topic contrastive --why", "rl todo venue:ACL year:2020.. --sort citations"
    )
    def todo(
        output: Output,
        query: o.Query = None,
        topic: o.Topics = None,
        tag: o.Tags = None,
        venue: o.Venues = None,
        pass_: o.WaitingPass = None,
        limit: o.Limit = None,
        sort: o.Sort = None,
        why: Annotated[bool, typer.Option("--why", help="Explain each urgency.")] = False,
    ) -> None:
        """What to read next, most urgent first. Papers being read stand among them."""
        from readlist.services.listing import Wanted

        wanted = Wanted(o.several(query), o.several(topic), o.several(tag), o.several(venue), (), pass_, sort, limit)
        _list(output, wanted, queue=True, why=why)

    @command(app, "list", "rl list", "rl list gao simcse", "rl list --status done -t NLP cites:>100 --sort year")
    def list_(
        output: Output,
        query: o.Query = None,
        topic: o.Topics = None,
        tag: o.Tags = None,
        venue: o.Venues = None,
        status: Annotated[
            list[str] | None,
            typer.Option("--status", metavar="S", help="listed, todo, reading, done or dropped; may be repeated."),
        ] = None,
        pass_: o.WaitingPass = None,
        limit: o.Limit = None,
        sort: o.Sort = None,
    ) -> None:
        """Any papers of the library."""
        from readlist.services.listing import Wanted

        wanted = Wanted(
            o.several(query), o.several(topic), o.several(tag), o.several(venue), o.several(status), pass_, sort, limit
        )
        _list(output, wanted, queue=False, why=False)


def _list(output: Output, wanted: Wanted, *, queue: bool, why: bool) -> None:
    from readlist.services.listing import select

    context = output.context
    page = select(
        context.library.views,
        wanted,
        context.now().date(),
        queue=queue,
        default_sort="urgency" if queue else "id",
        default_limit=20 if queue else 0,
        whole=output.json,
    )
    if output.json:
        from readlist.cli import documents

        output.show({"papers": [documents.paper(p) for p in page.papers], "total": page.total}, lambda: None)
        return
    if page.papers:
        from readlist.cli.tables import draw_papers

        draw_papers(output, page.papers, statuses=not queue, why=why)
    if len(page.papers) < page.total:
        output.message(f"{len(page.papers)} of {page.total}; --limit 0 shows all")
    elif not page.total:
        output.message(_nothing(output, queue))
    elif output.terminal:
        output.message(f"{page.total} paper{'s' if page.total != 1 else ''}")


def _nothing(output: Output, queue: bool) -> str:
    """Why a list is empty: no library, nothing to read, or nothing that fits."""
    counts = output.context.library.views.status_counts()
    if not counts:
        return "the library is empty: begin with `rl import FILE` or `rl add 2104.08821`"
    if queue and not counts.get("todo") and not counts.get("reading"):
        return "nothing waits to be read: `rl want PAPER` puts a paper into the queue, `rl list` shows all"
    return "no paper fits"
