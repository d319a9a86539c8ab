"""`rl todo` and `rl list`: which papers, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.queue import written

if TYPE_CHECKING:
    import typer

    from readlist.domain.paper import Paper
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
        why: Annotated[bool, o.Option("--why", help="Explain each urgency.")] = False,
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
        status: o.Statuses = None,
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
    if not (output.json or why) and not (queue and output.terminal):
        _stream(output, wanted, queue)
        return
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

        data: dict[str, Any] = {"papers": [documents.paper(p) for p in page.papers], "total": page.total}
        if queue:
            data["focus"] = list(page.focus)
        if why:
            data["why"] = [_terms(paper) for paper in page.papers]
        output.show(data, lambda: None)
        return
    if page.focus:
        from readlist.services.focus import note

        output.message(note(page.focus))
    if page.papers and why:
        _draw_why(output, page.papers)
    elif page.papers:
        from readlist.cli.tables import draw_papers

        draw_papers(output, page.papers, due=wanted.sort == "due")
    if len(page.papers) < page.total:
        _not_all(output, len(page.papers), page.total)
    elif not page.total:
        output.message(_nothing(output, queue, wanted, page.focus))
    elif output.terminal:
        output.message(f"{page.total} paper{'s' if page.total != 1 else ''}")


def _stream(output: Output, wanted: Wanted, queue: bool) -> None:
    """Every paper is written as it is read."""
    from readlist.services.listing import stream

    context = output.context
    default_sort, default_limit = ("urgency", 20) if queue else ("id", 0)
    found = stream(
        context.library.views,
        wanted,
        context.now().date(),
        queue=queue,
        default_sort=default_sort,
        default_limit=default_limit,
    )
    if found.focus:
        from readlist.services.focus import note

        output.message(note(found.focus))
    if output.terminal:
        from readlist.cli.long_table import draw_rows

        shown = draw_rows(output, found.rows)
    else:
        from readlist.cli.tables import print_rows

        shown = print_rows(output, found.rows)
    if not shown:
        output.message(_nothing(output, queue, wanted, found.focus))
    elif shown == found.limit and (total := found.total()) > shown:
        _not_all(output, shown, total)
    elif output.terminal:
        output.message(f"{shown} paper{'s' if shown != 1 else ''}")


def _not_all(output: Output, shown: int, total: int) -> None:
    from readlist.db.lists import MANY

    output.message(f"{shown} of {f'more than {MANY}' if total > MANY else total}; --limit 0 shows all")


def _terms(paper: Paper) -> dict[str, Any]:
    found = paper.urgency.terms if paper.urgency else ()
    return {"id": paper.id, "terms": [{"reason": reason, "points": points} for reason, points in found]}


def _draw_why(output: Output, papers: Sequence[Paper]) -> None:
    """Papers with what the urgency of each is the sum of: lines below it, in a pipe the last field."""
    from readlist.cli.tables import cell, first_author, plain

    if not output.terminal:
        rows: list[tuple[object, ...]] = []
        for paper in papers:
            found = paper.urgency
            told = ", ".join(f"{written(points, '+')} {reason}" for reason, points in found.terms) if found else None
            rows.append(
                (
                    paper.id, paper.key, paper.status, paper.next_pass, paper.title, first_author(paper), paper.venue,
                    paper.year, paper.citations.count if paper.citations else None,
                    written(found.total) if found else None, told,
                )
            )  # fmt: skip
        output.rows(rows)
        return
    table = plain()
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Title", overflow="fold", min_width=20)
    table.add_column("Urgency", justify="right", no_wrap=True)
    for paper in papers:
        total = written(paper.urgency.total) if paper.urgency else ""
        table.add_row(cell(paper.id, "dim"), cell(paper.title, "bold"), cell(total, "bold"))
        for reason, points in paper.urgency.terms if paper.urgency else ():
            table.add_row(cell(""), cell(f"  {reason}", "dim"), cell(written(points, "+"), "dim"))
    output.console.print(table)


def _nothing(output: Output, queue: bool, wanted: Wanted, focus: Sequence[str]) -> str:
    """Why a list is empty: no library, nothing to read, nothing in focus, or nothing that fits."""
    counts = output.context.library.views.status_counts()
    if not counts:
        from readlist.cli.today import BEGIN

        return BEGIN
    if queue and not counts.get("todo") and not counts.get("reading"):
        return "nothing waits to be read: `rl want PAPER` puts a paper into the queue, `rl list` shows all"
    if focus:
        outside = counts.get("todo", 0) + counts.get("reading", 0)
        return f"no paper in focus waits to be read, or fits; the whole queue has {outside}"
    from readlist.services.unknown import unknown_names

    return "\n".join(
        ["no paper fits", *unknown_names(output.context.library.views, wanted, output.context.now().date())]
    )
