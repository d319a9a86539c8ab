"""The commands, put together for Typer. Their modules import nothing heavy; what a command needs it imports itself."""

from __future__ import annotations

from typing import Annotated, Any, get_type_hints

import typer

from readlist.cli.command import examples, for_typer
from readlist.cli.declared import CONFIG, HOME
from readlist.cli.output import Output
from readlist.cli.verbs import BY_COMMAND, MODULES, verbs_of
from readlist.errors import UsageError


def command_line(named: str | None = None) -> Any:
    """The command line, ready to be run: all of it, or only the module that has the command `named`."""
    app = typer.Typer(
        name="rl",
        help=__HELP,
        epilog=examples("rl import reading-list.md", "rl todo --topic contrastive", "rl mark-read 12 --pass 1", "rl"),
        invoke_without_command=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    _options.__annotations__ = {
        name: for_typer(it) for name, it in get_type_hints(_options, include_extras=True).items()
    }
    app.callback()(_options)
    module = BY_COMMAND.get(named or "")
    for name in (module,) if module else MODULES:
        verbs_of(name).register(app)
    return typer.main.get_command(app)


__HELP = """Keep a reading list of papers: import the page you keep by hand, ask what to read next, read in three
passes, report the week.

Begin with `rl import my-list.md` or `rl add 2104.08821`, then `rl todo`. Alone, `rl` shows the day: what you are
reading, what is next, the week so far."""


def _version(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        from readlist import __version__

        ctx.obj.line(f"rl {__version__}")
        raise typer.Exit


def _install_completion(wanted: bool) -> None:
    if wanted:
        import os

        from readlist.cli.shell_setup import install, shell_of

        shell = shell_of(os.environ)
        written = install(shell, os.environ)
        typer.echo(f"{shell} completes rl and readlist from its next start on: {', '.join(map(str, written))}")
        raise typer.Exit


def _show_completion(wanted: bool) -> None:
    if wanted:
        import os

        from readlist.cli.shell_setup import SCRIPTS, shell_of

        typer.echo(SCRIPTS[shell_of(os.environ)])
        raise typer.Exit


def _options(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    home: HOME = None,
    config: CONFIG = None,
    json: Annotated[bool, typer.Option("--json", help="The day as one JSON document on stdout.")] = False,
    install_completion: Annotated[
        bool,
        typer.Option(
            "--install-completion", callback=_install_completion, is_eager=True,
            help="Let TAB complete commands, papers, topics … in this shell (bash, zsh, fish).",
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        typer.Option(
            "--show-completion", callback=_show_completion, is_eager=True, help="Print what that would install."
        ),
    ] = False,
) -> None:  # fmt: skip
    output: Output = ctx.obj
    output.context.options.update({name: value for name, value in (("home", home), ("config", config)) if value})
    if ctx.invoked_subcommand is None:
        from readlist.cli.today import show

        show(output)
    elif json:
        said = f"--json stands after the command: rl {ctx.invoked_subcommand} --json"
        raise UsageError("No such option: --json", said)
