"""`rl doctor`: what is not right with the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line
from readlist.errors import UsageError

if TYPE_CHECKING:
    from readlist.domain.paper import Paper
    from readlist.services.doctor import Check, Duplicate

_LIMIT = 20
_SIGNS = {"ok": ("✓", "green"), "see": ("!", "yellow"), "damaged": ("✗", "bold red")}


def register(app: typer.Typer) -> None:
    @command(app, "doctor", "rl doctor", "rl doctor --duplicates", "rl doctor --fix")
    def doctor(
        output: Output,
        duplicates: Annotated[
            bool, typer.Option("--duplicates", help="Pairs of papers that may be one, why, and how to join them.")
        ] = False,
        limit: Annotated[
            int | None,
            typer.Option("--limit", metavar="N", help="At most so many pairs, 20 if not given; 0 is all."),
        ] = None,
        fix: Annotated[
            bool, typer.Option("--fix", help="Make status, queue, counts and the index of `rl search` anew.")
        ] = False,
    ) -> None:
        """What is not right with the library, and what mends it.

        Is the file whole, do papers look like one, what is still to be fetched, which counts are old? Nothing is
        changed, but with --fix: it makes anew what follows from the rest of the library, as after a change by another
        program; what you wrote is left as it is. A pair of papers is proposed with what speaks for it and against it;
        `rl merge` joins it, and keeps the number and key of the paper you did more with, else of the older one.
        """
        if duplicates and fix:
            raise UsageError("--duplicates and --fix do not go together", "a pair is joined by `rl merge`")
        if duplicates:
            _propose(output, limit)
        else:
            _examine(output, _mend(output) if fix else ())


def _mend(output: Output) -> tuple[int, ...]:
    from readlist.services.doctor import mend

    mended = mend(output.context.library)
    if mended:
        papers = "1 paper was" if len(mended) == 1 else f"{len(mended)} papers were"
        output.message(f"status, queue and counts of {papers} made anew")
    output.message("the index of `rl search` was made anew")
    return mended


def _examine(output: Output, mended: Sequence[int]) -> None:
    from readlist.errors import DatabaseError
    from readlist.services.doctor import examine

    context = output.context
    found = examine(context.library, context.sources, context.now())
    data = {
        "checks": [
            {"name": it.name, "state": it.state, "text": it.text, "remedy": it.remedy, "papers": list(it.papers)}
            for it in found.checks
        ],
        "duplicates": [_document(pair) for pair in found.duplicates],
        "total": len(found.duplicates),
        "mended": list(mended),
    }
    output.show(data, lambda: _draw_checks(output, found.checks))
    if found.damaged:
        library = context.settings.database
        hint = f"`rl restore FILE` puts a copy in its place, one from {library.parent / 'backups'} or your own"
        output.report(DatabaseError(f"{library} is damaged", hint))


def _propose(output: Output, limit: int | None) -> None:
    from readlist.services.doctor import duplicates

    context = output.context
    views = context.library.views
    if limit is not None and limit < 0:
        raise UsageError(f"--limit cannot be {limit}", "a number from 0; 0 means all")
    pairs = duplicates(views)
    shown = pairs[: _LIMIT if limit is None else limit or None]
    data: dict[str, Any] = {
        "checks": [], "duplicates": [_document(pair) for pair in shown], "total": len(pairs), "mended": [],
    }  # fmt: skip
    papers = {it.id: it for it in views.papers([i for p in shown for i in (p.kept, p.gone)], context.now().date())}
    output.show(data, lambda: _draw_pairs(output, shown, papers))
    if not pairs:
        output.message("no two papers look like one")
    elif len(shown) < len(pairs):
        output.message(f"{len(shown)} of {len(pairs)} pairs; --limit 0 shows all")
    if shown and output.terminal:
        output.message("the paper named first is kept, with all that is known of the other and was done with it")


def _document(pair: Duplicate) -> dict[str, Any]:
    return {
        "papers": [pair.kept, pair.gone],
        "certainty": pair.certainty,
        "for": list(pair.in_favour),
        "against": list(pair.against),
        "merge": pair.remedy,
    }


def _draw_checks(output: Output, checks: Sequence[Check]) -> None:
    if not output.terminal:
        output.rows([(it.name, it.state, it.text, it.remedy) for it in checks])
        return
    from rich.table import Table

    from readlist.cli.tables import cell

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for it in checks:
        sign, style = _SIGNS[it.state]
        grid.add_row(cell(sign, style), cell(it.name), cell(it.text))
        if it.remedy:
            grid.add_row("", "", cell(it.remedy, "bold"))
    output.console.print(grid)


def _draw_pairs(output: Output, pairs: Sequence[Duplicate], papers: dict[int, Paper]) -> None:
    if not output.terminal:
        output.rows([(it.kept, it.gone, it.certainty, _reasons(it)) for it in pairs])
        return
    from rich.table import Table

    from readlist.cli.tables import cell, where

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for it in pairs:
        word = it.certainty
        for i in (it.kept, it.gone):
            paper = papers[i]
            about = ", ".join(part for part in (where(paper), paper.key) if part)
            grid.add_row(cell(word, "bold"), cell(f"#{i}", "dim"), cell(paper.title))
            grid.add_row("", "", cell(about, "dim"))
            word = ""
        grid.add_row("", "", cell(_reasons(it)))
        grid.add_row("", "", cell(it.remedy, "bold cyan"))
        grid.add_row("", "", "")
    output.console.print(grid)


def _reasons(pair: Duplicate) -> str:
    return one_line("; ".join((*pair.in_favour, *(f"but {sentence}" for sentence in pair.against))))
