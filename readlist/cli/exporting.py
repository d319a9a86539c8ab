"""`rl export`: the library as a file for other programs, or for `rl` again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    @command(
        app,
        "export",
        "rl export -o library.bib",
        "rl export -t contrastive status:done --format csl-json",
        "rl export --format csv -o papers.csv",
        "rl export -o library.json --log none",
        "rl export --like reading-list.md -o reading-list.md",
    )
    def export(
        output: Output,
        query: o.Query = None,
        topic: o.Topics = None,
        tag: o.Tags = None,
        venue: o.Venues = None,
        status: o.Statuses = None,
        pass_: o.WaitingPass = None,
        limit: o.Limit = None,
        sort: o.Sort = None,
        format_: Annotated[
            str | None,
            o.Option("--format", metavar="F", help=f"{_formats()}; without it, what the ending of -o says."),
        ] = None,
        out: Annotated[str | None, o.Option("--output", "-o", metavar="FILE", help="Write it there.")] = None,
        log: Annotated[
            str | None,
            o.Option(
                "--log",
                metavar="WHICH",
                help="What was done, in json: held (of it what holds; the default), all (taken back, too), none.",
            ),
        ] = None,
        like: Annotated[
            str | None,
            o.Option("--like", metavar="PAGE", help="Give this page back, its marks and counts as they are now."),
        ] = None,
    ) -> None:
        """Papers as a file for other programs. All of them, unless a query says which."""
        from readlist.cli.alike import alike, tell_changes
        from readlist.cli.files import write_file
        from readlist.services import export as service
        from readlist.services.listing import Wanted

        context = output.context
        file = None if out == "-" else out
        chosen = "markdown" if like is not None and format_ is None else service.format_for(format_, file)
        deeds = service.deeds_for(log, chosen)
        wanted = Wanted(
            o.several(query), o.several(topic), o.several(tag), o.several(venue), o.several(status), pass_, sort, limit
        )
        if like is not None:
            page = alike(output, like, wanted, chosen)
            said = {"path": out, "format": chosen, "papers": page.on_page}
            if file is not None:
                write_file(file, [page.text], page.encoding)
                output.show({**said, "text": None}, lambda: None)
            elif output.json:
                output.show({**said, "text": page.text}, lambda: None)
            else:
                _print(output, [page.text], page.encoding)
            return tell_changes(output, page, file)

        watched = file is not None or not output.terminal  # a bar would stand among the text

        def tell(done: int, total: int) -> None:
            if watched:
                output.patiently("export", done, total)

        made = service.export(context.library.views, wanted, context.now().date(), chosen, tell, deeds)
        said = {"path": out, "format": made.format, "papers": made.papers}
        if file is not None:
            write_file(file, made.pieces)
            output.show({**said, "text": None}, lambda: None)
            output.message(f"{made.papers} paper{'s' if made.papers != 1 else ''} written to {file} ({made.format})")
        elif output.json:
            output.show({**said, "text": "".join(made.pieces)}, lambda: None)
        else:
            _print(output, made.pieces)


def _formats() -> str:
    from readlist.exporters import FORMATS

    *most, last = FORMATS
    return f"{', '.join(most)} or {last}"


def _print(output: Output, pieces: Iterable[str], encoding: str = "utf-8") -> None:
    """The text on stdout: the same bytes as in a file, where stdout is none of a terminal."""
    from readlist.cli.files import blocks

    stdout = output.context.stdout
    reconfigure = getattr(stdout, "reconfigure", None)
    if reconfigure and not stdout.isatty():
        reconfigure(encoding=encoding, newline="")
    for block in blocks(pieces):
        stdout.write(block)
    output.clear()
