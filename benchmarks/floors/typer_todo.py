"""The same under Typer, as it would be written: twenty commands, and what each needs imported when it runs."""

from typing import Annotated

import typer

app = typer.Typer()
Library = Annotated[str, typer.Argument()]
Limit = Annotated[int, typer.Option("--limit", help="At most so many.")]
Topic = Annotated[str, typer.Option("--topic", "-t", help="Under this topic.")]
Table = Annotated[bool, typer.Option("--table", help="As a table.")]


@app.command()
def todo(library: Library, limit: Limit = 20, table: Table = False) -> None:
    """What to read next."""
    from queue_query import lines

    _show(list(lines(library, limit)), table)


@app.command()
def topic(library: Library, topic: Topic = "", table: Table = False) -> None:
    """Papers under a topic."""
    from queue_query import tagged

    _show(list(tagged(library, topic)), table)


@app.command()
def show(library: Library, paper: Annotated[int, typer.Argument()], table: Table = False) -> None:
    """Everything about one paper."""
    from queue_query import whole

    _show(list(whole(library, paper)), table, ("", ""))


_HEADS = ("#", "Key", "Title", "Authors", "Year", "Venue", "Cited", "Pass")


def _show(rows: list[tuple[str, ...]], table: bool, heads: tuple[str, ...] = _HEADS) -> None:
    if not table:
        for row in rows:
            print("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=None)
    for head in heads:
        drawn.add_column(head, overflow="ellipsis", no_wrap=head not in ("", "Title"))
    for row in rows:
        drawn.add_row(*map(Text, row))
    Console().print(drawn)


def _other(name: str) -> None:
    @app.command(name)
    def other(library: Library, limit: Limit = 20, topic: Topic = "", table: Table = False) -> None:
        """Another command."""


for name in "add list search open start read note edit remove merge import export report stats log undo tag".split():
    _other(name)

if __name__ == "__main__":
    app()
