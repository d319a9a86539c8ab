"""`rl merge`: one paper of two."""

from __future__ import annotations

from typing import Annotated

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line


def register(app: typer.Typer) -> None:
    @command(app, "merge", "rl merge gao2021simcse 15")
    def merge(
        output: Output,
        paper: o.Paper,
        other: Annotated[str, typer.Argument(metavar="OTHER", help="The paper that becomes one with it.")],
    ) -> None:
        """Make one of two papers.

        Identifiers, passes, notes, topics, tags, links and counts of both are kept.
        """
        from readlist.cli import documents
        from readlist.services.current import Current
        from readlist.services.merge import merge
        from readlist.services.references import resolve

        library, today = output.context.library, output.context.now().date()
        current = Current(output.context.settings.database)
        kept, gone = (resolve(library.views, current, reference) for reference in (paper, other))
        name = library.views.paper(gone, today).key
        merge(library, kept, gone)
        current.remember(kept)
        found = library.views.paper(kept, today)
        output.message(f"#{kept} {one_line(found.title)}: {name} is part of it now")
        output.show({"paper": documents.paper(found)}, lambda: None)
