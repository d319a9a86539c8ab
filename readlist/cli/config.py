"""`rl config`: the settings, and where each comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from readlist.cli.command import command, examples
from readlist.cli.output import Output

Name = Annotated[str, typer.Argument(metavar="NAME", help="A setting's name: arxiv.delay, report.lang, …")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="The settings, and where each comes from.",
        epilog=examples("rl config", "rl config set report.lang zh"),
        rich_markup_mode=None,
        invoke_without_command=True,
    )
    app.add_typer(group, name="config")

    @group.callback(invoke_without_command=True)
    def bare(
        ctx: typer.Context,
        json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    ) -> None:
        if ctx.invoked_subcommand is None:
            output: Output = ctx.obj
            output.command = "config"
            output.json = json or output.json
            _show(output)

    @command(group, "list", "rl config list")
    def list_(output: Output) -> None:
        """Every setting with its value and where it came from."""
        _show(output)

    @command(group, "set", "rl config set network.contact ada@example.org", "rl config set report.lang zh")
    def set_(output: Output, name: Name, value: Annotated[str, typer.Argument(metavar="VALUE")]) -> None:
        """Write a setting into the settings file, keeping its comments."""
        from readlist.settings import BY_NAME, write

        path = output.context.settings.config
        write(path, name, value)
        shown = "(not shown)" if BY_NAME[name].secret else value
        output.message(f"{name} = {shown}, in {path}")
        output.show({"name": name, "file": str(path)}, lambda: None)

    @command(group, "unset", "rl config unset report.lang")
    def unset(output: Output, name: Name) -> None:
        """Take a setting out of the settings file."""
        from readlist.settings import write

        path = output.context.settings.config
        write(path, name, None)
        output.message(f"{name} is no longer in {path}")
        output.show({"name": name, "file": str(path)}, lambda: None)


def _show(output: Output) -> None:
    origins = output.context.settings.origins
    data = [
        {
            "name": it.setting.name,
            "value": None if it.setting.secret else it.value,
            "set": it.value is not None,
            "source": it.where,
            "environment": it.setting.variable,
            "help": it.setting.help,
        }
        for it in origins
    ]

    def draw() -> None:
        from readlist.cli.tables import draw_table

        draw_table(
            output,
            [("Setting", False), ("Value", False), ("From", False), ("Environment", False)],
            [(it.setting.name, it.shown, it.where, it.setting.variable) for it in origins],
        )

    output.show({"settings": data, "file": str(output.context.settings.config)}, draw)
