"""The commands, put together. Modules of verbs import nothing heavy; what a command needs it imports when it runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from readlist.cli.command import examples
from readlist.cli.output import Output


def command_line() -> Any:
    """The whole command line, ready to be run."""
    from readlist.cli import (
        adding,
        citing,
        config,
        doctoring,
        exporting,
        filing,
        importing,
        listing,
        merging,
        notes,
        opening,
        reading,
        refreshing,
        reporting,
        showing,
        undoing,
    )

    app = typer.Typer(
        name="rl",
        help=__HELP,
        epilog=examples("rl import reading-list.md", "rl todo --topic contrastive", "rl mark-read 12 --pass 1"),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_options)
    for verbs in (
        adding, refreshing, citing, listing, showing, opening, reading, notes, filing, merging, importing, exporting,
        reporting,
        undoing, doctoring, config,
    ):  # fmt: skip
        verbs.register(app)
    return typer.main.get_command(app)


__HELP = """Keep a reading list of papers: import the page you keep by hand, ask what to read next, read in three
passes, report the week.

Begin with `rl import my-list.md` or `rl add 2104.08821`, then `rl todo`."""


def _version(wanted: bool) -> None:
    if wanted:
        from readlist import __version__

        typer.echo(f"rl {__version__}")
        raise typer.Exit


def _options(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    home: Annotated[str | None, typer.Option("--home", metavar="FOLDER", help="Data folder (RL_HOME).")] = None,
    config: Annotated[str | None, typer.Option("--config", metavar="FILE", help="Settings file (RL_CONFIG).")] = None,
) -> None:
    output: Output = ctx.obj
    output.context.options.update({name: value for name, value in (("home", home), ("config", config)) if value})
