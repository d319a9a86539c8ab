"""`rl query`: queries saved under a name."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from readlist.cli.command import command, examples
from readlist.cli.output import Output
from readlist.domain.text import one_line


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="Queries saved under a name, used as @name.",
        epilog=examples("rl query save survey-queue tag:survey status:todo", "rl list @survey-queue year:2020.."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(group, name="query")

    @command(
        group,
        "save",
        "rl query save survey-queue tag:survey status:todo",
        "rl query save nlp 'venue:ACL,EMNLP or topic:NLP'",
    )
    def save(
        output: Output,
        name: Annotated[str, typer.Argument(metavar="NAME", help="Letters, digits, - _ and .")],
        query: Annotated[list[str], typer.Argument(metavar="QUERY…", help="As for `rl list`; @names may be in it.")],
    ) -> None:
        """Save a query under a name.

        `@name` then stands for it in any query, also as `-@name`, in parentheses and in other saved queries. It is
        asked anew each time: added:-7d means the week before that day.
        """
        from readlist.services import queries as service

        done = service.save(output.context.library, name, query, output.context.now().date())
        saved = done.saved
        if done.before == saved.query:
            output.message(f"@{saved.name} stands for that already: {_papers(saved)}")
        elif done.before is not None:
            output.message(f"@{saved.name} now stands for {saved.query}: {_papers(saved)}")
            output.message(f"  before: {done.before}")
        else:
            output.message(f"@{saved.name} stands for {saved.query}: {_papers(saved)}")
        output.show({**_document(saved), "before": done.before}, lambda: None)

    @command(group, "list", "rl query list")
    def list_(output: Output) -> None:
        """The saved queries, and how many papers fit each."""
        from readlist.services import queries as service

        found = service.listed(output.context.library.views, output.context.now().date())

        def draw() -> None:
            if not found:
                output.message("no query is saved yet: rl query save NAME QUERY…")
            elif output.terminal:
                from readlist.cli.tables import cell, plain

                table = plain()
                table.add_column("Name", no_wrap=True)
                table.add_column("Papers", justify="right", no_wrap=True)
                table.add_column("Query", overflow="fold")
                for it in found:
                    table.add_row(
                        cell(f"@{it.name}", "bold"), cell("–" if it.papers is None else it.papers), cell(it.query)
                    )
                output.console.print(table)
            else:
                output.rows([(it.name, it.papers, one_line(it.query)) for it in found])
            for it in found:
                if it.fault:
                    output.message(f"@{it.name} cannot be asked now, {it.fault}")

        output.show({"queries": [_document(it) for it in found], "total": len(found)}, draw)

    @command(group, "remove", "rl query remove survey-queue")
    def remove(output: Output, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
        """Remove a saved query; the papers stay."""
        from readlist.services import queries as service

        gone, query, using = service.remove(output.context.library, name)
        output.message(f"@{gone} removed; it stood for {query}")
        for other in using:
            output.message(f"  @{other} names it, and cannot be asked any more")
        output.show({"name": gone, "query": query, "used_in": list(using)}, lambda: None)


def _papers(saved: Any) -> str:
    if saved.papers is None:
        return f"cannot be asked now, {saved.fault}"
    return f"{saved.papers} paper{'s' if saved.papers != 1 else ''}"


def _document(saved: Any) -> dict[str, Any]:
    return {"name": saved.name, "query": saved.query, "papers": saved.papers, "fault": saved.fault}
