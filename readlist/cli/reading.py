"""`rl start`, `mark-read`, `want`, `drop`, `reopen`: the passes and the queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from readlist.domain.paper import Paper


def register(app: typer.Typer) -> None:
    @command(app, "start", "rl start gao2021simcse", "rl start 12 --pass 3")
    def start(output: Output, paper: o.OnePaper = "@", pass_: o.Pass = None) -> None:
        """Begin a pass of a paper, which is then the current one.

        Without --pass: the pass that is wanted next.
        """
        from readlist.domain.passes import GUIDES
        from readlist.services import read

        ids = _resolve(output, [paper])
        result = read.start(output.context.library, ids[0], pass_)
        papers = _after(output, ids)
        number = result.number or 1
        guide = GUIDES[output.context.settings.lang][number]
        begun = "begun" if result.changed else "was begun already"
        output.message(f"#{ids[0]} {one_line(papers[0].title)}: pass {number} {begun}")
        if output.context.settings.lang == "zh":
            output.message(f"  读什么: {guide.read}\n  读完决定: {guide.decide}")
        else:
            output.message(f"  read: {guide.read}\n  then decide: {guide.decide}")

    @command(
        app,
        "mark-read",
        "rl mark-read --pass 1",
        'rl mark-read gao2021simcse --pass 2 --minutes 90 --note "dropout as noise"',
        "rl mark-read 7 --pass 1 --then drop --on yesterday",
    )
    def mark_read(
        output: Output,
        papers: o.SomePapers = None,
        pass_: Annotated[
            int | None, typer.Option("--pass", metavar="N", help="The pass that was finished: 1, 2 or 3.")
        ] = None,
        minutes: Annotated[int | None, typer.Option("--minutes", metavar="M", help="How long it took.")] = None,
        on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it was finished.")] = None,
        then: Annotated[
            str | None, typer.Option("--then", metavar="WHAT", help="What is next: 1, 2, 3, done or drop.")
        ] = None,
        note: o.NoteText = None,
        summary: Annotated[str | None, typer.Option("--summary", metavar="TEXT", help="Its summary.")] = None,
        yes: o.Yes = False,
    ) -> None:
        """Finish a pass.

        Pass 1 leads to pass 2, passes 2 and 3 to done; --then says otherwise.
        """
        from readlist.domain.dates import parse_past
        from readlist.services import notes, read

        context = output.context
        read.checked_pass(pass_)
        day = parse_past(on, context.now().date()) if on else None
        ids = _resolve(output, papers)
        what = f"mark pass {pass_} as read" if pass_ else "mark the pass under way as read"
        output.confirm(len(ids), what, _names(output, ids), yes)
        result = read.mark_read(
            context.library,
            ids,
            pass_,
            minutes=minutes,
            on=day,
            then=then,
            note=notes.clean(note) if note else None,
            summary=notes.clean(summary) if summary is not None else None,
        )
        for paper in _after(output, ids):
            state = {"todo": f"pass {paper.next_pass} is next", "dropped": f"dropped: {paper.drop_reason}"}
            output.message(
                f"#{paper.id} {one_line(paper.title)}: pass {result.number} finished; "
                f"{state.get(paper.status, paper.status)}"
            )

    @command(app, "want", "rl want 12 15", "rl want gao2021simcse --pass 3")
    def want(
        output: Output,
        papers: o.Papers,
        pass_: o.Pass = None,
        priority: o.Priority = None,
        due: o.Due = None,
        yes: o.Yes = False,
    ) -> None:
        """Put papers into the queue.

        For the pass named, else for the one after the deepest they were read in.
        """
        from readlist.domain.dates import parse_date
        from readlist.services import read

        ids = _resolve(output, papers)
        day = parse_date(due, output.context.now().date(), future=True) if due else None
        checked = o.checked_priority(priority)
        output.confirm(len(ids), "put into the queue", _names(output, ids), yes)
        result = read.want(output.context.library, ids, pass_, checked, day)
        for paper in _after(output, ids):
            was = "" if paper.id in result.changed else " (as before)"
            output.message(f"#{paper.id} {one_line(paper.title)}: waits for pass {paper.next_pass}{was}")

    @command(app, "drop", 'rl drop 12 --why "superseded by 2104.08821"')
    def drop(
        output: Output,
        papers: o.Papers,
        why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason.")],
        yes: o.Yes = False,
    ) -> None:
        """Give papers up, with a reason."""
        from readlist.services import read

        ids = _resolve(output, papers)
        output.confirm(len(ids), "give up", _names(output, ids), yes)
        read.drop(output.context.library, ids, why)
        for paper in _after(output, ids):
            output.message(f"#{paper.id} {one_line(paper.title)}: dropped")

    @command(app, "reopen", "rl reopen 12")
    def reopen(output: Output, papers: o.Papers, yes: o.Yes = False) -> None:
        """Take papers back that were given up or done.

        They wait for their next pass again.
        """
        from readlist.services import read

        ids = _resolve(output, papers)
        output.confirm(len(ids), "take back", _names(output, ids), yes)
        read.reopen(output.context.library, ids)
        for paper in _after(output, ids):
            state = f"waits for pass {paper.next_pass}" if paper.status == "todo" else paper.status
            output.message(f"#{paper.id} {one_line(paper.title)}: {state}")


def _resolve(output: Output, references: Sequence[str] | None) -> list[int]:
    from readlist.services.current import Current
    from readlist.services.references import resolve_all

    context = output.context
    return resolve_all(context.library.views, Current(context.settings.database), list(references or []))


def _names(output: Output, ids: Sequence[int]) -> list[str]:
    return [f"#{i} {title}" for i, _, title in output.context.library.views.names(ids)]


def _after(output: Output, ids: Sequence[int]) -> list[Paper]:
    """The papers as they are now, which are also the command's data; the last becomes the current one."""
    from readlist.cli import documents
    from readlist.services.current import Current

    context = output.context
    papers = context.library.views.papers(ids, context.now().date(), whole=True)
    Current(context.settings.database).remember(ids[-1])
    output.show({"papers": [documents.paper(p) for p in papers], "total": len(papers)}, lambda: None)
    return papers
