"""`rl backup` and `rl restore`: safe copies of the library."""

from __future__ import annotations

from typing import Annotated

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line


def register(app: typer.Typer) -> None:
    @command(app, "backup", "rl backup", "rl backup ~/safe/readlist-copy.db")
    def backup(
        output: Output,
        file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="Where to; else backups/ beside it.")] = None,
    ) -> None:
        """Copy the library, whole, whoever reads or writes it meanwhile."""
        from readlist.services import backup as service
        from readlist.services.pages_in import at_home

        context = output.context
        copy = service.backup(context.settings.database, context.now(), at_home(file).absolute() if file else None)
        output.message(f"{_papers(copy.papers)} copied")
        output.show({"path": str(copy.path), "papers": copy.papers}, lambda: output.line(one_line(str(copy.path))))

    @command(app, "restore", "rl restore ~/safe/readlist-copy.db --yes")
    def restore(
        output: Output,
        file: Annotated[str, typer.Argument(metavar="FILE", help="A copy that `rl backup` made.")],
        yes: o.Yes = False,
    ) -> None:
        """Make the library what a copy is.

        What it is now is copied to `backups/` first; a damaged library is kept there, too.
        """
        from readlist.db.connect import is_made
        from readlist.errors import UsageError
        from readlist.services import backup as service
        from readlist.services.pages_in import at_home

        context = output.context
        library = context.settings.database
        source = at_home(file).absolute()
        found = service.look(source)
        if is_made(library) and not yes:
            there = service.papers_in(library)
            place = "damaged library" if there is None else f"library with {_papers(there)}"
            question = f"put the copy with {_papers(found.papers)} in the place of the {place}"
            if not output.asks:
                raise UsageError(f"this would {question}", "say --yes to do it without being asked")
            if not typer.confirm(f"{question}?", err=True):
                raise UsageError("nothing was changed", "")
        context.close()
        done = service.restore(library, context.now(), source)
        output.message(f"{_papers(found.papers)}: the library is what {one_line(str(source))} is")
        if done.kept:
            before = "the damaged one" if done.damaged else "what it was before"
            output.message(f"  {before} is {one_line(str(done.kept))}")
        output.show(
            {"path": str(source), "papers": found.papers, "kept": str(done.kept) if done.kept else None}, lambda: None
        )


def _papers(count: int) -> str:
    return f"{count} paper{'s' if count != 1 else ''}"
